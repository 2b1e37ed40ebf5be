package scenarios

import (
	"errors"
	"fmt"
)

// What is done with the needle.

func (p *Procedure) insert(Action, Body) (Observation, error) {
	switch {
	case p.held:
		return Observation{}, errors.New("the tool is in your hand already; push, or let it go")
	case p.placed:
		return Observation{}, errors.New("a needle is in place; withdraw it before a new attempt")
	case p.site == "":
		return Observation{}, errors.New("no site is chosen; choose the site first")
	case p.driver == "":
		return Observation{}, errors.New("no driver is chosen; choose the driver first")
	case p.needle == "":
		return Observation{}, errors.New("no needle is chosen; choose the needle first")
	case p.count[Locate] == 0:
		return Observation{}, errors.New("no point is marked; find the point first")
	}
	p.placed, p.held, p.released, p.holed, p.styletOut = true, true, false, false, false
	p.attempts++
	seen := Observation{Text: "Tool in hand, upright over your mark.", Good: true}
	if p.c.Patient.Awake {
		seen.Text += " " + p.pronoun() + " watches you."
	}
	switch {
	case p.hand == "behind":
		seen.Good, seen.Wrong, seen.Teach = false, true, "Your other hand is still behind the leg: move it to the side."
	case p.used[p.place()]:
		seen.Good, seen.Wrong, seen.Teach = false, true, "This bone has a hole already: use another."
	case p.driver == "powered" && p.c.Tray.Battery == 0:
		seen.Text = "Tool in hand. The trigger clicks; nothing turns."
		seen.Good, seen.Wrong, seen.Teach = false, true, "The drill has no power: withdraw and take another driver."
	case p.count[Clean] == 0:
		seen.Good, seen.Wrong, seen.Teach = false, true, "The skin is not cleaned."
	}
	return seen, nil
}

func (p *Procedure) checkMark(a Action, b Body) (Observation, error) {
	if a.Value != "seen" && a.Value != "not-seen" {
		return Observation{}, fmt.Errorf("the mark cannot be %q; allowed seen, not-seen", a.Value)
	}
	switch {
	case !p.placed:
		return Observation{}, errors.New("no needle is in hand; take the tool and set it on the bone first")
	case !b.OnBone:
		return Observation{}, errors.New("the tip is not on bone; bring it through the skin onto the bone first")
	}
	visible := b.MarkMM >= 0
	seen := Observation{Text: "You judge: the mark is above the skin."}
	if a.Value == "not-seen" {
		seen.Text = "You judge: the mark is not above the skin."
	}
	n, _ := NeedleByID(p.needle)
	switch {
	case !n.Marked:
		seen.Teach = "This needle has no 5 mm mark: judge by the length left above the skin."
	case p.holed:
		seen.Wrong, seen.Teach = true, "Too late: the mark tells before drilling, with the tip resting on bone."
	case (a.Value == "seen") != visible:
		seen.Wrong, seen.Teach = true, fmt.Sprintf("Look again: the mark is %.0f mm %s the skin.", abs(b.MarkMM), pickWord(visible, "above", "below"))
	case visible:
		seen.Good = true
	default:
		seen.Good, seen.Teach = true, "Right, and so this needle is too short: withdraw and take a longer one."
	}
	return seen, nil
}

func (p *Procedure) release(_ Action, b Body) (Observation, error) {
	if !p.held {
		return Observation{}, errors.New("nothing is in your hand; take the tool first")
	}
	p.held, p.released = false, true
	switch {
	case b.Stands:
		return Observation{Text: "You let go. The needle stays where it is.", Good: true}, nil
	case b.InMarrow:
		return Observation{Text: "You let go. The needle stays, a little loose."}, nil
	}
	return Observation{Text: "You let go. The needle leans.", Teach: "The tip is not in the marrow: " + zoneWords(b.Zone) + "."}, nil
}

