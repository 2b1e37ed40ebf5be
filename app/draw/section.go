package draw

import (
	"image"
	"image/color"
	"math"
	"strconv"
)

// maxLayers bounds the layers of a section; more are not drawn.
const maxLayers = 12

// Layer is one tissue under the needle.
type Layer struct {
	Tissue      Tissue
	ThicknessMM float64 // > 0; a layer of nothing is left out
}

// SectionView is what a cut through skin and bone along the needle shows at one moment.
//
// Depths are below the undeformed skin and perpendicular to it, so that the tip is always drawn in the layer it is in,
// whatever the tilt.
type SectionView struct {
	Theme *Theme  // nil = Dark
	Scale float64 // px per dp, 0 = 1

	Layers []Layer // from the skin inwards; what is below the last is deep tissue
	Seed   uint32  // of the textures

	Needle   NeedleShape
	NoNeedle bool
	TipMM    float64 // depth of the tip, negative above the skin
	EntryMM  float64 // where the needle passes the skin, mm right of the middle
	TiltDeg  float64 // lean of the hub to the right, degrees
	BendDeg  float64 // of the tip against the hub, degrees, positive to the right
	TurnRad  float64 // angle of the needle about its axis
	StyletMM float64 // how far the stylet has been drawn out, 0 = in, beyond the needle's length = gone
	Held     bool    // a driver or hand holds the hub

	HoleMM   float64 // depth of the hole the needle has cut, 0 = none
	TrailMM  float64 // how far the needle has scraped along the bone to the right of the hole, mm
	Fluid    float64 // 0..1: fluid spreading in the marrow
	Swelling float64 // 0..1: fluid in the soft tissue

	Hidden bool   // only what a clinician sees: skin, needle, mark
	Labels bool   // names and thicknesses of layers, scale bar
	Ring   bool   // circle the tip
	Failed bool   // the ring says where it went wrong
	Note   string // one line of words at the foot of the picture
}

var sections stills[sectionKey]

// sectionKey is the part of a view that stays the same while the needle moves.
type sectionKey struct {
	theme  Theme
	scale  float64
	layers [maxLayers]Layer
	seed   uint32
	needle float64
	hidden bool
	labels bool
}

func (v *SectionView) key() sectionKey {
	k := sectionKey{
		theme: *themeOr(v.Theme), scale: scaleOr(v.Scale), seed: v.Seed,
		needle: v.Needle.defaulted().LengthMM, hidden: v.Hidden, labels: v.Labels,
	}
	n := 0
	for _, l := range v.Layers {
		if l.ThicknessMM > 0 && n < maxLayers {
			k.layers[n] = Layer{l.Tissue, min(l.ThicknessMM, 500)}
			n++
		}
	}
	return k
}

// ground maps millimetres of a section to pixels.
type ground struct {
	w, h   float64
	px     float64 // per mm
	skinY  float64 // px, of the skin in the middle
	middle float64 // px
	total  float64 // mm, skin to the last layer
}

func (k *sectionKey) ground(w, h int) ground {
	total := 0.0
	for _, l := range k.layers {
		total += l.ThicknessMM
	}
	if total == 0 {
		total = 30
	}
	above := clamp(0.45*k.needle, 6, 0.5*total+3)
	below := clamp(0.12*total, 2, 6)
	px := float64(h) / (above + total + below)
	return ground{w: float64(w), h: float64(h), px: px, skinY: above * px, middle: float64(w) / 2, total: total}
}

func (g *ground) x(mm float64) float64 { return g.middle + mm*g.px }
func (g *ground) y(mm float64) float64 { return g.skinY + mm*g.px }

// Section draws the cut.
func Section(dst *image.RGBA, v SectionView) {
	if dst = atOrigin(dst); dst == nil {
		return
	}
	k := v.key()
	w, h := dst.Rect.Dx(), dst.Rect.Dy()
	lay(dst, sections.get(k, w, h, k.build))
	p := penOn(dst)
	defer p.done()
	s := sectionPen{pen: p, v: &v, k: &k, g: k.ground(w, h), u: k.scale, t: &k.theme}
	s.moving()
}

// Mapping returns how a section of size w by h maps millimetres, for pointing at it: px per mm and the pixel of the skin
// in the middle.
func (v SectionView) Mapping(w, h int) (pxPerMM, x0, y0 float64) {
	k := v.key()
	g := k.ground(max(w, 1), max(h, 1))
	return g.px, g.middle, g.skinY
}

type sectionPen struct {
	*pen
	v *SectionView
	k *sectionKey
	g ground
	u float64 // px per dp
	t *Theme
}

