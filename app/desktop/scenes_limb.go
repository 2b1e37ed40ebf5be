package desktop

import (
	"image"
	"image/color"
	idraw "image/draw"

	"fyne.io/fyne/v2"

	"osseo/app/draw"
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
	th := drawn()
	return func(dst *image.RGBA, scale float64) {
		b.ui.limbView, b.ui.limbBounds, b.ui.limbScale = b.limbView(th, scale), dst.Rect, scale
		draw.Limb(dst, b.ui.limbView)
	}
}

func (b *bedside) limbView(th *draw.Theme, scale float64) draw.LimbView {
	v := draw.LimbView{
		Theme: th, Scale: scale, Who: draw.WhoOf(b.kase.Picture), Side: draw.LeftSide, Site: b.site(), Zoom: 1,
		Inside: b.inside, Labels: b.inside, ShowIdeal: b.inside && b.phase == choose,
		ToleranceMM: b.kase.Plan.ToleranceMM, ShowHover: b.phase == choose, Hover: draw.Point{U: b.cross.u, V: b.cross.v},
		ShowChosen: b.plan.located && b.plan.side == b.side, Chosen: draw.Point{U: b.plan.at.u, V: b.plan.at.v},
	}
	if b.side == "right" {
		v.Side = draw.RightSide
	}
	if b.phase == choose {
		v.Zoom = 1.8
	}
	if b.did[scenarios.SteadyHand] {
		v.Hand = draw.HandBeside
		if b.lastDone[scenarios.SteadyHand] == "behind" {
			v.Hand = draw.HandBehind
		}
	}
	return v
}

// limbPoint returns the place on the bone under a place on the picture.
func (b *bedside) limbPoint(at fyne.Position) (point, bool) {
	u := &b.ui
	if u.limbBounds.Empty() {
		return point{}, false
	}
	x, y := u.limbView.ToSite(u.limbBounds, float64(at.X)*u.limbScale, float64(at.Y)*u.limbScale)
	return point{x, y}, true
}

// shifted returns the place a few units of Fyne beside another one on the picture.
func (b *bedside) shifted(p point, dx, dy float64) point {
	u := &b.ui
	if u.limbBounds.Empty() {
		return p
	}
	x, y := u.limbView.FromSite(u.limbBounds, p.u, p.v)
	p.u, p.v = u.limbView.ToSite(u.limbBounds, x+dx*u.limbScale, y+dy*u.limbScale)
	return p
}
