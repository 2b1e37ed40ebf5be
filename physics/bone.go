package physics

import "math"

// resist is what the bone ahead of the tip asks for.
type resist struct {
	free  float64 // N, without turning: periosteum, rims, marrow, deep tissue
	area  float64 // engaged area of the walls that hold, m2
	point float64 // N at vanishing feed, eq. 6
	feed  float64 // N per (m/rev)^0.5
	hard  float64 // N at which the tip indents without turning
	ramp  float64 // N/m by which that grows while the point comes to bear
	lever float64 // A R of the engaged walls, m3, for the torque
}

// ahead sums the layers the tip is in when it stands at the bottom of its hole, eq. 6-11.
func (m *Model) ahead(s *State, f *frame, k *stack) resist {
	a := &s.axial
	var r resist
	c := a.cut
	if c < k.nearTop {
		r.free = m.terms.periosteum
	}
	for i := range k.tops {
		if c < k.tops[i] {
			break
		}
		w := &s.wall[i]
		if w.broken {
			r.free += w.rim * max(0, 1-(c-w.at)/w.path)
			continue
		}
		area := m.area(c-k.tops[i]) - m.area(c-k.bottoms[i])
		r.area += area
		if c-k.tops[i] < pointDepth {
			r.ramp += m.area(pointDepth) / pointDepth * m.strength * hardness
		}
		r.lever += area * m.radius(c-k.tops[i])
	}
	if marrow := m.area(c-k.nearBottom) - m.area(c-k.farTop); marrow > 0 {
		texture := 1 + crushTexture*grain(m.noiseSeed^2, c/(0.8*mm))
		turning := 1 - cancelTurn*min(1, f.revs/f.h)
		r.free += marrow * m.crushing * texture * turning
	}
	if c >= k.farBottom {
		r.free += deepCut * m.caliber
	}
	if r.area > 0 {
		saw := 0.6*grain(m.noiseSeed, c/(0.12*mm)) + 0.4*grain(m.noiseSeed^1, 3*s.turn.path)
		p := r.area * m.strength * (1 + m.terms.rough*(2-f.sharp)*saw)
		r.point = p*m.edge*f.dull + m.chisel(c, k)*m.strength*hardness*f.blunt
		r.feed = p * cutFeed * f.dull
		r.hard = p * hardness * (1 + 0.3*(1-f.sharp))
	}
	return r
}

// chisel returns the area the chisel edge of a twist drill presses into a wall without cutting it, m2, eq. 7a.
func (m *Model) chisel(c float64, k *stack) float64 {
	if m.web == 0 {
		return 0
	}
	for i := range k.tops {
		if in := c - k.tops[i]; in > 0 && c < k.bottoms[i] {
			return m.web * min(1, in/pointDepth)
		}
	}
	return 0
}

// cut returns how far the tip deepens its hole in this substep, m, under a net push of at least 0. k is the stiffness the
// push falls by as the tip gives way, N/m; way is how far the shaft's surface turns, m. Implicit in the way moved, so it
// is stable for any stiffness; see docs/model.md eq. 9.
func (m *Model) cut(s *State, f *frame, k *stack, net, stiff, way float64) float64 {
	a := &s.axial
	r := m.ahead(s, f, k)
	push := net - r.free
	moved := 0.0
	a.feed = 0
	if r.area == 0 && r.ramp == 0 {
		f.drag = m.render.ContactStiffness * breakTau
		if push > 0 {
			moved = slide(push, stiff+f.drag/f.h, f.grip, way)
		}
	} else {
		if over := push - r.point; over > 0 {
			root := 2 * over / (r.feed + math.Sqrt(r.feed*r.feed+4*(stiff*f.revs+f.grip/(2*math.Pi*m.needle.OuterRadius))*over))
			root = min(root, m.pointMax)
			a.feed = root * root
			moved = a.feed * f.revs
		}
		held := f.grip / (1 + way/f.h/2e-3) // a tip that turns is not held along its axis; Assumed 2 mm/s
		if over := push - stiff*moved - r.hard - held; over > 0 {
			moved += over / (stiff*(1+indentTau/f.h) + r.ramp)
		}
	}
	m.load(s, f, &r, max(push-stiff*moved-r.point-r.feed*math.Sqrt(a.feed), 0))
	return m.bounded(a.cut, moved, k)
}

// bounded stops a substep's motion at the next face it would cross, so that no wall is jumped.
func (m *Model) bounded(at, moved float64, k *stack) float64 {
	for _, face := range [...]float64{k.nearTop, k.farTop} {
		if at < face && at+moved > face {
			return face - at
		}
	}
	return moved
}

// load works out the torque that resists turning, eq. 10, and what the work does to the point. idle is the thrust that
// does not cut but presses the flanks against the hole, N.
func (m *Model) load(s *State, f *frame, r *resist, idle float64) {
	blunt := 1 - dullTorque*(1-f.sharp)
	tip := r.lever * m.strength * (torqueBase + torqueFeed*s.axial.feed) * blunt / m.needle.Cutting
	f.tip = tip
	if r.area > 0 {
		f.tip += tipFriction * wedge * idle * r.lever / r.area * 0.6 // Assumed: mean radius of the flank 0.6 of its rim
	}
	s.steel.wear = min(1, s.steel.wear+tip*2*math.Pi*f.revs/(wearWork*m.caliber*m.caliber))
}

// breakout breaks a wall whose remaining thickness no longer bears the push, eq. 12.
func (m *Model) breakout(s *State, f *frame, k *stack) {
	a := &s.axial
	if a.tip < k.top+a.cut {
		return
	}
	for i := range k.tops {
		w := &s.wall[i]
		in := a.cut - k.tops[i]
		if w.broken || in < 0 {
			continue
		}
		if i == 1 && in == 0 && s.ever&FarContact == 0 {
			s.events |= FarContact
			s.ever |= FarContact
		}
		push := max(a.force-f.soft, 0)
		if s.launch.flying {
			push /= launchRate // what resists the point faster resists shear, too
		}
		rest := k.bottoms[i] - a.cut
		if in == 0 || (rest > 0 && push < m.terms.shear*2*math.Pi*m.radius(in/2)*rest) {
			continue
		}
		share := rimShare + rimDull*(1-f.sharp)
		if rest <= 0 {
			share = 1 // cleared by cutting alone: the taper goes on widening the hole
		}
		*w = wall{broken: true, at: a.cut, rim: share * push, path: max(rest, 0) + m.needle.TipLength}
		m.burst(s, f, i, push)
	}
}

// burst tells of a broken wall.
func (m *Model) burst(s *State, f *frame, i int, push float64) {
	if i == 1 {
		s.events |= FarBreakthrough
		return
	}
	s.events |= Breakthrough
	f.popped = max(f.popped, push*(1-rimShare-rimDull*(1-f.sharp)))
	s.log.pop(s)
}
