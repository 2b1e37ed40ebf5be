package haptics

import "math"

// limiter is the memory of the last two stages.
type limiter struct {
	heat     float64 // mean square force of the motor's past, N^2
	heatTime float64 // s, time constant of the motor; 0 = it does not heat
	ringing  float64 // what is left of transients being played, N
	decay    float64 // s, of the slowest of them
	impulse  float64 // N.s of transients that may still be asked for
}

const (
	heatKnee       = 0.9   // share of the bearable heat from which the ceiling sinks
	longestDecay   = 0.020 // s; a longer transient is a force, and forces go through the slew
	impulseBudget  = 1.0   // N.s: one full spring hit, 90 N over 10 ms, and a pop
	impulseRefill  = 1.0   // N.s/s
	vibrationShots = 4.0   // evaluations of the leg per period of the fastest vibration
)

func (g *Governor) resetLimiter() {
	l, m := &g.limiter, &g.limits
	*l = limiter{impulse: impulseBudget}
	if m.PeakS > 0 && m.ContinuousN < m.Force {
		share := m.ContinuousN / m.Force
		l.heatTime = -m.PeakS / math.Log1p(-heatKnee*share*share)
	}
}

// slew is the stage that bounds how fast forces grow and fall from one tick to the next, and with floor and Most how far
// the leg may go by itself until the next one.
func (g *Governor) slew(c *Command, i *Intervention) {
	if g.skips(BySlew) {
		return
	}
	l := &g.limits
	allowed := slewed(g.force, g.work.total, l.Rise*g.dt, l.Fall*g.dt)
	if allowed != g.work.total {
		i.note(BySlew, (g.work.total-g.force)/g.dt, math.Copysign(l.rate(g.force, g.work.total), g.work.total-g.force))
		g.work.total = allowed
	}
	if l.Force == 0 {
		return
	}
	rise := l.Rise / l.Force * g.dt // shares of full scale
	fall := l.Fall / l.Force * g.dt
	g.slewAside(&c.Torque, g.sent.Torque, l.Torque, rise, fall, i)
	g.slewAside(&c.LateralU, g.sent.LateralU, l.Lateral, rise, fall, i)
	g.slewAside(&c.LateralV, g.sent.LateralV, l.Lateral, rise, fall, i)
	g.slewAside(&c.TiltStiffness, g.sent.TiltStiffness, l.TiltStiffness, rise, fall, i)
}

func (g *Governor) slewAside(x *float64, last, scale, rise, fall float64, i *Intervention) {
	asked := min(max(*x, -scale), scale) // what the clamp takes away anyway is not the slew's doing
	allowed := slewed(last, asked, rise*scale, fall*scale)
	if allowed != asked {
		i.note(BySlew, (asked-last)/g.dt, rise*scale/g.dt)
		*x = allowed
	}
}

// rate is the slew limit that applies on the way from a force to another, N/s.
func (l *Limits) rate(from, to float64) float64 {
	if from*to >= 0 && math.Abs(to) > math.Abs(from) {
		return l.Rise
	}
	return l.Fall
}

// slewed moves from towards to: the magnitude grows by at most rise and falls by at most fall; on the way through zero
// what is left of the period grows it on the other side.
func slewed(from, to, rise, fall float64) float64 {
	if from < 0 {
		return -slewed(-from, -to, rise, fall)
	}
	switch {
	case to >= from:
		return min(to, from+rise)
	case to >= 0 || fall <= from:
		return max(to, from-fall)
	}
	return max(to, -rise*(1-from/fall))
}

// clamp is the last stage: the leg's limits and its travel.
func (g *Governor) clamp(c *Command, i *Intervention) {
	if g.skips(ByClamp) {
		c.Most = 0
		return
	}
	g.clampAside(c, i)
	ceiling := max(0, g.ceiling()-g.limiter.fade(g.dt))
	bound(&g.work.total, -ceiling, ceiling, i)
	bound(&g.work.stiffness, 0, g.limits.Stiffness, i)
	bound(&g.work.damping, 0, g.limits.Damping, i)
	g.keepInTravel(i)
	g.shake(c, ceiling, i)
	g.fence(c, ceiling-c.Vibration-c.Transient.Amplitude)
	g.limiter.warm(g.work.total, g.dt)
}

