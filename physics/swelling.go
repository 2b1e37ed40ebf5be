package physics

import "math"

// Swelling, eq. 22d-22e: two spaces fill, one under the skin on the needle's side and the closed compartment behind the bone.
const (
	restPressure = 8 * mmHg  // of a muscle compartment. Assumed: 0-10 mmHg
	danger       = 30 * mmHg // fasciotomy above it [clinical documents]
	firm         = 20 * mmHg // a hand feels the calf firm. Assumed: hands are poor at it
	seenRise     = 3 * mm    // of skin that is seen against the other side. Assumed
	seenShare    = 0.3       // radius of the mound against the bone's diameter, besides the depth of the tissue. Assumed
	looseness    = 4.0       // compliance of the space under the skin against that of the compartment. Assumed
	adultBone    = 48 * mm   // diameter of the metaphysis the compliance below is for
	// compliance of an adult's anterior compartment: 309 mL to beyond 100 mmHg [Vogels]. Assumed linear.
	compliance = 309e-6 / (100 * mmHg)
)

// compartments are the compliance behind a site against the leg's. Assumed: a thigh and an upper arm have room, behind the
// sternum nothing is closed.
var compartments = map[Site]float64{DistalTibia: 0.7, DistalFemur: 3, ProximalHumerus: 2, Sternum: 20}

// Tissue is the fluid that went beside the marrow, m3, >= 0. It is not absorbed within an hour.
type Tissue struct {
	Near float64 // under the skin around the needle
	Deep float64 // in the compartment behind the bone
}

// Take adds what flows in dt, s, and returns the volume that reached the marrow, m3.
func (t *Tissue) Take(f *Flows, dt float64) float64 {
	t.Near += f.Near * dt
	t.Deep += f.Deep * dt
	return f.Marrow * dt
}

// Swelling is what the fluid in the tissue does.
type Swelling struct {
	Near      float64 // pressure under the skin, Pa
	Deep      float64 // pressure in the compartment, Pa
	Rise      float64 // of the skin beside the needle, m
	Seen      bool    // the skin stands up enough to be seen
	Felt      bool    // the limb is firm to the hand
	Dangerous bool    // the compartment is beyond 30 mmHg
}

// Swelling returns what fluid in the tissue does at this site. A limb's room grows with the cube of its size: the bone's
// diameter stands for it.
func (m *Model) Swelling(t Tissue) Swelling {
	t.Near, t.Deep = finite(t.Near, 0, 0, 1), finite(t.Deep, 0, 0, 1)
	a := &m.anatomy
	size := clamp(a.Diameter/adultBone, 0.1, 2)
	room := compliance * size * size * size
	behind, ok := compartments[a.Site]
	if !ok {
		behind = 1
	}
	w := Swelling{
		Near: t.Near / (room * looseness),
		Deep: restPressure + t.Deep/(room*behind),
		Rise: m.mound(t.Near),
	}
	w.Seen = w.Rise >= seenRise
	w.Felt = w.Deep >= firm
	w.Dangerous = w.Deep >= danger || w.Near >= danger
	return w
}

// Level is how swollen it looks, 0..1: from a half on it is seen or felt.
func (w *Swelling) Level() float64 {
	return clamp(max(w.Rise/(2*seenRise), (w.Deep-restPressure)/(2*(firm-restPressure))), 0, 1)
}

// mound is how high fluid under the skin lifts it, m: a spherical cap of this volume, m3, as wide as bone and tissue over it
// spread it. The positive root of h^3 + 3 r^2 h = 6 V/pi.
func (m *Model) mound(volume float64) float64 {
	r := seenShare*m.anatomy.Diameter + m.anatomy.SoftTissue()
	q := 3 * volume / math.Pi
	root := math.Sqrt(q*q + math.Pow(r, 6))
	return max(math.Cbrt(q+root)-math.Cbrt(root-q), 0)
}

// portions a flush is cut into: the marrow opens while it runs.
const portions = 10

// Push gives a volume, m3, through a circuit and returns what of it went in. The marrow opens with what it takes; one that
// takes nothing gives way to the pressure. Into a blind hole nothing goes. Does not allocate.
func (m *Model) Push(s *State, c *Circuit, t *Tissue, volume float64) float64 {
	went := 0.0
	for range portions {
		v := finite(volume, 0, 0, 1) / portions
		f := m.Infuse(s, c, *t)
		n := m.node(s, 1)
		switch {
		case n.open: // over the skin, beside the patient
		case f.Marrow > 0:
			s.Flush(t.Take(&f, v/f.Through))
		case n.touches && f.Pressure > 0: // shut: it gives way
			s.Flush(v)
		case f.Through > 0:
			t.Take(&f, v/f.Through)
		default:
			return went
		}
		went += v
	}
	return went
}
