package servo

import (
	"osseo/app/trial"
	"osseo/haptics/virtual"
	"osseo/scenarios"
)

// Runner runs one case at a time inside the servo. Begin, Act, Rearm and Finish come from one goroutine, one after another.
type Runner interface {
	// Begin opens a case, arms the leg and starts the loop on a thread of its own; it returns while the loop runs.
	Begin(setup trial.Setup, links Links) (trial.Opened, error)
	// Act does one step of the procedure; it reaches the tick without making it wait.
	Act(a scenarios.Action) (scenarios.Observation, error)
	// Rearm readies the leg again after a fault that the case outlived; force ramps in from zero.
	Rearm() error
	// Halt ramps force to zero at once and leaves the case open. It may be called from any goroutine at any time, also
	// without a case and more than once, and must not wait for the loop.
	Halt()
	// Finish ramps force to zero, ends the loop, closes the recording with reason and grades it. When it returns nothing
	// ticks the tap any more, even if it failed.
	Finish(reason string) (trial.Closed, error)
}

// Links join a run to the window.
type Links struct {
	// Case is the text of the case file as the window read it; empty means that the runner reads Setup.CaseRef itself.
	Case string
	// Intent is what the person at the window wants; the window writes it at any time.
	Intent *virtual.Intent
	// Tap shows each tick to the window. Ticked by one goroutine only.
	Tap trial.Tap
	// Event tells the window. It never waits; call it from any goroutine but the tick.
	Event func(trial.Event)
}

// The reasons a case is closed for, as recordings know them.
const (
	Finished   = "finished"
	Abandoned  = "abandoned"
	Faulted    = "fault"
	WindowGone = "window-gone"
)
