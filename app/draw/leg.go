package draw

import "math"

// build is the shape of a person's leg against that of a muscular adult, whose leg is written down in leg_adult.go.
type build struct {
	length float64 // of the shin
	knee   float64 // girth and length of the knee
	calf   float64 // girth
	ankle  float64 // girth of ankle and size of the foot
	thigh  float64 // girth
	fat    float64 // added under the skin everywhere, cm
	relief float64 // 0..1 how clearly bone shows through the skin
	flex   float64 // of the knee, rad
	young  bool    // growth plates are open
	plate  float64 // distance of the upper growth plate above the tuberosity's middle, cm
	down   float64 // the ideal point is this far below the tuberosity, cm
	inward float64 // and this far to its medial side, cm
	folds  []fold  // X in adult cm
}

// builds hold the proportions by who is drawn. Girths and lengths follow growth tables as a painter needs them (shin 37,
// 23, 12, 9 cm; calf girth 37, 24, 19, 12 cm). Assumed: they are seen, never measured or graded.
var builds = [...]build{
	Adult:   {length: 1, knee: 1, calf: 1, ankle: 1, thigh: 1, relief: 1, flex: 0.40, down: 2, inward: 1.6, plate: 3.4},
	Child:   {length: 0.62, knee: 0.62, calf: 0.60, ankle: 0.64, thigh: 0.62, fat: 0.15, relief: 0.8, flex: 0.42, young: true, down: 1.5, inward: 1.1, plate: 1.6},
	Infant:  {length: 0.33, knee: 0.40, calf: 0.42, ankle: 0.42, thigh: 0.44, fat: 0.42, relief: 0.35, flex: 0.52, young: true, down: 1, inward: 0.55, plate: 1.05, folds: infantFolds},
	Newborn: {length: 0.235, knee: 0.275, calf: 0.255, ankle: 0.305, thigh: 0.27, fat: 0.16, relief: 0.4, flex: 0.65, young: true, down: 1, inward: 0.35, plate: 0.9, folds: newbornFolds},
	Obese:   {length: 1, knee: 1.06, calf: 1.10, ankle: 1.06, thigh: 1.16, fat: 2.1, relief: 0.12, flex: 0.34, down: 2, inward: 1.6, plate: 3.4, folds: obeseFolds},
}

var infantFolds = []fold{
	{at: -12.5, lean: -0.55, depth: 0.20, width: 0.36, fade: 0.6, soft: 1.2},
	{at: -22.5, lean: -0.55, depth: 0.24, width: 0.40, fade: -0.6, soft: 1.4},
	{at: 1.5, lean: 0.10, depth: 0.12, width: 0.30, fade: -0.9, soft: 0.9},
	{at: 34.0, lean: -0.30, depth: 0.18, width: 0.26, fade: 1.4, soft: 1.2},
}

var newbornFolds = []fold{
	{at: -11, lean: -0.7, depth: 0.07, width: 0.15, fade: 0.2, soft: 0.5},
	{at: -20, lean: -0.7, depth: 0.09, width: 0.17, fade: -0.6, soft: 0.6},
	{at: 1.5, lean: 0.1, depth: 0.05, width: 0.14, fade: -0.5, soft: 0.4},
	{at: 34.6, lean: -0.3, depth: 0.07, width: 0.13, fade: 0.6, soft: 0.5},
}

var obeseFolds = []fold{
	{at: -13, lean: -0.4, depth: 0.35, width: 1.1, fade: 0, soft: 4},
	{at: 1, lean: 0.1, depth: 0.4, width: 1.0, fade: -2.5, soft: 2},
	{at: 34.2, lean: -0.3, depth: 0.45, width: 0.9, fade: 2, soft: 3},
}

// Marks of the adult's skeleton along the leg, cm below the middle of the knee.
const (
	tuberosityX = 5.0
	ankleX      = 36.0
	kneeEnd     = 6.0 // the knee's own scale holds down to here
)

// along stretches a distance along the adult's leg to this build.
func (b *build) along(x float64) float64 {
	shaft := (ankleX*b.length - kneeEnd*b.knee) / (ankleX - kneeEnd)
	switch {
	case x < kneeEnd:
		return x * b.knee
	case x < ankleX:
		return kneeEnd*b.knee + (x-kneeEnd)*shaft
	}
	return ankleX*b.length + (x-ankleX)*b.ankle
}

// girth is the scale across the leg at a distance along it.
func (b *build) girth(x float64) float64 {
	switch {
	case x < -6:
		t := smooth(-6, -26, x)
		if x < -6 {
			t = clamp((-6-x)/20, 0, 1)
		}
		return b.knee + (b.thigh-b.knee)*t
	case x < 4:
		return b.knee
	case x < 13:
		return b.knee + (b.calf-b.knee)*(x-4)/9
	case x < 24:
		return b.calf
	case x < 34:
		return b.calf + (b.ankle-b.calf)*(x-24)/10
	}
	return b.ankle
}

// put places a point of the adult's leg in this build.
func (b *build) put(p vec) vec {
	g := b.girth(p.X)
	if p.X < 0 { // the thigh leaves the knee at the build's own bend
		bend := b.flex - builds[Adult].flex
		s, c := math.Sincos(bend * clamp(-p.X/3, 0, 1))
		p = vec{p.X*c - p.Y*0, p.Y + p.X*s, p.Z}
	}
	return vec{b.along(p.X), p.Y * g, p.Z * g}
}

// landmarks of a leg that are seen, felt or pointed at, in its own frame, cm.
type landmarks struct {
	patella, tuberosity, ideal, malleolus, plate, crest, face vec
	normal                                                    vec // of the flat face at the ideal point
	distal, medial                                            vec // axes u and v of the site
}

// faceAngle is how far the flat medial face of the shin looks away from straight ahead, rad. Assumed: 50 degrees.
const faceAngle = 50 * math.Pi / 180

func (b *build) landmarks() landmarks {
	s, c := math.Sincos(faceAngle)
	m := landmarks{normal: vec{0, c, s}, distal: vec{X: 1}, medial: vec{0, -s, c}}
	m.tuberosity = b.put(vec{tuberosityX, 3.2, -0.3})
	m.patella = b.put(vec{-2.6, 4.4, -0.2})
	m.malleolus = b.put(vec{37.3, -0.1, 3.0})
	m.crest = b.put(vec{17, 2.6, -0.1})
	m.face = b.put(vec{20, 0.7, 1.2})
	m.ideal = m.tuberosity.plus(vec{X: b.down}).plus(m.medial.times(b.inward))
	m.plate = m.tuberosity.plus(vec{X: -b.plate})
	return m
}
