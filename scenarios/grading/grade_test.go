package grading

import (
	"encoding/json"
	"flag"
	"math"
	"os"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Every fact name stands once, is usable in an expression and has a meaning.
func TestFactNames(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range FactNames {
		if seen[f.Name] {
			t.Errorf("fact %s stands twice", f.Name)
		}
		seen[f.Name] = true
		if f.Meaning == "" {
			t.Errorf("fact %s has no meaning", f.Name)
		}
		if strings.HasSuffix(f.Name, "_s") != (f.Unit == "s") {
			t.Errorf("fact %s has unit %q: a name ends in _s exactly when it is seconds", f.Name, f.Unit)
		}
		if _, err := compile("known(" + f.Name + ")"); err != nil {
			t.Errorf("fact %s cannot be used: %v", f.Name, err)
		}
	}
}

func TestExpressions(t *testing.T) {
	facts := Facts{
		"decision_s": 52.0, "decide_target_s": 90.0, "slips": 0.0, "in_medulla": true, "tip_past_far": false, "zone": "medulla",
		"needle": nil, "tilt_cutting_deg": math.NaN(),
	}
	for _, c := range []struct {
		text string
		want bool
	}{
		{"decision_s <= decide_target_s", true},
		{"decision_s > decide_target_s", false},
		{"0 < decision_s and decision_s < 52.5", true},
		{"in_medulla and not tip_past_far", true},
		{`zone in ["medulla", "far-cortex"]`, true},
		{`zone not in ["medulla"]`, false},
		{`zone == "medulla"`, true},
		{"abs(decision_s - 60) <= 8", true},
		{"max(decision_s, decide_target_s) == 90", true},
		{"min(decision_s, decide_target_s) == 52", true},
		{"in_medulla ? slips == 0 : false", true},
		{"-decision_s < 0", true},
		// Unknown facts: never fulfilled, never an error.
		{"plunge_mm <= 5", false},
		{"plunge_mm > 5", false},
		{"not (plunge_mm > 5)", false},
		{"not hand_behind", false},
		{"hand_behind", false},
		{`needle == "ez-25"`, false},
		{`needle != "ez-25"`, false},
		{`not (needle in ["ez-25"])`, false},
		{"abs(plunge_mm) >= 0", false},
		{"tilt_cutting_deg < 10 or tilt_cutting_deg >= 10", false},
		{"hand_behind ? true : true", false},
		// Kleene: what is known decides where it can.
		{"in_medulla or plunge_mm < 5", true},
		{"plunge_mm < 5 or in_medulla", true},
		{"not (plunge_mm < 5 and tip_past_far)", true},
		{"plunge_mm < 5 and in_medulla", false},
		// Asking for it.
		{"known(decision_s)", true},
		{"known(plunge_mm)", false},
		{"not known(plunge_mm)", true},
		{"(plunge_mm ?? 0) < 5", true},
		{"(hand_behind ?? false) == false", true},
		{"decision_s / slips > 0", false}, // a division by zero is unknown
	} {
		e, err := compile(c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if got := e.holds(facts); got != c.want {
			t.Errorf("%s = %v, want %v", c.text, got, c.want)
		}
	}
}

func TestExpressionMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"plunge <= 5":          "unknown name plunge",
		"decision_s":           "bool",
		"decision_s <":         "unexpected",
		"zone < 5":             "mismatched types",
		"in_medulla + 1 > 0":   "mismatched types",
		`zone matches "med.*"`: "not used in rubrics",
		"slips ** 2 > 1":       "not used in rubrics",
		"all([1,2], # > 0)":    "all",
		"let x = slips; x > 1": "not used in rubrics",
		`{"a": 1}.a == 1`:      "not used in rubrics",
		"len(zone) > 2":        "len",
		"known(1, 2)":          "too many arguments",
		strings.Repeat("(slips > 1) or ", 200) + "true": "max",
	} {
		_, err := compile(text)
		if err == nil {
			t.Errorf("%.40s: no error, want one with %q", text, want)
		} else if !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%.40s: %v, want one line with %q", text, err, want)
		}
	}
}

