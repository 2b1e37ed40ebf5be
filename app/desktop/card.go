package desktop

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"osseo/scenarios"
)

// card is one case in the gallery: a picture, who it is, with what, how hard, the best score.
type card struct {
	widget.BaseWidget
	kase     *scenarios.Case
	keys     keyboard
	onChoose func()
	onStart  func()
	frame    *canvas.Rectangle
	best     *prose
	chosen   bool
	focused  bool
}

var (
	_ fyne.Tappable       = (*card)(nil)
	_ fyne.DoubleTappable = (*card)(nil)
	_ fyne.Focusable      = (*card)(nil)
	_ desktop.Keyable     = (*card)(nil)
)

func newCard(c *scenarios.Case, keys keyboard, onChoose, onStart func()) *card {
	k := &card{kase: c, keys: keys, onChoose: onChoose, onStart: onStart, frame: canvas.NewRectangle(nil)}
	k.best = newProse("best –", sizeBody, colourText)
	k.best.align, k.best.most = fyne.TextAlignTrailing, 1
	k.frame.CornerRadius = 8
	k.ExtendBaseWidget(k)
	return k
}

// CreateRenderer implements fyne.Widget.
func (k *card) CreateRenderer() fyne.WidgetRenderer {
	c := k.kase
	pic := newPicture(fyne.NewSize(120, 80), casePicture(c))
	title := bold(c.Title, sizeBody)
	title.most = 1
	who, with := muted(patientLine(c)), muted(withLine(c))
	who.most, with.most = 1, 1
	hard := newProse(dots(c.Difficulty), sizeBody, colourText)
	hard.most = 1
	facts := stack(3, title, who, with, gapOf(2), spread(4, hard, hard, container.New(fixedWidth(84), k.best)))
	inside := container.New(padded{12, 10}, facts)
	all := ranked(0, ranks{pic: {grow: 1}}, pic, inside)
	k.mark()
	return widget.NewSimpleRenderer(container.New(padded{2, 2}, box(colourGround, colourLine, 8), k.frame, all))
}

// fixedWidth gives its one thing a least width and stands it in the middle of the height.
type fixedWidth float32

// Layout implements fyne.Layout.
func (fixedWidth) Layout(o []fyne.CanvasObject, size fyne.Size) {
	h := min(size.Height, heightFor(o[0], size.Width))
	place(o[0], 0, (size.Height-h)/2, size.Width, h)
}

// MinSize implements fyne.Layout.
func (f fixedWidth) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(float32(f), o[0].MinSize().Height)
}

func patientLine(c *scenarios.Case) string {
	p := c.Patient
	age := p.AgeText
	if age == "" {
		age = fmt.Sprintf("%.0f years", p.AgeYears)
	}
	line := fmt.Sprintf("%s, %.3g kg", age, p.WeightKG)
	if p.BMI > 30 {
		line += fmt.Sprintf(", BMI %.0f", p.BMI)
	}
	return line
}

func withLine(c *scenarios.Case) string {
	return strings.ToLower(scenarios.Title(c.Plan.Driver)) + " · " + strings.ToLower(scenarios.Title(c.Plan.Site))
}

// dots says how hard a case is, 1..3.
func dots(n int) string {
	n = min(max(n, 1), 3)
	word := [...]string{"easy", "harder", "hard"}[n-1]
	return strings.Repeat("●", n) + strings.Repeat("○", 3-n) + " " + word
}

// choose marks the card as the one that Enter starts.
func (k *card) choose(chosen bool) {
	if k.chosen != chosen {
		k.chosen = chosen
		k.mark()
	}
}

func (k *card) mark() {
	k.frame.StrokeColor, k.frame.StrokeWidth, k.frame.FillColor = nil, 0, nil
	if k.chosen {
		k.frame.StrokeColor, k.frame.StrokeWidth = theme.Color(colourForce), 2
		k.frame.FillColor = theme.Color(colourRaised)
	}
	if k.focused {
		k.frame.StrokeColor, k.frame.StrokeWidth = theme.Color(colourForce), 3
	}
	k.frame.Refresh()
}

// score shows the best score so far.
func (k *card) score(best float64, known bool) {
	if known {
		k.best.set(fmt.Sprintf("best %.0f", best), colourText)
	} else {
		k.best.set("best –", colourMuted)
	}
}

// Tapped implements fyne.Tappable.
func (k *card) Tapped(*fyne.PointEvent) { k.onChoose() }

// DoubleTapped implements fyne.DoubleTappable.
func (k *card) DoubleTapped(*fyne.PointEvent) { k.onChoose(); k.onStart() }

// FocusGained implements fyne.Focusable.
func (k *card) FocusGained() { k.focused = true; k.onChoose(); k.mark() }

// FocusLost implements fyne.Focusable.
func (k *card) FocusLost() { k.focused = false; k.mark() }

// TypedRune implements fyne.Focusable.
func (k *card) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (k *card) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeySpace {
		k.onStart()
		return
	}
	k.keys.typed(e.Name)
}

// KeyDown implements desktop.Keyable.
func (k *card) KeyDown(e *fyne.KeyEvent) { k.keys.held(e.Name, true) }

// KeyUp implements desktop.Keyable.
func (k *card) KeyUp(e *fyne.KeyEvent) { k.keys.held(e.Name, false) }
