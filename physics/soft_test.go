package physics

import (
	"math"
	"testing"
)

// Skin that is not pierced pushes back as the square of the dent, eq. 2; without its strength hardly anything does.
func TestSkinPushesAsTheSquareOfTheDent(t *testing.T) {
	at := func(change func(*Model), depth float64) Output {
		r := rigged(t, "ez-25", 3*mm, -5*mm, change)
		s := r.m.Start()
		var o Output
		for i := range 4001 {
			o = r.m.Step(&s, Input{Depth: depth * float64(i) / 4000}, 1e-3)
		}
		return o
	}
	m := rigged(t, "ez-25", 3*mm, 0, nil).m
	for _, depth := range []float64{0.5 * mm, 1 * mm, 2 * mm, 2.9 * mm} {
		o := at(nil, depth)
		same(t, "push", o.Force+o.Stiffness*(depth-o.Anchor), m.terms.soft*sq(o.Tip/m.dent), 0.01)
	}
	if o := at(func(m *Model) { m.terms.soft = 1e-6 }, 2*mm); o.Reaction > 0.01 {
		t.Errorf("%.2f N without strength of the skin", o.Reaction)
	}
}

// The puncture force follows caliber, skin and sharpness, and the dent the tissue, eq. 3.
func TestPunctureForceFollowsNeedleAndSkin(t *testing.T) {
	of := func(radius, skin, sharp, tissue float64) *Model {
		a := plain(3 * mm)
		a.SkinStrength = skin
		a.setSoft(tissue, 1.5*mm, 0)
		n := benchOf(t, a, "ez-25").model.needle
		n.OuterRadius, n.Sharpness = radius, sharp
		return remodel(t, a, n)
	}
	plain := of(gauge15Outer, 1, 1, 5*mm)
	same(t, "15G in an adult", plain.terms.soft, 7, 1e-9)
	same(t, "thicker needle", of(1.2*gauge15Outer, 1, 1, 5*mm).terms.soft, 7*1.2, 1e-9)
	same(t, "tender skin", of(gauge15Outer, 0.5, 1, 5*mm).terms.soft, 3.5, 1e-9)
	same(t, "worn tip", of(gauge15Outer, 1, 0, 5*mm).terms.soft, 7*1.8, 1e-9)
	same(t, "dent", plain.dent, 3*mm, 1e-9)
	same(t, "dent in deep tissue", of(gauge15Outer, 1, 1, 20*mm).dent, 6*mm, 1e-9)
}

// Once pierced the wound follows the tip with 2 ms, and what it keeps is the share that goes on cutting, eq. 4: 0.4 in fat, 0.6 in
// muscle, all of it gone on bone.
func TestWoundFollowsTheTip(t *testing.T) {
	left := func(muscle float64, change func(*State)) float64 {
		a := plain(3 * mm)
		a.setSoft(30*mm, 1.5*mm, muscle)
		m := benchOf(t, a, "ez-45").model
		s := m.Start()
		s.column = a.At(0, 0)
		s.axial.pierced = true
		s.axial.tip, s.axial.wound = 25*mm, 24*mm
		if change != nil {
			change(&s)
		}
		k := s.along()
		f := frame{h: 20e-6}
		keep := math.Sqrt(m.cutting(&s, &k)/m.terms.soft) * m.dent
		if s.axial.touching {
			keep = 0
		}
		from := s.axial.tip - keep - s.axial.wound
		if from <= 0 {
			s.axial.wound = s.axial.tip - 1.4*m.dent
			from = s.axial.tip - keep - s.axial.wound
		}
		for range 100 { // one time constant
			m.tissue(&s, &f, &k)
		}
		same(t, "way to go after 2 ms", (s.axial.tip-keep-s.axial.wound)/from, math.Exp(-1), 0.02)
		for range 2000 {
			m.tissue(&s, &f, &k)
		}
		return f.soft / m.terms.soft
	}
	same(t, "share that goes on cutting fat", left(0, nil), cutShare, 1e-3)
	same(t, "share that goes on cutting muscle", left(1, nil), muscleShare, 1e-3)
	if on := left(0, func(s *State) { s.axial.touching = true }); on > 1e-6 {
		t.Errorf("a tip on bone is still pushed by %.3f of the puncture force", on)
	}
}

// Pressing skin in and letting it go loses energy in proportion to speed and force, after Hunt and Crossley: nothing when slow,
// and without force nothing either.
func TestSkinLosesWithSpeed(t *testing.T) {
	lost := func(speed float64, change func(*Model)) (sum, deepest float64) {
		r := rigged(t, "ez-25", 3*mm, -5*mm, change)
		s := r.m.Start()
		x := 0.0
		for _, v := range []float64{speed, -speed} {
			for range int(math.Round(2.5 * mm / speed / 1e-4)) {
				x += v * 1e-4
				r.m.Step(&s, Input{Depth: x, Velocity: v}, 1e-4)
				sum += s.axial.force * v * 1e-4
				deepest = max(deepest, s.axial.tip)
			}
		}
		return sum, deepest
	}
	m := rigged(t, "ez-25", 3*mm, -5*mm, nil).m
	held := func(depth float64) float64 { return m.terms.soft * m.dent / 3 * math.Pow(depth/m.dent, 3) }
	for _, v := range []float64{0.02, 0.05, 0.1} {
		loss, deep := lost(v, nil)
		// Both ways lose (0.5 + 6 F) v dx: 0.5 v x + 6 v x the work held.
		same(t, "loss of a loop", loss, 2*(freeDrag*v*deep+contactLoss*v*held(deep)), 0.08) // the contact takes up to a tenth of the speed
	}
	if slow, deep := lost(0.5e-3, nil); slow > 0.01*held(deep) {
		t.Errorf("a slow loop loses %.1f uJ of %.1f", slow/1e-6, held(deep)/1e-6)
	}
	with, _ := lost(0.1, nil)
	if bare, _ := lost(0.1, func(m *Model) { m.terms.soft = 1e-9 }); bare > 0.1*with {
		t.Errorf("without the skin's push a loop loses %.1f uJ, with it %.1f", bare/1e-6, with/1e-6)
	}
}

// The needle's hub, a depth limiter and a housing meet the skin with 9 N/mm and not before; a longer needle meets nothing there.
func TestHubAndLimiterMeetTheSkin(t *testing.T) {
	push := func(needle string, stop, depth float64) float64 {
		a := plain(3 * mm)
		a.setSoft(60*mm, 1.5*mm, 0)
		n := benchOf(t, a, needle).model.needle
		n.StopDepth = stop
		m := remodel(t, a, n)
		s := m.Start()
		x := 0.0
		for ; x < depth; x += 5e-6 {
			m.Step(&s, Input{Depth: x, Velocity: 5e-3, Stylet: true}, 1e-3)
		}
		for range 2000 {
			m.Step(&s, Input{Depth: x, Stylet: true}, 1e-3)
		}
		return s.axial.force
	}
	for _, c := range []struct{ stop, depth, at float64 }{{0, 27 * mm, 25 * mm}, {0, 29 * mm, 25 * mm}, {12 * mm, 15 * mm, 12 * mm}} {
		free, met := push("ez-45", 0, c.depth), push("ez-25", c.stop, c.depth)
		tip := c.depth - met/40e3
		same(t, "push of the stop", met-free, hubStiffness*(tip-c.at), 0.05)
	}
	if free, met := push("ez-45", 0, 24*mm), push("ez-25", 0, 24*mm); math.Abs(met-free) > 0.01 {
		t.Errorf("a millimetre above the skin the hub pushes with %.2f N", met-free)
	}
}
