package desktop

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"osseo/app/trial"
	"osseo/haptics/leg"
	"osseo/scenarios"
)

// lookOut watches the ports while the lobby is shown, so that the leg's name there is true.
func (l *lobby) lookOut() {
	legs := l.shell.deps.Legs
	if legs == nil || l.shell.inline {
		return
	}
	go func() {
		t := time.NewTicker(2 * lookEvery)
		defer t.Stop()
		for {
			if ports, err := legs.Ports(); err == nil {
				fyne.Do(func() { l.seen(ports) })
			}
			select {
			case <-l.stop:
				return
			case <-t.C:
			}
		}
	}()
}

// seen takes the ports there are now.
func (l *lobby) seen(ports []leg.Port) {
	l.ports, l.looked = ports, true
	words, ink := l.legWords()
	if words == l.leg.words && ink == l.leg.ink {
		return
	}
	l.leg.tell(words, ink)
	l.root.Refresh() // the button is wider or narrower
}

// legWords are the leg that cases run on, and whether it is there.
func (l *lobby) legWords() (string, fyne.ThemeColorName) {
	c := l.shell.leg
	if l.shell.deps.Station == nil {
		return "✕ No leg", colourBad
	}
	if c.virtual() {
		for i := range l.ports {
			if l.ports[i].Likely {
				return "○ Virtual leg · a leg is plugged in", colourForce
			}
		}
		return "● Virtual leg ready", colourGood
	}
	if l.looked && c.device != trial.Emulated {
		for i := range l.ports {
			if l.ports[i].Name == c.device {
				return "● " + c.title() + " ready", colourGood
			}
		}
		return "✕ " + c.title() + " is unplugged", colourBad
	}
	return "● " + c.title() + " ready", colourGood
}

// firstLine is what an error says before it lists remedies.
func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}

// askLeg is asked when a case does not begin on the leg that was chosen.
func (s *shell) askLeg(c *scenarios.Case, seed uint64, err error) {
	line, _, _ := strings.Cut(sentence(err), "\n")
	s.askOne(
		"The case does not begin on this leg", line,
		answer{"Open the leg room", "Enter", s.toLegRoom},
		answer{"Start on the virtual leg", "", func() { s.toVirtual(); s.again(c, seed) }},
		answer{"Back", "Esc", nil},
	)
}

// toVirtual makes the virtual leg the one cases run on.
func (s *shell) toVirtual() {
	if was := s.leg; !was.virtual() {
		s.leg = choiceOfLeg{}
		s.release(was.device)
	}
}
