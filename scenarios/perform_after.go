package scenarios

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// What is done through the needle, and at the end.

func (p *Procedure) aspirate(_ Action, b Body) (Observation, error) {
	if err := p.needOpenNeedle(); err != nil {
		return Observation{}, err
	}
	if b.Aspirates {
		return Observation{Text: "Dark marrow comes into the syringe.", Good: true}, nil
	}
	seen := Observation{Text: "Nothing comes. A dry tap does not rule it out: flush and watch.", Good: true}
	if !b.InMarrow {
		seen.Teach = "Here the tap is dry for a reason: " + zoneWords(b.Zone) + "."
	}
	return seen, nil
}

// maxLidocaineMG and maxVolumeML bound one dose and one flush: what fits a syringe.
const (
	maxLidocaineMG = 500
	maxVolumeML    = 60
)

func (p *Procedure) giveLidocaine(a Action, _ Body) (Observation, error) {
	if err := p.needOpenNeedle(); err != nil {
		return Observation{}, err
	}
	if !slices.Contains(p.c.Tray.Drugs, "lidocaine") {
		return Observation{}, errors.New("there is no lidocaine on the tray")
	}
	if !(a.Number > 0 && a.Number <= maxLidocaineMG) {
		return Observation{}, fmt.Errorf("%s mg cannot be given; allowed more than 0 to %d mg", formatNumber(a.Number), maxLidocaineMG)
	}
	p.lidocaine += a.Number
	seen := Observation{Text: fmt.Sprintf("Lidocaine %s mg, slowly; you wait.", formatNumber(a.Number))}
	low, high := p.c.Plan.LidocaineMG[0], p.c.Plan.LidocaineMG[1]
	switch {
	case slices.Contains(p.c.Patient.Allergies, "lidocaine"):
		seen.Wrong, seen.Teach = true, "The patient is allergic to lidocaine."
	case !p.c.Patient.Awake:
		seen.Teach = "Not needed: the patient does not feel it."
	case p.count[Flush] > 0:
		seen.Wrong, seen.Teach = true, "Too late: the flush was what hurt."
	case p.lidocaine < low || p.lidocaine > high:
		seen.Wrong, seen.Teach = true, fmt.Sprintf("The dose here is %s-%s mg in all.", formatNumber(low), formatNumber(high))
	default:
		seen.Good = true
	}
	return seen, nil
}

func (p *Procedure) flush(a Action, b Body) (Observation, error) {
	if err := p.needOpenNeedle(); err != nil {
		return Observation{}, err
	}
	if !(a.Number > 0 && a.Number <= maxVolumeML) {
		return Observation{}, fmt.Errorf("%s mL cannot be flushed; allowed more than 0 to %d mL", formatNumber(a.Number), maxVolumeML)
	}
	seen := Observation{Text: flushWords(b), Good: true}
	switch {
	case p.c.Patient.Awake && p.lidocaine == 0:
		seen.Text += " " + p.pronoun() + " cries out and pulls the leg away."
		seen.Good, seen.Wrong, seen.Teach = false, true, "An awake patient gets lidocaine before the first flush."
	case p.leaked:
		seen.Good, seen.Wrong, seen.Teach = false, true, "You have judged that it leaks: stop, take the needle out."
	case a.Number < p.c.Plan.FlushML:
		seen.Good, seen.Teach = false, fmt.Sprintf("A flush here is %s mL.", formatNumber(p.c.Plan.FlushML))
	case b.Leaks:
		seen.Good, seen.Teach = false, "Look at the skin and feel the calf: fluid goes where it should not."
	}
	return seen, nil
}

// flushWords is what hand and eye notice during a flush, without the verdict.
func flushWords(b Body) string {
	switch {
	case b.Leaks && b.Zone == "outside":
		return "The saline runs down the skin."
	case b.Leaks && b.Rises && b.Flows:
		return "The saline goes in. The skin beside the needle rises."
	case b.Leaks && !b.Flows:
		return "The plunger hardly moves. The skin around the needle becomes wet and tight."
	case b.Leaks:
		return "The saline goes in. The calf becomes firmer."
	case b.Flows:
		return "The saline runs in freely."
	case b.InMarrow:
		return "Hard at first, then it gives way and runs."
	}
	return "The plunger stands; hardly anything goes in."
}

func (p *Procedure) watch(a Action, b Body) (Observation, error) {
	if a.Value != "swelling" && a.Value != "none" {
		return Observation{}, fmt.Errorf("what is seen cannot be %q; allowed swelling, none", a.Value)
	}
	if p.count[Flush] == 0 {
		return Observation{}, errors.New("nothing was flushed yet; flush first, then look")
	}
	swelling := a.Value == "swelling"
	seen := Observation{Text: "You judge: no swelling."}
	if swelling {
		seen.Text = "You judge: it swells."
		p.leaked = b.Leaks
	}
	switch {
	case swelling == b.Leaks:
		seen.Good = true
		if swelling {
			seen.Teach = "Right: stop here, take the needle out, use another bone."
		}
	case swelling:
		seen.Wrong, seen.Teach = true, "Compare with the other leg: this one is soft."
	default:
		seen.Wrong, seen.Teach = true, "Feel the calf and compare: it becomes firm."
	}
	return seen, nil
}

func (p *Procedure) giveDrug(a Action, b Body) (Observation, error) {
	if err := p.needOpenNeedle(); err != nil {
		return Observation{}, err
	}
	if !slices.Contains(p.c.Tray.Drugs, a.Value) {
		return Observation{}, fmt.Errorf("no drug %q on the tray; allowed %s", a.Value, strings.Join(p.c.Tray.Drugs, ", "))
	}
	if a.Value == "lidocaine" {
		return Observation{}, errors.New("lidocaine is given with its own dose; use the action lidocaine")
	}
	seen := Observation{Text: Title(a.Value) + " given."}
	switch {
	case slices.Contains(p.c.Patient.Allergies, a.Value):
		seen.Wrong, seen.Teach = true, "The patient is allergic to it."
	case b.Leaks || !b.InMarrow:
		seen.Text += " Nothing changes on the monitor."
		seen.Wrong, seen.Teach = true, "It went into tissue, not to the heart: "+zoneWords(b.Zone)+"."
	case p.count[Flush] == 0:
		seen.Wrong, seen.Teach = true, "Flush first: it opens the marrow and shows a leak."
	case a.Value == p.c.Plan.Drug:
		seen.Good, seen.Teach = true, "Now flush it in."
	default:
		seen.Teach = "First comes " + strings.ToLower(Title(p.c.Plan.Drug)) + "."
	}
	return seen, nil
}

func (p *Procedure) document(Action, Body) (Observation, error) {
	if p.attempts == 0 {
		return Observation{}, errors.New("there is nothing to write down yet; place a needle first")
	}
	text := fmt.Sprintf("Written down: %s %s, %s, attempts: %d, time.", p.side, strings.ToLower(Title(p.site)), Title(p.needle), p.attempts)
	return Observation{Text: text, Good: true}, nil
}

func (p *Procedure) hint(Action, Body) (Observation, error) {
	p.hints++
	return Observation{Text: p.Next()}, nil
}

func (p *Procedure) finish(Action, Body) (Observation, error) {
	p.finished = true
	return Observation{Text: "The case ends here."}, nil
}
