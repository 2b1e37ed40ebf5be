package physics

import (
	"math"
	"testing"
)

// worn gives the needle a sharpness.
func worn(sharp float64) func(*Model) { return func(m *Model) { m.needle.Sharpness = sharp } }

// feedAt is the advance per revolution of a tip turned by hand under a push in the middle of a thick wall, without texture, grip
// or skin.
func feedAt(t *testing.T, force float64, change func(*Model)) float64 {
	t.Helper()
	r := rigged(t, "manual-15g", 10*mm, 6*mm, both(smooth, change))
	r.loaded(force, 0.05, 3)
	return r.s.axial.feed
}

func asItIs(*Model) {}

// A turned tip asks for A sigma (p0 + Kf sqrt(f)) D, eq. 7: at any feed up to the limit, sharp or worn.
func TestThrustFollowsFeed(t *testing.T) {
	m := rigged(t, "manual-15g", 10*mm, 6*mm, nil).m
	for _, sharp := range []float64{1, 0.4} {
		for _, feed := range []float64{0.02 * mm, 0.08 * mm, 0.2 * mm} {
			dull := 1 + dullPressure*(1-sharp)
			thrust := m.full * m.strength * (cutPressure + cutFeed*math.Sqrt(feed)) * dull
			same(t, "feed", feedAt(t, thrust, worn(sharp)), feed, 0.01)
		}
	}
	// Without its pressure at vanishing feed it asks for that much less.
	same(t, "feed without edge", feedAt(t, 60-m.full*m.strength*cutPressure, func(m *Model) { m.edge = 0 }), feedAt(t, 60, asItIs), 0.01)
}

// A turning tip goes in no faster than 0.3 mm in a turn however it is pushed; what does not cut presses its flanks, and only the
// torque rises, eq. 10. Without that push there is only the torque of the cut.
func TestFeedIsLimited(t *testing.T) {
	at := func(force float64) (feed, torque float64) {
		r := rigged(t, "manual-15g", 10*mm, 6*mm, smooth)
		r.loaded(force, 0.05, 3)
		return r.s.axial.feed, r.f.tip + r.s.turn.torque
	}
	limit := rigged(t, "manual-15g", 10*mm, 6*mm, smooth).m
	most := limit.full * limit.strength * (cutPressure + cutFeed*math.Sqrt(cutFeedMax))
	feed, torque := at(0.7 * most)
	want := sq((0.7*most/(limit.full*limit.strength) - cutPressure) / cutFeed)
	same(t, "feed of a moderate push", feed, want, 0.02)
	cut := limit.full * gauge15Outer * limit.strength * (torqueBase + torqueFeed*feed)
	same(t, "torque of the cut", torque, cut, 0.02)
	feed, torque = at(most + 60)
	same(t, "feed of a push too far", feed, cutFeedMax, 1e-6)
	cut = limit.full * gauge15Outer * limit.strength * (torqueBase + torqueFeed*cutFeedMax)
	same(t, "torque of the flanks", torque-cut, tipFriction*wedge*60*0.6*gauge15Outer, 0.02)
}

// The torque at a given feed falls as the tip wears, eq. 10, and without engaged bone there is none.
func TestTorqueFallsWithWear(t *testing.T) {
	r := rigged(t, "manual-15g", 10*mm, 6*mm, smooth)
	k := r.s.along()
	of := func(sharp float64, ahead resist) float64 {
		r.f.sharp, r.s.axial.feed = sharp, 0.1*mm
		r.m.load(&r.s, &r.f, &ahead, 0)
		return r.f.tip
	}
	engaged := r.m.ahead(&r.s, &r.f, &k)
	same(t, "torque of a sharp tip", of(1, engaged), r.m.full*gauge15Outer*r.m.strength*(torqueBase+torqueFeed*0.1*mm), 1e-6)
	same(t, "of a worn one", of(0.4, engaged)/of(1, engaged), 1-dullTorque*0.6, 1e-6)
	if free := of(1, resist{}); free != 0 {
		t.Errorf("%.3f N.m without bone", free)
	}
}

