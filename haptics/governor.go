package haptics

import "math"

// The governor's own constants. The leg's limits come from the leg.
const (
	RampIn  = 0.200 // s from no authority to all of it after arming; docs/safety.md
	RampOut = 0.100 // s from the present force to none after Stop or a Fault with a position to trust
	// RampBlind replaces RampOut when there is no position to trust: what is left is force without a spring, which
	// pushes a hand that lets go. 30 ms of 150 N falling to nothing moves 1 kg by 2 cm at most.
	RampBlind = 0.030
)

// Governor is the one gate every force passes on its way to a leg. It is a pure state machine: no clock, no I/O, no
// allocation. One goroutine owns it.
//
// For any sequence of samples and commands, what it lets through obeys, at every position and velocity until the next
// tick: |force| plus vibration plus transient <= Limits.Force; |force| <= |force at the last tick| + Rise*dt; stiffness,
// damping, torque, lateral force and tilt stiffness within their limits; nothing while disarmed; nothing but a bounded
// ramp to nothing after Stop or a Fault; nothing that drives the tool out of its travel; and no more energy out of the
// leg than it took in but for a small allowance.
type Governor struct {
	limits Limits
	skip   Causes // stages left out; tests only

	mode     mode
	gain     float64 // authority while armed, 0..1
	envelope float64 // what is left of the ramp out, 1..0
	rampTime float64 // s of this ramp out
	start    float64 // |force| when the ramp out began, N
	hold     hold
	fault    Fault
	untold   bool // fault is not yet in an Intervention

	known bool    // last holds a finite sample
	last  Sample  // last finite sample
	now   Sample  // the sample being judged
	dt    float64 // s, of the tick being judged
	work  axial
	sent  Command // last command let through
	force float64 // its force at its sample, N

	motion  motion
	energy  energy
	damper  damper
	limiter limiter
}

type mode uint8

const (
	disarmed mode = iota
	armed
	stopping
	faulted
)

// NewGovernor returns a disarmed governor. Limits that do not pass Check let nothing through.
func NewGovernor(l Limits) *Governor {
	g := &Governor{limits: l.complete()}
	g.Reset()
	return g
}

// Reset forgets everything, a fault too, but not how hot the motor is, and disarms. Call it only when no force is rendered.
func (g *Governor) Reset() {
	heat := g.limiter.heat // a motor cools by time, not by being armed again
	*g = Governor{limits: g.limits, skip: g.skip}
	g.damper.reset()
	g.resetLimiter()
	g.limiter.heat = heat
}

// Arm begins the ramp in. It does nothing after a fault, which only Reset clears.
func (g *Governor) Arm() {
	if g.mode == faulted {
		return
	}
	g.mode, g.gain, g.envelope = armed, 0, 1
}

// Stop begins the ramp out; the renderer goes on shaping what is left.
func (g *Governor) Stop() {
	if g.mode != armed {
		return
	}
	g.mode = stopping
	g.beginRamp(RampOut)
}

// Trip begins the ramp out for a reason, without the renderer. The first reason sticks.
func (g *Governor) Trip(f Fault) {
	switch f.Reason {
	case NonFinite, OverTravel, LostDevice, Stale:
		g.trip(f, true)
	default:
		g.trip(f, false)
	}
}

// trip is Trip; blind says that there is no position to trust.
func (g *Governor) trip(f Fault, blind bool) {
	if g.fault.Reason != NoFault || f.Reason == NoFault {
		return
	}
	g.fault, g.untold = f, true
	left := RampOut
	if blind {
		left = RampBlind
	}
	if g.mode == stopping {
		left = min(left, g.envelope*g.rampTime)
	}
	g.beginRamp(left)
	if g.mode == disarmed {
		g.envelope = 0
	}
	g.mode = faulted
	g.hold = hold{pending: true, blind: blind}
}

func (g *Governor) beginRamp(seconds float64) {
	g.rampTime, g.envelope, g.start = max(seconds, 1e-3), 1, math.Abs(g.force)
}

// Fault returns the first fault, or one of reason NoFault.
func (g *Governor) Fault() Fault { return g.fault }

// Idle reports whether nothing is rendered and nothing will be until Arm.
func (g *Governor) Idle() bool {
	return g.mode == disarmed || g.mode == faulted && g.envelope == 0 && g.force == 0
}

// Force is the axial force let through at the last sample, N, positive outward.
func (g *Governor) Force() float64 { return g.force }

// Apply judges the command c that answers sample s and changes it in place. dt is the nominal period, s; one that is not
// in 10 us..20 ms is taken as the nearest. It never panics and does not allocate.
func (g *Governor) Apply(s *Sample, c *Command, dt float64) Intervention {
	var i Intervention
	g.dt = clampPeriod(dt)
	g.finite(s, c, &i)
	g.work = split(c, g.now.Position, g.now.Velocity)
	g.gate(c, &i)
	g.passive(&i)
	g.calm(&i)
	g.brake(&i)
	g.slew(c, &i)
	g.clamp(c, &i)
	g.work.join(c, g.now.Position, g.now.Velocity)
	g.remember(c)
	if g.untold {
		i.Fault, g.untold = g.fault, false
	}
	return i
}

// remember keeps what the next tick is compared with.
func (g *Governor) remember(c *Command) {
	g.last, g.known = g.now, true
	g.sent, g.force = *c, g.work.total
}

func (g *Governor) skips(stage Causes) bool { return g.skip&stage != 0 }

func clampPeriod(dt float64) float64 {
	if math.IsNaN(dt) {
		return 1e-3
	}
	return min(max(dt, 1e-5), 20e-3)
}
