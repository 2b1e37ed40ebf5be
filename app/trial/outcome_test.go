package trial_test

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"testing"

	"osseo/app/trial"
	"osseo/scenarios"
)

// marrow is in how many of the seeds 1..n a hand leaves the tip in the medulla.
func marrow(t *testing.T, c, hand string, n int) int {
	t.Helper()
	var wait sync.WaitGroup
	var lock sync.Mutex
	in, seeds := 0, make(chan uint64)
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for seed := range seeds {
				r, _, err := trial.Run(context.Background(), trial.Setup{CaseRef: c, Hand: hand, Seed: seed, TickHz: 500}, nil)
				lock.Lock()
				switch {
				case err != nil:
					t.Errorf("%s, %s, seed %d: %v", c, hand, seed, err)
				case r.Outcome.Correct:
					in++
				}
				lock.Unlock()
			}
		})
	}
	for seed := range uint64(n) {
		seeds <- seed + 1
	}
	close(seeds)
	wait.Wait()
	return in
}

// In every case an expert leaves the tip in the marrow at least nine times of ten, a novice clearly less often over all and in
// no case more often. Published for novices: 60-85 % in adults, less in the newborn. At 500 Hz and few seeds, to be quick.
func TestExpertsReachTheMarrowNovicesLess(t *testing.T) {
	const experts, novices = 10, 5
	all, some, table := 0, 0, ""
	for _, c := range scenarios.List() {
		expert, novice := marrow(t, c.ID, "expert", experts), marrow(t, c.ID, "novice", novices)
		table += fmt.Sprintf("\n%-22s expert %2d of %d, novice %d of %d", c.ID, expert, experts, novice, novices)
		if expert < experts*9/10 {
			t.Errorf("%s: %d of %d experts in the marrow; want 9 of 10", c.ID, expert, experts)
		}
		if novice*experts > expert*novices+experts/2 {
			t.Errorf("%s: %d of %d novices in the marrow, %d of %d experts", c.ID, novice, novices, expert, experts)
		}
		all, some = all+expert, some+novice
	}
	t.Logf("seeds from 1 on%s", table)
	if some*experts*10 > all*novices*8 {
		t.Errorf("novices %d of %d, experts %d of %d: want at most 0.8 times as often", some, 6*novices, all, 6*experts)
	}
}
