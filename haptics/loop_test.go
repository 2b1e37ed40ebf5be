package haptics

import (
	"testing"
)

func TestAdvanceReachesEquilibriumAndRampsOut(t *testing.T) {
	leg := newFakeLeg()
	l := NewLoop(leg, wall{10e3, 10}, NewGovernor(leg.limits), nil, 1000)
	for range 1500 {
		if l.Advance() {
			t.Fatalf("ended early: %v", l.Err())
		}
	}
	if f := leg.last.At(leg.x, leg.v); f < 39 || f > 41 {
		t.Errorf("a hand of 40 N at rest on a wall feels %g N", f)
	}
	l.Stop()
	n := 0
	for !l.Advance() {
		n++
	}
	if n > 110 || leg.halts.Load() != 1 {
		t.Errorf("ramp out took %d ticks, halted %d times; want <= 110 and once", n, leg.halts.Load())
	}
	if l.Err() != nil {
		t.Errorf("a stopped loop has error %v", l.Err())
	}
}
