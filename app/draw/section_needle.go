package draw

import (
	"image/color"
	"math"
)

// rod lays the needle of the view with its tip at a depth.
func (s *sectionPen) rod(tip float64) rod {
	n := s.v.Needle.defaulted()
	tilt := clamp(s.v.TiltDeg, -80, 80) * math.Pi / 180
	sin, cos := math.Sincos(tilt)
	entry := clamp(s.v.EntryMM, -500, 500)
	r := rod{
		pen: s.pen, n: n, px: s.g.px, theme: s.t, u: s.u,
		x: s.g.x(entry - tip*math.Tan(tilt)), y: s.g.y(tip), dx: -sin, dy: cos, short: 1, held: s.v.Held,
		bend: clamp(s.v.BendDeg, -90, 90) * math.Pi / 180, turn: math.Mod(s.v.TurnRad, 2*math.Pi),
	}
	if math.IsNaN(r.turn) {
		r.turn = 0
	}
	return r
}

func (s *sectionPen) needle(tip float64) {
	r := s.rod(tip)
	cut := 0.0
	if s.v.Hidden && tip > 0 { // what is under the skin is not seen
		cut = tip / max(r.dy, 0.17)
	}
	if tip > 0 {
		s.dimple(&r, tip)
	}
	r.draw(max(s.v.StyletMM, 0), cut)
	if s.v.Ring && !s.v.Hidden {
		c := s.t.Force
		if s.v.Failed {
			c = s.t.Failed
		}
		radius := max(9*s.u, 1.3*r.n.DiameterMM*s.g.px)
		s.ring(r.x, r.y, radius, 4.5*s.u, color.NRGBA{0, 0, 0, 130})
		s.ring(r.x, r.y, radius, 2.5*s.u, c)
	}
}

// dimple darkens the skin where the needle presses or passes it.
func (s *sectionPen) dimple(r *rod, tip float64) {
	x, _ := r.at(tip/max(r.dy, 0.17), 0)
	y := s.g.skinY
	w := r.n.DiameterMM * s.g.px
	s.ellipse(x, y+0.15*w, 1.5*w, 0.5*w, 0)
	s.fill(color.NRGBA{0x40, 0x18, 0x10, 70})
	s.ellipse(x, y+0.1*w, 0.95*w, 0.32*w, 0)
	s.fill(color.NRGBA{0x30, 0x0c, 0x08, 110})
}

// plumb draws the line perpendicular to the bone against which tilt is judged.
func (s *sectionPen) plumb() {
	if s.v.Hidden || math.Abs(s.v.TiltDeg) < 0.5 || !s.v.Labels {
		return
	}
	x := s.g.x(clamp(s.v.EntryMM, -500, 500))
	s.move(x, 0)
	s.line(x, s.g.skinY)
	s.dash(5*s.u, 5*s.u)
	s.stroke(1.2*s.u, withAlpha(s.t.Muted, 0.8))
}

// hole draws what the needle has cut and leaves behind when it is drawn back.
func (s *sectionPen) hole() {
	deep := clamp(s.v.HoleMM, 0, 400)
	if deep <= 0 {
		return
	}
	r := s.rod(deep)
	d := r.n.DiameterMM
	depth := 0.0
	for _, l := range s.k.layers {
		if l.ThicknessMM <= 0 || depth >= deep {
			break
		}
		end := min(depth+l.ThicknessMM, deep)
		s0, s1 := (deep-end)/max(r.dy, 0.17), (deep-depth)/max(r.dy, 0.17)
		switch l.Tissue {
		case NearCortex, FarCortex, Periosteum:
			r.band(s0, s1, -d*0.53, d*0.53)
			r.fill(color.NRGBA{0x3A, 0x18, 0x14, 235})
			r.band(s0, s1, -d*0.53, -d*0.40)
			r.fill(color.NRGBA{0x1C, 0x0A, 0x08, 160})
		case Marrow:
			r.band(s0, s1, -d*0.45, d*0.45)
			r.fill(color.NRGBA{0x38, 0x0A, 0x0C, 130})
		default: // soft tissue closes again
			r.band(s0, s1, -d*0.16, d*0.16)
			r.fill(color.NRGBA{0x50, 0x10, 0x0C, 150})
		}
		depth += l.ThicknessMM
	}
	s.trail()
}

