package desktop

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// painter draws the whole of dst; scale is device pixels per unit of Fyne, so that lines and letters keep their size.
type painter func(dst *image.RGBA, scale float64)

// picture shows what a painter draws, in one buffer that is kept as long as its size stays.
type picture struct {
	widget.BaseWidget
	raster *canvas.Raster
	buf    *image.RGBA
	paint  painter
}

func newPicture(least fyne.Size, paint painter) *picture {
	p := &picture{paint: paint}
	p.raster = canvas.NewRaster(p.generate)
	p.raster.SetMinSize(least)
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer implements fyne.Widget.
func (p *picture) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.raster) }

// redraw paints the picture anew at the next frame.
func (p *picture) redraw() { p.raster.Refresh() }

func (p *picture) generate(w, h int) image.Image {
	if w <= 0 || h <= 0 {
		return image.NewRGBA(image.Rect(0, 0, 1, 1))
	}
	if p.buf == nil || p.buf.Rect.Dx() != w || p.buf.Rect.Dy() != h {
		p.buf = image.NewRGBA(image.Rect(0, 0, w, h))
	}
	scale := 1.0
	if width := p.Size().Width; width > 0 {
		scale = float64(w) / float64(width)
	}
	p.paint(p.buf, scale)
	return p.buf
}

// pad is a picture that takes the pointer and the keyboard: the limb, the section.
type pad struct {
	widget.BaseWidget
	pic     *picture
	ring    *canvas.Rectangle
	keys    keyboard
	onPress func(at fyne.Position)
	onMove  func(at fyne.Position) // pointer over the picture, button up
	onDrag  func(dx, dy float32)   // from where the button went down
	onDrop  func()
	from    fyne.Position
	pressed bool
}

var (
	_ desktop.Mouseable = (*pad)(nil)
	_ desktop.Hoverable = (*pad)(nil)
	_ desktop.Keyable   = (*pad)(nil)
	_ fyne.Draggable    = (*pad)(nil)
	_ fyne.Focusable    = (*pad)(nil)
)

func newPad(pic *picture, keys keyboard) *pad {
	p := &pad{pic: pic, keys: keys, ring: canvas.NewRectangle(nil)}
	p.ring.CornerRadius = 8
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer implements fyne.Widget.
func (p *pad) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(padded{}, p.pic, p.ring))
}

// MouseDown implements desktop.Mouseable.
func (p *pad) MouseDown(e *desktop.MouseEvent) {
	p.from, p.pressed = e.Position, true
	if p.onPress != nil {
		p.onPress(e.Position)
	}
}

// MouseUp implements desktop.Mouseable.
func (p *pad) MouseUp(*desktop.MouseEvent) { p.drop() }

// Dragged implements fyne.Draggable.
func (p *pad) Dragged(e *fyne.DragEvent) {
	if !p.pressed {
		p.from, p.pressed = e.Position, true
	}
	if p.onDrag != nil {
		p.onDrag(e.Position.X-p.from.X, e.Position.Y-p.from.Y)
	}
}

// DragEnd implements fyne.Draggable.
func (p *pad) DragEnd() { p.drop() }

func (p *pad) drop() {
	if p.pressed && p.onDrop != nil {
		p.onDrop()
	}
	p.pressed = false
}

// MouseIn implements desktop.Hoverable.
func (p *pad) MouseIn(*desktop.MouseEvent) {}

// MouseMoved implements desktop.Hoverable.
func (p *pad) MouseMoved(e *desktop.MouseEvent) {
	if p.onMove != nil && !p.pressed {
		p.onMove(e.Position)
	}
}

// MouseOut implements desktop.Hoverable.
func (p *pad) MouseOut() {}

// FocusGained implements fyne.Focusable.
func (p *pad) FocusGained() {
	p.ring.StrokeColor, p.ring.StrokeWidth = theme.Color(colourDepth), 2
	p.ring.Refresh()
}

// FocusLost implements fyne.Focusable.
func (p *pad) FocusLost() {
	p.ring.StrokeWidth = 0
	p.ring.Refresh()
}

// TypedRune implements fyne.Focusable.
func (p *pad) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (p *pad) TypedKey(e *fyne.KeyEvent) { p.keys.typed(e.Name) }

// KeyDown implements desktop.Keyable.
func (p *pad) KeyDown(e *fyne.KeyEvent) { p.keys.held(e.Name, true) }

// KeyUp implements desktop.Keyable.
func (p *pad) KeyUp(e *fyne.KeyEvent) { p.keys.held(e.Name, false) }
