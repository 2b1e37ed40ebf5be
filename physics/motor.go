package physics

import "math"

// motor turns the tip for one substep: the driver along its load line, the hand by its own path, eq. 13.
func (m *Model) motor(s *State, f *frame) {
	t := &s.turn
	f.revs = f.spin
	if m.driver.Kind == Powered {
		free := m.driver.NoLoadRPS * m.driver.Battery
		stall := m.driver.StallTorque * m.driver.Battery
		aim := 0.0
		if stall > 0 {
			aim = free * f.trigger * max(0, 1-t.torque/stall)
		}
		t.rps += (aim - t.rps) * f.h / (motorTau + f.h)
		f.revs += t.rps * f.h
		m.stall(s, f, free)
	}
	if s.steel.sheared || s.steel.broken {
		f.revs = 0
	}
	t.path += f.revs
}

// stall notices a motor held still by its load, and its release.
func (m *Model) stall(s *State, f *frame, free float64) {
	t := &s.turn
	if t.stalled {
		t.stalled = t.rps < 0.15*free && f.trigger > 0.1
		return
	}
	if f.trigger > 0.3 && free > 0 && t.rps < 0.06*free && t.torque > 0.8*m.driver.StallTorque*m.driver.Battery {
		t.stalled = true
		s.events |= Stall
	}
}

// twist works out the torque the hand feels: presliding, so that a handle let go does not spin.
func (m *Model) twist(s *State, f *frame) {
	t := &s.turn
	turned := f.in.Twist - s.last.Twist
	if !s.axial.touching {
		t.torque = s.axialGrip(f) * m.needle.OuterRadius
	}
	const give = 0.03 // rad of wind-up. Assumed
	aim := math.Copysign(t.torque, turned)
	if turned != 0 {
		t.hold = aim + (t.hold-aim)*math.Exp(-math.Abs(turned)/give)
	}
	t.hold = m.wring(s, clamp(t.hold, -t.torque, t.torque), turned)
	s.log.peakTorque = max(s.log.peakTorque, math.Abs(t.hold), m.driven(s))
	if max(math.Abs(t.hold), m.driven(s)) > m.needle.HubTorque && !s.steel.sheared {
		s.steel.sheared = true
		s.events |= HubShear
	}
}

func (s *State) axialGrip(f *frame) float64 { return f.grip }

// driven is the torque the driver puts through the needle, N.m.
func (m *Model) driven(s *State) float64 {
	if m.driver.Kind != Powered || (s.turn.rps < 0.01 && !s.turn.stalled) {
		return 0
	}
	return min(s.turn.torque, m.driver.StallTorque*m.driver.Battery)
}
