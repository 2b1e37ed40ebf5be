package draw

import "image/color"

// Theme is the set of colours of one appearance, the same in every picture and plot.
type Theme struct {
	Ground   color.NRGBA // behind everything
	Panel    color.NRGBA // behind one picture
	Hairline color.NRGBA // grid and frames
	Text     color.NRGBA
	Muted    color.NRGBA // labels, axes

	Force     color.NRGBA // amber: force, or "now"
	Depth     color.NRGBA // blue
	Fulfilled color.NRGBA // green
	Failed    color.NRGBA // orange-red

	Sheet  color.NRGBA // cloth under the limb
	Tissue [tissues]color.NRGBA
	Light  bool
}

// Tissue is a material between the skin and the far side of a bone.
type Tissue uint8

// The tissues, from the skin inwards.
const (
	Air Tissue = iota
	Skin
	Fat
	Muscle
	Periosteum
	NearCortex
	Marrow
	FarCortex
	DeepTissue
	GrowthPlate
	tissues
)

var tissueNames = [tissues]string{
	"air", "skin", "fat", "muscle", "periosteum", "near cortex", "marrow", "far cortex", "deep tissue", "growth plate",
}

// String returns the tissue's name as the window writes it.
func (t Tissue) String() string {
	if t < tissues {
		return tissueNames[t]
	}
	return "unknown"
}

// Of returns the colour of a tissue; an unknown tissue has the colour of air.
func (t *Theme) Of(tissue Tissue) color.NRGBA {
	if tissue < tissues {
		return t.Tissue[tissue]
	}
	return t.Tissue[Air]
}

var tissueColours = [tissues]color.NRGBA{
	Air:         {0x11, 0x18, 0x20, 0xff},
	Skin:        {0xC9, 0x8B, 0x68, 0xff},
	Fat:         {0xD9, 0xB4, 0x55, 0xff},
	Muscle:      {0xA3, 0x4A, 0x44, 0xff},
	Periosteum:  {0xE6, 0xB9, 0xAE, 0xff},
	NearCortex:  {0xE6, 0xDD, 0xC4, 0xff},
	Marrow:      {0x7C, 0x2A, 0x2B, 0xff},
	FarCortex:   {0xE6, 0xDD, 0xC4, 0xff},
	DeepTissue:  {0x7A, 0x44, 0x3D, 0xff},
	GrowthPlate: {0x8F, 0xC7, 0xCE, 0xff},
}

// Dark is the appearance the program starts with.
var Dark = Theme{
	Ground: hex(0x0F141A), Panel: hex(0x18202A), Hairline: hex(0x263240), Text: hex(0xE6EDF3), Muted: hex(0x8B9BAB),
	Force: hex(0xF0B429), Depth: hex(0x56B4E9), Fulfilled: hex(0x35C28D), Failed: hex(0xE8743B),
	Sheet: hex(0x24404A), Tissue: tissueColours,
}

// Light is the appearance for bright rooms. Its signal colours are darkened to keep 3:1 against the panel.
var Light = Theme{
	Ground: hex(0xEEF1F4), Panel: hex(0xFBFCFD), Hairline: hex(0xD3DBE3), Text: hex(0x17212B), Muted: hex(0x566675),
	Force: hex(0xB97F00), Depth: hex(0x1F7FBD), Fulfilled: hex(0x16845B), Failed: hex(0xC4511A),
	Sheet: hex(0xA9C3C6), Tissue: lightTissues(), Light: true,
}

func lightTissues() [tissues]color.NRGBA {
	t := tissueColours
	t[Air] = hex(0xE4EAF0)
	return t
}

func hex(rgb uint32) color.NRGBA {
	return color.NRGBA{uint8(rgb >> 16), uint8(rgb >> 8), uint8(rgb), 0xff}
}

// themeOr returns the dark theme for a view that names none.
func themeOr(t *Theme) *Theme {
	if t == nil {
		return &Dark
	}
	return t
}

// scaleOr returns a usable pixel scale: 1 for zero, NaN or nonsense, at most 8.
func scaleOr(s float64) float64 {
	if !(s > 0.1) {
		return 1
	}
	return min(s, 8)
}

// withAlpha returns c seen through at a, 0..1.
func withAlpha(c color.NRGBA, a float64) color.NRGBA {
	c.A = uint8(clamp(a, 0, 1)*float64(c.A) + 0.5)
	return c
}

// mix returns the colour a fraction t of the way from a to b.
func mix(a, b color.NRGBA, t float64) color.NRGBA {
	t = clamp(t, 0, 1)
	lerp := func(x, y uint8) uint8 { return uint8(float64(x) + (float64(y)-float64(x))*t + 0.5) }
	return color.NRGBA{lerp(a.R, b.R), lerp(a.G, b.G), lerp(a.B, b.B), lerp(a.A, b.A)}
}

// shade darkens (k < 1) or lightens (k > 1) a colour.
func shade(c color.NRGBA, k float64) color.NRGBA {
	if k <= 1 {
		return mix(color.NRGBA{0, 0, 0, c.A}, c, k)
	}
	return mix(c, color.NRGBA{255, 255, 255, c.A}, k-1)
}

// clamp returns x held in [lo, hi], and lo for NaN.
func clamp(x, lo, hi float64) float64 {
	if !(x > lo) {
		return lo
	}
	if x > hi {
		return hi
	}
	return x
}
