package physics

import "testing"

// BenchmarkStep measures a whole tick at 1 kHz over a recorded hand, from the air to after the pop, for each condition.
func BenchmarkStep(b *testing.B) {
	for _, c := range conditions {
		b.Run(c.name, func(b *testing.B) {
			h := c.bench(b, 3)
			tape := make([]Input, 0, 20000)
			for h.time < 12 && h.time < h.popAt+0.5 {
				h.tick(1e-3)
				tape = append(tape, h.in)
			}
			start := h.model.Start()
			state := start
			b.ReportAllocs()
			b.ResetTimer()
			i := 0
			for b.Loop() {
				if i == len(tape) {
					i, state = 0, start
				}
				h.out = h.model.Step(&state, tape[i], 1e-3)
				i++
			}
		})
	}
}
