package physics

import "math"

// skate lets a tip that stands on bone slide when the sideways part of the push beats friction and bite, eq. 14-16.
func (m *Model) skate(s *State, f *frame) {
	a, d := &s.axial, &s.side
	d.forceU = m.sideRate * (d.u - f.u)
	d.forceV = m.sideRate * (d.v - f.v)
	if !a.touching || d.seated {
		return
	}
	normal := max(a.force, 0) * a.cos
	u, v := m.drive(s, f, normal)
	size := math.Hypot(u, v)
	mu := tipFriction * (1 - 0.4*m.spinning(f))
	bite := m.bite(s, f)
	switch {
	case d.sliding:
		m.glide(s, f, u, v, size-(slideShare*mu*normal+bite))
	case size > mu*normal+bite:
		m.slip(s)
	case a.cut > seatBite && mu*normal+bite > 0.7*normal:
		m.seat(s, f)
	}
}

// spinning is how much a tip turns against the speed at which it walks fully, 0..1.
func (m *Model) spinning(f *frame) float64 {
	return min(1, 2*math.Pi*m.needle.OuterRadius*f.revs/f.h/walkSpeed)
}

// drive is the sideways force on the tip, N: tilt against the local surface, the springs of shaft and hand, and the walk of
// a spinning tip across the tilt.
func (m *Model) drive(s *State, f *frame, normal float64) (u, v float64) {
	tu, tv := f.tan[0]+s.column.SlopeU, f.tan[1]+s.column.SlopeV
	u = normal*tu - s.side.forceU
	v = normal*tv - s.side.forceV
	walk := walkShare * normal * m.spinning(f)
	lean := math.Hypot(tu, tv)
	if lean < 1e-6 {
		return u + walk, v
	}
	return u - walk*tv/lean, v + walk*tu/lean
}

// bite is the sideways resistance of the indentation the tip stands in, N, eq. 15.
func (m *Model) bite(s *State, f *frame) float64 {
	in := max(s.axial.cut-s.toBone(), 0)
	side := in * (2*m.needle.ChiselRadius + m.taper*in)
	return m.terms.plough * side * (0.4 + 0.6*f.sharp)
}

// toBone is the periosteum along the axis, m.
func (s *State) toBone() float64 { return (s.column.NearTop - s.column.Bone) / s.axial.cos }

// slip begins a slide.
func (m *Model) slip(s *State) {
	d := &s.side
	d.sliding, d.dropped = true, false
	d.before, d.way = s.axial.force, 0
	s.events |= Slip
	s.log.slips++
	if pit := s.axial.cut - s.toBone(); pit > 0.05*mm {
		d.grooveU, d.grooveV, d.groove = d.u, d.v, s.axial.cut
	}
}

// glide moves a sliding tip by the force left over, N, or ends the slide.
func (m *Model) glide(s *State, f *frame, u, v, left float64) {
	a, d := &s.axial, &s.side
	size := math.Hypot(u, v)
	if left <= 0 || size == 0 {
		d.sliding = false
		return
	}
	way := left / (m.sideRate + slideDrag/f.h)
	const farthest = 0.3 // m, as far as a tool may stand
	d.u = clamp(d.u+way*u/size, -farthest, farthest)
	d.v = clamp(d.v+way*v/size, -farthest, farthest)
	d.atU, d.atV = d.u, d.v
	d.way += way
	s.log.slipped += way
	a.cut = min(a.cut, s.toBone()+scratch)
	fell := m.anatomy.place(d.u, d.v) == OffBone
	if fell {
		d.off, d.sliding, a.touching = true, false, false
		a.cut = 0
		s.column, s.columnU, s.columnV = m.anatomy.At(d.u, d.v), d.u, d.v // no bone to meet in the next substep
	} else if d.groove > 0 && d.way > 2*grooveR && sq(d.u-d.grooveU)+sq(d.v-d.grooveV) < sq(grooveR) {
		d.sliding, a.cut, fell = false, d.groove, true
	}
	if !d.dropped && (fell || (d.before > 3 && a.force < 0.6*d.before)) {
		d.dropped = true
		s.events |= FalseDrop
		s.log.falseDrops++
	}
}

// seat fixes a tip that has bitten: from now on tilting and pushing sideways bend the needle.
func (m *Model) seat(s *State, f *frame) {
	d := &s.side
	d.seated = true
	d.atU, d.atV = d.u, d.v
	d.toolU, d.toolV = f.u, f.v
	d.tiltX, d.tiltY = f.in.TiltX, f.in.TiltY
	s.events |= Seat
}
