package physics

import "math"

// Dislodgement, eq. 23. A snag of the line pulls at the hub in some direction: the part along the needle draws, the part
// across rocks it, widens its hole and leaves it looser for the next one.

// Fixing is what holds the line or the hub to the skin. The zero value is none.
type Fixing struct {
	Share float64 // of a pull that it takes, 0..1
	Gives float64 // pull at which it comes off the skin, N
}

// Dressing is a stabiliser with an adhesive: it takes two thirds of a pull (assumed) until it comes off. Tape on a forearm
// comes off between 22 and 36 N (5 to 8 lb, a maker's own test); its middle.
func Dressing() Fixing { return Fixing{Share: 2.0 / 3, Gives: 29} }

// Snag pulls once with pull, N, at an angle from the needle's axis, rad, 0..pi/2, and reports whether the needle is out:
// more than skin and bone hold. The state keeps what the pull loosened.
func (m *Model) Snag(s *State, pull, angle float64, f Fixing) bool {
	pull, angle = finite(pull, 0, 0, 1e3), finite(angle, 0, 0, math.Pi/2)
	if pull < f.Gives {
		pull *= 1 - clamp(f.Share, 0, 1)
	}
	if pull*math.Cos(angle) > m.Purchase(s).HoldN {
		return true
	}
	rocked := min(pull*math.Sin(angle)*(m.free(s)+hubHeight), m.yieldM)
	s.Widen(rockWiden * rocked)
	return false
}

const (
	hubHeight = 10 * mm // of the line's joint above the hub. Assumed
	rockWiden = 80e-6   // m of radius per N.m, as rocking widens the hole
)
