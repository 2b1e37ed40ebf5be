//go:build !linux && !darwin && !windows

package haptics

import "time"

// machine is the loop's place on a system nobody has tuned it for.
type machine struct{ start time.Time }

func newPlace() place { return &machine{start: time.Now()} }

func (m *machine) now() int64 { return int64(time.Since(m.start)) }

func (m *machine) wait(until int64) {
	if left := time.Duration(until - m.now()); left > 0 {
		time.Sleep(left)
	}
}

func (m *machine) enter() *class {
	return &class{name: SchedulerNormal, notice: "normal priority: no real-time class is known on this system."}
}

func (m *machine) leave() {}
