package draw

import (
	"image"
	"image/color"
	"math"
)

// ChartView is a line chart at one moment.
type ChartView struct {
	Theme *Theme
	Scale float64 // px per dp, 0 = 1

	Title  string // small, above the plot; may be empty
	X, Y   Axis
	Bands  []Band   // shaded behind the lines, along x
	Levels []Level  // horizontal lines, such as the pass mark
	Series []Series // later ones lie on top
	Events []Event
	Empty  string // what to say when no series has a point

	Cursor     float64 // x of a vertical line, when ShowCursor
	ShowCursor bool
	Bare       bool // no axes: a sparkline
}

// Axis is one axis of a chart.
type Axis struct {
	Label    string // "depth along the needle, mm"
	Unit     string // after the greatest tick, as in "30 N"
	Min, Max float64
	Auto     bool    // take the range from the series, and Min..Max as the least range shown
	Factor   float64 // values are multiplied by it before they are shown, 0 = 1: 1000 for metres shown as mm
}

// Band is a range along x in the colour of a tissue.
type Band struct {
	From, To float64
	Tissue   Tissue
	Label    string
}

// Level is a horizontal line with a word.
type Level struct {
	Y     float64
	Label string
	Color color.NRGBA // zero = muted
}

// Series is one line. X and Y have the same length, the shorter counts; points that are not finite break the line.
type Series struct {
	X, Y   []float64
	Color  color.NRGBA // zero = force
	Width  float64     // dp, 0 = 2
	Dashed bool        // a reference
	Head   bool        // a dot at the newest point
	Label  string      // beside the newest point
	Right  *Axis       // its own scale instead of Y, without ticks
}

// Event is a moment marked in the chart.
type Event struct {
	X     float64
	Y     float64 // of a dot, when Dot
	Dot   bool
	Label string
	Color color.NRGBA // zero = depth blue
}

// Chart draws the view over the whole of dst.
func Chart(dst *image.RGBA, v ChartView) {
	if dst = atOrigin(dst); dst == nil {
		return
	}
	c := v.plan(dst.Rect.Dx(), dst.Rect.Dy())
	c.pen = penOn(dst)
	defer c.pen.done()
	flood(dst, dst.Rect, c.t.Panel)
	if c.w < 8 || c.h < 8 {
		return
	}
	c.bands()
	c.grid()
	c.levels()
	c.in(c.plot)
	for i := range v.Series {
		c.series(&v.Series[i])
	}
	c.cursor()
	c.in(dst.Rect)
	c.events()
	c.words()
	c.empty()
}

// ChartX returns the value on the x axis under a pixel of a chart of size w by h, held to the axis.
func ChartX(v ChartView, w, h int, px float64) float64 {
	c := v.plan(w, h)
	if c.plot.Dx() <= 0 {
		return c.x.lo
	}
	t := clamp((px-float64(c.plot.Min.X))/float64(c.plot.Dx()), 0, 1)
	return (c.x.lo + t*(c.x.hi-c.x.lo)) / c.x.factor
}

type chart struct {
	*pen
	v    *ChartView
	t    *Theme
	u    float64
	w, h int
	plot image.Rectangle
	x, y extent
	size float64     // of the text, px
	used []textPlace // where labels already stand

	waiting []word
}

// extent is an axis made ready: shown values from lo to hi.
type extent struct{ lo, hi, factor float64 }

type textPlace struct{ x0, y0, x1, y1 float64 }

