package report

import (
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	vgdraw "gonum.org/v1/plot/vg/draw"

	"osseo/app/draw"
)

// bands are the layers as coloured stripes behind a curve, with their names where these fit.
type bands struct {
	*style
	layers []Layer
	across bool // depth is the vertical axis
}

// Plot draws the bands.
func (b bands) Plot(c vgdraw.Canvas, p *plot.Plot) {
	words := b.words(b.colour.Muted)
	words.Font.Size = b.size * 0.9
	var taken vg.Length = -math.MaxFloat64 // right end of the last name
	row := 0
	for _, l := range b.layers {
		r, ok := b.stripe(c, p, l)
		if !ok {
			continue
		}
		c.SetColor(pale(b.colour.Of(l.Tissue)))
		c.Fill(r.Path())
		if b.across {
			if r.Size().Y > words.Font.Size*1.3 {
				words.XAlign, words.YAlign = text.XRight, text.YCenter
				c.FillText(words, vg.Point{X: r.Max.X - vg.Points(3), Y: (r.Min.Y + r.Max.Y) / 2}, l.Name)
			}
			continue
		}
		// A name wider than its stripe goes a line lower when it would touch the one before.
		words.XAlign, words.YAlign = text.XCenter, text.YTop
		half := words.Width(l.Name) / 2
		middle := (r.Min.X + r.Max.X) / 2
		x := max(c.Min.X+half, min(c.Max.X-half, middle))
		if row++; x-half > taken {
			row = 0
		}
		if row < 3 && (row == 0 || x == middle) {
			c.FillText(words, vg.Point{X: x, Y: c.Max.Y - vg.Points(2) - vg.Length(row)*words.Font.Size*1.15}, l.Name)
			taken = max(taken, x+half+vg.Points(2))
		}
	}
}

// stripe is where a layer lies on paper.
func (b bands) stripe(c vgdraw.Canvas, p *plot.Plot, l Layer) (vg.Rectangle, bool) {
	x, y := p.Transforms(&c)
	r := c.Rectangle
	if b.across {
		from, to := clampAxis(l.From*1000, &p.Y), clampAxis(l.To*1000, &p.Y)
		r.Min.Y, r.Max.Y = min(y(from), y(to)), max(y(from), y(to))
		return r, from < to
	}
	from, to := clampAxis(l.From*1000, &p.X), clampAxis(l.To*1000, &p.X)
	r.Min.X, r.Max.X = x(from), x(to)
	return r, from < to
}

func clampAxis(x float64, a *plot.Axis) float64 { return max(a.Min, min(a.Max, x)) }

// pale is a tissue colour as a ground for curves and words.
func pale(c color.NRGBA) color.NRGBA {
	const strength = 0.30
	mix := func(x uint8) uint8 { return uint8(255 - strength*(255-float64(x))) }
	return color.NRGBA{mix(c.R), mix(c.G), mix(c.B), 255}
}

// mark is a dot with a word.
type mark struct {
	plotter.XY
	label  string
	colour color.NRGBA
}

// marksOf turns moments into marks; a pop says its force.
func marksOf(t trace, at func(moment) plotter.XY) []mark {
	var marks []mark
	for _, m := range t.moments {
		c := draw.Light.Text
		word := m.label
		if m.bad {
			c, word = draw.Light.Failed, "! "+word
		}
		if m.label == "pop" {
			word = fmt.Sprintf("pop at %.0f N", m.force)
		}
		marks = append(marks, mark{at(m), word, c})
	}
	return marks
}

// labels draw marks with their words beside them, moved so that they do not cover each other.
type labels struct {
	*style
	marks []mark
	curve plotter.XYs // what the words keep clear of
}

// Plot draws the marks.
func (l labels) Plot(c vgdraw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	var taken []vg.Rectangle
	curve := make([]vg.Point, 0, len(l.curve)+len(l.marks))
	for _, q := range l.curve {
		curve = append(curve, vg.Point{X: x(q.X), Y: y(q.Y)})
	}
	for _, m := range l.marks {
		curve = append(curve, vg.Point{X: x(m.X), Y: y(m.Y)})
	}
	for _, m := range l.marks {
		if m.X < p.X.Min || m.X > p.X.Max || m.Y < p.Y.Min || m.Y > p.Y.Max {
			continue
		}
		at := vg.Point{X: x(m.X), Y: y(m.Y)}
		c.DrawGlyph(vgdraw.GlyphStyle{Color: color.White, Radius: vg.Points(3), Shape: vgdraw.CircleGlyph{}}, at)
		c.DrawGlyph(vgdraw.GlyphStyle{Color: m.colour, Radius: vg.Points(2.2), Shape: vgdraw.CircleGlyph{}}, at)
		words := l.words(m.colour)
		box, anchor := l.place(c.Rectangle, at, words.Width(m.label), taken, curve)
		taken = append(taken, box)
		if far := math.Hypot(float64(anchor.X-at.X), float64(anchor.Y-at.Y)); far > 12 {
			c.StrokeLine2(vgdraw.LineStyle{Color: l.colour.Muted, Width: vg.Points(0.4)}, at.X, at.Y, anchor.X, anchor.Y)
		}
		words.XAlign, words.YAlign = text.XLeft, text.YBottom
		l.haloed(c, words, vg.Point{X: box.Min.X + vg.Points(1), Y: box.Min.Y + vg.Points(1)}, m.label)
	}
}

