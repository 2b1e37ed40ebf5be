package draw

import (
	"image"
	"image/color"
	"math"
	"sync"

	"golang.org/x/image/vector"
)

// pen fills and strokes paths on one picture. Paths are kept as straight pieces, in pixels; every coordinate is held within
// reach so that no number from a view can make the rasteriser work on what is not seen.
type pen struct {
	dst  *image.RGBA
	clip image.Rectangle
	ras  vector.Rasterizer
	mask image.Alpha
	pts  []point
	ends []int // index after the last point of each finished piece
	work []point
}

type point struct{ x, y float32 }

// reach is the greatest coordinate a path may have, px.
const reach = 1 << 15

var pens = sync.Pool{New: func() any { return new(pen) }}

func penOn(dst *image.RGBA) *pen {
	p := pens.Get().(*pen)
	p.dst, p.clip = dst, dst.Rect
	p.reset()
	return p
}

func (p *pen) done() {
	p.dst = nil
	pens.Put(p)
}

func (p *pen) reset() {
	p.pts, p.ends = p.pts[:0], p.ends[:0]
}

// in narrows drawing to r until the next call; the empty path is kept.
func (p *pen) in(r image.Rectangle) { p.clip = r.Intersect(p.dst.Rect) }

func hold(x float64) float32 { return float32(clamp(x, -reach, reach)) }

func (p *pen) move(x, y float64) {
	p.end()
	p.pts = append(p.pts, point{hold(x), hold(y)})
}

func (p *pen) line(x, y float64) { p.pts = append(p.pts, point{hold(x), hold(y)}) }

// end finishes a piece without drawing it; fills close every piece, strokes leave it open.
func (p *pen) end() {
	if n := len(p.pts); n > 0 && (len(p.ends) == 0 || p.ends[len(p.ends)-1] < n) {
		p.ends = append(p.ends, n)
	}
}

// close returns to the start of the piece.
func (p *pen) close() {
	first := 0
	if n := len(p.ends); n > 0 {
		first = p.ends[n-1]
	}
	if first < len(p.pts) {
		p.pts = append(p.pts, p.pts[first])
	}
	p.end()
}

// cube adds a cubic Bezier piece from the current point.
func (p *pen) cube(bx, by, cx, cy, dx, dy float64) {
	if len(p.pts) == 0 {
		p.move(bx, by)
	}
	a := p.pts[len(p.pts)-1]
	ax, ay := float64(a.x), float64(a.y)
	length := math.Hypot(bx-ax, by-ay) + math.Hypot(cx-bx, cy-by) + math.Hypot(dx-cx, dy-cy)
	n := int(clamp(math.Sqrt(length)*1.1, 3, 64))
	for i := 1; i <= n; i++ {
		t := float64(i) / float64(n)
		s := 1 - t
		k0, k1, k2, k3 := s*s*s, 3*s*s*t, 3*s*t*t, t*t*t
		p.line(k0*ax+k1*bx+k2*cx+k3*dx, k0*ay+k1*by+k2*cy+k3*dy)
	}
}

// ellipse adds a closed ellipse turned by angle, rad.
func (p *pen) ellipse(cx, cy, rx, ry, angle float64) {
	n := int(clamp(6+2.2*math.Sqrt(max(rx, ry)), 8, 96))
	sin, cos := math.Sincos(angle)
	for i := range n {
		s, c := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		x, y := rx*c, ry*s
		if i == 0 {
			p.move(cx+x*cos-y*sin, cy+x*sin+y*cos)
		} else {
			p.line(cx+x*cos-y*sin, cy+x*sin+y*cos)
		}
	}
	p.close()
}

func (p *pen) circle(cx, cy, r float64) { p.ellipse(cx, cy, r, r, 0) }

func (p *pen) rect(x0, y0, x1, y1 float64) {
	p.move(x0, y0)
	p.line(x1, y0)
	p.line(x1, y1)
	p.line(x0, y1)
	p.close()
}

// roundRect adds a rectangle with corners of radius r.
func (p *pen) roundRect(x0, y0, x1, y1, r float64) {
	r = clamp(r, 0, min(x1-x0, y1-y0)/2)
	if r < 0.5 {
		p.rect(x0, y0, x1, y1)
		return
	}
	const k = 0.5523 // Bezier arm of a quarter circle
	a := r * (1 - k)
	p.move(x0+r, y0)
	p.line(x1-r, y0)
	p.cube(x1-a, y0, x1, y0+a, x1, y0+r)
	p.line(x1, y1-r)
	p.cube(x1, y1-a, x1-a, y1, x1-r, y1)
	p.line(x0+r, y1)
	p.cube(x0+a, y1, x0, y1-a, x0, y1-r)
	p.line(x0, y0+r)
	p.cube(x0, y0+a, x0+a, y0, x0+r, y0)
	p.close()
}

