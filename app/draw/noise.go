package draw

import "math"

// hash2 returns an even spread in [0, 1) from a lattice point; the same on every machine.
func hash2(x, y int32, seed uint32) float64 {
	h := uint32(x)*0x9E3779B1 ^ uint32(y)*0x85EBCA77 ^ seed*0xC2B2AE3D
	h ^= h >> 15
	h *= 0x2C1B3C6D
	h ^= h >> 12
	h *= 0x297A2D39
	h ^= h >> 15
	return float64(h>>8) / (1 << 24)
}

// noise2 is smooth noise in [0, 1) with features one unit wide.
func noise2(x, y float64, seed uint32) float64 {
	fx, fy := math.Floor(x), math.Floor(y)
	ix, iy := int32(fx), int32(fy)
	tx, ty := x-fx, y-fy
	tx, ty = tx*tx*(3-2*tx), ty*ty*(3-2*ty)
	a, b := hash2(ix, iy, seed), hash2(ix+1, iy, seed)
	c, d := hash2(ix, iy+1, seed), hash2(ix+1, iy+1, seed)
	return a + (b-a)*tx + (c-a)*ty + (a-b-c+d)*tx*ty
}

// cloud is noise2 without a grain: the lattice of one noise shows as faint lines where it is wide, that of three turned
// against each other does not.
func cloud(x, y float64, seed uint32) float64 {
	a := noise2(0.83*x+0.56*y, 0.83*y-0.56*x, seed)
	b := noise2(0.31*x-0.95*y+7.3, 0.31*y+0.95*x+2.1, seed+101)
	c := noise2(1.13*x+0.21*y+3.7, 1.13*y-0.21*x+9.4, seed+211)
	return 0.5 + 1.5*((a+b+c)/3-0.5) // three are calmer than one
}

// cells returns the distances to the nearest and second nearest of scattered points, about one per unit square: the edge
// of a cell is where they are equal. id is a number in [0, 1) of the nearest cell.
func cells(x, y float64, seed uint32) (near, next, id float64) {
	fx, fy := math.Floor(x), math.Floor(y)
	ix, iy := int32(fx), int32(fy)
	near, next = 9, 9
	for dy := int32(-1); dy <= 1; dy++ {
		for dx := int32(-1); dx <= 1; dx++ {
			h := hash2(ix+dx, iy+dy, seed)
			px := float64(ix+dx) + h
			py := float64(iy+dy) + hash2(ix+dx, iy+dy, seed+17)
			d := (px-x)*(px-x) + (py-y)*(py-y)
			if d < near {
				near, next, id = d, near, h
			} else if d < next {
				next = d
			}
		}
	}
	return math.Sqrt(near), math.Sqrt(next), id
}

func smooth(lo, hi, x float64) float64 {
	t := clamp((x-lo)/(hi-lo), 0, 1)
	return t * t * (3 - 2*t)
}