// What the chisel edge of a twist drill does not cut it presses in: pi web^2 H, eq. 7a; a point without a web has none.
func TestChiselEdgePressesIn(t *testing.T) {
	const web = 0.1e-6
	m := rigged(t, "manual-15g", 10*mm, 6*mm, nil).m
	with := feedAt(t, 60+web*m.strength*hardness, func(m *Model) { m.web = web })
	same(t, "feed with a web and its push", with, feedAt(t, 60, asItIs), 0.01)
	n, err := ToolByID("drill-3.2mm")
	if err != nil {
		t.Fatal(err)
	}
	drill := remodel(t, plain(3*mm), n)
	same(t, "web of a drill", drill.web, math.Pi*sq(0.122*3.2*mm), 1e-9)
	if needle := rigged(t, "ez-25", 3*mm, 1*mm, nil).m; needle.web != 0 {
		t.Error("a trocar has a chisel edge")
	}
}

// A tip that is not turned dents bone until its section bears the push at the hardness, eq. 8, and no further; turned, the same
// push goes on and on.
func TestTipThatIsNotTurnedOnlyDents(t *testing.T) {
	for _, force := range []float64{40, 80, 160} {
		r := rigged(t, "manual-15g", 10*mm, 0.1*mm, smooth)
		r.loaded(force, 0.2, 0)
		in := r.s.axial.cut - r.m.anatomy.Periosteum
		same(t, "push borne", r.m.area(in)*r.m.strength*hardness, force, 0.01)
		at := r.s.axial.cut
		r.loaded(force, 0.2, 0)
		if crept := r.s.axial.cut - at; crept > 1e-6 {
			t.Errorf("under %g N a dent goes on by %.2f um in 0.2 s", force, crept/1e-6)
		}
		r.loaded(force, 0.2, 1.5)
		if cut := r.s.axial.cut - at; cut < 20e-6 {
			t.Errorf("turned under %g N the hole deepens by %.2f um in 0.2 s", force, cut/1e-6)
		}
	}
}

// Friction on the shaft bears a part of the push: with it a tip that is not turned dents less deep.
func TestGripBearsAPartOfThePush(t *testing.T) {
	dent := func(change func(*Model)) float64 {
		r := rigged(t, "manual-15g", 10*mm, 5*mm, change)
		r.loaded(400, 0.2, 0)
		return r.s.axial.cut - r.m.anatomy.Periosteum - 5*mm
	}
	if with, without := dent(func(m *Model) { smooth(m); m.terms.grip = 13e3 }), dent(smooth); with > 0.5*without {
		t.Errorf("dent of %.1f um with grip and %.1f um without", with/1e-6, without/1e-6)
	}
}

// The way of a substep is the root of eq. 9 for what the layers ahead ask.
func TestCutSolvesItsEquation(t *testing.T) {
	for _, rps := range []float64{0.5, 3, 13} {
		for _, net := range []float64{15, 30, 60} {
			r := rigged(t, "manual-15g", 10*mm, 2*mm, func(m *Model) { m.terms.rough = 0 })
			k := r.s.along()
			r.f.h = 0.25e-3
			r.f.revs = rps * r.f.h
			r.f.grip = 25
			const stiff = 41e3
			a := r.m.ahead(&r.s, &r.f, &k)
			s := r.s
			moved := r.m.cut(&s, &r.f, &k, net, stiff, 0)
			root := math.Sqrt(moved / r.f.revs)
			if root >= r.m.pointMax*(1-1e-9) || moved == 0 {
				continue
			}
			left := (stiff*r.f.revs+r.f.grip/(2*math.Pi*gauge15Outer))*root*root + a.feed*root - (net - a.free - a.point)
			if math.Abs(left) > 1e-6 {
				t.Errorf("%g N at %g rev/s: %.3f um leave %.2g N", net, rps, moved/1e-6, left)
			}
		}
	}
	// Without stiffness and grip the feed is the explicit law's.
	r := rigged(t, "manual-15g", 10*mm, 2*mm, func(m *Model) { m.terms.rough = 0 })
	k := r.s.along()
	r.f.revs, r.f.grip = 1e-3, 0
	a := r.m.ahead(&r.s, &r.f, &k)
	moved := r.m.cut(&r.s, &r.f, &k, a.point+0.5*a.feed*r.m.pointMax, 0, 0)
	same(t, "explicit feed", moved, 0.25*cutFeedMax*1e-3, 1e-6)
}

