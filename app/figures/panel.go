package figures

import (
	"math"

	"gonum.org/v1/plot/plotter"
)

// panel is one pair of axes.
type panel struct {
	x, y   string // what the axes show, with units
	xs, ys [2]float64
	names  []string // of the places 0, 1, ... on the x axis, instead of numbers
	rows   []string // of the places 0, -1, ... on the y axis; their errors lie along x
	quiet  bool     // the rows are named in the panel to the left
	weight float64  // of its width among the panels, 0 = 1
	log    bool     // x axis by decades
	curves []curve
	bands  []band
}

// curve is a computed line, or dots.
type curve struct {
	name   string // "" = not in the legend
	points plotter.XYs
	kind   kind
	like   int // style of the curve with this number, counted from 1; 0 = the next one
	errors bool
	low    []float64 // of the interval of each dot, with errors
	high   []float64
}

type kind uint8

const (
	line kind = iota
	dots
	published // dots of what was measured, with the interval where there is one
)

// band is a range of x or y worth naming: a layer, a published range.
type band struct {
	name     string
	from, to float64
	along    bool // a range of y, drawn along x
	dark     bool
}

func (p *panel) add(c ...curve) { p.curves = append(p.curves, c...) }

// trace gathers a line as it is computed.
type trace struct{ points plotter.XYs }

func (t *trace) at(x, y float64) {
	if !math.IsNaN(x+y) && !math.IsInf(x+y, 0) {
		t.points = append(t.points, plotter.XY{X: x, Y: y})
	}
}

func (t *trace) line(name string) curve { return curve{name: name, points: t.points} }

func (t *trace) dots(name string) curve { return curve{name: name, points: t.points, kind: dots} }

// measured is one published value with its interval.
func measured(name string, x, y, low, high float64) curve {
	return curve{name: name, points: plotter.XYs{{X: x, Y: y}}, kind: published, errors: true, low: []float64{low}, high: []float64{high}}
}

// thin drops points that a line through the others shows anyway, to within a share of the axes (Douglas and Peucker).
func thin(p plotter.XYs, wide, high float64) plotter.XYs {
	const share = 0.0015
	if len(p) < 3 || wide <= 0 || high <= 0 {
		return p
	}
	keep := make([]bool, len(p))
	keep[0], keep[len(p)-1] = true, true
	for todo := [][2]int{{0, len(p) - 1}}; len(todo) > 0; {
		from, to := todo[len(todo)-1][0], todo[len(todo)-1][1]
		todo = todo[:len(todo)-1]
		worst, at := 0.0, 0
		for i := from + 1; i < to; i++ {
			if d := off(p[from], p[to], p[i], wide, high); d > worst {
				worst, at = d, i
			}
		}
		if worst > share {
			keep[at] = true
			todo = append(todo, [2]int{from, at}, [2]int{at, to})
		}
	}
	var out plotter.XYs
	for i, k := range keep {
		if k {
			out = append(out, p[i])
		}
	}
	return out
}

// within cuts a line at the edges of a box, low x, high x, low y, high y; what lies outside is left out.
func within(p plotter.XYs, box [4]float64) []plotter.XYs {
	var out []plotter.XYs
	for i := 1; i < len(p); i++ {
		a, b, ok := inside(p[i-1], p[i], box)
		if !ok {
			continue
		}
		if n := len(out); n > 0 && out[n-1][len(out[n-1])-1] == a {
			out[n-1] = append(out[n-1], b)
		} else {
			out = append(out, plotter.XYs{a, b})
		}
	}
	return out
}

// inside is the part of a stretch within a box (Liang and Barsky).
func inside(a, b plotter.XY, box [4]float64) (plotter.XY, plotter.XY, bool) {
	t0, t1 := 0.0, 1.0
	dx, dy := b.X-a.X, b.Y-a.Y
	for _, e := range [4][2]float64{{-dx, a.X - box[0]}, {dx, box[1] - a.X}, {-dy, a.Y - box[2]}, {dy, box[3] - a.Y}} {
		switch p, q := e[0], e[1]; {
		case p == 0 && q < 0:
			return a, b, false
		case p < 0:
			t0 = math.Max(t0, q/p)
		case p > 0:
			t1 = math.Min(t1, q/p)
		}
	}
	if t0 > t1 {
		return a, b, false
	}
	from, to := a, b
	if t0 > 0 {
		from = plotter.XY{X: a.X + t0*dx, Y: a.Y + t0*dy}
	}
	if t1 < 1 {
		to = plotter.XY{X: a.X + t1*dx, Y: a.Y + t1*dy}
	}
	return from, to, true
}

// off is how far q lies from the stretch between a and b, in shares of the axes.
func off(a, b, q plotter.XY, wide, high float64) float64 {
	bx, by := (b.X-a.X)/wide, (b.Y-a.Y)/high
	qx, qy := (q.X-a.X)/wide, (q.Y-a.Y)/high
	t := 0.0
	if l := bx*bx + by*by; l > 0 {
		t = math.Min(math.Max((qx*bx+qy*by)/l, 0), 1)
	}
	return math.Hypot(qx-t*bx, qy-t*by)
}

// published1 is one published value without an interval.
func published1(name string, x, y float64) curve {
	return curve{name: name, points: plotter.XYs{{X: x, Y: y}}, kind: published}
}

// xys are points from x, y, x, y ...
func xys(x ...float64) plotter.XYs {
	var out plotter.XYs
	for i := 0; i+1 < len(x); i += 2 {
		out = append(out, plotter.XY{X: x[i], Y: x[i+1]})
	}
	return out
}
