package trial_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"osseo/app/trial"
)

func run(t *testing.T, s trial.Setup) (*trial.Result, *trial.Evidence) {
	t.Helper()
	r, e, err := trial.Run(context.Background(), s, nil)
	if err != nil {
		t.Fatalf("%s seed %d: %v", s.CaseRef, s.Seed, err)
	}
	return r, e
}

// Each wrong choice must fail, name the right reason, and say it in the advice.
func TestWrongChoicesFailForTheRightReason(t *testing.T) {
	for _, c := range []struct {
		name     string
		setup    trial.Setup
		critical string
		says     string
	}{
		{"15 mm in an obese adult", trial.Setup{CaseRef: "obese-burns", Needle: "ez-15"}, "needle-too-short", "45"},
		{"25 mm in a newborn", trial.Setup{CaseRef: "newborn-no-cord-line", Needle: "ez-25"}, "needle-too-long", "long"},
		{"no power", trial.Setup{CaseRef: "adult-arrest", Set: map[string]string{"tray.battery": "0"}}, "no-power", "manual"},
		{"25 degrees", trial.Setup{CaseRef: "adult-arrest", Set: map[string]string{"hand.tilt_deg": "25"}}, "tilt", "perpendicular|upright|square|90"},
		{"hand behind", trial.Setup{CaseRef: "adult-arrest", Set: map[string]string{"hand.behind_leg": "true"}}, "hand-behind", "behind"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.setup.Hand, c.setup.Seed = "expert", 3
			r, _ := run(t, c.setup)
			if r.Grade.Passed {
				t.Fatalf("passed with %.0f points", r.Grade.Score)
			}
			if !slices.ContainsFunc(r.Grade.CriticalFailures, func(id string) bool { return strings.Contains(id, c.critical) }) {
				t.Errorf("critical failures %v lack %q; zone %s", r.Grade.CriticalFailures, c.critical, r.Outcome.Zone)
			}
			t.Logf("score %.0f zone %s critical %v advice %q", r.Grade.Score, r.Outcome.Zone, r.Grade.CriticalFailures, r.Grade.Advice)
			advice := strings.ToLower(strings.Join(r.Grade.Advice, " "))
			if !slices.ContainsFunc(strings.Split(c.says, "|"), func(w string) bool { return strings.Contains(advice, w) }) {
				t.Errorf("advice %q does not speak of %q", advice, c.says)
			}
		})
	}
}