// trail draws the groove a skating tip has scraped beside the hole.
func (s *sectionPen) trail() {
	length := clamp(s.v.TrailMM, -100, 100)
	if math.Abs(length) < 0.2 {
		return
	}
	top, ok := s.k.topOf(NearCortex)
	if !ok {
		return
	}
	x0, y := s.g.x(clamp(s.v.EntryMM, -500, 500)), s.g.y(top)
	s.move(x0, y-0.5*s.u)
	x1 := s.g.x(clamp(s.v.EntryMM, -500, 500) + length)
	s.line(x1, y-0.5*s.u)
	s.cube(x1, y+0.5*s.g.px, x0, y+0.5*s.g.px, x0, y)
	s.close()
	s.fill(color.NRGBA{0x4A, 0x22, 0x1C, 200})
}

func (k *sectionKey) topOf(t Tissue) (mm float64, ok bool) {
	for _, l := range k.layers {
		if l.ThicknessMM <= 0 {
			break
		}
		if l.Tissue == t {
			return mm, true
		}
		mm += l.ThicknessMM
	}
	return 0, false
}

// fluid draws flush spreading in the marrow from the tip.
func (s *sectionPen) fluid(tip float64) {
	f := clamp(s.v.Fluid, 0, 1)
	top, ok := s.k.topOf(Marrow)
	if f == 0 || !ok || tip < top {
		return
	}
	r := s.rod(tip)
	bottom, _ := s.k.topOf(FarCortex)
	rx, ry := (1+9*f)*s.g.px, (0.8+4*f)*s.g.px
	if bottom > top {
		s.in(boxOf(0, s.g.y(top), s.g.w, s.g.y(bottom)))
		defer s.in(s.dst.Rect)
	}
	for i := range 4 {
		k := 1 - float64(i)*0.22
		s.ellipse(r.x, r.y, rx*k, ry*k, 0)
		s.fill(color.NRGBA{0x7F, 0xC4, 0xE8, 34})
	}
}

// swelling lifts the skin over fluid that went beside the bone.
func (s *sectionPen) swelling() {
	f := clamp(s.v.Swelling, 0, 1)
	x, y := s.g.x(clamp(s.v.EntryMM, -500, 500)), s.g.skinY
	w := (5 + 9*f) * s.g.px
	hump := (0.4 + 3*f) * s.g.px
	s.move(x-w, y+0.01*w)
	s.cube(x-0.55*w, y, x-0.5*w, y-hump, x, y-hump)
	s.cube(x+0.5*w, y-hump, x+0.55*w, y, x+w, y+0.01*w)
	s.cube(x+0.5*w, y+0.3*hump, x-0.5*w, y+0.3*hump, x-w, y+0.01*w)
	skin := s.t.Of(Skin)
	s.fillBy(func(px, py int) color.NRGBA {
		t := clamp((float64(py)-(y-hump))/max(hump, 1), 0, 1)
		return mix(mix(shade(skin, 1.32), color.NRGBA{0xF2, 0xD8, 0xC8, 255}, 0.3), skin, t)
	})
	if s.v.Hidden {
		return
	}
	bone, ok := s.k.topOf(NearCortex)
	if !ok {
		return
	}
	for i := range 3 {
		k := 1 - float64(i)*0.25
		s.ellipse(x, s.g.y(bone*0.55), w*0.85*k, max(bone*0.40*s.g.px, 2)*k, 0)
		s.fill(color.NRGBA{0x7F, 0xC4, 0xE8, uint8(30 + 40*f)})
	}
}
