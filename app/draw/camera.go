package draw

import (
	"math"
	"sync"
)

// camera sees a body from one side without perspective.
type camera struct {
	right, up, view vec     // unit directions in the body's frame; view points at the eye
	centre          vec     // the place in the middle of the picture
	px              float64 // per cm
	w, h            float64
}

// lookAt returns a camera that looks at a limb from an angle, rad, between anterior (0) and medial (pi/2), rolled by roll so
// that the limb slopes, and mirrored for a right limb seen from its medial side.
func lookAt(angle, roll float64, mirrored bool) camera {
	s, c := math.Sincos(angle)
	right, up, view := vec{X: 1}, vec{Y: s, Z: -c}, vec{Y: c, Z: s}
	sr, cr := math.Sincos(roll)
	right, up = right.times(cr).plus(up.times(sr)), up.times(cr).minus(right.times(sr))
	if mirrored {
		right = right.times(-1)
	}
	return camera{right: right, up: up, view: view}
}

// onto returns the pixel of a place.
func (c *camera) onto(p vec) (x, y float64) {
	q := p.minus(c.centre)
	return c.w/2 + q.dot(c.right)*c.px, c.h/2 - q.dot(c.up)*c.px
}

// from returns the place of a pixel, in the plane through the centre.
func (c *camera) from(x, y float64) vec {
	return c.centre.plus(c.right.times((x - c.w/2) / c.px)).plus(c.up.times((c.h/2 - y) / c.px))
}

// turn returns a direction as the eye sees it: X right, Y up, Z towards the eye.
func (c *camera) turn(d vec) vec { return vec{d.dot(c.right), d.dot(c.up), d.dot(c.view)} }

// hit is what the eye meets in one pixel.
type hit struct {
	cover  float32 // of the pixel, 0..1
	nx, ny float32 // normal as the eye sees it
	nz     float32
	deep   float32 // along the view from the centre plane, cm, greater is nearer
	open   float32 // 0..1, how much sky it sees
	x, y   float32 // along the limb, and around it, for textures, cm
	stuff  stuff
}

const tile = 16

// look renders what the camera sees of a body, in parallel.
func (c *camera) look(b *body, w, h int) []hit {
	hits := make([]hit, w*h)
	rows := make(chan int, (h+tile-1)/tile)
	for y := 0; y < h; y += tile {
		rows <- y
	}
	close(rows)
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			var list []int
			for y := range rows {
				for x := 0; x < w; x += tile {
					list = c.near(b, x, y, list[:0])
					if len(list) > 0 {
						c.lookTile(b, hits, w, h, x, y, list)
					}
				}
			}
		})
	}
	wait.Wait()
	return hits
}

// near lists the lumps that can show in, or bend the surface of, a tile.
func (c *camera) near(b *body, x, y int, list []int) []int {
	cx, cy := float64(x)+tile/2, float64(y)+tile/2
	for i := range b.lumps {
		l := &b.lumps[i]
		r := (max(l.r0, l.r1, l.ball.X, l.ball.Y, l.ball.Z)+l.blend+0.5*b.size)*c.px + 0.8*tile
		if l.spine != nil {
			r += l.spine.sag * c.px
		}
		ax, ay := c.onto(l.a)
		if l.ball.X <= 0 { // the nearest place of the rod
			dx, dy := c.onto(l.b)
			dx, dy = dx-ax, dy-ay
			t := clamp(((cx-ax)*dx+(cy-ay)*dy)/max(dx*dx+dy*dy, 1e-9), 0, 1)
			ax, ay = ax+t*dx, ay+t*dy
		}
		if (ax-cx)*(ax-cx)+(ay-cy)*(ay-cy) < r*r {
			list = append(list, i)
		}
	}
	return list
}

func (c *camera) lookTile(b *body, hits []hit, w, h, x0, y0 int, list []int) {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, i := range list {
		l := &b.lumps[i]
		z := l.mid.minus(c.centre).dot(c.view)
		lo, hi = min(lo, z-l.far-l.blend), max(hi, z+l.far+l.blend)
	}
	for y := y0; y < min(y0+tile, h); y++ {
		for x := x0; x < min(x0+tile, w); x++ {
			c.lookPixel(b, &hits[y*w+x], float64(x)+0.5, float64(y)+0.5, lo, hi, list)
		}
	}
}

func (c *camera) lookPixel(b *body, out *hit, x, y, lo, hi float64, list []int) {
	base := c.from(x, y)
	pixel := 1 / c.px
	near, nearZ := 1e9, 0.0
	z := hi
	for range 56 {
		d := b.distance(base.plus(c.view.times(z)), list)
		if d < near {
			near, nearZ = d, z
		}
		if d < 0.12*pixel {
			break
		}
		z -= max(d*0.85, 0.25*pixel)
		if z < lo {
			break
		}
	}
	cover := 0.5 - near/pixel
	if near < 0.12*pixel {
		cover = 1
	}
	if cover <= 0 {
		return
	}
	p := base.plus(c.view.times(nearZ))
	n := b.normal(p, list)
	eye := c.turn(n)
	*out = hit{
		cover: float32(min(cover, 1)), nx: float32(eye.X), ny: float32(eye.Y), nz: float32(eye.Z),
		deep: float32(nearZ), stuff: b.made(p, list), x: float32(p.X), y: float32(p.minus(c.centre).dot(c.up)),
	}
	out.open = float32(b.open(p, n, list))
}

// open measures how much of the sky over a place is free: creases and hollows are darker.
func (b *body) open(p, n vec, list []int) float64 {
	shut := 0.0
	for i, reach := range [...]float64{0.25, 0.7, 1.6} {
		reach *= b.size
		d := b.distance(p.plus(n.times(reach)), list)
		shut += clamp((reach-d)/reach, 0, 1) * [...]float64{0.30, 0.35, 0.35}[i]
	}
	return clamp(1-shut, 0, 1)
}
