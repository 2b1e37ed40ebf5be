package draw

import (
	"image"
	"image/color"
	"math"
)

// texture returns the colour of a tissue at a pixel of the section. Textures are laid out in millimetres, so that they
// keep their grain when the window changes its size.
func (k *sectionKey) texture(g *ground, b *bedding, x, y float64) color.NRGBA {
	mx, my := (x-g.middle)/g.px, (y-b.top)/g.px // mm from the middle and from the top of the layer
	t := clamp((y-b.top)/max(b.depth, 1), 0, 1) // 0 at the top of the layer, 1 at its foot
	base := k.theme.Of(b.tissue)
	switch b.tissue {
	case Air:
		return k.air(g, y)
	case Skin:
		return k.skinAt(base, mx, my, t)
	case Fat:
		return k.fatAt(base, mx, my+b.topMM, t)
	case Muscle, DeepTissue:
		return k.muscleAt(base, mx, my+b.topMM)
	case Periosteum:
		return shade(base, 0.92+0.16*t)
	case NearCortex:
		return k.cortexAt(base, mx, my+b.topMM, t)
	case FarCortex:
		return k.cortexAt(base, mx, my+b.topMM, 1-t)
	case Marrow:
		return k.marrowAt(base, mx, my+b.topMM, t, b.depth/g.px)
	}
	return base
}

func (k *sectionKey) air(g *ground, y float64) color.NRGBA {
	base := k.theme.Of(Air)
	deep := 0.25
	if k.theme.Light {
		deep = 0.08
	}
	return shade(base, 1-deep*clamp(1-y/max(g.skinY, 1), 0, 1))
}

func (k *sectionKey) skinAt(base color.NRGBA, mx, my, t float64) color.NRGBA {
	c := mix(shade(base, 1.10), shade(base, 0.88), t)
	speck := noise2(mx*9, my*9, k.seed+3)
	c = shade(c, 0.95+0.10*speck)
	if my < 0.14 { // the horny layer
		c = mix(shade(base, 0.62), c, smooth(0.03, 0.14, my))
	}
	// papillae: the wavy border between epidermis and dermis
	wave := 0.28 + 0.07*math.Sin(mx*7+2*noise2(mx, 0, k.seed))
	return mix(shade(c, 0.90), c, smooth(wave-0.06, wave+0.06, my))
}

func (k *sectionKey) fatAt(base color.NRGBA, mx, my, t float64) color.NRGBA {
	wx := mx + 0.4*noise2(mx*0.8, my*0.8, k.seed+5)
	near, next, id := cells(wx*0.75, my*0.75, k.seed+4)
	c := shade(base, 0.88+0.18*id)
	c = mix(c, shade(base, 1.25), 0.35*clamp(1-near*1.8, 0, 1))
	septum := 1 - smooth(0.03, 0.12, next-near)
	c = mix(c, shade(mix(base, color.NRGBA{0xB0, 0x6A, 0x40, 255}, 0.5), 0.9), 0.55*septum)
	return shade(c, 1.03-0.12*t)
}

func (k *sectionKey) muscleAt(base color.NRGBA, mx, my float64) color.NRGBA {
	warp := 0.6 * noise2(mx*0.25, my*0.5, k.seed+9)
	fibre := noise2(mx*0.35, (my+warp)*5, k.seed+6)
	bundle := noise2(mx*0.12, (my+warp)*1.3, k.seed+7)
	c := shade(base, 0.82+0.22*fibre+0.14*bundle)
	if line := math.Abs(bundle - 0.5); line < 0.02 {
		c = mix(c, shade(base, 1.3), 0.25)
	}
	return c
}

// cortexAt paints dense bone: fine lamellae along the surface, and canals. t is 0 on the outer face.
func (k *sectionKey) cortexAt(base color.NRGBA, mx, my, t float64) color.NRGBA {
	c := mix(shade(base, 1.22), shade(base, 0.86), t)
	warp := 0.22 * noise2(mx*0.5, my*1.5, k.seed+11)
	lamella := noise2(mx*0.8, (my+warp)*11, k.seed+12)
	c = shade(c, 0.955+0.075*lamella)
	near, next, id := cells(mx*1.5, (my+warp)*4.2, k.seed+13)
	if id > 0.42 { // a canal in its ring of bone
		c = mix(c, shade(base, 0.60), 0.75*(1-smooth(0.07, 0.16, near)))
		c = mix(c, shade(base, 0.90), 0.5*(1-smooth(0, 0.10, math.Abs(near-0.34))))
	}
	c = mix(c, shade(base, 0.90), 0.25*(1-smooth(0.02, 0.10, next-near)))
	if t > 0.78 { // the inner face is ragged where trabeculae spring from it
		pore, _, _ := cells(mx*1.1, my*1.4, k.seed+14)
		c = mix(c, k.theme.Of(Marrow), 0.7*smooth(0.80, 1, t)*(1-smooth(0.18, 0.34, pore)))
	}
	return c
}