// fill paints the inside of the path and forgets the path.
func (p *pen) fill(c color.NRGBA) {
	r := p.rasterise()
	for y := r.Min.Y; y < r.Max.Y; y++ {
		p.blendRow(y, r, c)
	}
}

// fillBy paints the inside of the path with a colour that depends on the place.
func (p *pen) fillBy(at func(x, y int) color.NRGBA) {
	r := p.rasterise()
	for y := r.Min.Y; y < r.Max.Y; y++ {
		m := p.mask.Pix[(y-r.Min.Y)*p.mask.Stride:][:r.Dx()]
		row := p.dst.Pix[p.dst.PixOffset(r.Min.X, y):]
		for i, a := range m {
			if a != 0 {
				blend(row[4*i:4*i+4:4*i+4], at(r.Min.X+i, y), a)
			}
		}
	}
}

func (p *pen) blendRow(y int, r image.Rectangle, c color.NRGBA) {
	m := p.mask.Pix[(y-r.Min.Y)*p.mask.Stride:][:r.Dx()]
	row := p.dst.Pix[p.dst.PixOffset(r.Min.X, y):]
	for i, a := range m {
		if a != 0 {
			blend(row[4*i:4*i+4:4*i+4], c, a)
		}
	}
}

// blend lays c over the pixel q with coverage a.
func blend(q []uint8, c color.NRGBA, a uint8) {
	k := uint32(a) * uint32(c.A)
	k += k >> 8
	k = (k + 128) >> 8 // 0..255
	if k >= 255 {
		q[0], q[1], q[2], q[3] = c.R, c.G, c.B, 255
		return
	}
	j := 255 - k
	q[0] = div255(uint32(q[0])*j + uint32(c.R)*k)
	q[1] = div255(uint32(q[1])*j + uint32(c.G)*k)
	q[2] = div255(uint32(q[2])*j + uint32(c.B)*k)
	q[3] = div255(uint32(q[3])*j + 255*k)
}

func div255(x uint32) uint8 {
	x += 128
	return uint8((x + x>>8) >> 8)
}

// rasterise turns the path into a mask over the returned rectangle of the picture, and forgets the path.
func (p *pen) rasterise() image.Rectangle {
	p.end()
	r := p.box().Intersect(p.clip)
	if r.Empty() {
		p.reset()
		return image.Rectangle{}
	}
	w, h := r.Dx(), r.Dy()
	p.ras.Reset(w, h)
	first := 0
	for _, end := range p.ends {
		if end-first > 2 {
			p.feed(p.pts[first:end], float32(r.Min.X), float32(r.Min.Y), float32(h))
		}
		first = end
	}
	if n := w * h; cap(p.mask.Pix) < n {
		p.mask.Pix = make([]uint8, n)
	} else {
		p.mask.Pix = p.mask.Pix[:n]
	}
	p.mask.Stride, p.mask.Rect = w, image.Rect(0, 0, w, h)
	p.ras.DrawOp = drawSrc
	p.ras.Draw(&p.mask, p.mask.Rect, image.Opaque, image.Point{})
	p.reset()
	return r
}

// feed gives one closed piece to the rasteriser, cut to the rows that are seen.
func (p *pen) feed(pts []point, ox, oy, h float32) {
	a := pts[len(pts)-1]
	for _, b := range pts {
		p.feedLine(a.x-ox, a.y-oy, b.x-ox, b.y-oy, h)
		a = b
	}
}

func (p *pen) feedLine(ax, ay, bx, by, h float32) {
	if (ay <= 0 && by <= 0) || (ay >= h && by >= h) {
		return
	}
	cut := func(y float32) float32 { return ax + (bx-ax)*(y-ay)/(by-ay) }
	cx, cy, dx, dy := ax, ay, bx, by
	if cy < 0 {
		cx, cy = cut(0), 0
	} else if cy > h {
		cx, cy = cut(h), h
	}
	if dy < 0 {
		dx, dy = cut(0), 0
	} else if dy > h {
		dx, dy = cut(h), h
	}
	p.ras.MoveTo(cx, cy)
	p.ras.LineTo(dx, dy)
}

func (p *pen) box() image.Rectangle {
	if len(p.pts) == 0 {
		return image.Rectangle{}
	}
	lo, hi := p.pts[0], p.pts[0]
	for _, q := range p.pts {
		lo.x, lo.y = min(lo.x, q.x), min(lo.y, q.y)
		hi.x, hi.y = max(hi.x, q.x), max(hi.y, q.y)
	}
	return image.Rect(int(math.Floor(float64(lo.x))), int(math.Floor(float64(lo.y))),
		int(math.Ceil(float64(hi.x)))+1, int(math.Ceil(float64(hi.y)))+1)
}
