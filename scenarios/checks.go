package scenarios

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"osseo/scenarios/grading"
)

// checkReferences finds what is wrong whatever the instructor wants: names that mean nothing together, order, rubric.
// Words were checked against their lists by the schema already.
func checkReferences(d *document, c *Case) {
	checkVitals(d, c)
	checkPatient(d, c)
	checkLimbs(d, c)
	checkSteps(d, c)
	checkTwice(d, "tray.drivers", c.Tray.Drivers)
	checkTwice(d, "tray.needles", c.Tray.Needles)
	checkTwice(d, "tray.drugs", c.Tray.Drugs)
	checkTwice(d, "plan.needles", c.Plan.Needles)
	checkTrayNeedles(d, c)
	checkRange(d, "plan.push_n", c.Plan.PushN, "N")
	checkRange(d, "plan.lidocaine_mg", c.Plan.LidocaineMG, "mg")
	checkRubric(d, "rubric", c.Rubric)
}

func checkVitals(d *document, c *Case) {
	last := -1.0
	for i, v := range c.Vitals {
		path := fmt.Sprintf("vitals[%d].at_s", i)
		switch {
		case i == 0 && v.AtS != 0:
			d.cross(path, formatNumber(v.AtS), "0", "the monitor needs a first state at 0 s")
		case v.AtS <= last:
			d.cross(path, formatNumber(v.AtS), fmt.Sprintf("more than %s", formatNumber(last)), "out of order; put the states in order of time")
		}
		last = max(last, v.AtS)
		if v.Dia > v.Sys {
			d.cross(fmt.Sprintf("vitals[%d].dia", i), fmt.Sprint(v.Dia), fmt.Sprintf("at most sys, %d", v.Sys), "swap or correct the pressures")
		}
	}
}

func checkPatient(d *document, c *Case) {
	if ga := c.Patient.GAWeeks; ga != 0 && ga < 24 {
		d.cross("patient.ga_weeks", formatNumber(ga), "0 (term) or 24 to 42 weeks", "correct the age at birth")
	}
	if bmi := c.Patient.BMI; bmi != 0 && bmi < 8 {
		d.cross("patient.bmi", formatNumber(bmi), "0 (typical for the age) or 8 to 80 kg/m2", "correct it or leave it out")
	}
	checkTwice(d, "patient.allergies", c.Patient.Allergies)
}

func checkLimbs(d *document, c *Case) {
	seen := map[string]int{}
	for i, l := range c.Limbs {
		key := l.Side + " " + l.Site
		if first, twice := seen[key]; twice {
			d.cross(fmt.Sprintf("limbs[%d]", i), key, "", fmt.Sprintf("limbs[%d] is the same place; merge them", first))
		}
		seen[key] = i
		checks := map[string]bool{}
		for j, f := range l.Findings {
			if checks[f.Check] {
				d.cross(fmt.Sprintf("limbs[%d].findings[%d].check", i, j), quote(f.Check), "", "this check has a finding here already; merge them")
			}
			checks[f.Check] = true
		}
	}
}

func checkSteps(d *document, c *Case) {
	seen := map[string]int{}
	for i, s := range c.Steps {
		if first, twice := seen[s.ID]; twice {
			d.cross(fmt.Sprintf("steps[%d].id", i), quote(s.ID), "", fmt.Sprintf("steps[%d] has this id already; rename one", first))
		}
		seen[s.ID] = i
	}
}

func checkTwice(d *document, path string, words []string) {
	for i, w := range words {
		if first := slices.Index(words, w); first < i {
			d.cross(fmt.Sprintf("%s[%d]", path, i), quote(w), "", fmt.Sprintf("stands in place %d already; delete one", first+1))
		}
	}
}

// checkTrayNeedles makes sure that each needle has its driver beside it.
func checkTrayNeedles(d *document, c *Case) {
	for i, id := range c.Tray.Needles {
		n, ok := NeedleByID(id)
		if ok && !slices.Contains(c.Tray.Drivers, string(n.Driver)) {
			d.cross(fmt.Sprintf("tray.needles[%d]", i), quote(id), "needles for "+strings.Join(c.Tray.Drivers, ", "),
				fmt.Sprintf("its driver %q is not on the tray; add it to tray.drivers or delete the needle", n.Driver))
		}
	}
}

func checkRange(d *document, path string, r [2]float64, unit string) {
	if r[0] > r[1] {
		d.cross(path, fmt.Sprintf("%s, %s", formatNumber(r[0]), formatNumber(r[1])), "least "+unit+" first, greatest second", "swap them")
	}
}

// checkRubric compiles the rubric that stands at a path.
func checkRubric(d *document, path string, r Rubric) {
	_, wrong := grading.Compile(r)
	for _, m := range wrong {
		p := join(path, m.Key)
		if m.Item >= 0 {
			p = fmt.Sprintf("%s[%d].%s", join(path, "items"), m.Item, m.Key)
		}
		if m.Item < 0 && m.Key == "items" {
			if !d.told[p] {
				d.report(d.atKey(p), p, m.Value, m.Allowed, m.Message)
			}
			continue
		}
		value := quote(m.Value)
		if m.Value == "" {
			value = ""
		}
		d.cross(p, value, m.Allowed, nearFact(m.Message))
	}
}

