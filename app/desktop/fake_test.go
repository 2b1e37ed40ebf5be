package desktop

import (
	"errors"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"osseo/app/trial"
	"osseo/haptics/virtual"
	"osseo/scenarios"
	"osseo/scenarios/grading"
)

// station is a leg that does as a test says.
type station struct {
	acts    []scenarios.Action
	refuse  error
	snap    trial.Snapshot
	points  []trial.Point
	events  chan trial.Event
	reasons []string
	closed  int
	result  trial.Closed
	rearmed int
	noArm   error
}

func (s *station) Rearm() error { s.rearmed++; return s.noArm }

func (s *station) Begin(setup trial.Setup) (trial.Opened, error) {
	return trial.Opened{Case: setup.CaseRef, Seed: setup.Seed, Driver: "powered", TickHz: 1000, File: "run.arrow"}, s.refuse
}

func (s *station) Act(a scenarios.Action) (scenarios.Observation, error) {
	if s.refuse != nil {
		return scenarios.Observation{}, s.refuse
	}
	s.acts = append(s.acts, a)
	return scenarios.Observation{Text: "Seen: " + string(a.Kind) + ".", Good: true}, nil
}

func (s *station) Snapshot(dst *trial.Snapshot) { *dst = s.snap }

func (s *station) Trace(dst []trial.Point, since int64) []trial.Point {
	for _, p := range s.points {
		if p.Tick > since {
			dst = append(dst, p)
		}
	}
	return dst
}

func (s *station) Events() <-chan trial.Event { return s.events }

func (s *station) Finish(reason string) (trial.Closed, error) {
	s.reasons = append(s.reasons, reason)
	c := s.result
	c.Reason = reason
	return c, nil
}

func (s *station) Close() error { s.closed++; return nil }

func (s *station) did(kind scenarios.ActionKind) int {
	n := 0
	for _, a := range s.acts {
		if a.Kind == kind {
			n++
		}
	}
	return n
}

// shelf is a gradebook in memory.
type shelf struct {
	who    []Learner
	scores []Score
	kept   []Ended
	broken error
}

func (b *shelf) Learners() ([]Learner, error) { return b.who, b.broken }

func (b *shelf) AddLearner(name string) (Learner, error) {
	l := Learner{ID: "id-" + name, Name: name}
	b.who = append(b.who, l)
	return l, b.broken
}

func (b *shelf) Scores(string) ([]Score, error) { return b.scores, b.broken }
func (b *shelf) Weakest(string) (string, error) { return "Stopped at the pop", b.broken }

func (b *shelf) Keep(r Ended) error {
	b.kept = append(b.kept, r)
	return b.broken
}

var errDisk = errors.New("gradebook: disk full: free some space")

// house is a window under Fyne's test driver.
type house struct {
	*shell
	station *station
	intent  *virtual.Intent
	shelf   *shelf
	opened  int
}

func newHouse(t testing.TB, change func(*house, *Deps)) *house {
	t.Helper()
	a := test.NewTempApp(t)
	passed := gradedReport()
	h := &house{
		station: &station{events: make(chan trial.Event), result: trial.Closed{Report: passed, Advice: []string{"Ease off earlier.", "Flush after every drug."}}},
		intent:  new(virtual.Intent),
		shelf:   &shelf{who: []Learner{{ID: "4", Name: "Learner 4", Trials: 3}}},
	}
	d := Deps{
		App: a, Cases: scenarios.List(), Book: h.shelf, Version: "test",
		Station: func() (trial.Station, *virtual.Intent, error) { h.opened++; return h.station, h.intent, nil },
		Tape:    func(string) (*Tape, error) { return nil, errors.New("desktop: no tape here") },
	}
	if change != nil {
		change(h, &d)
	}
	h.shell = newShellInline(d)
	t.Cleanup(func() { h.room.leave() })
	return h
}

// gradedReport has every kind of item: fulfilled, half, missed and critical.
func gradedReport() grading.Report {
	at := 12.5
	return grading.Report{
		Score: 61, Passed: false, CriticalFailures: []string{"tip"},
		Items: []grading.Result{
			{ID: "decide", Title: "Decided in time", Points: 10, Of: 10, AtS: &at, Evidence: "at 12 s, target 90 s"},
			{ID: "tilt", Title: "Within 10 degrees of the perpendicular", Points: 5, Of: 10, Evidence: "14 degrees while cutting"},
			{ID: "tip", Title: "Tip in the marrow", Points: 0, Of: 25, Critical: true, Evidence: "far cortex, 2.1 mm"},
		},
	}
}

func (h *house) bedside(t testing.TB) *bedside {
	t.Helper()
	b, ok := h.room.(*bedside)
	if !ok {
		t.Fatalf("room is %T, want the bedside", h.room)
	}
	return b
}

func (h *house) keys(names ...fyne.KeyName) {
	for _, n := range names {
		h.typed(n)
	}
}
