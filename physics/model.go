package physics

import "math"

// Model is one needle and driver at one patient's bone: immutable, to be shared freely.
type Model struct {
	anatomy Anatomy
	needle  Needle
	driver  Driver
	render  Rendering

	// Derived once.
	taper      float64 // growth of the tip's radius per m
	full       float64 // cross-section of the shaft, m2
	caliber    float64 // shaft radius against 15G
	strength   float64 // of this bone against a young adult
	marrowGrip float64 // N per m of shaft in this cancellous bone
	dent       float64 // indentation at puncture, m
	stop       float64 // depth at which hub or limiter meets the skin, m
	sideRate   float64 // N/m between tool and a tip standing on bone
	mouth      float64 // m behind the point at which the cannula begins to open, eq. 20a
	pointMax   float64 // feed limit as its square root
	stiff      float64 // EI with the stylet in, N.m2
	bare       float64 // EI without, N.m2
	yieldM     float64 // N.m
	crushing   float64 // Pa of this cancellous bone
	edge       float64 // Pa, cutting pressure at vanishing feed
	web        float64 // m2 pressed in by the chisel edge of a twist drill
	noiseSeed  uint64
	terms      terms
}

// terms are the strengths of single terms, so that a test can take one away and see what it was for.
type terms struct {
	shear      float64 // Pa, breakout
	rough      float64 // texture of the cutting pressure
	grip       float64 // N per m of shaft in cortex
	plough     float64 // bite against skating
	periosteum float64 // N
	soft       float64 // N, puncture force
}

// NewModel joins an anatomy, a needle and a driver. Errors name the value and the allowed range.
func NewModel(a Anatomy, n Needle, d Driver, r Rendering) (*Model, error) {
	if err := first(a.Validate(), n.Validate(), d.Validate(), r.Validate()); err != nil {
		return nil, err
	}
	m := &Model{anatomy: a, needle: n, driver: d, render: r}
	m.taper = (n.OuterRadius - n.ChiselRadius) / n.TipLength
	m.full = math.Pi * n.OuterRadius * n.OuterRadius
	m.caliber = n.OuterRadius / gauge15Outer
	m.strength = a.Strength * a.AgeStrength
	m.dent = min(punctureDepth, punctureShare*a.SoftTissue())
	m.stop = n.Length
	if n.StopDepth > 0 {
		m.stop = n.StopDepth
	}
	m.stiff, m.bare = n.BendingStiffness(true), n.BendingStiffness(false)
	cantilever := 3 * m.stiff / (n.Length * n.Length * n.Length)
	m.sideRate = 1 / (1/cantilever + 1/handSide)
	m.mouth = clamp((n.InnerRadius-n.ChiselRadius)/(n.OuterRadius-n.ChiselRadius), 0, 1) * n.TipLength / facets
	m.pointMax = math.Sqrt(cutFeedMax)
	m.yieldM = n.YieldMoment()
	m.crushing = crush * a.CancellousDensity * a.CancellousDensity * a.Strength
	m.edge = cutPressure
	if n.Web > 0 {
		m.edge, m.web = lipPressure*fluted, math.Pi*n.Web*n.Web
	}
	m.noiseSeed = a.TextureSeed
	grip := n.ShaftGrip
	if grip == 0 {
		grip = 1
	}
	m.terms = terms{
		shear: shear * m.strength, rough: roughness, plough: ploughing * hardness * m.strength,
		grip:       gripPerWall * m.strength * m.caliber * grip,
		periosteum: periosteumForce * m.caliber,
		soft:       punctureForce * m.caliber * a.SkinStrength * (1 + 0.8*(1-n.Sharpness)), // Assumed: a worn tip tears skin at more
	}
	m.marrowGrip = tipFriction * marrowPress * m.crushing * 2 * math.Pi * n.OuterRadius * grip
	return m, nil
}

// Anatomy returns the anatomy the model was made of.
func (m *Model) Anatomy() Anatomy { return m.anatomy }

// Needle returns the needle the model was made of.
func (m *Model) Needle() Needle { return m.needle }

// Driver returns the driver the model was made of.
func (m *Model) Driver() Driver { return m.driver }

// Column returns the layers under a point of the site plate, m.
func (m *Model) Column(u, v float64) Column { return m.anatomy.At(u, v) }

// Start returns the state before the first tick of a new needle in a new bone.
func (m *Model) Start() State {
	return State{axial: axial{cos: 1}, launch: launch{}}
}

// Again returns the state for a further attempt with a new needle in the same bone: an earlier hole through its wall leaks.
func (m *Model) Again(s *State) State {
	next := m.Start()
	next.holes = s.holes
	if s.wall[0].broken {
		next.holes++
	}
	return next
}

// area returns the cross-section of the tip at a distance z behind its point, m2.
func (m *Model) area(z float64) float64 {
	switch {
	case z <= 0:
		return 0
	case z >= m.needle.TipLength:
		return m.full
	}
	r := m.needle.ChiselRadius + m.taper*z
	a := math.Pi * r * r
	if z < pointDepth {
		a *= z / pointDepth
	}
	return a
}

// radius returns the radius of the tip at a distance z behind its point, m.
func (m *Model) radius(z float64) float64 {
	return min(m.needle.ChiselRadius+m.taper*max(z, 0), m.needle.OuterRadius)
}

// sharpness returns the present sharpness, 0..1.
func (m *Model) sharpness(s *State) float64 { return max(m.needle.Sharpness-s.steel.wear, 0) }
