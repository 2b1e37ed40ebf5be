package servo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"osseo/app/trial"
	"osseo/haptics/virtual"
	"osseo/scenarios"
)

// Main is the command `osseo servo`: it serves the window that started it with live cases, until that window is gone. It
// is not meant to be typed.
func Main(ctx context.Context, stdin io.Reader, stdout io.Writer, args []string) error {
	return MainWith(ctx, stdin, stdout, args, NewRunner())
}

// live is the Runner of the program: trial.Live on the virtual leg, its hand moved by the window.
type live struct {
	mu     sync.Mutex // guards run: Halt comes from other goroutines
	run    *trial.Live
	halted bool
}

// NewRunner returns a Runner of real cases.
func NewRunner() Runner { return &live{} }

// Begin opens the case as the window read it, so that both show the same even where the file has changed since.
func (l *live) Begin(setup trial.Setup, links Links) (trial.Opened, error) {
	if setup.Hand != "" && setup.Hand != "live" {
		return trial.Opened{}, fmt.Errorf("servo: hand %q, allowed live: other hands run with osseo trial --realtime", setup.Hand)
	}
	setup.Hand = "live"
	if links.Case != "" {
		c, err := scenarios.Parse(setup.CaseRef, []byte(links.Case))
		if err != nil {
			return trial.Opened{}, err
		}
		setup.Case = c
	}
	run, opened, err := trial.StartLive(context.Background(), setup, virtual.NewLive(links.Intent), trial.Parts{
		Tap: links.Tap, Intent: links.Intent, Emit: links.Event,
	})
	if err != nil {
		return trial.Opened{}, err
	}
	l.set(run)
	go l.attend(run, links.Event)
	return opened, nil
}

func (l *live) set(run *trial.Live) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.run, l.halted = run, false
}

// attend tells the window when the loop ends though nobody asked for it.
func (l *live) attend(run *trial.Live, event func(trial.Event)) {
	<-run.Done()
	l.mu.Lock()
	asked := l.halted || l.run != run
	l.mu.Unlock()
	if !asked {
		event(trial.Event{
			At: run.Now(), Kind: "ended", Name: "loop-ended",
			Text: "The loop ended by itself: the leg is without force." + because(run.Err()),
		})
	}
}

// because is why the loop ended, for a person, when that is known.
func because(err error) string {
	if err == nil {
		return " Finish the case to see what was recorded."
	}
	return " " + err.Error()
}

// Rearm readies the leg again.
func (l *live) Rearm() error {
	run := l.now()
	if run == nil {
		return errNoCase
	}
	return run.Rearm()
}

// Act does one step of the procedure.
func (l *live) Act(a scenarios.Action) (scenarios.Observation, error) {
	run := l.now()
	if run == nil {
		return scenarios.Observation{}, errNoCase
	}
	return run.Act(a)
}

// Halt ramps force to zero.
func (l *live) Halt() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.run != nil {
		l.halted = true
		l.run.Halt()
	}
}

// Finish ends the case and grades it.
func (l *live) Finish(reason string) (trial.Closed, error) {
	run := l.now()
	if run == nil {
		return trial.Closed{}, errors.New("servo: no case is running")
	}
	l.Halt()
	closed, err := run.Finish(reason)
	l.set(nil)
	return closed, err
}

func (l *live) now() *trial.Live {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.run
}
