package haptics

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// fifoPriority is below the kernel's own threads at 99 and above sound servers; cyclictest is measured at the same.
const fifoPriority = 80

// grant is what the kernel gave a loop's thread.
type grant struct {
	latency *os.File // held open: keeps the processor out of deep sleep
}

// take asks for SCHED_FIFO, else for RealtimeKit's round robin, and locks the memory. What is refused is in the notice.
func (g *grant) take() *class {
	c := &class{name: SchedulerFIFO}
	_ = unix.Prctl(unix.PR_SET_TIMERSLACK, 1, 0, 0, 0) // ns; at normal priority the kernel may else wake 50 us late
	if err := fifo(fifoPriority); err != nil {
		c.name = SchedulerRTKit
		if kit := realtimeKit(unix.Gettid()); kit != nil {
			c.name = SchedulerNormal
			c.notice = fmt.Sprintf("normal priority: the leg may stutter while the machine is busy. SCHED_FIFO: %v; RealtimeKit: %v. "+
				"Allow real-time priority %d for this user (rtprio in /etc/security/limits.d), then log in again.", err, kit, fifoPriority)
		}
	}
	c.locked = lockMemory() == nil
	if !c.locked && c.name != SchedulerNormal {
		c.notice = "memory not locked: swapping may stop the leg for a moment. Allow memlock for this user in /etc/security/limits.d."
	}
	g.latency = keepAwake()
	return c
}

func (g *grant) giveBack() {
	if g.latency != nil {
		_ = g.latency.Close()
	}
}

// fifo puts the calling thread into SCHED_FIFO. Threads the runtime starts from it do not inherit the class.
func fifo(priority uint32) error {
	return unix.SchedSetAttr(0, &unix.SchedAttr{
		Size: unix.SizeofSchedAttr, Policy: unix.SCHED_FIFO, Priority: priority, Flags: unix.SCHED_FLAG_RESET_ON_FORK,
	}, 0)
}

// lockMemory keeps every page of the process that is touched from now on. ONFAULT, because the runtime reserves far more
// address space than it uses.
func lockMemory() error {
	return unix.Mlockall(unix.MCL_CURRENT | unix.MCL_FUTURE | unix.MCL_ONFAULT)
}

// keepAwake asks for no wake-up latency as long as the file is open, as cyclictest does. Only root may; nil otherwise.
func keepAwake() *os.File {
	f, err := os.OpenFile("/dev/cpu_dma_latency", os.O_WRONLY, 0)
	if err != nil {
		return nil
	}
	if _, err := f.Write(make([]byte, 4)); err != nil {
		_ = f.Close()
		return nil
	}
	return f
}
