package desktop

import (
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"osseo/app/trial"
	"osseo/scenarios"
)

func TestLobbyByKeys(t *testing.T) {
	h := newHouse(t, nil)
	l := h.room.(*lobby)
	h.win.Resize(fyne.NewSize(1440, 900))
	first := l.gallery.chosen
	h.keys(fyne.KeyRight)
	if l.gallery.chosen == first || h.win.Canvas().Focused() != fyne.Focusable(l.gallery.chosen) {
		t.Fatal("Right does not move the choice and the focus")
	}
	h.keys(fyne.KeyDown, fyne.KeyUp, fyne.KeyLeft, fyne.KeyLeft, fyne.KeyUp)
	if l.gallery.chosen != l.gallery.shown[0] {
		t.Fatal("the arrows do not lead back to the first card and stop there")
	}
	h.keys(fyne.KeyE)
	if h.state.mode != trial.Exam {
		t.Fatalf("mode %s after E", h.state.mode)
	}
	h.keys(fyne.KeyReturn)
	b := h.bedside(t)
	if b.mode != trial.Exam || b.inside || b.kase != l.gallery.shown[0].kase {
		t.Fatalf("bedside of %s in %s, inside shown %v", b.kase.ID, b.mode, b.inside)
	}
}

func TestLobbyFirstRunAsksForAName(t *testing.T) {
	h := newHouse(t, func(h *house, _ *Deps) { h.shelf.who = nil })
	l := h.room.(*lobby)
	if l.entry == nil {
		t.Fatal("nobody is asked for a name")
	}
	l.addLearner("   ")
	if len(h.shelf.who) != 0 {
		t.Fatal("an empty name became a learner")
	}
	test.Type(l.entry, "Ana")
	l.entry.OnSubmitted(l.entry.Text)
	if len(h.shelf.who) != 1 || h.state.learner != "id-Ana" {
		t.Fatalf("learners %v, chosen %q", h.shelf.who, h.state.learner)
	}
	h.keys(fyne.KeyReturn)
	h.bedside(t)
}

func TestLobbyTroubleIsSaid(t *testing.T) {
	h := newHouse(t, func(h *house, d *Deps) {
		h.shelf.broken = errDisk
		d.Notices = []string{"mine.yaml:3:4: patient.weight_kg: 900, allowed 0.5..300"}
	})
	l := h.room.(*lobby)
	for _, want := range []string{"disk full", "patient.weight_kg"} {
		if !strings.Contains(textOf(l.root), want) {
			t.Errorf("the lobby does not say %q: %q", want, textOf(l.root))
		}
	}
	h.keys(fyne.KeyReturn) // a broken book does not keep anyone from practising
	h.bedside(t)
}

func TestLobbyWithoutCases(t *testing.T) {
	h := newHouse(t, func(_ *house, d *Deps) { d.Cases = nil })
	h.keys(fyne.KeyReturn, fyne.KeyRight, fyne.KeyF, fyne.KeyF, fyne.KeyP)
	if _, ok := h.room.(*lobby); !ok || h.opened != 0 {
		t.Fatalf("room %T, %d legs opened", h.room, h.opened)
	}
}

func TestLegThatDoesNotStart(t *testing.T) {
	h := newHouse(t, func(_ *house, d *Deps) {
		d.Station = func() (trial.Station, *virtualIntent, error) {
			return nil, nil, errors.New("servo: no answer within 5 s")
		}
	})
	h.keys(fyne.KeyReturn)
	l, ok := h.room.(*lobby)
	if !ok || !strings.Contains(textOf(l.root), "no answer within 5 s") || l.opening {
		t.Fatalf("room %T does not say why the leg did not start", h.room)
	}
	h2 := newHouse(t, func(h *house, _ *Deps) { h.station.refuse = errors.New("trial: bad seed") })
	h2.keys(fyne.KeyReturn)
	if _, ok := h2.room.(*lobby); !ok || h2.station.closed != 1 {
		t.Fatalf("room %T, station closed %d times after a case that did not begin", h2.room, h2.station.closed)
	}
}

// start opens the first case in a mode.
func start(t *testing.T, mode fyne.KeyName, change func(*house, *Deps)) (*house, *bedside) {
	t.Helper()
	h := newHouse(t, change)
	h.win.Resize(fyne.NewSize(1440, 900))
	h.keys(mode, fyne.KeyReturn)
	return h, h.bedside(t)
}

