package haptics

import "math"

// damper finds a leg and a hand that swing each other up, and takes gain away until they stop.
type damper struct {
	direction float64 // of the motion, +1 or -1
	since     float64 // s since the last reversal
	least     float64 // force since the last reversal, N
	most      float64
	peak      float64    // greatest speed since the last reversal, m/s
	peaks     [2]float64 // of the last two half periods, the later one first
	swings    int        // reversals in a row that look like a limit cycle
	total     float64    // reversals of limit cycles, forgotten slowly
	quiet     float64    // s since the last of them
	gain      float64    // 0..1, what is left of the command
}

// A limit cycle of a hand on a stiff wall is fast, large and moves the force with it. Tremor (8-12 Hz, below 0.3 mm) is
// slower and smaller, twisting (1-3 Hz) and hammering (5 Hz) slower, a drill faster and far smaller in position.
// Assumed: the numbers between those; docs/safety.md.
const (
	swingTime    = 0.040 // s, longest half period counted: 12.5 Hz and up
	slackTime    = 0.120 // s, the same once gain is taken away: a softer wall swings slower
	swingSpeed   = 0.05  // m/s that must be passed each way
	swingForce   = 10.0  // N of force between reversals
	swingDecay   = 0.8   // of the speed one period ago: a tool that bounces off a wall loses more by itself
	swingsToCalm = 6     // half periods before gain is taken away
	swingsToStop = 60.0  // half periods of a cycle that will not be cured are a fault
	swingsLeak   = 4.0   // half periods forgotten per second
	calmStep     = 0.7   // share of the gain kept per further half period
	leastGain    = 0.2
	calmHold     = 1.0 // s without a swing before gain comes back: a cycle that only pauses must not be fed
	calmRecovery = 1.0 // s from nothing to full gain
)

func (d *damper) reset() { *d = damper{gain: 1} }

// calm is the oscillation stage: a limit cycle loses gain and meets damping; one that goes on is a fault.
func (g *Governor) calm(i *Intervention) {
	d := &g.damper
	d.watch(g.now.Velocity, g.force, g.dt)
	if g.skips(ByOscillation) {
		return
	}
	if d.total >= swingsToStop {
		g.Trip(Fault{Reason: Oscillation, Tick: g.now.Tick, Value: d.total, Limit: swingsToStop})
	}
	if d.gain == 1 {
		return
	}
	i.note(ByOscillation, float64(d.swings), swingsToCalm)
	damping := max(g.work.damping, (1-d.gain)*g.limits.Damping)
	g.work.scale(d.gain)
	g.work.damping = damping
	// What was taken on the way in is not all given back on the way out; in between without a step, or it would chatter.
	way := -math.Copysign(g.now.Velocity, g.work.total*g.now.Velocity) / swingSpeed
	g.work.total *= 1 - (1-d.gain)*min(max(way, 0), 1)
}

// watch counts reversals.
func (d *damper) watch(v, force, dt float64) {
	d.since += dt
	d.quiet += dt
	d.total = max(0, d.total-swingsLeak*dt)
	d.least, d.most = min(d.least, force), max(d.most, force)
	if v*d.direction > 0 {
		d.peak = max(d.peak, math.Abs(v))
	}
	longest := swingTime
	if d.gain < 1 {
		longest = slackTime
	}
	turned := d.direction == 0 && math.Abs(v) > swingSpeed || v*d.direction < -swingSpeed
	switch {
	case turned && d.since <= longest && d.most-d.least >= swingForce && d.peak >= swingDecay*d.peaks[1]:
		d.swing()
	case turned, d.since > longest:
		d.swings = 0
	}
	if turned {
		d.direction = math.Copysign(1, v)
		d.since, d.least, d.most = 0, force, force
		d.peaks[1], d.peaks[0] = d.peaks[0], d.peak
		d.peak = math.Abs(v)
	}
	if d.quiet > calmHold {
		d.gain = min(1, d.gain+dt/calmRecovery)
	}
}

// swing is one more half period of a limit cycle.
func (d *damper) swing() {
	d.swings++
	d.quiet = 0
	if d.swings >= swingsToCalm {
		d.total++
		d.gain = max(leastGain, d.gain*calmStep)
	}
}
