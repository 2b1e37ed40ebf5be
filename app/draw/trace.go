package draw

import "math"

// series draws one line. Where more points than pixels fall together each pixel column keeps its first, lowest, highest
// and last point, so that no spike is lost and the cost does not grow with the recording.
func (c *chart) series(s *Series) {
	n := min(len(s.X), len(s.Y))
	if n == 0 {
		return
	}
	col := s.Color
	if col.A == 0 {
		col = c.t.Force
	}
	e := c.y
	if s.Right != nil {
		e = c.v.readyRight(s)
	}
	c.trace(s, n, e)
	width := s.Width
	if !(width > 0) {
		width = 2
	}
	width *= c.u
	if s.Dashed {
		c.dash(5*c.u, 5*c.u)
	}
	c.strokeWide(width, col)
	c.head(s, n, e, width)
}

// readyRight is the extent of a series with its own scale.
func (v *ChartView) readyRight(s *Series) extent {
	alone := ChartView{Series: []Series{{X: s.X, Y: s.Y}}}
	return alone.ready(s.Right, false)
}

func (c *chart) trace(s *Series, n int, e extent) {
	var col column
	col.x = math.Inf(-1)
	down := false // the pen is on the paper
	flush := func() {
		if col.n == 0 {
			return
		}
		col.emit(c, down)
		down = true
		col.n = 0
	}
	for i := range n {
		x, y := c.px(s.X[i]), c.py(s.Y[i], e)
		if !finite(x) || !finite(y) {
			flush()
			c.end()
			down = false
			continue
		}
		y = clamp(y, -4*float64(c.h)-100, 5*float64(c.h)+100)
		cell := math.Floor(x)
		if col.n > 0 && cell != col.x {
			flush()
		}
		col.add(cell, x, y)
	}
	flush()
	c.end()
}

// column gathers the points of one column of pixels.
type column struct {
	x           float64
	n           int
	firstX      float64
	lastX       float64
	first       float64
	last        float64
	low, high   float64
	lowI, highI int
	lowX, highX float64
}

func (k *column) add(cell, x, y float64) {
	if k.n == 0 {
		*k = column{x: cell, n: 1, firstX: x, lastX: x, first: y, last: y, low: y, high: y, lowX: x, highX: x}
		return
	}
	if y < k.low {
		k.low, k.lowI, k.lowX = y, k.n, x
	}
	if y > k.high {
		k.high, k.highI, k.highX = y, k.n, x
	}
	k.last, k.lastX = y, x
	k.n++
}

func (k *column) emit(c *chart, down bool) {
	if down {
		c.line(k.firstX, k.first)
	} else {
		c.move(k.firstX, k.first)
		if k.n == 1 {
			c.line(k.firstX+0.01, k.first)
		}
	}
	if k.n == 1 {
		return
	}
	if k.n > 2 {
		if k.lowI < k.highI {
			c.line(k.lowX, k.low)
			c.line(k.highX, k.high)
		} else {
			c.line(k.highX, k.high)
			c.line(k.lowX, k.low)
		}
	}
	c.line(k.lastX, k.last)
}

// head marks the newest point and names the line.
func (c *chart) head(s *Series, n int, e extent, width float64) {
	i := n - 1
	for i >= 0 && !(finite(s.X[i]) && finite(s.Y[i])) {
		i--
	}
	if i < 0 {
		return
	}
	col := s.Color
	if col.A == 0 {
		col = c.t.Force
	}
	x, y := c.px(s.X[i]), c.py(s.Y[i], e)
	if s.Head {
		c.in(c.dst.Rect)
		c.fillCircle(x, y, 2.2*width+4*c.u, withAlpha(col, 0.22))
		c.fillCircle(x, y, 1.6*width+1.5*c.u, col)
		c.in(c.plot)
	}
	if s.Label != "" {
		c.later(x, y, s.Label, col, s.Head)
	}
}