// unknownFact finds the misspelt name in a message about an expression or a text.
var unknownFact = regexp.MustCompile(`unknown (?:name|fact) ([A-Za-z0-9_]+)`)

// nearFact adds the facts a misspelt one could mean.
func nearFact(message string) string {
	m := unknownFact.FindStringSubmatch(message)
	if m == nil {
		return message
	}
	names := make([]string, len(grading.FactNames))
	for i, f := range grading.FactNames {
		names[i] = f.Name
	}
	if near := nearest(m[1], names, 2); len(near) > 0 {
		return fmt.Sprintf("unknown fact %s; did you mean %s?", m[1], strings.Join(near, " or "))
	}
	return message
}

// checkPlan finds out whether a good learner can do what the plan says with what lies on the tray. Overrides of a run skip
// it: "what if the battery is empty" is a fair question.
func checkPlan(d *document, c *Case) {
	p := c.Plan
	if !slices.Contains(c.Tray.Drivers, p.Driver) {
		d.cross("plan.driver", quote(p.Driver), "one of "+strings.Join(c.Tray.Drivers, ", "), "not on the tray; add it to tray.drivers or plan another")
	}
	if p.Driver == "powered" && c.Tray.Battery == 0 {
		d.cross("tray.battery", formatNumber(c.Tray.Battery), "more than 0 for this plan", "the plan is powered but the drill has no charge; charge it or plan another driver")
	}
	checkPlanNeedles(d, c)
	checkPlanPlace(d, c)
	checkPlanDrugs(d, c)
	checkPlanClock(d, c)
}

func checkPlanNeedles(d *document, c *Case) {
	for i, id := range c.Plan.Needles {
		path := fmt.Sprintf("plan.needles[%d]", i)
		if !slices.Contains(c.Tray.Needles, id) {
			d.cross(path, quote(id), "one of "+strings.Join(c.Tray.Needles, ", "), "not on the tray; add it to tray.needles or plan another")
		}
		if n, ok := NeedleByID(id); ok && i == 0 && string(n.Driver) != c.Plan.Driver {
			d.cross(path, quote(id), "a needle for the "+c.Plan.Driver+" driver first", fmt.Sprintf("it needs the %s driver; put the best needle first or plan the other driver", n.Driver))
		}
	}
}

func checkPlanPlace(d *document, c *Case) {
	free, there := 0, 0
	for _, l := range c.Limbs {
		if l.Site != c.Plan.Site || (c.Plan.Side != "either" && l.Side != c.Plan.Side) {
			continue
		}
		there++
		if why := l.forbidden(); why == "" {
			free++
		} else if c.Plan.Side != "either" {
			d.cross("plan.side", quote(c.Plan.Side), "", fmt.Sprintf("the plan leads to a forbidden place: %s; plan the other side", why))
			return
		}
	}
	switch {
	case there == 0:
		d.cross("plan.site", quote(c.Plan.Site), "a site and side listed under limbs", "add the limb with its findings or plan another place")
	case free == 0:
		d.cross("plan.side", quote(c.Plan.Side), "", "both sides are forbidden by findings; plan another site")
	}
}

func checkPlanDrugs(d *document, c *Case) {
	if !slices.Contains(c.Tray.Drugs, c.Plan.Drug) {
		d.cross("plan.drug", quote(c.Plan.Drug), "one of "+strings.Join(c.Tray.Drugs, ", "), "not on the tray; add it to tray.drugs or plan another")
	}
	if slices.Contains(c.Patient.Allergies, c.Plan.Drug) {
		d.cross("plan.drug", quote(c.Plan.Drug), "", "the patient is allergic to it; plan another")
	}
	if c.Plan.LidocaineMG[1] == 0 {
		return
	}
	if !slices.Contains(c.Tray.Drugs, "lidocaine") {
		d.cross("plan.lidocaine_mg", formatNumber(c.Plan.LidocaineMG[1]), "", "lidocaine is planned but not on the tray; add it to tray.drugs")
	}
	if slices.Contains(c.Patient.Allergies, "lidocaine") {
		d.cross("plan.lidocaine_mg", formatNumber(c.Plan.LidocaineMG[1]), "0, 0", "the patient is allergic to lidocaine; plan none")
	}
}

func checkPlanClock(d *document, c *Case) {
	if need := c.Clock.DecideS + c.Clock.CortexS + c.Clock.DrugS; c.Clock.LimitS < need {
		d.cross("clock.limit_s", formatNumber(c.Clock.LimitS), fmt.Sprintf("at least %s s, the other targets together", formatNumber(need)), "give the learner the time the targets allow")
	}
}

// forbidden returns the finding that forbids a place, or "".
func (l Limb) forbidden() string {
	for _, f := range l.Findings {
		if f.Contraindicates {
			return f.Check
		}
	}
	return ""
}
