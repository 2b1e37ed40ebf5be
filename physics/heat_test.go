package physics

import (
	"math"
	"testing"
)

// A steady power warms the shell to what its cooling carries off, at any rate of ticks; without power it cools to nothing.
func TestTheShellWarmsToWhatItLoses(t *testing.T) {
	m := benchOf(t, plain(3*mm), "ez-25").model
	for _, dt := range []float64{1e-4, 1e-3, 4e-3} {
		s := m.Start()
		s.column = m.Column(0, 0)
		for at := 0.0; at < 12; at += dt {
			m.warm(&s, &frame{dt: dt, work: 2 * dt})
		}
		r := gauge15Outer
		want := 0.5 * 2 * warmShell * warmShell / boneSpread / (boneHeat * math.Pi * (sq(r+warmShell) - r*r) * 3 * mm)
		same(t, "2 W for a long time, K", s.steel.warm, want, 0.01)
		same(t, "work", s.steel.spent, 24, 0.01)
		for at := 0.0; at < 20; at += dt {
			m.warm(&s, &frame{dt: dt})
		}
		if s.steel.warm != 0 || s.steel.hottest < want*0.98 || s.steel.harm < 5 {
			t.Errorf("after 20 s %.3f K, most %.1f, harmful for %.1f s", s.steel.warm, s.steel.hottest, s.steel.harm)
		}
	}
}

// A point without flutes warms bone more than a twist drill of more than its size at the same feed [direction: J Orthop Trauma
// 2015, a cannulated drill more than twice as much]; a needle put in by hand warms it less.
func TestAPointWithoutFlutesIsHotter(t *testing.T) {
	drilled := func(id string) float64 {
		n, err := ToolByID(id)
		if err != nil {
			t.Fatal(err)
		}
		a := plain(5 * mm)
		m, err := NewModel(a, n, Driver{Kind: Powered, NoLoadRPS: 1000.0 / 60, StallTorque: 20, Battery: 1}, DefaultRendering())
		if err != nil {
			t.Fatal(err)
		}
		s := m.Start()
		for x := 3 * mm; x < 12*mm; x += 1e-6 {
			m.Step(&s, Input{Depth: x, Velocity: 1e-3, Trigger: 1, Stylet: true}, 1e-3)
		}
		return s.Summary().Warmed
	}
	drill, wire := drilled("drill-2.5mm"), drilled("kwire-2.0mm")
	t.Logf("2.5 mm drill %.1f K, 2.0 mm wire %.1f K", drill, wire)
	if drill < 3 || drill > 80 || wire < 1.5*drill {
		t.Errorf("2.5 mm drill %.1f K, 2.0 mm wire %.1f K; want 3-80 and half as much again", drill, wire)
	}
	powered, manual := newBench(t, adult, ProximalTibia, "ez-25", 3), newBench(t, adult, ProximalTibia, "manual-15g", 3)
	powered.force, powered.trigger, powered.after = 50, 1, 0.8
	manual.force, manual.amp, manual.hz = 90, 1.57, 1.5
	p, h := powered.run(1e-3, 20), manual.run(1e-3, 20)
	t.Logf("powered: %.1f J, %.1f K, by hand: %.1f J, %.1f K", p.Work, p.Warmed, h.Work, h.Warmed)
	if h.Warmed > 0.7*p.Warmed || p.Harmful > 60 {
		t.Errorf("powered %.1f K (harmful for %.0f s), by hand %.1f K", p.Warmed, p.Harmful, h.Warmed)
	}
}
