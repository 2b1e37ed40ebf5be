package virtual

import (
	"math"
	"testing"

	"osseo/haptics"
)

// wall is a fake bone for these tests: skin that yields, then a front that is cut at a rate that grows with the push and
// gives way at a depth. Everything is a closed function of time and position, so that results do not depend on the tick.
type wall struct {
	driver    Driver
	bone      float64 // m, surface of the bone
	thick     float64 // m
	rate      float64 // m/s per N beyond dull, of cutting
	dull      float64 // N, least push that cuts
	residual  float64 // share of the force before that is left behind the wall
	front     float64 // m
	through   bool
	throughAt float64 // s
	before    float64 // N, force before it gave way
	deepest   float64 // m
	twist     float64
	time      float64
	dt        float64
}

const wallStiffness, wallDamping = 40e3, 8.0

func newWall(d Driver, thick, dull, rate float64) *wall {
	return &wall{driver: d, bone: 6e-3, thick: thick, dull: dull, rate: rate, residual: 0.25, front: 6e-3}
}

// render is the fake of a physics step.
func (w *wall) render(s *haptics.Sample, c *haptics.Command) {
	*c = haptics.Command{}
	w.time += w.dt
	w.deepest = max(w.deepest, s.Position)
	if s.Position > 0 {
		c.Force = min(400*s.Position, 2) // skin and fat
	}
	turning := 0.0
	switch w.driver {
	case Powered:
		turning = s.Trigger
	case Manual:
		turning = min(math.Abs(s.Twist-w.twist)/w.dt/6, 1.5)
		c.Torque = 0.3
	}
	w.twist = s.Twist
	if w.through {
		friction := w.before * w.residual
		c.Force += friction * math.Tanh(s.Velocity/2e-3)
		return
	}
	push := wallStiffness * (s.Position - w.front)
	if push > w.dull {
		w.front += w.rate * turning * (push - w.dull) * w.dt
	}
	c.Stiffness, c.Damping, c.Anchor = wallStiffness, wallDamping, w.front
	if w.front > w.bone+w.thick {
		w.through, w.throughAt, w.before = true, w.time, c.At(s.Position, s.Velocity)
		c.Transient = haptics.Transient{Kind: popCrack, Amplitude: 0.2 * w.before, Decay: 0.01}
		c.Stiffness = 0
	}
}

// run lets a hand work on the wall for at most seconds, and reports each tick to see.
func (w *wall) run(t testing.TB, hand Hand, hz, seconds float64, see func(*haptics.Sample, *haptics.Command)) *Leg {
	t.Helper()
	leg := New(hand, Options{TickHz: hz})
	if err := leg.Arm(); err != nil {
		t.Fatal(err)
	}
	w.dt = 1 / hz
	var c haptics.Command
	var s haptics.Sample
	for range int(seconds * hz) {
		if err := leg.Exchange(&c, &s); err != nil {
			t.Fatal(err)
		}
		w.render(&s, &c)
		if see != nil {
			see(&s, &c)
		}
	}
	return leg
}

// plunge is how far the tool went beyond the far face of the wall, m.
func (w *wall) plunge() float64 { return w.deepest - w.bone - w.thick }
