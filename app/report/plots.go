package report

import (
	"fmt"
	"image/color"
	"math"

	"golang.org/x/image/font/opentype"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	vgdraw "gonum.org/v1/plot/vg/draw"

	"osseo/app/draw"
	"osseo/assets"

	xfont "golang.org/x/image/font"
)

// typeface is the family of all words on paper.
const typeface = "NotoSans"

// style is what all plots of one report share.
type style struct {
	text   text.Handler
	size   vg.Length
	colour *draw.Theme
	face   *opentype.Font
}

func newStyle() (*style, error) {
	regular, err := opentype.Parse(assets.Regular)
	if err != nil {
		return nil, fmt.Errorf("report: text face: %w", err)
	}
	bold, err := opentype.Parse(assets.Bold)
	if err != nil {
		return nil, fmt.Errorf("report: bold text face: %w", err)
	}
	cache := font.NewCache(font.Collection{
		{Font: font.Font{Typeface: typeface, Variant: "Sans"}, Face: regular},
		{Font: font.Font{Typeface: typeface, Variant: "Sans", Weight: xfont.WeightBold}, Face: bold},
	})
	return &style{text: text.Plain{Fonts: cache}, size: vg.Points(7.5), colour: &draw.Light, face: regular}, nil
}

// knows reports whether the text face has a letter.
func (s *style) knows(r rune) bool {
	i, err := s.face.GlyphIndex(nil, r)
	return err == nil && i != 0
}

// words is the style of a text.
func (s *style) words(c color.Color) text.Style {
	return text.Style{
		Color: c, Handler: s.text,
		Font: font.Font{Typeface: typeface, Variant: "Sans", Size: s.size},
	}
}

// newPlot is an empty plot with named axes.
func (s *style) newPlot(x, y string) *plot.Plot {
	p := plot.New()
	p.TextHandler = s.text
	p.BackgroundColor = color.White
	for _, a := range []*plot.Axis{&p.X, &p.Y} {
		a.Label.TextStyle = s.words(s.colour.Muted)
		a.Label.TextStyle.XAlign, a.Label.TextStyle.YAlign = text.XCenter, text.YBottom
		a.Tick.Label = s.words(s.colour.Muted)
		a.LineStyle = vgdraw.LineStyle{Color: s.colour.Muted, Width: vg.Points(0.5)}
		a.Tick.LineStyle = a.LineStyle
		a.Tick.Length = vg.Points(3)
		a.Padding = 0
		a.Tick.Marker = roundTicks{10}
	}
	p.X.Label.Text, p.Y.Label.Text = x, y
	p.X.Tick.Label.XAlign, p.X.Tick.Label.YAlign = text.XCenter, text.YTop
	p.Y.Tick.Label.XAlign, p.Y.Tick.Label.YAlign = text.XRight, text.YCenter
	p.Legend.TextStyle = s.words(s.colour.Muted)
	return p
}

// roundTicks are labels at round numbers.
type roundTicks struct{ most int }

// Ticks returns the labels between two values.
func (r roundTicks) Ticks(low, high float64) []plot.Tick {
	rough := (high - low) / float64(r.most)
	step := math.Pow(10, math.Floor(math.Log10(rough)))
	for _, m := range []float64{1, 2, 5, 10} {
		if m*step >= rough {
			step *= m
			break
		}
	}
	var ticks []plot.Tick
	for i := math.Ceil(low/step - 1e-9); i*step <= high+step*1e-6; i++ {
		ticks = append(ticks, plot.Tick{Value: i * step, Label: fmt.Sprintf("%g", round1(i*step)+0)})
	}
	return ticks
}

// grid are hairlines at the major ticks of the values.
func (s *style) grid() *plotter.Grid {
	g := plotter.NewGrid()
	g.Vertical.Color = nil
	g.Horizontal = vgdraw.LineStyle{Color: s.colour.Hairline, Width: vg.Points(0.4)}
	return g
}

func (s *style) line(points plotter.XYs, c color.Color, width float64, dashes ...vg.Length) *plotter.Line {
	return &plotter.Line{XYs: points, LineStyle: vgdraw.LineStyle{Color: c, Width: vg.Points(width), Dashes: dashes}}
}

