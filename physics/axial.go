package physics

import "math"

// stack is the column under the tip along the axis of the needle: the periosteum's top below the skin and the walls below
// that, m.
type stack struct {
	top           float64
	nearTop       float64
	nearBottom    float64
	farTop        float64
	farBottom     float64
	tops, bottoms [2]float64
}

// along lays the column under the tip along the needle's axis: tilt lengthens every path.
func (s *State) along() stack {
	inv := 1 / s.axial.cos
	c := &s.column
	k := stack{
		top:     c.Bone * inv,
		nearTop: (c.NearTop - c.Bone) * inv, nearBottom: (c.NearBottom - c.Bone) * inv,
		farTop: (c.FarTop - c.Bone) * inv, farBottom: (c.FarBottom - c.Bone) * inv,
	}
	k.tops = [2]float64{k.nearTop, k.farTop}
	k.bottoms = [2]float64{k.nearBottom, k.farBottom}
	return k
}

// slide returns how far a needle held by friction moves under a net push of at least 0, m: the positive root of
// push - k*d = grip*d/(d + way), eq. 5, where way is how far the shaft's surface turns meanwhile. A still needle is held
// until the push exceeds the grip; a turning one has little friction left along its axis.
func slide(push, k, grip, way float64) float64 {
	b := push - k*way - grip
	if way == 0 {
		return max(b, 0) / k
	}
	root := math.Sqrt(b*b + 4*k*push*way)
	if b > 0 {
		return (b + root) / (2 * k)
	}
	return 2 * push * way / (root - b) // the same root without cancellation
}

// advance moves the tip along the axis for one substep.
func (m *Model) advance(s *State, f *frame) {
	a := &s.axial
	tool := f.pull
	f.hub, f.moved, f.fresh, f.tip = 0, 0, 0, 0
	if m.driver.Kind == Spring {
		if m.spring(s, f) {
			return
		}
		f.hub = hubStiffness * max(tool, 0)
		tool = min(tool, 0) + s.launch.reach - s.launch.recoil
	}
	tool -= s.steel.fold
	k := s.along()
	a.tip = min(a.tip, k.top+a.cut)            // the tip is never in bone it has not cut, wherever it has slid
	if tool <= 0 && a.tip <= 0 && !a.pierced { // in the air
		a.tip, a.force, a.stuck, a.touching = tool, 0, false, false
		f.soft, f.softK, f.drag, f.grip = 0, 0, 0, 0
		return
	}
	m.tissue(s, f, &k)
	f.grip = m.grip(s, &k)
	if over := a.tip - m.stop; over > 0 {
		f.hub += hubStiffness * over
		f.soft += hubStiffness * over
		f.softK += hubStiffness
	}
	m.shoulder(f, a.tip-k.nearTop-k.top)
	stiffness := m.render.ContactStiffness
	tool = m.give(s, f, tool)
	net := stiffness*(tool-a.tip) - f.soft
	f.drag = freeDrag + contactLoss*f.soft
	kk := stiffness + f.softK + f.drag/f.h
	way := 2 * math.Pi * m.needle.OuterRadius * f.revs
	gap := k.top + a.cut - a.tip // way to the bottom of the hole
	if net < 0 {
		f.moved = -slide(-net, kk, f.grip, way)
	} else {
		f.moved = min(slide(net, kk, f.grip, way), gap)
	}
	a.tip += f.moved
	atBottom := f.moved >= gap-1e-9
	if atBottom {
		deeper := m.cut(s, f, &k, net-kk*f.moved, stiffness+f.softK, way)
		a.cut += deeper
		a.tip = k.top + a.cut
		f.moved += deeper
		f.fresh = deeper
	}
	s.turn.torque = f.tip + m.shaftTorque(f, way)
	f.work += f.tip * 2 * math.Pi * f.revs
	a.stuck = math.Abs(f.moved) < heldSpeed*f.h || (atBottom && m.walled(s, &k))
	a.force = stiffness * (tool - a.tip)
	m.touch(s, f, &k)
	m.breakout(s, f, &k)
}

