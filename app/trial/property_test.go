package trial_test

import (
	"encoding/json"
	"math"
	"testing"

	"pgregory.net/rapid"

	"osseo/app/recording"
	"osseo/app/trial"
	"osseo/haptics"
	"osseo/haptics/virtual"
	"osseo/scenarios"
)

// wild draws ordinary numbers, and those that no hand or window should send.
func wild(scale float64) *rapid.Generator[float64] {
	return rapid.OneOf(
		rapid.Float64Range(-scale, scale),
		rapid.Float64Range(0, scale),
		rapid.SampledFrom([]float64{0, scale, -scale, 1e300, math.NaN(), math.Inf(1), math.Inf(-1)}),
	)
}

// order is the procedure as it should go; a run takes its next step now and then, so that it gets somewhere.
var order = []scenarios.Action{
	{Kind: scenarios.Decide},
	{Kind: scenarios.Check, Value: "fracture", Side: "right"},
	{Kind: scenarios.ChooseSite, Value: "proximal-tibia", Side: "right"},
	{Kind: scenarios.ChooseDriver, Value: "powered"},
	{Kind: scenarios.ChooseNeedle, Value: "ez-25"},
	{Kind: scenarios.Locate},
	{Kind: scenarios.Clean},
	{Kind: scenarios.SteadyHand, Value: "beside"},
	{Kind: scenarios.Insert},
	{Kind: scenarios.CheckMark, Value: "seen"},
	{Kind: scenarios.Release},
	{Kind: scenarios.StyletRemove},
	{Kind: scenarios.CheckStands},
	{Kind: scenarios.Aspirate},
	{Kind: scenarios.Flush, Number: 10},
	{Kind: scenarios.Watch, Value: "none"},
	{Kind: scenarios.Drug, Value: "adrenaline"},
	{Kind: scenarios.Secure},
	{Kind: scenarios.Withdraw},
}

var words = []string{
	"", "left", "right", "both", "behind", "beside", "proximal-tibia", "sternum", "powered", "manual", "spring", "magic",
	"ez-15", "ez-25", "ez-45", "manual-15g", "manual-18g", "spring-15g-adult", "nope", "seen", "not-seen", "swelling", "none",
	"fracture", "adrenaline", "näh\x00\xff", "\"}",
}

func anyAction(t *rapid.T) scenarios.Action {
	return scenarios.Action{
		Kind:  rapid.SampledFrom(order).Draw(t, "kind").Kind,
		Value: rapid.SampledFrom(words).Draw(t, "value"), Side: rapid.SampledFrom(words).Draw(t, "side"),
		Number: wild(100).Draw(t, "number"), U: wild(0.05).Draw(t, "u"), V: wild(0.05).Draw(t, "v"), At: wild(10).Draw(t, "at"),
	}
}

// move sets the live hand to something: mostly a push that gets on, sometimes anything.
func move(t *rapid.T, in *virtual.Intent) {
	switch rapid.IntRange(-9, 5).Draw(t, "hand") {
	default:
		in.SetEffort(rapid.Float64Range(5, 120).Draw(t, "push"))
		in.SetTrigger(1)
		in.SetTwist(rapid.Float64Range(-9, 9).Draw(t, "turn"))
		in.SetHold(true)
	case 2:
		in.SetEffort(-50)
		in.SetLift(rapid.Bool().Draw(t, "lift"))
	case 3:
		in.SetTilt(wild(1).Draw(t, "tilt x"), wild(1).Draw(t, "tilt y"))
		in.SetTrigger(wild(2).Draw(t, "trigger"))
	case 4:
		in.SetEffort(wild(500).Draw(t, "effort"))
		in.SetTwist(wild(50).Draw(t, "twist"))
	case 5:
		in.SetPoint(wild(0.05).Draw(t, "point u"), wild(0.05).Draw(t, "point v"))
		in.SetHold(rapid.Bool().Draw(t, "hold"))
		in.SetStyletOut(rapid.Bool().Draw(t, "stylet out"))
	}
}

type peeking struct{ last trial.Snapshot }

func (p *peeking) Tick(s *trial.Snapshot) { p.last = *s }

