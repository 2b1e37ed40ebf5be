package physics

import (
	"math"
	"testing"
)

// Case A12: with more than 20 mm of tissue a 25 mm needle pushed to its hub does not reach the marrow, a 45 mm one does.
func TestShortNeedleDoesNotReachThroughDeepTissue(t *testing.T) {
	at := func(needle string) Zone {
		a := plain(3 * mm)
		a.setSoft(24*mm, 1.6*mm, 0)
		b := benchOf(t, a, needle)
		b.force, b.trigger, b.after, b.reflex = 50, 1, 0.8, 0.12
		b.run(1e-3, 15)
		return b.out.Zone
	}
	if z := at("ez-25"); z == InMedulla {
		t.Error("ez-25 reached the marrow through 24 mm")
	}
	if z := at("ez-45"); z != InMedulla {
		t.Errorf("ez-45 ended in %v", z)
	}
}

// A powered driver without charge does not turn and does not get in; too little thrust only polishes; too much on strong
// bone stalls it.
func TestDriverNeedsChargeAndMeasure(t *testing.T) {
	try := func(battery, force, strength float64) (*bench, Summary) {
		a := plain(4 * mm)
		a.Strength = strength
		b := benchOf(t, a, "ez-25")
		m := *b.model
		m.driver.Battery = battery
		b.model = &m
		b.force, b.trigger, b.after, b.reflex = force, 1, 0.8, 0
		return b, b.run(1e-3, 12)
	}
	if b, s := try(0, 50, 1); s.Broke || b.state.turn.path != 0 || s.PeakTorque != 0 {
		t.Errorf("no charge: broke %v after %g turns", s.Broke, b.state.turn.path)
	}
	if _, s := try(1, 8, 1); s.Broke {
		t.Error("8 N of thrust got through an adult's wall")
	}
	if _, s := try(1, 45, 1); !s.Broke || s.Events.Has(Stall) {
		t.Errorf("45 N: broke %v, events %v", s.Broke, s.Events.Names(nil))
	}
	if _, s := try(0.45, 150, 2); !s.Events.Has(Stall) {
		t.Errorf("150 N on strong bone with half a battery did not stall: %v", s.Events.Names(nil))
	}
}

// A needle tilted after it has seated bends for good; the load at which it does is its yield moment.
func TestTiltingASeatedNeedleBendsIt(t *testing.T) {
	bend := func(deg float64) Summary {
		b := benchOf(t, plain(3*mm), "ez-25")
		b.force, b.trigger, b.after = 45, 1, 0.8
		b.run(1e-3, 15)
		for i := range 400 {
			b.in.TiltX = deg * math.Pi / 180 * float64(i) / 399
			b.tick(1e-3)
		}
		return b.state.Summary()
	}
	if s := bend(4); s.Bend != 0 {
		t.Errorf("4 degrees bent it by %.2f degrees", s.Bend*180/math.Pi)
	}
	if s := bend(25); !s.Yielded || s.Bend == 0 || !s.Events.Has(Yield) {
		t.Errorf("25 degrees left %.2f degrees, events %v", s.Bend*180/math.Pi, s.Events.Names(nil))
	}
}

// Advancing with the stylet out fills the bore; nothing is then aspirated and nothing flows.
func TestOpenBoreClogs(t *testing.T) {
	b := benchOf(t, plain(3*mm), "manual-15g")
	b.in.Stylet = false
	b.force, b.amp, b.hz = 90, 1.57, 1.5
	s := b.run(1e-3, 20)
	if !s.Clogged || !s.Events.Has(Clog) || b.model.Aspirates(&b.state) || b.model.Flow(&b.state, 40e3) != 0 {
		t.Errorf("clogged %v, aspirates %v, flow %g", s.Clogged, b.model.Aspirates(&b.state), b.model.Flow(&b.state, 40e3))
	}
}

