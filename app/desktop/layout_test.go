package desktop

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"osseo/haptics/virtual"
	"osseo/scenarios"
)

type virtualIntent = virtual.Intent

// seen is one thing on the screen with its absolute place.
type seen struct {
	o    fyne.CanvasObject
	at   fyne.Position
	clip [2]fyne.Position // upper left and lower right corner of what shows it
}

// visible walks everything that is shown, parents before children.
func visible(o fyne.CanvasObject, at fyne.Position, clip [2]fyne.Position, visit func(seen)) {
	if o == nil || !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	visit(seen{o, at, clip})
	switch x := o.(type) {
	case *fyne.Container:
		for _, c := range x.Objects {
			visible(c, at, clip, visit)
		}
	case *container.Scroll:
		inner := [2]fyne.Position{at, at.Add(x.Size())}
		visible(x.Content, at, inner, visit)
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(x).Objects() {
			visible(c, at, clip, visit)
		}
	}
}

func textOf(o fyne.CanvasObject) string {
	var words []string
	visible(o, fyne.Position{}, [2]fyne.Position{}, func(s seen) {
		if p, ok := s.o.(*prose); ok {
			words = append(words, p.text)
		}
	})
	return strings.Join(words, " | ")
}

// faults lists what is cut off or lies on something else.
func faults(root fyne.CanvasObject, size fyne.Size) []string {
	var out []string
	var solid []seen // things with words that must not lie on each other
	whole := [2]fyne.Position{{}, fyne.NewPos(size.Width, size.Height)}
	visible(root, fyne.Position{}, whole, func(s seen) {
		out = append(out, cutOff(s)...)
		switch s.o.(type) {
		case *prose, *press, *card:
			for _, other := range solid {
				if overlap(s, other) && s.clip == other.clip {
					out = append(out, fmt.Sprintf("%s lies on %s", name(s), name(other)))
				}
			}
			solid = append(solid, s)
		}
	})
	return out
}

func cutOff(s seen) []string {
	const slack = 1.5
	size := s.o.Size()
	if text, ok := s.o.(*canvas.Text); ok {
		m := fyne.MeasureText(text.Text, text.TextSize, text.TextStyle)
		if m.Width > size.Width+slack {
			return []string{fmt.Sprintf("%q is %.0f wide in %.0f", text.Text, m.Width, size.Width)}
		}
	}
	scrolls := s.clip[0] != (fyne.Position{})
	right, bottom := s.at.X+size.Width, s.at.Y+size.Height
	if s.at.X < s.clip[0].X-slack || right > s.clip[1].X+slack || !scrolls && (s.at.Y < -slack || bottom > s.clip[1].Y+slack) {
		return []string{fmt.Sprintf("%s at %v, %v reaches beyond %v", name(s), s.at, size, s.clip)}
	}
	return nil
}

func overlap(a, b seen) bool {
	const slack = 1
	sa, sb := a.o.Size(), b.o.Size()
	if k, ok := b.o.(*card); ok && k != a.o && inside(a, b) {
		return false // the words of a card
	}
	return a.at.X+slack < b.at.X+sb.Width && b.at.X+slack < a.at.X+sa.Width &&
		a.at.Y+slack < b.at.Y+sb.Height && b.at.Y+slack < a.at.Y+sa.Height
}

func inside(a, b seen) bool {
	sa, sb := a.o.Size(), b.o.Size()
	return a.at.X >= b.at.X && a.at.Y >= b.at.Y && a.at.X+sa.Width <= b.at.X+sb.Width+1 && a.at.Y+sa.Height <= b.at.Y+sb.Height+1
}

func name(s seen) string {
	switch x := s.o.(type) {
	case *prose:
		return fmt.Sprintf("%q", x.text)
	case *press:
		return fmt.Sprintf("[%s]", x.words)
	case *card:
		return "card " + x.kase.ID
	}
	return fmt.Sprintf("%T", s.o)
}

var sizes = []fyne.Size{{Width: 960, Height: 640}, {Width: 1024, Height: 700}, {Width: 1440, Height: 900}, {Width: 2560, Height: 1440}, {Width: 3840, Height: 2160}}

func checkLayout(t *testing.T, h *house, room string) {
	t.Helper()
	for _, size := range sizes {
		h.win.Resize(size)
		if b, ok := h.room.(*bedside); ok {
			b.refresh()
			b.showNumbers()
		}
		for _, f := range faults(h.room.view(), size) {
			t.Errorf("%s at %v: %s", room, size, f)
		}
	}
}

func TestNothingIsCutOrOverlaps(t *testing.T) {
	h := newHouse(t, func(h *house, d *Deps) {
		for i := range 12 {
			h.shelf.scores = append(h.shelf.scores, Score{Case: scenarios.List()[i%3].ID, Score: float64(40 + 4*i)})
		}
		d.Notices = []string{"The gradebook in /a/very/long/path/to/a/data/directory/osseo.db is read-only: results are not kept."}
	})
	checkLayout(t, h, "lobby")
	for _, c := range scenarios.List() {
		for _, mode := range modes {
			h.enter(newLobby(h.shell))
			l := h.room.(*lobby)
			l.setMode(mode.mode)
			l.pick(c.ID)
			h.keys(fyne.KeyReturn)
			b := h.bedside(t)
			b.diary.add(81, "A line that is long enough to be broken into three lines in a narrow window, as some are.", badly)
			for p := range phases {
				b.goTo(p)
				checkLayout(t, h, fmt.Sprintf("%s, %s, %s", c.ID, mode.mode, phaseNames[p]))
			}
			h.station.result.Report = gradedReport()
			b.act(scenarios.Action{Kind: scenarios.Finish})
			checkLayout(t, h, c.ID+", debrief")
		}
	}
}

// TestLayoutCheckCanFail makes sure that the check sees what it looks for.
func TestLayoutCheckCanFail(t *testing.T) {
	newHouse(t, nil)
	long := newPress("A label much wider than its button", "1", nil, nil)
	long.Resize(fyne.NewSize(300, 32))
	second := newPress("Over it", "2", nil, nil)
	second.Resize(fyne.NewSize(100, 32))
	second.Move(fyne.NewPos(50, 10))
	outside := body("Outside")
	outside.Resize(fyne.NewSize(80, 20))
	outside.Move(fyne.NewPos(380, 0))
	root := container.NewWithoutLayout(long, second, outside)
	if n := len(faults(root, fyne.NewSize(400, 100))); n < 2 {
		t.Fatalf("%d faults found, want the overlap and the thing outside", n)
	}
}

func TestTabReachesEveryButton(t *testing.T) {
	h, b := start(t, fyne.KeyL, nil)
	c := h.win.Canvas()
	reached := map[fyne.Focusable]bool{}
	for range 60 {
		c.FocusNext()
		reached[c.Focused()] = true
	}
	for _, p := range append(append([]*press{b.ui.take}, b.ui.tabs[:]...), b.ui.shown...) {
		if !reached[p] {
			t.Errorf("Tab never reaches [%s]", p.words)
		}
	}
}
