package trial

import (
	"testing"

	"osseo/app/recording"
	"osseo/haptics"
	"osseo/physics"
)

// While a leg gives no new sample, the last tick's events are not told again, and a fault is shown until the loop has none.
func TestALegThatStandsStillTellsNothingTwice(t *testing.T) {
	setup, err := Prepare(Setup{CaseRef: "adult-arrest", Hand: LiveHand})
	if err != nil {
		t.Fatal(err)
	}
	var loop LoopNow
	s, err := NewSession(setup, Parts{
		Recorder: recording.NewMemory(headerOf(setup)), Loop: func() LoopNow { return loop }, Offline: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	sample, c := haptics.Sample{Tick: 1}, haptics.Command{}
	s.Render(&sample, 1e-3, &c)
	s.bone.out.Events = physics.Contact
	s.Observe(&sample, &c, haptics.Intervention{})
	for n := range 5 {
		s.Render(&sample, 1e-3, &c)
		i := haptics.Intervention{}
		if n == 2 {
			i.Fault.Reason, loop.Fault = haptics.Stale, haptics.Stale
		}
		s.Observe(&sample, &c, i)
	}
	told := map[uint8]int{}
	for n, ok := s.notes.take(); ok; n, ok = s.notes.take() {
		told[uint8(n.kind)]++
	}
	if told[uint8(noteEvents)] != 1 || told[uint8(noteFault)] != 1 || s.fault != haptics.Stale {
		t.Errorf("told %v, fault %v; want the events and the fault once", told, s.fault)
	}
	loop.Fault = haptics.NoFault
	s.Observe(&sample, &c, haptics.Intervention{})
	if s.fault != haptics.NoFault {
		t.Errorf("armed again, but %v is shown", s.fault)
	}
}