// Whatever is done and however the hand moves: no panic, nothing but finite numbers in the recording and the snapshot, and a
// recording that replays to the bit and can be graded.
func TestAnyRunIsSoundAndReplays(t *testing.T) {
	var cases []string
	for _, c := range scenarios.List() {
		cases = append(cases, c.ID)
	}
	reached := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		setup, err := trial.Prepare(trial.Setup{
			CaseRef: rapid.SampledFrom(cases).Draw(t, "case"), Seed: rapid.Uint64().Draw(t, "seed"), Hand: "live",
			TickHz: rapid.SampledFrom([]float64{250, 1000, 1000, 1000}).Draw(t, "rate"),
		})
		if err != nil {
			t.Fatal(err)
		}
		intent, tap := new(virtual.Intent), new(peeking)
		memory := recording.NewMemory(recording.Header{
			Case: setup.CaseRef, CaseYAML: setup.Case.Text, Seed: setup.Seed, Hand: "live", Mode: "practise", Device: "virtual",
			TickHz: setup.TickHz, Build: trial.Build, Arch: trial.Arch(),
		})
		s, err := trial.NewSession(setup, trial.Parts{Recorder: memory, Tap: tap, Intent: intent, Offline: true})
		if err != nil {
			t.Fatal(err)
		}
		leg := virtual.New(virtual.NewLive(intent), virtual.Options{TickHz: setup.TickHz})
		loop := haptics.NewLoop(leg, s, haptics.NewGovernor(leg.Info().Limits), s, setup.TickHz)
		wander(t, s, loop, intent, tap)
		if err := s.Close("finished", recording.Loop{}); err != nil {
			t.Fatal(err)
		}
		check(t, memory, reached)
	})
	t.Logf("reached: %v", reached)
	for _, what := range []string{"insertion", "contact", "pop"} {
		if reached[what] == 0 {
			t.Errorf("no run reached %s: the test no longer gets anywhere", what)
		}
	}
}

// wander ticks the loop for some seconds and does something every tenth to half a second.
func wander(t *rapid.T, s *trial.Session, loop *haptics.Loop, intent *virtual.Intent, tap *peeking) {
	next := 0
	if rapid.IntRange(0, 3).Draw(t, "prepared") > 0 {
		loop.Advance()
		for ; order[next].Kind != scenarios.Release; next++ {
			_, _ = s.Act(order[next])
		}
	}
	for range rapid.IntRange(5, 40).Draw(t, "turns") {
		switch rapid.IntRange(-2, 3).Draw(t, "turn") {
		case 0, 1:
			_, _ = s.Act(order[next])
			next = (next + 1) % len(order)
		case 2:
			_, _ = s.Act(anyAction(t))
		}
		move(t, intent)
		for range int(rapid.Float64Range(0.1, 0.5).Draw(t, "wait") * s.Setup.TickHz) {
			if loop.Advance() {
				return // a fault is an end like any other
			}
		}
		s.Pump()
		if _, err := json.Marshal(tap.last); err != nil {
			t.Fatalf("snapshot %+v: %v", tap.last, err)
		}
	}
}

func check(t *rapid.T, m *recording.Memory, reached map[string]int) {
	for i := range m.Rows() {
		if _, err := json.Marshal(&m.Rows()[i]); err != nil {
			t.Fatalf("row %d: %+v: %v", i, m.Rows()[i], err)
		}
	}
	e, err := trial.Examine(m)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range e.Attempts {
		reached["insertion"]++
		if !math.IsNaN(a.ContactS) {
			reached["contact"]++
		}
		if !math.IsNaN(a.PopS) {
			reached["pop"]++
		}
		if a.Placement.Attempt > 1 {
			reached["second attempt"]++
		}
	}
	if e.Diverged != nil {
		t.Fatalf("does not replay: %+v", *e.Diverged)
	}
	if f := e.End.Footer; f == nil || f.StateHash != e.Hash {
		t.Fatalf("final state %s, recorded %+v", e.Hash, f)
	}
	r, err := e.Result(nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := json.Marshal(r); err != nil {
		t.Fatalf("%+v: %v", r, err)
	}
}
