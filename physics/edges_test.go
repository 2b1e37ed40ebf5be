package physics

import (
	"math"
	"testing"
)

// slowly feeds a turned needle through a whole bone at a constant speed and returns depth of the tool and reaction of every tick.
func slowly(t *testing.T, a Anatomy, needle string, sharp float64) (depth, force []float64, m *Model) {
	t.Helper()
	n := benchOf(t, a, needle).model.needle
	n.Sharpness = sharp
	m = remodel(t, a, n)
	m.driver.StallTorque, m.needle.HubTorque = 20, 20
	s := m.Start()
	const speed = 2e-3
	end := a.At(0, 0).FarBottom + 4*mm
	for x := -1 * mm; x < end && x < m.stop; x += speed * 1e-3 {
		o := m.Step(&s, Input{Depth: x, Velocity: speed, Trigger: 1, Stylet: true}, 1e-3)
		depth, force = append(depth, x), append(force, o.Reaction)
	}
	return depth, force, m
}

// peakOf is the largest force of a slow way into a bone down to a depth, m, N.
func peakOf(t *testing.T, a Anatomy, sharp, to float64) float64 {
	t.Helper()
	depth, force, _ := slowly(t, a, "ez-45", sharp)
	most := 0.0
	for i := range depth {
		if depth[i] < to {
			most = max(most, force[i])
		}
	}
	return most
}

// At the same feed a stronger, a thicker and a more worn way asks for more force; denser marrow holds more.
func TestForceRisesWithWhatIsInTheWay(t *testing.T) {
	with := func(change func(*Anatomy)) Anatomy {
		a := plain(2 * mm)
		change(&a)
		return a
	}
	usual := plain(2 * mm)
	within := usual.At(0, 0).NearTop + 1*mm // before any wall breaks
	past := usual.At(0, 0).FarTop - 6*mm
	var strong, thick, dull, dense, skin []float64
	for _, x := range []float64{0.5, 0.8, 1.2, 1.8} {
		strong = append(strong, peakOf(t, with(func(a *Anatomy) { a.Strength = x }), 1, within))
		thick = append(thick, peakOf(t, with(func(a *Anatomy) { a.NearCortex = 2 * x * mm }), 1, past))
		dull = append(dull, peakOf(t, plain(2*mm), 1.1-0.6*x, within))
		dense = append(dense, inMarrow(t, with(func(a *Anatomy) { a.CancellousDensity = 0.2 * x })))
		skin = append(skin, peakOf(t, with(func(a *Anatomy) { a.SkinStrength = x }), 1, 4.5*mm))
	}
	rising(t, "force through stronger bone", strong)
	if r := strong[3] / strong[0]; r < 2 {
		t.Errorf("3.6 times the strength asks for %.2f times the force; want 2 or more, the skin's part apart", r)
	}
	rising(t, "force through a thicker wall", thick)
	rising(t, "force with a duller tip", dull)
	rising(t, "force in denser marrow", dense)
	rising(t, "force through tougher skin", skin)
}

// inMarrow is the mean force in the middle of the marrow, N.
func inMarrow(t *testing.T, a Anatomy) float64 {
	t.Helper()
	depth, force, _ := slowly(t, a, "ez-45", 1)
	c := a.At(0, 0)
	sum, n := 0.0, 0.0
	for i := range depth {
		if depth[i] > c.NearBottom+6*mm && depth[i] < c.FarTop-4*mm {
			sum += force[i]
			n++
		}
	}
	return sum / n
}

// Leaning lengthens the way through the wall: with more tilt, more time at the same push.
func TestTiltTakesLonger(t *testing.T) {
	var took []float64
	for _, degrees := range []float64{0, 4, 8, 12} {
		b := benchOf(t, plain(3*mm), "manual-15g")
		b.in.TiltX = degrees * degree
		b.force, b.amp, b.hz = 90, 1.57, 1.5
		s := b.run(1e-3, 20)
		if !s.Broke || s.Slips > 0 {
			t.Fatalf("at %g degrees: broke %v, %d slips", degrees, s.Broke, s.Slips)
		}
		took = append(took, s.BreakAt-s.ContactAt)
	}
	rising(t, "time with more tilt", took)
}

