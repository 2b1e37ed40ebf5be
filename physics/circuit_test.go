package physics

import (
	"math"
	"testing"
)

// lying is a needle whose point lies a way below the inner face of an adult's near wall, put there by hand.
func lying(t testing.TB, needle string, past float64) (*Model, *State) {
	t.Helper()
	a := plain(3 * mm)
	a.FlowDie, a.AspirateDie, a.MarrowFlow = 1, 0, 110e-6/60
	m := benchOf(t, a, needle).model
	s := m.Start()
	s.column = a.At(0, 0)
	s.axial.tip, s.axial.pierced, s.wall[0].broken, s.opened = s.column.NearBottom+past, true, true, 1
	s.axial.cut = s.axial.tip - s.column.Bone
	return m, &s
}

// A cannula behind a drip set runs as was measured, a pressure bag nearly doubles it, and a needle-free connector slows a
// short wide one by two fifths.
func TestLinesRunAsMeasured(t *testing.T) {
	run := func(head float64, l Line) float64 { return root(l.Laminar, l.Square, head) * 60e6 }
	cannula := func(alone float64) Line { return Line{Square: 9810 / math.Pow(alone*1e-6/60, 2)} } // mL/min at 1 m [ISO 10555]
	set := GivingSet()
	same(t, "set alone at 1 m", run(9810, set), 540, 0.05)
	same(t, "16G at 1 m", run(9810, set.With(cannula(220))), 200, 0.1)
	same(t, "14G at 1 m", run(9810, set.With(cannula(350))), 300, 0.15)
	wide := set.With(cannula(350))
	if r := run(300*mmHg, wide) / run(9810, wide); r < 1.8 || r > 2.4 {
		t.Errorf("a pressure bag runs %.2f times faster; want about twice", r)
	}
	if slow := 1 - run(9810, wide.With(NeedleFree()))/run(9810, wide); slow < 0.35 || slow > 0.45 {
		t.Errorf("a connector slows by %.0f %%; want 40", 100*slow)
	}
	same(t, "drop and flow are inverse", wide.Drop(run(5e3, wide)*1e-6/60, 1), 5e3, 1e-9)
	same(t, "36 N on 14.5 mm", Syringe(36, 14.5*mm), 218e3, 0.01)
}

// Without a leak the flow is the positive root of a quadratic: line, needle and marrow in series.
func TestSeriesIsAQuadratic(t *testing.T) {
	m, s := lying(t, "ez-25", 8*mm)
	c := Circuit{Head: 300 * mmHg, Line: GivingSet()}
	f := m.Infuse(s, &c, Tissue{})
	n := m.needle
	lost := c.Line.Drop(f.Through, 1) + n.NeedleDrop(f.Through)
	x := f.Through / (110e-6 / 60)
	same(t, "what the marrow takes", f.Pressure-marrowPressure, marrowHead*(darcyShare*x+(1-darcyShare)*x*x), 1e-9)
	same(t, "sum of the drops", lost+f.Pressure, c.Head, 1e-9)
	same(t, "parts", f.Line+f.Needle, lost, 1e-12)
	if f.Near != 0 || f.Deep != 0 || f.Marrow != f.Through || f.Leak() != 0 {
		t.Errorf("a sealed needle leaks: %+v", f)
	}
	// The same by bisection, as if there were a leak of nothing.
	a, b := n.flowLoss()
	y := balance(c.Head, a+c.Line.Laminar, b+c.Line.Square, func(p float64) Flows {
		return Flows{Marrow: root(marrowHead*darcyShare/(110e-6/60), marrowHead*(1-darcyShare)/math.Pow(110e-6/60, 2), p-marrowPressure), Pressure: p}
	})
	same(t, "by bisection", y.Marrow, f.Through, 1e-9)
}

// More pressure, more flow at every part; thicker fluid, a longer line and a higher pressure in the marrow, less.
func TestFlowIsMonotone(t *testing.T) {
	m, s := lying(t, "ez-25", 8*mm)
	s.Widen(packed + 60e-6)
	s.wall[1].broken = true
	before := Flows{}
	for head := 3e3; head < 300e3; head *= 1.3 {
		c := Circuit{Head: head, Line: GivingSet()}
		f := m.Infuse(s, &c, Tissue{})
		if f.Marrow <= before.Marrow || f.Near <= before.Near || f.Deep < before.Deep || f.Pressure <= before.Pressure {
			t.Fatalf("at %.1f kPa %+v after %+v", head/1e3, f, before)
		}
		same(t, "parts make the whole", f.Marrow+f.Near+f.Deep, f.Through, 1e-12)
		same(t, "pressures add up", f.Pressure+f.Line+f.Needle, head, 1e-6)
		before = f
		for name, worse := range map[string]Circuit{
			"thicker": {Head: head, Line: c.Line, Viscosity: BloodViscosity}, "longer": {Head: head, Line: c.Line.With(NeedleFree())},
			"against more": {Head: head, Line: c.Line, Above: 1700},
		} {
			if g := m.Infuse(s, &worse, Tissue{}); g.Marrow >= f.Marrow {
				t.Errorf("%s at %.1f kPa: %g against %g", name, head/1e3, g.Marrow, f.Marrow)
			}
		}
	}
}

