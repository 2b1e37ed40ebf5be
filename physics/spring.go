package physics

import "math"

// spring runs a spring driver for one substep and reports whether it has done all there was to do.
func (m *Model) spring(s *State, f *frame) bool {
	l, a := &s.launch, &s.axial
	if !l.fired {
		if f.trigger < 0.5 || s.last.Trigger >= 0.5 {
			f.hub = hubStiffness * max(f.pull, 0)
			a.tip = min(f.pull, 0)
			a.force, a.stuck = 0, false
			f.soft, f.softK, f.drag, f.grip = 0, 0, 0, 0
			return true
		}
		l.fired, l.flying = true, true
		l.reach = -min(launchBack, 0.5*m.driver.SpringSet)
		s.events |= Fire
	}
	if !l.flying {
		return false
	}
	f.hub = hubStiffness * max(f.pull, 0)
	m.fly(s, f)
	return true
}

// fly integrates needle and housing for one substep of the tick in steps of 5 us, eq. 18: the spring throws the needle
// against tissue and bone at indentation pressure, without turning, and throws the housing back against the hand.
func (m *Model) fly(s *State, f *frame) {
	l, a := &s.launch, &s.axial
	n := max(1, int(math.Ceil(f.h/launchStep-1e-9)))
	h := f.h / float64(n)
	base := min(f.pull, 0)
	k := s.along()
	rate := m.driver.SpringRate * m.shot(s)
	for range n {
		if !l.flying {
			break
		}
		push := rate * max(m.driver.SpringSet-launchBack-l.reach, 0)
		against := m.impact(s, f, &k)
		l.velocity = max(0, l.velocity+(push-against)/m.driver.SpringMass*h)
		l.kick = max(0, l.kick+(push-max(f.in.Load, 0))/housingMass*h)
		m.throw(s, f, &k, base, h)
		if a.touching && !s.side.seated && a.cut > s.toBone()+seatBite {
			m.glance(s, f)
		}
		if l.reach >= m.stop || l.recoil > 0.5*m.driver.SpringSet || (l.velocity < 0.1 && l.reach > 0) || (l.velocity == 0 && against >= push) {
			m.landed(s)
		}
	}
	a.force, a.stuck = 0, true
}

// shot is the energy of this shot against the mean: springs, cocking and the friction of the housing differ.
func (m *Model) shot(s *State) float64 {
	return 1 + launchSpread*speck(m.noiseSeed^7, int64(s.holes))
}

// throw moves the flying needle and whatever front it meets.
func (m *Model) throw(s *State, f *frame, k *stack, base, h float64) {
	l, a := &s.launch, &s.axial
	way := l.velocity * h
	tip := min(base+l.reach-l.recoil, m.stop)
	l.recoil += l.kick * h
	bottom := k.top + a.cut
	if gap := bottom - a.tip; gap > 1e-9 {
		way = min(way, gap)
		a.tip = tip + way
	} else { // adding to the hole itself reaches a face exactly; a difference of rounding would hold the tip there for ever
		way = m.bounded(a.cut, way, k)
		a.cut += way
		a.tip = k.top + a.cut
	}
	l.reach += way + l.kick*h // the housing's going back lengthens the spring too
	if a.pierced {
		a.wound = max(a.wound, min(a.tip, k.top))
	}
	before := a.touching
	m.touch(s, f, k)
	if a.touching && !before {
		l.hit = l.velocity
	}
	a.force = m.blow(s, f, k)
	m.breakout(s, f, k)
}

// glance lets a flying tip that leans too far slide off, eq. 14 at the depth at which a tip seats: until then it is too fast to
// go sideways. Its blow is spent beside the hole it began; one that bites goes straight on.
func (m *Model) glance(s *State, f *frame) {
	a := &s.axial
	normal := a.force * a.cos
	u, v := m.drive(s, f, normal)
	if math.Hypot(u, v) <= tipFriction*normal+m.bite(s, f) {
		m.seat(s, f)
		return
	}
	m.slip(s)
	s.side.sliding = false
	a.cut = s.toBone() + scratch
	a.tip = min(a.tip, s.column.Bone/a.cos+a.cut)
	m.landed(s)
}

// blow is the force of the flying tip on the bone ahead, N.
func (m *Model) blow(s *State, f *frame, k *stack) float64 {
	if s.axial.tip < k.top+s.axial.cut {
		return 0
	}
	r := m.ahead(s, f, k)
	return r.free + launchRate*r.hard
}

// impact is everything that brakes the flying needle, N.
func (m *Model) impact(s *State, f *frame, k *stack) float64 {
	m.tissue(s, f, k)
	return f.soft + launchGrip*m.grip(s, k) + m.blow(s, f, k)
}

// landed ends the flight.
func (m *Model) landed(s *State) {
	l := &s.launch
	l.flying = false
	l.hit = max(l.hit, l.velocity)
	l.velocity = 0
}
