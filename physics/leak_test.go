package physics

import (
	"math"
	"testing"
)

var bagCircuit = Circuit{Head: 300 * mmHg, Line: GivingSet()}

// The bore is open all around where the taper is as wide as it.
func TestBoreOpensBehindThePoint(t *testing.T) {
	m, s := lying(t, "ez-25", 8*mm)
	front, back := m.opening(s)
	same(t, "radius where all of it is open", m.radius(s.axial.tip-back), m.needle.InnerRadius, 1e-9)
	same(t, "it begins to at half the way", s.axial.tip-front, (s.axial.tip-back)/2, 1e-9)
}

// Conductances in parallel split the flow in their ratio; two in series are less than either.
func TestLeakConductancesMatchTheirClosedForms(t *testing.T) {
	m, s := lying(t, "ez-25", 8*mm)
	s.Widen(packed + 50e-6)
	want := 2.5 * 2 * math.Pi * gauge15Outer * math.Pow(50e-6, 3) / (12 * 0.9e-3 * 3e-3)
	same(t, "annulus", m.ring(s, 3*mm, 1), want, 1e-9)
	same(t, "hole", pipe(1*mm, 3*mm, 1), math.Pi*1e-12/(8*0.9e-3*3e-3), 1e-9)
	same(t, "series", series(3, 6), 2, 1e-12)
	s.wall[1].broken = true
	s.axial.cut = s.column.FarBottom + 6*mm - s.column.Bone
	f := m.Infuse(s, &bagCircuit, Tissue{})
	near := series(want, tissueFlow)
	deep := series(pipe(gauge15Outer, s.column.FarBottom-s.column.FarTop, 1), tissueFlow)
	same(t, "near", f.Near, near*f.Pressure, 1e-6)
	same(t, "deep", f.Deep, deep*(f.Pressure-restPressure), 1e-6)
	x := f.Marrow / (110e-6 / 60)
	same(t, "marrow", marrowHead*(darcyShare*x+(1-darcyShare)*x*x), f.Pressure-marrowPressure, 1e-6)
}

// Each way out, and each taken away again: the sealed needle leaks nothing.
func TestEachFaultLeaksAndItsAbsenceDoesNot(t *testing.T) {
	m, sound := lying(t, "ez-25", 8*mm)
	if m.Leaks(sound) {
		t.Error("a needle that lies well leaks")
	}
	for name, fault := range map[string]func(*State){
		"loose":           func(s *State) { s.Widen(packed + 60e-6) },
		"far wall":        func(s *State) { s.wall[1].broken = true },
		"earlier hole":    func(s *State) { s.holes = 1 },
		"point in tissue": func(s *State) { s.axial.tip = s.column.Bone - 1*mm },
		"beyond the bone": func(s *State) { s.axial.tip, s.wall[1].broken = s.column.FarBottom+6*mm, true },
	} {
		s := *sound
		fault(&s)
		if !m.Leaks(&s) {
			t.Errorf("%s does not leak", name)
		}
		f, g := m.Infuse(&s, &bagCircuit, Tissue{}), m.Infuse(sound, &bagCircuit, Tissue{})
		if f.Marrow >= g.Marrow && f.Marrow > 0 {
			t.Errorf("%s: the marrow gets %g, %g without", name, f.Marrow, g.Marrow)
		}
	}
	tight := *sound
	tight.Widen(packed)
	if f := m.Flushed(&tight); f.Leak() != 0 {
		t.Error("a gap that dust fills leaks")
	}
}

// In a thin wall a needle whose point is just through opens before and behind the wall: much runs beside it. Deeper it is
// sealed, and as little through an adult's wall it is as well.
func TestHalfInLeaksInThinBone(t *testing.T) {
	at := func(wall, past float64) Flows {
		a := plain(wall)
		a.FlowDie, a.MarrowFlow = 1, 30e-6/60
		m := benchOf(t, a, "ez-15").model
		s := m.Start()
		s.column = a.At(0, 0)
		s.axial.tip, s.axial.pierced, s.wall[0].broken, s.opened = s.column.NearBottom+past, true, true, 1
		return m.Infuse(&s, &bagCircuit, Tissue{})
	}
	short, half, in, adult := at(0.8*mm, 0.8*mm), at(0.8*mm, 1.5*mm), at(0.8*mm, 2.5*mm), at(3*mm, 1.5*mm)
	if short.Leak() != 1 || half.Leak() < 0.3 || half.Leak() > 0.9 || in.Leak() != 0 || adult.Leak() != 0 || adult.Marrow <= 0 {
		t.Errorf("leak %.2f not yet in, %.2f half in, %.2f in, %.2f in an adult", short.Leak(), half.Leak(), in.Leak(), adult.Leak())
	}
}

