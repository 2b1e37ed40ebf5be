package physics

import "testing"

func BenchmarkStep(b *testing.B) {
	h := newBench(b, Patient{Age: 45, Sex: Male, Weight: 80}, ProximalTibia, "manual-15g", 3)
	h.force, h.amp, h.hz = 90, 1.57, 1.5
	for h.time < 1.0 {
		h.tick(1e-3)
	}
	start := h.state
	in := h.in
	b.ReportAllocs()
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		if i%500 == 0 {
			h.state = start
			in = h.in
		}
		in.Twist += 0.015
		in.Depth += 1e-6
		h.out = h.model.Step(&h.state, in, 1e-3)
	}
}
