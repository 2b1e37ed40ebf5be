package trial

import (
	"math"
	"testing"

	"osseo/app/recording"
	"osseo/haptics"
	"osseo/haptics/virtual"
	"osseo/scenarios"
)

// A person who has gone wrong takes the needle out and goes to the other leg: the tool leaves the bone, and the next needle
// starts on a fresh one.
func TestAWithdrawnNeedleMakesRoomForAnother(t *testing.T) {
	setup, err := Prepare(Setup{CaseRef: "adult-arrest", Hand: "live"})
	if err != nil {
		t.Fatal(err)
	}
	intent := new(virtual.Intent)
	rec := recording.NewMemory(headerOf(setup))
	s, err := NewSession(setup, Parts{Recorder: rec, Intent: intent, Offline: true})
	if err != nil {
		t.Fatal(err)
	}
	leg := virtual.New(virtual.NewLive(intent), virtual.Options{})
	loop := haptics.NewLoop(leg, s, haptics.NewGovernor(leg.Info().Limits), s, setup.TickHz)
	run := func(seconds float64) {
		for range int(seconds * setup.TickHz) {
			if loop.Advance() {
				t.Fatal(loop.Err())
			}
			s.Pump()
		}
	}
	act := func(a scenarios.Action) {
		if _, err := s.Act(a); err != nil {
			t.Fatalf("%s: %v", a.Kind, err)
		}
	}
	prepareLeg := func(side string) {
		act(scenarios.Action{Kind: scenarios.ChooseSite, Value: "proximal-tibia", Side: side})
		act(scenarios.Action{Kind: scenarios.ChooseDriver, Value: "powered"})
		act(scenarios.Action{Kind: scenarios.ChooseNeedle, Value: "ez-25"})
		act(scenarios.Action{Kind: scenarios.Locate})
		act(scenarios.Action{Kind: scenarios.Insert})
	}
	run(0.1)
	act(scenarios.Action{Kind: scenarios.Decide})
	prepareLeg("right")
	intent.SetEffort(45)
	intent.SetTrigger(1)
	run(12)
	if z := s.bone.out.Zone.String(); z != "medulla" {
		t.Fatalf("the first needle is in the zone %s", z)
	}
	act(scenarios.Action{Kind: scenarios.Release})
	intent.SetEffort(0)
	intent.SetTrigger(0)
	act(scenarios.Action{Kind: scenarios.Withdraw})
	run(6)
	if s.bone.placement.Attempt != 2 || s.row.Position > 0 {
		t.Fatalf("attempt %d, tool at %.1f mm: the needle is still in", s.bone.placement.Attempt, s.row.Position*1e3)
	}
	prepareLeg("left")
	run(1)
	if got := s.bone.placement; got.Side != "left" || got.Attempt != 2 {
		t.Errorf("the second needle is placed at %+v", got)
	}
	if f := math.Abs(s.row.Rendered); f > 1 {
		t.Errorf("%.1f N in the air", f)
	}
}