// Volume is conserved: what the needle passed is in the marrow, under the skin or in the compartment.
func TestVolumeIsConserved(t *testing.T) {
	m, s := lying(t, "ez-25", 8*mm)
	s.Widen(packed + 80e-6)
	s.wall[1].broken = true
	s.opened = 0
	var tissue Tissue
	through, marrow := 0.0, 0.0
	for range 600 {
		f := m.Infuse(s, &bagCircuit, tissue)
		through += f.Through * 0.5
		v := tissue.Take(&f, 0.5)
		marrow += v
		s.Flush(v)
	}
	same(t, "volume", marrow+tissue.Near+tissue.Deep, through, 1e-12)
	if tissue.Near <= 0 || tissue.Deep <= 0 || marrow <= 0 {
		t.Errorf("near %g, deep %g, marrow %g", tissue.Near, tissue.Deep, marrow)
	}
}

// An adult's compartment is at 30 mmHg after 68 mL and beyond 100 mmHg after 309; a newborn's after a millilitre or two. A
// leak slows as its tissue fills, and cannot fill it beyond the pressure behind it.
func TestCompartmentFillsAndPushesBack(t *testing.T) {
	m, s := lying(t, "ez-25", 8*mm)
	wide := *m
	wide.anatomy.Diameter = adultBone
	same(t, "pressure after 68 mL", wide.Swelling(Tissue{Deep: 68e-6}).Deep/mmHg, 30, 0.01)
	same(t, "pressure after 309 mL", wide.Swelling(Tissue{Deep: 309e-6}).Deep/mmHg, 108, 0.01)
	small := *m
	small.anatomy.Diameter = 12 * mm
	if w := small.Swelling(Tissue{Deep: 0.5e-6}); w.Dangerous {
		t.Error("half a millilitre endangers a newborn's leg")
	}
	if w := small.Swelling(Tissue{Deep: 2e-6}); !w.Dangerous || !w.Felt {
		t.Errorf("2 mL in a newborn's leg: %.0f mmHg", w.Deep/mmHg)
	}
	s.wall[1].broken = true
	fresh := m.Infuse(s, &bagCircuit, Tissue{})
	tight := m.Infuse(s, &bagCircuit, Tissue{Deep: 100e-6})
	full := m.Infuse(s, &bagCircuit, Tissue{Deep: 5e-3})
	if !(tight.Deep < fresh.Deep && tight.Deep > 0 && full.Deep == 0) {
		t.Errorf("deep flow %g, %g, %g", fresh.Deep, tight.Deep, full.Deep)
	}
	slow := Circuit{Head: 75 * mmHg, Line: GivingSet()}
	bag, gravity := fillsIn(m, *s, &bagCircuit), fillsIn(m, *s, &slow)
	if bag < 30 || bag > 1800 || gravity <= bag {
		t.Errorf("dangerous after %.0f s with a bag, %.0f s by gravity, through a breached far wall", bag, gravity)
	}
	s.wall[1].broken = false
	if at := fillsIn(m, *s, &bagCircuit); at != 3600 {
		t.Errorf("a sealed needle fills the compartment in %.0f s", at)
	}
}

// fillsIn is how long a steady infusion takes to endanger the limb, s, at most an hour.
func fillsIn(m *Model, s State, c *Circuit) float64 {
	var t Tissue
	at := 0.0
	for w := m.Swelling(t); at < 3600 && !w.Dangerous; w = m.Swelling(t) {
		f := m.Infuse(&s, c, t)
		s.Flush(t.Take(&f, 1))
		at++
	}
	return at
}

