package desktop

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// keyboard takes the keys a focused widget does not use itself; the shell is one.
type keyboard interface {
	typed(name fyne.KeyName)
	held(name fyne.KeyName, down bool)
}

// press is a button: words, the key that does the same, perhaps a swatch and a second line.
type press struct {
	widget.BaseWidget
	words   string
	second  string
	cap     string                   // the key, as it is printed on the keyboard; empty = none
	paint   func() *canvas.Rectangle // a swatch beside the words
	strong  bool                     // the one obvious action
	tight   bool                     // a tab: little room at the sides, small letters
	narrow  bool                     // in a list: as wide as the list, its words shortened if need be
	chosen  bool
	off     bool
	done    bool                // shows a tick
	ink     fyne.ThemeColorName // of the words; empty = that of text
	onTap   func()
	keys    keyboard
	hover   bool
	focused bool
}

var (
	_ fyne.Tappable     = (*press)(nil)
	_ fyne.Focusable    = (*press)(nil)
	_ desktop.Keyable   = (*press)(nil)
	_ desktop.Hoverable = (*press)(nil)
)

func newPress(words, cap string, keys keyboard, onTap func()) *press {
	p := &press{words: words, cap: cap, keys: keys, onTap: onTap}
	p.ExtendBaseWidget(p)
	return p
}

// main makes it the one obvious action of its room.
func (p *press) main() *press {
	p.strong = true
	return p
}

// state sets what changes while a room is open; it costs nothing when nothing changed.
func (p *press) state(chosen, off, done bool) {
	if p.chosen == chosen && p.off == off && p.done == done {
		return
	}
	p.chosen, p.off, p.done = chosen, off, done
	p.Refresh()
}

// say changes the words.
func (p *press) say(words string) {
	if p.words != words {
		p.words = words
		p.Refresh()
	}
}

// tell changes words and their colour; it costs nothing when neither changed.
func (p *press) tell(words string, ink fyne.ThemeColorName) {
	if p.words != words || p.ink != ink {
		p.words, p.ink = words, ink
		p.Refresh()
	}
}

// Tapped implements fyne.Tappable.
func (p *press) Tapped(*fyne.PointEvent) {
	if !p.off && p.onTap != nil {
		p.onTap()
	}
}

// FocusGained implements fyne.Focusable.
func (p *press) FocusGained() { p.focused = true; p.Refresh() }

// FocusLost implements fyne.Focusable.
func (p *press) FocusLost() { p.focused = false; p.Refresh() }

// TypedRune implements fyne.Focusable.
func (p *press) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (p *press) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		p.Tapped(nil)
	default:
		if p.keys != nil {
			p.keys.typed(e.Name)
		}
	}
}

// KeyDown implements desktop.Keyable.
func (p *press) KeyDown(e *fyne.KeyEvent) { p.held(e, true) }

// KeyUp implements desktop.Keyable.
func (p *press) KeyUp(e *fyne.KeyEvent) { p.held(e, false) }

func (p *press) held(e *fyne.KeyEvent, down bool) {
	if p.keys != nil && (!down || e.Name != fyne.KeySpace) {
		p.keys.held(e.Name, down)
	}
}

