package grading

import (
	"fmt"
	"math"
	"sort"
)

// Kind is the type of a fact.
type Kind string

// The kinds of facts.
const (
	Number Kind = "number" // float64
	Bool   Kind = "bool"
	Text   Kind = "text" // string
)

// Fact is one line of the contract between a recording and a rubric.
type Fact struct {
	Name    string
	Kind    Kind
	Unit    string // empty = none, or a count
	Meaning string // how it is taken from a recording; when it is unknown
}

// FactNames is every fact a rubric may use and app/trial computes. Times are s since the case began. What never happened is
// unknown: absent from Facts, or nil. Facts about a needle in bone are those of the last attempt, unless they say otherwise.
var FactNames = []Fact{
	// The run.
	{"mode", Text, "", "learn, practise or exam"},
	{"finished", Bool, "", "the learner ended the case; false when it was abandoned or the time limit came"},
	{"end_s", Number, "s", "when the run ended"},
	{"hints", Number, "", "how often help was asked for"},
	{"attempts", Number, "", "how often a tool was brought to a bone (insert actions that met skin)"},

	// Before the needle.
	{"decision_s", Number, "s", "first decide action"},
	{"decide_target_s", Number, "s", "clock.decide_s of the case"},
	{"checks_done", Number, "", "different checks done on the chosen limb before the first insert"},
	{"checks_needed", Number, "", "how many checks there are (6)"},
	{"checks_s", Number, "s", "last check before the first insert"},
	{"contraindication_missed", Bool, "", "the bone of any attempt was forbidden by a finding of the case, seen or not; unknown without an attempt"},
	{"contraindication", Text, "", "check id of that finding, unknown when there is none"},
	{"bone_used_twice", Bool, "", "an attempt was made in a bone whose cortex an earlier attempt of this run had broken through; a needle changed after the mark was buried is no second use"},
	{"site", Text, "", "site of the last choose-site"},
	{"side", Text, "", "left or right, of the last choose-site"},
	{"site_s", Number, "s", "last choose-site"},
	{"site_right", Bool, "", "site is the plan's and the side is the plan's or free; unknown when none was chosen"},
	{"site_error_mm", Number, "mm", "distance of the needle at first bone contact (else of the last locate) from the ideal point"},
	{"tolerance_mm", Number, "mm", "plan.tolerance_mm of the case"},
	{"located_s", Number, "s", "last locate before the last insert"},
	{"driver", Text, "", "manual, powered or spring, of the last choose-driver"},
	{"driver_s", Number, "s", "last choose-driver"},
	{"driver_right", Bool, "", "scenarios.Plan.DriverRight: the plan's, or that of another needle the plan accepts"},
	{"driver_powered", Bool, "", "the driver can work: not the drill, or the drill with battery above 0"},
	{"needle", Text, "", "id of the last choose-needle"},
	{"needle_title", Text, "", "that needle as a person reads it"},
	{"needle_s", Number, "s", "last choose-needle"},
	{"needle_length_mm", Number, "mm", "hub to tip of that needle"},
	{"needle_right", Bool, "", "needle is one of plan.needles"},
	{"needle_too_short", Bool, "", "scenarios.JudgeNeedle on the true layers: mark buried with the tip on bone, or marrow out of reach"},
	{"needle_too_long", Bool, "", "scenarios.JudgeNeedle: not in the plan, and at the hub it would pierce the far cortex or its label begins above the weight"},
	{"needle_marked", Bool, "", "the needle has a 5 mm depth mark"},
	{"cleaned", Bool, "", "clean before the last insert"},
	{"cleaned_s", Number, "s", "last clean before the last insert"},
	{"steady_hand", Text, "", "beside or behind, of the last steady-hand; unknown when the leg was not steadied"},
	{"steady_hand_s", Number, "s", "last steady-hand"},
	{"hand_behind", Bool, "", "a hand was behind the leg at any tick with the tip in or on the body (leg switch, or the last steady-hand)"},

	// At the bone.
	{"mark_checked", Bool, "", "check-mark with the tip on bone before the trigger, the first twist under load or the shot"},
	{"mark_checked_s", Number, "s", "that check-mark"},
	{"mark_visible", Bool, "", "the mark was above the skin at first bone contact; unknown without contact or without a mark"},
	{"mark_answer_right", Bool, "", "the learner's answer was true; unknown when not asked"},
	{"mark_mm", Number, "mm", "mark above skin at first bone contact, negative when buried"},
	{"contact_s", Number, "s", "first bone contact"},
	{"breakthrough_s", Number, "s", "near cortex gave way: the pop; unknown when it never did"},
	{"cortex_time_s", Number, "s", "first trigger, twist or shot with the tip on bone, to the pop"},
	{"cortex_target_s", Number, "s", "clock.cortex_s of the case"},
	{"insertion_s", Number, "s", "skin puncture to the pop"},
	{"tilt_contact_deg", Number, "deg", "angle from the bone's normal at first contact"},
	{"tilt_cutting_deg", Number, "deg", "mean angle from the bone's normal while the tip was in the near cortex, first contact when it never was"},
	{"tilt_max_deg", Number, "deg", "greatest angle from the bone's normal from contact to the pop"},
	{"tilt_allowed_deg", Number, "deg", "plan.tilt_deg of the case"},
	{"wobble_deg", Number, "deg", "standard deviation of the tilt while the tip was in the near cortex"},
	{"peak_force_n", Number, "N", "greatest axial force on the tool from skin to the pop (to release without one)"},
	{"push_median_n", Number, "N", "median push while the tip was in the near cortex"},
	{"push_at_pop_n", Number, "N", "push of the hand at the pop"},
	{"push_low_n", Number, "N", "plan.push_n, least"},
	{"push_high_n", Number, "N", "plan.push_n, greatest"},
	{"push_in_range", Number, "%", "share of the time in the near cortex with the push inside that range"},
	{"plunge_mm", Number, "mm", "how far the true tip ran beyond the inner face of the near cortex within 1 s after the pop"},
	{"slips", Number, "", "how often the tip skated, all attempts"},
	{"slip_mm", Number, "mm", "how far it skated in all"},
	{"false_drops", Number, "", "drops of force with the tip outside the marrow, all attempts"},
	{"stalls", Number, "", "how often the drill stalled"},

	// Where it ended.
	{"zone", Text, "", "zone of the true tip when the needle was let go, else at the end"},
	{"in_medulla", Bool, "", "zone is medulla"},
	{"far_gap_mm", Number, "mm", "tip to the inner face of the far cortex, negative beyond it; unknown outside bone"},
	{"tip_past_far", Bool, "", "the far cortex was touched or passed at any time"},
	{"tip_depth_mm", Number, "mm", "true tip below undeformed skin"},
	{"needle_bent", Bool, "", "bend event"},
	{"needle_yielded", Bool, "", "yield event: it stays bent"},
	{"needle_broken", Bool, "", "break or hub-shear event"},

	// Afterwards.
	{"stylet_out_s", Number, "s", "stylet-out in the last attempt"},
	{"stylet_out_before_flush", Bool, "", "stylet-out came before the first flush; unknown without a flush"},
	{"stands_checked", Bool, "", "check-stands in the last attempt"},
	{"stands_checked_s", Number, "s", "that check-stands"},
	{"stands", Bool, "", "the needle truly stood by itself when let go"},
	{"aspirated", Bool, "", "aspirate in the last attempt"},
	{"aspirated_s", Number, "s", "that aspirate"},
	{"aspirates", Bool, "", "marrow truly would come"},
	{"awake", Bool, "", "patient.awake of the case"},
	{"lidocaine_mg", Number, "mg", "given through this needle in all; 0 when none"},
	{"lidocaine_s", Number, "s", "first lidocaine"},
	{"lidocaine_low_mg", Number, "mg", "plan.lidocaine_mg, least"},
	{"lidocaine_high_mg", Number, "mg", "plan.lidocaine_mg, greatest"},
	{"lidocaine_before_flush", Bool, "", "first lidocaine came before the first flush; unknown without a flush"},
	{"flush_s", Number, "s", "first flush"},
	{"flush_ml", Number, "mL", "volume of the first flush"},
	{"flush_needed_ml", Number, "mL", "plan.flush_ml of the case"},
	{"flush_before_drug", Bool, "", "a flush came before the first drug; unknown without a drug"},
	{"flush_after_drug", Bool, "", "a flush came after the last drug; unknown without a drug"},
	{"watched", Bool, "", "watch after a flush"},
	{"watched_s", Number, "s", "last watch"},
	{"swelling_real", Bool, "", "a flush truly leaked into tissue"},
	{"swelling_answer_right", Bool, "", "the last watch told the truth; unknown when not watched"},
	{"drug_into_tissue", Bool, "", "a drug or lidocaine was given with the tip outside the marrow or a leak; unknown without one"},
	{"drug", Text, "", "first drug given, lidocaine not counted"},
	{"drug_s", Number, "s", "that drug"},
	{"drug_right", Bool, "", "it is plan.drug"},
	{"first_drug_after_pop_s", Number, "s", "from the pop to that drug; unknown when either is missing"},
	{"drug_target_s", Number, "s", "clock.drug_s of the case"},
	{"secured", Bool, "", "secure in the last attempt"},
	{"secured_s", Number, "s", "that secure"},
	{"documented", Bool, "", "document"},
	{"documented_s", Number, "s", "that document"},
}

