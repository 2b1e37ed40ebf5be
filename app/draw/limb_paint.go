package draw

import (
	"image"
	"image/color"
	"math"

	xdraw "golang.org/x/image/draw"
)

// finest is the greatest width or height at which a body is worked out, px; larger pictures are enlarged from it.
const finest = 1000

// build paints what does not move, once for every size.
func (k *limbKey) build(img *image.RGBA) {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	if big := max(w, h); big > finest {
		f := float64(finest) / float64(big)
		small := image.NewRGBA(image.Rect(0, 0, max(int(float64(w)*f), 1), max(int(float64(h)*f), 1)))
		k.paint(small)
		xdraw.CatmullRom.Scale(img, img.Rect, small, small.Rect, xdraw.Src, nil)
	} else {
		k.paint(img)
	}
	if k.labels {
		p := penOn(img)
		defer p.done()
		k.words(p)
	}
}

func (k *limbKey) paint(img *image.RGBA) {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	s := k.scene()
	c := k.camera(s, w, h)
	seen := []*sight{c.look(s.skin, w, h)}
	if props := s.props(k.hand); len(props.lumps) > 0 {
		seen = append(seen, c.look(props, w, h))
	}
	var inner *sight
	if k.inside {
		inner = c.look(s.bones, w, h)
	}
	k.paintSheet(img, &c, seen)
	light := lamp(&c)
	level := s.site.surface.minus(c.centre).dot(c.up)
	inParallel(h, func(y int) {
		for x := range w {
			k.paintPixel(img.Pix[img.PixOffset(x, y):][:4:4], s, x, y, seen, inner, light, level)
		}
	})
}

// paintPixel lays what is seen in one pixel over the sheet, the farther body first.
func (k *limbKey) paintPixel(q []uint8, s *scene, x, y int, seen []*sight, inner *sight, light vec, level float64) {
	var hits [2]hit
	n := 0
	for _, one := range seen {
		if h := one.at(x, y); h.cover(one.grain) > 0 {
			hits[n] = h
			n++
		}
	}
	if n == 2 && hits[0].deep > hits[1].deep {
		hits[0], hits[1] = hits[1], hits[0]
	}
	for i := range n {
		o := &hits[i]
		cover := o.cover(seen[0].grain)
		if i+1 < n && hits[i+1].cover(seen[0].grain) > 0.999 {
			continue
		}
		col := k.surface(s, o, light, level)
		if inner != nil && o.stuff == flesh {
			b := inner.at(x, y)
			col = k.through(s, col, &b, b.cover(inner.grain), light)
		}
		blend(q, col, uint8(cover*255+0.5))
	}
}

// lamp is the direction of the light as the eye sees it; it falls from the head of the bed.
func lamp(c *camera) vec {
	l := vec{-0.38, 0.72, 0.60}
	if c.right.X < 0 {
		l.X = 0.38
	}
	return l.unit()
}

// tones are the skin's colours: in the light, in half shade and in the dark.
var tones = [4][3]color.NRGBA{
	{hex(0xF2CBB0), hex(0xCB8B6A), hex(0x54281F)},
	{hex(0xE0AE88), hex(0xB27450), hex(0x452017)},
	{hex(0xB98058), hex(0x85532F), hex(0x30170F)},
	{hex(0x8A5A3C), hex(0x5A3623), hex(0x1F100B)},
}

// surface lights one place of the figure; level is the height of the site in the picture, cm.
func (k *limbKey) surface(s *scene, o *hit, light vec, level float64) color.NRGBA {
	n := vec{float64(o.nx), float64(o.ny), float64(o.nz)}
	x, y := float64(o.x)/s.size, float64(o.y)/s.size
	switch o.stuff {
	case cloth:
		return matt(k.clothColour(x, y), n, light, float64(o.open))
	case glove:
		return gloss(hex(0x7F94C9), n, light, float64(o.open), 0.35)
	case nail:
		return gloss(mix(tones[k.tone][0], hex(0xF4D8D0), 0.5), n, light, float64(o.open), 0.5)
	}
	at := vec{(float64(o.x) - s.site.surface.X) / s.size, (float64(o.y) - level) / s.size, 0}
	return k.fleshAt(s, n, x, y, at, light, float64(o.open))
}

