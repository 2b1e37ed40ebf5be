package physics

import (
	"math"
	"testing"
)

// An 8G needle pushed without turning meets about 1000 N at 25 mm in dense spongy bone [Mulligan2010]; the grip follows the
// square of the density (eq. 5a), and where fluid is given it stays within the reach of a hand.
func TestSpongyBoneGripsTheShaft(t *testing.T) {
	grip := func(radius, density float64) float64 {
		a := plain(1 * mm)
		a.Medulla, a.CancellousDensity = 60*mm, density
		n, err := ToolByID("jamshidi-11g")
		if err != nil {
			t.Fatal(err)
		}
		n.OuterRadius, n.InnerRadius, n.StyletRadius = radius, 0.8*radius, 0.7*radius
		m := remodel(t, a, n)
		s := m.Start()
		s.column = m.Column(0, 0)
		s.axial.tip = s.column.NearBottom + 25*mm
		k := s.along()
		s2 := s
		s2.axial.tip = s.column.NearBottom
		return m.grip(&s, &k) - m.grip(&s2, &k)
	}
	crown := grip(2.1*mm, 0.45)
	if crown < 500 || crown > 1000 {
		t.Errorf("25 mm of an 8G shaft at 0.45 g/cm3 are held by %.0f N; want 500-1000 of the 1000 N measured", crown)
	}
	thin := grip(2.1*mm, 0.225)
	soft := softFriction * 2.1 * mm / gauge15Outer * 25 * mm
	if r := (crown - soft) / (thin - soft); math.Abs(r-4) > 0.3 {
		t.Errorf("twice the density holds %.2f times as much; want 4", r)
	}
	if g := grip(gauge15Outer, 0.16); g < 10 || g > 60 {
		t.Errorf("25 mm of a 15G shaft at 0.16 g/cm3 are held by %.0f N; want 10-60", g)
	}
}

// A shaft that goes in while it turns shares its friction: what resists along the axis does not resist turning.
func TestFrictionOpposesTheSlip(t *testing.T) {
	m := benchOf(t, plain(3*mm), "manual-15g").model
	f := frame{h: 0.25e-3, grip: 50}
	still := m.shaftTorque(&f, 0)
	same(t, "torque of a shaft at rest", still, 50*gauge15Outer, 1e-9)
	f.moved = 1e-4
	if got := m.shaftTorque(&f, 1e-4); math.Abs(got/still-0.5) > 0.01 {
		t.Errorf("equal ways along and around leave %.3f of the torque; want 0.5", got/still)
	}
	if got := m.shaftTorque(&f, 0); got > 0.01*still {
		t.Errorf("a shaft that only slides in resists turning with %.3f of its torque", got/still)
	}
}
