package scenarios

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
)

// What is done before the needle touches the patient.

func (p *Procedure) decide(Action, Body) (Observation, error) {
	if p.count[Decide] > 0 {
		return Observation{Text: "Already decided."}, nil
	}
	return Observation{Text: "You say it aloud: \"No vein. We go into the bone.\"", Good: true}, nil
}

func (p *Procedure) check(a Action, _ Body) (Observation, error) {
	if !slices.Contains(ids(checks), a.Value) {
		return Observation{}, fmt.Errorf("no check %q; allowed %s", a.Value, strings.Join(ids(checks), ", "))
	}
	limb, ok := p.limb(a.Side)
	if !ok {
		return Observation{}, fmt.Errorf("no limb on the side %q; allowed left or right where the case has one", a.Side)
	}
	if p.checked[a.Side] == nil {
		p.checked[a.Side] = map[string]bool{}
	}
	p.checked[a.Side][a.Value] = true
	seen := Observation{Text: "Nothing unusual.", Good: true}
	for _, f := range limb.Findings {
		if f.Check != a.Value {
			continue
		}
		seen.Text = f.Text
		if f.Contraindicates {
			p.warned[limb.Side+" "+limb.Site] = true
			seen.Teach = "A reason against this bone: " + strings.ToLower(Title(f.Check)) + "."
		}
	}
	return seen, nil
}

// limb returns what is examined on a side: the chosen place, else the planned one, else the first.
func (p *Procedure) limb(side string) (Limb, bool) {
	var found *Limb
	rank := 0
	for i := range p.c.Limbs {
		l := &p.c.Limbs[i]
		if l.Side != side {
			continue
		}
		r := 1
		switch {
		case side == p.side && l.Site == p.site:
			r = 3
		case l.Site == p.c.Plan.Site:
			r = 2
		}
		if r > rank {
			found, rank = l, r
		}
	}
	if found == nil {
		return Limb{}, false
	}
	return *found, true
}

var errNeedleIn = errors.New("a needle is in place; withdraw it first")

func (p *Procedure) chooseSite(a Action, _ Body) (Observation, error) {
	if p.placed {
		return Observation{}, errNeedleIn
	}
	i := slices.IndexFunc(p.c.Limbs, func(l Limb) bool { return l.Side == a.Side && l.Site == a.Value })
	if i < 0 {
		return Observation{}, fmt.Errorf("%s %s cannot be reached in this case; allowed %s", a.Side, a.Value, p.places())
	}
	if p.side != a.Side || p.site != a.Value {
		p.count[Locate], p.count[Clean] = 0, 0
	}
	p.side, p.site = a.Side, a.Value
	seen := Observation{Text: fmt.Sprintf("%s, %s.", Title(p.site), p.side)}
	plan := p.c.Plan
	switch {
	case p.used[p.place()]:
		seen.Wrong, seen.Teach = true, "This bone has a hole from your first attempt: what you give would leak out of it."
	case p.c.Limbs[i].forbidden() != "":
		seen.Wrong, seen.Teach = true, "There is a reason against this bone: "+strings.ToLower(Title(p.c.Limbs[i].forbidden()))+"."
	case p.site == plan.Site && (plan.Side == "either" || plan.Side == p.side):
		seen.Good = true
	}
	return seen, nil
}

func (p *Procedure) places() string {
	names := make([]string, len(p.c.Limbs))
	for i, l := range p.c.Limbs {
		names[i] = l.Side + " " + l.Site
	}
	return strings.Join(names, ", ")
}

func (p *Procedure) chooseDriver(a Action, _ Body) (Observation, error) {
	if p.placed {
		return Observation{}, errNeedleIn
	}
	if !slices.Contains(p.c.Tray.Drivers, a.Value) {
		return Observation{}, fmt.Errorf("no driver %q on the tray; allowed %s", a.Value, strings.Join(p.c.Tray.Drivers, ", "))
	}
	p.driver = a.Value
	if n, ok := NeedleByID(p.needle); ok && string(n.Driver) != p.driver {
		p.needle, p.count[ChooseNeedle] = "", 0
	}
	seen := Observation{Text: Title(p.driver) + "."}
	switch {
	case p.driver == "powered" && p.c.Tray.Battery == 0:
		seen.Text = "The drill: you try the trigger. No light, no sound, nothing turns."
		seen.Wrong, seen.Teach = true, "The drill has no power. Take another driver."
	case p.c.Plan.DriverRight(p.driver):
		seen.Good = true
	}
	return seen, nil
}

