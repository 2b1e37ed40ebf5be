package leg

import (
	"runtime"

	"golang.org/x/sys/unix"
)

// What is asked for the two threads of a link: real time behind the servo's priority, or else a nice value.
const (
	favouredPriority = 20
	favouredNice     = -10
)

// favour puts the calling goroutine on a thread of its own that runs before ordinary programs, where that is permitted;
// the thread ends with the goroutine. Elsewhere nothing changes.
func favour() {
	runtime.LockOSThread()
	soon := unix.SchedAttr{
		Size: unix.SizeofSchedAttr, Policy: unix.SCHED_RR, Priority: favouredPriority, Flags: unix.SCHED_FLAG_RESET_ON_FORK,
	}
	if unix.SchedSetAttr(0, &soon, 0) != nil && unix.Setpriority(unix.PRIO_PROCESS, 0, favouredNice) != nil {
		runtime.UnlockOSThread()
	}
}
