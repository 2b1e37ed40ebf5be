package desktop

import (
	"fyne.io/fyne/v2"

	"osseo/app/trial"
	"osseo/scenarios"
)

// later does work off the window's goroutine and what it returns on it.
func (s *shell) later(work func() func()) {
	if s.inline {
		work()()
		return
	}
	go func() {
		done := work()
		fyne.Do(done)
	}()
}

// onWindow runs a function on the window's goroutine.
func (s *shell) onWindow(f func()) {
	if s.inline {
		f()
		return
	}
	fyne.Do(f)
}

// focus puts the keyboard on a widget if the room still shows it.
func (s *shell) focus(w fyne.Focusable) { s.win.Canvas().Focus(w) }

// begin starts a leg, opens a case on it and goes to the bedside. failed is told when that did not work.
func (s *shell) begin(c *scenarios.Case, seed uint64, failed func(error)) {
	setup := trial.Setup{
		Case: c, CaseRef: c.ID, Mode: s.state.mode, Learner: s.state.learner, Seed: seed, Hand: "live", Device: s.leg.setup(),
	}
	if setup.Seed == 0 {
		setup.Seed = c.Seed
	}
	if s.deps.Record != nil {
		setup.Record = s.deps.Record(setup.Learner, c.ID)
	}
	s.stay.keepChoice(s.state)
	freed := s.freed
	s.later(func() func() {
		s.waitFreed(freed)
		k, err := openDesk(&s.deps, setup, s.onWindow)
		return func() {
			if k != nil {
				k.inline = s.inline
			}
			switch {
			case err != nil:
				failed(err)
			case s.gone:
				k.finish("window-gone", func(trial.Closed, error) {})
			default:
				s.enter(newBedside(s, k))
			}
		}
	})
}
