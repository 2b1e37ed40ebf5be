package emulator

import (
	"os"
	"path/filepath"
	"runtime"
	"strconv"

	"golang.org/x/sys/unix"
)

// Priorities asked for: QEMU below the cable, which only passes on what QEMU wrote; both below haptics/leg's threads.
const (
	qemuPriority = 10
	linePriority = 15
)

// Favour lets QEMU run before ordinary programs, in real time or else preferred, where that is permitted: the firmware's
// clock is the machine's, so that a QEMU put off for 20 ms is a leg that heard nothing for 20 ms.
func (e *Emulator) Favour() {
	tasks, err := os.ReadDir(filepath.Join("/proc", strconv.Itoa(e.Process()), "task"))
	if err != nil {
		return
	}
	for _, t := range tasks {
		if id, err := strconv.Atoi(t.Name()); err == nil {
			prefer(id, qemuPriority, 0)
		}
	}
}

// favourThread does the same for the calling goroutine, which gets a thread of its own; the thread ends with it.
func favourThread() {
	runtime.LockOSThread()
	prefer(0, linePriority, unix.SCHED_FLAG_RESET_ON_FORK)
}

func prefer(thread int, priority uint32, flags uint64) {
	soon := unix.SchedAttr{Size: unix.SizeofSchedAttr, Policy: unix.SCHED_RR, Priority: priority, Flags: flags}
	if unix.SchedSetAttr(thread, &soon, 0) != nil {
		_ = unix.Setpriority(unix.PRIO_PROCESS, thread, -10)
	}
}
