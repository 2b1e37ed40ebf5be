package trial

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"osseo/physics"
	"osseo/scenarios"
)

// Allowed ticks a second of a run.
const (
	MinTickHz     = 100.0
	MaxTickHz     = 20000.0
	DefaultTickHz = 1000.0
)

// ErrDevice marks trouble with the leg itself.
var ErrDevice = errors.New("device")

// Prepare completes a setup: loads and overrides the case, fills in defaults and checks every value.
func Prepare(s Setup) (Setup, error) {
	if s.Case == nil {
		c, err := LoadCase(s.CaseRef)
		if err != nil {
			return s, err
		}
		s.Case = c
	}
	s.CaseRef = s.Case.ID
	c, err := scenarios.Override(s.Case, caseSet(s.Set))
	if err != nil {
		return s, err
	}
	// The header keeps the case as written and the overrides apart, so that both can be seen.
	c.Text, s.Case = s.Case.Text, c
	if s.Seed == 0 {
		s.Seed = s.Case.Seed
	}
	if s.TickHz == 0 {
		s.TickHz = DefaultTickHz
	}
	if s.Mode == "" {
		s.Mode = Practise
	}
	if s.Device == "" {
		s.Device = Virtual
	}
	if s.Hand == "" {
		s.Hand = "trained"
	}
	return s, s.check()
}

func (s Setup) check() error {
	switch {
	case !tickHzAllowed(s.TickHz):
		return fmt.Errorf("trial: %g ticks a second, allowed %g..%g: use --tick-hz 1000", s.TickHz, MinTickHz, MaxTickHz)
	case s.Mode != Learn && s.Mode != Practise && s.Mode != Exam:
		return fmt.Errorf("trial: mode %q, allowed learn, practise, exam", s.Mode)
	case s.Device != Virtual && s.TickHz > DefaultTickHz:
		return fmt.Errorf("trial: %g ticks a second on %s, allowed up to %g: a leg answers once a millisecond", s.TickHz, s.Device, DefaultTickHz)
	}
	if s.Driver != "" && s.Driver != string(physics.Manual) && s.Driver != string(physics.Powered) && s.Driver != string(physics.Spring) {
		return fmt.Errorf("trial: driver %q, allowed manual, powered, spring", s.Driver)
	}
	if s.Needle != "" {
		n, ok := scenarios.NeedleByID(s.Needle)
		if !ok {
			return fmt.Errorf("trial: needle %q is not in the catalogue, allowed %s", s.Needle, strings.Join(needleIDs(), ", "))
		}
		if s.Driver != "" && s.Driver != string(n.Driver) {
			return fmt.Errorf("trial: needle %s fits the %s driver, not %s", s.Needle, n.Driver, s.Driver)
		}
	}
	if err := s.checkHand(); err != nil {
		return err
	}
	return checkHandSet(s.Set)
}

// checkHand refuses a recorded hand that is not there, and settings that a recorded hand cannot follow.
func (s Setup) checkHand() error {
	if !namesFile(s.Hand) {
		return nil
	}
	if _, err := os.Stat(s.Hand); err != nil {
		return fmt.Errorf("trial: recorded hand: %w: give novice, trained, expert, robot or the file of a recording", err)
	}
	for name := range s.Set {
		if strings.HasPrefix(name, handPrefix) {
			return fmt.Errorf("trial: --set %s: the hand of a recording does what it did; leave it out, or use a simulated hand", name)
		}
	}
	return nil
}

// tickHzAllowed is false for NaN, too.
func tickHzAllowed(hz float64) bool { return hz >= MinTickHz && hz <= MaxTickHz }

func needleIDs() []string {
	var ids []string
	for _, n := range scenarios.Needles() {
		ids = append(ids, n.ID)
	}
	return ids
}

// LoadCase returns an embedded case by id, or reads a file.
func LoadCase(ref string) (*scenarios.Case, error) {
	if !strings.ContainsAny(ref, `/\.`) {
		return scenarios.Load(ref)
	}
	text, err := os.ReadFile(ref)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("trial: case file %s is not there; `osseo case list` shows the built-in ones", ref)
	}
	if err != nil {
		return nil, fmt.Errorf("trial: case file: %w", err)
	}
	return scenarios.Parse(ref, text)
}

// caseSet is the part of a set that belongs to the case; the rest is the hand's.
func caseSet(set map[string]string) map[string]string {
	out := map[string]string{}
	for k, v := range set {
		if !strings.HasPrefix(k, handPrefix) {
			out[k] = v
		}
	}
	return out
}
