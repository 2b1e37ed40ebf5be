package physics

import (
	"math"
	"testing"
)

// within1 checks a value against a closed form.
func same(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > tolerance*math.Abs(want) {
		t.Errorf("%s: got %.6g, want %.6g within %g %%", what, got, want, tolerance*100)
	}
}

func tube(outer, inner, length, yield float64) Needle {
	n := gauge15("tube", "", Manual, length)
	n.OuterRadius, n.InnerRadius, n.StyletRadius, n.YieldStress = outer, inner, 0, yield
	return n
}

// Cases A1, A2 and A3 of the literature file: Euler load, cantilever stiffness and first yield of bare tubes.
func TestBeamsMatchTheirClosedForms(t *testing.T) {
	a := tube(gauge15Outer, gauge15Inner, 25*mm, 520e6)
	same(t, "A1 Euler load 15G 25 mm", a.EulerLoad(25*mm, 2, false), 286, 0.02)
	same(t, "A1 tip stiffness", a.TipStiffness(25*mm, false), 13.9e3, 0.02)
	b := tube(gauge18Outer, gauge18Inner, 45*mm, 520e6)
	same(t, "A2 Euler load 18G 45 mm", b.EulerLoad(45*mm, 2, false), 24.3, 0.02)
	same(t, "A2 tip stiffness", b.TipStiffness(45*mm, false), 0.66e3, 0.02)
	same(t, "A3 side load at 520 MPa", a.YieldSideLoad(25*mm), 8.5, 0.05)
	a.YieldStress = 1000e6
	same(t, "A3 side load at 1000 MPa", a.YieldSideLoad(25*mm), 16.4, 0.05)
	n, err := NeedleByID("ez-25")
	if err != nil {
		t.Fatal(err)
	}
	same(t, "EI with stylet", n.BendingStiffness(true), 101380e-6, 0.01)
}

// The area cut in a wall by a tip longer than the wall is a difference of two sections of the cone.
func TestEngagedAreaIsADifferenceOfSections(t *testing.T) {
	m := benchOf(t, plain(3*mm), "ez-25").model
	r := func(z float64) float64 { return 0.25*mm + (gauge15Outer-0.25*mm)*z/(4*mm) }
	for _, z := range []float64{0.1 * mm, 1 * mm, 2.7 * mm, 3.99 * mm} {
		same(t, "section", m.area(z), math.Pi*r(z)*r(z), 1e-9)
	}
	same(t, "section of the shaft", m.area(9*mm), math.Pi*gauge15Outer*gauge15Outer, 1e-9)
	if m.area(0) != 0 || m.area(-1) != 0 {
		t.Error("a tip that has not arrived cuts something")
	}
	if jump := m.area(pointDepth*1.0001) - m.area(pointDepth*0.9999); jump > 1e-3*m.area(pointDepth) {
		t.Errorf("the chisel comes to bear with a jump of %g m2", jump)
	}
}

// plain returns an adult without patient-to-patient scatter and a wall of given thickness.
func plain(cortex float64) Anatomy {
	a, err := SampleAnatomy(Patient{Age: 30, Sex: Male, Weight: 75, Set: map[string]float64{
		"cortex_mm": cortex / mm, "soft_tissue_mm": 5, "medulla_mm": 25, "strength": 1, "cancellous_g_cm3": 0.16,
	}}, ProximalTibia, 1)
	if err != nil {
		panic("physics: test anatomy: " + err.Error())
	}
	a.SkinStrength = 1
	return a
}

// drill returns a 3.2 mm twist drill that nothing stalls.
func drill(rpm float64) (Needle, Driver) {
	n, err := ToolByID("drill-3.2mm")
	if err != nil {
		panic("physics: " + err.Error())
	}
	return n, Driver{Kind: Powered, NoLoadRPS: rpm / 60, StallTorque: 20, Battery: 1}
}

