package leg

import (
	"os"
	"runtime"
	"strconv"
	"sync"

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

// preferred makes every thread of this process, and those they start, run before ordinary programs, where that is
// permitted. The two threads of a link are not enough: to hand them a scheduler slot, the runtime may first need another.
var preferred = sync.OnceFunc(func() {
	tasks, err := os.ReadDir("/proc/self/task")
	if err != nil {
		return
	}
	for _, t := range tasks {
		if id, err := strconv.Atoi(t.Name()); err == nil {
			_ = unix.Setpriority(unix.PRIO_PROCESS, id, favouredNice)
		}
	}
})
