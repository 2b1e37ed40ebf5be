package physics

import (
	"math"
	"testing"
)

// A wall breaks when the push beats the shear strength of what is left, eq. 12, not before.
func TestWallBreaksWhereShearSays(t *testing.T) {
	for _, force := range []float64{45, 60, 80} {
		r := rigged(t, "manual-15g", 3*mm, 0.5*mm, smooth)
		ratio := func() float64 {
			in := r.s.axial.cut - r.m.anatomy.Periosteum
			return r.s.axial.force / (r.m.terms.shear * 2 * math.Pi * r.m.radius(in/2) * (3*mm - in))
		}
		before := 0.0
		for range 40000 {
			o := r.loaded(force, 0.25e-3, 2)
			if o.Events.Has(Breakthrough) {
				break
			}
			before = ratio()
		}
		if now := r.s.log.before / (r.m.terms.shear * 2 * math.Pi * r.m.radius((r.s.wall[0].at-r.m.anatomy.Periosteum)/2) * (3*mm + r.m.anatomy.Periosteum - r.s.wall[0].at)); before > 1 || before < 0.9 || now < 1 || now > 1.1 {
			t.Errorf("%g N: broke at %.3f of the shear strength, %.3f a substep before; want just over 1, just under", force, now, before)
		}
	}
}

// What remains of a broken wall is a rim of 12 % of the push with a sharp tip and 72 % with a worn one, all of it where cutting
// alone cleared the wall, dwindling to nothing as the taper passes, and nothing without a rim.
func TestRimIsLeftOfABrokenWall(t *testing.T) {
	for _, c := range []struct{ sharp, share float64 }{{1, 0.12}, {0, 0.72}} {
		r := rigged(t, "manual-15g", 3*mm, 2.6*mm, both(smooth, worn(c.sharp), func(m *Model) { m.crushing = 0 }))
		for range 4000 {
			if r.loaded(90, 0.25e-3, 2).Events.Has(Breakthrough) {
				break
			}
		}
		w := r.s.wall[0]
		same(t, "rim", w.rim, c.share*r.s.log.before, 0.01)
		k := r.s.along()
		for _, part := range []float64{0, 0.5, 1} {
			r.s.axial.cut = w.at + part*w.path
			same(t, "what remains", r.m.ahead(&r.s, &r.f, &k).free+1, w.rim*(1-part)+1, 1e-6)
		}
		r.s.axial.cut, r.s.wall[0].rim = w.at, 0
		if left := r.m.ahead(&r.s, &r.f, &k).free; left != 0 {
			t.Errorf("%.2f N without a rim", left)
		}
	}
	cleared := rigged(t, "manual-15g", 3*mm, 2.99*mm, both(smooth, func(m *Model) { m.terms.shear = math.Inf(1); m.crushing = 0 }))
	for range 8000 {
		if cleared.loaded(60, 0.25e-3, 2).Events.Has(Breakthrough) {
			break
		}
	}
	same(t, "rim of a wall cleared by cutting", cleared.s.wall[0].rim, cleared.s.log.before, 0.01)
}

// The front relaxes with 0.6 ms after the wall has gone: the contact's force falls so, if the tool stands still and nothing else
// holds.
func TestForceFallsAfterThePop(t *testing.T) {
	r := rigged(t, "manual-15g", 3*mm, 6*mm, both(smooth, func(m *Model) { m.crushing = 0 }))
	r.s.wall[0] = wall{broken: true, at: 3 * mm, path: 1 * mm}
	in := r.s.last
	in.Depth = r.s.axial.tip + 50/r.m.render.ContactStiffness
	r.s.last.Depth, r.s.last.Velocity = in.Depth, 0
	var force []float64
	for range 18 {
		r.m.Step(&r.s, in, 0.1e-3)
		force = append(force, r.s.axial.force)
	}
	same(t, "force after 0.6 ms more", force[11]/force[5], math.Pow(1+0.1/0.6, -6), 0.04)
	if force[17] > 0.12*50 {
		t.Errorf("after 1.8 ms %.1f of 50 N are left", force[17])
	}
}

// A harder push breaks a thicker rest and plunges deeper.
func TestHarderPushPlungesDeeper(t *testing.T) {
	var rest, plunge []float64
	for _, force := range []float64{35, 50, 70, 95} {
		b := benchOf(t, plain(3*mm), "ez-25")
		b.force, b.trigger, b.after = force, 1, 0.8
		s := b.run(1e-3, 30)
		rest = append(rest, b.model.anatomy.NearCortex+b.model.anatomy.Periosteum-b.state.wall[0].at)
		plunge = append(plunge, s.Plunge)
	}
	rising(t, "rest that breaks", rest)
	rising(t, "plunge", plunge)
}

// Clarity is the drop over the noise, and in noticeable differences over the noise and 7 % of the force together; a bent
// needle blurs it.
func TestClarityIsDropOverNoise(t *testing.T) {
	b := benchOf(t, plain(3*mm), "ez-25")
	b.force, b.trigger, b.after = 50, 1, 0.8
	s := b.run(1e-3, 30)
	drop := s.ForceBefore - s.ForceAfter
	same(t, "clarity", s.Clarity, drop/max(s.NoiseBand, 0.1), 1e-9)
	same(t, "in noticeable differences", s.ClarityWeber, drop/math.Hypot(0.07*s.ForceBefore, s.NoiseBand), 1e-9)
	bent := benchOf(t, plain(3*mm), "ez-25")
	bent.state.steel.bendX = 0.1
	bent.force, bent.trigger, bent.after = 50, 1, 0.8
	if q := bent.run(1e-3, 30); q.NoiseBand < 1.5*s.NoiseBand || q.Clarity >= s.Clarity {
		t.Errorf("noise %.3f N, and %.3f with a bent needle", s.NoiseBand, q.NoiseBand)
	}
	early := benchOf(t, plain(3*mm), "ez-25")
	if q := early.state.Summary(); q.Clarity != 0 || q.ForceBefore != 0 || q.Plunge != 0 {
		t.Errorf("before the pop there is a clarity: %+v", q)
	}
}
