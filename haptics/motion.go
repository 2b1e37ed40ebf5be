package haptics

import "math"

// motion watches where the tool says it is.
type motion struct {
	fast float64 // s the tool has been faster than the limit
}

// What is not believed of a motion. Assumed: margins of the sensors, not of the hand: a hard pop stays below half of the
// speed limit, and the mechanical stops are inside the travel.
const (
	fastTime     = 3e-3 // s above the speed limit that are a fault
	jumpFactor   = 2.0  // times the way possible at the speed limit: no tool, an encoder
	jumpSlack    = 1e-3 // m of jump always borne: quantisation, a sample out of line
	travelMargin = 5e-3 // m beyond the travel that are a fault
	longestGap   = 0.05 // s; more time between samples than this explains no way
)

// watchMotion trips on a sample that no tool can have made.
func (g *Governor) watchMotion() {
	s, l := &g.now, &g.limits
	if !g.skips(ByTravel) && (s.Position > l.TravelIn+travelMargin || s.Position < l.TravelOut-travelMargin) {
		limit := l.TravelIn
		if s.Position < 0 {
			limit = l.TravelOut
		}
		g.Trip(Fault{Reason: OverTravel, Tick: s.Tick, Value: s.Position, Limit: limit})
	}
	if g.skips(BySpeed) {
		return
	}
	if g.known {
		gap := min(max(g.dt, s.Time-g.last.Time), longestGap)
		way := math.Abs(s.Position - g.last.Position)
		if way > jumpFactor*l.Speed*gap+jumpSlack {
			g.trip(Fault{Reason: OverSpeed, Tick: s.Tick, Value: way / gap, Limit: l.Speed}, true)
		}
	}
	if math.Abs(s.Velocity) <= l.Speed {
		g.motion.fast = 0
		return
	}
	g.motion.fast += g.dt
	if g.motion.fast > fastTime {
		g.Trip(Fault{Reason: OverSpeed, Tick: s.Tick, Value: math.Abs(s.Velocity), Limit: l.Speed})
	}
}

// brake is the over-speed stage: above the speed limit nothing drives the tool on; what resists it stays.
func (g *Governor) brake(i *Intervention) {
	v := g.now.Velocity
	if g.skips(BySpeed) || math.Abs(v) <= g.limits.Speed {
		return
	}
	if g.work.total*v < 0 {
		i.note(BySpeed, math.Abs(v), g.limits.Speed)
		g.work.total = 0
	}
}
