package validate

import (
	"math"

	"osseo/haptics"
	"osseo/haptics/virtual"
)

// deviceRows are the leg and its loop.
func deviceRows() []spec {
	return []spec{{
		id: "A41", quick: true, input: "wall of 12 and of 8 N/mm computed at 1 kHz, 5 N.s/m of damping in the leg, a tool leaning on it with 5 N",
		published: "limit cycle at 12, stable at 8, limit 10 N/mm", source: "Colgate and Schenkel", run: walls,
		why: "The virtual leg renders the wall as a force held for a tick, as a leg without a local spring does. The net damping b - K T/2 is small near the limit, so the swing is judged after a minute; tolerance of the limit 10 %, taken.",
	}}
}

// leaning is an arm's mass with a constant push and no stiffness or damping of its own.
type leaning struct{}

func (leaning) Act(_ *virtual.Feel, _ float64, g *virtual.Grip) {
	*g = virtual.Grip{Effort: 5, Mass: 1.25}
}

// swing is the amplitude with which a tool swings on a wall computed once a tick, m: soon after it has met the wall, and
// after a minute.
func swing(stiffness float64) (soon, late float64, err error) {
	leg := virtual.New(leaning{}, virtual.Options{TickHz: tickHz, Start: -0.2 * mm, Viscous: 5, Coulomb: -1})
	if err := leg.Arm(); err != nil {
		return 0, 0, err
	}
	var c haptics.Command
	var s haptics.Sample
	reach := func(ticks int) (amplitude float64) {
		low, high := inf, -inf
		for range ticks {
			if err = leg.Exchange(&c, &s); err != nil {
				return 0
			}
			c = haptics.Command{Force: math.Max(0, stiffness*s.Position)}
			low, high = math.Min(low, s.Position), math.Max(high, s.Position)
		}
		return (high - low) / 2
	}
	reach(500)
	soon = reach(500)
	reach(58000)
	late = reach(1000)
	if err != nil {
		return 0, 0, err
	}
	return soon, late, leg.Close()
}

func walls(_ *lab, r *Row) error {
	_, at12, err := swing(12e3)
	if err != nil {
		return err
	}
	_, at8, err := swing(8e3)
	if err != nil {
		return err
	}
	low, high := 6e3, 14e3
	for high-low > 100 {
		mid := (low + high) / 2
		soon, late, err := swing(mid)
		if err != nil {
			return err
		}
		if late > soon/2 {
			high = mid
		} else {
			low = mid
		}
	}
	r.add(check("amplitude after a minute at 12 N/mm", "mm", 0.01, inf, at12/mm),
		check("amplitude after a minute at 8 N/mm", "mm", 0, 0.001, at8/mm),
		check("stable up to", "N/mm", 9, 11, low/1e3))
	return nil
}
