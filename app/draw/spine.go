package draw

import (
	"math"
	"slices"
)

// knot is a place on a winding rod with its radius.
type knot struct{ X, Y, Z, r float64 }

// spine is the middle line of a rod that runs mostly along X, with its radius: one smooth curve over X for each.
type spine struct {
	ends  [2]knot
	spans []span
	inv   float64 // spans per cm
	sag   float64 // greatest distance of the curve from the straight line between its ends, cm
	thick float64 // greatest radius, cm
}

// span is a stretch of the curves, each a cubic in t from 0 to 1.
type span struct{ y, z, r [4]float64 }

// newSpine lays smooth curves through the knots.
func newSpine(knots []knot) *spine {
	if knots[0].X > knots[len(knots)-1].X {
		slices.Reverse(knots)
	}
	const spans = 14
	first, last := knots[0], knots[len(knots)-1]
	s := &spine{ends: [2]knot{first, last}, inv: spans / max(last.X-first.X, 1e-6)}
	var at [spans + 3]knot
	for i := range at {
		at[i] = between(knots, first.X+float64(i-1)/s.inv)
		t := clamp(float64(i-1)/spans, 0, 1)
		s.sag = max(s.sag, math.Hypot(at[i].Y-first.Y-t*(last.Y-first.Y), at[i].Z-first.Z-t*(last.Z-first.Z)))
		s.thick = max(s.thick, at[i].r)
	}
	at[0], at[spans+2] = at[2], at[spans]
	for i := range spans {
		a, b, c, d := at[i], at[i+1], at[i+2], at[i+3]
		s.spans = append(s.spans, span{cubic(a.Y, b.Y, c.Y, d.Y), cubic(a.Z, b.Z, c.Z, d.Z), cubic(a.r, b.r, c.r, d.r)})
	}
	return s
}

// cubic goes from b to c without a kink at either, as powers of t.
func cubic(a, b, c, d float64) [4]float64 {
	return [4]float64{b, (c - a) / 2, a - 2.5*b + 2*c - d/2, (3*(b-c) + d - a) / 2}
}

// between interpolates knots smoothly at x; slopes are limited so that no curve swings beyond its knots.
func between(knots []knot, x float64) knot {
	n := len(knots)
	x = clamp(x, knots[0].X, knots[n-1].X)
	i := 0
	for i < n-2 && knots[i+1].X < x {
		i++
	}
	a, b := knots[i], knots[min(i+1, n-1)]
	h := b.X - a.X
	if h <= 0 {
		return a
	}
	t := (x - a.X) / h
	f := func(get func(knot) float64) float64 {
		slope := func(j int) float64 {
			if j == 0 || j == n-1 { // level ends meet their caps without a seam
				return 0
			}
			lo, hi := max(j-1, 0), min(j+1, n-1)
			return (get(knots[hi]) - get(knots[lo])) / max(knots[hi].X-knots[lo].X, 1e-9)
		}
		p, q, mp, mq := get(a), get(b), slope(i)*h, slope(i+1)*h
		t2, t3 := t*t, t*t*t
		return (2*t3-3*t2+1)*p + (t3-2*t2+t)*mp + (3*t2-2*t3)*q + (t3-t2)*mq
	}
	return knot{
		x, f(func(k knot) float64 { return k.Y }), f(func(k knot) float64 { return k.Z }),
		f(func(k knot) float64 { return k.r }),
	}
}

func (s *spine) distance(p vec) float64 {
	u := (p.X - s.ends[0].X) * s.inv
	if u <= 0 || u >= float64(len(s.spans)) {
		e := &s.ends[0]
		if u > 0 {
			e = &s.ends[1]
		}
		return vec{p.X - e.X, p.Y - e.Y, p.Z - e.Z}.length() - e.r
	}
	i := int(u)
	t := u - float64(i)
	c := &s.spans[i]
	y := c.y[0] + t*(c.y[1]+t*(c.y[2]+t*c.y[3]))
	z := c.z[0] + t*(c.z[1]+t*(c.z[2]+t*c.z[3]))
	r := c.r[0] + t*(c.r[1]+t*(c.r[2]+t*c.r[3]))
	dy := (c.y[1] + t*(2*c.y[2]+t*3*c.y[3])) * s.inv // the rod leans: what is across X is farther than what is across it
	y, z = p.Y-y, p.Z-z
	return (math.Sqrt(y*y+z*z) - r) / math.Sqrt(1+dy*dy)
}
