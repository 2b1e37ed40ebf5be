package physics

import (
	"math"
	"testing"
)

// books keeps the energy of a tool whose hand is prescribed: what went in, and the most that was ever lost.
type books struct {
	m    *Model
	s    State
	in   Input
	out  Output
	put  float64 // J, by the axial force as the leg renders it, and by the side force
	most float64 // J, the most that was lost so far
	back float64 // J, the most of that which came back
	at   float64 // s, when
	fast float64 // m/s, the fastest the tool moved
	push float64 // N, the most a sliding tip was pushed with
}

// held is what the model stores, J: contact, tissue, hub and housing along the axis, the shaft's bending across it.
func (b *books) held() float64 {
	e, tool := 0.0, b.in.Depth
	if b.m.driver.Kind == Spring {
		e = hubStiffness * sq(max(tool, 0)) / 2
		if !b.s.launch.fired {
			return e
		}
		tool = min(tool, 0) + b.s.launch.reach - b.s.launch.recoil
	}
	aside := sq(b.s.side.u-b.in.U) + sq(b.s.side.v-b.in.V)
	return e + b.m.sideRate*aside/2 + stored(b.m, &b.s, tool)
}

// tick moves the tool through a tick of dt towards a speed, as a leg does that evaluates the local spring at 20 kHz, and
// books what the hand put in.
func (b *books) tick(h *hand, dt float64) {
	before := b.in
	n := max(1, int(math.Round(dt/50e-6)))
	sub := dt / float64(n)
	for range n {
		v := b.in.Velocity + (h.aim-b.in.Velocity)*sub/(sub+h.lag)
		b.in.Velocity = max(min(v, 20*(0.06-b.in.Depth)), 20*(-0.004-b.in.Depth))
		way := b.in.Velocity * sub
		spring := b.out.Stiffness*(b.in.Depth+way/2-b.out.Anchor) + b.out.Damping*b.in.Velocity
		b.put += (b.out.Force + max(0, spring)) * way
		b.in.Depth += way
		b.fast = max(b.fast, math.Abs(b.in.Velocity))
	}
	h.move(&b.in, dt)
	b.put += b.tilted(before)
	u, v := b.out.LateralU, b.out.LateralV
	from := b.s
	b.out = b.m.Step(&b.s, b.in, dt)
	b.put -= (u+b.out.LateralU)/2*(b.in.U-before.U) + (v+b.out.LateralV)/2*(b.in.V-before.V)
	b.put += b.slid(&from)
	lost := b.put - b.held()
	if b.most-lost > b.back {
		b.back, b.at = b.most-lost, b.s.time
	}
	b.most = max(b.most, lost)
}

// tilted is the work of tilting a needle that is not yet bound to its hole, J: it carries the bone's face along the axis.
func (b *books) tilted(before Input) float64 {
	if b.s.side.seated {
		return 0
	}
	now := *b
	now.in = before
	was := now.held()
	now.s.axial.lay(1 / math.Sqrt(1+sq(math.Tan(b.in.TiltX))+sq(math.Tan(b.in.TiltY))))
	k := now.s.along()
	now.s.axial.tip = min(now.s.axial.tip, k.top+now.s.axial.cut)
	return max(now.held()-was, 0)
}

// slid is the work of a slide, J. A tip that slides on leaning bone is driven by its push and leaves its pit without moving the
// tool along the axis: that much the model gives away, see its limits of validity.
func (b *books) slid(from *State) float64 {
	way := b.s.log.slipped - from.log.slipped
	if way == 0 && b.s.log.slips == from.log.slips {
		return 0
	}
	push := max(from.axial.force, b.s.axial.force)
	b.push = max(b.push, push)
	lean := math.Tan(math.Hypot(b.in.TiltX, b.in.TiltY)) + math.Hypot(b.s.column.SlopeU, b.s.column.SlopeV)
	return push * (lean*way + max(from.axial.cut-b.s.axial.cut, 0))
}

