package scenarios

import (
	"fmt"
	"math"
)

// Procedure is what a learner has done so far in one case, and what is possible next.
//
// It is pure: the only thing that changes it is Apply, and the same actions with the same bodies give the same
// observations. It belongs to one caller.
type Procedure struct {
	c *Case

	checked map[string]map[string]bool // side -> checks done there
	warned  map[string]bool            // "side site" of places known to be forbidden
	used    map[string]bool            // bones with a hole from this run
	count   map[ActionKind]int         // what was done, attempt by attempt where it concerns the needle

	side, site, driver, needle string
	hand                       string // where the steadying hand is
	attempts, hints            int

	placed    bool // a needle is in or on the body
	held      bool // the tool is in the hand
	released  bool // it was let go at least once in this attempt
	holed     bool // the cortex has been broken through in this attempt
	styletOut bool
	leaked    bool // a flush was seen to leak
	lidocaine float64
	finished  bool
}

// Impossible is the error of an action that cannot be done now.
type Impossible struct {
	Kind ActionKind
	Why  string // a sentence for the learner: what is missing and what to do
}

// Error returns the reason with the action's name.
func (e *Impossible) Error() string { return fmt.Sprintf("scenarios: %s: %s", e.Kind, e.Why) }

// NewProcedure starts a case. The procedure keeps c and does not change it.
func NewProcedure(c *Case) *Procedure {
	return &Procedure{
		c: c, checked: map[string]map[string]bool{}, warned: map[string]bool{}, used: map[string]bool{}, count: map[ActionKind]int{},
	}
}

// Apply does one action and returns what is seen. An error, always *Impossible, means that it cannot be done now and has
// changed nothing. Mistakes are possible: they give an observation, not an error.
func (p *Procedure) Apply(a Action, b Body) (Observation, error) {
	perform, ok := performers[a.Kind]
	switch {
	case !ok:
		return Observation{}, &Impossible{a.Kind, fmt.Sprintf("unknown action %q; %s", a.Kind, closest(string(a.Kind), actionWords))}
	case p.finished:
		return Observation{}, &Impossible{a.Kind, "the case has ended; start it again"}
	case !finiteNumbers(a.Number, a.U, a.V):
		return Observation{}, &Impossible{a.Kind, "a number is missing or not finite; give it in mg, mL or m"}
	}
	p.holed = p.holed || (p.placed && (b.Insertions > 0 || b.InMarrow))
	seen, err := perform(p, a, b)
	if err != nil {
		return Observation{}, &Impossible{a.Kind, err.Error()}
	}
	p.count[a.Kind]++
	return seen, nil
}

// performer does one kind of action; an error says in words why it is impossible.
type performer func(p *Procedure, a Action, b Body) (Observation, error)

var performers map[ActionKind]performer

// The table is filled here because hint looks things up in it again.
func init() {
	performers = map[ActionKind]performer{
		Decide: (*Procedure).decide, Check: (*Procedure).check, ChooseSite: (*Procedure).chooseSite,
		ChooseDriver: (*Procedure).chooseDriver, ChooseNeedle: (*Procedure).chooseNeedle, Locate: (*Procedure).locate,
		Clean: (*Procedure).clean, SteadyHand: (*Procedure).steady, Insert: (*Procedure).insert,
		CheckMark: (*Procedure).checkMark, Release: (*Procedure).release, StyletRemove: (*Procedure).removeStylet,
		CheckStands: (*Procedure).checkStands, Aspirate: (*Procedure).aspirate, Lidocaine: (*Procedure).giveLidocaine,
		Flush: (*Procedure).flush, Watch: (*Procedure).watch, Secure: (*Procedure).secure, Drug: (*Procedure).giveDrug,
		Document: (*Procedure).document, Hint: (*Procedure).hint, Withdraw: (*Procedure).withdraw, Finish: (*Procedure).finish,
	}
}

func finiteNumbers(xs ...float64) bool {
	for _, x := range xs {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return false
		}
	}
	return true
}

// Done reports whether step i of the case is done; false outside the steps.
func (p *Procedure) Done(i int) bool {
	if i < 0 || i >= len(p.c.Steps) {
		return false
	}
	kind := p.c.Steps[i].Done
	if kind == Check {
		return p.allChecked()
	}
	nth := 0
	for _, s := range p.c.Steps[:i+1] {
		if s.Done == kind {
			nth++
		}
	}
	return p.count[kind] >= nth
}

// allChecked reports whether one limb, the chosen one when there is one, was looked at for everything.
func (p *Procedure) allChecked() bool {
	if p.side != "" {
		return len(p.checked[p.side]) == len(checks)
	}
	for _, done := range p.checked {
		if len(done) == len(checks) {
			return true
		}
	}
	return false
}

// Step returns the first step that is not done, len(Steps) when all are.
func (p *Procedure) Step() int {
	for i := range p.c.Steps {
		if !p.Done(i) {
			return i
		}
	}
	return len(p.c.Steps)
}

// Hints returns how often help was asked for.
func (p *Procedure) Hints() int { return p.hints }

// Attempts returns how often a needle was set on a bone.
func (p *Procedure) Attempts() int { return p.attempts }

// Finished reports whether the case has ended.
func (p *Procedure) Finished() bool { return p.finished }

// Chosen returns the place and tools picked so far, empty where nothing was.
func (p *Procedure) Chosen() (side, site, driver, needle string) {
	return p.side, p.site, p.driver, p.needle
}

// Next returns one line on what to do now.
func (p *Procedure) Next() string {
	if s := p.trouble(); s != "" {
		return s
	}
	i := p.Step()
	if i == len(p.c.Steps) {
		return "All steps are done: finish the case."
	}
	return p.c.Steps[i].Title + ": " + p.c.Steps[i].How
}

// trouble is what goes before the next step: something known to be wrong.
func (p *Procedure) trouble() string {
	switch {
	case p.leaked && p.placed:
		return "It leaks: stop, take the needle out, press on it and use another bone, not this one for 48 hours."
	case p.placed || p.site == "":
		return ""
	case p.warned[p.place()]:
		return "You found a reason against this place: choose another."
	case p.used[p.place()]:
		return "This bone has a hole now: choose the other side or another site."
	case p.driver == "powered" && p.c.Tray.Battery == 0:
		return "The drill has no power: choose another driver."
	}
	return ""
}

// place names the chosen bone.
func (p *Procedure) place() string { return p.side + " " + p.site }
