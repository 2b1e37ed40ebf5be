package trial

import (
	"math"
	"testing"
	"time"
)

// The stages are lines of the outline of Step, and their shares add up to one.
func TestStagesAddUp(t *testing.T) {
	all, err := stagesOf(t.Context(), 600*time.Millisecond, 500)
	if err != nil {
		t.Skip(err) // the test itself is being profiled
	}
	stages, n := all.Lines, all.Samples
	if n < 5 {
		t.Skipf("%d samples: the machine gave this test hardly any time", n)
	}
	share, ns := 0.0, 0.0
	for name, s := range stages {
		if s.Share < 0 || s.Share > 1 || name == "" {
			t.Errorf("%q: share %g", name, s.Share)
		}
		share += s.Share
		ns += s.NS
	}
	if math.Abs(share-1) > 1e-9 || math.Abs(ns-500) > 1e-6 {
		t.Errorf("%d samples: shares add up to %g, times to %g ns of 500: %v", n, share, ns, stages)
	}
	if s, ok := stages["advance"]; !ok && n > 40 || s.Share > 0.95 {
		t.Errorf("%d samples: advance has %g of the time: %v", n, s.Share, stages)
	}
}

func TestBrokenProfileIsAnError(t *testing.T) {
	for _, data := range [][]byte{nil, {1, 2, 3}} {
		if _, _, err := countStages(data); err == nil {
			t.Errorf("% x was read", data)
		}
	}
	for _, data := range [][]byte{{0x80}, {0x0a, 0xff, 0x01}, {0x09, 1}, {0x0b}, {0x12, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01}} {
		if err := fields(data, func(int, uint64, []byte) error { return nil }); err == nil {
			t.Errorf("% x was read", data)
		}
	}
}
