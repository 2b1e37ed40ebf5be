package physics

import "math"

// Eq. 17a-17c: a shaft that stands in bone and is pushed from its hub is a column. What bears an adult's push at 15G 25 mm long
// gives way at 20G 90 mm.

// crooked is how far a straight shaft's middle lies beside the line of its ends, share of its length. Assumed.
const crooked = 1.0 / 500

// slender returns the push at which the shaft gives way, N: as a column whose tip is pinned on the bone and whose hub the hand
// holds, bowed by what the hub has wandered aside since the tip bit, the bow it has kept, and its own crookedness; twist takes
// its share of the steel's strength [von Mises].
func (m *Model) slender(s *State, in *Input) float64 {
	ei := m.bare
	if in.Stylet {
		ei = m.stiff
	}
	length := max(m.free(s)-m.needle.Guide, 5*mm)
	hold := handTilt * length / ei
	euler := math.Pi * math.Pi * ei / (length * length) * (math.Pi*math.Pi + 2*hold) / (math.Pi*math.Pi + hold)
	aside := length * crooked
	if s.steel.fold > 0 {
		aside += math.Sqrt(length * s.steel.fold / 2)
	}
	if d := &s.side; d.seated {
		u := (in.TiltX-d.tiltX)*length + in.U - d.toolU
		v := (in.TiltY-d.tiltY)*length + in.V - d.toolV
		aside += math.Sqrt(u*u + v*v)
	}
	t := s.turn.hold
	steel := math.Sqrt(max(m.yieldM*m.yieldM-0.75*t*t, 0.01*m.yieldM*m.yieldM))
	return steel * euler / (aside*euler + steel)
}

// give lets a shaft fold under what it cannot bear and returns the tool as the tip feels it, m. What has folded stays folded:
// it takes work and gives none back, whatever the load it bears does meanwhile.
func (m *Model) give(s *State, f *frame, tool float64) float64 {
	if f.bears == 0 { // the tip was free when the tick began
		return tool
	}
	over := tool - s.axial.tip - (f.bears+f.hub)/m.render.ContactStiffness
	if over <= 0 {
		return tool
	}
	over = min(over, m.needle.Length-s.steel.fold)
	s.steel.fold += over
	s.steel.work += f.bears * over
	return tool - over
}

// bow is the angle the folded shaft keeps, rad: what its shortening needs beyond what springs back, eq. 17c.
func (m *Model) bow(s *State) float64 {
	if s.steel.fold == 0 {
		return 0
	}
	length := max(m.free(s)-m.needle.Guide, 5*mm)
	return max(0, math.Sqrt(8*s.steel.fold/length)-m.yieldM*length/(2*m.bare))
}

// wring lets the tube twist for good by what its steel cannot bear, turned rad, and returns the torque left, N.m.
func (m *Model) wring(s *State, torque, turned float64) float64 {
	most := m.yieldM * 2 / math.Sqrt(3) // shear yields at 1/sqrt(3), and J is twice I
	if math.Abs(torque) <= most {
		return torque
	}
	s.steel.work += most * math.Abs(turned)
	s.steel.wrung = true
	return math.Copysign(most, torque)
}