// marrowAt paints the medullary cavity: a trabecular net, dense near both walls and open in the middle, in red marrow
// with drops of fat.
func (k *sectionKey) marrowAt(base color.NRGBA, mx, my, t, thickness float64) color.NRGBA {
	wall := min(t, 1-t) * 2 // 0 at a wall, 1 in the middle
	c := shade(base, 0.78+0.20*noise2(mx*1.1, my*1.1, k.seed+23)+0.14*noise2(mx*5, my*5, k.seed+27))
	if drop, _, fat := cells(mx*1.7, my*1.7, k.seed+24); fat > 0.70 {
		c = mix(c, shade(mix(base, k.theme.Of(Fat), 0.55), 1.05), 0.5*(1-smooth(0.14, 0.30, drop)))
	}
	grain := clamp(9/max(thickness, 1), 0.55, 1.4)
	far, beam := k.beam(mx*0.62*grain+31, my*0.70*grain, 0.35+0.65*wall, k.seed+40)
	c = mix(c, shade(k.theme.Of(NearCortex), 0.52), 0.45*beam) // a net that lies deeper
	near, beam := k.beam(mx*0.85*grain, my*0.95*grain, wall, k.seed+20)
	c = mix(c, shade(base, 0.50), 0.45*(1-smooth(0.05, 0.22, near))*(1-0.6*wall)) // its shadow
	light := 0.70 + 0.22*noise2(mx*2.5, my*2.5, k.seed+28) + 0.05*far
	c = mix(c, shade(k.theme.Of(NearCortex), light), (0.86-0.22*wall)*beam)
	return shade(c, 0.84+0.16*smooth(0, 0.25, wall))
}

// beam returns how far a place is from the nearest trabecula and how much of one it shows. The net is drawn out by two
// scales of noise, so that its meshes are not cells but sponge.
func (k *sectionKey) beam(x, y, wall float64, seed uint32) (far, shows float64) {
	x, y = x+0.9*noise2(x*0.9, y*0.9, seed+1)+0.30*noise2(x*3, y*3, seed+2), y+0.9*noise2(x*0.9+40, y*0.9, seed+3)+0.30*noise2(x*3+40, y*3, seed+4)
	near, next, _ := cells(x, y, seed)
	far = next - near
	wide := 0.05 + 0.13*(1-smooth(0, 0.8, wall)) + 0.07*noise2(x*1.3, y*1.3, seed+5)
	there := smooth(0.36, 0.58, noise2(x*0.75+9, y*0.75, seed+6)+0.30*(1-wall))
	return far, (1 - smooth(wide*0.6, wide*1.1, far)) * there
}

// buildHidden paints what is seen from outside: skin over everything.
func (k *sectionKey) buildHidden(img *image.RGBA, g *ground) {
	base := k.theme.Of(Skin)
	half := g.w / 2 / g.px
	for x := range img.Rect.Dx() {
		mm := (float64(x) - g.middle) / g.px
		top := g.y(bow(0, g.total, mm, half))
		for y := range img.Rect.Dy() {
			c := k.air(g, float64(y))
			if over := clamp(float64(y+1)-top, 0, 1); over > 0 {
				c = mix(c, k.outside(base, g, mm, (float64(y)-top)/g.px, half), over)
			}
			q := img.Pix[img.PixOffset(x, y):]
			q[0], q[1], q[2], q[3] = c.R, c.G, c.B, 255
		}
	}
}

// outside is the skin of a limb seen from the side, round and lit from above.
func (k *sectionKey) outside(base color.NRGBA, g *ground, mx, my, half float64) color.NRGBA {
	t := clamp(my/(g.h-g.skinY)*g.px, 0, 1)
	light := 1.10 - 0.62*math.Pow(t, 1.15) - 0.10*(mx/half)*(mx/half)
	c := shade(base, light)
	c = mix(c, color.NRGBA{0xA8, 0x4E, 0x3E, 255}, 0.16*noise2(mx*0.22, my*0.22, k.seed+31))
	fine := noise2(mx*4.5, my*4.5, k.seed+32)
	c = shade(c, 0.975+0.05*fine)
	near, next, _ := cells(mx*1.6, my*1.6, k.seed+33)
	c = mix(c, shade(c, 0.86), 0.22*(1-smooth(0.01, 0.07, next-near))*(1-t))
	return mix(shade(base, 1.25), c, 0.55+0.45*smooth(0, 0.5, my))
}
