package trial_test

import (
	"context"
	"testing"

	"osseo/app/trial"
)

func TestExpertsReachTheMarrow(t *testing.T) {
	for _, id := range []string{"adult-arrest", "adult-trauma-manual", "infant-septic-shock", "obese-burns", "transport-spring", "newborn-no-cord-line"} {
		for _, hand := range []string{"expert", "novice"} {
			ok := 0
			for seed := uint64(1); seed <= 10; seed++ {
				r, _, err := trial.Run(context.Background(), trial.Setup{CaseRef: id, Hand: hand, Seed: seed}, nil)
				if err != nil {
					t.Fatalf("%s seed %d: %v", id, seed, err)
				}
				if r.Outcome.Correct {
					ok++
				}
				var ins, plunge float64
				if r.InsertionS != nil {
					ins = *r.InsertionS
				}
				if r.PlungeMM != nil {
					plunge = *r.PlungeMM
				}
				b := trial.Breakthrough{}
				if r.Breakthru != nil {
					b = *r.Breakthru
				}
				t.Logf("%s %s %d: %s %.0f pass %v crit %v peak %.1f pop %.1f->%.1f ins %.1f plunge %.1f slips %d soft %.1f cx %.1f med %.1f", id, hand, seed, r.Outcome.Zone, r.Grade.Score, r.Grade.Passed, r.Grade.CriticalFailures, r.PeakForceN, b.ForceBefore, b.ForceAfter, ins, plunge, r.Slips, r.Anatomy.SoftTissueMM, r.Anatomy.CortexMM, r.Anatomy.MedullaMM)
			}
			t.Logf("%s %s: %d/10", id, hand, ok)
		}
	}
}