func TestBedsideDigitsDoWhatIsShown(t *testing.T) {
	h, b := start(t, fyne.KeyL, nil)
	h.keys(fyne.Key1, fyne.Key2)
	if h.station.did(scenarios.Decide) != 1 || h.station.did(scenarios.Check) != 1 || b.clocks.decided < 0 {
		t.Fatalf("acts %v", h.station.acts)
	}
	for p := range phases {
		b.goTo(p)
		for i, d := range b.deeds(p) {
			if i >= len(deedKeys) {
				t.Errorf("%s: %q has no key", phaseNames[p], d.words)
			}
			if i < len(b.ui.shown) && b.ui.shown[i].cap != deedKeys[i].cap {
				t.Errorf("%s: %q shows the key %q", phaseNames[p], d.words, b.ui.shown[i].cap)
			}
		}
	}
}

// TestEveryActionIsOffered goes through the buttons of all phases: every action of the procedure has one, or a key.
func TestEveryActionIsOffered(t *testing.T) {
	_, b := start(t, fyne.KeyL, nil)
	offered := map[scenarios.ActionKind]bool{
		scenarios.Locate: true, scenarios.Insert: true, scenarios.Release: true, scenarios.Hint: true, // Enter, T, T, H
	}
	for p := range phases {
		for _, d := range b.deeds(p) {
			offered[d.action.Kind] = true
		}
	}
	for _, a := range scenarios.Actions {
		if !offered[a] {
			t.Errorf("nothing in the room does %q", a)
		}
	}
}

func TestBedsideRefusalIsSaid(t *testing.T) {
	h, b := start(t, fyne.KeyL, nil)
	h.station.refuse = errors.New("scenarios: insert: no needle is chosen; take one from the tray")
	h.keys(fyne.KeyT)
	if b.hand.grip || !strings.HasPrefix(b.diary.entries[0].text, "No needle is chosen") || b.diary.entries[0].tone != badly {
		t.Fatalf("grip %v, diary %+v", b.hand.grip, b.diary.entries[0])
	}
}

func TestBedsideToolInHand(t *testing.T) {
	h, b := start(t, fyne.KeyL, nil)
	h.keys(fyne.KeyT)
	if !b.hand.grip || b.phase != insert || h.station.did(scenarios.Insert) != 1 {
		t.Fatalf("grip %v, phase %v, acts %v", b.hand.grip, b.phase, h.station.acts)
	}
	h.held(fyne.KeyDown, true)
	now := time.Now()
	for i := range 60 {
		b.tick(now.Add(time.Duration(i) * time.Second / 60))
	}
	if b.hand.out.effort < 30 {
		t.Fatalf("effort %.1f N after a second of Down", b.hand.out.effort)
	}
	h.keys(fyne.KeyT)
	if b.hand.grip || b.hand.out.effort != 0 || h.station.did(scenarios.Release) != 1 {
		t.Fatalf("after letting go: grip %v, effort %.1f N", b.hand.grip, b.hand.out.effort)
	}
}

func TestHintsAreCountedAndRefusedInExam(t *testing.T) {
	h, b := start(t, fyne.KeyP, nil)
	h.keys(fyne.KeyH, fyne.KeyH, fyne.KeyH)
	if !b.inside || h.station.did(scenarios.Hint) != 2 || b.hints != 2 {
		t.Fatalf("inside %v, %d hints recorded, %d counted", b.inside, h.station.did(scenarios.Hint), b.hints)
	}
	h, b = start(t, fyne.KeyE, nil)
	h.keys(fyne.KeyH)
	if b.inside || h.station.did(scenarios.Hint) != 0 {
		t.Fatal("an exam shows the inside")
	}
	b.event(trial.Event{Kind: "physics", Name: "false-drop", Text: "Resistance fell."})
	if strings.Contains(textOf(b.ui.root), "Resistance fell") {
		t.Fatal("an exam tells of a false drop")
	}
}

func TestLeavingAsksOnce(t *testing.T) {
	h, b := start(t, fyne.KeyL, nil)
	h.keys(fyne.KeyEscape)
	if h.ask == nil || len(h.station.reasons) != 0 {
		t.Fatal("Escape does not ask")
	}
	h.keys(fyne.KeyReturn)
	if h.ask != nil || b.stopped {
		t.Fatal("Enter does not go on")
	}
	h.keys(fyne.KeyEscape, fyne.KeyEscape)
	if len(h.station.reasons) != 1 || h.station.reasons[0] != "abandoned" || h.station.closed != 1 {
		t.Fatalf("reasons %v, closed %d times", h.station.reasons, h.station.closed)
	}
	if _, ok := h.room.(*debrief); !ok {
		t.Fatalf("room %T, want the debrief", h.room)
	}
}

