package draw

import "math"

// The limb is modelled as a body in space and seen by a fixed camera, so that light, outline, landmarks and the place
// under the pointer agree. A body is a smooth union of stretched balls and tapering rods.

// vec is a place or direction in the limb's frame: X distal, Y anterior, Z medial for a leg. Lengths are cm.
type vec struct{ X, Y, Z float64 }

func (a vec) plus(b vec) vec              { return vec{a.X + b.X, a.Y + b.Y, a.Z + b.Z} }
func (a vec) minus(b vec) vec             { return vec{a.X - b.X, a.Y - b.Y, a.Z - b.Z} }
func (a vec) times(k float64) vec         { return vec{a.X * k, a.Y * k, a.Z * k} }
func (a vec) dot(b vec) float64           { return a.X*b.X + a.Y*b.Y + a.Z*b.Z }
func (a vec) length() float64             { return math.Sqrt(a.dot(a)) }
func (a vec) toward(b vec, t float64) vec { return a.plus(b.minus(a).times(t)) }

func (a vec) unit() vec {
	l := a.length()
	if l == 0 {
		return vec{Z: 1}
	}
	return a.times(1 / l)
}

// lump is one part of a body: a rod from A to B with radii R0 and R1, or a ball at A with radii Ball when Ball.X > 0.
type lump struct {
	a, b   vec
	r0, r1 float64
	ball   vec
	blend  float64 // how softly it joins the rest, cm
	spine  *spine  // a winding rod from a to b, instead of a straight one
	stuff  stuff

	ab   vec     // b - a
	inv  float64 // 1 / |ab|^2
	far  float64 // radius of a sphere around middle that holds the lump
	mid  vec
	inv1 vec // 1/ball
	inv2 vec // 1/ball^2
}

// stuff is what a part of a body is made of.
type stuff uint8

const (
	flesh stuff = iota
	nail
	cloth
	bone
	cartilage
	kneecap
	glove
)

func (l *lump) ready() {
	if l.ball.X > 0 {
		l.inv1 = vec{1 / l.ball.X, 1 / l.ball.Y, 1 / l.ball.Z}
		l.inv2 = vec{l.inv1.X * l.inv1.X, l.inv1.Y * l.inv1.Y, l.inv1.Z * l.inv1.Z}
		l.mid, l.far = l.a, max(l.ball.X, l.ball.Y, l.ball.Z)
		return
	}
	l.ab = l.b.minus(l.a)
	l.inv = 1 / max(l.ab.dot(l.ab), 1e-9)
	l.mid, l.far = l.a.toward(l.b, 0.5), l.ab.length()/2+max(l.r0, l.r1)
	if l.spine != nil {
		l.far += l.spine.sag
	}
}

// distance is about the distance of p from the lump's surface, cm, negative inside.
func (l *lump) distance(p vec) float64 {
	q := p.minus(l.a)
	if l.ball.X > 0 {
		k0 := vec{q.X * l.inv1.X, q.Y * l.inv1.Y, q.Z * l.inv1.Z}.length()
		k1 := vec{q.X * l.inv2.X, q.Y * l.inv2.Y, q.Z * l.inv2.Z}.length()
		if k1 < 1e-9 {
			return -min(l.ball.X, l.ball.Y, l.ball.Z)
		}
		return k0 * (k0 - 1) / k1
	}
	if l.spine != nil {
		return l.spine.distance(p)
	}
	t := clamp(q.dot(l.ab)*l.inv, 0, 1)
	return q.minus(l.ab.times(t)).length() - (l.r0 + (l.r1-l.r0)*t)
}

// fold is a crease around a limb, such as those of a baby's thigh.
type fold struct {
	at    float64 // X where Y is 0, cm
	lean  float64 // how far the crease shifts along X per cm of Y
	depth float64 // cm
	width float64 // cm
	fade  float64 // Y above which it is gone, cm
	soft  float64 // half the range over which it goes, cm
}

// body is a whole figure.
type body struct {
	lumps []lump
	folds []fold
	size  float64 // against an adult's, for the reach of what is looked at around a place
}

func (b *body) ready() *body {
	for i := range b.lumps {
		b.lumps[i].ready()
	}
	return b
}

// all lists every lump, for places that are not tied to a part of the picture.
func (b *body) all() []int {
	list := make([]int, len(b.lumps))
	for i := range list {
		list[i] = i
	}
	return list
}

// distance is about the distance of p from the surface made by the listed lumps, cm.
func (b *body) distance(p vec, list []int) float64 {
	d := 1e9
	for n := 0; n < len(list); n++ {
		l := &b.lumps[list[n]]
		k := l.blend
		x := 1e9
		if q, r := p.minus(l.mid), l.far+d+k; q.dot(q) < r*r {
			x = l.distance(p)
		}
		if h := k - math.Abs(d-x); h > 0 {
			d = min(d, x) - h*h/(4*k)
		} else {
			d = min(d, x)
		}
	}
	if d < b.size && len(b.folds) > 0 {
		d += b.crease(p)
	}
	return d
}

// crease is how deep the skin is folded in at p, cm.
func (b *body) crease(p vec) float64 {
	sum := 0.0
	for i := range b.folds {
		f := &b.folds[i]
		t := (p.X - f.at - f.lean*p.Y) / f.width
		if t > -3 && t < 3 {
			sum += f.depth * math.Exp(-t*t) * (1 - smooth(f.fade-f.soft, f.fade+f.soft, p.Y))
		}
	}
	return sum
}

// made says what the surface at p is made of: the lump that reaches it best.
func (b *body) made(p vec, list []int) stuff {
	d, made := 1e9, flesh
	for _, i := range list {
		if x := b.lumps[i].distance(p); x < d {
			d, made = x, b.lumps[i].stuff
		}
	}
	return made
}

// normal is the outward direction of the surface at p.
func (b *body) normal(p vec, list []int) vec {
	e := 0.03 * b.size
	at := func(x, y, z float64) float64 {
		return b.distance(vec{p.X + x*e, p.Y + y*e, p.Z + z*e}, list)
	}
	k0, k1, k2, k3 := at(1, -1, -1), at(-1, -1, 1), at(-1, 1, -1), at(1, 1, 1)
	return vec{k0 - k1 - k2 + k3, -k0 - k1 + k2 + k3, -k0 + k1 - k2 + k3}.unit()
}
