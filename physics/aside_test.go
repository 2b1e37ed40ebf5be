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

// seated returns a needle that stands in a wall this far, m.
func seated(t *testing.T, needle string, in float64, change func(*Model)) *rig {
	t.Helper()
	r := rigged(t, needle, 3*mm, in, change)
	r.s.side.seated = true
	return r
}

// The purchase resists tilting as the shaft and the wall it stands in do one after the other, eq. 17; wobble loosens it, and a
// needle in soft tissue is not held at all.
func TestPurchaseIsShaftAndWallInSeries(t *testing.T) {
	r := seated(t, "ez-25", 2*mm, nil)
	n := &r.m.needle
	in := r.s.axial.tip - r.s.column.Bone
	shaft := 3 * n.BendingStiffness(true) / (n.Length - in)
	held := min(in, 3*mm)
	bed := r.m.anatomy.BoneModulus * held * held * held / 12
	same(t, "stiffness", r.m.tiltRate(&r.s, true), 1/(1/shaft+1/bed), 1e-6)
	if bare := r.m.tiltRate(&r.s, false); bare >= r.m.tiltRate(&r.s, true) {
		t.Error("no softer without the stylet")
	}
	r.s.side.oversize = 20e-6
	same(t, "with 20 um of play", r.m.tiltRate(&r.s, true), 1/(1/shaft+2/bed), 1e-6)
	r.s.side.seated = false
	if k := r.m.tiltRate(&r.s, true); k != 0 {
		t.Errorf("%.3f N.m/rad without purchase", k)
	}
}

// Tilting a seated needle loads it through purchase and wrist; what its steel does not bear stays as bend, with the work of it. In
// steel that yields nowhere nothing stays.
func TestWhatTheSteelDoesNotBearStays(t *testing.T) {
	lean := func(degrees float64, change func(*Model)) *rig {
		r := seated(t, "ez-25", 2.5*mm, change)
		r.f.in.TiltX = degrees * degree
		r.m.lean(&r.s, &r.f)
		return r
	}
	small := lean(1, nil)
	k := small.m.tiltRate(&small.s, true)
	k = k * handTilt / (k + handTilt)
	same(t, "moment", small.s.side.momentX, k*degree, 0.01) // rocking has loosened it meanwhile
	if small.s.steel.bent() != 0 {
		t.Error("one degree bent it for good")
	}
	far := lean(40, nil)
	same(t, "moment it bears", far.s.side.momentX, far.m.yieldM, 1e-6)
	stays := min((k*40*degree-far.m.yieldM)/k, 0.3)
	same(t, "bend that stays", far.s.steel.bendX, stays, 0.01)
	same(t, "work of it", far.s.steel.work, far.m.yieldM*stays, 0.01)
	if strong := lean(40, func(m *Model) { m.yieldM = math.Inf(1) }); strong.s.steel.bent() != 0 || strong.s.steel.work != 0 {
		t.Error("steel that does not yield is bent")
	}
}

// Bent to and fro the tube breaks when it has taken its work, 0.5 J at 15G; a thinner one sooner, and one that does not yield never.
func TestTubeBreaksByItsWork(t *testing.T) {
	bends := func(needle string, change func(*Model)) int {
		r := seated(t, needle, 2.5*mm, change)
		for i := range 400 {
			r.f.in.TiltX = 45 * degree * float64(1-2*(i%2))
			r.s.events = 0
			r.m.lean(&r.s, &r.f)
			r.m.suffer(&r.s, &r.f)
			if r.s.events.Has(Break) {
				if limit := breakWork * math.Pow(r.m.caliber, 3); r.s.steel.work < limit {
					t.Errorf("%s broke after %.2f J of %.2f", needle, r.s.steel.work, limit)
				}
				return i + 1
			}
		}
		return 0
	}
	thick, thin := bends("ez-25", nil), bends("manual-18g", nil)
	if thick < 2 || thin < 1 || thin > thick {
		t.Errorf("broke after %d bends at 15G, %d at 18G", thick, thin)
	}
	if n := bends("ez-25", func(m *Model) { m.yieldM = math.Inf(1) }); n != 0 {
		t.Errorf("steel that does not yield broke after %d bends", n)
	}
}

// A shaft buckles while its tip slides under more than its Euler load, and bears the same push when it is short.
func TestLongShaftBucklesWhileItSlides(t *testing.T) {
	bent := func(length float64) (float64, float64) {
		r := rigged(t, "manual-18g", 3*mm, 0, func(m *Model) { m.needle.Length = length })
		r.s.side.sliding = true
		r.s.axial.force = 60
		r.f.in.Stylet = true
		r.m.suffer(&r.s, &r.f)
		return r.s.steel.bent(), r.m.needle.EulerLoad(length, 2, true)
	}
	if bend, load := bent(45 * mm); bend <= 0 || load > 60 {
		t.Errorf("45 mm under 60 N bent by %.4f rad; it bears %.0f N", bend, load)
	}
	if bend, load := bent(20 * mm); bend != 0 || load < 60 {
		t.Errorf("20 mm under 60 N bent by %.4f rad; it bears %.0f N", bend, load)
	}
}

