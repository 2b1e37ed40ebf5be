package haptics

// axial is the axial part of a command as seen from one sample, the form in which the stages judge it: they change total,
// and join finds the command that renders it there and yields as the asked one did around it.
type axial struct {
	total     float64 // force at the sample, N, positive outward
	floor     float64 // force when the tool has retreated from the spring, N
	stiffness float64 // N/m
	damping   float64 // N.s/m
	slack     float64 // what is missing until the spring touches, N, <= 0; 0 in contact
}

// leastStiffness is the softest spring kept as a spring, N/m: softer ones would need an anchor metres away.
const leastStiffness = 1.0

// huge keeps products of wild numbers finite; it is far beyond every limit.
const huge = 1e9

// tame returns x within +-huge.
func tame(x float64) float64 { return min(max(x, -huge), huge) }

// split reads the axial part of c at position p and velocity v, all of them finite.
func split(c *Command, p, v float64) axial {
	a := axial{floor: tame(c.Force), stiffness: tame(max(0, c.Stiffness)), damping: tame(max(0, c.Damping))}
	spring := tame(float64(a.stiffness*tame(p-c.Anchor)) + float64(a.damping*tame(v)))
	a.total = a.floor + max(0, spring)
	a.slack = min(0, spring)
	if c.Most > 0 {
		a.total = min(a.total, c.Most)
	}
	return a
}

// scale weakens everything the command renders, 0..1.
func (a *axial) scale(by float64) {
	a.total *= by
	a.floor *= by
	a.stiffness *= by
	a.damping *= by
	a.slack *= by
}

// join writes a into c: c.At(p, v) is a.total, and what changes with motion is the spring, never the feed-forward, as far
// as there is a spring.
func (a *axial) join(c *Command, p, v float64) {
	if a.stiffness < leastStiffness {
		a.viscous(c, v)
		return
	}
	floor := min(a.floor, a.total)
	spring := a.total - floor
	if spring == 0 {
		spring = a.slack
	}
	c.Force, c.Stiffness, c.Damping = floor, a.stiffness, a.damping
	c.Anchor = p + (float64(a.damping*v)-spring)/a.stiffness
}

// viscous writes an axial part that has no spring: what damping does not give at v is feed-forward.
func (a *axial) viscous(c *Command, v float64) {
	c.Stiffness, c.Anchor, c.Damping = 0, 0, 0
	c.Force = a.total
	drag := max(0, a.damping*v)
	if a.total >= drag {
		c.Damping = a.damping
		c.Force = a.total - drag
	}
}
