package physics

import (
	"math"
	"testing"
)

// While a needle is held the spring the leg renders keeps 3 N in hand, so that a pull between ticks meets the same stiffness,
// eq. 19; a needle that nothing holds slackens at once.
func TestHeldNeedleResistsAPullBetweenTicks(t *testing.T) {
	rest := func(change func(*Model)) Output {
		r := rigged(t, "manual-15g", 3*mm, 8*mm, change)
		r.s.wall[0] = wall{broken: true, path: 1 * mm}
		return r.pushed(0, 0.05, 0)
	}
	o := rest(nil)
	if math.Abs(o.Reaction) > 1e-6 {
		t.Errorf("at rest it is pushed with %.3g N", o.Reaction)
	}
	felt := func(pull float64) float64 { return o.Force + max(0, holdSpare-o.Stiffness*pull) }
	same(t, "stiffness", o.Stiffness, DefaultRendering().ContactStiffness, 1e-9)
	same(t, "a pull of 20 um", felt(20e-6), -20e-6*o.Stiffness, 1e-6)
	same(t, "a pull beyond what is in hand", felt(1*mm), -holdSpare, 1e-6)
	loose := rest(func(m *Model) { smooth(m); m.crushing = 0 })
	if math.Abs(loose.Force) > 0.5 { // soft tissue on the shaft
		t.Errorf("a needle that no bone holds is kept with %.2f N", loose.Force)
	}
}

// While the front advances its spring lies half a tick's advance ahead, eq. 19a; where it stands the tool feels the contact as it is.
func TestFrontIsRenderedHalfATickAhead(t *testing.T) {
	less := func(rps float64) (slack, advance float64) {
		r := rigged(t, "manual-15g", 10*mm, 6*mm, smooth)
		o := r.loaded(60, 0.05, rps)
		return r.s.axial.force - o.Reaction, r.s.axial.feed * rps * 0.25e-3
	}
	slack, advance := less(3)
	same(t, "slack of a moving front", slack, DefaultRendering().ContactStiffness*advance/2, 0.01)
	if slack, _ := less(0); math.Abs(slack) > 1e-6 {
		t.Errorf("a front that stands is rendered %.3g N ahead", slack)
	}
}

// A tool that slides steadily through tissue feels its drag once: what is answered is what the contact carries.
func TestDragIsFeltOnce(t *testing.T) {
	const dt, v = 0.25e-3, 50e-3
	r := rigged(t, "manual-15g", 3*mm, -2*mm, nil)
	in := r.s.last
	in.Velocity = v
	var o Output
	for in.Depth < r.s.column.Bone-0.2*mm {
		in.Depth += v * dt
		o = r.m.Step(&r.s, in, dt)
	}
	if o.Damping*v < 0.1*o.Reaction {
		t.Fatalf("a drag of %g N in %g N shows nothing", o.Damping*v, o.Reaction)
	}
	same(t, "answer", o.Reaction, r.s.axial.force, 0.02)
}

// After the wall has gone bone around the shaft damps a tool that swings on it; before, only the contact does.
func TestBoneDampsATool(t *testing.T) {
	damping := func(broken bool) float64 {
		r := rigged(t, "manual-15g", 3*mm, 2*mm, nil)
		r.s.wall[0].broken, r.s.wall[0].path = broken, 1*mm
		return r.pushed(5, 0.02, 0).Damping
	}
	same(t, "before the pop", damping(false), DefaultRendering().ContactDamping, 1e-9)
	same(t, "after it", damping(true), gripDamping, 1e-9)
}

// The tip is in every zone a needle can come to, in the order of the layers and of the map; a bone without growth plate has none.
func TestEveryZoneIsReached(t *testing.T) {
	child, err := SampleAnatomy(Patient{Age: 3}, ProximalTibia, 1)
	if err != nil {
		t.Fatal(err)
	}
	at := func(a Anatomy, u, v, depth float64) Zone {
		m := benchOf(t, a, "ez-45").model
		s := m.Start()
		s.column = a.At(u, v)
		s.axial.tip, s.axial.pierced = depth, depth > 0
		return m.zone(&s)
	}
	c := child.At(0, 0)
	for _, x := range []struct {
		u, v, depth float64
		want        Zone
	}{
		{0, 0, -1 * mm, Outside},
		{0, 0, c.Bone - 0.5*mm, InSoftTissue},
		{0, 0, (c.NearTop + c.NearBottom) / 2, InCortex},
		{0, 0, c.FarTop - 1*mm, InMedulla},
		{0, 0, (c.FarTop + c.FarBottom) / 2, InFarCortex},
		{0, 0, c.FarBottom + 1*mm, InDeepTissue},
		{-child.GrowthPlate, 0, c.NearBottom, InGrowthPlate},
		{-child.Joint - 1*mm, 0, c.NearBottom, InJoint},
		{0, child.FaceHalfWidth + 1*mm, c.NearBottom, BesideBone},
	} {
		if z := at(child, x.u, x.v, x.depth); z != x.want {
			t.Errorf("at %.1f, %.1f, %.1f mm: %v; want %v", x.u/mm, x.v/mm, x.depth/mm, z, x.want)
		}
	}
	grown := child
	grown.GrowthPlate = 0
	if z := at(grown, -child.GrowthPlate, 0, c.NearBottom); z == InGrowthPlate {
		t.Error("a closed growth plate is still there")
	}
}