// hand is a prescribed motion: changes of mind now and then, slow or jerky, twisting, tilting and shifting as drawn.
type hand struct {
	draw
	lag, most            float64 // s; m/s
	aim, next            float64
	twist, tilt, shift   float64 // rad; rad/s; m/s
	tiltU, tiltV, du, dv float64
	time, limit          float64
}

func (d draw) hand() *hand {
	h := &hand{draw: d, lag: 50e-3, most: 0.03, limit: d.between(20, 150)}
	if d.coin() {
		h.lag, h.most = 3e-3, 0.06
	}
	for _, x := range []struct {
		to   *float64
		most float64
	}{{&h.twist, 1.5}, {&h.tilt, 0.6}, {&h.shift, 8e-3}} {
		if d.coin() {
			*x.to = d.Float64() * x.most
		}
	}
	return h
}

// decide changes the hand's mind now and then, and draws back from more than it likes to push.
func (h *hand) decide(felt float64) {
	if h.time >= h.next {
		h.next = h.time + h.between(0.01, 0.2)
		h.aim = h.between(-0.7, 1) * h.most
		h.tiltU, h.tiltV = h.between(-1, 1)*h.tilt, h.between(-1, 1)*h.tilt
		h.du, h.dv = h.between(-1, 1)*h.shift, h.between(-1, 1)*h.shift
	}
	if felt > h.limit {
		h.aim = -h.most / 2
	}
}

func (h *hand) move(in *Input, dt float64) {
	h.time += dt
	in.Twist = h.twist * math.Sin(9*h.time)
	in.TiltX = clamp(in.TiltX+h.tiltU*dt, -0.4, 0.4)
	in.TiltY = clamp(in.TiltY+h.tiltV*dt, -0.4, 0.4)
	in.U = clamp(in.U+h.du*dt, -15*mm, 15*mm)
	in.V = clamp(in.V+h.dv*dt, -15*mm, 15*mm)
}

// Without power a tool gives back no more than was put in and is stored, whatever the tool, the bone, the hand and the rate:
// what is lost never falls. Between ticks a leg feels an old front and an old drag, which costs at most the energy of the contact
// over the way of one tick and the damper's work in it.
func TestUnpoweredToolsArePassive(t *testing.T) {
	kinds := map[DriverKind]int{}
	for seed := range uint64(400) {
		d := drawOf(seed)
		m := d.model(t)
		m.render.ContactStiffness = d.scale(2e3, 100e3)
		m.driver.Battery = 0
		kinds[m.driver.Kind]++
		dt := 1 / []float64{250, 500, 1000, 2000, 10000}[d.IntN(5)]
		b := &books{m: m, s: m.Start()}
		b.in = Input{Depth: -1 * mm, Stylet: d.coin(), TiltX: d.between(-0.3, 0.3), TiltY: d.between(-0.3, 0.3)}
		b.in.U, b.in.V = d.between(-1, 1)*m.anatomy.FaceHalfWidth, d.between(-1, 1)*m.anatomy.FaceHalfWidth
		if m.driver.Kind != Spring {
			b.in.Trigger = 1 // pressed in vain
		}
		h := d.hand()
		for h.time < 3 {
			h.decide(b.out.Reaction)
			b.tick(h, dt)
		}
		lapse := (m.render.ContactStiffness+2*hubStiffness)*sq(b.fast*dt) + m.render.ContactDamping*sq(b.fast)*dt
		lapse += 10e-6 * b.push // the column under a tip is looked up anew every 10 um
		if b.back > lapse+1e-6 {
			t.Errorf("seed %d, %s by %s at %s and %g Hz: %.1f uJ came back at %.3f s; a tick's lapse is %.1f uJ",
				seed, m.needle.ID, m.driver.Kind, m.anatomy.Site, 1/dt, b.back/1e-6, b.at, lapse/1e-6)
		}
	}
	if len(kinds) != 3 {
		t.Errorf("drawn drivers: %v", kinds)
	}
}
