package virtual

import (
	"math"

	"osseo/haptics"
)

// stage is the axial stage: stage, tool and arm as one mass between the hand and the command.
type stage struct {
	x, v     float64 // m, m/s, positive inward
	load     float64 // force through the load cell between hand and tool, N, positive inward
	mass     float64 // kg, without tool and arm
	viscous  float64 // N.s/m
	coulomb  float64 // N
	least    float64 // m, end of travel outward
	most     float64 // m, end of travel inward
	strength float64 // N, most the motor gives either way
}

// step moves the stage by dt under the hand g and the command c, and returns the axial force of the leg on the tool in
// the middle of the substep, N, positive outward. extra is the burst of transients and vibration, N, positive outward.
//
// Implicit midpoint: second order, keeps the energy of a linear spring exactly and is stable for any stiffness and
// damping >= 0. The one-sided spring of the command makes the equation piecewise linear and monotone in the midpoint
// velocity, so of the two branches (pushing, not pushing) exactly one is consistent. A force beyond the
// command's own limit or the motor's strength is cut to it. Coulomb friction then takes at most the momentum there is, so
// that it can hold but never drive.
func (s *stage) step(c *haptics.Command, g *Grip, extra, dt float64) float64 {
	mass := s.mass + max(g.Mass, 0)
	half := dt / 2
	h := half / mass
	push := g.Effort + g.Stiffness*(g.Rest-s.x) - c.Force - extra
	drag := g.Damping + s.viscous + g.Stiffness*half

	wall := c.Stiffness * (s.x - c.Anchor)
	mid := (s.v + h*(push-wall)) / (1 + h*(drag+c.Damping+c.Stiffness*half))
	spring := wall + (c.Stiffness*half+c.Damping)*mid
	if spring < 0 {
		spring = 0
		mid = (s.v + h*push) / (1 + h*drag)
	}
	local := c.Force + spring
	if c.Most > 0 {
		local = min(local, c.Most)
	}
	force := min(max(local+extra, -s.strength), s.strength)
	if force != c.Force+spring+extra {
		mid = (s.v + h*(g.Effort+g.Stiffness*(g.Rest-s.x)-force)) / (1 + h*drag)
	}
	v := 2*mid - s.v
	grind := s.coulomb * dt / mass
	if math.Abs(v) <= grind {
		v = 0
	} else {
		v -= math.Copysign(grind, v)
	}
	mid = (s.v + v) / 2
	accel := (v - s.v) / dt
	s.load = g.Effort + g.Stiffness*(g.Rest-s.x-half*mid) - g.Damping*mid - g.Mass*accel
	s.x += dt * mid
	s.v = v
	s.stops()
	return force
}

// stops ends the travel: a hard stop without bounce.
func (s *stage) stops() {
	if s.x < s.least {
		s.x, s.v = s.least, max(s.v, 0)
	}
	if s.x > s.most {
		s.x, s.v = s.most, min(s.v, 0)
	}
}
