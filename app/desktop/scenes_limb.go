package desktop

import (
	"image"
	"image/color"
	idraw "image/draw"

	"fyne.io/fyne/v2"

	"osseo/scenarios"
)

func fill(dst *image.RGBA, c color.Color) {
	idraw.Draw(dst, dst.Rect, image.NewUniform(c), image.Point{}, idraw.Src)
}

func casePicture(c *scenarios.Case) painter {
	return func(dst *image.RGBA, scale float64) { fill(dst, hex(0x24404A)) }
}

func (b *bedside) paintMonitor() painter {
	return func(dst *image.RGBA, scale float64) { fill(dst, hex(0)) }
}

func (b *bedside) paintLimb() painter {
	return func(dst *image.RGBA, scale float64) { fill(dst, hex(0x24404A)) }
}

func (b *bedside) limbPoint(at fyne.Position) (point, bool) {
	s := b.ui.limb.Size()
	return point{float64(at.X/s.Width-0.5) * 0.2, float64(at.Y/s.Height-0.5) * 0.1}, true
}

// limbArrow is the direction of an arrow key on the limb, in steps of u and v.
func limbArrow(side string, name fyne.KeyName) (du, dv float64) {
	switch name {
	case fyne.KeyRight:
		du = 1
	case fyne.KeyLeft:
		du = -1
	case fyne.KeyUp:
		dv = 1
	case fyne.KeyDown:
		dv = -1
	}
	return du, dv
}
