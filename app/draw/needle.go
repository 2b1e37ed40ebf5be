package draw

import (
	"image/color"
	"math"
)

// TipShape is the form of a needle's point.
type TipShape uint8

// The points.
const (
	Trocar TipShape = iota // three facets, as on Jamshidi and powered sets
	Bevel                  // cut on one side
	Drill                  // fluted
)

// HubShape is what a hand or driver holds.
type HubShape uint8

// The hubs.
const (
	PowerHub  HubShape = iota // a round luer hub under a drill coupling
	ManualHub                 // a broad handle for the palm
	SpringHub                 // the body of a spring driver
)

// NeedleShape is a needle as it looks.
type NeedleShape struct {
	LengthMM   float64 // hub to tip, 0 = 25
	DiameterMM float64 // 0 = 1.8, which is 15G
	Hub        color.NRGBA
	HubShape   HubShape
	Tip        TipShape
	TipMM      float64 // length of the taper, 0 = 3
	MarkMM     float64 // distance of the depth mark from the hub, 0 = 5, negative = no mark
	Worn       float64 // 0..1 blunt
}

func (n NeedleShape) defaulted() NeedleShape {
	or := func(x *float64, d, lo, hi float64) {
		if *x == 0 || math.IsNaN(*x) {
			*x = d
		}
		*x = clamp(*x, lo, hi)
	}
	or(&n.LengthMM, 25, 3, 150)
	or(&n.DiameterMM, 1.8, 0.3, 10)
	or(&n.TipMM, 3, 0.2, n.LengthMM/2)
	or(&n.MarkMM, 5, -1, n.LengthMM)
	if n.Hub.A == 0 {
		n.Hub = HubColor(n.LengthMM)
	}
	return n
}

// HubColor returns the colour by which a powered needle of a length is known: pink 15 mm, blue 25 mm, yellow 45 mm; other
// lengths are steel.
func HubColor(lengthMM float64) color.NRGBA {
	switch {
	case lengthMM > 10 && lengthMM < 20:
		return hex(0xD9577F)
	case lengthMM >= 20 && lengthMM < 30:
		return hex(0x3F7FD4)
	case lengthMM >= 40 && lengthMM < 50:
		return hex(0xE5C33A)
	}
	return hex(0x98A6B4)
}

// rod is a needle laid on a picture: a bent axis from the hub to the tip.
type rod struct {
	*pen
	n      NeedleShape
	px     float64 // per mm
	x, y   float64 // of the tip, px
	dx, dy float64 // unit vector from the hub to the tip
	short  float64 // how much of its length is seen by an eye that looks along it, 0..1
	bend   float64 // rad
	held   bool    // the coupling of a driver sits on the hub
	turn   float64
	theme  *Theme
	u      float64
}

// at returns the pixel a distance s mm from the tip towards the hub and r mm to the side.
func (r *rod) at(s, side float64) (x, y float64) {
	t := clamp(1-s/r.n.LengthMM, 0, 1) // 0 at the hub
	off := side
	if r.bend != 0 { // the free end bends: the hub part is displaced so that the tip stays where it truly is
		off += r.bend * r.n.LengthMM / 2 * (t*t - 1)
	}
	s *= r.short
	return r.x - (r.dx*s+r.dy*off)*r.px, r.y - (r.dy*s-r.dx*off)*r.px
}

// band adds the strip between two distances from the tip and two offsets.
func (r *rod) band(s0, s1, a, b float64) {
	n := 1
	if r.bend != 0 {
		n = 12
	}
	for i := 0; i <= n; i++ {
		x, y := r.at(s0+(s1-s0)*float64(i)/float64(n), a)
		if i == 0 {
			r.move(x, y)
		} else {
			r.line(x, y)
		}
	}
	for i := n; i >= 0; i-- {
		r.line(r.at(s0+(s1-s0)*float64(i)/float64(n), b))
	}
	r.close()
}

// steel is the light on a polished tube from its right to its left edge.
var steel = [...]uint32{0x5D6873, 0x8B97A3, 0xC3CDD6, 0xF1F5F8, 0xDCE3E9, 0xA9B4BF, 0x7C8792, 0x525C66}

