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

// Favour lets QEMU and the cable run before ordinary programs, in real time or else preferred, where that is permitted: the
// firmware's clock is the machine's, so that a QEMU put off for 20 ms is a leg that heard nothing for 20 ms. A leg whose
// clock is stepped does without.
func (e *Emulator) Favour() {
	e.line.favour()
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

// ownThread gives the calling goroutine a thread of its own, which ends with it, and keeps its number for favour.
func (l *line) ownThread() {
	runtime.LockOSThread()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.threads = append(l.threads, unix.Gettid())
	if l.favoured {
		prefer(0, linePriority, unix.SCHED_FLAG_RESET_ON_FORK)
	}
}

func (l *line) favour() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.favoured = true
	for _, id := range l.threads {
		prefer(id, linePriority, unix.SCHED_FLAG_RESET_ON_FORK)
	}
}

func prefer(thread int, priority uint32, flags uint64) {
	soon := unix.SchedAttr{Size: unix.SizeofSchedAttr, Policy: unix.SCHED_RR, Priority: priority, Flags: flags}
	if unix.SchedSetAttr(thread, &soon, 0) != nil {
		_ = unix.Setpriority(unix.PRIO_PROCESS, thread, -10)
	}
}
