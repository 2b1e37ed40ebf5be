package trial_test

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"osseo/app/recording"
	"osseo/app/trial"
)

func record(t *testing.T, s trial.Setup) (string, *trial.Result) {
	t.Helper()
	s.Record = filepath.Join(t.TempDir(), "run.osseo")
	r, _ := run(t, s)
	return s.Record, r
}

func TestReplayGivesTheSameBits(t *testing.T) {
	file, live := record(t, trial.Setup{CaseRef: "infant-septic-shock", Hand: "novice", Seed: 2})
	got, e, err := trial.Replay(file)
	if err != nil {
		t.Fatal(err)
	}
	if !got.Identical || !got.Exact || !got.Clean {
		t.Fatalf("%+v", got)
	}
	if got.StateHash != got.Recorded || got.StateHash != live.Recording.StateHash {
		t.Errorf("state %s, recorded %s, live %s", got.StateHash, got.Recorded, live.Recording.StateHash)
	}
	again, err := e.Result(nil)
	if err != nil {
		t.Fatal(err)
	}
	if again.Grade.Score != live.Grade.Score || again.Outcome.Zone != live.Outcome.Zone {
		t.Errorf("graded %v in %s from the file, %v in %s live", again.Grade.Score, again.Outcome.Zone, live.Grade.Score, live.Outcome.Zone)
	}
}

// The expert beside a run on a leg needs no leg.
func TestTheExpertBesideARunOnALegIsTheSame(t *testing.T) {
	in := trial.Setup{CaseRef: "infant-septic-shock", Seed: 3}
	want, err := trial.ExpertTrace(t.Context(), in)
	if err != nil || len(want) == 0 {
		t.Fatal(len(want), err)
	}
	for _, device := range []string{trial.Emulated, "/dev/ttyACM9"} {
		in.Device = device
		if got, err := trial.ExpertTrace(t.Context(), in); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %d points, %v; the virtual leg gives %d", device, len(got), err, len(want))
		}
	}
}

// A recording whose input was changed must not replay.
func TestReplayNoticesAChangedInput(t *testing.T) {
	file, _ := record(t, trial.Setup{CaseRef: "adult-arrest", Hand: "expert", Seed: 4})
	m, err := recording.Load(file)
	if err != nil {
		t.Fatal(err)
	}
	rows := m.Rows()
	for i := range rows {
		if rows[i].Position > 6e-3 {
			rows[i].Position += 50e-6
			break
		}
	}
	e, err := trial.Examine(m)
	if err != nil {
		t.Fatal(err)
	}
	if e.Diverged == nil {
		t.Fatal("a position changed by 50 um replays as if nothing had happened")
	}
}

// A file cut in the middle opens, replays as far as it goes and says so.
func TestReplayOfACutFile(t *testing.T) {
	file, _ := record(t, trial.Setup{CaseRef: "adult-arrest", Hand: "expert", Seed: 4})
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	cut := file + ".cut"
	if err := os.WriteFile(cut, whole[:len(whole)*2/3], 0o600); err != nil {
		t.Fatal(err)
	}
	got, _, err := trial.Replay(cut)
	if err != nil {
		t.Fatal(err)
	}
	if got.Clean || !got.Identical || got.Ticks == 0 || got.End == "" {
		t.Fatalf("%+v", got)
	}
}

// The same recorded hand gives the same depth at breakthrough and the same peak force at any tick rate, within 1 %.
func TestTheSameHandAtAnyRate(t *testing.T) {
	for _, c := range []string{"adult-arrest", "adult-trauma-manual", "infant-septic-shock", "obese-burns", "newborn-no-cord-line"} {
		t.Run(c, func(t *testing.T) {
			file, want := record(t, trial.Setup{CaseRef: c, Hand: "trained", Seed: 5})
			if want.Breakthru == nil {
				t.Fatal("no pop in the recorded run")
			}
			for _, hz := range []float64{250, 1000, 10000} {
				got, _ := run(t, trial.Setup{CaseRef: c, Hand: file, Seed: 5, TickHz: hz})
				if got.Breakthru == nil {
					t.Errorf("%g Hz: no pop", hz)
					continue
				}
				depth := got.Breakthru.DepthMM/want.Breakthru.DepthMM - 1
				peak := got.Breakthru.ForceBefore/want.Breakthru.ForceBefore - 1
				top := got.PeakForceN/want.PeakForceN - 1
				t.Logf("%g Hz: depth %+.3f %%, force at the pop %+.3f %%, peak %+.3f %%", hz, depth*100, peak*100, top*100)
				if math.Abs(depth) > 0.01 || math.Abs(peak) > 0.01 || math.Abs(top) > 0.01 {
					t.Errorf("%g Hz: more than 1 %% apart", hz)
				}
			}
		})
	}
}