// haloed writes a word with a white rim, to be read over curves and tissues.
func (l labels) haloed(c vgdraw.Canvas, words text.Style, at vg.Point, label string) {
	rim := words
	rim.Color = color.NRGBA{255, 255, 255, 160}
	for _, d := range []vg.Point{{X: 1}, {X: -1}, {Y: 1}, {Y: -1}} {
		c.FillText(rim, vg.Point{X: at.X + d.X*0.7, Y: at.Y + d.Y*0.7}, label)
	}
	c.FillText(words, at, label)
}

// place finds room for a word near a dot: beside it, above, below, and then farther away.
func (l labels) place(canvas vg.Rectangle, at vg.Point, width vg.Length, taken []vg.Rectangle, curve []vg.Point) (box vg.Rectangle, anchor vg.Point) {
	w, h := width+vg.Points(2), l.size*1.25
	fewest := math.MaxInt
	for ring := range 9 {
		gap := vg.Points(5) + vg.Length(ring)*h*0.9
		for _, d := range []vg.Point{{X: 1, Y: 1}, {X: -1, Y: 1}, {X: 1, Y: -1}, {X: -1, Y: -1}} {
			minX := at.X + vg.Points(5)
			if d.X < 0 {
				minX = at.X - vg.Points(5) - w
			}
			midY := at.Y + d.Y*(gap-vg.Points(4))
			b := vg.Rectangle{Min: vg.Point{X: minX, Y: midY - h/2}, Max: vg.Point{X: minX + w, Y: midY + h/2}}
			if !inside(canvas, b) || overlapsAny(b, taken) {
				continue
			}
			if n := crossings(b, curve); n < fewest {
				fewest, box, anchor = n, b, vg.Point{X: max(b.Min.X, min(b.Max.X, at.X)), Y: midY}
			}
			if fewest == 0 {
				return box, anchor
			}
		}
	}
	if fewest == math.MaxInt { // no room at all: above the dot
		box = vg.Rectangle{Min: vg.Point{X: at.X, Y: at.Y + h/2}, Max: vg.Point{X: at.X + w, Y: at.Y + h*3/2}}
		anchor = at
	}
	return box, anchor
}

// crossings is how many steps of a curve come through a box.
func crossings(box vg.Rectangle, curve []vg.Point) int {
	n := 0
	for i, q := range curve {
		if q.X >= box.Min.X && q.X <= box.Max.X && q.Y >= box.Min.Y && q.Y <= box.Max.Y {
			n++
		} else if i > 0 && between(box, curve[i-1], q) {
			n++
		}
	}
	return n
}

// between reports whether a line from a to b crosses the box, by points on the line as close as half the box is high.
func between(box vg.Rectangle, a, b vg.Point) bool {
	if max(a.X, b.X) < box.Min.X || min(a.X, b.X) > box.Max.X || max(a.Y, b.Y) < box.Min.Y || min(a.Y, b.Y) > box.Max.Y {
		return false
	}
	steps := 1 + int(max((b.X-a.X).Points(), (a.X-b.X).Points(), (b.Y-a.Y).Points(), (a.Y-b.Y).Points())/3)
	for i := range steps {
		f := vg.Length(i) / vg.Length(steps)
		x, y := a.X+f*(b.X-a.X), a.Y+f*(b.Y-a.Y)
		if x >= box.Min.X && x <= box.Max.X && y >= box.Min.Y && y <= box.Max.Y {
			return true
		}
	}
	return false
}

func inside(outer, r vg.Rectangle) bool {
	return r.Min.X >= outer.Min.X && r.Max.X <= outer.Max.X && r.Min.Y >= outer.Min.Y && r.Max.Y <= outer.Max.Y
}

func overlapsAny(r vg.Rectangle, all []vg.Rectangle) bool {
	for _, o := range all {
		if r.Min.X < o.Max.X && o.Min.X < r.Max.X && r.Min.Y < o.Max.Y && o.Min.Y < r.Max.Y {
			return true
		}
	}
	return false
}

// note says in the middle of an empty plot why it is empty.
type note struct {
	*style
	text string
}

// Plot writes the note.
func (n note) Plot(c vgdraw.Canvas, _ *plot.Plot) {
	words := n.words(n.colour.Muted)
	words.XAlign, words.YAlign = text.XCenter, text.YCenter
	c.FillText(words, c.Center(), n.text)
}
