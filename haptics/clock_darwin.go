package haptics

import "time"

// machine is the loop's place on macOS without cgo: the runtime's timer until shortly before the deadline, then polling.
// The kernel's time-constraint class needs cgo, so the loop has normal priority and says so.
type machine struct{ start time.Time }

// pollFrom is how long before the deadline sleeping ends. Assumed: timer coalescing of a foreground process.
const pollFrom = 100 * time.Microsecond

func newPlace() place { return &machine{start: time.Now()} }

func (m *machine) now() int64 { return int64(time.Since(m.start)) }

func (m *machine) wait(until int64) {
	if left := time.Duration(until - m.now()); left > pollFrom {
		time.Sleep(left - pollFrom)
	}
	for m.now() < until {
		continue
	}
}

func (m *machine) enter() *class {
	return &class{
		name:   SchedulerNormal,
		notice: "normal priority: macOS gives its real-time class only to programs built with cgo. Close what keeps the machine busy.",
	}
}

func (m *machine) leave() {}
