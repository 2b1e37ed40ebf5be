package physics

import "math"

// free returns the length of shaft between the bone and the hub, m.
func (m *Model) free(s *State) float64 {
	in := s.axial.tip - s.column.Bone/s.axial.cos
	return clamp(m.needle.Length-max(in, 0), 3*mm, m.needle.Length)
}

// tiltRate is the stiffness of the purchase against tilting, N.m/rad: bone around the shaft in series with the shaft, eq. 17.
func (m *Model) tiltRate(s *State, stylet bool) float64 {
	if !s.side.seated {
		return 0
	}
	ei := m.bare
	if stylet {
		ei = m.stiff
	}
	shaft := 3 * ei / m.free(s)
	in := max(s.axial.tip-s.column.Bone/s.axial.cos, 0)
	held := min(in, (s.column.NearBottom-s.column.NearTop)/s.axial.cos)
	// Assumed: a wall of thickness t resists as a bed of modulus E over t, E t^3/12, loosened by play.
	bed := m.anatomy.BoneModulus * held * held * held / 12 / (1 + s.side.oversize/20e-6)
	return shaft * bed / (shaft + bed + 1e-12)
}

// lean works out the side moment of a tool that has been tilted or shifted since the tip seated.
func (m *Model) lean(s *State, f *frame) {
	d := &s.side
	if !d.seated {
		d.momentX, d.momentY = 0, 0
		return
	}
	rate := m.tiltRate(s, f.in.Stylet)
	rate = rate * handTilt / (rate + handTilt)
	length := m.free(s)
	x := rate*(f.in.TiltX-d.tiltX-s.steel.bendX) + m.sideRate*(f.in.U-d.toolU)*length
	y := rate*(f.in.TiltY-d.tiltY-s.steel.bendY) + m.sideRate*(f.in.V-d.toolV)*length
	// Rocking and turning under side load widen the hole. Assumed: 8 um per 0.1 N.m rocked, 3 um per turn at 0.1 N.m.
	rocked := math.Hypot(x-d.momentX, y-d.momentY)
	turned := math.Hypot(x, y) * f.revs * float64(f.n)
	d.oversize = min(d.oversize+80e-6*rocked+30e-6*turned, 0.5*mm)
	d.momentX, d.momentY = m.yield(s, x, y, rate)
	d.forceU = clamp(d.forceU, -60, 60)
	d.forceV = clamp(d.forceV, -60, 60)
}

// yield bends the steel for good by whatever moment it cannot bear and returns what is left, N.m.
func (m *Model) yield(s *State, x, y, rate float64) (float64, float64) {
	size := math.Hypot(x, y)
	if size <= m.yieldM || rate <= 0 {
		return x, y
	}
	st := &s.steel
	more := min((size-m.yieldM)/rate, 0.3)
	st.bendX += more * x / size
	st.bendY += more * y / size
	st.work += m.yieldM * more
	return x * m.yieldM / size, y * m.yieldM / size
}

// bent returns the permanent bend, rad.
func (t *steel) bent() float64 { return math.Hypot(t.bendX, t.bendY) + t.bow }

// suffer notes what the tick did to the steel.
func (m *Model) suffer(s *State, f *frame) {
	st := &s.steel
	if s.side.sliding && s.axial.force > m.needle.EulerLoad(m.free(s), 2, f.in.Stylet) {
		st.bendX += 5 * f.dt // buckles while nothing holds the tip. Assumed rate
		st.work += m.yieldM * 5 * f.dt
	}
	st.bow = max(st.bow, m.bow(s))
	if b := st.bent(); b > bendEvent && s.ever&Bend == 0 {
		s.events |= Bend
	} else if (b > yieldEvent || st.wrung) && !st.yielded {
		st.yielded = true
		s.events |= Yield
	}
	limit := breakWork * m.caliber * m.caliber * m.caliber
	if st.work > limit && !st.broken {
		st.broken = true
		s.events |= Break
	}
	share := sq(m.needle.StyletRadius / m.needle.OuterRadius)
	if over := s.axial.force*share - m.needle.StyletHold; f.in.Stylet && over > 0 && s.axial.touching {
		if st.slip == 0 {
			s.events |= StyletSlip
		}
		st.slip = min(st.slip+over/m.render.ContactStiffness, m.needle.Length)
	}
	if st.bare > 0.3*mm && !st.clogged {
		st.clogged = true
		s.events |= Clog
	}
}
