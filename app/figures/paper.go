package figures

import (
	"fmt"
	"image/color"
	"math"
	"strings"

	xfont "golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	vgdraw "gonum.org/v1/plot/vg/draw"

	"osseo/assets"
)

const typeface = "NotoSans"

// The inks: those of Okabe and Ito, which colour-blind people tell apart; every line has a dash of its own besides.
var (
	ink    = color.Gray{Y: 0x33}
	faint  = color.Gray{Y: 0xdd}
	inks   = []color.Color{rgb(0x0072b2), rgb(0xd55e00), rgb(0x009e73), rgb(0x9c4f80), rgb(0x8a6d00), rgb(0x333333)}
	dashes = [][]vg.Length{nil, {6, 2.5}, {1.5, 2}, {8, 2, 1.5, 2}, {3, 3}, {10, 4}}
	glyphs = []vgdraw.GlyphDrawer{
		vgdraw.CircleGlyph{}, vgdraw.TriangleGlyph{}, vgdraw.BoxGlyph{}, vgdraw.CrossGlyph{}, vgdraw.RingGlyph{}, vgdraw.PlusGlyph{},
	}
)

func rgb(x uint32) color.Color { return color.RGBA{uint8(x >> 16), uint8(x >> 8), uint8(x), 0xff} }

// paper is how words look.
type paper struct{ text text.Handler }

func newPaper() (*paper, error) {
	regular, err := opentype.Parse(assets.Regular)
	if err != nil {
		return nil, fmt.Errorf("figures: text face: %w", err)
	}
	bold, err := opentype.Parse(assets.Bold)
	if err != nil {
		return nil, fmt.Errorf("figures: bold text face: %w", err)
	}
	return &paper{text: text.Plain{Fonts: font.NewCache(font.Collection{
		{Font: font.Font{Typeface: typeface, Variant: "Sans"}, Face: regular},
		{Font: font.Font{Typeface: typeface, Variant: "Sans", Weight: xfont.WeightBold}, Face: bold},
	})}}, nil
}

func (p *paper) words(size vg.Length, weight xfont.Weight) text.Style {
	return text.Style{Color: ink, Handler: p.text, Font: font.Font{Typeface: typeface, Variant: "Sans", Size: size, Weight: weight}}
}

// sheet is a figure ready to be drawn.
type sheet struct {
	paper         *paper
	width, height vg.Length
	title         string
	foot          []string
	plots         []*axes
	rows          int // of the longest legend
}

// axes are one pair of axes with what stands above them.
type axes struct {
	*plot.Plot
	legend []entry
	weight vg.Length // of its width among the others
}

// entry is one line of a legend.
type entry struct {
	name  string
	thumb plot.Thumbnailer
}

func (p *paper) sheet(f Figure, panels []panel) (*sheet, error) {
	s := &sheet{paper: p, width: map[int]vg.Length{1: oneWide, 2: twoWide}[len(panels)], title: f.Title}
	if s.width == 0 {
		s.width = threeWide
	}
	for i := range panels {
		a, err := p.plot(&panels[i])
		if err != nil {
			return nil, err
		}
		s.plots, s.rows = append(s.plots, a), max(s.rows, len(a.legend))
	}
	foot := f.Caption
	if f.Source != "" {
		foot += " Published: " + f.Source + "."
	}
	s.foot = p.wrap(foot, 0.93*(s.width-2*margin)) // room for a viewer's wider letters
	s.height = 2*margin + 16 + lineHigh*vg.Length(s.rows) + plotHigh + 8 + lineHigh*vg.Length(len(s.foot))
	return s, nil
}

// wrap breaks a text into lines.
func (p *paper) wrap(words string, width vg.Length) []string {
	style := p.words(8.5, xfont.WeightNormal)
	var lines []string
	now := ""
	for _, w := range strings.Fields(words) {
		if next := strings.TrimSpace(now + " " + w); now == "" || style.Width(next) <= width {
			now = next
			continue
		}
		lines, now = append(lines, now), w
	}
	return append(lines, now)
}