// MouseIn implements desktop.Hoverable.
func (p *press) MouseIn(*desktop.MouseEvent) { p.hover = true; p.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (p *press) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (p *press) MouseOut() { p.hover = false; p.Refresh() }

// CreateRenderer implements fyne.Widget.
func (p *press) CreateRenderer() fyne.WidgetRenderer {
	r := &pressRenderer{p: p, back: canvas.NewRectangle(nil), key: canvas.NewRectangle(nil)}
	r.back.CornerRadius, r.key.CornerRadius = 6, 3
	r.words, r.second, r.letter = canvas.NewText("", nil), canvas.NewText("", nil), canvas.NewText("", nil)
	r.tick = canvas.NewText(tick, nil)
	r.tick.TextSize = sizeBody
	r.words.TextSize, r.second.TextSize, r.letter.TextSize = sizeBody, sizeSmall, sizeSmall
	r.colour()
	return r
}

type pressRenderer struct {
	p             *press
	back, key     *canvas.Rectangle
	swatch        *canvas.Rectangle
	words, second *canvas.Text
	letter, tick  *canvas.Text
	measured      pressWords
	least         fyne.Size
}

const tick = "✓"

const (
	pressPad    = float32(9)
	pressHeight = float32(32)
)

func (r *pressRenderer) capWidth() float32 {
	if r.p.cap == "" {
		return 0
	}
	return max(18, fyne.MeasureText(r.p.cap, sizeSmall, fyne.TextStyle{}).Width+8)
}

// MinSize is measured again only when the words change: Fyne asks at every frame.
func (r *pressRenderer) MinSize() fyne.Size {
	key := pressWords{r.p.words, r.p.second, r.p.cap, r.p.done, r.p.tight, r.p.narrow}
	if key != r.measured {
		r.measured, r.least = key, r.measure()
	}
	return r.least
}

// pressWords is what decides the least size of a button.
type pressWords struct {
	words, second, cap  string
	done, tight, narrow bool
}

func (r *pressRenderer) measure() fyne.Size {
	w := fyne.MeasureText(r.p.words, sizeBody, fyne.TextStyle{Bold: true}).Width
	h := pressHeight
	if r.p.second != "" {
		w = max(w, fyne.MeasureText(r.p.second, sizeSmall, fyne.TextStyle{}).Width)
		h += 14
	}
	if c := r.capWidth(); c > 0 {
		w += c + 8
	}
	if r.p.done {
		w += 16
	}
	if r.p.paint != nil {
		w += 18
	}
	if r.p.tight {
		return fyne.NewSize(fyne.MeasureText(r.p.words, sizeSmall, fyne.TextStyle{Bold: true}).Width+6, 28)
	}
	if r.p.narrow {
		return fyne.NewSize(60, h)
	}
	return fyne.NewSize(w+2*pressPad, h)
}

func (r *pressRenderer) Layout(size fyne.Size) {
	r.back.Resize(size)
	x, right := pressPad, size.Width-pressPad
	if r.p.tight {
		x, right = 2, size.Width-2
	}
	if r.swatch != nil {
		r.swatch.Move(fyne.NewPos(x, 6))
		r.swatch.Resize(fyne.NewSize(9, size.Height-12))
		x += 18
	}
	if w := r.capWidth(); w > 0 {
		right -= w
		r.key.Move(fyne.NewPos(right, (size.Height-18)/2))
		r.key.Resize(fyne.NewSize(w, 18))
		m := fyne.MeasureText(r.p.cap, sizeSmall, fyne.TextStyle{})
		r.letter.Move(fyne.NewPos(right+(w-m.Width)/2, (size.Height-m.Height)/2))
		r.letter.Resize(m)
		right -= 6
	}
	r.text(x, right-x, size.Height)
}

// text sets the words, shortened where the button is narrower than it would like to be.
func (r *pressRenderer) text(x, width, height float32) {
	if r.p.done {
		m := fyne.MeasureText(tick, sizeBody, fyne.TextStyle{})
		r.tick.Move(fyne.NewPos(x, (height-m.Height)/2))
		r.tick.Resize(m)
		x, width = x+16, width-16
	}
	r.words.Text = ellipsis(r.p.words, width, r.words.TextSize, r.words.TextStyle)
	r.second.Text = ellipsis(r.p.second, width, sizeSmall, r.second.TextStyle)
	m := fyne.MeasureText(r.words.Text, r.words.TextSize, r.words.TextStyle)
	m.Height = fyne.MeasureText("Mg", r.words.TextSize, r.words.TextStyle).Height // a sign of another font is higher
	y := (height - m.Height) / 2
	if r.p.second != "" {
		y = height/2 - m.Height + 2
		r.second.Move(fyne.NewPos(x, height/2+1))
		r.second.Resize(fyne.NewSize(width, m.Height))
	}
	if r.p.cap == "" && r.swatch == nil && r.p.second == "" {
		x += max(0, (width-m.Width)/2)
	}
	r.words.Move(fyne.NewPos(x, y))
	r.words.Resize(m)
}

// colour takes the colours of the state from the theme.
func (r *pressRenderer) colour() {
	p := r.p
	fill, edge, ink := colourPanel, colourLine, colourText
	switch {
	case p.strong && !p.off:
		fill, edge, ink = colourForce, colourForce, colourInk
	case p.chosen:
		fill, edge = colourRaised, colourText
	case p.hover && !p.off:
		fill = colourRaised
	}
	if p.ink != "" && !p.strong {
		ink = p.ink
	}
	if p.off {
		ink = colourMuted
	}
	r.back.FillColor, r.back.StrokeColor, r.back.StrokeWidth = theme.Color(fill), theme.Color(edge), 1
	if p.focused {
		r.back.StrokeWidth, r.back.StrokeColor = 2.5, theme.Color(colourDepth)
	}
	if p.tight {
		r.words.TextSize = sizeSmall
	}
	r.words.Color, r.second.Color = theme.Color(ink), theme.Color(colourMuted)
	r.words.TextStyle.Bold = p.strong || p.chosen
	r.tick.Color = theme.Color(colourGood)
	r.letter.Text, r.letter.Color = p.cap, theme.Color(ink)
	if p.ink != "" {
		r.letter.Color = theme.Color(colourMuted)
	}
	r.key.FillColor, r.key.StrokeColor, r.key.StrokeWidth = nil, theme.Color(colourMuted), 1
	if p.strong && !p.off {
		r.key.StrokeColor = theme.Color(colourInk)
	}
	if r.swatch == nil && p.paint != nil {
		r.swatch = p.paint()
	}
}

func (r *pressRenderer) Refresh() {
	r.colour()
	r.Layout(r.p.Size())
	canvas.Refresh(r.p)
}

func (r *pressRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.back}
	if r.swatch != nil {
		out = append(out, r.swatch)
	}
	if r.p.cap != "" {
		out = append(out, r.key, r.letter)
	}
	if r.p.done {
		out = append(out, r.tick)
	}
	out = append(out, r.words)
	if r.p.second != "" {
		out = append(out, r.second)
	}
	return out
}

func (r *pressRenderer) Destroy() {}
