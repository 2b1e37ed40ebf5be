package scenarios

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestOverride(t *testing.T) {
	c := mustLoad(t, "adult-arrest")
	got, err := Override(c, map[string]string{
		"patient.weight_kg": "3.1", "tray.battery": "0", "patient.anatomy.cortex_mm": "2", "patient.awake": "true",
		"tray.needles": "ez-15, ez-25", "plan.push_n": "[5,25]", "vitals.0.hr": "90", "steps.check.title": "Look",
		"rubric.items.decision.title": "Quick", "story.1": "Other words.", "patient.bone": "osteoporotic", "patient.allergies": "",
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct{ got, want any }{
		{got.Patient.WeightKG, 3.1},
		{got.Tray.Battery, 0.0},
		{got.Patient.Anatomy["cortex_mm"], 2.0},
		{got.Patient.Awake, true},
		{got.Tray.Needles, []string{"ez-15", "ez-25"}},
		{got.Plan.PushN, [2]float64{5, 25}},
		{got.Vitals[0].HR, 90},
		{got.Steps[1].Title, "Look"},
		{got.Rubric.Items[0].Title, "Quick"},
		{got.Story[1], "Other words."},
		{string(got.Patient.Bone), "osteoporotic"},
		{got.Text, c.Text},
		{c.Patient.WeightKG, 74.0}, // the original is untouched
		{len(c.Patient.Anatomy), 0},
	} {
		if !reflect.DeepEqual(x.got, x.want) {
			t.Errorf("got %v, want %v", x.got, x.want)
		}
	}
}

// One override on top of another keeps both.
func TestOverrideTwice(t *testing.T) {
	a, err := Override(mustLoad(t, "adult-arrest"), map[string]string{"tray.battery": "0"})
	if err != nil {
		t.Fatal(err)
	}
	b, err := Override(a, map[string]string{"patient.weight_kg": "60"})
	if err != nil {
		t.Fatal(err)
	}
	if b.Tray.Battery != 0 || b.Patient.WeightKG != 60 {
		t.Errorf("battery %v weight %v, want 0 and 60", b.Tray.Battery, b.Patient.WeightKG)
	}
}

func TestOverrideMistakes(t *testing.T) {
	for path, x := range map[string]struct{ value, want string }{
		"patient.weight":             {"3", "did you mean patient.weight_kg?"},
		"weight_kg":                  {"3", "did you mean patient.weight_kg?"},
		"patient.weight_kg":          {"900", "allowed 0.5 to 300 kg"},
		"patient.age_years":          {"old", "allowed 0 to 95 years, write a number"},
		"patient.awake":              {"perhaps", "allowed true or false"},
		"patient.anatomy.cortex":     {"2", "did you mean patient.anatomy.cortex_mm?"},
		"patient.anatomy.cortex_mm":  {"0x2", "plain decimal"},
		"tray.needles":               {"ez-15,ez-99", "tray.needles[1]: \"ez-99\", allowed one of ez-15"},
		"vitals.9.hr":                {"3", "allowed 0 to 4"},
		"vitals.hr":                  {"3", "no element"},
		"rubric.items.nobody.title":  {"x", "decision"},
		"title.x":                    {"x", "has nothing below it"},
		"patient":                    {"x", "keys below it"},
		"":                           {"x", "unknown path"},
		".":                          {"x", "unknown path"},
		"qqqqqqqqqqqq":               {"x", "these keys are in a case"},
		"vitals.1.at_s":              {"0", "out of order"},
		"tray.drivers":               {"powered", "\"manual-15g\""},
		"rubric.items.decision.full": {"decision_s <", "unexpected token"},
	} {
		c, err := Override(mustLoad(t, "adult-arrest"), map[string]string{path: x.value})
		if err == nil || c != nil {
			t.Errorf("%s=%s: no error", path, x.value)
			continue
		}
		var problems Problems
		if !errors.As(err, &problems) || !strings.HasPrefix(err.Error(), "--set: ") || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s=%s: %v, want %q", path, x.value, err, x.want)
		}
	}
}

// What is wrong on purpose may be tried: the plan is not checked again.
func TestOverrideMayBreakThePlan(t *testing.T) {
	for _, set := range []map[string]string{{"tray.battery": "0"}, {"plan.side": "left"}, {"patient.weight_kg": "3.1"}, {"plan.drug": "blood"}} {
		if _, err := Override(mustLoad(t, "adult-arrest"), set); err != nil {
			t.Errorf("%v: %v", set, err)
		}
	}
}

// No path and no value panics, and an accepted one gives a case that is accepted again.
func TestOverrideProperties(t *testing.T) {
	words := []string{"patient", "weight_kg", "vitals", "0", "7", "-1", "hr", "tray", "needles", "rubric", "items", "tip-not-in-marrow", "", "anatomy", "cortex_mm", "plan", "push_n", "1"}
	values := []string{"", "0", "3.1", "-5", "true", "[1,2]", "ez-15", "a,b", "1e999", "NaN", "\x00", "[", "{}"}
	rapid.Check(t, func(r *rapid.T) {
		set := map[string]string{}
		for range rapid.IntRange(1, 3).Draw(r, "settings") {
			path := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 4).Draw(r, "path"), ".")
			set[path] = rapid.OneOf(rapid.SampledFrom(values), rapid.String()).Draw(r, "value")
		}
		c, err := Override(mustLoad(t, "obese-burns"), set)
		if (c == nil) == (err == nil) {
			r.Fatalf("case %v with error %v", c != nil, err)
		}
		if c != nil {
			if _, err := Override(c, nil); err != nil {
				r.Fatalf("accepted once, refused again: %v", err)
			}
		}
	})
}
