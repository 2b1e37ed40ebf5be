package draw

import (
	"image"
	"image/color"
	"math"
)

// BarView is a gauge that fills from the left: push, drill, twist.
type BarView struct {
	Theme  *Theme
	Scale  float64
	Label  string  // "Push"
	Value  string  // "11.4 N"
	Part   float64 // 0..1 of the scale
	Asked  float64 // 0..1: what the person asks for, a thin mark; NaN = none
	From   float64 // 0..1: the good range, drawn under the bar when To > From
	To     float64
	Color  color.NRGBA // zero = force
	Strong bool        // the value in the bar's colour
}

// Bar draws a labelled gauge over the whole of dst.
func Bar(dst *image.RGBA, v BarView) {
	if dst = atOrigin(dst); dst == nil {
		return
	}
	t, u := themeOr(v.Theme), scaleOr(v.Scale)
	flood(dst, dst.Rect, t.Panel)
	p := penOn(dst)
	defer p.done()
	w, h := float64(dst.Rect.Dx()), float64(dst.Rect.Dy())
	c := v.Color
	if c.A == 0 {
		c = t.Force
	}
	size := clamp(h*0.40, 8*u, 15*u)
	ink := t.Text
	if v.Strong {
		ink = c
	}
	Text(dst, 0, size, v.Label, Style{Size: size}, t.Text)
	Text(dst, w, size, v.Value, Style{Size: size, Bold: true, Align: AlignRight}, ink)
	y0, y1 := size*1.45, min(size*1.45+9*u, h-1)
	if y1 <= y0 {
		return
	}
	r := (y1 - y0) / 2
	p.roundRect(0, y0, w, y1, r)
	p.fill(t.Hairline)
	if v.To > v.From {
		p.roundRect(clamp(v.From, 0, 1)*w, y0, clamp(v.To, 0, 1)*w, y1, r)
		p.fill(withAlpha(t.Fulfilled, 0.35))
	}
	if x := clamp(v.Part, 0, 1) * w; x > 0.5 {
		p.roundRect(0, y0, max(x, 2*r), y1, r)
		p.fill(c)
	}
	if v.Asked > 0 && v.Asked <= 1 {
		x := clamp(v.Asked*w, 1.5*u, w-1.5*u)
		p.fillRect(x-1*u, y0-2*u, x+1*u, y1+2*u, t.Text)
	}
}

// LevelView is a bubble level: how the needle leans.
type LevelView struct {
	Theme      *Theme
	Scale      float64
	TiltU      float64 // degrees, distal
	TiltV      float64 // degrees, medial
	AllowedDeg float64 // 0 = 10
}

// BubbleLevel draws the bubble in a disc filling dst; the ring is what is allowed, and outside it the bubble changes colour and
// form.
func BubbleLevel(dst *image.RGBA, v LevelView) {
	if dst = atOrigin(dst); dst == nil {
		return
	}
	t, u := themeOr(v.Theme), scaleOr(v.Scale)
	flood(dst, dst.Rect, t.Panel)
	p := penOn(dst)
	defer p.done()
	w, h := float64(dst.Rect.Dx()), float64(dst.Rect.Dy())
	x, y, r := w/2, h/2, min(w, h)/2-2*u
	if r < 4 {
		return
	}
	allowed := v.AllowedDeg
	if !(allowed > 0) {
		allowed = 10
	}
	full := 2.5 * allowed
	p.fillCircle(x, y, r, t.Hairline)
	p.fillCircle(x, y, r-1.5*u, mix(t.Panel, t.Ground, 0.6))
	p.ring(x, y, r*allowed/full, 1.6*u, t.Fulfilled)
	p.segment(x-r, y, x+r, y, 1*u, t.Hairline)
	p.segment(x, y-r, x, y+r, 1*u, t.Hairline)
	tu, tv := clamp(v.TiltU, -90, 90), clamp(v.TiltV, -90, 90)
	lean := math.Hypot(tu, tv)
	k := min(lean, full*0.94) / max(lean, 1e-9)
	bx, by := x+tu*k/full*r, y+tv*k/full*r
	if lean <= allowed {
		p.fillCircle(bx, by, 6*u, t.Fulfilled)
		p.fillCircle(bx-1.8*u, by-1.8*u, 1.8*u, color.NRGBA{255, 255, 255, 150})
		return
	}
	p.fillCircle(bx, by, 6.5*u, t.Failed)
	p.segment(bx, by-3*u, bx, by+0.8*u, 2*u, t.Panel)
	p.fillCircle(bx, by+3*u, 1.1*u, t.Panel)
}
