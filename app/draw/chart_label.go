package draw

import "image/color"

// events draws the marks of what happened: a dotted line from the axis, or a dot on the trace.
func (c *chart) events() {
	top, foot := float64(c.plot.Min.Y), float64(c.plot.Max.Y)
	for i := range c.v.Events {
		e := &c.v.Events[i]
		x := c.px(e.X)
		if !(x >= float64(c.plot.Min.X)-1 && x <= float64(c.plot.Max.X)+1) {
			continue
		}
		col := e.Color
		if col.A == 0 {
			col = c.t.Depth
		}
		y := top + 10*c.u
		if e.Dot && finite(e.Y) {
			y = clamp(c.py(e.Y, c.y), top, foot)
			c.fillCircle(x, y, 4.5*c.u, col)
			c.ring(x, y, 4.5*c.u, 1.5*c.u, c.t.Panel)
		} else {
			c.move(x, top)
			c.line(x, foot)
			c.dash(2*c.u, 4*c.u)
			c.stroke(1.3*c.u, withAlpha(col, 0.9))
		}
		if e.Label != "" {
			c.later(x, y, e.Label, col, e.Dot)
		}
	}
}

// word is one that waits until every line is drawn.
type word struct {
	x, y float64
	text string
	col  color.NRGBA
	dot  bool
}

func (c *chart) later(x, y float64, text string, col color.NRGBA, dot bool) {
	c.waiting = append(c.waiting, word{x, y, text, col, dot})
}

// words writes what waits: what happened first, the names of the lines after it.
func (c *chart) words() {
	for i := len(c.waiting) - 1; i >= 0; i-- {
		w := &c.waiting[i]
		c.place(w.x, w.y, w.text, w.col, w.dot)
	}
}

// place writes a word beside a point: to the right, else to the left, else on lines further down, where it first meets
// no other word; a word that fits nowhere is left out rather than laid over another.
func (c *chart) place(x, y float64, text string, col color.NRGBA, dot bool) {
	style := Style{Size: c.size, Bold: dot}
	w := TextWidth(text, style)
	gap := 6 * c.u
	if dot {
		gap = 11 * c.u
	}
	lineHeight := 1.4 * c.size
	top, foot := float64(c.plot.Min.Y)+c.size*0.75, float64(c.plot.Max.Y)-c.size*0.75
	for row := range 12 {
		step := float64((row+1)/2) * lineHeight
		if row%2 == 0 && dot {
			step = -step
		} else if !dot {
			step = float64(row) * lineHeight
		}
		my := y + step
		if my < top || my > foot {
			if row != 0 {
				continue
			}
			my = clamp(my, top, max(top, foot))
		}
		for _, x0 := range [...]float64{x + gap, x - gap - w} {
			p := textPlace{x0 - 2*c.u, my - 0.65*c.size, x0 + w + 2*c.u, my + 0.65*c.size}
			if p.x0 < float64(c.plot.Min.X) || p.x1 > float64(c.w) || c.taken(p) {
				continue
			}
			c.used = append(c.used, p)
			c.roundRect(p.x0, p.y0, p.x1, p.y1, 3*c.u)
			c.fill(withAlpha(c.t.Panel, 0.72))
			middle(c.dst, x0, my, text, style, col)
			return
		}
	}
}

func (c *chart) taken(p textPlace) bool {
	for _, q := range c.used {
		if p.x0 < q.x1 && q.x0 < p.x1 && p.y0 < q.y1 && q.y0 < p.y1 {
			return true
		}
	}
	return false
}
