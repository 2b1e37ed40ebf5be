package emulator

import (
	"os"
	"path/filepath"
	"strconv"

	"golang.org/x/sys/unix"
)

// Favour lets QEMU run before ordinary programs (in real time, or else preferred), where that is permitted: the firmware's clock is the machine's, so that
// a QEMU put off for 20 ms is a leg that heard nothing for 20 ms.
func (e *Emulator) Favour() {
	tasks, err := os.ReadDir(filepath.Join("/proc", strconv.Itoa(e.Process()), "task"))
	if err != nil {
		return
	}
	for _, t := range tasks {
		if id, err := strconv.Atoi(t.Name()); err == nil {
			soon := unix.SchedAttr{Size: unix.SizeofSchedAttr, Policy: unix.SCHED_RR, Priority: 10}
			if unix.SchedSetAttr(id, &soon, 0) != nil {
				_ = unix.Setpriority(unix.PRIO_PROCESS, id, -10)
			}
		}
	}
}
