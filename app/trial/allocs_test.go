package trial_test

import (
	"path/filepath"
	"runtime"
	"testing"

	"osseo/app/recording"
	"osseo/app/trial"
	"osseo/haptics"
	"osseo/haptics/virtual"
	"osseo/scenarios"
)

// A whole tick - leg, model, governor, session, recorder to a file, window's tap - allocates nothing, from skin to marrow.
func TestTheTickAllocatesNothing(t *testing.T) {
	setup, err := trial.Prepare(trial.Setup{CaseRef: "adult-arrest", Seed: 3, Hand: "live"})
	if err != nil {
		t.Fatal(err)
	}
	header := recording.Header{Case: setup.CaseRef, CaseYAML: setup.Case.Text, TickHz: setup.TickHz, Seed: setup.Seed}
	w, err := recording.Create(filepath.Join(t.TempDir(), "run.osseo"), header, recording.Options{})
	if err != nil {
		t.Fatal(err)
	}
	intent, tap := new(virtual.Intent), new(peeking)
	s, err := trial.NewSession(setup, trial.Parts{Recorder: w, Tap: tap, Intent: intent, Offline: true})
	if err != nil {
		t.Fatal(err)
	}
	leg := virtual.New(virtual.NewLive(intent), virtual.Options{TickHz: setup.TickHz})
	loop := haptics.NewLoop(leg, s, haptics.NewGovernor(leg.Info().Limits), s, setup.TickHz)
	loop.Advance()
	for _, a := range order {
		if a.Kind == scenarios.CheckMark {
			break
		}
		if _, err := s.Act(a); err != nil {
			t.Fatal(err)
		}
	}
	s.Pump()

	// The recorder's own goroutine encodes a batch each quarter second and may allocate. With one processor it runs when it is
	// let, between the measurements. What happens once a second would show nine times.
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	const ticks, batch = 9000, 250
	counted, popped := uint64(0), false
	intent.SetEffort(35)
	for done := 0; done < ticks; done += batch {
		if tap.last.Zone >= 2 {
			intent.SetTrigger(1)
		}
		for range 5 {
			runtime.Gosched()
			counted += allocated(func() {
				for range batch / 5 {
					if loop.Advance() {
						t.Fatal(loop.Err())
					}
				}
			})
		}
		s.Pump()
		popped = popped || tap.last.Rev > 0
	}
	t.Logf("tip at %.1f mm, zone %d, drilled %v, %d allocations in %d ticks", tap.last.Tip*1e3, tap.last.Zone, popped, counted, ticks)
	if tap.last.Tip < 9e-3 || !popped {
		t.Errorf("the needle only came to %.1f mm, drilled %v: the test no longer goes through bone", tap.last.Tip*1e3, popped)
	}
	if counted > 4 { // a busy machine may let the recorder in between
		t.Errorf("%d allocations", counted)
	}
	if err := s.Close("finished", recording.Loop{}); err != nil {
		t.Fatal(err)
	}
}

// allocated is how often f allocated, other goroutines included.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.Mallocs - before.Mallocs
}