// fed returns the mean force and torque of a drill fed at 2 mm/s through the middle of a thick wall.
func fed(t *testing.T, rpm, sharp float64) (force, torque float64) {
	t.Helper()
	n, d := drill(rpm)
	n.Sharpness = sharp
	m, err := NewModel(plain(10*mm), n, d, DefaultRendering())
	if err != nil {
		t.Fatal(err)
	}
	s := m.Start()
	count := 0.0
	for i := range 12000 {
		x := 2e-3 * float64(i) * 1e-3
		o := m.Step(&s, Input{Depth: x, Velocity: 2e-3, Trigger: 1}, 1e-3)
		if in := s.axial.cut; in > 5*mm && in < 7.5*mm {
			force += o.Reaction
			torque += o.Torque
			count++
		}
	}
	if count < 500 {
		t.Fatalf("only %g ticks in the middle of the wall", count)
	}
	return force / count, torque / count
}

// Cases A16, A17, A18: 3.2 mm drill, adult femur, 2 mm/s [MacAvelia2012]; a worn tip [Alam].
func TestDrillMatchesMacAvelia(t *testing.T) {
	f10, t10 := fed(t, 1000, 1)
	f15, t15 := fed(t, 1500, 1)
	dullF, dullT := fed(t, 1000, 0.3)
	t.Logf("1000 rpm %.0f N %.0f N.mm; 1500 rpm %.0f N %.0f N.mm; worn %.0f N %.0f N.mm", f10, t10*1e3, f15, t15*1e3, dullF, dullT*1e3)
	if f10 < 184 || f10 > 212 || t10 < 0.169 || t10 > 0.203 {
		t.Errorf("A16: %.0f N and %.3f N.m at 1000 rpm; want 184-212 N and 0.169-0.203 N.m", f10, t10)
	}
	if r := f15 / f10; r < 0.6 || r > 1 {
		t.Errorf("A17: thrust ratio %.2f; want 0.6-1", r)
	}
	if r := t15 / t10; r < 0.55 || r > 0.85 {
		t.Errorf("A17: torque ratio %.2f; want 0.55-0.85", r)
	}
	if dullF <= f10 || dullT >= t10 {
		t.Errorf("A18: worn tip %.0f N %.3f N.m against %.0f N %.3f N.m; want thrust up and torque down", dullF, dullT, f10, t10)
	}
}

// slide must be the root of its own equation, for any push, grip and way.
func TestSlideSolvesItsEquation(t *testing.T) {
	for _, push := range []float64{0, 0.1, 5, 80, 800} {
		for _, grip := range []float64{0, 0.5, 20, 200} {
			for _, way := range []float64{0, 1e-9, 1e-6, 1e-4} {
				const k = 41e3
				d := slide(push, k, grip, way)
				if d < 0 {
					t.Fatalf("slide(%g, %g, %g) = %g moves backwards", push, grip, way, d)
				}
				friction := grip
				if way > 0 {
					friction = grip * d / (d + way)
				}
				if d == 0 && push <= grip {
					continue
				}
				if off := push - k*d - friction; math.Abs(off) > 1e-6*(push+grip) {
					t.Errorf("slide(%g, %g, %g) leaves %g N", push, grip, way, off)
				}
			}
		}
	}
}

// The motor settles on its load line for any torque below stall.
func TestMotorSettlesOnItsLoadLine(t *testing.T) {
	m := benchOf(t, plain(3*mm), "ez-25").model
	for _, share := range []float64{0, 0.3, 0.9, 1.5} {
		s := m.Start()
		s.turn.torque = share * m.driver.StallTorque
		f := frame{h: 0.25e-3, dt: 1e-3, n: 4, trigger: 1}
		for range 4000 {
			m.motor(&s, &f)
		}
		want := m.driver.NoLoadRPS * max(0, 1-share)
		if math.Abs(s.turn.rps-want) > 1e-3 {
			t.Errorf("at %g of stall torque %.4f rev/s; want %.4f", share, s.turn.rps, want)
		}
	}
}

