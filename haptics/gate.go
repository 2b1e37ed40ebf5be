package haptics

import "math"

// hold is what is rendered instead of the renderer's command after a fault: a spring that gives the last force where the
// tool was, so that a tool let go meets less of it the further it moves, and a damper.
type hold struct {
	pending bool // to be captured at the next sample
	blind   bool // no position to trust: no spring
	command Command
}

// The spring of the hold. Assumed: soft enough to be stable on any hand (stiffness*dt/2 below the damping of an arm,
// 5-30 N.s/m), stiff enough to have let go of 100 N after 2 cm.
const (
	holdStiffness = 5000.0 // N/m
	holdDamping   = 10.0   // N.s/m
)

// finite is the first stage: nothing that is not a number goes further, neither sample nor command, and a motion that no
// tool makes is a fault before anything is computed from it.
func (g *Governor) finite(s *Sample, c *Command, i *Intervention) {
	g.now = *s
	if !g.skips(ByFinite) {
		if bad, ok := firstBad(s); !ok {
			i.note(ByFinite, bad, 0)
			g.Trip(Fault{Reason: NonFinite, Tick: s.Tick, Value: bad})
			g.now = g.last
			g.now.Tick, g.now.Switches = s.Tick, s.Switches
		}
		if bad, ok := c.firstBad(); !ok {
			i.note(ByFinite, bad, 0)
			g.Trip(Fault{Reason: NonFinite, Tick: s.Tick, Value: bad})
			*c = Command{}
		}
	}
	if s.Switches&EmergencyStop != 0 {
		g.Trip(Fault{Reason: Stopped, Tick: s.Tick, Value: 1})
	}
	g.watchMotion()
	g.now.Position = min(max(g.now.Position, -2*mostTravel), 2*mostTravel)
	g.now.Velocity = min(max(g.now.Velocity, -2*mostSpeed), 2*mostSpeed)
}

// gate is the second stage: nothing while disarmed, a ramp in after arming, a ramp out after Stop or a fault.
func (g *Governor) gate(c *Command, i *Intervention) {
	if g.skips(ByGate) {
		return
	}
	switch g.mode {
	case armed:
		g.gain = min(1, g.gain+g.dt/RampIn)
		g.weaken(c, g.gain, i)
	case stopping:
		g.envelope = max(0, g.envelope-g.dt/g.rampTime)
		g.weaken(c, g.gain*g.envelope, i)
		g.keepUnder(g.start*g.envelope, i)
		if g.envelope == 0 {
			g.mode = disarmed
		}
	case faulted:
		g.rampOut(c, i)
	case disarmed:
		g.shut(c, i)
	}
}

// weaken scales all of c and notes it when there was something to scale.
func (g *Governor) weaken(c *Command, by float64, i *Intervention) {
	if by == 1 {
		return
	}
	if c.renders() {
		i.note(ByRamp, g.work.total, g.work.total*by)
	}
	g.work.scale(by)
	g.keepUnder(by*g.limits.Force, i)
	var seen Intervention // what is asked beyond the limits is cut before the ramp, or it would be no ramp; ByRamp says it
	g.clampAside(c, &seen)
	c.scaleAround(by)
}

// keepUnder bounds the axial force by a ramp.
func (g *Governor) keepUnder(most float64, i *Intervention) {
	if math.Abs(g.work.total) > most {
		i.note(ByRamp, g.work.total, most)
		g.work.total = math.Copysign(most, g.work.total)
	}
}

// shut lets nothing through.
func (g *Governor) shut(c *Command, i *Intervention) {
	if c.renders() {
		i.note(ByGate, g.work.total, 0)
	}
	*c = Command{}
	g.work = axial{}
}

// rampOut renders what is held of the force before a fault.
func (g *Governor) rampOut(c *Command, i *Intervention) {
	if g.hold.pending {
		g.capture()
	}
	g.envelope = max(0, g.envelope-g.dt/g.rampTime)
	if g.envelope == 0 {
		g.shut(c, i)
		return
	}
	i.note(ByRamp, g.work.total, g.start*g.envelope)
	*c = g.hold.command
	g.work = split(c, g.now.Position, g.now.Velocity)
	g.work.scale(g.envelope)
	c.scaleAround(g.envelope)
	g.keepUnder(g.start*g.envelope, i)
}

// capture makes the hold out of the last command let through and the place where the tool is now.
func (g *Governor) capture() {
	h := &g.hold
	h.pending = false
	h.command = Command{
		Torque: g.sent.Torque, LateralU: g.sent.LateralU, LateralV: g.sent.LateralV, TiltStiffness: g.sent.TiltStiffness,
	}
	if h.blind {
		h.command.Force = g.force
		return
	}
	k := min(g.limits.Stiffness, holdStiffness)
	h.command.Force = min(0, g.force)
	h.command.Stiffness = k
	h.command.Damping = min(g.limits.Damping, holdDamping)
	h.command.Anchor = g.now.Position - max(0, g.force)/max(k, leastStiffness)
}

// renders reports whether there is anything in c that a leg could be felt to do.
func (c *Command) renders() bool {
	idle := Command{Anchor: c.Anchor, Most: c.Most, VibrationHz: c.VibrationHz}
	return *c != idle
}

// scaleAround weakens everything but the axial part.
func (c *Command) scaleAround(by float64) {
	c.Torque *= by
	c.LateralU *= by
	c.LateralV *= by
	c.TiltStiffness *= by
	c.Vibration *= by
	c.Transient.Amplitude *= by
}

// firstBad returns which number of s, counted from 1, is the first that is not finite, and true when there is none.
func firstBad(s *Sample) (float64, bool) {
	return firstNonFinite(s.Time, s.Position, s.Velocity, s.Twist, s.TiltX, s.TiltY, s.U, s.V, s.Trigger, s.Load, s.Syringe)
}

func (c *Command) firstBad() (float64, bool) {
	return firstNonFinite(c.Force, c.Stiffness, c.Damping, c.Anchor, c.Most, c.Torque, c.LateralU, c.LateralV,
		c.TiltStiffness, c.Vibration, c.VibrationHz, c.Transient.Amplitude, c.Transient.Decay)
}

func firstNonFinite(xs ...float64) (float64, bool) {
	for n, x := range xs {
		if !finite(x) {
			return float64(n + 1), false
		}
	}
	return 0, true
}