func (v *ChartView) plan(w, h int) *chart {
	c := &chart{v: v, t: themeOr(v.Theme), u: scaleOr(v.Scale), w: w, h: h}
	c.size = 12 * c.u
	left, right, top, foot := 46*c.u, 14*c.u, 10*c.u, 40*c.u
	if v.X.Label == "" {
		foot = 22 * c.u
	}
	if v.Title != "" {
		top += 20 * c.u
	}
	for _, b := range v.Bands {
		if b.Label != "" {
			top = max(top, 14*c.u)
		}
	}
	if v.Bare {
		left, right, top, foot = 6*c.u, 10*c.u, 8*c.u, 8*c.u
	}
	if float64(w) < left*2.5 {
		left, right = 4*c.u, 4*c.u
	}
	if float64(h) < (top+foot)*1.4 {
		top, foot = 3*c.u, 3*c.u
	}
	c.plot = image.Rect(int(left), int(top), max(w-int(right), int(left)), max(h-int(foot), int(top)))
	c.x, c.y = v.ready(&v.X, true), v.ready(&v.Y, false)
	return c
}

func (v *ChartView) ready(a *Axis, x bool) extent {
	e := extent{lo: a.Min, hi: a.Max, factor: a.Factor}
	if e.factor == 0 || !finite(e.factor) {
		e.factor = 1
	}
	e.lo, e.hi = e.lo*e.factor, e.hi*e.factor
	if a.Auto {
		for i := range v.Series {
			s := &v.Series[i]
			if s.Right != nil && !x {
				continue
			}
			values := s.Y
			if x {
				values = s.X
			}
			for _, y := range values {
				if finite(y) {
					e.lo, e.hi = min(e.lo, y*e.factor), max(e.hi, y*e.factor)
				}
			}
		}
		if !x && e.hi > e.lo {
			e.hi += 0.08 * (e.hi - e.lo)
		}
	}
	if !finite(e.lo) || !finite(e.hi) || !(e.hi > e.lo) || e.hi-e.lo > 1e12 {
		lo := 0.0
		if finite(e.lo) && math.Abs(e.lo) < 1e12 {
			lo = e.lo
		}
		e.lo, e.hi = lo, lo+1
	}
	return e
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

func (c *chart) px(x float64) float64 {
	return float64(c.plot.Min.X) + (x*c.x.factor-c.x.lo)/(c.x.hi-c.x.lo)*float64(c.plot.Dx())
}

func (c *chart) py(y float64, e extent) float64 {
	return float64(c.plot.Max.Y) - (y*e.factor-e.lo)/(e.hi-e.lo)*float64(c.plot.Dy())
}

func (c *chart) bands() {
	style := Style{Size: c.size * 0.95, Align: AlignCentre}
	for _, b := range c.v.Bands {
		x0, x1 := c.px(b.From), c.px(b.To)
		x0, x1 = clamp(x0, float64(c.plot.Min.X), float64(c.plot.Max.X)), clamp(x1, float64(c.plot.Min.X), float64(c.plot.Max.X))
		if x1-x0 < 0.5 {
			continue
		}
		colour := c.t.Of(b.Tissue)
		box := image.Rect(int(math.Round(x0)), c.plot.Min.Y, int(math.Round(x1)), c.plot.Max.Y)
		flood(c.dst, box, withAlpha(colour, c.bandAlpha(b.Tissue)))
		// a full-colour foot makes the tissue recognisable
		box.Min.Y = box.Max.Y - int(math.Round(3*c.u))
		flood(c.dst, box, colour)
		if b.Label == "" {
			continue
		}
		w := TextWidth(b.Label, style)
		if w+6*c.u <= x1-x0 {
			y := float64(c.plot.Min.Y) + c.size*1.1
			Text(c.dst, (x0+x1)/2, y, b.Label, style, withAlpha(c.t.Text, 0.8))
			c.used = append(c.used, textPlace{(x0+x1)/2 - w/2, y - c.size, (x0+x1)/2 + w/2, y + 3*c.u})
		}
	}
}

func (c *chart) bandAlpha(t Tissue) float64 {
	switch t {
	case NearCortex, FarCortex:
		return 0.20
	case Marrow, DeepTissue:
		return 0.26
	}
	return 0.13
}

func (c *chart) grid() {
	if c.v.Bare {
		return
	}
	style := Style{Size: c.size}
	line := withAlpha(c.t.Hairline, 0.9)
	if c.t.Light {
		line = c.t.Hairline
	}
	y0, y1 := float64(c.plot.Min.Y), float64(c.plot.Max.Y)
	x0, x1 := float64(c.plot.Min.X), float64(c.plot.Max.X)
	ticks(c.y.lo, c.y.hi, int(clamp((y1-y0)/(c.size*2.6), 1, 8)), func(value float64, text string, last bool) {
		y := y1 - (value-c.y.lo)/(c.y.hi-c.y.lo)*(y1-y0)
		c.hair(x0, y, x1, y, line)
		if last && c.v.Y.Unit != "" {
			text += " " + c.v.Y.Unit
		}
		style.Align = AlignRight
		middle(c.dst, x0-7*c.u, clamp(y, c.size/2, float64(c.h)), text, style, c.t.Muted)
	})
	ticks(c.x.lo, c.x.hi, int(clamp((x1-x0)/(c.size*4.5), 1, 12)), func(value float64, text string, last bool) {
		x := x0 + (value-c.x.lo)/(c.x.hi-c.x.lo)*(x1-x0)
		c.hair(x, y1, x, y1+4*c.u, c.t.Muted)
		if last && c.v.X.Unit != "" {
			text += " " + c.v.X.Unit
		}
		style.Align = AlignCentre
		Text(c.dst, x, y1+6*c.u+c.size, text, style, c.t.Muted)
	})
	c.hair(x0, y1, x1, y1, c.t.Muted)
	c.hair(x0, y0, x0, y1, line)
	style.Align = AlignCentre
	if c.v.X.Label != "" {
		Text(c.dst, (x0+x1)/2, float64(c.h)-6*c.u, c.v.X.Label, style, c.t.Muted)
	}
	if c.v.Title != "" {
		Text(c.dst, x0, 18*c.u, c.v.Title, Style{Size: c.size, Bold: true}, c.t.Muted)
	}
}

// hair draws a straight line one dp wide on whole pixels.
func (c *chart) hair(x0, y0, x1, y1 float64, col color.NRGBA) {
	w := max(1, math.Round(c.u))
	x0, y0, x1, y1 = math.Round(x0), math.Round(y0), math.Round(x1), math.Round(y1)
	if x0 == x1 {
		x1 += w
	} else {
		y1 += w
	}
	flood(c.dst, boxOf(x0, y0, x1, y1), col)
}

func (c *chart) levels() {
	for _, l := range c.v.Levels {
		col := l.Color
		if col.A == 0 {
			col = c.t.Muted
		}
		y := c.py(l.Y, c.y)
		if y < float64(c.plot.Min.Y)-1 || y > float64(c.plot.Max.Y)+1 || math.IsNaN(y) {
			continue
		}
		c.hair(float64(c.plot.Min.X), y, float64(c.plot.Max.X), y, withAlpha(col, 0.6))
		if l.Label != "" {
			Text(c.dst, float64(c.plot.Min.X)+3*c.u, y-4*c.u, l.Label, Style{Size: c.size}, col)
		}
	}
}

func (c *chart) cursor() {
	if !c.v.ShowCursor || !finite(c.v.Cursor) {
		return
	}
	x := c.px(c.v.Cursor)
	c.hair(x, float64(c.plot.Min.Y), x, float64(c.plot.Max.Y), c.t.Text)
	c.fillCircle(x, float64(c.plot.Min.Y)+5*c.u, 5*c.u, c.t.Text)
}

func (c *chart) empty() {
	if c.v.Empty == "" {
		return
	}
	for i := range c.v.Series {
		if len(c.v.Series[i].X) > 0 && len(c.v.Series[i].Y) > 0 {
			return
		}
	}
	cx, cy := float64(c.plot.Min.X+c.plot.Max.X)/2, float64(c.plot.Min.Y+c.plot.Max.Y)/2
	middle(c.dst, cx, cy, c.v.Empty, Style{Size: 13 * c.u, Align: AlignCentre}, c.t.Muted)
}
