package scenarios

import (
	"slices"
	"strings"
	"testing"

	"osseo/physics"
	"osseo/scenarios/grading"
)

// Each place in each embedded case answers every check, and says so in words.
func TestEveryCheckHasAFinding(t *testing.T) {
	for _, c := range List() {
		for _, l := range c.Limbs {
			for _, check := range checks {
				if !slices.ContainsFunc(l.Findings, func(f Finding) bool { return f.Check == check.ID }) {
					t.Errorf("%s: %s %s says nothing about %s", c.ID, l.Side, l.Site, check.ID)
				}
			}
		}
	}
}

// Each case hides a contraindication and leaves a way; five of the six occur, the sixth (bone disease, which is of the whole
// patient and would leave no way) is asked for and clearly absent everywhere.
func TestContraindications(t *testing.T) {
	occurs := map[string]bool{}
	for _, c := range List() {
		hidden := 0
		for _, l := range c.Limbs {
			for _, f := range l.Findings {
				if f.Contraindicates {
					occurs[f.Check] = true
					hidden++
				}
			}
		}
		if hidden == 0 {
			t.Errorf("%s hides no contraindication", c.ID)
		}
	}
	for _, check := range checks {
		if want := check.ID != "bone-disease"; occurs[check.ID] != want {
			t.Errorf("%s occurs: %v, want %v", check.ID, occurs[check.ID], want)
		}
	}
}

// The five situations of the clinical documents all have a case.
func TestSituationsAreCovered(t *testing.T) {
	for _, s := range situations {
		if !slices.ContainsFunc(List(), func(c *Case) bool { return c.Situation == s.ID }) {
			t.Errorf("no case for %s", s.ID)
		}
	}
}

// Wrong needles lie on each tray, and the plan follows the weight and length rule.
func TestNeedleRuleAgreesWithPlans(t *testing.T) {
	for _, c := range List() {
		if !slices.ContainsFunc(c.Tray.Needles, func(id string) bool { return !slices.Contains(c.Plan.Needles, id) }) {
			t.Errorf("%s: nothing wrong can be picked", c.ID)
		}
		for _, id := range c.Plan.Needles {
			n, _ := NeedleByID(id)
			got, why := AdviseNeedle(n.Driver, c.Patient.WeightKG, c.Patient.Anatomy["soft_tissue_mm"] > 20)
			if got != id {
				t.Errorf("%s plans %s, the rule says %s (%s)", c.ID, id, got, why)
			}
		}
	}
}

func TestAdviseNeedle(t *testing.T) {
	for _, x := range []struct {
		driver physics.DriverKind
		kg     float64
		excess bool
		want   string
	}{
		{physics.Powered, 3, false, "ez-15"},
		{physics.Powered, 39.9, false, "ez-15"},
		{physics.Powered, 40, false, "ez-25"},
		{physics.Powered, 128, true, "ez-45"},
		{physics.Powered, 30, true, "ez-25"},
		{physics.Manual, 3.1, false, "manual-18g"},
		{physics.Manual, 12, true, "manual-15g"},
		{physics.Spring, 77, false, "spring-15g-adult"},
		{physics.Spring, 20, false, "spring-18g-child"},
		{"none", 20, false, ""},
	} {
		if got, _ := AdviseNeedle(x.driver, x.kg, x.excess); got != x.want {
			t.Errorf("%s %g kg excess %v: %q, want %q", x.driver, x.kg, x.excess, got, x.want)
		}
	}
}

// What a person sees of a needle and what it does in bone go by the same ids, drivers and lengths.
func TestNeedlesAgreeWithPhysics(t *testing.T) {
	var here, there []string
	for _, n := range Needles() {
		here = append(here, n.ID)
	}
	for _, n := range physics.Needles() {
		there = append(there, n.ID)
		label, ok := NeedleByID(n.ID)
		if !ok {
			continue
		}
		if label.Driver != n.Driver {
			t.Errorf("%s is %s here and %s in physics", n.ID, label.Driver, n.Driver)
		}
		if label.LengthMM != 0 && abs(label.LengthMM-n.Length*1e3) > 1e-9 {
			t.Errorf("%s is %g mm here and %g mm in physics", n.ID, label.LengthMM, n.Length*1e3)
		}
		if label.Marked && abs(n.Mark-5e-3) > 1e-9 {
			t.Errorf("%s is marked here, its mark is at %g m in physics", n.ID, n.Mark)
		}
	}
	slices.Sort(here)
	slices.Sort(there)
	if !slices.Equal(here, there) {
		t.Errorf("needles here %v, in physics %v", here, there)
	}
}

