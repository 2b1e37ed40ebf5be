package haptics

import (
	"golang.org/x/sys/unix"
)

// machine is the loop's place on Linux: CLOCK_MONOTONIC with absolute deadlines.
type machine struct {
	grant grant
}

func newPlace() place { return &machine{} }

func (m *machine) now() int64 {
	var t unix.Timespec
	_ = unix.ClockGettime(unix.CLOCK_MONOTONIC, &t) // cannot fail: the clock exists and t is ours
	return t.Nano()
}

func (m *machine) wait(until int64) {
	t := unix.NsecToTimespec(until)
	for unix.ClockNanosleep(unix.CLOCK_MONOTONIC, unix.TIMER_ABSTIME, &t, nil) == unix.EINTR {
		// A signal, most often the runtime's own: the deadline is absolute, so sleep on.
		continue
	}
}

func (m *machine) enter() *class { return m.grant.take() }
func (m *machine) leave()        { m.grant.giveBack() }