func (k *limbKey) fleshAt(s *scene, n vec, x, y float64, at, light vec, open float64) color.NRGBA {
	t := &tones[k.tone]
	// pores and fine lines break up the light a little
	grain := noise2(x*5.2, y*5.2, 5)*0.6 + noise2(x*11, y*11, 6)*0.4 - 0.5
	diffuse := clamp((n.dot(light)+0.30)/1.30+0.05*grain, 0, 1)
	diffuse = math.Pow(diffuse, 1.15) * (0.35 + 0.65*open)
	var c color.NRGBA
	if diffuse < 0.55 {
		c = mix(t[2], t[1], smooth(-0.08, 0.55, diffuse))
	} else {
		c = mix(t[1], t[0], (diffuse-0.55)/0.45)
	}
	// blood under the skin: redder where it is thin, and in blotches
	blush := 0.6*cloud(x*0.36, y*0.36, 11) + 0.4*cloud(x*0.9, y*0.9, 12)
	c = mix(c, color.NRGBA{0xB8, 0x4A, 0x3C, 255}, 0.05+0.15*smooth(0.45, 0.85, blush))
	c = mix(c, color.NRGBA{0x9E, 0x3A, 0x2C, 255}, 0.22*(1-open))
	if k.mottled { // a net of dusky lines over pale skin
		wx, wy := x+2.2*noise2(x*0.45, y*0.45, 14), y+2.2*noise2(x*0.45+30, y*0.45, 15)
		ridge := 1 - 2*math.Abs(noise2(wx*0.62, wy*0.62, 13)-0.5)
		ridge = max(ridge, 1-2*math.Abs(noise2(wx*0.62+70, wy*0.62+9, 17)-0.5))
		lace := smooth(0.45, 1, ridge) * (0.35 + 0.65*smooth(0.3, 0.7, noise2(x*0.2, y*0.25, 16)))
		c = mix(c, color.NRGBA{0xC4, 0xB0, 0xAE, 255}, 0.24)
		c = mix(c, color.NRGBA{0x80, 0x42, 0x5E, 255}, 0.30*lace)
	}
	wet := 0.0
	if k.signs != 0 {
		lit := c
		c, wet = k.marked(c, s, at.X, at.Y)
		c = mix(c, shade(c, 0.25+0.75*diffuse), 0.5*clamp(apart(lit, c), 0, 1)) // what lies on the skin is lit as it is
	}
	half := vec{light.X, light.Y, light.Z + 1}.unit()
	shine := math.Pow(clamp(n.dot(half), 0, 1), 26+60*wet) * (0.10 + 0.05*grain + 0.30*wet) * open
	rim := math.Pow(1-clamp(n.Z, 0, 1), 3)
	c = shade(c, 1-0.22*rim)
	return mix(c, color.NRGBA{255, 240, 228, 255}, clamp(shine*1.6, 0, 1))
}

// apart is how different two colours are, 0..1.
func apart(a, b color.NRGBA) float64 {
	d := func(x, y uint8) float64 { return math.Abs(float64(x) - float64(y)) }
	return (d(a.R, b.R) + d(a.G, b.G) + d(a.B, b.B)) / 255
}

func matt(c color.NRGBA, n, light vec, open float64) color.NRGBA {
	d := clamp((n.dot(light)+0.5)/1.5, 0, 1) * (0.4 + 0.6*open)
	return shade(c, 0.28+0.86*d)
}

func gloss(c color.NRGBA, n, light vec, open, shine float64) color.NRGBA {
	c = matt(c, n, light, open)
	half := vec{light.X, light.Y, light.Z + 1}.unit()
	return mix(c, color.NRGBA{255, 255, 255, 255}, shine*math.Pow(clamp(n.dot(half), 0, 1), 30))
}

func (k *limbKey) clothColour(x, y float64) color.NRGBA {
	c := mix(k.theme.Sheet, color.NRGBA{0xD8, 0xE2, 0xE4, 255}, 0.55)
	return shade(c, 0.97+0.05*noise2(x*9, y*9, 31)+0.10*(noise2(x*0.5, y*0.7, 32)-0.5))
}

