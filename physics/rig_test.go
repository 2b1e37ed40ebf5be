package physics

import (
	"math"
	"testing"
)

// rig is a model with its state put where a law is at work, and the frame of a tick to work it in.
type rig struct {
	m *Model
	s State
	f frame
}

// rigged puts the tip of a needle at the bottom of a hole this deep in the near cortex of a plain bone, or, where in is
// negative, above the bone, m; change may take terms away before.
func rigged(t testing.TB, needle string, wall, in float64, change func(*Model)) *rig {
	t.Helper()
	r := &rig{m: benchOf(t, plain(wall), needle).model}
	if change != nil {
		change(r.m)
	}
	r.s = r.m.Start()
	s := &r.s
	s.started, s.last.Stylet = true, true
	s.column = r.m.Column(0, 0)
	s.axial.pierced = true
	s.axial.tip = s.column.NearTop + in
	s.axial.wound = min(s.axial.tip, s.column.Bone)
	if in >= 0 {
		s.axial.touching = true
		s.axial.cut = s.axial.tip - s.column.Bone
	}
	s.last.Depth = s.axial.tip
	r.f = r.m.prepare(s, s.last, 0.25e-3)
	return r
}

// pushed moves the tool to where the contact pushes with a force and holds it there for a time, turning by hand at rps.
func (r *rig) pushed(force, time, rps float64) Output {
	var o Output
	in := r.s.last
	in.Depth, in.Velocity = r.s.axial.tip+force/r.m.render.ContactStiffness, 0
	for range int(math.Round(time / 0.25e-3)) {
		in.Twist += 2 * math.Pi * rps * 0.25e-3
		o = r.m.Step(&r.s, in, 0.25e-3)
	}
	return o
}

// loaded keeps the contact at a force for a time, as a weight does, turning by hand at rps.
func (r *rig) loaded(force, time, rps float64) Output {
	var o Output
	for range int(math.Round(time / 0.25e-3)) {
		o = r.pushed(force, 0.25e-3, rps)
	}
	return o
}

// smooth takes texture and everything that holds the shaft away, so that a law shows bare.
func smooth(m *Model) {
	m.terms.rough, m.terms.grip, m.marrowGrip, m.terms.soft = 0, 0, 0, 1e-6
}

func both(fs ...func(*Model)) func(*Model) {
	return func(m *Model) {
		for _, f := range fs {
			f(m)
		}
	}
}
