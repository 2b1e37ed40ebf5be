package draw

import (
	"image"
	"image/color"
	"image/draw"
	"math"
)

const drawSrc = draw.Src

// stroke draws the path as a line of the given width, px, with round joints, and forgets the path.
func (p *pen) stroke(width float64, c color.NRGBA) {
	p.outline(width)
	p.fill(c)
}

// strokeWide is stroke for long traces: it paints in runs of points, so that the area worked on stays near the line.
func (p *pen) strokeWide(width float64, c color.NRGBA) {
	p.end()
	const run = 48
	pts := append([]point(nil), p.pts...)
	ends := append([]int(nil), p.ends...)
	p.reset()
	first := 0
	for _, end := range ends {
		for a := first; a < end-1; a += run {
			b := min(a+run+1, end)
			p.pts = append(p.pts[:0], pts[a:b]...)
			p.end()
			p.stroke(width, c)
		}
		first = end
	}
}

// outline replaces the path by the outline of its line, every piece turning the same way so that overlaps add up.
func (p *pen) outline(width float64) {
	p.end()
	p.work = append(p.work[:0], p.pts...)
	var few [16]int
	ends := append(few[:0], p.ends...)
	p.reset()
	half := float32(max(width, 0.1) / 2)
	first := 0
	for _, end := range ends {
		p.outlinePiece(p.work[first:end], half)
		first = end
	}
}

func (p *pen) outlinePiece(pts []point, half float32) {
	closed := len(pts) > 2 && pts[0] == pts[len(pts)-1]
	for i := 1; i < len(pts); i++ {
		a, b := pts[i-1], pts[i]
		dx, dy := b.x-a.x, b.y-a.y
		l := float32(math.Hypot(float64(dx), float64(dy)))
		if l < 1e-4 {
			continue
		}
		nx, ny := -dy/l*half, dx/l*half
		p.quad(point{a.x - nx, a.y - ny}, point{b.x - nx, b.y - ny}, point{b.x + nx, b.y + ny}, point{a.x + nx, a.y + ny})
		if half > 0.6 && (i < len(pts)-1 || closed) {
			q := pts[1]
			if i < len(pts)-1 {
				q = pts[i+1]
			}
			p.joint(a, b, q, half)
		}
	}
}

// joint rounds the outer side of the corner a-b-c.
func (p *pen) joint(a, b, c point, half float32) {
	t0 := math.Atan2(float64(b.y-a.y), float64(b.x-a.x))
	t1 := math.Atan2(float64(c.y-b.y), float64(c.x-b.x))
	d := math.Remainder(t1-t0, 2*math.Pi)
	if math.Abs(d) < 0.02 {
		return
	}
	n := int(clamp(math.Abs(d)*float64(half), 1, 12))
	side := -math.Pi / 2 // the outer side of a clockwise turn is on its left
	if d < 0 {
		side = math.Pi / 2
	}
	at := func(i int) point {
		s, c := math.Sincos(t0 + d*float64(i)/float64(n) + side)
		return point{b.x + half*float32(c), b.y + half*float32(s)}
	}
	for i := range n {
		u, v := at(i), at(i+1)
		if d < 0 {
			u, v = v, u
		}
		p.pts = append(p.pts, b, u, v)
		p.end()
	}
}

func (p *pen) quad(a, b, c, d point) {
	p.pts = append(p.pts, a, b, c, d)
	p.end()
}

// dash replaces the path by dashes of on px with gaps of off px.
func (p *pen) dash(on, off float64) {
	p.end()
	pts := append([]point(nil), p.pts...)
	ends := append([]int(nil), p.ends...)
	p.reset()
	on, off = max(on, 0.5), max(off, 0.5)
	first := 0
	for _, end := range ends {
		p.dashPiece(pts[first:end], on, off)
		first = end
	}
}

func (p *pen) dashPiece(pts []point, on, off float64) {
	left, drawing := on, true
	for i := 1; i < len(pts); i++ {
		ax, ay := float64(pts[i-1].x), float64(pts[i-1].y)
		dx, dy := float64(pts[i].x)-ax, float64(pts[i].y)-ay
		l := math.Hypot(dx, dy)
		if l == 0 {
			continue
		}
		if drawing {
			if i == 1 {
				p.move(ax, ay)
			}
		}
		for at := 0.0; at < l; {
			step := min(left, l-at)
			at += step
			left -= step
			x, y := ax+dx*at/l, ay+dy*at/l
			if drawing {
				p.line(x, y)
			}
			if left <= 0 {
				drawing = !drawing
				if drawing {
					p.move(x, y)
					left = on
				} else {
					p.end()
					left = off
				}
			}
		}
	}
	p.end()
}

// Short forms used by every picture.

func (p *pen) fillRect(x0, y0, x1, y1 float64, c color.NRGBA) {
	p.rect(x0, y0, x1, y1)
	p.fill(c)
}

func (p *pen) fillCircle(x, y, r float64, c color.NRGBA) {
	p.circle(x, y, r)
	p.fill(c)
}

func (p *pen) ring(x, y, r, width float64, c color.NRGBA) {
	p.circle(x, y, r)
	p.stroke(width, c)
}

func (p *pen) segment(x0, y0, x1, y1, width float64, c color.NRGBA) {
	p.move(x0, y0)
	p.line(x1, y1)
	p.stroke(width, c)
}

// flood paints a whole rectangle without edges to smooth.
func flood(dst *image.RGBA, r image.Rectangle, c color.NRGBA) {
	r = r.Intersect(dst.Rect)
	if r.Empty() {
		return
	}
	first := dst.Pix[dst.PixOffset(r.Min.X, r.Min.Y):][:4*r.Dx()]
	if c.A == 255 {
		for i := 0; i < len(first); i += 4 {
			first[i], first[i+1], first[i+2], first[i+3] = c.R, c.G, c.B, 255
		}
		for y := r.Min.Y + 1; y < r.Max.Y; y++ {
			copy(dst.Pix[dst.PixOffset(r.Min.X, y):], first)
		}
		return
	}
	k := uint32(c.A)
	j := 255 - k
	cr, cg, cb := uint32(c.R)*k, uint32(c.G)*k, uint32(c.B)*k
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := dst.Pix[dst.PixOffset(r.Min.X, y):][:4*r.Dx()]
		for i := 0; i+3 < len(row); i += 4 {
			row[i] = div255(uint32(row[i])*j + cr)
			row[i+1] = div255(uint32(row[i+1])*j + cg)
			row[i+2] = div255(uint32(row[i+2])*j + cb)
			row[i+3] = div255(uint32(row[i+3])*j + 255*k)
		}
	}
}
