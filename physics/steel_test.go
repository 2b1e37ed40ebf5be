package physics

import (
	"math"
	"testing"
)

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
