package desktop

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// row sets things side by side: those with a share divide what the others leave.
type row struct {
	gap    float32
	shares map[fyne.CanvasObject]float32
}

// line is a row of things at their least width, centred vertically.
func line(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&row{gap: gap}, objects...)
}

// spread is a row in which the named thing takes what the others leave.
func spread(gap float32, wide fyne.CanvasObject, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&row{gap: gap, shares: map[fyne.CanvasObject]float32{wide: 1}}, objects...)
}

// even is a row of things of the same width.
func even(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	r := &row{gap: gap, shares: map[fyne.CanvasObject]float32{}}
	for _, o := range objects {
		r.shares[o] = 1
	}
	return container.New(r, objects...)
}

func (r *row) widths(objects []fyne.CanvasObject, width float32) []float32 {
	out := make([]float32, len(objects))
	left, shares := width, float32(0)
	seen := 0
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		seen++
		if s := r.shares[o]; s > 0 {
			shares += s
			continue
		}
		out[i] = o.MinSize().Width
		left -= out[i]
	}
	left -= r.gap * float32(max(0, seen-1))
	for i, o := range objects {
		if s := r.shares[o]; s > 0 && o.Visible() {
			out[i] = max(0, left*s/shares)
		}
	}
	return out
}

// Layout implements fyne.Layout.
func (r *row) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	var x float32
	for i, w := range r.widths(objects, size.Width) {
		o := objects[i]
		if !o.Visible() {
			continue
		}
		h := size.Height
		if !fills(o) {
			h = min(h, heightFor(o, w))
		}
		o.Move(fyne.NewPos(x, (size.Height-h)/2))
		o.Resize(fyne.NewSize(w, h))
		x += w + r.gap
	}
}

// MinSize implements fyne.Layout.
func (r *row) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var w, h float32
	for _, o := range objects {
		if o.Visible() {
			m := o.MinSize()
			w, h = w+m.Width+r.gap, max(h, m.Height)
		}
	}
	return fyne.NewSize(max(0, w-r.gap), h)
}

func (r *row) containerHeight(c *fyne.Container, width float32) float32 {
	var h float32
	for i, w := range r.widths(c.Objects, width) {
		if c.Objects[i].Visible() {
			h = max(h, heightFor(c.Objects[i], w))
		}
	}
	return h
}

// fills reports whether a thing takes the whole height of its row: boxes and pictures do, words and buttons do not.
func fills(o fyne.CanvasObject) bool {
	switch o.(type) {
	case *fyne.Container, *picture:
		return true
	}
	return false
}