func (p *Procedure) removeStylet(_ Action, b Body) (Observation, error) {
	if err := p.needNeedle(); err != nil {
		return Observation{}, err
	}
	if p.styletOut {
		return Observation{}, errors.New("the stylet is out already")
	}
	if p.held {
		p.held, p.released = false, true // unscrewing it takes the driver off
	}
	p.styletOut = true
	seen := Observation{Text: "Stylet out, hub held still.", Good: true}
	if !b.InMarrow {
		seen = Observation{Text: "Stylet out.", Wrong: true, Teach: "The tip is not in the marrow yet: " + zoneWords(b.Zone) + "."}
	}
	return seen, nil
}

func (p *Procedure) needNeedle() error {
	if !p.placed {
		return errors.New("no needle is in place; insert one first")
	}
	return nil
}

func (p *Procedure) needOpenNeedle() error {
	if err := p.needNeedle(); err != nil {
		return err
	}
	if !p.styletOut {
		return errors.New("the stylet is still in the needle; take it out first")
	}
	return nil
}

func (p *Procedure) checkStands(_ Action, b Body) (Observation, error) {
	if err := p.needNeedle(); err != nil {
		return Observation{}, err
	}
	if p.held {
		return Observation{}, errors.New("you are holding it; let go first")
	}
	if b.Stands {
		return Observation{Text: "It stands by itself, firm to a touch.", Good: true}, nil
	}
	return Observation{Text: "It leans and wobbles.", Good: true, Teach: "Not firm in bone: " + zoneWords(b.Zone) + "."}, nil
}

func (p *Procedure) secure(Action, Body) (Observation, error) {
	if err := p.needNeedle(); err != nil {
		return Observation{}, err
	}
	if p.held {
		return Observation{}, errors.New("you are holding the tool; let go first")
	}
	return Observation{Text: "Stabiliser on, a loop in the line.", Good: true}, nil
}

func (p *Procedure) withdraw(_ Action, b Body) (Observation, error) {
	if err := p.needNeedle(); err != nil {
		return Observation{}, err
	}
	seen := Observation{Text: "Needle out. You press on the place.", Good: p.leaked || !b.InMarrow}
	if p.holed || p.released {
		p.used[p.place()] = true
		seen.Teach = "This bone is not used again for 48 hours: choose another."
	} else {
		seen.Teach = "The bone is not opened yet: another needle may go here."
	}
	if b.InMarrow && !p.leaked {
		seen.Teach = "The tip lay in the marrow. A dry tap alone is no reason to take it out."
	}
	for _, kind := range ofOneAttempt {
		p.count[kind] = 0
	}
	if p.used[p.place()] {
		p.count[ChooseSite], p.count[Locate], p.count[Clean] = 0, 0, 0
	}
	p.placed, p.held, p.released, p.holed, p.styletOut, p.leaked, p.lidocaine = false, false, false, false, false, false, 0
	return seen, nil
}

// ofOneAttempt are the actions that must be done again after a withdrawal.
var ofOneAttempt = []ActionKind{
	Insert, CheckMark, Release, StyletRemove, CheckStands, Aspirate, Lidocaine, Flush, Watch, Secure, Drug, Document,
}

// zoneWords says where a tip is.
func zoneWords(zone string) string {
	switch zone {
	case "", "outside":
		return "it is outside the body"
	case "skin-soft-tissue":
		return "it is in soft tissue, short of the bone"
	case "cortex":
		return "it is still in the near wall"
	case "medulla":
		return "it is in the marrow"
	case "far-cortex":
		return "it is in the far wall"
	case "deep-tissue":
		return "it went through the far wall"
	case "growth-plate":
		return "it is in the growth plate"
	case "joint":
		return "it is in the joint"
	case "beside-bone":
		return "it slid past the bone"
	}
	return "it is in the " + zone
}

func abs(x float64) float64 { return max(x, -x) }

func pickWord(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}

func (p *Procedure) pronoun() string {
	if p.c.Patient.Sex == "male" {
		return "He"
	}
	return "She"
}