// shaftTorque is the share of the shaft's friction that resists turning, N.m: what opposes the way along the axis does not,
// eq. 10. A shaft at rest resists with all of it.
func (m *Model) shaftTorque(f *frame, way float64) float64 {
	way += heldSpeed * f.h
	return f.grip * m.needle.OuterRadius * way / (way + math.Abs(f.moved))
}

// shoulder lets the step of a stepped shaft stand on the wall, eq. 3a; in is how deep the point is in bone, m.
func (m *Model) shoulder(f *frame, in float64) {
	if over := in - m.needle.Step; m.needle.Step > 0 && over > 0 {
		f.hub += stepStiffness * over
		f.soft += stepStiffness * over
		f.softK += stepStiffness
	}
}

// walled reports whether the tip stands in a wall that still holds.
func (m *Model) walled(s *State, k *stack) bool {
	c := s.axial.cut
	return (c < k.nearBottom && !s.wall[0].broken) || (c >= k.farTop && c < k.farBottom && !s.wall[1].broken)
}

// tissue works out the elastic push of the soft tissue ahead of the tip and lets the wound follow, eq. 2-4.
func (m *Model) tissue(s *State, f *frame, k *stack) {
	a := &s.axial
	if a.tip < -1*mm {
		a.pierced, a.wound = false, 0
	}
	dent := clamp((min(a.tip, k.top)-a.wound)/m.dent, 0, 2) // bone does not dent
	f.soft = m.terms.soft * dent * dent
	f.softK = 2 * m.terms.soft * dent / m.dent
	if !a.pierced {
		if dent < 1 {
			return
		}
		a.pierced = true
		s.events |= SkinPuncture
	}
	left := math.Sqrt(m.cutting(s, k) / m.terms.soft) // dent the cut tissue keeps
	if a.touching {
		left = 0
	}
	target := min(a.tip-left*m.dent, k.top)
	if target > a.wound {
		a.wound += (target - a.wound) * f.h / (woundTau + f.h)
		a.wound = max(a.wound, a.tip-1.5*m.dent)
		a.wound = min(a.wound, a.tip)
	}
}

// cutting is the force that goes on cutting the soft tissue at the wound's bottom, N.
func (m *Model) cutting(s *State, k *stack) float64 {
	w := s.axial.wound * s.axial.cos
	switch {
	case w > m.anatomy.SoftTissue():
		return min(deepCut*m.caliber, m.terms.soft)
	case m.anatomy.Muscle > 0 && w > s.column.FatBottom:
		return muscleShare * m.terms.soft
	}
	return cutShare * m.terms.soft
}

// grip is the friction capacity of everything that holds the shaft, N, eq. 5.
func (m *Model) grip(s *State, k *stack) float64 {
	a := &s.axial
	g := softFriction * m.caliber * max(min(a.tip, a.wound), 0)
	in := a.tip - k.top
	if in <= 0 {
		return g
	}
	behind := in - m.needle.TipLength
	wall := 0.0
	for i := range k.tops {
		thick := k.bottoms[i] - k.tops[i]
		all := clamp(in-k.tops[i], 0, thick)
		shaft := clamp(behind-k.tops[i], 0, thick)
		wall += shaft + 0.3*(all-shaft) // Assumed: the taper is held less than the shaft
	}
	st := &s.steel
	loose := 1 / (1 + s.side.oversize/20e-6) // Assumed: 20 um of play halve the grip
	bent := 1 + 4*math.Abs(st.bendX+st.bendY)
	marrow := clamp(in-k.nearBottom, 0, k.farTop-k.nearBottom)
	return g + bent*(m.terms.grip*wall*loose+m.marrowGrip*marrow)
}

// touch notices the tip's meeting with bone and its leaving it.
func (m *Model) touch(s *State, f *frame, k *stack) {
	a, d := &s.axial, &s.side
	if a.touching {
		if a.tip < k.top-0.3*mm {
			a.touching = false
			d.seated, d.sliding = false, false
		}
		return
	}
	if a.tip < k.top || s.column.Place == OffBone {
		return
	}
	a.touching = true
	if a.cut == 0 {
		d.atU, d.atV = d.u, d.v
		s.events |= Contact
		f.tapped = max(f.speed, 0)
		s.log.contact(s, f)
	}
}
