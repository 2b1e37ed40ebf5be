package draw

import (
	"image"
	"image/color"
	"math"
)

// CaseView is the picture of a case in the gallery.
type CaseView struct {
	Theme   *Theme
	Scale   float64
	Who     Who
	Side    Side
	Site    string
	Needle  NeedleShape
	Vehicle bool // the case happens on the move
	Tone    uint8
	Mottled bool
	Muted   bool // not available: drawn paler
}

// CasePicture draws the limb of a case with its needle over the whole of dst.
func CasePicture(dst *image.RGBA, v CaseView) {
	if dst = atOrigin(dst); dst == nil {
		return
	}
	u := scaleOr(v.Scale)
	limb := LimbView{
		Theme: v.Theme, Scale: v.Scale, Who: v.Who, Side: v.Side, Site: v.Site, Zoom: 1.25, Tone: v.Tone, Mottled: v.Mottled,
		ShowNeedle: true, Needle: v.Needle, TipMM: 0.3 * v.Needle.defaulted().LengthMM,
	}
	Limb(dst, limb)
	p := penOn(dst)
	defer p.done()
	if v.Vehicle {
		p.vehicle(u)
	}
	if v.Muted {
		flood(dst, dst.Rect, withAlpha(themeOr(v.Theme).Panel, 0.55))
	}
}

// vehicle is the sign of a case on the move: a round badge with an ambulance, and lines of motion.
func (p *pen) vehicle(u float64) {
	w, h := float64(p.dst.Rect.Dx()), float64(p.dst.Rect.Dy())
	s := clamp(h/150, 0.5, 3)
	if s < u*0.8 {
		s = u * 0.8
	}
	x, y := w-34*s, h-26*s
	white := color.NRGBA{0xEE, 0xF2, 0xF5, 255}
	for i := range 3 {
		d := float64(i)
		p.segment(x-(34+8*d)*s, y+(4-6*d)*s, x-(24-2*d)*s, y+(4-6*d)*s, 1.6*s, withAlpha(white, 0.55))
	}
	p.roundRect(x-22*s, y-17*s, x+26*s, y+16*s, 6*s)
	p.fill(color.NRGBA{0x0B, 0x10, 0x16, 190})
	p.roundRect(x-17*s, y-11*s, x+8*s, y+6*s, 2*s)
	p.fill(white)
	p.move(x+8*s, y-7*s)
	p.line(x+15*s, y-7*s)
	p.line(x+20*s, y)
	p.line(x+20*s, y+6*s)
	p.line(x+8*s, y+6*s)
	p.close()
	p.fill(white)
	p.move(x+10*s, y-5*s)
	p.line(x+14*s, y-5*s)
	p.line(x+17.5*s, y)
	p.line(x+10*s, y)
	p.close()
	p.fill(hex(0x2B3A48))
	red := hex(0xD1493F)
	p.fillRect(x-6.2*s, y-8*s, x-2.8*s, y+3*s, red)
	p.fillRect(x-10*s, y-4.2*s, x+1*s, y-0.8*s, red)
	for _, wx := range [...]float64{-9, 13} {
		p.fillCircle(x+wx*s, y+7*s, 4.2*s, hex(0x11181F))
		p.fillCircle(x+wx*s, y+7*s, 1.8*s, hex(0x8B9BAB))
	}
}

// NeedleIconView is a needle lying in the tray.
type NeedleIconView struct {
	Theme  *Theme
	Scale  float64
	Needle NeedleShape
	Ground color.NRGBA // zero = panel
}

// NeedleIcon draws the needle lying on its side, hub left, to scale with other needles drawn at the same size: 60 mm fill
// the width.
func NeedleIcon(dst *image.RGBA, v NeedleIconView) {
	if dst = atOrigin(dst); dst == nil {
		return
	}
	t, u := themeOr(v.Theme), scaleOr(v.Scale)
	c := v.Ground
	if c.A == 0 {
		c = t.Panel
	}
	flood(dst, dst.Rect, c)
	p := penOn(dst)
	defer p.done()
	w, h := float64(dst.Rect.Dx()), float64(dst.Rect.Dy())
	n := v.Needle.defaulted()
	hub := 9.0
	switch n.HubShape {
	case ManualHub:
		hub = 14
	case SpringHub:
		hub = 42
	}
	px := w / 62
	if n.LengthMM+hub > 58 {
		px = w / (n.LengthMM + hub + 4)
	}
	px = min(px, h/10)
	if n.HubShape == ManualHub {
		px = min(px, h/21)
	}
	if n.HubShape == SpringHub {
		px = min(px, h/17)
	}
	n.DiameterMM = max(n.DiameterMM, 3.2*u/px) // never thinner than can be seen
	r := rod{
		pen: p, n: n, px: px, theme: t, u: u, dx: 1, dy: 0, short: 1,
		x: 2*px + (hub+n.LengthMM)*px, y: h / 2,
	}
	if !finite(r.x) || px < 0.05 {
		return
	}
	r.y = math.Round(r.y)
	r.draw(0, 0)
}
