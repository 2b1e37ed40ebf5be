package physics

import (
	"math"
	"testing"
)

// stands is a needle whose tip has bitten upright 0.3 mm into a child's bone, and the frame of its next tick.
func stands(t *testing.T, id string) (*Model, *State) {
	t.Helper()
	n, err := ToolByID(id)
	if err != nil {
		t.Fatal(err)
	}
	a := plain(2 * mm)
	m := remodel(t, a, n)
	s := m.Start()
	s.column = m.Column(0, 0)
	s.axial.tip, s.axial.pierced, s.axial.touching, s.side.seated = s.column.NearTop+0.3*mm, true, true, true
	return m, &s
}

// A straight shaft pushed straight bears nearly its Euler load for a tip pinned on bone, between K 1 and 0.7 as the hand holds it.
func TestAStraightShaftBearsItsEulerLoad(t *testing.T) {
	for _, id := range []string{"iv-18g", "spinal-20g", "manual-18g", "ez-45"} {
		m, s := stands(t, id)
		free := m.free(s) - m.needle.Guide
		loose, firm := m.needle.EulerLoad(free, 1, true), m.needle.EulerLoad(free, 0.7, true)
		bears := m.slender(s, &Input{Stylet: true})
		ideal := 1 / (1/bears - free*crooked/m.yieldM)
		t.Logf("%s, %.0f mm free: %.0f N, without its crookedness %.0f; K 1 %.0f, K 0.7 %.0f", id, free/mm, bears, ideal, loose, firm)
		if ideal < loose || ideal > firm || bears > ideal {
			t.Errorf("%s bears %.1f N, straight %.1f; want %.1f to %.1f", id, bears, ideal, loose, firm)
		}
	}
	if m, s := stands(t, "ez-25"); m.slender(s, &Input{Stylet: true}) < 300 {
		t.Error("a 25 mm 15G needle gives way under an adult's push")
	}
}

// What the hub has wandered aside costs load: the moment of the push about the bone is the steel's at most [Perry and Robertson].
func TestAPushAsideBearsLess(t *testing.T) {
	m, s := stands(t, "iv-18g")
	last := math.Inf(1)
	for deg := 0.0; deg <= 15; deg++ {
		p := m.slender(s, &Input{TiltX: deg * math.Pi / 180})
		if p >= last {
			t.Fatalf("%.0f degrees: bears %.1f N; %.1f at one less", deg, p, last)
		}
		if moment := p * m.free(s) * deg * math.Pi / 180; moment > m.yieldM {
			t.Fatalf("%.0f degrees: a moment of %.3f N.m; the steel yields at %.3f", deg, moment, m.yieldM)
		}
		last = p
	}
	s.turn.hold = m.yieldM
	if p := m.slender(s, &Input{TiltX: 15 * math.Pi / 180}); p >= last {
		t.Errorf("twisted to its limit it bears %.1f N, untwisted %.1f", p, last)
	}
}

// A spinal needle pushed like an intraosseous one folds: it keeps the bend, the push cannot rise, and the tip lags behind.
func TestAnOverloadedShaftFolds(t *testing.T) {
	m, s := stands(t, "spinal-20g")
	in := Input{Depth: s.axial.tip, Stylet: true}
	s.started, s.last = true, in
	s.axial.cut = s.axial.tip - s.column.Bone
	at, most := s.axial.tip, 0.0
	for range 400 {
		in.Depth += 10e-6
		most = max(most, m.Step(s, in, 1e-3).Reaction)
	}
	if most < 5 || most > 60 {
		t.Errorf("pushed 4 mm against bone it met %.1f N; want what it bears, 5-60", most)
	}
	if sum := s.Summary(); s.axial.tip > at+1.5*mm || !s.ever.Has(Bend) || sum.Bend < 0.2 {
		t.Errorf("tip %.2f mm on, bend %.0f degrees, events %v", (s.axial.tip-at)/mm, sum.Bend*180/math.Pi, s.ever.Names(nil))
	}
}

// The tube twists for good at sigma_y J/(sqrt 3 R): 0.10 N.m at 18G and 515 MPa, 0.25 at 15G and 520 (literature, section 4).
func TestTubesYieldInTorsion(t *testing.T) {
	m, s := stands(t, "iv-18g")
	if got := m.wring(s, 0.09, 0.1); got != 0.09 || s.steel.wrung {
		t.Errorf("0.09 N.m left %.3f, wrung %v", got, s.steel.wrung)
	}
	if got := m.wring(s, 0.15, 0.1); math.Abs(got-0.10) > 0.01 || !s.steel.wrung || s.steel.work == 0 {
		t.Errorf("0.15 N.m left %.3f, wrung %v", got, s.steel.wrung)
	}
	n := gauge15("x", "", Manual, 25*mm)
	n.YieldStress = 520e6
	m = remodel(t, plain(2*mm), n)
	if got := m.wring(s, 1, 0); math.Abs(got-0.25) > 0.01 {
		t.Errorf("15G at 520 MPa yields at %.3f N.m; want 0.25", got)
	}
}