// Nothing flows through a needle that is clogged or broken, from a source without pressure, or against nonsense.
func TestNothingFlows(t *testing.T) {
	m, s := lying(t, "ez-25", 8*mm)
	for name, c := range map[string]Circuit{
		"no head": {}, "less than nothing": {Head: -5e3}, "not a number": {Head: math.NaN(), Viscosity: math.NaN()},
		"less than the marrow has": {Head: marrowPressure / 2},
	} {
		if f := m.Infuse(s, &c, Tissue{}); f.Through != 0 || f.Pressure > c.Head && c.Head > 0 {
			t.Errorf("%s: %+v", name, f)
		}
	}
	c := FlushCircuit()
	clogged, broken := *s, *s
	clogged.steel.clogged, broken.steel.broken = true, true
	for _, x := range []*State{&clogged, &broken} {
		if f := m.Infuse(x, &c, Tissue{}); f != (Flows{}) || m.Aspirates(x) {
			t.Errorf("%+v", f)
		}
	}
}

// A marrow that takes nothing before the flush still feels the whole pressure of the syringe, and opens with the flush.
func TestShutMarrowFeelsThePressure(t *testing.T) {
	m, s := lying(t, "ez-25", 8*mm)
	tight := *m
	tight.anatomy.FlowDie = 0
	s.opened = 0
	c := FlushCircuit()
	if f := tight.Infuse(s, &c, Tissue{}); f.Through != 0 || f.Pressure != c.Head {
		t.Errorf("%+v", f)
	}
	s.Flush(10e-6)
	if f := tight.Infuse(s, &c, Tissue{}); f.Marrow <= 0 || f.Pressure >= c.Head {
		t.Errorf("after the flush %+v", f)
	}
}

// Whatever is asked of it, an infusion answers with finite flows that are not negative and add up, and with no pressure above
// its source.
func FuzzInfuse(f *testing.F) {
	f.Add(40e3, 1e9, 1e14, 1.0, 0.0, 5e-3, 1e-4, 1e-6, 1e-6, true, false)
	f.Add(40e3, 1e9, 1e14, 1.0, 0.0, 5e-3, 2e-4, math.NaN(), math.Inf(1), true, true)
	f.Add(math.Inf(1), math.NaN(), -1.0, math.NaN(), 1e9, -1.0, 1.0, math.NaN(), math.Inf(1), true, true)
	f.Fuzz(func(t *testing.T, head, laminar, square, viscosity, above, past, play, near, deep float64, through, used bool) {
		m, s := lying(t, "ez-25", finite(past, 0, -30*mm, 60*mm))
		s.Widen(play)
		s.wall[1].broken = through
		if used {
			s.holes = 2
		}
		c := Circuit{Head: head, Line: Line{laminar, square}, Viscosity: viscosity, Above: above}
		x := m.Infuse(s, &c, Tissue{near, deep})
		for _, q := range []float64{x.Through, x.Marrow, x.Near, x.Deep, x.Pressure, x.Line, x.Needle} {
			if !(q >= 0 && q <= 1e30) {
				t.Fatalf("%+v", x)
			}
		}
		if sum := x.Marrow + x.Near + x.Deep; math.Abs(sum-x.Through) > 1e-9*x.Through || x.Leak() < 0 || x.Leak() > 1 {
			t.Fatalf("%+v leaks %g", x, x.Leak())
		}
		if x.Pressure > finite(head, 0, 0, 1e6)*(1+1e-9) {
			t.Fatalf("%g Pa on the marrow, %g in the bag", x.Pressure, head)
		}
		tissue := Tissue{near, deep}
		if went := m.Push(s, &c, &tissue, 10e-6); !(went >= 0 && went <= 10.1e-6) {
			t.Fatalf("%g m3 of 10 mL went in", went)
		}
	})
}

func BenchmarkInfuse(b *testing.B) {
	m, s := lying(b, "ez-25", 8*mm)
	s.wall[1].broken = true
	c := FlushCircuit()
	for b.Loop() {
		m.Infuse(s, &c, Tissue{})
	}
}
