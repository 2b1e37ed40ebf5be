package scenarios

import (
	"slices"

	"osseo/physics"
)

// Needle is what a person sees of a needle set: its colour, its name and for whom it is made. What it does in bone is in
// physics under the same id.
type Needle struct {
	ID       string
	Title    string
	Short    string // for narrow places: "25 mm"
	Colour   string // word, so that nothing is told by colour alone
	Hex      string // of the hub, #RRGGBB
	Driver   physics.DriverKind
	Gauge    string
	LengthMM float64 // hub to tip
	MinKG    float64 // of the label, 0 = no lower bound
	MaxKG    float64 // of the label, 0 = no upper bound
	Label    string  // for whom, as printed on the set
	Marked   bool    // has the 5 mm depth mark
}

// Lengths and weights: the labels of the EZ-IO sets and the clinical documents (docs/cases.md). The spring sets are thrown to a set
// depth: 25 mm for an adult's tibia, 5-15 mm for a child's (WaisMed instructions, recalled, medium confidence).
var needles = []Needle{
	{"ez-15", "Pink 15 mm, 15G", "15 mm", "pink", "#D8547F", physics.Powered, "15G", 15, 3, 39, "3-39 kg", true},
	{"ez-25", "Blue 25 mm, 15G", "25 mm", "blue", "#3F7FD6", physics.Powered, "15G", 25, 40, 0, "40 kg and over", true},
	{"ez-45", "Yellow 45 mm, 15G", "45 mm", "yellow", "#E3C02F", physics.Powered, "15G", 45, 40, 0, "40 kg and over, excess tissue", true},
	{"manual-15g", "Grey manual, 15G", "15G", "grey", "#97A3AF", physics.Manual, "15G", 0, 12, 0, "child and adult", false},
	{"manual-18g", "Green manual, 18G", "18G", "green", "#4FA97A", physics.Manual, "18G", 0, 0, 12, "newborn and infant", false},
	{"spring-15g-adult", "Blue spring set, 15G adult", "15G adult", "dark blue", "#2B5FA8", physics.Spring, "15G", 0, 40, 0, "adult, 25 mm deep", false},
	{"spring-18g-child", "Red spring set, 18G child", "18G child", "red", "#C64545", physics.Spring, "18G", 0, 3, 39, "child, 5-15 mm deep by age", false},
}

// Needles returns the catalogue in tray order.
func Needles() []Needle { return append([]Needle(nil), needles...) }

// NeedleByID returns a needle of the catalogue.
func NeedleByID(id string) (Needle, bool) {
	for _, n := range needles {
		if n.ID == id {
			return n, true
		}
	}
	return Needle{}, false
}

func needleIDs() []string {
	out := make([]string, len(needles))
	for i, n := range needles {
		out[i] = n.ID
	}
	return out
}

// NeedleRule is one line of the rule that picks a needle; the first that holds decides.
type NeedleRule struct {
	Driver       physics.DriverKind
	MinKG, MaxKG float64 // least and (exclusive) greatest weight, kg; 0 = no bound
	ExcessTissue bool    // only when tissue is too deep for the label's needle
	Needle       string
	Why          string
}

// The rule of the clinical documents and of the sets' own labels. The manual split at 12 kg is
// assumed: the documents ask for finer needles in newborns and infants without naming a weight.
var needleRules = []NeedleRule{
	{physics.Powered, 40, 0, true, "ez-45", "excess tissue: with the tip on bone the 5 mm mark of a shorter needle is buried"},
	{physics.Powered, 40, 0, false, "ez-25", "40 kg and over: blue"},
	{physics.Powered, 0, 40, true, "ez-25", "excess tissue in a child: the next longer needle"},
	{physics.Powered, 0, 40, false, "ez-15", "3-39 kg: pink"},
	{physics.Manual, 0, 12, false, "manual-18g", "newborn and infant: 18G"},
	{physics.Manual, 12, 0, false, "manual-15g", "child and adult: 15G"},
	{physics.Spring, 40, 0, false, "spring-15g-adult", "adult set"},
	{physics.Spring, 0, 40, false, "spring-18g-child", "child set, depth by age"},
}

// NeedleRules returns the rule as data, in order of precedence.
func NeedleRules() []NeedleRule { return append([]NeedleRule(nil), needleRules...) }

// AdviseNeedle returns the needle the rule picks and why.
//
// weightKG is the patient's weight, kg; excess says that the tissue over the bone is too deep for the needle of that weight.
func AdviseNeedle(driver physics.DriverKind, weightKG float64, excess bool) (id, why string) {
	for _, r := range needleRules {
		if r.Driver != driver || weightKG < r.MinKG || (r.MaxKG > 0 && weightKG >= r.MaxKG) || (r.ExcessTissue && !excess) {
			continue
		}
		return r.Needle, r.Why
	}
	return "", ""
}

// DriverRight reports whether a driver is the plan's own, or the one of another needle the plan accepts.
func (p Plan) DriverRight(driver string) bool {
	for _, id := range p.Needles {
		if n, ok := NeedleByID(id); ok && string(n.Driver) == driver {
			return true
		}
	}
	return driver == p.Driver
}

// Fit is how a needle suits a leg.
type Fit struct {
	Right    bool // the case's plan names it
	TooShort bool // with the tip on bone its mark is buried, or it cannot reach the marrow
	TooLong  bool // not in the plan, and pushed to the hub it goes through the far cortex, or its label begins above this weight
}

// JudgeNeedle says how a needle of a given length suits a leg of the case.
//
// length is hub to tip, mark the distance of the depth mark from the hub (0 = none), soft, cortex and medulla the layers
// over and in the bone, all m and positive. A spring set reaches no deeper than its stop. A needle the plan names is never
// too long: its hub is not meant to reach the skin. Nor is a manual one: fingers hold it short.
func JudgeNeedle(c *Case, id string, length, mark, soft, cortex, medulla float64) Fit {
	f := Fit{Right: slices.Contains(c.Plan.Needles, id)}
	reach := length
	if n, err := physics.NeedleByID(id); err == nil && n.StopDepth > 0 {
		reach, mark = min(length, n.StopDepth), 0
	}
	f.TooShort = length-mark < soft || reach < soft+cortex
	label, _ := NeedleByID(id)
	if f.Right || f.TooShort || label.Driver == physics.Manual {
		return f
	}
	f.TooLong = reach-soft > 2*cortex+medulla || c.Patient.WeightKG < label.MinKG
	return f
}