// clampAside bounds everything but the axial part.
func (g *Governor) clampAside(c *Command, i *Intervention) {
	l := &g.limits
	bound(&c.Torque, -l.Torque, l.Torque, i)
	bound(&c.LateralU, -l.Lateral, l.Lateral, i)
	bound(&c.LateralV, -l.Lateral, l.Lateral, i)
	bound(&c.TiltStiffness, 0, l.TiltStiffness, i)
	bound(&c.Vibration, 0, l.Vibration, i)
	bound(&c.VibrationHz, 0, l.RenderRate/vibrationShots, i)
}

func bound(x *float64, least, most float64, i *Intervention) {
	if *x > most {
		i.note(ByClamp, *x, most)
		*x = most
	}
	if *x < least {
		i.note(ByClamp, *x, least)
		*x = least
	}
}

// ceiling is the axial force the leg bears now, N: its peak, or less when its motor is hot.
func (g *Governor) ceiling() float64 {
	l, m := &g.limiter, &g.limits
	if l.heatTime == 0 {
		return m.Force
	}
	bearable := m.ContinuousN * m.ContinuousN
	hot := (l.heat - heatKnee*bearable) / ((1 - heatKnee) * bearable)
	return m.Force + min(max(hot, 0), 1)*(m.ContinuousN-m.Force)
}

func (l *limiter) warm(force, dt float64) {
	if l.heatTime > 0 {
		l.heat += (force*force - l.heat) * dt / l.heatTime
	}
}

// fade lets transients being played die away and returns what is left of them, N.
func (l *limiter) fade(dt float64) float64 {
	l.impulse = min(impulseBudget, l.impulse+impulseRefill*dt)
	if l.ringing < 0.01 || l.decay <= 0 {
		l.ringing, l.decay = 0, 0
		return 0
	}
	l.ringing *= math.Exp(-dt / l.decay)
	return l.ringing
}

// shake gives vibration and a new transient what the axial force leaves of the ceiling.
func (g *Governor) shake(c *Command, ceiling float64, i *Intervention) {
	l, t := &g.limiter, &c.Transient
	room := max(0, ceiling-math.Abs(g.work.total))
	bound(&c.Vibration, 0, room, i)
	if t.Kind == 0 {
		*t = Transient{}
		return
	}
	bound(&t.Decay, 0, longestDecay, i)
	most := min(room-c.Vibration, g.limits.Transient-l.ringing)
	if t.Decay > 0 {
		most = min(most, l.impulse/t.Decay)
	}
	bound(&t.Amplitude, 0, max(0, most), i)
	if t.Decay == 0 || t.Amplitude == 0 {
		*t = Transient{}
		return
	}
	l.impulse = max(0, l.impulse-t.Amplitude*t.Decay)
	l.ringing += t.Amplitude
	l.decay = max(l.decay, t.Decay)
}

// fence bounds what the leg does by itself until the next tick, wherever the tool is by then: within the ceiling and no
// more than a slew step beyond the force of now.
func (g *Governor) fence(c *Command, ceiling float64) {
	w := &g.work
	step := g.limits.Rise * g.dt
	most := min(ceiling, max(0, w.total)+step)
	if w.floor < w.total {
		w.floor = max(w.floor, -ceiling, min(0, w.total)-step)
	}
	if most <= 0 {
		w.floor, w.stiffness, w.damping = w.total, 0, 0
	}
	c.Most = max(0, most)
	if w.stiffness < leastStiffness && w.damping == 0 {
		c.Most = 0 // a force that nothing moves needs no cap
	}
}

// keepInTravel takes away what would drive the tool out of its travel, gently over the last way.
func (g *Governor) keepInTravel(i *Intervention) {
	if g.skips(ByTravel) {
		return
	}
	l, p := &g.limits, g.now.Position
	reach := l.Speed * g.dt
	out := l.Force * share(p-reach-l.TravelOut)
	in := l.Force * share(l.TravelIn-reach-p)
	w := &g.work
	if w.total > out {
		i.note(ByTravel, p, l.TravelOut)
		w.total = out
	}
	if w.total < -in {
		i.note(ByTravel, p, l.TravelIn)
		w.total = -in
	}
	w.floor = max(w.floor, -in)
	if p < l.TravelOut {
		w.stiffness, w.damping = 0, 0 // a spring out there can only be a wrong position's
	}
}

// travelZone is the last way before an end of the travel, m.
const travelZone = 2e-3

func share(way float64) float64 { return min(max(way/travelZone, 0), 1) }