// Over growth plate and joint there is a thin shell: a needle goes through it sooner than beside it and is then where it must not be.
func TestShellOverTheGrowthPlateIsThin(t *testing.T) {
	child, err := SampleAnatomy(Patient{Age: 3}, ProximalTibia, 1)
	if err != nil {
		t.Fatal(err)
	}
	through := func(u float64) (float64, Zone) {
		b := benchOf(t, child, "ez-15")
		b.in.U = u
		b.force, b.trigger, b.after = 15, 1, 0.8
		s := b.run(1e-3, 20)
		return s.BreakAt - s.ContactAt, b.out.Zone
	}
	shaft, in := through(0)
	plate, wrong := through(-child.GrowthPlate)
	if plate >= shaft || in != InMedulla || wrong != InGrowthPlate {
		t.Errorf("%.2f s into the %v, %.2f s into the %v", shaft, in, plate, wrong)
	}
	c, p := child.At(0, 0), child.At(-child.GrowthPlate, 0)
	same(t, "shell", (p.NearBottom-p.NearTop)/(c.NearBottom-c.NearTop), shellShare, 1e-6)
}

// A tip pushed on through the marrow meets the far wall, says so, breaks it and is in the tissue behind; where the wall is far, it
// does not.
func TestFarWallIsMetAndBroken(t *testing.T) {
	push := func(cavity float64) *bench {
		a := plain(2 * mm)
		a.Medulla = cavity
		b := benchOf(t, a, "ez-45")
		b.force, b.trigger, b.after, b.reflex = 60, 1, 0.8, 0
		for b.time < 20 {
			b.tick(1e-3)
		}
		return b
	}
	b := push(8 * mm)
	if s := b.state.Summary(); !s.Events.Has(FarContact|FarBreakthrough) || b.out.Zone != InDeepTissue || s.PeakLater < 20 || b.out.FarGap > 0 {
		t.Errorf("%v, in %v, %.1f N after the pop, %.1f mm to the far wall", s.Events.Names(nil), b.out.Zone, s.PeakLater, b.out.FarGap/mm)
	}
	if b := push(70 * mm); b.state.Summary().Events.Has(FarContact) || b.out.FarGap < 0 {
		t.Errorf("a wall 70 mm away is met: %v", b.state.Summary().Events.Names(nil))
	}
}

// The mark shows what is left of the needle above the skin, and the gap what is left before the far wall.
func TestMarkAndGapFollowTheTip(t *testing.T) {
	r := rigged(t, "ez-25", 3*mm, 1*mm, nil)
	o := r.pushed(5, 0.001, 0)
	same(t, "mark", o.MarkMM, 25-5-o.Tip/mm, 1e-9)
	same(t, "gap", o.FarGap, r.s.column.FarTop-o.Tip, 1e-9)
}

// A wall bears a moment as the square of what of it is around the shaft, eq. 20; the hub asks for weight and a nudge at the end
// of what stands out. Without a wall, or with a wide hole, the needle does not stand.
func TestNeedleStandsByItsWall(t *testing.T) {
	stands := func(wallThick, wobble float64) Purchase {
		r := rigged(t, "ez-25", wallThick, wallThick+5*mm, nil)
		r.s.wall[0].broken = true
		r.s.side.oversize = wobble
		return r.m.Purchase(&r.s)
	}
	p := stands(3*mm, 0)
	same(t, "moment of 3 mm", p.HoldNm, 100e6*2*gauge15Outer*sq(3*mm)/4, 1e-6)
	same(t, "moment of 1.5 mm", stands(1.5*mm, 0).HoldNm, p.HoldNm/4, 1e-6)
	same(t, "moment with 40 um of play", stands(3*mm, 40e-6).HoldNm, p.HoldNm/2, 1e-6)
	out := 25*mm - 8*mm - 0.15*mm
	same(t, "moment of the hub", p.NeedNm, (4e-3*9.81+0.5)*(out+10*mm), 0.01)
	if !p.Stands || stands(0.3*mm, 0).Stands || stands(3*mm, 0.5*mm*40).Stands {
		t.Errorf("stands in 3 mm: %v, in 0.3 mm: %v, in a wide hole: %v; want yes, no, no", p.Stands, stands(0.3*mm, 0).Stands, stands(3*mm, 20*mm).Stands)
	}
	r := rigged(t, "ez-25", 3*mm, 2*mm, nil)
	if r.m.Purchase(&r.s).Stands {
		t.Error("stands without having gone through")
	}
}

