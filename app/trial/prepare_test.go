package trial_test

import (
	"context"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"osseo/app/trial"
	"osseo/scenarios"
)

// Whatever a person may ask for wrongly is refused before anything runs, with the value and what is allowed.
func TestPrepareRefusesWhatCannotRun(t *testing.T) {
	set := func(k, v string) map[string]string { return map[string]string{k: v} }
	for name, c := range map[string]struct {
		setup trial.Setup
		says  []string
	}{
		"rate NaN":       {trial.Setup{TickHz: math.NaN()}, []string{"NaN", "100..20000"}},
		"rate -1":        {trial.Setup{TickHz: -1}, []string{"-1", "100..20000"}},
		"rate Inf":       {trial.Setup{TickHz: math.Inf(1)}, []string{"Inf", "100..20000"}},
		"driver":         {trial.Setup{Driver: "magic"}, []string{"magic", "manual, powered, spring"}},
		"needle":         {trial.Setup{Needle: "ez-99"}, []string{"ez-99", "ez-45"}},
		"both":           {trial.Setup{Needle: "ez-25", Driver: "spring"}, []string{"ez-25", "powered", "spring"}},
		"mode":           {trial.Setup{Mode: "nap"}, []string{"nap", "exam"}},
		"tilt NaN":       {trial.Setup{Set: set("hand.tilt_deg", "NaN")}, []string{"NaN", "-60..60"}},
		"tilt 90":        {trial.Setup{Set: set("hand.tilt_deg", "90")}, []string{"90", "-60..60"}},
		"hand.no":        {trial.Setup{Set: set("hand.no", "1")}, []string{"hand.no", "hand.tilt_deg"}},
		"no file":        {trial.Setup{Hand: "gone/run.osseo"}, []string{"gone/run.osseo", "novice"}},
		"tilt of a tape": {trial.Setup{Hand: "prepare_test.go", Set: set("hand.tilt_deg", "5")}, []string{"hand.tilt_deg", "recording"}},
	} {
		t.Run(name, func(t *testing.T) {
			c.setup.CaseRef = "adult-arrest"
			_, err := trial.Prepare(c.setup)
			if err == nil {
				t.Fatal("accepted")
			}
			for _, w := range append(c.says, "trial: ") {
				if !strings.Contains(err.Error(), w) {
					t.Errorf("%q does not say %q", err, w)
				}
			}
		})
	}
}

// A driver alone takes a needle that fits it, and the push of that driver.
func TestADriverTakesItsNeedle(t *testing.T) {
	for _, c := range scenarios.List() {
		for _, driver := range []string{"manual", "powered", "spring"} {
			r, _ := run(t, trial.Setup{CaseRef: c.ID, Hand: "robot", Driver: driver, Seed: 3})
			n, ok := scenarios.NeedleByID(r.Needle)
			if !ok || string(n.Driver) != driver || r.Driver != driver {
				t.Errorf("%s by %s: needle %q of the %s driver, reported as %s", c.ID, driver, r.Needle, n.Driver, r.Driver)
			}
		}
	}
}

// The same recorded hand may be tried with another needle, and in another case; what cannot be done there is left out.
func TestARecordedHandInAnotherBone(t *testing.T) {
	file, _ := record(t, trial.Setup{CaseRef: "adult-arrest", Hand: "robot", Seed: 4})
	r, _ := run(t, trial.Setup{CaseRef: "adult-arrest", Hand: file, Seed: 4, Needle: "ez-15"})
	if r.Needle != "ez-15" {
		t.Errorf("asked for ez-15, ran with %s", r.Needle)
	}
	for _, c := range scenarios.List() {
		if _, _, err := trial.Run(context.Background(), trial.Setup{CaseRef: c.ID, Hand: file, Seed: 4}, nil); err != nil {
			t.Errorf("%s: %v", c.ID, err)
		}
	}
}

// A run that cannot be recorded says where and what to do, and runs nothing.
func TestRecordWhereNothingCanBeWritten(t *testing.T) {
	for _, file := range []string{t.TempDir(), "/proc/osseo/run.osseo", filepath.Join(t.TempDir(), strings.Repeat("x", 300))} {
		_, _, err := trial.Run(context.Background(), trial.Setup{CaseRef: "adult-arrest", Hand: "robot", Record: file}, nil)
		if err == nil || !strings.Contains(err.Error(), file) || !strings.Contains(err.Error(), "choose") {
			t.Errorf("%.60s: %v", file, err)
		}
	}
}