// forceDepth is force against the depth of the true tip, with the layers behind it.
func (s *style) forceDepth(in *Input, t trace) *plot.Plot {
	p := s.newPlot("depth of the tip along the needle, mm", "force on the hand, N")
	points := make(plotter.XYs, 0, len(t.samples))
	for _, x := range t.samples {
		points = append(points, plotter.XY{X: x.depth, Y: x.force})
	}
	expert := make(plotter.XYs, 0, len(in.Expert))
	for _, x := range in.Expert {
		if finite(x.Depth) && finite(x.Force) {
			expert = append(expert, plotter.XY{X: x.Depth * 1000, Y: x.Force})
		}
	}
	lowX, highX := extent(points, func(q plotter.XY) float64 { return q.X })
	lowY, highY := extent(append(points[:len(points):len(points)], expert...), func(q plotter.XY) float64 { return q.Y })
	for _, l := range in.Layers {
		if l.Tissue == draw.FarCortex {
			highX = max(highX, l.To*1000)
		}
	}
	p.X.Min, p.X.Max = min(0, max(lowX, -5)), max(highX*1.04, 10)
	p.Y.Min, p.Y.Max = min(0, lowY), max(highY*1.22, 10)
	marks := marksOf(t, func(m moment) plotter.XY { return plotter.XY{X: m.depth, Y: m.force} })
	if n := len(t.samples); n > 0 {
		end := t.samples[n-1]
		marks = append(marks, mark{plotter.XY{X: end.depth, Y: end.force}, "tip ends here", s.colour.Depth})
	}
	p.Add(bands{s, in.Layers, false}, s.grid())
	if len(expert) > 0 {
		p.Add(s.line(expert, s.colour.Muted, 0.8, vg.Points(3), vg.Points(2)))
		marks = append(marks, mark{expert[len(expert)-1], "an expert in this bone stops here", s.colour.Muted})
	}
	p.Add(s.line(points, s.colour.Force, 1.3), labels{s, marks, append(points[:len(points):len(points)], expert...)})
	if len(points) == 0 {
		p.Add(note{s, "There is nothing to draw: the needle did not enter the skin."})
	}
	return p
}

// forceTime and depthTime share their time axis.
func (s *style) overTime(in *Input, t trace) (force, depth *plot.Plot) {
	force = s.newPlot("", "force, N")
	depth = s.newPlot("time since the case began, s", "depth, mm")
	f, d := make(plotter.XYs, len(t.samples)), make(plotter.XYs, len(t.samples))
	for i, x := range t.samples {
		f[i], d[i] = plotter.XY{X: x.at, Y: x.force}, plotter.XY{X: x.at, Y: x.depth}
	}
	low, high := extent(f, func(q plotter.XY) float64 { return q.X })
	_, peak := extent(f, func(q plotter.XY) float64 { return q.Y })
	_, deepest := extent(d, func(q plotter.XY) float64 { return q.Y })
	force.Y.Tick.Marker, depth.Y.Tick.Marker = roundTicks{4}, roundTicks{4}
	for _, p := range []*plot.Plot{force, depth} {
		p.X.Min, p.X.Max = low, max(high, low+1)
	}
	force.Y.Min, force.Y.Max = 0, max(peak*1.35, 10)
	// Deeper is lower on paper, as it is in the leg.
	depth.Y.Min, depth.Y.Max = -1, max(deepest*1.1, 10)
	depth.Y.Scale = plot.InvertedScale{Normalizer: plot.LinearScale{}}
	force.Add(s.grid(), s.line(f, s.colour.Force, 1.1),
		labels{s, marksOf(t, func(m moment) plotter.XY { return plotter.XY{X: m.at, Y: m.force} }), f})
	depth.Add(bands{s, in.Layers, true}, s.grid(), s.line(d, s.colour.Depth, 1.1))
	if len(f) == 0 {
		force.Add(note{s, "There is nothing to draw."})
	}
	return force, depth
}

func extent(points plotter.XYs, of func(plotter.XY) float64) (low, high float64) {
	if len(points) == 0 {
		return 0, 0
	}
	low, high = math.Inf(1), math.Inf(-1)
	for _, q := range points {
		low, high = min(low, of(q)), max(high, of(q))
	}
	return low, high
}
