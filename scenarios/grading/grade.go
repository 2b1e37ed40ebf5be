package grading

import (
	"fmt"
	"math"
	"sort"
	"strings"
)

// Mistake is one thing wrong in a rubric.
type Mistake struct {
	Item    int    // index into Items, -1 = the rubric as a whole
	Key     string // "full", "evidence", ...
	Value   string
	Allowed string
	Message string
}

// Error returns the mistake in one line.
func (m *Mistake) Error() string {
	where := "rubric"
	if m.Item >= 0 {
		where = fmt.Sprintf("items[%d].%s", m.Item, m.Key)
	}
	s := fmt.Sprintf("grading: %s: %q", where, m.Value)
	if m.Allowed != "" {
		s += ", allowed " + m.Allowed
	}
	return s + ", " + m.Message
}

// Compiled is a rubric ready to grade. It is immutable and may be shared.
type Compiled struct {
	pass  float64
	items []compiledItem
}

type compiledItem struct {
	Item
	when, full, partial *expression
	evidence, advice    *template
}

// maxAdvice is how many sentences a debrief says; more are not heard.
const maxAdvice = 3

// Compile checks a rubric and makes it ready; every mistake is returned.
func Compile(r Rubric) (*Compiled, []*Mistake) {
	c := &Compiled{pass: r.Pass}
	var wrong []*Mistake
	if !(r.Pass >= 0 && r.Pass <= 100) {
		wrong = append(wrong, &Mistake{-1, "pass", fmt.Sprint(r.Pass), "0 to 100", "set the least score that passes"})
	}
	seen := map[string]int{}
	sum := 0.0
	for i, it := range r.Items {
		if at, twice := seen[it.ID]; twice {
			wrong = append(wrong, &Mistake{i, "id", it.ID, "", fmt.Sprintf("items[%d] has this id already; rename one", at)})
		}
		seen[it.ID] = i
		sum += it.Points
		item, mistakes := compileItem(i, it)
		c.items = append(c.items, item)
		wrong = append(wrong, mistakes...)
	}
	if math.Abs(sum-100) > 1e-9 {
		wrong = append(wrong, &Mistake{-1, "items", fmt.Sprintf("points add up to %g", sum), "100 in all", "change the points of one or more items"})
	}
	if len(wrong) > 0 {
		return nil, wrong
	}
	return c, nil
}

func compileItem(i int, it Item) (compiledItem, []*Mistake) {
	c := compiledItem{Item: it}
	var wrong []*Mistake
	condition := func(key, text string) *expression {
		if text == "" {
			return nil
		}
		e, err := compile(text)
		if err != nil {
			wrong = append(wrong, &Mistake{i, key, text, "", err.Error() + "; " + hint(err)})
		}
		return e
	}
	words := func(key, text string) *template {
		t, err := parseTemplate(text)
		if err != nil {
			wrong = append(wrong, &Mistake{i, key, text, "", err.Error() + "; " + hint(err)})
		}
		return t
	}
	c.when, c.full, c.partial = condition("when", it.When), condition("full", it.Full), condition("partial", it.Partial)
	c.evidence, c.advice = words("evidence", it.Evidence), words("advice", it.Advice)
	if it.Full == "" {
		wrong = append(wrong, &Mistake{i, "full", "", "an expression", "say when all points are given"})
	}
	if !(it.Points >= 0 && it.Points <= 100) {
		wrong = append(wrong, &Mistake{i, "points", fmt.Sprint(it.Points), "0 to 100", "change the points"})
	}
	if f, ok := factByName[it.At]; it.At != "" && (!ok || f.Kind != Number || f.Unit != "s") {
		wrong = append(wrong, &Mistake{i, "at", it.At, "the name of a fact in seconds", "see the table of facts in docs/cases.md"})
	}
	return c, wrong
}

func hint(err error) string {
	if strings.Contains(err.Error(), "unknown") {
		return "the names are in the table of facts in docs/cases.md"
	}
	return "see docs/cases.md"
}

// Grade judges one run. Score is the points obtained of those that apply, scaled to 100; Passed needs the rubric's score
// and no critical failure. The same rubric and facts give the same report for ever. Facts the rubric does not know, or of
// a wrong type, are an error; unknown ones are not.
func Grade(r Rubric, f Facts) (Report, error) {
	c, wrong := Compile(r)
	if len(wrong) > 0 {
		return Report{}, wrong[0]
	}
	return c.Grade(f)
}

// Grade judges one run, see the function of that name.
func (c *Compiled) Grade(f Facts) (Report, error) {
	if err := f.Check(); err != nil {
		return Report{}, err
	}
	report := Report{CriticalFailures: []string{}, Items: []Result{}, Advice: []string{}}
	var got, of float64
	var lost []loss
	for i, it := range c.items {
		if it.when != nil && !it.when.holds(f) {
			continue
		}
		share := it.share(f)
		report.Items = append(report.Items, it.result(f, share))
		got += share * it.Points
		of += it.Points
		failed := it.Critical && share == 0
		if failed {
			report.CriticalFailures = append(report.CriticalFailures, it.ID)
		}
		if share < 1 && it.Advice != "" {
			lost = append(lost, loss{i, (1 - share) * it.Points, failed})
		}
	}
	if of > 0 {
		report.Score = math.Round(got/of*1000) / 10
	}
	report.Passed = report.Score >= c.pass && len(report.CriticalFailures) == 0
	report.Advice = c.advise(lost, f)
	return report, nil
}

// share is 1, 0.5 or 0.
func (it *compiledItem) share(f Facts) float64 {
	switch {
	case it.full.holds(f):
		return 1
	case it.partial != nil && it.partial.holds(f):
		return 0.5
	}
	return 0
}

func (it *compiledItem) result(f Facts, share float64) Result {
	r := Result{ID: it.ID, Title: it.Title, Points: share * it.Points, Of: it.Points, Evidence: it.evidence.fill(f), Critical: it.Critical}
	if at, ok := f.value(it.At).(float64); ok {
		r.AtS = &at
	}
	return r
}

// loss is an item that did not get all its points.
type loss struct {
	item   int
	points float64
	failed bool // critically
}

// advise picks the most important sentences: critical failures first and in the rubric's order, which is that of the
// procedure, so that a cause is said before what came of it; then the rest by points lost.
func (c *Compiled) advise(lost []loss, f Facts) []string {
	sort.SliceStable(lost, func(i, j int) bool {
		if lost[i].failed != lost[j].failed {
			return lost[i].failed
		}
		return !lost[i].failed && lost[i].points > lost[j].points
	})
	advice := []string{}
	for _, l := range lost {
		if len(advice) == maxAdvice {
			break
		}
		advice = append(advice, c.items[l.item].advice.fill(f))
	}
	return advice
}