// Rocking widens the hole by 80 um per N.m, turning under side load by 30 um per N.m and turn; a needle held straight keeps it.
func TestRockingWidensTheHole(t *testing.T) {
	r := seated(t, "ez-25", 2.5*mm, nil)
	r.f.in.TiltX = 2 * degree
	r.m.lean(&r.s, &r.f)
	moment := r.s.side.momentX
	same(t, "rocked once", r.s.side.oversize, 80e-6*moment, 1e-6)
	r.m.lean(&r.s, &r.f)
	was := r.s.side.oversize
	r.m.lean(&r.s, &r.f)
	if grown := r.s.side.oversize - was; grown > 0.05*was {
		t.Errorf("held aside it grows by %.2f um", grown/1e-6)
	}
	was, moment = r.s.side.oversize, r.s.side.momentX
	r.f.revs, r.f.n = 1, 1
	r.m.lean(&r.s, &r.f)
	same(t, "turned once", r.s.side.oversize-was, 30e-6*moment, 0.05)
	straight := seated(t, "ez-25", 2.5*mm, nil)
	straight.f.revs, straight.f.n = 1, 1
	straight.m.lean(&straight.s, &straight.f)
	if straight.s.side.oversize != 0 {
		t.Error("a needle turned straight widens its hole")
	}
}

// A bent shaft is held more and a loose one less, eq. 5: 20 um of play leave half of what the wall holds.
func TestPlayLoosensAndBendHolds(t *testing.T) {
	r := rigged(t, "ez-25", 3*mm, 8*mm, func(m *Model) { m.marrowGrip = 0 })
	k := r.s.along()
	soft := softFriction * r.m.caliber * r.s.axial.wound
	full := r.m.grip(&r.s, &k) - soft
	same(t, "a wall of 3 mm with the shaft in it", full, 13e3*3*mm, 1e-6)
	r.s.side.oversize = 20e-6
	same(t, "with 20 um of play", r.m.grip(&r.s, &k)-soft, full/2, 1e-6)
	r.s.side.oversize, r.s.steel.bendX = 0, 0.1
	same(t, "bent by 0.1 rad", r.m.grip(&r.s, &k)-soft, full*1.4, 1e-6)
}

// The stylet bears its share of the thrust until its lock gives, and slips by what is over; a lock that holds more does not, and
// what is not there cannot slip.
func TestStyletSlipsAboveItsHold(t *testing.T) {
	push := func(hold float64, stylet bool) (*rig, float64) {
		r := rigged(t, "manual-15g", 10*mm, 6*mm, func(m *Model) { m.needle.StyletHold = hold })
		r.s.last.Stylet = stylet
		r.loaded(100, 0.01, 0)
		return r, 100 * sq(r.m.needle.StyletRadius/r.m.needle.OuterRadius)
	}
	r, share := push(20, true)
	if !r.s.ever.Has(StyletSlip) || r.s.steel.slip <= 0 {
		t.Errorf("a lock of 20 N bore %.1f N", share)
	}
	if r, share := push(share*1.05, true); r.s.ever.Has(StyletSlip) || r.s.steel.slip != 0 {
		t.Errorf("a lock of %.1f N slipped at %.1f", share*1.05, share)
	}
	if r, _ := push(20, false); r.s.ever.Has(StyletSlip) {
		t.Error("a stylet that is out slipped")
	}
}

// An open bore clogs after 0.3 mm of bone or 3 mm of marrow; with the stylet in it stays clear.
func TestOpenBoreClogsByItsWay(t *testing.T) {
	way := func(in, push float64, stylet bool) float64 {
		r := rigged(t, "manual-15g", 3*mm, in, smooth)
		if in > 3*mm {
			r.s.wall[0] = wall{broken: true, path: 1 * mm}
		}
		r.s.last.Stylet = stylet
		from := r.s.axial.cut
		for range 40000 {
			if r.loaded(push, 0.25e-3, 2); r.s.steel.clogged {
				return r.s.axial.cut - from
			}
			if r.s.axial.cut > 12*mm {
				break
			}
		}
		return 0
	}
	same(t, "bone that clogs", way(0.5*mm, 60, false), 0.3*mm, 0.05)
	same(t, "marrow that clogs", way(5*mm, 6, false), 3*mm, 0.05)
	if w := way(0.5*mm, 60, true); w != 0 {
		t.Errorf("clogged after %.2f mm with the stylet in", w/mm)
	}
}