// moving draws what changes from frame to frame, from the back to the front.
func (s *sectionPen) moving() {
	tip := clamp(s.v.TipMM, -200, 400)
	if !s.v.Hidden {
		s.fluid(tip)
		s.hole()
	}
	if s.v.Swelling > 0 {
		s.swelling()
	}
	if !s.v.NoNeedle {
		s.plumb()
		s.needle(tip)
	}
	if s.v.Note != "" {
		s.note()
	}
}

// bow returns how far a layer's border is displaced at x, mm: the skin and near wall arch towards the needle, the far wall
// away from it, as the rings of a bone cut across do. It is nothing in the middle, where the needle is.
func bow(depth, total, x, half float64) float64 {
	t := x / half
	arch := 0.10 * total * (1 - 1.75*depth/total)
	return arch * t * t
}

// build paints the layers, once for every size.
func (k *sectionKey) build(img *image.RGBA) {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	g := k.ground(w, h)
	if k.hidden {
		k.buildHidden(img, &g)
	} else {
		k.buildLayers(img, &g)
	}
	if k.labels {
		p := penOn(img)
		if !k.hidden {
			k.buildLabels(p, &g)
		}
		k.buildScale(p, &g)
		p.done()
	}
}

func (k *sectionKey) buildLayers(img *image.RGBA, g *ground) {
	const wide = 16
	w := img.Rect.Dx()
	inParallel((w+wide-1)/wide, func(i int) {
		for x := i * wide; x < min(w, (i+1)*wide); x++ {
			k.buildColumn(img, g, x)
		}
	})
}

func (k *sectionKey) buildColumn(img *image.RGBA, g *ground, x int) {
	var bed [maxLayers + 2]bedding
	beds := k.beds(g, float64(x), &bed)
	h := img.Rect.Dy()
	i := 0
	for y := range h {
		for i+1 < len(beds) && beds[i+1].top <= float64(y) {
			i++
		}
		c := k.texture(g, &beds[i], float64(x), float64(y))
		if i+1 < len(beds) { // the pixel a border crosses has some of both
			if part := float64(y+1) - beds[i+1].top; part > 0 {
				c = mix(c, k.texture(g, &beds[i+1], float64(x), float64(y+1)), part)
			}
		}
		q := img.Pix[img.PixOffset(x, y):]
		q[0], q[1], q[2], q[3] = c.R, c.G, c.B, 255
	}
}

// bedding is where a layer lies in one column.
type bedding struct {
	tissue Tissue
	top    float64 // px
	depth  float64 // thickness, px
	topMM  float64 // undisturbed
}

func (k *sectionKey) beds(g *ground, x float64, beds *[maxLayers + 2]bedding) []bedding {
	mm := (x - g.middle) / g.px
	half := g.w / 2 / g.px
	beds[0] = bedding{tissue: Air, top: -1e9}
	n, depth := 1, 0.0
	for _, l := range k.layers {
		if l.ThicknessMM <= 0 {
			break
		}
		wobble := (noise2(mm*0.55+7, depth*3, k.seed) - 0.5) * 0.25 * min(1, l.ThicknessMM)
		wobble *= clamp(math.Abs(mm)/2-0.5, 0, 1)
		beds[n] = bedding{tissue: l.Tissue, top: g.y(depth + bow(depth, g.total, mm, half) + wobble), topMM: depth}
		depth += l.ThicknessMM
		n++
	}
	beds[n] = bedding{tissue: DeepTissue, top: g.y(depth + bow(depth, g.total, mm, half)), topMM: depth}
	n++
	for i := range n - 1 {
		beds[i].depth = beds[i+1].top - beds[i].top
	}
	beds[n-1].depth = g.h
	return beds[:n]
}

func (k *sectionKey) buildScale(p *pen, g *ground) {
	mm := 5.0
	for mm*g.px > g.w/3 && mm > 1 {
		mm = 1
	}
	if mm*g.px > g.w/2 {
		return
	}
	u := k.scale
	x1, y := g.w-14*u, g.h-14*u
	x0 := x1 - mm*g.px
	ink := color.NRGBA{255, 255, 255, 230}
	dark := color.NRGBA{0, 0, 0, 110}
	p.roundRect(x0-10*u, y-20*u, x1+8*u, y+8*u, 5*u)
	p.fill(dark)
	p.fillRect(x0, y-1*u, x1, y+1*u, ink)
	p.fillRect(x0, y-4*u, x0+1.5*u, y+4*u, ink)
	p.fillRect(x1-1.5*u, y-4*u, x1, y+4*u, ink)
	Text(p.dst, (x0+x1)/2, y-6*u, strconv.Itoa(int(mm))+" mm", Style{Size: 11 * u, Align: AlignCentre}, ink)
}
