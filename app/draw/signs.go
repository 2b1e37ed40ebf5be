package draw

import (
	"image/color"
	"math"
	"strings"
)

// Signs are what can be seen on the skin of a limb that speaks against it.
type Signs uint8

// The signs.
const (
	Bruise   Signs = 1 << iota // a fresh fracture
	PaleBand                   // where a plaster was
	Scar                       // of an operation: metal may lie below
	Dressing                   // over an earlier puncture
	Redness                    // infection
	Burn
	White // no blood flow
)

// SignOf returns what a finding of a check, in the words of a case, shows on the skin; nothing for those that are only
// felt or asked.
func SignOf(check, text string) Signs {
	text = strings.ToLower(text)
	switch check {
	case "fracture":
		if strings.Contains(text, "plaster") {
			return PaleBand
		}
		return Bruise
	case "hardware":
		return Scar
	case "earlier-io":
		return Dressing
	case "infection":
		if strings.Contains(text, "burn") {
			return Burn
		}
		return Redness
	case "circulation":
		return White
	}
	return 0
}

// marked changes the colour of skin by the signs on it and returns how wet it shines, 0..1. The place is in adult
// centimetres from the site: x distal, y towards the front.
func (k *limbKey) marked(c color.NRGBA, s *scene, x, y float64) (color.NRGBA, float64) {
	wet := 0.0
	if k.signs&White != 0 {
		c = mix(c, color.NRGBA{0xD2, 0xCF, 0xD3, 255}, 0.55)
		c = mix(c, color.NRGBA{0x7C, 0x86, 0xA6, 255}, 0.20*smooth(8, 34, x))
	}
	if k.signs&PaleBand != 0 {
		band := smooth(0.6, 2.2, x) * (1 - smooth(9.5, 11.2, x))
		c = mix(c, mix(shade(c, 1.35), color.NRGBA{0xEE, 0xE2, 0xD6, 255}, 0.4), band*(0.55+0.25*noise2(x*2.5, y*2.5, 61)))
		edge := 1 - smooth(0.2, 1.0, min(math.Abs(x-1.4), math.Abs(x-10.4)))
		c = mix(c, color.NRGBA{0xB0, 0x60, 0x4C, 255}, 0.22*edge)
	}
	if k.signs&Bruise != 0 {
		c = bruise(c, x-5, y+0.6)
	}
	if k.signs&Redness != 0 {
		far := math.Hypot((x-6)/14, y/9) + 0.30*(rough(x*0.35, y*0.35, 62)-0.5)
		area := 1 - smooth(0.40, 1.05, far)
		c = mix(c, color.NRGBA{0xBE, 0x30, 0x2A, 255}, (0.50+0.16*rough(x, y, 70))*area)
		wet = 0.5 * area
	}
	if k.signs&Burn != 0 {
		c, wet = burn(c, x, y)
	}
	if k.signs&Scar != 0 {
		c = k.scar(c, s, x, y)
	}
	if k.signs&Dressing != 0 {
		c = dressing(c, x-1.2, y+0.2)
	}
	return c, wet
}

func bruise(c color.NRGBA, x, y float64) color.NRGBA {
	far := math.Hypot(x/5.5, y/3.6) + 0.5*(noise2(x*0.5, y*0.5, 63)-0.5)
	c = mix(c, color.NRGBA{0x8E, 0x7A, 0x30, 255}, 0.38*(1-smooth(0.7, 1.15, far)))
	c = mix(c, color.NRGBA{0x70, 0x2E, 0x52, 255}, 0.60*(1-smooth(0.35, 0.95, far)))
	return mix(c, color.NRGBA{0x2E, 0x1C, 0x44, 255}, 0.60*(1-smooth(0.05, 0.6, far+0.25*noise2(x, y, 64))))
}

func burn(c color.NRGBA, x, y float64) (color.NRGBA, float64) {
	far := math.Hypot((x-2)/13, y/9) + 0.6*(rough(x*0.3, y*0.3, 65)-0.5)
	area := 1 - smooth(0.72, 0.95, far)
	peeled := smooth(0.50, 0.62, rough(x*0.55, y*0.55, 66))
	raw := mix(color.NRGBA{0xA6, 0x34, 0x2B, 255}, color.NRGBA{0xDE, 0x9A, 0x80, 255}, 0.8*peeled)
	raw = mix(raw, color.NRGBA{0x4E, 0x26, 0x1C, 255}, 0.7*smooth(0.58, 0.74, rough(x*0.4+30, y*0.4, 67)))
	blister, _, id := cells(x*0.5+0.6*noise2(x, y, 71), y*0.5, 72)
	if id > 0.55 {
		raw = mix(raw, color.NRGBA{0xEC, 0xCF, 0xB2, 255}, 0.55*(1-smooth(0.16, 0.30, blister)))
	}
	c = mix(c, color.NRGBA{0xC4, 0x4A, 0x3A, 255}, 0.45*(1-smooth(0.85, 1.2, far)))
	return mix(c, raw, 0.85*area), area * (0.35 + 0.45*(1-peeled))
}

// rough is noise of three grains, in [0, 1), its field bent so that nothing follows the lattice.
func rough(x, y float64, seed uint32) float64 {
	x, y = x+0.7*noise2(x*0.8+5, y*0.8, seed+100), y+0.7*noise2(x*0.8, y*0.8+9, seed+101)
	return 0.55*noise2(x, y, seed) + 0.29*noise2(x*2.1+3, y*2.1, seed+102) + 0.16*noise2(x*4.7, y*4.7+7, seed+103)
}

// scar lies over the front of the knee on a leg, over the site elsewhere.
func (k *limbKey) scar(c color.NRGBA, s *scene, x, y float64) color.NRGBA {
	x0, x1, at := -4.0, 5.0, 0.8
	if s.leg {
		x0, x1, at = -14, -2.5, 2.3
	}
	if x < x0-0.4 || x > x1+0.4 {
		return c
	}
	off := math.Abs(y - at - 0.25*math.Sin(x*0.6))
	inside := smooth(x0-0.4, x0, x) * (1 - smooth(x1, x1+0.4, x))
	line := (1 - smooth(0.10, 0.26, off)) * inside
	stitch := (1 - smooth(0.05, 0.13, math.Abs(math.Remainder(x, 1.1)))) * (1 - smooth(0.5, 0.62, off)) * inside
	c = mix(c, color.NRGBA{0xA4, 0x58, 0x50, 255}, 0.5*(1-smooth(0.2, 0.7, off))*inside)
	return mix(c, color.NRGBA{0xF0, 0xC8, 0xBC, 255}, 0.85*max(line, 0.7*stitch))
}

// dressing is a round plaster with a spot of dried blood.
func dressing(c color.NRGBA, x, y float64) color.NRGBA {
	far := math.Hypot(x, y)
	c = mix(c, shade(c, 0.6), 0.5*(1-smooth(1.7, 2.1, far)))
	cloth := shade(color.NRGBA{0xE9, 0xD9, 0xC2, 255}, 0.94+0.08*noise2(x*7, y*7, 68))
	c = mix(c, cloth, 0.97*(1-smooth(1.62, 1.74, far)))
	c = mix(c, shade(cloth, 0.86), 0.5*(1-smooth(0.02, 0.08, math.Abs(far-0.95))))
	return mix(c, color.NRGBA{0x6A, 0x1E, 0x18, 255}, 0.85*(1-smooth(0.2, 0.42, far+0.15*noise2(x*3, y*3, 69))))
}
