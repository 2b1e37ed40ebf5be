package virtual

import "math"

// toolMass is the mass of a driver or a manual needle set in the hand, kg. Assumed: powered drivers weigh 0.3-0.4 kg.
const toolMass = 0.35

// arm is the mechanics every hand shares: voluntary effort that builds and relaxes, and an impedance that rises with it.
//
// Effort falls off at once when the tool runs away from the hand, because the muscles that push are stiff in proportion
// to their force (short-range stiffness), up to the stiffness of the tendons and the palm behind which they work; without
// that 50 N released for 120 ms would travel 300 mm, which nobody does.
// The rest point follows the tool with a lag, so that a hand pushes on steadily where a tool advances slowly.
type arm struct {
	mass   float64 // kg, arm and tool
	base   float64 // N/m, stiffness at no effort
	gain   float64 // 1/m, growth of stiffness with effort
	brace  float64 // 1/m, the same of a second hand, >= 0
	tendon float64 // N/m, in series with the muscles, > 0
	ratio  float64 // damping ratio of the arm on its own stiffness

	effort float64 // N
	tired  float64 // share of the strength that is spent, 0..1
	rest   float64 // m
	held   bool
}

// stiffness of the arm about its rest point, N/m.
func (a *arm) stiffness() float64 {
	muscle := (a.gain + a.brace) * math.Abs(a.effort)
	return a.base + muscle*a.tendon/(muscle+a.tendon)
}

// tiring is the rate at which muscles lose strength under full load, 1/s: 1/min [Ma2009].
const tiring = 1.0 / 60

// tire spends strength on a load that is a share of it: what is left falls as exp(-k x the sum of load over strength) [Ma2009].
func (a *arm) tire(load, dt float64) {
	a.tired += tiring * (1 - a.tired) * load * dt
}

// grasp takes hold of the tool where it is.
func (a *arm) grasp(position float64) {
	a.effort, a.rest, a.held = 0, position, true
}

// push moves the effort towards a target and lets the rest point follow the tool, then fills the axial part of g.
// rise and fall are time constants of the effort, s; follow is that of the rest point, s, 0 = it stays. Effort and
// leaning in together are no more than what tiredness leaves of most, N > 0.
func (a *arm) push(target, rise, fall, follow, most float64, f *Feel, dt float64, g *Grip) {
	lag := rise
	if math.Abs(target) < math.Abs(a.effort) {
		lag = fall
	}
	a.effort += (target - a.effort) * min(1, dt/lag)
	if follow > 0 {
		a.rest += (f.Position - a.rest) * min(1, dt/follow)
	}
	a.fill(g)
	lean := g.Stiffness * max(a.rest-f.Position, 0)
	g.Effort = min(g.Effort, max(most*(1-a.tired)-lean, 0))
	a.tire(max(g.Effort, 0)/max(most, 1), dt)
}

// fill writes the axial part of g.
func (a *arm) fill(g *Grip) {
	g.Loose = false
	g.Mass = a.mass
	g.Effort = a.effort
	g.Rest = a.rest
	g.Stiffness = a.stiffness()
	g.Damping = 2 * a.ratio * math.Sqrt(g.Stiffness*a.mass)
}

// letGo writes a grip that holds nothing; where the hand was is kept.
func (a *arm) letGo(g *Grip) {
	a.held = false
	a.effort = 0
	g.Loose = true
	g.Mass = toolMass
	g.Effort, g.Stiffness, g.Damping, g.TwistRate, g.Trigger = 0, 0, 0, 0, 0
}