func (r *rod) tube(s0, s1 float64) {
	d := r.n.DiameterMM
	steps := len(steel)
	if d*r.px < 4 {
		steps = 4
	}
	r.band(s0, s1, -d/2, d/2)
	r.fill(hex(steel[len(steel)/2]))
	for i := range steps {
		a, b := float64(i)/float64(steps)-0.5, float64(i+1)/float64(steps)-0.5
		r.band(s0, s1, a*d, b*d+0.02*d)
		r.fill(hex(steel[i*len(steel)/steps]))
	}
}

// draw paints tube, point, mark and hub; cut is the distance from the tip below which nothing shows, mm.
func (r *rod) draw(stylet, cut float64) {
	n := &r.n
	tip := n.TipMM
	if stylet <= 0 {
		r.point(tip, cut)
	}
	open := tip
	if stylet > 0 {
		open = r.cannula(tip)
	}
	if from := max(open, cut); from < n.LengthMM {
		r.tube(from, n.LengthMM)
		r.scale(from)
		r.mark(from)
	}
	r.hub()
	if stylet > 0 && stylet <= n.LengthMM*1.2 {
		r.styletOut(stylet)
	}
}

// point draws the stylet's and tube's common point, its facets turning with the needle.
func (r *rod) point(tip, cut float64) {
	if cut >= tip {
		return
	}
	h := r.n.DiameterMM / 2
	blunt := h * (0.06 + 0.5*clamp(r.n.Worn, 0, 1))
	left, right := -blunt, blunt
	if r.n.Tip == Bevel {
		left, right = h*0.75, h
	}
	facet := func(a0, a1, b0, b1 float64, c color.NRGBA) {
		x, y := r.at(tip, a0)
		r.move(x, y)
		r.line(r.at(tip, a1))
		r.line(r.at(0, b1))
		r.line(r.at(0, b0))
		r.close()
		r.fill(c)
	}
	facet(-h, h, left, right, hex(0xB8C3CC))
	// three ridges 120 degrees apart; only those facing the viewer show
	for i := range 3 {
		a := r.turn + float64(i)*2*math.Pi/3
		b := a + 2*math.Pi/3
		if math.Cos((a+b)/2) < -0.2 {
			continue
		}
		sa, sb := clamp(math.Sin(a), -1, 1), clamp(math.Sin(b), -1, 1)
		if sa > sb {
			sa, sb = sb, sa
		}
		light := 0.62 + 0.62*clamp(math.Cos((a+b)/2-0.7), 0, 1)
		facet(sa*h, sb*h, left+(right-left)*(sa+1)/2, left+(right-left)*(sb+1)/2, shade(hex(0xB8C3CC), light))
	}
}

// cannula draws the open end that is left when the stylet is out and returns where the tube begins.
func (r *rod) cannula(tip float64) float64 {
	d := r.n.DiameterMM
	start := 0.35 * tip
	r.band(start, tip+0.2, -d/2, d/2)
	r.fill(hex(0x9AA6B1))
	r.band(start, tip+0.2, -d/2, -d*0.30)
	r.fill(hex(0x6A7580))
	r.band(start, tip+0.2, d*0.02, d*0.22)
	r.fill(hex(0xE8EEF2))
	r.band(start, start+0.35, -d*0.32, d*0.32)
	r.fill(hex(0x20272E))
	return tip
}

// scale draws rings every 10 mm along the tube.
func (r *rod) scale(from float64) {
	for s := 10.0; s < r.n.LengthMM-1; s += 10 {
		if s > from+0.5 {
			r.band(s-0.07, s+0.07, -r.n.DiameterMM/2, r.n.DiameterMM/2)
			r.fill(color.NRGBA{0x30, 0x38, 0x40, 120})
		}
	}
	if r.turn == 0 {
		return
	}
	// a fine spiral shows that the tube turns
	h := r.n.DiameterMM / 2
	for s := from + math.Mod(math.Abs(r.turn)/(2*math.Pi), 1)*3; s < r.n.LengthMM-0.8; s += 3 {
		x0, y0 := r.at(s, -h*0.96)
		x1, y1 := r.at(min(s+0.8, r.n.LengthMM), h*0.96)
		r.segment(x0, y0, x1, y1, max(0.8*r.u, 0.1*r.px), color.NRGBA{0x39, 0x45, 0x52, 90})
	}
}