// A patient in a case file is one physics accepts, over the whole allowed range of overrides.
func TestRangesAgreeWithPhysics(t *testing.T) {
	for _, key := range keysUnder("patient.anatomy") {
		r := ruleByPath["patient.anatomy."+key]
		for _, x := range []float64{r.lo, r.hi} {
			p := physics.Patient{Age: 40, Sex: physics.Male, Weight: 74, Bone: physics.NormalBone, Set: map[string]float64{key: x}}
			if err := p.Validate(); err != nil {
				t.Errorf("%s = %g: %v", key, x, err)
			}
		}
	}
	for _, c := range List() {
		p := c.Patient
		err := physics.Patient{Age: p.AgeYears, GA: p.GAWeeks, Sex: p.Sex, Weight: p.WeightKG, BMI: p.BMI, Bone: p.Bone, Set: p.Anatomy}.Validate()
		if err != nil {
			t.Errorf("%s: %v", c.ID, err)
		}
	}
}

func TestJudgeNeedle(t *testing.T) {
	const soft, cortex, medulla = 6e-3, 3e-3, 25e-3
	judge := func(id, needle string, soft, cortex, medulla float64) Fit {
		n, err := physics.NeedleByID(needle)
		if err != nil {
			t.Fatal(err)
		}
		return JudgeNeedle(mustLoad(t, id), needle, n.Length, n.Mark, soft, cortex, medulla)
	}
	for _, x := range []struct {
		id, needle            string
		soft, cortex, medulla float64
		want                  Fit
	}{
		{"adult-arrest", "ez-25", soft, cortex, medulla, Fit{Right: true}},
		{"adult-arrest", "ez-45", soft, cortex, medulla, Fit{TooLong: true}},
		{"adult-arrest", "ez-15", soft, cortex, medulla, Fit{}},
		{"adult-arrest", "ez-15", 12e-3, cortex, medulla, Fit{TooShort: true}},
		{"obese-burns", "ez-15", 23e-3, cortex, medulla, Fit{TooShort: true}},
		{"obese-burns", "ez-25", 23e-3, cortex, medulla, Fit{TooShort: true}},
		{"obese-burns", "ez-45", 23e-3, cortex, medulla, Fit{Right: true}},
		{"newborn-no-cord-line", "ez-25", 4e-3, 1.3e-3, 6e-3, Fit{TooLong: true}},
		{"newborn-no-cord-line", "ez-15", 4e-3, 1.3e-3, 6e-3, Fit{Right: true}},
		{"newborn-no-cord-line", "manual-18g", 4e-3, 1.3e-3, 6e-3, Fit{Right: true}},
		{"newborn-no-cord-line", "manual-15g", 4e-3, 1.3e-3, 6e-3, Fit{}},
		{"infant-septic-shock", "ez-25", 7e-3, 1.5e-3, 10e-3, Fit{TooLong: true}},
		{"transport-spring", "spring-15g-adult", soft, cortex, medulla, Fit{Right: true}},
		{"transport-spring", "spring-18g-child", 10e-3, cortex, medulla, Fit{TooShort: true}},
	} {
		if got := judge(x.id, x.needle, x.soft, x.cortex, x.medulla); got != x.want {
			t.Errorf("%s with %s: %+v, want %+v", x.id, x.needle, got, x.want)
		}
	}
}

// goodFacts is what app/trial would compute of a run without a mistake.
func goodFacts(c *Case) grading.Facts {
	f := grading.Facts{}
	for _, fact := range grading.FactNames {
		switch fact.Kind {
		case grading.Bool:
			f[fact.Name] = true
		case grading.Number:
			f[fact.Name] = 0.0
		case grading.Text:
			f[fact.Name] = ""
		}
	}
	for _, name := range []string{
		"contraindication_missed", "bone_used_twice", "needle_too_short", "needle_too_long", "hand_behind", "tip_past_far",
		"needle_bent", "needle_yielded", "needle_broken", "swelling_real", "drug_into_tissue",
	} {
		f[name] = false
	}
	p := c.Plan
	for name, x := range map[string]float64{
		"checks_done": 6, "checks_needed": 6, "decide_target_s": c.Clock.DecideS, "cortex_target_s": c.Clock.CortexS,
		"drug_target_s": c.Clock.DrugS, "tolerance_mm": p.ToleranceMM, "tilt_allowed_deg": p.TiltDeg, "push_in_range": 90,
		"plunge_mm": 2, "far_gap_mm": 5, "lidocaine_mg": p.LidocaineMG[1], "lidocaine_low_mg": p.LidocaineMG[0],
		"lidocaine_high_mg": p.LidocaineMG[1], "flush_ml": p.FlushML, "flush_needed_ml": p.FlushML, "attempts": 1,
	} {
		f[name] = x
	}
	f["awake"], f["steady_hand"], f["zone"], f["contraindication"] = c.Patient.Awake, "beside", "medulla", nil
	return f
}

