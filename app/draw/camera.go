package draw

import (
	"math"
	"runtime"
	"sync"
	"sync/atomic"
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
	if s < 0 { // seen from the outer side the head lies the other way; anterior stays up
		right, up = right.times(-1), up.times(-1)
	}
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
	edge   float32 // distance of the surface from the ray, px: below 0.5 it shows, at -0.5 it fills the pixel
	nx, ny float32 // normal as the eye sees it
	nz     float32
	deep   float32 // along the view from the centre plane, cm, greater is nearer
	open   float32 // 0..1, how much sky it sees
	x, y   float32 // along the limb, and around it, for textures, cm
	stuff  stuff
}

const tile = 16

// cover is how much of a pixel is filled, 0..1; grain is px of the picture per px worked out.
func (h *hit) cover(grain float64) float64 {
	if h.edge >= missed {
		return 0
	}
	return clamp(0.5-float64(h.edge)*grain, 0, 1)
}

// missed is the edge of a ray that met nothing, px.
const missed = 2

// sight is what the camera sees of a body, worked out on a coarser grid than the picture's: forms are smooth, and the
// outline is kept as a distance, so that little is lost.
type sight struct {
	w, h  int
	grain float64 // px of the picture per px here
	hits  []hit
}

// look renders what the camera sees of a body in a picture of w by h px.
func (c *camera) look(b *body, w, h int) *sight {
	grain := 1.0
	if max(w, h) > 360 {
		grain = 2
	}
	s := &sight{w: int(float64(w)/grain) + 1, h: int(float64(h)/grain) + 1, grain: grain}
	s.hits = make([]hit, s.w*s.h)
	for i := range s.hits {
		s.hits[i].edge = missed
	}
	near := *c
	near.w, near.h, near.px = c.w/grain, c.h/grain, c.px/grain
	inParallel((s.h+tile-1)/tile, func(row int) {
		var buffer [64]int
		for x := 0; x < s.w; x += tile {
			if list := near.near(b, x, row*tile, buffer[:0]); len(list) > 0 {
				near.lookTile(b, s.hits, s.w, s.h, x, row*tile, list)
			}
		}
	})
	return s
}

// inParallel calls do for 0..n-1 on a few goroutines.
func inParallel(n int, do func(i int)) {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	wait.Wait()
}

// at returns what is seen in a pixel of the picture, between the four places around it.
func (s *sight) at(x, y int) hit {
	fx := clamp((float64(x)+0.5)/s.grain-0.5, 0, float64(s.w-1))
	fy := clamp((float64(y)+0.5)/s.grain-0.5, 0, float64(s.h-1))
	ix, iy := int(fx), int(fy)
	tx, ty := float32(fx-float64(ix)), float32(fy-float64(iy))
	o := iy*s.w + ix
	right, down := 1, s.w
	if ix+1 >= s.w {
		right = 0
	}
	if iy+1 >= s.h {
		down = 0
	}
	around := [4]*hit{&s.hits[o], &s.hits[o+right], &s.hits[o+down], &s.hits[o+down+right]}
	weights := [4]float32{(1 - tx) * (1 - ty), tx * (1 - ty), (1 - tx) * ty, tx * ty}
	var out hit
	if around[0].edge >= missed && around[1].edge >= missed && around[2].edge >= missed && around[3].edge >= missed {
		return hit{edge: missed}
	}
	sum, best := float32(0), float32(-1)
	for i, h := range around {
		k := weights[i]
		out.edge += k * h.edge
		if h.edge >= missed {
			continue
		}
		sum += k
		out.nx, out.ny, out.nz = out.nx+k*h.nx, out.ny+k*h.ny, out.nz+k*h.nz
		out.deep, out.open, out.x, out.y = out.deep+k*h.deep, out.open+k*h.open, out.x+k*h.x, out.y+k*h.y
		if k > best {
			best, out.stuff = k, h.stuff
		}
	}
	if sum == 0 {
		return hit{edge: missed}
	}
	k := 1 / sum
	length := float32(math.Sqrt(float64(out.nx*out.nx + out.ny*out.ny + out.nz*out.nz)))
	n := 1 / max(length, 1e-6)
	out.nx, out.ny, out.nz = out.nx*n, out.ny*n, out.nz*n
	out.deep, out.open, out.x, out.y = out.deep*k, out.open*k, out.x*k, out.y*k
	return out
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
	for range 140 { // a ray that grazes an edge needs many small steps to what lies behind it
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
	edge := near / pixel
	if near < 0.12*pixel {
		edge = -0.5
	}
	if edge >= missed-0.5 {
		return
	}
	p := base.plus(c.view.times(nearZ))
	n := b.normal(p, list)
	eye := c.turn(n)
	*out = hit{
		edge: float32(edge), nx: float32(eye.X), ny: float32(eye.Y), nz: float32(eye.Z),
		deep: float32(nearZ), x: float32(p.X), y: float32(p.minus(c.centre).dot(c.up)), stuff: b.lumps[list[0]].stuff,
	}
	if b.mixed(list) {
		out.stuff = b.made(p, list)
	}
	out.open = float32(b.open(p, n, list))
}

// mixed reports whether the lumps are of several stuffs.
func (b *body) mixed(list []int) bool {
	for _, i := range list[1:] {
		if b.lumps[i].stuff != b.lumps[list[0]].stuff {
			return true
		}
	}
	return false
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
