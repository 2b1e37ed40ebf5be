package desktop

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"osseo/app/trial"
	"osseo/haptics/virtual"
	"osseo/scenarios"
)

// Deps is everything the window is given. Only Station and Cases are required; a nil member means that the thing is absent,
// and the window says so where it would have shown it.
type Deps struct {
	App     fyne.App // nil = a real one, or the headless one under -tags ci
	Version string

	// Station starts a leg for one case. It is called for every case and may take seconds; the window closes what it got.
	Station func() (trial.Station, *virtual.Intent, error)
	Cases   []*scenarios.Case
	Book    Book
	Sound   Sound

	Legs   Legs   // legs on ports; nil = only the virtual leg
	Device string // the leg to begin with, as trial.Setup has it; empty = the virtual leg
	// Save writes a file for a person to find and returns its path.
	Save func(name string, text []byte) (string, error)

	Record func(learner, caseID string) string // where the next recording goes; nil or "" = nowhere
	Tape   func(file string) (*Tape, error)    // a recording, for the debrief
	Expert func(context.Context, trial.Setup) ([]trial.Point, error)
	Report func(recording, dir string) (string, error) // writes a report, returns its path

	Notices []string // what a person should know at the start: store not writable, case files with mistakes
}

// Tape is a recording thinned for pictures: one row in a few milliseconds and every row with an event.
type Tape struct {
	Rows   []TapeRow
	Setup  trial.Setup
	Place  trial.Placement
	U, V   float64 // m, where the needle stood
	Notice string  // why it is shorter than it should be, empty when whole
}

// TapeRow is one moment. SI units.
type TapeRow struct {
	Time, Tip, TipU, TipV, Force, TiltX, TiltY, Effort, Rev, MarkMM float64
	Position, Twist, U, V                                           float64
	Zone                                                            uint8
	Events                                                          uint32
	Stylet                                                          bool
}

// Learner is a person who practises.
type Learner struct {
	ID     string
	Name   string
	Trials int
}

// Score is one graded trial of a learner.
type Score struct {
	Case   string
	Mode   trial.Mode
	At     time.Time
	Score  float64
	Passed bool
}

// Book remembers learners and their trials. Its methods may wait for a disk; the window calls them off Fyne's goroutine.
type Book interface {
	Learners() ([]Learner, error)
	AddLearner(name string) (Learner, error)
	// Scores returns a learner's graded trials, oldest first.
	Scores(learner string) ([]Score, error)
	// Weakest names the rubric item a learner most often lost points on, empty when there is none.
	Weakest(learner string) (string, error)
	// Keep stores a trial that ended.
	Keep(Ended) error
}

// Sound plays what the hand would hear; app/sound has one. Every method returns at once, and without a device nothing is heard.
type Sound interface {
	Drill(part float64) // speed of the motor, 0 = off, 1 = free running
	Pop()               // a wall of bone gives way
	Hit()               // a spring driver strikes
	SetVolume(part float64)
}

type silence struct{}

func (silence) Drill(float64)     {}
func (silence) Pop()              {}
func (silence) Hit()              {}
func (silence) SetVolume(float64) {}