// A faultless run gets all points in every case, and each wrong choice fails under its own name.
func TestRubricsFailForTheRightReason(t *testing.T) {
	wrong := []struct {
		reason string
		facts  grading.Facts
		cases  string // empty = all
	}{
		{"needle-too-short", grading.Facts{"needle_too_short": true, "needle_right": false}, ""},
		{"needle-too-long", grading.Facts{"needle_too_long": true, "needle_right": false}, "newborn-no-cord-line infant-septic-shock"},
		{"no-power", grading.Facts{"driver_powered": false, "driver": "powered"}, ""},
		{"tilted", grading.Facts{"tilt_cutting_deg": 25.0}, ""},
		{"hand-behind", grading.Facts{"hand_behind": true, "steady_hand": "behind"}, ""},
		{"tip-not-in-marrow", grading.Facts{"in_medulla": false, "zone": "far-cortex", "tip_past_far": true}, ""},
		{"contraindicated-limb", grading.Facts{"contraindication_missed": true, "contraindication": "fracture"}, ""},
		{"contraindicated-limb", grading.Facts{"bone_used_twice": true}, ""},
	}
	for _, c := range List() {
		report, err := grading.Grade(c.Rubric, goodFacts(c))
		if err != nil {
			t.Fatal(err)
		}
		if report.Score != 100 || !report.Passed || len(report.Advice) != 0 {
			t.Errorf("%s: a faultless run gets %v, passed %v, advice %q", c.ID, report.Score, report.Passed, report.Advice)
		}
		for _, w := range wrong {
			if w.cases != "" && !strings.Contains(w.cases, c.ID) {
				continue
			}
			f := goodFacts(c)
			for k, v := range w.facts {
				f[k] = v
			}
			report, _ := grading.Grade(c.Rubric, f)
			if report.Passed || !slices.Equal(report.CriticalFailures, []string{w.reason}) {
				t.Errorf("%s, %s: passed %v, critical failures %v", c.ID, w.reason, report.Passed, report.CriticalFailures)
			}
			if len(report.Advice) == 0 {
				t.Errorf("%s, %s: no advice", c.ID, w.reason)
			}
		}
	}
}

// Nothing done, as after a window that died at once: graded without an error, not passed, no hole left in the words.
func TestRubricsOnNothing(t *testing.T) {
	ofTheCase := []string{
		"decide_target_s", "cortex_target_s", "drug_target_s", "tolerance_mm", "tilt_allowed_deg", "push_low_n", "push_high_n",
		"lidocaine_low_mg", "lidocaine_high_mg", "flush_needed_ml", "checks_needed", "awake",
	}
	for _, c := range List() {
		f, all := grading.Facts{"checks_done": 0.0, "lidocaine_mg": 0.0}, goodFacts(c)
		for _, name := range ofTheCase {
			f[name] = all[name]
		}
		report, err := grading.Grade(c.Rubric, f)
		if err != nil || report.Passed || report.Score != 0 {
			t.Errorf("%s: score %v passed %v error %v", c.ID, report.Score, report.Passed, err)
		}
		for _, it := range report.Items {
			if strings.ContainsAny(it.Evidence, "{}%") || strings.Contains(it.Evidence, "not seen") {
				t.Errorf("%s %s: evidence %q", c.ID, it.ID, it.Evidence)
			}
		}
	}
}

// Procedure order as the literature corrects it.
func TestStepOrder(t *testing.T) {
	before := [][2]ActionKind{
		{Decide, ChooseSite},
		{Check, ChooseSite},
		{Clean, Insert},
		{SteadyHand, Insert},
		{Insert, Release},
		{CheckMark, Release},
		{Release, StyletRemove},
		{StyletRemove, Aspirate},
		{Lidocaine, Flush},
		{Flush, Watch},
		{Watch, Drug},
		{Flush, Drug},
		{Drug, Document},
	}
	for _, c := range List() {
		first := map[ActionKind]int{}
		for i, s := range c.Steps {
			if _, ok := first[s.Done]; !ok {
				first[s.Done] = i
			}
		}
		if _, has := first[Lidocaine]; has != c.Patient.Awake {
			t.Errorf("%s: lidocaine step %v, awake %v", c.ID, has, c.Patient.Awake)
		}
		for _, pair := range before {
			a, okA := first[pair[0]]
			b, okB := first[pair[1]]
			if okA && okB && a >= b {
				t.Errorf("%s: %s comes after %s", c.ID, pair[0], pair[1])
			}
		}
		if n := len(c.Steps); c.Steps[n-2].Done != Flush {
			t.Errorf("%s: no flush after the drug", c.ID)
		}
	}
}

// A changed copy does not change the library.
func TestLoadedCasesAreCopies(t *testing.T) {
	a := mustLoad(t, "obese-burns")
	a.Patient.Anatomy["soft_tissue_mm"], a.Tray.Drivers[0] = 1, "x"
	List()[3].Steps[0].Title = "x"
	b := mustLoad(t, "obese-burns")
	if b.Patient.Anatomy["soft_tissue_mm"] != 23 || b.Tray.Drivers[0] != "powered" || b.Steps[0].Title == "x" {
		t.Error("a change of one copy reached the next")
	}
}

func TestLoadUnknown(t *testing.T) {
	_, err := Load("adult-arest")
	if err == nil || !strings.Contains(err.Error(), "did you mean adult-arrest?") {
		t.Errorf("Load of a misspelt id: %v", err)
	}
}
