package desktop

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// tall is a thing whose height depends on its width.
type tall interface {
	heightFor(width float32) float32
}

func heightFor(o fyne.CanvasObject, width float32) float32 {
	if t, ok := o.(tall); ok {
		return t.heightFor(width)
	}
	if c, ok := o.(*fyne.Container); ok {
		if t, ok := c.Layout.(interface {
			containerHeight(c *fyne.Container, width float32) float32
		}); ok {
			return t.containerHeight(c, width)
		}
	}
	return o.MinSize().Height
}

// rank says how a thing behaves when a column is too high or too low for what is in it.
type rank struct {
	grow  float32 // share of what is left over
	fold  int     // > 0: gives way, highest first, by disappearing
	least float32 // > 0: gives way by shrinking to this height before anything folds; where it grows: the height it starts from
}

type ranks map[fyne.CanvasObject]rank

// column stacks things at their full width. Where they need more height than there is, those with fold disappear, then
// those with least shrink; what is left is never cut.
type column struct {
	gap    float32
	ranks  ranks
	folded map[fyne.CanvasObject]bool // hidden by the column, not by the room
}

// stack is a column without ranks.
func stack(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return ranked(gap, nil, objects...)
}

// ranked is a column of which some things grow, shrink or fold.
func ranked(gap float32, ranks ranks, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&column{gap: gap, ranks: ranks, folded: map[fyne.CanvasObject]bool{}}, objects...)
}

// there reports whether a thing takes part: the room has not hidden it.
func (l *column) there(o fyne.CanvasObject) bool { return o.Visible() || l.folded[o] }

// natural is the height a thing asks for: the needed one, or the least one of a thing that grows anyway.
func (l *column) natural(o fyne.CanvasObject, width float32) float32 {
	if r := l.ranks[o]; r.grow > 0 && r.least > 0 {
		return r.least
	}
	return heightFor(o, width)
}

// shown returns the things that fit a height, hides the others, and returns the height each gets before growing.
func (l *column) shown(objects []fyne.CanvasObject, size fyne.Size) ([]fyne.CanvasObject, []float32) {
	var out []fyne.CanvasObject
	var heights []float32
	for _, o := range objects {
		if !l.there(o) {
			continue
		}
		out = append(out, o)
		heights = append(heights, l.natural(o, size.Width))
	}
	out, heights = l.fold(out, heights, size.Height)
	over := l.total(heights) - size.Height
	for i, o := range out {
		if least := l.ranks[o].least; least > 0 && over > 0 && heights[i] > least {
			give := min(over, heights[i]-least)
			heights[i] -= give
			over -= give
		}
	}
	return out, heights
}

// fold hides the things with the highest fold until the rest fits or nothing is left to fold.
func (l *column) fold(out []fyne.CanvasObject, heights []float32, height float32) ([]fyne.CanvasObject, []float32) {
	for l.total(heights) > height {
		worst := -1
		for i, o := range out {
			if f := l.ranks[o].fold; f > 0 && (worst < 0 || f > l.ranks[out[worst]].fold) {
				worst = i
			}
		}
		if worst < 0 {
			break
		}
		out[worst].Hide()
		l.folded[out[worst]] = true
		out = append(out[:worst], out[worst+1:]...)
		heights = append(heights[:worst], heights[worst+1:]...)
	}
	return out, heights
}

func (l *column) total(heights []float32) float32 {
	sum := l.gap * float32(max(0, len(heights)-1))
	for _, h := range heights {
		sum += h
	}
	return sum
}

// Layout implements fyne.Layout.
func (l *column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	out, heights := l.shown(objects, size)
	var shares float32
	for _, o := range out {
		shares += l.ranks[o].grow
	}
	spare := max(0, size.Height-l.total(heights))
	var y float32
	for i, o := range out {
		h := heights[i]
		if shares > 0 {
			h += spare * l.ranks[o].grow / shares
		}
		if l.folded[o] {
			delete(l.folded, o)
			o.Show()
		}
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, h))
		y += h + l.gap
	}
}

// MinSize implements fyne.Layout. It says nothing of height for width; the rooms ask heightFor.
func (l *column) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var w, h float32
	for _, o := range objects {
		r := l.ranks[o]
		if r.fold > 0 || !l.there(o) {
			continue
		}
		m := o.MinSize()
		w = max(w, m.Width)
		if r.least > 0 {
			m.Height = min(m.Height, r.least)
		}
		h += m.Height + l.gap
	}
	return fyne.NewSize(w, max(0, h-l.gap))
}

func (l *column) containerHeight(c *fyne.Container, width float32) float32 {
	var heights []float32
	for _, o := range c.Objects {
		if l.there(o) {
			heights = append(heights, heightFor(o, width))
		}
	}
	return l.total(heights)
}