// mark draws the black ring that must still be seen above the skin when the tip stands on bone.
func (r *rod) mark(from float64) {
	m := r.n.LengthMM - r.n.MarkMM
	if r.n.MarkMM < 0 || m < from {
		return
	}
	d := r.n.DiameterMM
	thick := max(0.7, 2.4*r.u/r.px)
	r.band(m-thick/2, m+thick/2, -d/2-0.06, d/2+0.06)
	r.fill(hex(0x101418))
}

// hub draws what sits on the tube, from its lower face upwards.
func (r *rod) hub() {
	c := r.n.Hub
	l := r.n.LengthMM
	switch r.n.HubShape {
	case ManualHub:
		r.block(l, l+3, 2.2, 3.0, c)
		r.block(l+3, l+6, 3.0, 9.5, c)
		r.block(l+6, l+13, 9.5, 8.0, shade(c, 1.06))
		return
	case SpringHub:
		r.block(l, l+4, 6.5, 7.5, shade(c, 0.8))
		r.block(l+4, l+40, 7.5, 7.5, c)
		return
	}
	r.block(l, l+1.1, 3.6, 3.9, shade(c, 0.86))
	r.block(l+1.1, l+6.2, 2.7, 3.1, c)
	// grip ribs move as the hub turns
	for i := range 4 {
		a := r.turn + float64(i)*math.Pi/4
		if x := math.Sin(a*1) * 2.6; math.Cos(a) > 0 {
			r.band(l+1.6, l+5.8, x-0.16, x+0.16)
			r.fill(withAlpha(shade(c, 0.55), 0.75))
		}
	}
	r.block(l+6.2, l+8.2, 2.2, 2.2, shade(c, 0.92))
	if !r.held {
		return
	}
	r.block(l+8.2, l+24, 3.4, 3.8, hex(0x39434E))
}

// block draws a round part, wider or narrower at its ends, with the light of a cylinder.
func (r *rod) block(s0, s1, w0, w1 float64, c color.NRGBA) {
	const strips = 7
	light := [strips]float64{0.62, 0.86, 1.04, 1.22, 1.02, 0.84, 0.58}
	for i := range strips {
		a, b := float64(i)/strips*2-1, float64(i+1)/strips*2-1
		if i < strips-1 {
			b += 0.03
		}
		x, y := r.beyond(s0, a*w0)
		r.move(x, y)
		r.line(r.beyond(s0, b*w0))
		r.line(r.beyond(s1, b*w1))
		r.line(r.beyond(s1, a*w1))
		r.close()
		r.fill(shade(c, light[strips-1-i]))
	}
}

// beyond is at for the hub, which is stiff.
func (r *rod) beyond(s, side float64) (x, y float64) {
	if s <= r.n.LengthMM {
		return r.at(s, side)
	}
	x, y = r.at(r.n.LengthMM, side)
	over := (s - r.n.LengthMM) * r.px * r.short
	return x - r.dx*over, y - r.dy*over
}

// styletOut draws the stylet drawn out above the hub.
func (r *rod) styletOut(out float64) {
	w := r.n.DiameterMM * 0.32
	l := r.n.LengthMM + 6
	for i, c := range []uint32{0x8B97A3, 0xE4EAEF, 0x6C7782} {
		a := (float64(i)/3*2 - 1) * w
		x, y := r.beyond(l, a)
		r.move(x, y)
		r.line(r.beyond(l, a+w*0.7))
		r.line(r.beyond(l+out, a+w*0.7))
		r.line(r.beyond(l+out, a))
		r.close()
		r.fill(hex(c))
	}
	r.block(l+out, l+out+3.5, 2.6, 2.6, shade(r.n.Hub, 0.8))
}
