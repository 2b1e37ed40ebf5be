package haptics

import (
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

// machine is the loop's place on Windows: a high-resolution waitable timer (Windows 10 1803 and later) on a thread of
// time-critical priority, else the runtime's timer.
type machine struct {
	start time.Time
	timer uintptr
}

var (
	kernel32           = windows.NewLazySystemDLL("kernel32.dll")
	procCreateTimer    = kernel32.NewProc("CreateWaitableTimerExW")
	procSetTimer       = kernel32.NewProc("SetWaitableTimer")
	procThreadPriority = kernel32.NewProc("SetThreadPriority")
	highResolution     = uintptr(0x2)          // CREATE_WAITABLE_TIMER_HIGH_RESOLUTION
	timerAllAccess     = uintptr(0x1F0003)     // TIMER_ALL_ACCESS
	timeCritical       = uintptr(15)           // THREAD_PRIORITY_TIME_CRITICAL
	timerTick          = 100 * time.Nanosecond // unit of SetWaitableTimer
)

// pollFrom is how long before the deadline sleeping ends. Assumed: a fifth of a core at 1 kHz is a fair price, and the
// high-resolution timer is off by up to 0.5 ms, the rest of which is lateness that the statistics show.
const pollFrom = 200 * time.Microsecond

func newPlace() place { return &machine{start: time.Now()} }

func (m *machine) now() int64 { return int64(time.Since(m.start)) }

func (m *machine) wait(until int64) {
	if left := time.Duration(until-m.now()) - pollFrom; left > 0 {
		m.sleep(left)
	}
	for m.now() < until {
		continue
	}
}

func (m *machine) sleep(d time.Duration) {
	if m.timer == 0 {
		time.Sleep(d)
		return
	}
	due := -int64(d / timerTick) // negative: relative
	ok, _, _ := syscall.SyscallN(procSetTimer.Addr(), m.timer, uintptr(unsafe.Pointer(&due)), 0, 0, 0, 0)
	if ok == 0 {
		time.Sleep(d)
		return
	}
	_, _ = windows.WaitForSingleObject(windows.Handle(m.timer), windows.INFINITE)
}

func (m *machine) enter() *class {
	c := &class{
		name:   SchedulerNormal,
		notice: "Windows has no hard real-time class: the loop runs at time-critical thread priority. Close what keeps the machine busy.",
	}
	_, _, _ = procThreadPriority.Call(uintptr(windows.CurrentThread()), timeCritical)
	m.timer, _, _ = procCreateTimer.Call(0, 0, highResolution, timerAllAccess)
	if m.timer == 0 {
		c.notice += " This Windows has no high-resolution timer: version 1803 or later is needed for an even 1 kHz."
	}
	return c
}

func (m *machine) leave() {
	if m.timer != 0 {
		_ = windows.CloseHandle(windows.Handle(m.timer))
		m.timer = 0
	}
}
