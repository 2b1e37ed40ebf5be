package physics

import "math"

// Ways out of the bone, eq. 22a-22c. Where the fluid goes is decided by where the bore opens, not by the point of the stylet:
// the tube begins to open a way behind it (eq. 20a), and is open all around where the taper is as wide as its bore.
const (
	eccentric  = 2.5                 // an annulus whose shaft lies against its wall passes this much more than a centred one
	packed     = 80e-6               // m of play that bone dust and clot fill. Assumed: dust of a fine drill is tens of micrometres
	leastSeal  = 0.1 * mm            // m, shortest seal of a wall around the shaft. Assumed
	tissueFlow = 40e-6 / 60.0 / 36e3 // m3/s/Pa into the spaces of soft tissue: 40 mL/min at 36 kPa. Assumed
	leakShare  = 0.05                // of a flush: more beside the marrow is a leak. Assumed: half a millilitre of ten
)

// opening is where the bore opens, its two ends in m below undeformed skin along the bone's normal.
func (m *Model) opening(s *State) (front, back float64) {
	return (s.axial.tip - m.mouth) * s.axial.cos, (s.axial.tip - facets*m.mouth) * s.axial.cos
}

// node is what the mouth of the bore is connected with.
type node struct {
	open            bool    // the mouth is above the skin
	touches         bool    // the mouth is connected with the marrow, whether it takes anything or not
	marrow          bool    // the marrow takes fluid
	laminar, square float64 // loss into the marrow, Pa.s/m3, Pa.s2/m6
	near, deep      float64 // conductances into tissue, m3/s/Pa
}

func (n *node) shut() bool { return !n.open && !n.marrow && n.near == 0 && n.deep == 0 }

// node returns what the mouth is connected with, for a fluid of a viscosity against water.
func (m *Model) node(s *State, viscosity float64) node {
	var n node
	if s.steel.clogged || s.steel.broken {
		return n
	}
	c := &s.column
	front, back := m.opening(s)
	tissue := tissueFlow / viscosity
	switch zone := m.zone(s); {
	case zone == Outside || front <= 0:
		n.open = true
	case zone == InGrowthPlate:
	case zone == InJoint:
		n.deep = tissue
	case zone == InSoftTissue || zone == BesideBone:
		n.near = tissue
	default:
		n.marrow = s.wall[0].broken && front > c.NearBottom && back < c.FarTop
		n.near = m.nearSide(s, &n, back, viscosity)
		n.deep = m.farSide(s, &n, front, viscosity)
	}
	if n.touches = n.marrow; n.marrow {
		n.fill(m, s, viscosity)
	}
	return n
}

// nearSide is the conductance to the tissue on the needle's side, m3/s/Pa: beside a bore that is not all in the bone, else
// along the shaft, and through earlier holes.
func (m *Model) nearSide(s *State, n *node, back, viscosity float64) float64 {
	c := &s.column
	tissue := tissueFlow / viscosity
	switch {
	case back < c.NearTop:
		return tissue
	case !n.marrow:
		return 0 // a blind hole
	}
	ways := m.ring(s, min(back, c.NearBottom)-c.NearTop, viscosity) + m.earlier(s, viscosity)
	return series(ways, tissue)
}

// farSide is the conductance to the tissue behind the bone, m3/s/Pa.
func (m *Model) farSide(s *State, n *node, front, viscosity float64) float64 {
	tissue := tissueFlow / viscosity
	switch {
	case !s.wall[1].broken:
		return 0
	case front >= s.column.FarBottom:
		return tissue
	case n.marrow || front >= s.column.FarTop:
		return series(m.bore(s, viscosity), tissue)
	}
	return 0
}

// fill adds the loss into the marrow, and takes the marrow away where it is still shut.
func (n *node) fill(m *Model, s *State, viscosity float64) {
	if s.opened == 0 && m.anatomy.FlowDie < noFlowShare {
		n.marrow = false
		return
	}
	sink := m.anatomy.MarrowFlow * (closedMarrow + (1-closedMarrow)*s.opened)
	if sink <= 0 {
		n.marrow = false
		return
	}
	n.laminar = darcyShare * marrowHead / sink * viscosity
	n.square = (1 - darcyShare) * marrowHead / (sink * sink)
}

// ring is the conductance of the gap around the shaft over the length of wall that seals it, m3/s/Pa: an annulus of the play
// that wobble has made, beyond what dust and clot fill.
func (m *Model) ring(s *State, sealed, viscosity float64) float64 {
	gap := max(s.side.oversize-packed, 0)
	return eccentric * 2 * math.Pi * m.needle.OuterRadius * gap * gap * gap / (12 * waterViscosity * viscosity * max(sealed, leastSeal))
}

// bore is the conductance of the hole through the far wall, m3/s/Pa, as wide as the taper has cut it at its outer face.
func (m *Model) bore(s *State, viscosity float64) float64 {
	c := &s.column
	return pipe(m.radius(s.axial.cut*s.axial.cos-(c.FarBottom-c.Bone)), c.FarBottom-c.FarTop, viscosity)
}

// earlier is the conductance of the holes that were there before, m3/s/Pa.
func (m *Model) earlier(s *State, viscosity float64) float64 {
	if s.holes <= 0 {
		return 0
	}
	c := &s.column
	return float64(s.holes) * pipe(m.needle.OuterRadius, c.NearBottom-c.NearTop, viscosity)
}

// pipe is the conductance of a round hole [Poiseuille], m3/s/Pa.
func pipe(radius, length, viscosity float64) float64 {
	return math.Pi * quartic(radius) / (8 * waterViscosity * viscosity * max(length, leastSeal))
}

// series is one conductance behind another.
func series(a, b float64) float64 {
	if a <= 0 || b <= 0 {
		return 0
	}
	return a * b / (a + b)
}

// Flushed returns where a firm flush would go, once it has opened the marrow. Does not allocate and changes nothing.
func (m *Model) Flushed(s *State) Flows {
	after := *s
	after.Flush(10e-6)
	c := FlushCircuit()
	return m.Infuse(&after, &c, Tissue{})
}

// Leaks reports whether a flush escapes into the tissue: more than a twentieth of it does not reach the marrow, or nothing
// does.
func (m *Model) Leaks(s *State) bool {
	f := m.Flushed(s)
	return f.Marrow <= 0 || f.Leak() > leakShare
}

// Widen lets the hole in the near wall grow in radius, m, >= 0: what rocking does.
func (s *State) Widen(by float64) {
	s.side.oversize = min(s.side.oversize+finite(by, 0, 0, 1*mm), 0.5*mm)
}
