package haptics

import (
	"time"

	"golang.org/x/sys/unix"
)

// machine is the loop's place on Linux: CLOCK_MONOTONIC with absolute deadlines.
type machine struct {
	grant grant
	start time.Time // now counts from here, without a system call
	epoch int64     // start on CLOCK_MONOTONIC, ns
}

func newPlace() place {
	m := &machine{}
	best := time.Hour
	for range 5 { // the pair of readings closest to each other: between them the thread may have been put off
		var t unix.Timespec
		start := time.Now()
		_ = unix.ClockGettime(unix.CLOCK_MONOTONIC, &t) // cannot fail: the clock exists and t is ours
		if apart := time.Since(start); apart < best {
			best, m.start, m.epoch = apart, start, t.Nano()
		}
	}
	return m
}

func (m *machine) now() int64 { return m.epoch + int64(time.Since(m.start)) }

func (m *machine) wait(until int64) {
	t := unix.NsecToTimespec(until)
	for unix.ClockNanosleep(unix.CLOCK_MONOTONIC, unix.TIMER_ABSTIME, &t, nil) == unix.EINTR {
		// A signal, most often the runtime's own: the deadline is absolute, so sleep on.
		continue
	}
}

func (m *machine) enter() *class { return m.grant.take() }
func (m *machine) leave()        { m.grant.giveBack() }
