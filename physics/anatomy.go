package physics

import "math"

// Anatomy is one sampled patient at one site: the stack of layers under the ideal point and the map of the bone around it.
// It is a plain value. Lengths are m along the local bone normal. SampleAnatomy makes it; docs/model.md section 2.
type Anatomy struct {
	Site Site

	Skin       float64 // thickness, m, > 0
	Fat        float64 // subcutaneous tissue, m, > 0
	Muscle     float64 // m, >= 0; none over the tibia
	Periosteum float64 // m, > 0
	NearCortex float64 // wall under the needle at the ideal point, m, > 0
	Medulla    float64 // cavity or cancellous bone between the walls, m, > 0
	FarCortex  float64 // opposite wall, m, > 0
	Diameter   float64 // outer diameter of the metaphysis, m; >= both walls and the medulla

	CancellousDensity float64 // apparent density, g/cm3, 0.02..1
	Strength          float64 // this patient's bone against the mean of the age, lognormal, CV 0.35 [Heiner2001]
	AgeStrength       float64 // mean strength of the age against a young adult
	BoneModulus       float64 // Young's modulus of the cortex along the wall, Pa
	SkinStrength      float64 // puncture force of this skin against a young adult's

	FaceHalfWidth float64 // half the width of the face that bears the point, m
	GrowthPlate   float64 // distance of the growth plate from the point, away from the shaft, m; 0 = closed
	PlateHalf     float64 // half the height of the growth plate as a needle meets it, m
	Joint         float64 // distance at which epiphysis and joint begin, away from the shaft, m
	Tuberosity    float64 // distance of the landmark, proximal of the point, m
	Taper         float64 // distance from the point towards the shaft over which the wall doubles, m
	Upward        bool    // the shaft lies proximal of the point, so that growth plate and joint lie distal of it

	MarrowFlow  float64 // flow the opened marrow takes at MarrowHead, m3/s, lognormal
	AspirateDie float64 // this patient's draw for aspiration, 0..1
	FlowDie     float64 // this patient's draw for no flow before the flush, 0..1
	TextureSeed uint64  // frozen texture of the bone
}

// Place is what lies under a point of the site plate.
type Place uint8

// The places.
const (
	OnFace Place = iota
	OnGrowthPlate
	OnJoint
	OffBone
)

var placeNames = [...]string{"face", "growth-plate", "joint", "beside-bone"}

// String names the place.
func (p Place) String() string {
	if int(p) < len(placeNames) {
		return placeNames[p]
	}
	return "unknown"
}

// Column is the stack of layers under one point: depths below undeformed skin along the bone normal, m, increasing.
type Column struct {
	SkinBottom float64
	FatBottom  float64
	Bone       float64 // top of the periosteum
	NearTop    float64 // outer face of the near cortex
	NearBottom float64 // inner face of the near cortex
	FarTop     float64 // inner face of the far cortex
	FarBottom  float64
	SlopeU     float64 // slope of the bone's surface, rad: positive where it falls away distally
	SlopeV     float64 // positive where it falls away medially
	Place      Place
}

// noBone is the depth reported for walls where there is no bone, m: deeper than any needle.
const noBone = 1.0

// SoftTissue is the depth of the periosteum at the ideal point, m.
func (a *Anatomy) SoftTissue() float64 { return a.Skin + a.Fat + a.Muscle }

// At returns the column of layers at (u, v), m, on the site plate: u distal, v medial, 0 the ideal point.
//
// The wall thickens towards the shaft (a needle 20 mm below a newborn's tuberosity meets "thick cortical bone" [Boon2003]) and the
// cavity narrows towards half the metaphysis [Eifinger2021]; towards the edge of the face the surface falls away. Any
// finite u, v is allowed. Does not allocate.
func (a *Anatomy) At(u, v float64) Column {
	along := a.shaftward(u) / a.Taper
	wall := 1 + 0.25*max(along, -1.6)
	cavity := 1.0
	if along > 0 {
		wall = 1 + min(along, 2.5)
		cavity = 1 - 0.3*min(along, 1.5)
	}
	across := v / a.FaceHalfWidth
	edge := across * across
	soft := a.SoftTissue() + 0.25*a.FaceHalfWidth*edge*edge*0.5
	c := Column{SkinBottom: a.Skin, FatBottom: a.Skin + a.Fat, Bone: soft, Place: a.place(u, v)}
	if c.Place == OffBone {
		c.Bone, c.NearTop, c.NearBottom, c.FarTop, c.FarBottom = noBone, noBone, noBone, noBone, noBone
		return c
	}
	if c.Place != OnFace {
		wall = shellShare // the epiphysis has a shell, no cortex
	}
	c.SlopeV = 0.25 * 2 * across * edge // derivative of the fall-away above
	c.NearTop = soft + a.Periosteum
	near, far := a.NearCortex*wall, a.FarCortex*wall
	medulla := a.Medulla * cavity * (1 - 0.25*min(edge, 1))
	if along > 0 { // the shaft is about half as wide as its end [Eifinger2021]: its walls meet sooner and leave less between them
		wide := a.Diameter * (1 - 0.2*min(along, 2.5))
		near, far = min(near, max(a.NearCortex, 0.4*wide)), min(far, max(a.FarCortex, 0.4*wide))
		medulla = min(medulla, max(wide-near-far, 0.15*medulla))
	}
	c.NearBottom = c.NearTop + near
	c.FarTop = c.NearBottom + medulla
	c.FarBottom = c.FarTop + far
	return c
}

// shellShare is the thickness of the shell of an epiphysis or the bony ring of a growth plate against the cortex beside it.
// Assumed: radiographs show a line where the cortex beside it shows a band.
const shellShare = 0.35

// shaftward is the way from the point towards the shaft, m.
func (a *Anatomy) shaftward(u float64) float64 {
	if a.Upward {
		return -u
	}
	return u
}

// place says what lies under (u, v).
func (a *Anatomy) place(u, v float64) Place {
	u = a.shaftward(u)
	switch {
	case math.Abs(v) > a.FaceHalfWidth:
		return OffBone
	case a.GrowthPlate > 0 && math.Abs(u+a.GrowthPlate) <= a.PlateHalf:
		return OnGrowthPlate
	case -u >= a.Joint:
		return OnJoint
	}
	return OnFace
}
