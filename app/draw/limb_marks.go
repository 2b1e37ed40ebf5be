package draw

import (
	"image/color"
	"math"
	"slices"
	"strconv"
)

type limbPen struct {
	*pen
	v     *LimbView
	k     *limbKey
	scene *scene
	cam   camera
	u     float64
	t     *Theme
}

// moving draws what changes from frame to frame.
func (l *limbPen) moving() {
	if l.v.Swelling > 0 {
		l.swelling()
	}
	if l.v.ShowIdeal {
		l.ideal()
	}
	if l.v.ShowHover {
		l.hover()
	}
	if l.v.ShowChosen {
		l.chosen()
	}
	if l.v.ShowNeedle {
		l.needle()
	}
}

// oval draws a circle that lies on the bone's face, radius in metres, as the eye sees it.
func (l *limbPen) oval(at Point, radius float64) {
	n := 48
	for i := range n {
		s, c := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		x, y := l.k.pixel(l.scene, &l.cam, Point{at.U + radius*c, at.V + radius*s})
		if i == 0 {
			l.move(x, y)
		} else {
			l.line(x, y)
		}
	}
	l.close()
}

func (l *limbPen) ideal() {
	r := l.v.ToleranceMM
	if !(r > 0) {
		r = 10
	}
	r = min(r, 100) / 1000
	l.oval(Point{}, r)
	l.fill(withAlpha(Dark.Fulfilled, 0.16))
	l.oval(Point{}, r)
	l.dash(5*l.u, 4*l.u)
	l.stroke(1.8*l.u, Dark.Fulfilled)
	x, y := l.k.pixel(l.scene, &l.cam, Point{})
	l.segment(x-4*l.u, y, x+4*l.u, y, 1.6*l.u, Dark.Fulfilled)
	l.segment(x, y-4*l.u, x, y+4*l.u, 1.6*l.u, Dark.Fulfilled)
}

func (l *limbPen) hover() {
	x, y := l.k.pixel(l.scene, &l.cam, l.v.Hover)
	white, dark := color.NRGBA{255, 255, 255, 235}, color.NRGBA{0, 0, 0, 130}
	r := 9 * l.u
	l.ring(x, y, r, 3.6*l.u, dark)
	l.ring(x, y, r, 1.8*l.u, white)
	for _, d := range [...][2]float64{{1, 0}, {-1, 0}, {0, 1}, {0, -1}} {
		l.segment(x+d[0]*r, y+d[1]*r, x+d[0]*(r+6*l.u), y+d[1]*(r+6*l.u), 1.8*l.u, white)
	}
}

// chosen marks the site as a skin pen would: a cross in a ring.
func (l *limbPen) chosen() {
	x, y := l.k.pixel(l.scene, &l.cam, l.v.Chosen)
	ink := Dark.Force
	dark := color.NRGBA{0, 0, 0, 150}
	r := 6 * l.u
	for _, pass := range [...]struct {
		w float64
		c color.NRGBA
	}{{4.6 * l.u, dark}, {2.4 * l.u, ink}} {
		l.segment(x-r, y-r, x+r, y+r, pass.w, pass.c)
		l.segment(x-r, y+r, x+r, y-r, pass.w, pass.c)
		l.ring(x, y, r*1.9, pass.w*0.8, pass.c)
	}
}

// needle draws the needle standing on the limb, its hub leaning as the tilt says. It is drawn larger than life where it
// would be too small to see.
func (l *limbPen) needle() {
	n := l.v.Needle.defaulted()
	tu, tv := clamp(l.v.TiltU, -80, 80)*math.Pi/180, clamp(l.v.TiltV, -80, 80)*math.Pi/180
	s := &l.scene.site
	out := l.cam.turn(s.normal.plus(s.distal.times(math.Tan(tu))).plus(s.medial.times(math.Tan(tv))).unit())
	flat := math.Hypot(out.X, out.Y)
	if flat < 1e-6 {
		out.Y, flat = 1e-6, 1e-6
	}
	px := max(l.cam.px/10, 2.4*l.u)
	short := clamp(flat, 0.55, 1)
	x, y := l.k.pixel(l.scene, &l.cam, l.v.At)
	tip := clamp(l.v.TipMM, -60, n.LengthMM)
	dx, dy := -out.X/flat, out.Y/flat
	r := rod{
		pen: l.pen, n: n, px: px, theme: l.t, u: l.u, dx: dx, dy: dy, short: short,
		x: x + dx*tip*px*short, y: y + dy*tip*px*short, turn: math.Mod(l.v.TurnRad, 2*math.Pi),
	}
	if math.IsNaN(r.turn) {
		r.turn = 0
	}
	// its shadow tells how far it stands off
	l.move(x, y)
	reachMM := (n.LengthMM + 8 - tip) * px * 0.55
	l.line(x+reachMM*0.8, y+reachMM*0.28)
	l.stroke(max(n.DiameterMM*px, 2*l.u), color.NRGBA{0x20, 0x08, 0x04, 60})
	l.ellipse(x, y, 1.4*n.DiameterMM*px, 0.8*n.DiameterMM*px, 0)
	l.fill(color.NRGBA{0x40, 0x10, 0x08, 90})
	r.draw(max(l.v.StyletMM, 0), max(tip, 0))
}