func TestTemplates(t *testing.T) {
	facts := Facts{"decision_s": 52.345, "zone": "far-cortex", "in_medulla": false, "stands": true, "slip_mm": -0.04}
	for text, want := range map[string]string{
		"plain":                                         "plain",
		"at {decision_s} s":                             "at 52.3 s",
		"at {decision_s:%.0f s}":                        "at 52 s",
		"{decision_s:%.2f}":                             "52.35",
		"{slip_mm:%.1f mm}":                             "0.0 mm",
		"{push_in_range:%.0f %%|no push}":               "no push",
		"{decision_s:%.0f %%}":                          "52 %",
		"in the {zone}":                                 "in the far cortex",
		"{in_medulla?in marrow|not in marrow}":          "not in marrow",
		"{stands?stood|leaned|not seen}, {stands}":      "stood, yes",
		"{plunge_mm} mm":                                "not seen mm",
		"{plunge_mm:ran %.0f mm|no pop}":                "no pop",
		"{plunge_mm|no pop}":                            "no pop",
		"{hand_behind?behind|beside}":                   "not seen",
		"{hand_behind?behind|beside|no hand}":           "no hand",
		"{hand_behind?behind||}{zone}{plunge_mm:%.0f|}": "far cortex",
	} {
		tpl, err := parseTemplate(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if got := tpl.fill(facts); got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
	for _, text := range []string{
		"{", "}", "{}", "{a{zone}}", "{Zone}", "{nobody}", "{zone:%.1f}", "{decision_s:%d}", "{decision_s:%.1f %.1f}", "{decision_s:s}",
		"{stands?only}", "{stands?a|b|c|d}", "{zone?a|b}", "{decision_s:%s}", "{decision_s:%.999f}", "{decision_s:%99999f}",
	} {
		if _, err := parseTemplate(text); err == nil {
			t.Errorf("%q: no error", text)
		}
	}
}

func item(id string, points float64, full string) Item {
	return Item{ID: id, Title: id, Points: points, Full: full, Evidence: id, Advice: "mend " + id}
}

func TestGrade(t *testing.T) {
	r := Rubric{Pass: 80, Items: []Item{
		item("decide", 10, "decision_s <= 90"),
		item("plunge", 30, "plunge_mm <= 5"),
		item("tip", 40, "in_medulla"),
		item("lidocaine", 20, "lidocaine_mg >= 20"),
	}}
	r.Items[0].At = "decision_s"
	r.Items[1].Partial = "plunge_mm <= 10"
	r.Items[2].Critical = true
	r.Items[3].When = "awake"
	for _, c := range []struct {
		name     string
		facts    Facts
		score    float64
		passed   bool
		critical []string
		advice   []string
	}{
		{"all", Facts{"decision_s": 40.0, "plunge_mm": 2.0, "in_medulla": true, "awake": true, "lidocaine_mg": 40.0}, 100, true, []string{}, []string{}},
		{"asleep: lidocaine does not count", Facts{"decision_s": 40.0, "plunge_mm": 2.0, "in_medulla": true, "awake": false}, 100, true, []string{}, []string{}},
		{"half", Facts{"decision_s": 40.0, "plunge_mm": 7.0, "in_medulla": true, "awake": false}, 81.3, true, []string{}, []string{"mend plunge"}},
		{"critical fails with many points", Facts{"decision_s": 40.0, "plunge_mm": 2.0, "in_medulla": false, "awake": true, "lidocaine_mg": 40.0}, 60, false, []string{"tip"}, []string{"mend tip"}},
		{"nothing known", Facts{}, 0, false, []string{"tip"}, []string{"mend tip", "mend plunge", "mend decide"}},
		{"most points first", Facts{"in_medulla": true, "awake": true}, 40, false, []string{}, []string{"mend plunge", "mend lidocaine", "mend decide"}},
	} {
		got, err := Grade(r, c.facts)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if got.Score != c.score || got.Passed != c.passed || !reflect.DeepEqual(got.CriticalFailures, c.critical) || !reflect.DeepEqual(got.Advice, c.advice) {
			t.Errorf("%s: score %v passed %v critical %v advice %q", c.name, got.Score, got.Passed, got.CriticalFailures, got.Advice)
		}
	}
	got, _ := Grade(r, Facts{"decision_s": 40.0})
	if got.Items[0].AtS == nil || *got.Items[0].AtS != 40 {
		t.Errorf("time of the evidence is %v, want 40", got.Items[0].AtS)
	}
	if got.Items[1].AtS != nil {
		t.Errorf("time without a fact is %v, want nil", *got.Items[1].AtS)
	}
}

// A critical item fails only without any credit.
func TestPartialSavesCritical(t *testing.T) {
	r := Rubric{Pass: 0, Items: []Item{item("driver", 100, "driver_right")}}
	r.Items[0].Critical, r.Items[0].Partial = true, "driver_powered"
	got, _ := Grade(r, Facts{"driver_right": false, "driver_powered": true})
	if !got.Passed || got.Score != 50 {
		t.Errorf("half credit: score %v passed %v, want 50 true", got.Score, got.Passed)
	}
	got, _ = Grade(r, Facts{"driver_right": false, "driver_powered": false})
	if got.Passed || len(got.CriticalFailures) != 1 {
		t.Errorf("no credit: %v passed %v, want one critical failure", got.CriticalFailures, got.Passed)
	}
}

func TestCompileMistakes(t *testing.T) {
	bad := Rubric{Pass: 120, Items: []Item{
		{ID: "a", Points: 30, Full: "decision_s <", Evidence: "{nobody}", At: "zone"},
		{ID: "a", Points: -1, Full: "", When: "nobody > 1", Partial: "slips", Advice: "{"},
	}}
	_, wrong := Compile(bad)
	var got []string
	for _, m := range wrong {
		got = append(got, m.Key)
		if !strings.HasPrefix(m.Error(), "grading: ") || strings.Contains(m.Error(), "\n") {
			t.Errorf("message %q is not one line with the package's name", m.Error())
		}
	}
	want := []string{"pass", "full", "evidence", "at", "id", "when", "partial", "advice", "full", "points", "items"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("mistakes at %v, want %v", got, want)
	}
	if _, err := Grade(bad, nil); err == nil {
		t.Error("a bad rubric grades without an error")
	}
}

func TestFactsCheck(t *testing.T) {
	for _, f := range []Facts{{"nobody": 1.0}, {"decision_s": 1}, {"decision_s": math.Inf(1)}, {"zone": true}, {"in_medulla": "yes"}} {
		if err := f.Check(); err == nil {
			t.Errorf("%v: no error", f)
		}
		if _, err := Grade(Rubric{Items: []Item{item("a", 100, "in_medulla")}}, f); err == nil {
			t.Errorf("%v is graded without an error", f)
		}
	}
	if err := (Facts{"decision_s": nil, "zone": "medulla", "slips": 0.0}).Check(); err != nil {
		t.Error(err)
	}
}

// Whatever is known or not: no error, a score of 0..100, the same report twice, at most three sentences, and learning a
// fact that is fulfilled never lowers the score.
func TestGradeProperties(t *testing.T) {
	r := Rubric{Pass: 80, Items: []Item{
		item("a", 25, "decision_s <= 90 and not hand_behind"), item("b", 25, "in_medulla or stands"),
		item("c", 25, "plunge_mm <= 5"), item("d", 25, `zone == "medulla"`),
	}}
	r.Items[1].Critical, r.Items[2].When, r.Items[3].Advice = true, "known(breakthrough_s)", "in {zone} at {decision_s:%.1f}"
	rapid.Check(t, func(t *rapid.T) {
		f := Facts{}
		for _, name := range []string{"decision_s", "plunge_mm", "breakthrough_s"} {
			if rapid.Bool().Draw(t, name+" known") {
				f[name] = rapid.Float64Range(-1e6, 1e6).Draw(t, name)
			}
		}
		for _, name := range []string{"hand_behind", "in_medulla", "stands"} {
			if rapid.Bool().Draw(t, name+" known") {
				f[name] = rapid.Bool().Draw(t, name)
			}
		}
		first, err := Grade(r, f)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := Grade(r, f)
		if !reflect.DeepEqual(first, again) {
			t.Fatal("the same facts gave two grades")
		}
		if first.Score < 0 || first.Score > 100 || len(first.Advice) > maxAdvice {
			t.Fatalf("score %v, %d sentences", first.Score, len(first.Advice))
		}
		f["in_medulla"] = true
		better, _ := Grade(r, f)
		if better.Score < first.Score {
			t.Fatalf("a good fact lowered the score from %v to %v", first.Score, better.Score)
		}
	})
}

func FuzzCompile(f *testing.F) {
	f.Add("decision_s <= 90", "{zone:%.1f|x}")
	f.Add("not (a and b) or known(zone)", "{hand_behind?a|b}")
	f.Add("[1,2][0] > 1 | 2", "{{}}%")
	f.Fuzz(func(t *testing.T, expression, text string) {
		if e, err := compile(expression); err == nil {
			e.holds(Facts{})
			e.holds(Facts{"decision_s": 1.0, "zone": "medulla", "hand_behind": true, "in_medulla": false})
		}
		if tpl, err := parseTemplate(text); err == nil {
			tpl.fill(Facts{})
			tpl.fill(Facts{"decision_s": -1e300, "zone": "medulla", "hand_behind": true})
		}
	})
}

var update = flag.Bool("update", false, "write golden files anew")

// A grade once given stays as it was: the file changes only when somebody means it to.
func TestReportIsStable(t *testing.T) {
	r := Rubric{Pass: 60, Items: []Item{
		{ID: "decision", Title: "Decided in time", Points: 20, Full: "decision_s <= decide_target_s", Evidence: "at {decision_s:%.0f s|no time}", At: "decision_s", Advice: "Decide sooner."},
		{ID: "plunge", Title: "Stopped at the pop", Points: 30, Full: "plunge_mm <= 5", Partial: "plunge_mm <= 10", Evidence: "ran on {plunge_mm:%.1f mm}", At: "breakthrough_s", Advice: "You ran on {plunge_mm:%.0f mm}."},
		{ID: "tip-not-in-marrow", Title: "Tip in the marrow", Points: 50, Full: "in_medulla", Critical: true, Evidence: "tip: {zone}", Advice: "It ended in {zone}."},
		{ID: "lidocaine", Title: "Lidocaine", Points: 0, When: "awake", Full: "lidocaine_mg > 0", Evidence: "{lidocaine_mg:%.0f mg}"},
	}}
	report, err := Grade(r, Facts{
		"decision_s": 52.0, "decide_target_s": 90.0, "plunge_mm": 7.46, "breakthrough_s": 61.25, "in_medulla": false, "zone": "far-cortex", "awake": false,
	})
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.MarshalIndent(struct {
		Report
		Advice []string `json:"advice"`
	}{report, report.Advice}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	const file = "testdata/report.golden.json"
	if *update {
		if err := os.WriteFile(file, append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(got)+"\n" != string(want) {
		t.Errorf("the grade changed; got:\n%s\nwant:\n%s", got, want)
	}
}
