package physics

import (
	"math"
	"testing"
)

const degree = math.Pi / 180

// leaning puts a tip on the bone with a push and a tilt and lets it do what it does, turning at rps.
func leaning(t *testing.T, push, degrees, rps, time float64, change func(*Model)) *rig {
	t.Helper()
	r := rigged(t, "manual-15g", 3*mm, 0, change)
	r.s.last.TiltX = degrees * degree
	r.s.axial.lay(math.Cos(degrees * degree))
	r.s.axial.tip = r.s.column.NearTop / r.s.axial.cos
	r.s.axial.cut = r.s.toBone()
	r.loaded(push, time, rps)
	return r
}

// noBite takes the hold of the indentation away.
func noBite(m *Model) { m.terms.plough = 0 }

// A tip that slides goes on to 0.7 of the angle at which it began, eq. 16; upright nothing slides at all.
func TestSlidingHasLessFriction(t *testing.T) {
	start := func(push, degrees float64) bool { return leaning(t, push, degrees, 0, 0.02, noBite).s.log.slips > 0 }
	if start(20, 16) || !start(20, 17.5) || start(200, 0) {
		t.Errorf("slips at 16 degrees: %v, at 17.5: %v, upright: %v; want no, yes, no", start(20, 16), start(20, 17.5), start(200, 0))
	}
	goes := func(degrees float64) bool {
		r := leaning(t, 20, degrees, 0, 0, noBite)
		r.s.side.sliding = true
		r.loaded(20, 0.02, 0)
		return r.s.side.sliding
	}
	if edge := math.Atan(slideShare*tipFriction) / degree; goes(edge-1) || !goes(edge+1) {
		t.Errorf("a slide goes on at %.1f degrees: %v, at %.1f: %v; want no, yes", edge-1, goes(edge-1), edge+1, goes(edge+1))
	}
}

// A slide comes to rest where the side spring bears what friction does not, eq. 14 and 16.
func TestSlideEndsWhereTheSpringHolds(t *testing.T) {
	for _, push := range []float64{15, 30} {
		r := leaning(t, push, 22, 0, 3, noBite)
		want := push * math.Cos(22*degree) * (math.Tan(22*degree) - slideShare*tipFriction) / r.m.sideRate
		same(t, "way of the slide", r.s.side.u, want, 0.02)
		if v := r.s.side.v; math.Abs(v) > 1e-6 {
			t.Errorf("slid %.3f mm across", v/mm)
		}
	}
}

// A spinning tip also walks across its tilt with a tenth of the push, at 30 mm/s of rim speed; one that does not turn never.
func TestSpinningTipWalksAcrossItsTilt(t *testing.T) {
	drive := func(rps float64) (u, v float64) {
		r := leaning(t, 20, 10, 0, 0, nil)
		r.f.tan[0] = math.Tan(10 * degree)
		r.f.revs = rps * r.f.h
		return r.m.drive(&r.s, &r.f, 20)
	}
	u, v := drive(13)
	same(t, "down the tilt", u, 20*math.Tan(10*degree), 1e-6)
	same(t, "across it", v, walkShare*20, 1e-6)
	_, half := drive(walkSpeed / (2 * math.Pi * gauge15Outer) / 2)
	same(t, "across it at half the speed", half, walkShare*10, 1e-6)
	if _, still := drive(0); still != 0 {
		t.Errorf("a still tip walks with %.2f N", still)
	}
	way := leaning(t, 20, 20, 8, 0.3, noBite).s.side.v
	if still := leaning(t, 20, 20, 0, 0.3, noBite).s.side.v; way < 0.1*mm || still != 0 {
		t.Errorf("walked %.3f mm turning and %.3f mm still", way/mm, still/mm)
	}
}

// The bite is the ploughing of the side of the dent, eq. 15, less with a worn tip; without a dent there is none.
func TestBiteGrowsWithTheDent(t *testing.T) {
	bite := func(in, sharp float64) float64 {
		r := rigged(t, "manual-15g", 3*mm, in, nil)
		r.f.sharp = sharp
		return r.m.bite(&r.s, &r.f)
	}
	m := rigged(t, "manual-15g", 3*mm, 0, nil).m
	for _, in := range []float64{0.1 * mm, 0.5 * mm} {
		side := in * (2*m.needle.ChiselRadius + m.taper*in)
		same(t, "bite", bite(in, 1), ploughing*hardness*m.strength*side, 1e-6)
	}
	same(t, "bite of a worn tip", bite(0.1*mm, 0)/bite(0.1*mm, 1), 0.4, 1e-6)
	if b := bite(0, 1); b > 1e-6 {
		t.Errorf("bite of %.2g N without a dent", b)
	}
}