func (p *Procedure) chooseNeedle(a Action, _ Body) (Observation, error) {
	if p.placed {
		return Observation{}, errNeedleIn
	}
	n, ok := NeedleByID(a.Value)
	if !ok || !slices.Contains(p.c.Tray.Needles, a.Value) {
		return Observation{}, fmt.Errorf("no needle %q on the tray; allowed %s", a.Value, strings.Join(p.c.Tray.Needles, ", "))
	}
	if p.driver != "" && p.driver != string(n.Driver) {
		return Observation{}, fmt.Errorf("%s does not fit the %s; choose the %s first", n.Title, strings.ToLower(Title(p.driver)), strings.ToLower(Title(string(n.Driver))))
	}
	p.needle, p.driver = n.ID, string(n.Driver)
	seen := Observation{Text: fmt.Sprintf("%s: for %s.", n.Title, n.Label)}
	if slices.Contains(p.c.Plan.Needles, n.ID) {
		seen.Good = true
	} else {
		best, _ := NeedleByID(p.c.Plan.Needles[0])
		seen.Wrong, seen.Teach = true, fmt.Sprintf("Not for this patient (%s kg): %s.", formatNumber(p.c.Patient.WeightKG), best.Title)
	}
	return seen, nil
}

func (p *Procedure) locate(a Action, _ Body) (Observation, error) {
	if p.placed {
		return Observation{}, errNeedleIn
	}
	if p.site == "" {
		return Observation{}, errors.New("no site is chosen; choose the site first")
	}
	u, v := a.U*1e3, a.V*1e3 // mm
	off, allowed := math.Hypot(u, v), p.c.Plan.ToleranceMM
	seen := Observation{Text: "Flat, smooth bone under your finger. You mark the point.", Good: true}
	if off > allowed {
		seen = Observation{Text: p.feel(u, v), Wrong: true}
		seen.Teach = fmt.Sprintf("%.0f mm from the ideal point, %s mm allowed. %s", off, formatNumber(allowed), siteHow(p.site))
	}
	return seen, nil
}

// feel is what lies under the finger off the flat face; u mm distal, v mm medial.
func (p *Procedure) feel(u, v float64) string {
	if p.site != "proximal-tibia" {
		return "The bone slopes away under your finger. You mark the point."
	}
	switch {
	case math.Abs(u) >= math.Abs(v) && u < 0:
		return "Close to the tuberosity; the bone widens upward. You mark the point."
	case math.Abs(u) >= math.Abs(v):
		return "Far down the shin; the bone is narrow here. You mark the point."
	case v > 0:
		return "Near the inner edge; the bone falls away backward. You mark the point."
	}
	return "On the ridge of the shin; a point would slide here. You mark the point."
}

func siteHow(site string) string {
	for _, t := range sites {
		if t.ID == site {
			return t.How
		}
	}
	return ""
}

func (p *Procedure) clean(Action, Body) (Observation, error) {
	if p.site == "" {
		return Observation{}, errors.New("no site is chosen; choose the site first")
	}
	if p.placed {
		return Observation{Text: "You wipe around the needle.", Wrong: true, Teach: "Clean before the needle goes in."}, nil
	}
	return Observation{Text: "Skin wiped, drying.", Good: true}, nil
}

func (p *Procedure) steady(a Action, _ Body) (Observation, error) {
	switch a.Value {
	case "beside":
		p.hand = a.Value
		return Observation{Text: "Your other hand holds the leg from the sides.", Good: true}, nil
	case "behind":
		p.hand = a.Value
		return Observation{
			Text:  "Your other hand is behind the leg, in the line of the needle.",
			Teach: "Move it to the side: a needle that goes through ends in your palm.", Wrong: true,
		}, nil
	}
	return Observation{}, fmt.Errorf("the hand cannot be %q; allowed beside, behind", a.Value)
}
