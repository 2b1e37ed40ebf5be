//go:build !headless

package main

import (
	"os"
	"strconv"

	"golang.org/x/sys/unix"
)

// ordinary gives every thread of this process its ordinary place in the machine again. Opening a leg puts a process before
// others, where that is permitted, which is right for a servo and wrong for one that draws: the servo would wait for it.
func ordinary() {
	tasks, err := os.ReadDir("/proc/self/task")
	if err != nil {
		return
	}
	for _, t := range tasks {
		if id, err := strconv.Atoi(t.Name()); err == nil {
			_ = unix.Setpriority(unix.PRIO_PROCESS, id, 0)
		}
	}
}
