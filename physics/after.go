package physics

import "math"

// Purchase is how well a needle stands by itself.
type Purchase struct {
	Stands bool    // holds upright against its hub's weight and a nudge
	HoldN  float64 // pull it bears without turning, N
	HoldNm float64 // side moment it bears, N.m
	NeedNm float64 // side moment its hub and a nudge ask for, N.m
	Wobble float64 // play of the hole, m in radius
}

// Purchase returns how well the needle stands now, eq. 20.
func (m *Model) Purchase(s *State) Purchase {
	k := s.along()
	p := Purchase{HoldN: m.grip(s, &k), Wobble: s.side.oversize}
	in := (s.axial.tip - k.top)
	held := clamp(in-k.nearTop, 0, k.nearBottom-k.nearTop)
	// A wall of thickness t bears a moment p 2R t^2/4 when the bone under the shaft yields; 100 MPa. Assumed.
	const bearing = 100e6
	p.HoldNm = bearing * m.strength * 2 * m.needle.OuterRadius * held * held / 4 / (1 + p.Wobble/40e-6)
	const nudge = 0.5 // N, a sleeve or a line. Assumed
	lever := m.free(s) + 10*mm
	p.NeedNm = (m.needle.HubMass*9.81 + nudge) * lever
	p.Stands = s.wall[0].broken && m.zone(s) == InMedulla && p.HoldNm > p.NeedNm && !s.steel.broken
	return p
}

// aspirates is the share of good placements from which marrow can be drawn: 12 % difficult [Hallas2013], 15-30 % fail [clinical].
const aspirates = 0.8

// Aspirates reports whether marrow can be drawn: never when the bore opens outside the bone or beyond the marrow, from about
// 80 % of patients within it.
func (m *Model) Aspirates(s *State) bool {
	n := m.node(s, 1)
	_, back := m.opening(s)
	return n.touches && back >= s.column.NearTop && m.anatomy.AspirateDie < aspirates
}

// Flush opens the marrow by a volume, m3, >= 0; 5 mL open most of it.
func (s *State) Flush(volume float64) {
	if !(volume > 0) {
		return
	}
	s.opened = 1 - (1-s.opened)*math.Exp(-min(volume, 1)/3e-6) // Assumed: 3 mL scale
}

// Needle and marrow, eq. 21-22.
const (
	waterViscosity = 0.9e-3 // Pa.s at 25 C
	waterDensity   = 1000.0
	needleLoss     = 1.9   // entry, exit and turbulent loss in velocity heads; gives 270 and 550 mL/min at 75 and 300 mmHg
	hubBore        = 15e-3 // m of bore in the hub. Assumed
	marrowPressure = 1.6e3 // Pa, 12 mmHg in shock; 25 mmHg when well. Assumed
	marrowHead     = 36e3  // Pa at which MarrowFlow is given
	darcyShare     = 0.15  // share of that head lost linearly; the rest grows as the square, from bag against gravity 1.5-3. Assumed
	closedMarrow   = 0.25  // share of the flow before any flush. Assumed
	noFlowShare    = 0.15  // of patients without flow before the flush, 3/20 and 5/22 [Tan2012]
	mmHg           = 133.322
)

// NeedleDrop returns the pressure lost in the needle alone at a flow, Pa; q m3/s, >= 0.
func (n *Needle) NeedleDrop(q float64) float64 {
	a, b := n.flowLoss()
	return a*q + b*q*q
}

// NeedleFlow returns the flow through the needle alone under a pressure, m3/s; p Pa.
func (n *Needle) NeedleFlow(p float64) float64 {
	a, b := n.flowLoss()
	return root(a, b, p)
}

func (n *Needle) flowLoss() (laminar, square float64) {
	bore := n.InnerRadius
	if bore <= 0 {
		return math.Inf(1), 0
	}
	section := math.Pi * bore * bore
	laminar = 8 * waterViscosity * (n.Length + hubBore) / (math.Pi * quartic(bore))
	return laminar, needleLoss * waterDensity / (2 * section * section)
}

// root solves a q + b q^2 = p for q >= 0.
func root(a, b, p float64) float64 {
	if p <= 0 || math.IsInf(a, 1) {
		return 0
	}
	return 2 * p / (a + math.Sqrt(a*a+4*b*p))
}

// Flow returns what runs through the needle under a head, m3/s; head is the pressure at the hub, Pa above ambient. Some or
// all of it into tissue: Infuse says where, Leaks whether it matters. Never negative, never infinite. Does not allocate.
func (m *Model) Flow(s *State, head float64) float64 {
	c := Circuit{Head: head}
	f := m.Infuse(s, &c, Tissue{})
	return f.Through
}

// flowCV is how much the flow of the marrow differs between people at a site: SD over mean at 300 mmHg in donors, 54 of 69
// mL/min at the tibia, 44 of 60 at the humerus, 47 of 112 at the sternum [Hammer2015]. Those are of marrow, needle and line
// together, which evens people out by some 6 %, at the flow of a sternum by 12 %. Assumed: legs are alike.
func flowCV(site Site) float64 {
	switch site {
	case ProximalHumerus:
		return 0.73 * 1.06
	case Sternum:
		return 0.42 * 1.12
	}
	return 0.78 * 1.06
}