// After a good insertion the needle stands, about four in five aspirate, the flush opens the flow, and nothing leaks; a
// second hole in the same bone leaks.
func TestAfterAGoodInsertion(t *testing.T) {
	stands, draws, leaks, second, opened, dry, n := 0, 0, 0, 0, 0, 0, 0
	for seed := range uint64(80) {
		b := newBench(t, adult, ProximalTibia, "ez-25", seed)
		b.force, b.trigger, b.after, b.reflex = 55, 1, 0.6, 0.1
		b.run(1e-3, 20)
		if b.out.Zone != InMedulla {
			continue
		}
		n++
		count := func(is bool, c *int) {
			if is {
				*c++
			}
		}
		count(b.model.Purchase(&b.state).Stands, &stands)
		count(b.model.Aspirates(&b.state), &draws)
		count(b.model.Leaks(&b.state), &leaks)
		before := b.model.Flow(&b.state, 40e3)
		count(before == 0, &dry)
		b.state.Flush(10e-6)
		count(b.model.Flow(&b.state, 40e3) > before, &opened)
		again := b.model.Again(&b.state)
		b.state = again
		b.popAt, b.time = math.Inf(1), 0
		b.in = Input{Depth: -2 * mm, Stylet: true}
		b.out = Output{}
		b.run(1e-3, 20)
		count(b.model.Leaks(&b.state), &second)
	}
	if n < 60 {
		t.Fatalf("only %d of 80 ended in the marrow", n)
	}
	share := func(c int) float64 { return float64(c) / float64(n) }
	if share(stands) < 0.9 || share(leaks) > 0.1 || second != n || opened != n {
		t.Errorf("of %d: stand %d, leak %d, leak through a second hole %d, opened by the flush %d", n, stands, leaks, second, opened)
	}
	if s := share(draws); s < 0.7 || s > 0.9 {
		t.Errorf("%.2f aspirate; want about 0.8", s)
	}
	if s := share(dry); s < 0.05 || s > 0.28 {
		t.Errorf("%.2f without flow before the flush; want 0.10-0.25", s)
	}
}

// Case A34: mean tibial flow rises from gravity to 300 mmHg by 1.5-3.
func TestBagAgainstGravity(t *testing.T) {
	gravity, bag := 0.0, 0.0
	const n = 300
	for seed := range uint64(n) {
		a, err := SampleAnatomy(adult, ProximalTibia, seed)
		if err != nil {
			t.Fatal(err)
		}
		m := benchOf(t, a, "ez-25").model
		s := m.Start()
		s.column = a.At(0, 0)
		s.axial.tip, s.axial.pierced, s.wall[0].broken, s.opened = s.column.NearBottom+5*mm, true, true, 1
		gravity += m.Flow(&s, 75*mmHg) * 60e6 / n
		bag += m.Flow(&s, 300*mmHg) * 60e6 / n
	}
	if r := bag / gravity; gravity < 5 || gravity > 73 || bag < 8 || bag > 165 || r < 1.5 || r > 3 {
		t.Errorf("%.0f to %.0f mL/min, ratio %.2f; want 5-73, 8-165, 1.5-3", gravity, bag, r)
	}
}

// A spring device held against the skin goes through most adult walls in a few milliseconds, and never deeper than it is set.
func TestSpringDevice(t *testing.T) {
	through, light, firm, deepest := 0, 0.0, 0.0, 0.0
	const n = 100
	for seed := range uint64(n) {
		for _, load := range []float64{8, 45} {
			b := newBench(t, adult, ProximalTibia, "spring-15g-adult", seed)
			b.force, b.trigger, b.after, b.reflex = load, 1, 0.8, 0
			fired, landed := 0.0, 0.0
			for b.time < 1 {
				b.tick(1e-3)
				if b.out.Events.Has(Fire) {
					fired = b.time
					if b.out.Transient.Kind != SpringHit {
						t.Fatal("firing is not felt")
					}
				}
				if fired > 0 && landed == 0 && !b.state.launch.flying {
					landed = b.time
				}
			}
			if landed == 0 || landed-fired > 15e-3 {
				t.Fatalf("seed %d: flight of %.1f ms", seed, (landed-fired)/1e-3)
			}
			deepest = max(deepest, b.out.Tip)
			if u := b.state.Summary(); u.ForceBefore != 0 || u.ClarityWeber != 0 || u.PeakForce > 150 {
				t.Fatalf("seed %d: the hand felt a pop in flight: %+v", seed, u)
			}
			if load > 20 {
				firm += b.state.launch.recoil / n
				if b.out.Zone == InMedulla {
					through++
				}
			} else {
				light += b.state.launch.recoil / n
			}
		}
	}
	if through < n*80/100 || through > n*98/100 {
		t.Errorf("%d of %d through; want 80-98 %%", through, n)
	}
	if light < firm+0.5*mm {
		t.Errorf("recoil %.2f mm held lightly and %.2f mm held firmly", light/mm, firm/mm)
	}
	if deepest > 25.5*mm {
		t.Errorf("reached %.1f mm; it is set to 25", deepest/mm)
	}
}

// Sliding off a newborn's narrow face is a false drop: the force falls and the tip is beside the bone.
func TestFalseDropOffTheFace(t *testing.T) {
	b := newBench(t, newborn, ProximalTibia, "manual-18g", 2)
	b.in.V = 0.8 * b.model.anatomy.FaceHalfWidth
	b.in.TiltY = 20 * math.Pi / 180
	b.force, b.reflex = 12, 0
	s := b.run(1e-3, 4)
	if s.Slips == 0 || s.FalseDrops == 0 || s.Broke || b.out.Zone != BesideBone {
		t.Errorf("slips %d, false drops %d, broke %v, ended in %v", s.Slips, s.FalseDrops, s.Broke, b.out.Zone)
	}
}