// The force has no steps at the edges of the layers but where a wall breaks: within a tick of a slow feed it changes no more than
// the contact's stiffness lets it.
func TestForceIsContinuousAtTheEdges(t *testing.T) {
	depth, force, m := slowly(t, plain(2*mm), "ez-45", 1)
	most := 1.2 * m.render.ContactStiffness * 2e-6
	for i := 1; i < len(force); i++ {
		if rise := force[i] - force[i-1]; rise > most {
			t.Errorf("at %.3f mm the force rises by %.3f N within 2 um; want %.3f", depth[i]/mm, rise, most)
		}
	}
	// and at the edges of the map: growth plate apart, moving the point by a micrometre moves no layer by more.
	a := plain(2 * mm)
	for _, at := range []struct{ u, v float64 }{{0, 0}, {a.Taper, 0}, {2.5 * a.Taper, 0}, {1.5 * a.Taper, 0}, {-1.6 * a.Taper * 0.5, 0}, {0, 0.5 * a.FaceHalfWidth}} {
		const by = 1e-6
		x, y := a.At(at.u-by, at.v-by), a.At(at.u+by, at.v+by)
		for _, d := range []float64{y.Bone - x.Bone, y.NearBottom - x.NearBottom, y.FarTop - x.FarTop, y.FarBottom - x.FarBottom} {
			if math.Abs(d) > 10*by {
				t.Errorf("at %.1f, %.1f mm a layer steps by %.4f mm", at.u/mm, at.v/mm, d/mm)
			}
		}
	}
}

// A tool that stands still is pushed back steadily: nothing creeps, nothing rings, at any depth.
func TestStillToolFeelsASteadyForce(t *testing.T) {
	for _, depth := range []float64{2 * mm, 4.9 * mm, 5.2 * mm, 6 * mm, 7 * mm, 12 * mm} {
		b := benchOf(t, plain(2*mm), "manual-15g")
		for x := 0.0; x < depth; x += 10e-6 {
			b.model.Step(&b.state, Input{Depth: x, Velocity: 10e-3, Twist: 300 * x / mm, Stylet: true}, 1e-3)
		}
		in := b.state.last
		in.Velocity = 0
		for range 400 {
			b.model.Step(&b.state, in, 1e-3)
		}
		was := b.model.Step(&b.state, in, 1e-3)
		tip := b.state.axial.tip
		for range 2000 {
			if o := b.model.Step(&b.state, in, 1e-3); math.Abs(o.Reaction-was.Reaction) > 0.02+0.01*math.Abs(was.Reaction) {
				t.Fatalf("at %.1f mm: %.3f to %.3f N with the tool at rest", depth/mm, was.Reaction, o.Reaction)
			}
		}
		if crept := b.state.axial.tip - tip; math.Abs(crept) > 2e-6 {
			t.Errorf("at %.1f mm the tip crept %.2f um in 2 s", depth/mm, crept/1e-6)
		}
	}
}

// The thinnest child and the thickest adult, the oldest and the most obese can be gone into with the needle that is meant for
// them, and what comes of it lies within what bone can do.
func TestExtremesCanBeGoneInto(t *testing.T) {
	for _, x := range []struct {
		name   string
		p      Patient
		needle string
		force  float64
	}{
		{"29 weeks", Patient{GA: 29, Weight: 1.1}, "manual-18g", 10},
		{"newborn by drill", Patient{Weight: 2.5}, "ez-15", 8},
		{"thickest wall", Patient{Age: 30, Sex: Male, Weight: 140, Set: map[string]float64{"cortex_mm": 6, "strength": 1.8}}, "ez-25", 110},
		{"oldest", Patient{Age: 95, Sex: Female, Weight: 40, Bone: OsteoporoticBone}, "ez-25", 25},
		{"most obese", Patient{Age: 50, Sex: Female, Weight: 220, BMI: 75}, "ez-45", 55},
	} {
		b := newBench(t, x.p, ProximalTibia, x.needle, 3)
		b.force, b.trigger, b.after, b.amp, b.hz = x.force, 1, 0.8, 1.57, 1.5
		if b.model.driver.Kind == Powered {
			b.amp = 0
		}
		s := b.run(1e-3, 90)
		if !s.Broke || s.PeakForce > 1.5*x.force+20 || s.ForceAfter >= s.ForceBefore {
			t.Errorf("%s: broke %v, peak %.1f N under %.0f, %.1f to %.1f N at the pop", x.name, s.Broke, s.PeakForce, x.force, s.ForceBefore, s.ForceAfter)
		}
	}
}
