package recording

import "testing"

// A recording made in the room of another one shows nothing of it.
func TestReleasedRoomIsEmpty(t *testing.T) {
	for run := range 3 {
		m := NewMemory(Header{})
		if n := len(m.Rows()); n != 0 {
			t.Fatalf("run %d begins with %d rows", run, n)
		}
		for i := range 5000 - 1000*run {
			m.Tick(&Row{Tick: int64(i), Tip: float64(run)})
		}
		if n := len(m.Rows()); n != 5000-1000*run || m.Rows()[n-1].Tip != float64(run) {
			t.Fatalf("run %d: %d rows, the last of run %g", run, n, m.Rows()[n-1].Tip)
		}
		m.Release()
		m.Tick(&Row{})
		if n := len(m.Rows()); n != 0 {
			t.Fatalf("run %d: %d rows after it was given back", run, n)
		}
	}
}