// swelling raises a tense, pale, shining mound.
func (l *limbPen) swelling() {
	f := clamp(l.v.Swelling, 0, 1)
	x, y := l.k.pixel(l.scene, &l.cam, l.v.At)
	r := (1.6 + 2.2*f) * l.scene.size * l.cam.px
	steps := 9
	for i := range steps {
		k := 1 - float64(i)/float64(steps)
		l.ellipse(x+0.10*r*k, y+0.16*r*k, r*k, r*0.72*k, 0)
		l.fill(color.NRGBA{0x5A, 0x1E, 0x16, uint8(3 + 9*f)})
	}
	for i := range steps {
		k := 1 - float64(i)/float64(steps)
		l.ellipse(x-0.12*r*(1-k), y-0.16*r*(1-k), r*0.82*k, r*0.58*k, 0)
		l.fill(color.NRGBA{0xFF, 0xE4, 0xD4, uint8(6 + 12*f)})
	}
	l.ellipse(x-0.2*r, y-0.24*r, r*0.16, r*0.08, -0.4)
	l.fill(color.NRGBA{255, 255, 255, uint8(40 + 60*f)})
}

// words names the landmarks, each with a line to its place; words above and below the limb keep apart.
func (k *limbKey) words(p *pen) {
	s := k.scene()
	w, h := p.dst.Rect.Dx(), p.dst.Rect.Dy()
	c := k.camera(s, w, h)
	u := k.scale
	style := Style{Size: clamp(float64(h)/36, 11*u, 15*u), Align: AlignCentre}
	var rows [2][]label
	for _, n := range s.names {
		if n.bone && !k.inside {
			continue
		}
		surface := n.at
		x, y := c.onto(surface)
		if x < 0 || x > c.w || y < 0 || y > c.h {
			continue
		}
		i := 0
		if n.low {
			i = 1
		}
		rows[i] = append(rows[i], label{text: n.word, y: x, own: y})
	}
	for i, row := range rows {
		slices.SortFunc(row, func(a, b label) int { return int(a.y - b.y) })
		places := k.wordPlaces(row, style, c.w)
		for j := range row {
			at := 20*u + style.Size*0.2
			if i == 1 {
				at = c.h - at
			}
			k.word(p, places[j], at, &row[j], style, i == 1)
		}
	}
}

// wordPlaces sets words side by side, each as near to above its place as the others and the edges let it.
func (k *limbKey) wordPlaces(row []label, style Style, width float64) []float64 {
	u := k.scale
	places, halves := make([]float64, len(row)), make([]float64, len(row))
	edge := 0.0
	for i := range row {
		halves[i] = TextWidth(row[i].text, style)/2 + 8*u
		places[i] = max(row[i].y, edge+halves[i])
		edge = places[i] + halves[i] + 6*u
	}
	edge = width
	for i := len(row) - 1; i >= 0; i-- {
		places[i] = min(places[i], edge-halves[i])
		edge = places[i] - halves[i] - 6*u
	}
	return places
}

func (k *limbKey) word(p *pen, x, y float64, l *label, style Style, low bool) {
	u := k.scale
	ink := color.NRGBA{0xF2, 0xF5, 0xF8, 255}
	line := color.NRGBA{255, 255, 255, 150}
	from := y + style.Size*0.85
	if low {
		from = y - style.Size*0.85
	}
	p.move(x, from)
	p.line(l.y, l.own)
	p.stroke(3*u, color.NRGBA{0, 0, 0, 70})
	p.segment(x, from, l.y, l.own, 1.2*u, line)
	p.fillCircle(l.y, l.own, 4*u, color.NRGBA{0, 0, 0, 110})
	p.fillCircle(l.y, l.own, 2.8*u, ink)
	half := TextWidth(l.text, style)/2 + 7*u
	p.roundRect(x-half, y-style.Size*0.85, x+half, y+style.Size*0.85, 4*u)
	p.fill(color.NRGBA{0x0B, 0x10, 0x16, 185})
	middle(p.dst, x, y, l.text, style, ink)
}

// Distance writes how far a place is from the ideal point, in words: "6 mm distal, 2 mm medial".
func Distance(p Point) string {
	part := func(metres float64, plus, minus string) string {
		mm := math.Round(clamp(metres, -1, 1) * 1000)
		if mm == 0 {
			return ""
		}
		if mm < 0 {
			mm, plus = -mm, minus
		}
		return strconv.Itoa(int(mm)) + " mm " + plus
	}
	a, b := part(p.U, "distal", "proximal"), part(p.V, "medial", "lateral")
	switch {
	case a == "" && b == "":
		return "on the point"
	case a == "":
		return b
	case b == "":
		return a
	}
	return a + ", " + b
}