// through lays the bone into the skin that covers it.
func (k *limbKey) through(s *scene, skin color.NRGBA, b *hit, cover float64, light vec) color.NRGBA {
	pale := mix(shade(skin, 0.72), k.theme.Of(Muscle), 0.18)
	if cover == 0 {
		return pale
	}
	n := vec{float64(b.nx), float64(b.ny), float64(b.nz)}
	x, y := float64(b.x)/s.size, float64(b.y)/s.size
	base := k.theme.Of(NearCortex)
	if b.stuff == cartilage || b.stuff == kneecap && s.size < 0.3 {
		base = mix(base, k.theme.Of(GrowthPlate), 0.55)
	}
	base = shade(base, 0.93+0.10*noise2(x*1.2, y*3.5, 41)+0.05*noise2(x*5, y*9, 42))
	for _, p := range s.plates {
		if b.stuff == kneecap {
			break
		}
		wave := 0.12 * s.size * math.Sin(float64(b.y)*3.1/s.size)
		d := math.Abs(float64(b.x)-p.at+wave) / p.thick
		base = mix(base, k.theme.Of(GrowthPlate), 0.95*(1-smooth(0.4, 0.6, d)))
		base = mix(base, shade(k.theme.Of(GrowthPlate), 0.45), 0.5*(1-smooth(0, 0.14, math.Abs(d-0.6))))
	}
	d := clamp((n.dot(light)+0.30)/1.30, 0, 1) * (0.45 + 0.55*float64(b.open))
	col := shade(mix(base, hex(0x6B4A3A), 0.55*(1-d)), 0.40+0.72*d)
	col = mix(col, skin, 0.10+0.25*math.Pow(1-clamp(n.Z, 0, 1), 2))
	return mix(pale, col, cover)
}

// paintSheet paints the bed and the shadow the limb throws on it.
func (k *limbKey) paintSheet(img *image.RGBA, c *camera, seen []*sight) {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	dark := k.shadow(c, seen, w, h)
	base := mix(k.theme.Panel, k.theme.Sheet, 0.62)
	cx, cy := float64(w)*0.45, float64(h)*0.5
	f := 520 / math.Max(float64(h), 1)
	inParallel(h, func(y int) {
		for x := range w {
			dx, dy := (float64(x)-cx)/float64(w), (float64(y)-cy)/float64(h)
			light := 1.10 - 0.85*(dx*dx+dy*dy) - 0.16*dy
			px, py := float64(x)*f, float64(y)*f
			fold := noise2(px*0.006+0.4*noise2(px*0.01, py*0.01, 51), py*0.017+px*0.003, 52)
			light += 0.14*(fold-0.5) + 0.018*(noise2(px*0.8, py*0.8, 53)-0.5)
			col := shade(base, clamp(light, 0, 1.3)*(1-0.62*float64(dark[y*w+x])))
			q := img.Pix[4*(y*w+x):]
			q[0], q[1], q[2], q[3] = col.R, col.G, col.B, 255
		}
	})
}

// shadow blurs the outline and lets it fall below the limb.
func (k *limbKey) shadow(c *camera, seen []*sight, w, h int) []float32 {
	a, b := make([]float32, w*h), make([]float32, w*h)
	size := k.scene().size
	down, side := int(1.5*size*c.px), int(0.9*size*c.px)
	if c.right.X < 0 {
		side = -side
	}
	inParallel(h, func(y int) {
		for x := range w {
			sx, sy := max(0, min(x-side, w-1)), max(y-down, 0)
			for _, one := range seen {
				i := min(int(float64(sy)/one.grain), one.h-1)*one.w + min(int(float64(sx)/one.grain), one.w-1)
				a[y*w+x] = max(a[y*w+x], float32(one.hits[i].cover(1)))
			}
		}
	})
	r := max(int(0.9*size*c.px), 1)
	for range 2 {
		blurRows(b, a, w, h, r, 1, w)
		blurRows(a, b, h, w, r, w, 1)
	}
	return a
}

// blurRows averages over 2r+1 neighbours along rows of n values step apart; rows are next apart.
func blurRows(dst, src []float32, n, rows, r, step, next int) {
	k := 1 / float32(2*r+1)
	for row := range rows {
		o := row * next
		sum := float32(0)
		for i := -r; i <= r; i++ {
			sum += src[o+max(0, min(i, n-1))*step]
		}
		for i := range n {
			dst[o+i*step] = sum * k
			sum += src[o+min(i+r+1, n-1)*step] - src[o+max(i-r, 0)*step]
		}
	}
}
