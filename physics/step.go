package physics

import "math"

// frame holds what is constant within one tick, on the caller's stack.
type frame struct {
	dt    float64 // of the tick, s
	h     float64 // of a substep, s
	n     int
	in    Input   // at the end of the tick
	spin  float64 // hand's path per substep, revolutions
	pull  float64 // x of the tool at the present substep, m
	speed float64 // axial velocity of the tool over the tick, m/s
	way   float64 // way of the tool over the tick, m
	bend0 float64 // by how much the tool ran ahead of that at the start of the tick, m
	bend1 float64 // and at its end, m

	trigger float64 // at the present substep
	u, v    float64 // of the tool at the present substep, m
	tan     [2]float64
	revs    float64 // revolutions of the tip in the present substep
	sharp   float64
	dull    float64 // factor on cutting pressure
	blunt   float64 // factor of wear alone
	moved   float64 // way of the tip in the present substep, m
	fresh   float64 // the part of it that deepened the hole, m
	drag    float64 // viscous part of the last substep, N.s/m
	soft    float64 // elastic part of the last substep, N
	softK   float64 // its stiffness, N/m
	grip    float64 // friction capacity of the last substep, N
	bears   float64 // N, what the shaft bears along its axis
	work    float64 // of turning at the point in this tick, J
	tip     float64 // torque at the point in the last substep, N.m
	hub     float64 // push of the hub or housing on the skin in the last substep, N
	tapped  float64 // speed of the tool when the tip met bone in this tick, m/s
	popped  float64 // force lost by a pop in this tick, N
}

// Step advances the state by dt and returns what the tool feels.
//
// dt is the time since the last tick, s; it is cut to (0, 20 ms]. Fields of in that are not finite are replaced by the last
// finite value and all are bounded. Between ticks the depth follows the cubic through both positions and velocities and
// the rest is linear, so that 250 Hz to 10 kHz agree. The answer
// is finite and bounded for any input. Does not allocate.
func (m *Model) Step(s *State, in Input, dt float64) Output {
	in = admit(s, in)
	f := m.prepare(s, in, dt)
	s.events = 0

	for i := 1; i <= f.n; i++ {
		m.reach(s, &f, i) // where the tool is at this substep
		m.motor(s, &f)    // how far the tip turns
		m.settle(s, &f)   // which layers lie under the tip
		m.advance(s, &f)  // how far the tip goes in
		m.skate(s, &f)    // whether it slides on the bone
		m.note(s, &f)     // what the summary needs
		s.time += f.h
	}
	m.lean(s, &f)   // side load on the seated needle
	m.suffer(s, &f) // what it does to the steel
	m.warm(s, &f)   // and to the bone beside it
	m.twist(s, &f)  // what the hand feels in the handle

	s.ever |= s.events
	s.last = in
	return m.answer(s, &f)
}

// admit replaces what is not finite and bounds the rest.
func admit(s *State, in Input) Input {
	if !s.started {
		s.last = Input{}
	}
	l := &s.last
	in.Depth = finite(in.Depth, l.Depth, -0.2, 0.3)
	in.Velocity = finite(in.Velocity, l.Velocity, -5, 5)
	in.Twist = finite(in.Twist, l.Twist, -1e9, 1e9)
	in.TiltX = finite(in.TiltX, l.TiltX, -1.2, 1.2)
	in.TiltY = finite(in.TiltY, l.TiltY, -1.2, 1.2)
	in.U = finite(in.U, l.U, -0.2, 0.2)
	in.V = finite(in.V, l.V, -0.2, 0.2)
	in.Trigger = finite(in.Trigger, l.Trigger, 0, 1)
	in.Load = finite(in.Load, l.Load, -500, 500)
	if !s.started {
		s.started = true
		s.last = in
		s.last.Trigger = 0
		s.axial.tip = min(in.Depth, 0)
		s.side.u, s.side.v = in.U, in.V
	}
	return in
}

func finite(x, instead, lo, hi float64) float64 {
	if x-x != 0 { // NaN or Inf
		return instead
	}
	return min(max(x, lo), hi)
}