// Facts are what is known of one run, from its recording and case alone. The zero value of a time is absent (nil in
// expressions), never 0 by accident.
type Facts map[string]any

// Check returns an error that names the first fact, by name, which the table does not know or whose type is wrong. nil
// values are always right. Numbers must be finite float64.
func (f Facts) Check() error {
	names := make([]string, 0, len(f))
	for n := range f {
		names = append(names, n)
	}
	sort.Strings(names)
	for _, n := range names {
		fact, ok := factByName[n]
		if !ok {
			return fmt.Errorf("grading: unknown fact %q, allowed names are in grading.FactNames", n)
		}
		if f[n] != nil && !fact.holds(f[n]) {
			return fmt.Errorf("grading: fact %s is %v (%T), allowed a finite %s", n, f[n], f[n], fact.Kind)
		}
	}
	return nil
}

func (f Fact) holds(v any) bool {
	switch x := v.(type) {
	case float64:
		return f.Kind == Number && !math.IsNaN(x) && !math.IsInf(x, 0)
	case bool:
		return f.Kind == Bool
	case string:
		return f.Kind == Text
	}
	return false
}

var factByName = func() map[string]Fact {
	m := make(map[string]Fact, len(FactNames))
	for _, f := range FactNames {
		m[f.Name] = f
	}
	return m
}()

// value returns a fact's value, nil when it is unknown, absent or not of its kind.
func (f Facts) value(name string) any {
	v := f[name]
	if v == nil || !factByName[name].holds(v) {
		return nil
	}
	return v
}
