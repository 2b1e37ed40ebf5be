package physics

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// stored is the energy the model holds: the contact spring and the dented tissue, J.
func stored(m *Model, s *State, tool float64) float64 {
	a := &s.axial
	if !a.pierced && a.tip <= 0 {
		return 0
	}
	k := s.along()
	dent := clamp((min(a.tip, k.top)-a.wound)/m.dent, 0, 2)
	over := max(a.tip-m.stop, 0)
	step := 0.0
	if m.needle.Step > 0 {
		step = stepStiffness * sq(max(a.tip-k.top-k.nearTop-m.needle.Step, 0)) / 2
	}
	return m.render.ContactStiffness*sq(tool-s.steel.fold-a.tip)/2 + m.terms.soft*m.dent*dent*dent*dent/3 + hubStiffness*sq(over)/2 + step
}

// A tool without power gives back no more than was put in and is stored: what is lost never falls, felt through the local
// spring as a leg renders it. Between ticks 1 ms apart a leg works with an old front, which may cost lapse.
func TestUnpoweredToolIsPassive(t *testing.T) {
	const lapse = 50e-6 // J
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom([]Patient{adult, infant, newborn}).Draw(t, "patient")
		a, err := SampleAnatomy(p, ProximalTibia, rapid.Uint64Range(1, 50).Draw(t, "seed"))
		if err != nil {
			t.Fatal(err)
		}
		n, err := NeedleByID(rapid.SampledFrom([]string{"manual-15g", "manual-18g"}).Draw(t, "needle"))
		if err != nil {
			t.Fatal(err)
		}
		m, err := NewModel(a, n, DefaultDriver(Manual), DefaultRendering())
		if err != nil {
			t.Fatal(err)
		}
		s := m.Start()
		in := Input{Stylet: true}
		var o Output
		put, most, aim := 0.0, 0.0, 0.0
		turning := rapid.Bool().Draw(t, "turning")
		for i := range 3000 {
			if i%100 == 0 {
				aim = rapid.Float64Range(-0.02, 0.03).Draw(t, "speed")
			}
			for range 20 {
				in.Velocity += (aim - in.Velocity) * 1e-3
				in.Velocity = min(in.Velocity, 20*(0.03-in.Depth))
				in.Velocity = max(in.Velocity, 20*(-0.002-in.Depth))
				step := in.Velocity * 5e-5
				felt := o.Force + max(0, o.Stiffness*(in.Depth+step/2-o.Anchor)+o.Damping*in.Velocity)
				in.Depth += step
				put += felt * step
			}
			if turning {
				in.Twist = 1.2 * math.Sin(float64(i)*0.01)
			}
			o = m.Step(&s, in, 1e-3)
			lost := put - stored(m, &s, in.Depth)
			if lost < most-lapse {
				t.Fatalf("tick %d: %.1f uJ came back that were lost; tip %.3f mm, force %.2f N", i, (most-lost)/1e-6, o.Tip/mm, o.Reaction)
			}
			most = max(most, lost)
		}
	})
}
