package trial

import (
	"osseo/scenarios"
	"osseo/scenarios/grading"
)

// Opened is what a window needs to know about a run that has begun. The anatomy is not in it: it follows from the case and
// the seed (see Anatomy).
type Opened struct {
	Case   string  `json:"case"`
	Seed   uint64  `json:"seed"`
	Driver string  `json:"driver"`
	Needle string  `json:"needle"`
	TickHz float64 `json:"tick_hz"`
	File   string  `json:"file"` // the recording being written; empty = none
	Notice string  `json:"notice"`
}

// Event is something that happened while it runs, for a person: physics events, faults, governor interventions, the end.
type Event struct {
	At   float64 `json:"at_s"`
	Kind string  `json:"kind"` // "physics", "observation", "fault", "governor", "recorder", "notice", "model", "leg", "ended"
	Name string  `json:"name"` // machine-readable, as in physics.Events.Names, haptics.Reason
	Text string  `json:"text"` // one line of plain words
}

// Closed is a run that has ended.
type Closed struct {
	File   string         `json:"file"`
	Reason string         `json:"reason"` // finished, abandoned, fault, window-gone
	Result *Result        `json:"result"` // graded; nil when the recording is not gradable
	Report grading.Report `json:"report"`
	Advice []string       `json:"advice"`
}

// Tap receives every tick for a window. It is called in the servo tick: it must not allocate, lock or wait.
type Tap interface {
	Tick(s *Snapshot)
}

// Station runs cases for a window, in this process or another.
//
// All methods but Events may be called from one goroutine only. None waits longer than two seconds, but Finish, which grades:
// up to 15, and Begin and Rearm on a leg with a link: up to 8.
type Station interface {
	// Begin opens a case; the loop runs from here until Finish.
	Begin(Setup) (Opened, error)
	// Act does one step of the procedure. An error means that it is impossible now and says what is missing.
	Act(scenarios.Action) (scenarios.Observation, error)
	// Snapshot copies the newest tick.
	Snapshot(*Snapshot)
	// Trace appends the ticks after since, oldest first, as far back as the ring holds (about 8 s).
	Trace(dst []Point, since int64) []Point
	// Events delivers what happened, in order; it is never closed while the station lives.
	Events() <-chan Event
	// Finish ends the case, closes the recording and grades it.
	Finish(reason string) (Closed, error)
	Close() error
}

// Rearmer is a Station whose leg can be armed again in the case that a fault stopped.
type Rearmer interface {
	// Rearm readies leg and loop; force ramps in from zero. An error says what stands against it.
	Rearm() error
}
