package physics

import "math"

// digest folds values into 64 bits.
type digest uint64

func (d *digest) bits(x uint64) {
	h := (uint64(*d) ^ x) * 0x9e3779b97f4a7c15
	h ^= h >> 29
	*d = digest(h * 0xbf58476d1ce4e5b9)
}

func (d *digest) num(xs ...float64) {
	for _, x := range xs {
		d.bits(math.Float64bits(x))
	}
}

func (d *digest) flag(xs ...bool) {
	var b uint64 = 1
	for _, x := range xs {
		b <<= 1
		if x {
			b |= 1
		}
	}
	d.bits(b)
}

// Hash returns 64 bits over every bit of the state: equal states have equal hashes. Does not allocate.
func (s *State) Hash() uint64 {
	d := digest(0x2545f4914f6cdd1d)
	l := &s.last
	d.num(s.time, l.Depth, l.Velocity, l.Twist, l.TiltX, l.TiltY, l.U, l.V, l.Trigger, l.Load)
	d.num(s.columnU, s.columnV, s.opened)
	d.flag(s.started, l.Stylet)
	d.bits(uint64(s.events)<<32 | uint64(s.ever))
	d.bits(uint64(uint32(s.holes)))
	s.axial.fold(&d)
	for i := range s.wall {
		w := &s.wall[i]
		d.num(w.at, w.rim, w.path)
		d.flag(w.broken)
	}
	s.side.fold(&d)
	t := &s.turn
	d.num(t.rps, t.torque, t.hold, t.path)
	d.flag(t.stalled)
	u := &s.launch
	d.num(u.velocity, u.reach, u.recoil, u.kick, u.hit)
	d.flag(u.fired, u.flying)
	k := &s.steel
	d.num(k.bendX, k.bendY, k.work, k.wear, k.slip, k.bare, k.fold, k.bow, k.spent, k.warm, k.hottest, k.harm)
	d.flag(k.yielded, k.wrung, k.clogged, k.sheared, k.broken)
	s.log.fold(&d)
	s.column.fold(&d)
	return uint64(d)
}

func (a *axial) fold(d *digest) {
	d.num(a.tip, a.cut, a.wound, a.cos, a.force, a.feed)
	d.flag(a.pierced, a.touching, a.stuck)
}

func (x *side) fold(d *digest) {
	d.num(x.u, x.v, x.grooveU, x.grooveV, x.groove, x.atU, x.atV, x.toolU, x.toolV, x.tiltX, x.tiltY)
	d.num(x.momentX, x.momentY, x.way, x.before, x.forceU, x.forceV, x.oversize)
	d.flag(x.seated, x.sliding, x.dropped, x.off)
}

func (j *journal) fold(d *digest) {
	d.num(j.peakForce, j.peakLater, j.peakTorque, j.contactAt, j.contactTilt, j.popAt, j.popDepth, j.before, j.after)
	d.num(j.mean, j.trend, j.square, j.noise, j.deepest, j.slipped)
	d.num(j.fallen[:]...)
	d.bits(uint64(uint32(j.slips))<<32 | uint64(uint32(j.falseDrops)))
	d.flag(j.contacted, j.popped, j.plunging)
}

func (c *Column) fold(d *digest) {
	d.num(c.SkinBottom, c.FatBottom, c.Bone, c.NearTop, c.NearBottom, c.FarTop, c.FarBottom, c.SlopeU, c.SlopeV)
	d.bits(uint64(c.Place))
}
