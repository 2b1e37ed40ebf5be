package figures

import (
	"fmt"
	"image/color"
	"math"

	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	vgdraw "gonum.org/v1/plot/vg/draw"
)

// plot makes the axes of a panel.
func (p *paper) plot(in *panel) (*axes, error) {
	a := &axes{Plot: p.empty(in.x, in.y), weight: vg.Length(max(in.weight, 0))}
	if a.weight == 0 {
		a.weight = 1
	}
	box, err := in.box()
	if err != nil {
		return nil, err
	}
	for i := range in.bands {
		a.Add(stripe{p, &in.bands[i]})
	}
	a.Add(grid(len(in.rows) > 0))
	next := 0
	for i := range in.curves {
		c := &in.curves[i]
		style := next
		if c.like > 0 {
			style = c.like - 1
		} else if c.kind != published {
			next++
		}
		thumb := a.draw(c, style%len(inks), box, len(in.rows) > 0)
		if c.name != "" {
			a.legend = append(a.legend, entry{c.name, thumb})
		}
	}
	a.scale(in, box)
	return a, nil
}

// draw adds a curve in its style and returns what stands for it in the legend.
func (a *axes) draw(c *curve, style int, box [4]float64, across bool) plot.Thumbnailer {
	if c.errors {
		a.Add(whiskers{c, across, map[bool]color.Color{true: color.Black, false: inks[style]}[c.kind == published]})
	}
	switch c.kind {
	case dots:
		s := &plotter.Scatter{XYs: c.points, GlyphStyle: vgdraw.GlyphStyle{Color: inks[style], Radius: 2.4, Shape: glyphs[style]}}
		a.Add(s)
		return s
	case published:
		s := &plotter.Scatter{XYs: c.points, GlyphStyle: vgdraw.GlyphStyle{Color: color.Black, Radius: 3.4, Shape: diamond{}}}
		a.Add(s)
		return s
	}
	look := vgdraw.LineStyle{Color: inks[style], Width: 1.4, Dashes: dashes[style]}
	for _, part := range within(c.points, box) {
		a.Add(&plotter.Line{XYs: thin(part, box[1]-box[0], box[3]-box[2]), LineStyle: look})
	}
	return &plotter.Line{LineStyle: look}
}

// box is the range of the axes, low x, high x, low y, high y: those given, else those of the data with some room.
func (in *panel) box() ([4]float64, error) {
	data := [4]float64{math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)}
	for _, c := range in.curves {
		if len(c.points) == 0 {
			return data, fmt.Errorf("curve %q of %q is empty", c.name, in.y)
		}
		for i, q := range c.points {
			lowX, highX, low, high := q.X, q.X, q.Y, q.Y
			switch {
			case c.errors && len(in.rows) > 0:
				lowX, highX = c.low[i], c.high[i]
			case c.errors:
				low, high = c.low[i], c.high[i]
			}
			data = [4]float64{math.Min(data[0], lowX), math.Max(data[1], highX), math.Min(data[2], low), math.Max(data[3], high)}
		}
	}
	room := 0.07 * (data[3] - data[2])
	box := [4]float64{data[0], data[1], data[2] - room, data[3] + room}
	if data[2] >= 0 && data[2] < 0.5*data[3] {
		box[2] = 0
	}
	if in.xs != [2]float64{} {
		box[0], box[1] = in.xs[0], in.xs[1]
	}
	if in.ys != [2]float64{} {
		box[2], box[3] = in.ys[0], in.ys[1]
	}
	if len(in.names) > 0 {
		box[0], box[1] = -0.5, float64(len(in.names))-0.5
	}
	if len(in.rows) > 0 {
		box[2], box[3] = 0.5-float64(len(in.rows)), 0.5
	}
	for i := 0; i < 4; i += 2 {
		if !(box[i+1] > box[i]) {
			box[i], box[i+1] = box[i]-1, box[i+1]+1
		}
	}
	return box, nil
}

// scale sets the ranges and the ticks of the axes.
func (a *axes) scale(in *panel, box [4]float64) {
	a.X.Min, a.X.Max, a.Y.Min, a.Y.Max = box[0], box[1], box[2], box[3]
	switch {
	case len(in.names) > 0:
		a.X.Tick.Marker = named{in.names, 1}
	case in.log:
		a.X.Scale, a.X.Tick.Marker = plot.LogScale{}, decades{}
	}
	if len(in.rows) == 0 {
		return
	}
	a.Y.Tick.Marker = named{in.rows, -1}
	if in.quiet {
		a.Y.Tick.Marker = named{make([]string, len(in.rows)), -1}
	}
}

// diamond marks what was measured.
type diamond struct{}

// DrawGlyph draws it.
func (diamond) DrawGlyph(c *vgdraw.Canvas, sty vgdraw.GlyphStyle, pt vg.Point) {
	r := sty.Radius
	var p vg.Path
	p.Move(vg.Point{X: pt.X, Y: pt.Y + r})
	p.Line(vg.Point{X: pt.X + r, Y: pt.Y})
	p.Line(vg.Point{X: pt.X, Y: pt.Y - r})
	p.Line(vg.Point{X: pt.X - r, Y: pt.Y})
	p.Close()
	c.SetColor(sty.Color)
	c.Fill(p)
}

// whiskers are the intervals of dots, along y, or across, along x.
type whiskers struct {
	c      *curve
	across bool
	ink    color.Color
}

// Plot draws them.
func (w whiskers) Plot(c vgdraw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	style := vgdraw.LineStyle{Color: w.ink, Width: 0.8}
	for i, q := range w.c.points {
		if w.across {
			low, high, at := x(max(w.c.low[i], p.X.Min)), x(min(w.c.high[i], p.X.Max)), y(q.Y)
			c.StrokeLine2(style, low, at, high, at)
			c.StrokeLine2(style, low, at-2.5, low, at+2.5)
			c.StrokeLine2(style, high, at-2.5, high, at+2.5)
			continue
		}
		low, high, at := y(max(w.c.low[i], p.Y.Min)), y(min(w.c.high[i], p.Y.Max)), x(q.X)
		c.StrokeLine2(style, at, low, at, high)
		c.StrokeLine2(style, at-3, low, at+3, low)
		c.StrokeLine2(style, at-3, high, at+3, high)
	}
}

// stripe draws a band with its name.
type stripe struct {
	paper *paper
	band  *band
}

// Plot draws it within the axes.
func (s stripe) Plot(c vgdraw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	b := s.band
	r := vg.Rectangle{Min: vg.Point{X: c.Min.X, Y: c.Min.Y}, Max: vg.Point{X: c.Max.X, Y: c.Max.Y}}
	words := s.paper.words(8, xfont.WeightNormal)
	words.Color = color.Gray{Y: 0x55}
	words.XAlign, words.YAlign = text.XCenter, text.YTop
	if b.along {
		low, high := max(b.from, p.Y.Min), min(b.to, p.Y.Max)
		if low > high {
			return
		}
		r.Min.Y, r.Max.Y = y(low), y(high)
		words.XAlign = text.XRight
	} else {
		low, high := max(b.from, p.X.Min), min(b.to, p.X.Max)
		if low > high {
			return
		}
		r.Min.X, r.Max.X = x(low), x(high)
	}
	c.SetColor(color.Gray{Y: map[bool]uint8{true: 0xdf, false: 0xee}[b.dark]})
	c.Fill(r.Path())
	at := vg.Point{X: (r.Min.X + r.Max.X) / 2, Y: r.Max.Y - 2}
	if b.along {
		at.X = r.Max.X - 3
	}
	c.FillText(words, at, b.name)
}