func (s *sheet) draw(c vgdraw.Canvas) {
	c.SetColor(color.White)
	c.Fill(c.Rectangle.Path())
	top := c.Max.Y - margin
	heading := s.paper.words(10.5, xfont.WeightBold)
	heading.YAlign = text.YTop
	c.FillText(heading, vg.Point{X: c.Min.X + margin, Y: top}, s.title)
	top -= 16
	whole := vg.Length(0)
	for _, p := range s.plots {
		whole += p.weight
	}
	left := c.Min.X + margin
	for _, p := range s.plots {
		wide := (s.width - margin) * p.weight / whole
		s.legend(c, p.legend, left, top)
		above := top - lineHigh*vg.Length(s.rows) - 4
		box := vg.Rectangle{Min: vg.Point{X: left, Y: above - plotHigh}, Max: vg.Point{X: left + wide - margin, Y: above}}
		p.Draw(vgdraw.Canvas{Canvas: c.Canvas, Rectangle: box})
		left += wide
	}
	y := top - lineHigh*vg.Length(s.rows) - plotHigh - 8
	small := s.paper.words(8.5, xfont.WeightNormal)
	small.YAlign = text.YTop
	for _, l := range s.foot {
		c.FillText(small, vg.Point{X: c.Min.X + margin, Y: y}, l)
		y -= lineHigh
	}
}

// legend writes the names of the curves, one below the other.
func (s *sheet) legend(c vgdraw.Canvas, entries []entry, left, top vg.Length) {
	words := s.paper.words(8.5, xfont.WeightNormal)
	words.YAlign = text.YCenter
	for i, e := range entries {
		mid := top - lineHigh*(vg.Length(i)+0.5)
		box := vg.Rectangle{Min: vg.Point{X: left, Y: mid - 4}, Max: vg.Point{X: left + 26, Y: mid + 4}}
		e.thumb.Thumbnail(&vgdraw.Canvas{Canvas: c.Canvas, Rectangle: box})
		c.FillText(words, vg.Point{X: left + 31, Y: mid + 2}, e.name) // letters sit lower than their box
	}
}

// empty is a pair of axes with nothing in it.
func (p *paper) empty(x, y string) *plot.Plot {
	a := plot.New()
	a.TextHandler = p.text
	a.BackgroundColor = nil
	for _, ax := range []*plot.Axis{&a.X, &a.Y} {
		ax.Label.TextStyle = p.words(9, xfont.WeightNormal)
		ax.Label.TextStyle.XAlign, ax.Label.TextStyle.YAlign = text.XCenter, text.YBottom
		ax.Tick.Label = p.words(8.5, xfont.WeightNormal)
		ax.LineStyle = vgdraw.LineStyle{Color: ink, Width: 0.6}
		ax.Tick.LineStyle = ax.LineStyle
		ax.Tick.Length = 3
		ax.Padding = 0
		ax.Tick.Marker = rounds{7}
	}
	a.X.Label.Text, a.Y.Label.Text = x, y
	a.X.Tick.Label.XAlign, a.X.Tick.Label.YAlign = text.XCenter, text.YTop
	a.Y.Tick.Label.XAlign, a.Y.Tick.Label.YAlign = text.XRight, text.YCenter
	return a
}

// rounds are ticks at round numbers.
type rounds struct{ most int }

// Ticks returns the ticks between two values.
func (r rounds) Ticks(low, high float64) []plot.Tick {
	rough := (high - low) / float64(r.most)
	step := math.Pow(10, math.Floor(math.Log10(rough)))
	for _, m := range []float64{1, 2, 5, 10} {
		if m*step >= rough*(1-1e-9) {
			step *= m
			break
		}
	}
	var ticks []plot.Tick
	for i := math.Ceil(low/step - 1e-9); i*step <= high+step*1e-6; i++ {
		ticks = append(ticks, plot.Tick{Value: i * step, Label: fmt.Sprintf("%.4g", i*step+0)})
	}
	return ticks
}

// decades are ticks at 1, 2 and 5 of each decade.
type decades struct{}

// Ticks returns the ticks between two values.
func (decades) Ticks(low, high float64) []plot.Tick {
	var ticks []plot.Tick
	for e := math.Floor(math.Log10(low)); e <= math.Log10(high); e++ {
		for _, m := range []float64{1, 2, 5} {
			if x := m * math.Pow(10, e); x >= low*0.999 && x <= high*1.001 {
				ticks = append(ticks, plot.Tick{Value: x, Label: fmt.Sprintf("%.3g", x)})
			}
		}
	}
	return ticks
}

// named are ticks at whole numbers with words, upward or, with a step of -1, downward from 0.
type named struct {
	words []string
	step  float64
}

// Ticks returns them all.
func (n named) Ticks(_, _ float64) []plot.Tick {
	ticks := make([]plot.Tick, len(n.words))
	for i, w := range n.words {
		ticks[i] = plot.Tick{Value: n.step * float64(i), Label: w}
	}
	return ticks
}

// grid are hairlines at the ticks of the y axis, or of both.
func grid(both bool) *plotter.Grid {
	g := plotter.NewGrid()
	g.Horizontal = vgdraw.LineStyle{Color: faint, Width: 0.5}
	g.Vertical = g.Horizontal
	if !both {
		g.Vertical.Color = nil
	}
	return g
}