// A tip 0.2 mm deep that friction and bite hold to 35 degrees has seated: then it does not slide however it is tilted. One that
// has not seated does.
func TestSeatedTipDoesNotSlide(t *testing.T) {
	slid := func(in float64, change func(*Model)) (bool, int) {
		r := rigged(t, "manual-15g", 3*mm, in, change)
		r.loaded(20, 0.05, 0)
		seated := r.s.side.seated
		r.s.last.TiltX = 40 * degree
		r.loaded(20, 0.1, 0)
		return seated, r.s.Summary().Slips
	}
	if seated, slips := slid(0.5*mm, nil); !seated || slips != 0 {
		t.Errorf("half a millimetre deep: seated %v, %d slips", seated, slips)
	}
	if seated, slips := slid(0.5*mm, noBite); seated || slips == 0 {
		t.Errorf("without bite: seated %v, %d slips", seated, slips)
	}
	if seated, _ := slid(0.02*mm, nil); seated {
		t.Error("seated at 0.02 mm")
	}
}

// A tip that slides over a pit it left before falls into it: the force falls and it is a false drop. Without the pit it slides
// on and nothing drops; a slide over whole bone is not a drop either.
func TestPitCatchesASlidingTip(t *testing.T) {
	slide := func(pit float64) *rig {
		r := leaning(t, 30, 25, 0, 0, nil)
		r.s.side.grooveU, r.s.side.groove = 2*mm, pit
		r.loaded(30, 1, 0)
		return r
	}
	caught, free := slide(0.4*mm), slide(0)
	if caught.s.Summary().FalseDrops != 1 || math.Abs(caught.s.side.u-2*mm) > grooveR || !caught.s.ever.Has(FalseDrop) {
		t.Errorf("pit at 2 mm: %d false drops, tip at %.2f mm", caught.s.Summary().FalseDrops, caught.s.side.u/mm)
	}
	if free.s.Summary().FalseDrops != 0 || free.s.side.u < 3*mm {
		t.Errorf("whole bone: %d false drops, tip at %.2f mm", free.s.Summary().FalseDrops, free.s.side.u/mm)
	}
	if in := free.s.axial.cut - free.s.toBone(); math.Abs(in-scratch) > 1e-6 {
		t.Errorf("a sliding tip scratches %.1f um deep; want %.1f", in/1e-6, scratch/1e-6)
	}
}

// A tip that has cut a pit and slips leaves it behind.
func TestSlippingTipLeavesItsPit(t *testing.T) {
	r := leaning(t, 30, 25, 0, 0, noBite)
	r.s.axial.cut += 0.3 * mm
	r.s.axial.tip += 0.3 * mm
	at := r.s.axial.cut
	r.loaded(30, 0.3, 0)
	same(t, "depth of the pit", r.s.side.groove, at, 1e-6)
	if r.s.side.grooveU != 0 || r.s.side.u < 1*mm {
		t.Errorf("pit at %.2f mm, tip at %.2f mm", r.s.side.grooveU/mm, r.s.side.u/mm)
	}
}

// With a worn-out tip most of the force stays when the wall gives way: no drop one could tell it by. With a sharp one it goes.
func TestWornTipGivesNoDrop(t *testing.T) {
	stays := func(sharp float64) float64 {
		b := benchOf(t, plain(2*mm), "ez-25")
		n := b.model.needle
		n.Sharpness = sharp
		b.model = remodel(t, plain(2*mm), n)
		b.force, b.trigger, b.after = 120, 1, 0.8
		for b.time < 40 && b.time < b.popAt+2.5e-3 {
			b.tick(0.5e-3)
		}
		if math.IsInf(b.popAt, 1) {
			t.Fatalf("sharpness %g: not through", sharp)
		}
		return b.state.axial.force / b.state.log.before
	}
	if sharp, blunt := stays(1), stays(0); sharp > 0.4 || blunt < 0.6 {
		t.Errorf("after 2.5 ms %.2f of the force is left with a sharp tip, %.2f with a worn one; want under 0.4, over 0.6", sharp, blunt)
	}
}