// A straight pull beyond what holds draws the needle, one across it only loosens it; a dressing helps until it comes off.
func TestSnags(t *testing.T) {
	b := benchOf(t, plain(3*mm), "ez-25")
	b.force, b.trigger, b.after = 45, 1, 0.8
	b.run(1e-3, 15)
	m, hold := b.model, b.model.Purchase(&b.state).HoldN
	out := func(pull, angle float64, f Fixing) bool { s := b.state; return m.Snag(&s, pull, angle, f) }
	if out(0.9*hold, 0, Fixing{}) || !out(1.1*hold, 0, Fixing{}) || out(1.1*hold, 1.2, Fixing{}) {
		t.Errorf("hold of %.1f N", hold)
	}
	if f := (Fixing{Share: 0.5, Gives: 1.5 * hold}); out(1.1*hold, 0, f) || !out(1.6*hold, 0, f) {
		t.Error("a dressing that bears half neither holds nor gives way")
	}
	s := b.state
	if m.Snag(&s, 20, math.Pi/2, Fixing{}) || m.Purchase(&s).HoldN >= hold || m.Purchase(&s).HoldN <= 0 {
		t.Errorf("after a pull across it holds %.1f N, before %.1f N", m.Purchase(&s).HoldN, hold)
	}
	if m.Snag(&s, math.NaN(), math.NaN(), Fixing{}) {
		t.Error("nonsense draws the needle")
	}
}

// A flush goes where the flow goes, none of it is lost, it opens a shut marrow, and nothing enters a blind hole.
func TestPushSplitsAFlush(t *testing.T) {
	m, s := lying(t, "ez-25", 8*mm)
	c := FlushCircuit()
	s.wall[1].broken = true
	f := m.Infuse(s, &c, Tissue{})
	var tissue Tissue
	same(t, "what went in", m.Push(s, &c, &tissue, 10e-6), 10e-6, 1e-12)
	same(t, "what leaked", tissue.Deep, 10e-6*f.Deep/f.Through, 0.05)

	sealed, shut := lying(t, "ez-25", 8*mm)
	tight := *sealed
	tight.anatomy.FlowDie = 0
	shut.opened, tissue = 0, Tissue{}
	if went := tight.Push(shut, &c, &tissue, 10e-6); went < 9.9e-6 || tight.Flow(shut, 40e3) <= 0 || tissue != (Tissue{}) {
		t.Errorf("%g went in, tissue %+v", went, tissue)
	}
	blind, b := lying(t, "ez-25", -0.2*mm)
	b.wall[0].broken = false
	if went := blind.Push(b, &c, &tissue, 10e-6); went != 0 || tissue != (Tissue{}) {
		t.Errorf("%g went into a blind hole", went)
	}
	if n := testing.AllocsPerRun(10, func() { m.Push(s, &c, &tissue, 10e-6) }); n != 0 {
		t.Errorf("a flush allocates %g times", n)
	}
}

// The skin over a leak is a spherical cap: it holds its volume, rises at first with the volume and later with its cube root.
func TestMoundIsASphericalCap(t *testing.T) {
	m := benchOf(t, plain(3*mm), "ez-25").model
	a := seenShare*m.anatomy.Diameter + m.anatomy.SoftTissue()
	for _, v := range []float64{1e-9, 1e-6, 100e-6, 4e-3} {
		h := m.mound(v)
		same(t, "volume of the cap", math.Pi*h*(3*a*a+h*h)/6, v, 1e-6)
	}
	if m.mound(0) != 0 {
		t.Errorf("no fluid lifts the skin by %g m", m.mound(0))
	}
	if h := m.mound(4e-3); h > 0.2 {
		t.Errorf("4 L lift the skin by %g m", h)
	}
}

// What is given with the mouth above the skin runs beside the patient: nothing swells.
func TestAnOpenMouthSwellsNothing(t *testing.T) {
	m := benchOf(t, plain(3*mm), "ez-25").model
	s := m.Start()
	var in Tissue
	c := &Circuit{Head: FlushPressure(), Viscosity: 1}
	if went := m.Push(&s, c, &in, 10e-6); went < 9.9e-6 || in != (Tissue{}) {
		t.Errorf("%g m3 went, %+v into the tissue", went, in)
	}
}