func TestClosingTheWindowAsksOnce(t *testing.T) {
	h, _ := start(t, fyne.KeyL, nil)
	h.close()
	if h.ask == nil || h.gone {
		t.Fatal("the window closes during a trial without asking")
	}
	h.keys(fyne.KeyReturn)
	h.close()
	h.keys(fyne.KeyEscape)
	if !h.gone || len(h.station.reasons) != 1 || h.station.reasons[0] != "window-gone" {
		t.Fatalf("gone %v, reasons %v", h.gone, h.station.reasons)
	}
}

func TestLegGoneSaysWhatToDo(t *testing.T) {
	h, b := start(t, fyne.KeyL, nil)
	b.event(trial.Event{Kind: "ended", Name: "servo-gone", Text: "The servo stopped (killed)."})
	if h.ask == nil || !b.stopped {
		t.Fatal("nothing is asked when the leg is gone")
	}
	b.tick(time.Now()) // a late frame does nothing
	h.keys(fyne.KeyReturn)
	if h.opened != 2 || h.bedside(t) == b {
		t.Fatalf("%d legs opened, want a second one", h.opened)
	}
}

func TestFinishLeadsToTheDebriefAndBack(t *testing.T) {
	h, b := start(t, fyne.KeyL, nil)
	b.act(scenarios.Action{Kind: scenarios.Finish})
	d, ok := h.room.(*debrief)
	if !ok {
		t.Fatalf("room %T, want the debrief", h.room)
	}
	said := textOf(d.ui.root)
	for _, want := range []string{"61", "Not passed: tip in the marrow", "1. Ease off earlier.", "14 degrees while cutting", "0:12"} {
		if !strings.Contains(said, want) {
			t.Errorf("the debrief does not say %q: %s", want, said)
		}
	}
	if len(h.shelf.kept) != 1 || h.shelf.kept[0].Setup.Learner != "4" {
		t.Fatalf("kept %+v", h.shelf.kept)
	}
	h.keys(fyne.KeyR)
	if h.opened != 2 {
		t.Fatal("R does not open the case again")
	}
	h.bedside(t).act(scenarios.Action{Kind: scenarios.Finish})
	h.keys(fyne.KeyEscape)
	if _, ok := h.room.(*lobby); !ok {
		t.Fatalf("room %T after Escape, want the lobby", h.room)
	}
}

func TestDebriefScrubs(t *testing.T) {
	h, b := start(t, fyne.KeyL, func(_ *house, d *Deps) { d.Tape = func(string) (*Tape, error) { return sampleTape(), nil } })
	h.station.result.File = "run.arrow"
	b.act(scenarios.Action{Kind: scenarios.Finish})
	d := h.room.(*debrief)
	end := d.at
	if d.tape.Rows[end].Tip < 0.0199 {
		t.Fatalf("begins at row %d, tip %.4f m, want the deepest", end, d.tape.Rows[end].Tip)
	}
	h.keys(fyne.KeyLeft)
	if d.at != end-1 || d.ui.slider.Value != d.tape.Rows[end-1].Time {
		t.Fatalf("Left leads to %d, slider at %.3f s", d.at, d.ui.slider.Value)
	}
	h.keys(fyne.KeyHome, fyne.KeyLeft, fyne.KeyLeft)
	if d.at != 0 {
		t.Fatalf("row %d before the beginning", d.at)
	}
	h.keys(fyne.KeyEnd, fyne.KeyRight)
	if d.at != len(d.tape.Rows)-1 {
		t.Fatalf("row %d beyond the end", d.at)
	}
	d.ui.slider.SetValue(0.5)
	if got := d.tape.Rows[d.at].Time; got < 0.49 || got > 0.51 {
		t.Fatalf("the slider at 0.5 s shows %.3f s", got)
	}
}

func sampleTape() *Tape {
	t := &Tape{Place: trial.Placement{Site: "proximal-tibia", Side: "right", Driver: "powered", Needle: "ez-25"}}
	for i := range 400 {
		tip := min(float64(i)*1e-4, 0.02)
		t.Rows = append(t.Rows, TapeRow{Time: float64(i) / 200, Tip: tip, Force: 10, Zone: 3, Stylet: true})
	}
	return t
}

func TestPreferencesOutliveTheWindow(t *testing.T) {
	h := newHouse(t, nil)
	h.keys(fyne.KeyP, fyne.KeyRight)
	want := h.state
	h.close()
	again := newShellInline(Deps{App: h.app, Cases: scenarios.List(), Book: h.shelf, Station: h.deps.Station})
	if again.state != want || want.mode != trial.Practise {
		t.Fatalf("remembered %+v, want %+v", again.state, want)
	}
	again.stay.keepLight(true)
	again.repaint()
	if !again.app.Settings().Theme().(look).light {
		t.Fatal("the light colours are not taken up")
	}
}