// Fields that are not finite are answered as the last finite ones are, bit for bit.
func TestNotFiniteIsTheLastFinite(t *testing.T) {
	run := func(bad float64) uint64 {
		b := benchOf(t, plain(3*mm), "ez-25")
		in := Input{Depth: 2 * mm, Velocity: 0.01, Twist: 0.3, TiltX: 0.1, TiltY: 0.05, U: 1 * mm, V: 2 * mm, Trigger: 0.7, Load: 12, Stylet: true}
		b.model.Step(&b.state, in, 1e-3)
		if bad != 0 {
			in.Depth, in.Velocity, in.Twist, in.TiltX, in.TiltY = bad, bad, bad, bad, bad
			in.U, in.V, in.Trigger, in.Load = bad, bad, bad, bad
		}
		b.model.Step(&b.state, in, 1e-3)
		return b.state.Hash()
	}
	want := run(0)
	for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		if run(bad) != want {
			t.Errorf("%g is not answered as the last value", bad)
		}
	}
}

// A tick is cut into equal substeps of a quarter of a millisecond at most, and nothing longer than 20 ms is made up.
func TestSubstepsAreEqualAndShort(t *testing.T) {
	m := benchOf(t, plain(3*mm), "ez-25").model
	for _, dt := range []float64{1e-4, 2.5e-4, 2.6e-4, 1e-3, 4e-3, 20e-3, 7} {
		s := m.Start()
		f := m.prepare(&s, admit(&s, Input{}), dt)
		same(t, "sum of substeps", f.h*float64(f.n), min(dt, 20e-3), 1e-9)
		if f.h > 0.25e-3*(1+1e-9) || f.n > 80 {
			t.Errorf("%g s in %d substeps of %g s", dt, f.n, f.h)
		}
	}
}

// Tilt before the tip has seated keeps what is cut and wounded where it is along the bone's normal; after that the path is the
// hole's, whatever the tilt.
func TestTiltKeepsDepthUntilTheTipHasSeated(t *testing.T) {
	r := rigged(t, "manual-15g", 3*mm, 0.1*mm, nil)
	wound, cut := r.s.axial.wound*r.s.axial.cos, r.s.axial.cut*r.s.axial.cos
	in := r.s.last
	in.TiltX, in.TiltY = 0.2, -0.1
	r.m.prepare(&r.s, in, 1e-3)
	same(t, "cosine", r.s.axial.cos, 1/math.Sqrt(1+sq(math.Tan(0.2))+sq(math.Tan(0.1))), 1e-12)
	same(t, "wound along the normal", r.s.axial.wound*r.s.axial.cos, wound, 1e-12)
	same(t, "hole along the normal", r.s.axial.cut*r.s.axial.cos, cut, 1e-12)
	r.s.side.seated = true
	was := r.s.axial
	in.TiltX = 0.6
	if r.m.prepare(&r.s, in, 1e-3); r.s.axial != was {
		t.Error("a seated needle's path has moved")
	}
}

// Without its velocity the tool goes straight between two ticks and misses the way of a hand that speeds up; a velocity that
// contradicts the positions bends the way by no more than a fifth of a millimetre.
func TestWithoutVelocityTheWayIsStraight(t *testing.T) {
	m := benchOf(t, plain(3*mm), "ez-25").model
	const dt, acc = 4e-3, 20.0
	off := func(v0, v1 float64) float64 {
		s := m.Start()
		m.Step(&s, Input{Depth: -5 * mm, Velocity: v0}, dt)
		f := m.prepare(&s, admit(&s, Input{Depth: -5*mm + acc*dt*dt/2, Velocity: v1}), dt)
		worst := 0.0
		for i := 1; i <= f.n; i++ {
			m.reach(&s, &f, i)
			at := float64(i) * f.h
			worst = max(worst, math.Abs(f.pull-(-5*mm+acc*at*at/2)))
		}
		return worst
	}
	straight := off(acc*dt/2, acc*dt/2) // the velocity of the chord at both ends
	same(t, "off without velocities", straight, acc*dt*dt/8, 0.01)
	if with := off(0, acc*dt); with > 1e-9 {
		t.Errorf("off by %.3g mm with them", with/mm)
	}
	if wild := off(5, -5); wild > 0.2*mm {
		t.Errorf("velocities of 5 m/s bend the way by %.3f mm", wild/mm)
	}
}