// Marrow resists as A 68 rho^2 (1 + texture), a turning tip meets 35 % less, and without cancellous bone there is nothing, eq. 11.
func TestMarrowIsCrushed(t *testing.T) {
	free := func(rps float64, change func(*Model)) (got, want float64) {
		r := rigged(t, "manual-15g", 3*mm, 12*mm, change)
		r.s.wall[0].broken, r.s.wall[0].path = true, 1*mm
		k := r.s.along()
		r.f.revs = rps * r.f.h
		grain := 1 + crushTexture*grain(r.m.noiseSeed^2, r.s.axial.cut/(0.8*mm))
		return r.m.ahead(&r.s, &r.f, &k).free, r.m.full * 68e6 * sq(r.m.anatomy.CancellousDensity) * grain
	}
	got, want := free(0, nil)
	same(t, "push without turning", got, want, 1e-6)
	got, want = free(5, nil)
	same(t, "push when turning", got, want*(1-cancelTurn), 1e-6)
	if got, _ := free(0, func(m *Model) { m.crushing = 0 }); got != 0 {
		t.Errorf("%.2f N without cancellous bone", got)
	}
}

// Behind the bone and beside it tissue resists the tip; nothing of a bone that has been passed does.
func TestDeepTissueResistsBehindTheBone(t *testing.T) {
	r := rigged(t, "ez-45", 3*mm, 33*mm, nil)
	r.s.wall = [2]wall{{broken: true, path: 1e-3}, {broken: true, path: 1e-3}}
	k := r.s.along()
	same(t, "push behind the bone", r.m.ahead(&r.s, &r.f, &k).free, deepCut*r.m.caliber, 1e-9)
}

// Texture is a function of place and seed alone, within -1..1 and without steps, and no two bones are alike.
func TestTextureIsAFunctionOfPlace(t *testing.T) {
	most, step, alike := 0.0, 0.0, 0
	for i := range 20000 {
		at := float64(i)*0.0125 - 100 - 0.5e-6 // just before whole and half steps of the lattice, among others
		x := grain(5, at)
		if x != grain(5, at) {
			t.Fatal("texture has a memory")
		}
		most = max(most, math.Abs(x))
		step = max(step, math.Abs(grain(5, at+1e-6)-x))
		if x == grain(6, at) {
			alike++
		}
	}
	if most > 1 || most < 0.9 || step > 1e-5 || alike > 0 {
		t.Errorf("reaches %.3f, steps by %.2g over 1e-6, %d places alike in another bone", most, step, alike)
	}
	for _, at := range []float64{0, -1e13, 1e300, math.Inf(1)} {
		if x := grain(5, at); math.Abs(x) > 1 || math.IsNaN(x) {
			t.Errorf("at %g texture is %g", at, x)
		}
	}
}

// Two needles put into the same bone by different ways meet the same texture at the same depth, and other bones another.
func TestTextureStaysInItsPlace(t *testing.T) {
	at := func(seed uint64, fast float64) float64 {
		r := rigged(t, "manual-15g", 10*mm, 6*mm, func(m *Model) { m.noiseSeed = seed })
		r.loaded(70, 0.3/fast, 1.5*fast)
		r.s.axial.cut = 8*mm + r.m.anatomy.Periosteum
		r.s.turn.path = 3
		k := r.s.along()
		return r.m.ahead(&r.s, &r.f, &k).point
	}
	if a, b := at(3, 1), at(3, 4); a != b {
		t.Errorf("the same place asks for %.4f and %.4f N", a, b)
	}
	if a, b := at(3, 1), at(4, 1); a == b {
		t.Errorf("two bones ask for %.4f N both", a)
	}
}

// Wear is the work of the tip against what blunts it, and without turning there is none.
func TestWearIsWork(t *testing.T) {
	r := rigged(t, "manual-15g", 10*mm, 6*mm, smooth)
	in := r.s.last
	work := 0.0
	for range 4000 {
		in.Twist += 2 * math.Pi * 10 * 0.25e-3
		in.Velocity = 0.05 * mm * 10
		in.Depth += in.Velocity * 0.25e-3
		r.m.Step(&r.s, in, 0.25e-3)
		work += r.s.turn.torque * 2 * math.Pi * 10 * 0.25e-3 // nothing grips, nothing rubs
	}
	same(t, "wear", r.s.steel.wear, work/wearWork, 0.04) // soft tissue on the shaft has a little of the work
	if r.s.Summary().Wear != r.s.steel.wear || r.m.sharpness(&r.s) != 1-r.s.steel.wear {
		t.Error("wear is not told or does not blunt")
	}
	still := rigged(t, "manual-15g", 10*mm, 1*mm, smooth)
	still.loaded(100, 0.5, 0)
	if still.s.steel.wear != 0 {
		t.Errorf("wear of %.2g without turning", still.s.steel.wear)
	}
}
