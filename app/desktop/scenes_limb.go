package desktop

import (
	"image"
	"math"

	"fyne.io/fyne/v2"

	"osseo/app/draw"
	"osseo/scenarios"
)

// casePicture draws a case for its card.
func casePicture(c *scenarios.Case) painter {
	th := drawn()
	v := draw.CaseView{Theme: th, Who: draw.WhoOf(c.Picture), Side: draw.RightSide, Site: c.Plan.Site, Vehicle: c.Scene == "vehicle"}
	if len(c.Plan.Needles) > 0 {
		v.Needle = needleShape(c.Plan.Needles[0])
	}
	if c.Plan.Side == "left" {
		v.Side = draw.LeftSide
	}
	return func(dst *image.RGBA, scale float64) {
		v.Scale = scale
		draw.CasePicture(dst, v)
	}
}

// paintMonitor draws the patient's monitor.
func (b *bedside) paintMonitor() painter {
	th := drawn()
	return func(dst *image.RGBA, scale float64) {
		v := vitals(b.kase, b.snap.Time)
		draw.Monitor(dst, draw.MonitorView{
			Theme: th, Scale: scale, Rhythm: v.Rhythm, TimeS: b.snap.Time, HR: v.HR, SpO2: v.SpO2, Sys: v.Sys, Dia: v.Dia,
			RR: v.RR, CRTS: v.CRT,
		})
	}
}

// paintBubble draws the tilt of the tool.
func (b *bedside) paintBubble() painter {
	th := drawn()
	return func(dst *image.RGBA, scale float64) {
		draw.BubbleLevel(dst, draw.LevelView{
			Theme: th, Scale: scale, TiltU: b.snap.TiltX * 180 / math.Pi, TiltV: b.snap.TiltY * 180 / math.Pi,
			AllowedDeg: b.allowedTilt(),
		})
	}
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
	if b.did[scenarios.Flush] && b.plan.side == b.side {
		v.Swelling = b.snap.Swelling
	}
	if b.side == "right" {
		v.Side = draw.RightSide
	}
	if b.phase == choose {
		v.Zoom = 1.8
	}
	if b.did[scenarios.SteadyHand] {
		v.Hand = draw.HandBeside
		if b.lastDone[scenarios.SteadyHand].Value == "behind" {
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
