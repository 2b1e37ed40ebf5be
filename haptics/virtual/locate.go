package virtual

import "math/rand/v2"

// Landmark says what the point is to be found by.
type Landmark struct {
	Child   bool // a small limb: all is half as far
	Covered bool // it lies under muscle, as the tubercle of the humerus under the deltoid, and not under the skin
}

// What muscle over a landmark does. Assumed: half as far again beside it, and twice as often somewhere else; published is
// the lower success at the humerus (77 against 91 % [Hammer2015], 74 against 89 % [Szarpak2016]).
const (
	coveredFind   = 1.5
	coveredAstray = 2.0
)

// Another landmark, on an adult. Assumed: the tuberosity is 20 mm above the point and the joint line as much above that; the
// edges of the face lie some 10-15 mm beside it.
const (
	strayAbove  = 28e-3 // m
	strayBeside = 16e-3 // m
	straySpread = 5e-3  // m
)

// Locate is where a person of this skill takes the point for that is meant, m distal and medial of it. Most are a little
// beside it; one who takes another landmark for it is far off: on the tuberosity or above it, or beside the face of the bone.
// It always takes the same number of random values.
func (p *Profile) Locate(r *rand.Rand, l Landmark) (u, v float64) {
	find, chance := p.Find, p.Astray
	if l.Covered {
		find, chance = coveredFind*find, coveredAstray*chance
	}
	u, v = find*cut(r.NormFloat64()), find*cut(r.NormFloat64())
	astray, which, far := r.Float64() < chance, r.Float64(), cut(r.NormFloat64())
	switch {
	case !astray:
	case which < 0.5:
		u -= strayAbove + straySpread*far
	case which < 0.75:
		v += strayBeside + straySpread*far
	default:
		v -= strayBeside + straySpread*far
	}
	if l.Child {
		u, v = childAim*u, childAim*v
	}
	return u, v
}

func cut(x float64) float64 { return min(max(x, -2), 2) }
