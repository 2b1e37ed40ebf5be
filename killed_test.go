//go:build linux && !headless

package main

import (
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"osseo/app/recording"
	"osseo/scenarios"
)

// servo is the process id of the program's servo, 0 when there is none.
func (s *screen) servo() int {
	children, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", s.app.Process.Pid, s.app.Process.Pid))
	for _, c := range strings.Fields(string(children)) {
		if pid, err := strconv.Atoi(c); err == nil && isServo(pid) {
			return pid
		}
	}
	all, _ := os.ReadDir("/proc")
	for _, e := range all {
		if pid, err := strconv.Atoi(e.Name()); err == nil && isServo(pid) && parent(pid) == s.app.Process.Pid {
			return pid
		}
	}
	return 0
}

func isServo(pid int) bool {
	line, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	return strings.Contains(string(line), "\x00servo\x00")
}

func parent(pid int) int {
	stat, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	after := strings.Fields(string(stat[strings.LastIndex(string(stat), ")")+1:]))
	if len(after) < 2 {
		return 0
	}
	ppid, _ := strconv.Atoi(after[1])
	return ppid
}

func alive(pid int) bool { return syscall.Kill(pid, 0) == nil && isServo(pid) }

// pushing opens the program and brings it to a needle pressed on bone.
func pushing(t *testing.T) *screen {
	t.Helper()
	if testing.Short() {
		t.Skip("NOT TESTED: the real window, with -short")
	}
	s := newScreen(t, "1440x900")
	s.open()
	s.xdotool("type", "--delay", "60", "Ben")
	s.keys("Return")
	pause(time.Second)
	s.keys("Return")
	s.wait("the recording", func() bool { return s.recording() != nil })
	s.before()
	s.xdotool("keydown", "Down")
	s.wait("a push of 30 N", func() bool {
		rows := s.recording().Rows()
		return len(rows) > 0 && rows[len(rows)-1].Rendered > 30
	})
	return s
}

func TestWindowKilledWhilePushing(t *testing.T) {
	s := pushing(t)
	pid := s.servo()
	if pid == 0 {
		t.Fatal("the window runs no servo of its own")
	}
	if err := s.app.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = s.app.Wait()
	s.wait("the servo to end", func() bool { return !alive(pid) })
	m := s.recording()
	end := m.End()
	if !end.Clean || end.Footer == nil || end.Footer.Reason != "window-gone" {
		t.Errorf("the recording ends with %+v", end)
	}
	rows := m.Rows()
	if f := rows[len(rows)-1].Rendered; math.Abs(f) > 0.5 {
		t.Errorf("the last force is %.2f N", f)
	}
}

func TestServoKilledWhilePushing(t *testing.T) {
	s := pushing(t)
	pid := s.servo()
	if pid == 0 {
		t.Fatal("the window runs no servo of its own")
	}
	before := len(s.recording().Rows())
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	s.xdotool("keyup", "Down")
	pause(2 * time.Second)
	s.shot("servo-gone")
	if err := s.app.Process.Signal(syscall.Signal(0)); err != nil {
		t.Fatalf("the window is gone too: %v", err)
	}
	m := s.recording()
	if m == nil || len(m.Rows()) < before || m.End().Clean || m.End().Reason == "" {
		t.Fatalf("the recording does not open as a cut one: %+v", m.End())
	}
	s.again(m)
}

// again leaves what is on the screen and starts the case anew: the window goes on with another servo.
func (s *screen) again(old *recording.Memory) {
	s.t.Helper()
	s.keys("Return")
	s.wait("a new servo", func() bool { return s.servo() != 0 })
	s.wait("a new recording", func() bool {
		m := s.recording()
		return m != nil && m.Header().StartedAt != old.Header().StartedAt
	})
	s.keys("1")
	s.did(scenarios.Decide)
}