// Case A37: the needle alone passes 450-650 mL/min of water at 300 mmHg and bone takes the rest of the pressure.
func TestNeedleFlow(t *testing.T) {
	n, err := NeedleByID("ez-25")
	if err != nil {
		t.Fatal(err)
	}
	q := n.NeedleFlow(300*mmHg) * 60e6
	if q < 450 || q > 650 {
		t.Errorf("needle alone %.0f mL/min at 300 mmHg; want 450-650", q)
	}
	if share := 1 - n.NeedleDrop(165e-6/60)/(300*mmHg); share < 0.85 {
		t.Errorf("bone takes %.2f of the drop at 165 mL/min; want 0.85", share)
	}
	same(t, "flow and drop are inverse", n.NeedleDrop(n.NeedleFlow(9e3)), 9e3, 1e-9)
}

// Case A4: at mu 0.3, pushed without turning, a tip holds at 10 degrees and skates at 25; the edge is atan(0.3) = 16.7.
func TestTipSkatesAtTheFrictionCone(t *testing.T) {
	slips := func(deg float64) bool {
		b := benchOf(t, plain(3*mm), "manual-15g")
		b.force, b.reflex = 20, 0
		b.in.TiltX = deg * math.Pi / 180
		return b.run(1e-3, 2).Slips > 0
	}
	if slips(10) || !slips(25) {
		t.Errorf("slips at 10 deg: %v, at 25 deg: %v; want false and true", slips(10), slips(25))
	}
	edge := 10.0
	for ; edge < 25 && !slips(edge); edge += 0.1 {
	}
	if math.Abs(edge-16.7) > 0.5 {
		t.Errorf("skates from %.1f deg; want 16.7", edge)
	}
}

// A tilted needle meets every layer later, by the cosine.
func TestTiltLengthensThePath(t *testing.T) {
	at := func(deg float64) float64 {
		b := benchOf(t, plain(3*mm), "ez-25")
		b.in.TiltX = deg * math.Pi / 180
		b.force, b.trigger, b.after = 45, 1, 0.8 // it stands before it spins, so that it bites
		s := b.run(1e-3, 20)
		if !s.Broke || s.SlipWay > 0.1*mm {
			t.Fatalf("at %g degrees: broke %v, slid %.2f mm", deg, s.Broke, s.SlipWay/mm)
		}
		same(t, "tilt at contact", s.TiltAtContact, deg*math.Pi/180, 1e-6)
		return s.BreakDepth
	}
	same(t, "path at 12 degrees", at(12)/at(0), 1/math.Cos(12*math.Pi/180), 0.003)
}

// Between ticks the tool follows the parabola a constant acceleration makes.
func TestToolFollowsTheCubicBetweenTicks(t *testing.T) {
	m := benchOf(t, plain(3*mm), "ez-25").model
	const dt, v0, acc = 4e-3, 0.01, 5.0
	s := m.Start()
	m.Step(&s, Input{Depth: -5 * mm, Velocity: v0}, dt)
	in := Input{Depth: -5*mm + v0*dt + acc*dt*dt/2, Velocity: v0 + acc*dt}
	f := m.prepare(&s, admit(&s, in), dt)
	for i := 1; i <= f.n; i++ {
		m.reach(&s, &f, i)
		at := float64(i) * f.h
		if want := -5*mm + v0*at + acc*at*at/2; math.Abs(f.pull-want) > 1e-12 {
			t.Fatalf("at %.2f ms the tool is at %.6f mm; want %.6f", at/1e-3, f.pull/mm, want/mm)
		}
	}
}

// Every tool is a valid needle with a driver that goes with it, and its name is found.
func TestToolsAreValid(t *testing.T) {
	for _, n := range Tools() {
		got, err := ToolByID(n.ID)
		if err != nil || got.ID != n.ID {
			t.Errorf("%s: %v", n.ID, err)
		}
		if _, err := NewModel(plain(3*mm), n, ToolDriver(n), DefaultRendering()); err != nil {
			t.Error(err)
		}
	}
	if n, err := ToolByID("needle-15g"); err != nil || n.ID != "ez-25" {
		t.Errorf("needle-15g is %q: %v", n.ID, err)
	}
	if _, err := ToolByID("spoon"); err == nil {
		t.Error("a spoon is a tool")
	}
}
