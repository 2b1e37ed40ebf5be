package haptics

import (
	"fmt"
	"math"
)

// envelope checks what the governor promises for any input, one tick after the other, without looking into it: only at
// the samples, the commands let through and Governor.Force.
type envelope struct {
	limits Limits
	force  float64 // at the last tick
}

// tolerance of sums of a few products near 1e2. Real violations are of whole newtons.
const tolerance = 1e-6

// check returns what the tick broke.
func (e *envelope) check(g *Governor, s *Sample, c *Command, i Intervention, dt float64) error {
	l, rise, fall := e.limits, e.limits.Rise*dt, e.limits.Fall*dt
	last, now := e.force, g.Force()
	e.force = now
	if bad, ok := c.firstBad(); !ok {
		return fmt.Errorf("let %g through: %+v", bad, *c)
	}
	for _, b := range []struct {
		name           string
		x, least, most float64
	}{
		{"stiffness", c.Stiffness, 0, l.Stiffness},
		{"damping", c.Damping, 0, l.Damping},
		{"torque", c.Torque, -l.Torque, l.Torque},
		{"lateral u", c.LateralU, -l.Lateral, l.Lateral},
		{"lateral v", c.LateralV, -l.Lateral, l.Lateral},
		{"tilt stiffness", c.TiltStiffness, 0, l.TiltStiffness},
		{"vibration", c.Vibration, 0, l.Vibration},
		{"transient", c.Transient.Amplitude, 0, l.Transient},
		{"transient decay", c.Transient.Decay, 0, longestDecay},
		{"force growth", math.Abs(now), 0, math.Abs(last) + rise},
	} {
		if b.x < b.least-tolerance || b.x > b.most+tolerance {
			return fmt.Errorf("%s is %g, allowed %g to %g", b.name, b.x, b.least, b.most)
		}
	}
	if i.Causes&ByTravel == 0 && math.Abs(now) < math.Abs(last)-fall-tolerance {
		return fmt.Errorf("force fell from %g to %g N, allowed %g N in a tick", last, now, fall)
	}
	return e.everywhere(g, s, c, rise, dt)
}

// everywhere checks the force at positions the tool may have before the next tick, and far beyond them.
func (e *envelope) everywhere(g *Governor, s *Sample, c *Command, rise, dt float64) error {
	l, now := e.limits, g.Force()
	shake := c.Vibration + c.Transient.Amplitude
	reach := l.Speed * dt
	p := s.Position
	if _, ok := firstBad(s); !ok || math.Abs(p) > 1 {
		p = g.last.Position // a sample that is not all numbers is not believed in any of them
	}
	for _, x := range [...]float64{p, p + reach, p - reach, p + reach/3, p - reach/3, c.Anchor, -1, 0, 1, 1e6, -1e6} {
		for _, v := range [...]float64{0, l.Speed, -l.Speed, 0.1, -0.1, 50, -50} {
			f := c.At(x, v)
			if math.Abs(f)+shake > l.Force+tolerance {
				return fmt.Errorf("%g N with %g N of shaking at %g m, %g m/s; limit %g", f, shake, x, v, l.Force)
			}
			if f > max(0, now)+rise+tolerance || f < min(0, now)-rise-tolerance {
				return fmt.Errorf("%g N at %g m, %g m/s, a step from %g N; allowed %g N", f, x, v, now, rise)
			}
			if x >= l.TravelIn && x <= p+reach && f < -tolerance {
				return fmt.Errorf("%g N drives the tool on at %g m, the inner end is %g m", f, x, l.TravelIn)
			}
			if x <= l.TravelOut && x >= p-reach && v <= min(0, s.Velocity) && f > tolerance {
				return fmt.Errorf("%g N drives the tool on at %g m, the outer end is %g m", f, x, l.TravelOut)
			}
		}
	}
	return nil
}
