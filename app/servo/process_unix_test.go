//go:build unix

package servo

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"osseo/app/trial"
	"osseo/scenarios"
)

// A window that is killed must leave a servo that takes force to zero, closes the recording and goes.
func TestWindowKilled(t *testing.T) {
	lines := listen(t)
	t.Setenv(roleVar, "window")
	t.Setenv(servoVar, "servo")
	window := exec.Command(os.Args[0])
	window.Stderr = os.Stderr
	if err := window.Start(); err != nil {
		t.Fatal(err)
	}
	var pid int
	if _, err := fmt.Sscanf(await(t, lines, "pushing"), "pushing servo=%d", &pid); err != nil {
		t.Fatal(err)
	}
	killed := time.Now()
	if err := window.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	await(t, lines, "halt")
	halted := time.Since(killed)
	if line := await(t, lines, "finish"); line != "finish window-gone force=0" {
		t.Errorf("closed as %q", line)
	}
	await(t, lines, "end servo")
	t.Logf("halted after %v, gone after %v", halted, time.Since(killed))
	_ = window.Wait()
}

// A signal to the servo alone is the same: the window learns that it went.
func TestServoTerminated(t *testing.T) {
	for _, sig := range []os.Signal{syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP} {
		t.Run(sig.String(), func(t *testing.T) {
			lines := listen(t)
			c := start(t, "servo")
			begin(t, c, "plain")
			if err := c.cmd.Process.Signal(sig); err != nil {
				t.Fatal(err)
			}
			if line := await(t, lines, "finish"); line != "finish window-gone force=0" {
				t.Errorf("closed as %q", line)
			}
			awaitEvent(t, c, "servo-gone")
		})
	}
}

func TestServoStopped(t *testing.T) {
	c := start(t, "servo")
	begin(t, c, "plain")
	until(t, c, "tick 5", func(s *trial.Snapshot) bool { return s.Tick >= 5 })
	if err := c.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	awaitEvent(t, c, "servo-stalled") // a signal takes its time to stop every thread
	asked := time.Now()
	_, err := c.Act(scenarios.Action{Kind: scenarios.Flush})
	if took := time.Since(asked); !errors.Is(err, ErrTimeout) || took > 2*time.Second {
		t.Errorf("act on a stopped servo: %v after %v", err, took)
	}
	if err := c.cmd.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	if e := awaitEvent(t, c, "late-answer"); e.Text != "Done after all: seen flush" {
		t.Errorf("event %+v", e)
	}
	if _, err := c.Act(scenarios.Action{Kind: scenarios.Flush}); err != nil {
		t.Errorf("act after it runs again: %v", err)
	}
	awaitEvent(t, c, "servo-resumed")
}

func TestCloseOfAStoppedServoDoesNotHang(t *testing.T) {
	c := start(t, "servo")
	begin(t, c, "plain")
	if err := c.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	for range cap(c.outgoing) { // and its pipe is full as well
		c.outgoing <- []byte(strings.Repeat("x", 4000) + "\n")
	}
	start := time.Now()
	if err := c.Close(); err == nil || !strings.Contains(err.Error(), "was killed") {
		t.Errorf("close: %v", err)
	}
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("close took %v", took)
	}
}

// Two processes, full speed, every field of every snapshot.
func TestSnapshotIsNeverTornBetweenProcesses(t *testing.T) {
	c := start(t, "servo")
	begin(t, c, "fast")
	last, changes := int64(-1), 0
	for changes < 5000 {
		var s trial.Snapshot
		c.Snapshot(&s)
		if s.Tick < 0 {
			continue
		}
		if s != consistent(s.Tick) {
			t.Fatalf("torn snapshot %+v", s)
		}
		if s.Tick != last {
			changes++
			last = s.Tick
		}
	}
}

func TestMemoryHasNoNameAndOneSize(t *testing.T) {
	m, err := newMemory()
	if err != nil {
		t.Fatal(err)
	}
	defer m.handed()
	if matches, _ := os.ReadDir("/dev/shm"); len(matches) > 0 {
		for _, f := range matches {
			if strings.HasPrefix(f.Name(), "osseo-servo") {
				t.Errorf("%s is visible to others", f.Name())
			}
		}
	}
	short, err := newTempFile(sharedSize-8, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer short.Close()
	if _, err := mapFile(short); err == nil || !strings.Contains(err.Error(), "different builds") {
		t.Errorf("memory too small is mapped: %v", err)
	}
	if _, err := newTempFile(8, "/nowhere"); err == nil {
		t.Error("a file in no directory")
	}
	if _, err := openMemory("1"); err == nil {
		t.Error("standard output is taken for memory")
	}
}
