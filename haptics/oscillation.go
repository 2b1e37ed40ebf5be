package haptics

import "math"

// damper finds a leg and a hand that swing each other up, and takes gain away until they stop.
type damper struct {
	direction float64 // of the motion, +1 or -1
	since     float64 // s since the last reversal
	least     float64 // force since the last reversal, N
	most      float64
	swings    int     // reversals in a row that look like a limit cycle
	gain      float64 // 0..1, what is left of the command
}

// A limit cycle of a hand on a stiff wall is fast, large and moves the force with it. Tremor (8-12 Hz, below 0.3 mm) is
// slower and smaller, twisting (1-3 Hz) and hammering (5 Hz) slower, a drill faster and far smaller in position.
// Assumed: the numbers between those; docs/safety.md.
const (
	swingTime    = 0.040 // s, longest half period counted: 12.5 Hz and up
	swingSpeed   = 0.05  // m/s that must be passed each way
	swingForce   = 10.0  // N of force between reversals
	swingsToCalm = 6     // half periods before gain is taken away
	swingsToStop = 40    // half periods of an uncured cycle that are a fault
	calmStep     = 0.7   // share of the gain kept per further half period
	leastGain    = 0.2
	calmRecovery = 0.5 // s from nothing to full gain
)

func (d *damper) reset() { *d = damper{gain: 1} }

// calm is the oscillation stage: a limit cycle loses gain and meets damping; one that goes on is a fault.
func (g *Governor) calm(i *Intervention) {
	d := &g.damper
	d.watch(g.now.Velocity, g.force, g.dt)
	if g.skips(ByOscillation) {
		return
	}
	if d.swings >= swingsToStop {
		g.Trip(Fault{Reason: Oscillation, Tick: g.now.Tick, Value: float64(d.swings), Limit: swingsToStop})
	}
	if d.gain == 1 {
		return
	}
	i.note(ByOscillation, float64(d.swings), swingsToCalm)
	damping := max(g.work.damping, (1-d.gain)*g.limits.Damping)
	g.work.scale(d.gain)
	g.work.damping = damping
}

// watch counts reversals.
func (d *damper) watch(v, force, dt float64) {
	d.since += dt
	d.least, d.most = min(d.least, force), max(d.most, force)
	turned := d.direction == 0 && math.Abs(v) > swingSpeed || v*d.direction < -swingSpeed
	switch {
	case turned && d.since <= swingTime && d.most-d.least >= swingForce:
		d.swings++
		if d.swings >= swingsToCalm {
			d.gain = max(leastGain, d.gain*calmStep)
		}
	case turned, d.since > swingTime:
		d.swings = 0
	}
	if turned {
		d.direction = math.Copysign(1, v)
		d.since, d.least, d.most = 0, force, force
	}
	if d.swings < swingsToCalm {
		d.gain = min(1, d.gain+dt/calmRecovery)
	}
}
