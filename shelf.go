//go:build !headless

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"osseo/app/cli"
	"osseo/app/desktop"
	"osseo/app/gradebook"
	"osseo/app/sound"
	"osseo/app/trial"
	"osseo/physics"
)

// shelf is what the window keeps open beside the leg: gradebook and sound.
type shelf struct {
	book  *gradebook.Book
	voice sound.Player
}

// openShelf opens gradebook and sound and hands them to the window. What cannot be opened is said in a notice, and the
// window does without it.
func openShelf(d *desktop.Deps) *shelf {
	s := &shelf{voice: sound.Open()}
	d.Sound = hearing{s.voice}
	path, err := gradebook.DefaultPath()
	if err == nil {
		s.book, err = gradebook.Open(path)
	}
	if err != nil {
		d.Notices = append(d.Notices, "Trials are not kept: "+err.Error())
		return s
	}
	d.Book = &bookshelf{s.book}
	d.Record = func(learner, caseID string) string { return recordingPath(filepath.Dir(path), learner, caseID) }
	return s
}

func (s *shelf) close() {
	s.voice.Close()
	if s.book != nil {
		_ = s.book.Close()
	}
}

// recordingPath is where the next recording goes: beside the gradebook, by day, case and moment.
func recordingPath(dir, _ string, caseID string) string {
	now := time.Now()
	name := fmt.Sprintf("%s-%s.osseo", now.Format("150405.000"), strings.ReplaceAll(caseID, string(filepath.Separator), "-"))
	return filepath.Join(dir, "recordings", now.Format("2006-01-02"), name)
}

// bookshelf shows the gradebook as the window takes it.
type bookshelf struct{ book *gradebook.Book }

func (b *bookshelf) Learners() ([]desktop.Learner, error) {
	all, err := b.book.Learners()
	if err != nil {
		return nil, err
	}
	out := make([]desktop.Learner, len(all))
	for i, l := range all {
		out[i] = desktop.Learner{ID: l.ID, Name: l.Name, Trials: l.Trials}
	}
	return out, nil
}

func (b *bookshelf) AddLearner(name string) (desktop.Learner, error) {
	l, err := b.book.AddLearner(name)
	return desktop.Learner{ID: l.ID, Name: l.Name}, err
}

func (b *bookshelf) Scores(learner string) ([]desktop.Score, error) {
	all, err := b.book.Trials(learner)
	if err != nil {
		return nil, err
	}
	var out []desktop.Score
	for i := range all {
		if t := &all[i]; t.Graded {
			out = append(out, desktop.Score{Case: t.Case, Mode: trial.Mode(t.Mode), At: t.StartedAt, Score: t.Score, Passed: t.Passed})
		}
	}
	return out, nil
}

func (b *bookshelf) Keep(setup trial.Setup, closed trial.Closed, at time.Time) error {
	t := gradebook.Trial{
		LearnerID: setup.Learner, Case: setup.CaseRef, Mode: string(setup.Mode), Hand: "live", Seed: setup.Seed, StartedAt: at,
		DurationS: max(0, time.Since(at).Seconds()), Recording: closed.File,
	}
	if r := closed.Result; r != nil {
		t.Graded, t.Score, t.Passed, t.Zone = true, r.Grade.Score, r.Grade.Passed, r.Outcome.Zone
		t.Driver, t.Needle = r.Driver, r.Needle
		t.Outcome, _ = json.Marshal(r)
		t.Report, _ = json.Marshal(r.Grade)
	}
	_, err := b.book.SaveTrial(t)
	return err
}

// hearing plays what the window asks for.
type hearing struct{ sound.Player }

func (h hearing) Play(name string) {
	switch name {
	case "pop":
		h.Pop()
	case "spring":
		h.Hit()
	case "good", "bad", "tap":
		h.Beep()
	}
}

// Drill plays the motor at a speed, rev/s.
func (h hearing) Drill(revPerS float64) { h.Player.Drill(revPerS / freeRunning) }

func (h hearing) Quiet() { h.Drill(0) }

// freeRunning is the speed of the drill without load, rev/s (physics.DefaultDriver).
var freeRunning = physics.DefaultDriver(physics.Powered).NoLoadRPS

// writeReport writes the report of a recording into dir and returns its first file.
func writeReport(recording, dir string) (string, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	files, err := cli.WriteReport(recording, dir)
	if err != nil || len(files) == 0 {
		return "", err
	}
	return files[0], nil
}