// prepare works out what stays constant within the tick.
func (m *Model) prepare(s *State, in Input, dt float64) frame {
	f := frame{in: in, dt: finite(dt, maxSubstep, 1e-6, maxStep)}
	f.n = int(math.Ceil(f.dt/maxSubstep - 1e-9))
	f.h = f.dt / float64(f.n)
	const fastest = 12.0 // rev/s no wrist exceeds; a jump of the encoder is not work
	f.spin = min(math.Abs(in.Twist-s.last.Twist)/(2*math.Pi), fastest*f.dt) / float64(f.n)
	f.way = in.Depth - s.last.Depth
	f.speed = f.way / f.dt
	const curve = 0.2 * mm // Assumed: beyond this the velocity is a fault of the encoder, not a curve of the path
	f.bend0 = clamp(s.last.Velocity*f.dt-f.way, -curve, curve)
	f.bend1 = clamp(in.Velocity*f.dt-f.way, -curve, curve)
	if s.axial.touching {
		f.bears = m.slender(s, &f.in)
	}
	f.sharp = m.sharpness(s)
	f.blunt = 1 + dullPressure*(1-f.sharp)
	f.dull = f.blunt / m.needle.Cutting
	switch { // a hollow tip punches a core
	case !in.Stylet && m.needle.StyletRadius > 0:
		f.dull *= 1.8
	case s.steel.slip > 0:
		f.dull *= 1 + 0.8*min(s.steel.slip/mm, 1)
	}
	tx, ty := in.TiltX, in.TiltY
	if s.side.seated {
		tx, ty = s.side.tiltX, s.side.tiltY // the needle follows its hole
	} else {
		s.axial.lay(1 / math.Sqrt(1+sq(math.Tan(tx))+sq(math.Tan(ty))))
	}
	f.tan = [2]float64{math.Tan(tx), math.Tan(ty)}
	return f
}

// lay changes the tilt of a path not yet bound to a hole: tissue keeps its depth along the normal.
func (a *axial) lay(cos float64) {
	if cos == a.cos {
		return
	}
	a.cut *= a.cos / cos
	a.wound *= a.cos / cos
	a.cos = cos
}

// reach places the tool at substep i of the tick.
func (m *Model) reach(s *State, f *frame, i int) {
	w := float64(i) / float64(f.n)
	f.pull = s.last.Depth + w*(f.way+(1-w)*((1-w)*f.bend0-w*f.bend1))
	f.trigger = s.last.Trigger + (f.in.Trigger-s.last.Trigger)*w
	f.u = s.last.U + (f.in.U-s.last.U)*w
	f.v = s.last.V + (f.in.V-s.last.V)*w
}

// settle finds the layers under the tip.
func (m *Model) settle(s *State, f *frame) {
	a, d := &s.axial, &s.side
	if d.off && a.tip < 0.8*m.anatomy.SoftTissue()/a.cos {
		d.off = false
	}
	u, v := d.u, d.v
	if !a.touching && !d.off { // nothing holds the tip: it is where the tool points
		u, v = f.u, f.v
	}
	if du, dv := u-s.columnU, v-s.columnV; du*du+dv*dv > 1e-10 || s.column.FarBottom == 0 {
		c := m.anatomy.At(u, v)
		if !a.touching && a.pierced && a.tip*a.cos > c.Bone+0.01*mm {
			return // a tip beside the bone does not enter it through its side
		}
		d.u, d.v = u, v
		s.column, s.columnU, s.columnV = c, u, v
		m.land(s)
		return
	}
	d.u, d.v = u, v
}

// land decides what hole a tip that comes down at a new place finds: none, or a pit left there before.
func (m *Model) land(s *State) {
	a, d := &s.axial, &s.side
	if d.sliding || a.cut == 0 {
		return
	}
	if sq(d.u-d.atU)+sq(d.v-d.atV) < sq(grooveR) {
		return // back in its own hole
	}
	if s.wall[0].broken {
		s.holes++
	}
	d.grooveU, d.grooveV, d.groove = d.atU, d.atV, min(a.cut, 0.5*mm)
	a.cut, s.wall = 0, [2]wall{}
	d.seated = false
}

func sq(x float64) float64 { return x * x }
