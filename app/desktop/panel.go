package desktop

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

const (
	gutter = float32(10) // between panels and to the window's edge
	inset  = float32(14) // from a panel's edge to what is in it
)

// padded is a layout of a background and, in front of it, one thing kept away from the edges.
type padded struct{ x, y float32 }

// Layout implements fyne.Layout.
func (p padded) Layout(o []fyne.CanvasObject, size fyne.Size) {
	if len(o) == 0 {
		return
	}
	for _, back := range o[:len(o)-1] {
		back.Move(fyne.NewPos(0, 0))
		back.Resize(size)
	}
	front := o[len(o)-1]
	front.Move(fyne.NewPos(p.x, p.y))
	front.Resize(fyne.NewSize(max(0, size.Width-2*p.x), max(0, size.Height-2*p.y)))
}

// MinSize implements fyne.Layout.
func (p padded) MinSize(o []fyne.CanvasObject) fyne.Size {
	if len(o) == 0 {
		return fyne.Size{}
	}
	m := o[len(o)-1].MinSize()
	return fyne.NewSize(m.Width+2*p.x, m.Height+2*p.y)
}

func (p padded) containerHeight(c *fyne.Container, width float32) float32 {
	if len(c.Objects) == 0 {
		return 0
	}
	return heightFor(c.Objects[len(c.Objects)-1], width-2*p.x) + 2*p.y
}

func box(fill, edge fyne.ThemeColorName, radius float32) *canvas.Rectangle {
	r := canvas.NewRectangle(theme.Color(fill))
	r.StrokeColor, r.StrokeWidth, r.CornerRadius = theme.Color(edge), 1, radius
	return r
}

// panel is a plate with a hairline around it.
func panel(content fyne.CanvasObject) *fyne.Container {
	return container.New(padded{inset, inset}, box(colourPanel, colourLine, 8), content)
}

// bare is a panel whose content reaches its edges: for pictures.
func bare(content fyne.CanvasObject) *fyne.Container {
	return container.New(padded{1, 1}, box(colourPanel, colourLine, 8), content)
}

// tint is a plain area of one colour with something on it.
func tint(fill fyne.ThemeColorName, x, y float32, content fyne.CanvasObject) *fyne.Container {
	return container.New(padded{x, y}, canvas.NewRectangle(theme.Color(fill)), content)
}

// chip is a few words in a rounded frame: a fact, not a button.
func chip(words *prose) *fyne.Container {
	words.most = 1
	return container.New(snug{12, 5}, box(colourGround, colourLine, 14), words)
}

// snug is padded, as wide as the prose in it.
type snug struct{ x, y float32 }

// Layout implements fyne.Layout.
func (s snug) Layout(o []fyne.CanvasObject, size fyne.Size) {
	p := o[1].(*prose)
	h := p.lineHeight() + 2*s.y
	y := max(0, (size.Height-h)/2)
	o[0].Move(fyne.NewPos(0, y))
	o[0].Resize(fyne.NewSize(size.Width, h))
	p.Move(fyne.NewPos(s.x, y+s.y))
	p.Resize(fyne.NewSize(size.Width-2*s.x, p.lineHeight()))
}

// MinSize implements fyne.Layout.
func (s snug) MinSize(o []fyne.CanvasObject) fyne.Size {
	p := o[1].(*prose)
	return fyne.NewSize(p.fullWidth()+2*s.x+1, p.lineHeight()+2*s.y)
}

// rule is a hairline.
func rule() *fyne.Container {
	r := canvas.NewRectangle(theme.Color(colourLine))
	r.SetMinSize(fyne.NewSize(1, 1))
	return container.New(padded{}, r)
}

// gapOf is empty room of a height.
func gapOf(h float32) fyne.CanvasObject {
	r := canvas.NewRectangle(theme.Color(colourPanel))
	r.FillColor = nil
	r.SetMinSize(fyne.NewSize(0, h))
	return r
}
