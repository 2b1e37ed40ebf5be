//go:build linux && !headless

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"osseo/app/trial"
	"osseo/haptics/leg"
	"osseo/physics"
	"osseo/scenarios"
)

// cable is an emulated leg of the test's own, whose cable it can pull.
type cable struct {
	t  *testing.T
	in io.Writer
}

// emulate starts an emulated leg that the window finds in its environment.
func (s *screen) emulate() cable {
	s.t.Helper()
	need(s.t, "qemu-system-arm")
	c := exec.Command(s.program, "device", "emulate")
	c.Stderr = os.Stderr
	in, err := c.StdinPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = in.Close(); _ = c.Wait() })
	name, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		s.t.Fatalf("the emulated leg named no port: %v", err)
	}
	s.extra = append(s.extra, trial.EmulatedPort+"="+strings.TrimSpace(name))
	return cable{s.t, in}
}

func (c cable) say(word string) {
	c.t.Helper()
	if _, err := fmt.Fprintln(c.in, word); err != nil {
		c.t.Fatal(err)
	}
}

// diagnosis saves a diagnosis in the leg room and reads it.
func (s *screen) diagnosis() *leg.Report {
	s.t.Helper()
	old, _ := filepath.Glob(filepath.Join(s.data, "osseo-leg-*.json"))
	for _, f := range old {
		_ = os.Remove(f)
	}
	s.keys("s")
	for end := time.Now().Add(3 * time.Second); time.Now().Before(end); pause(50 * time.Millisecond) {
		now, _ := filepath.Glob(filepath.Join(s.data, "osseo-leg-*.json"))
		if len(now) == 0 {
			continue
		}
		text, err := os.ReadFile(now[0])
		r := new(leg.Report)
		if err == nil && json.Unmarshal(text, r) == nil {
			return r
		}
	}
	return nil
}

// last is the place of the newest mark of a kind in the recording, -1 when there is none.
func (s *screen) last(kind string) int {
	m := s.recording()
	if m == nil {
		return -1
	}
	at := -1
	for i, k := range m.Marks() {
		if k.Kind == kind {
			at = i
		}
	}
	return at
}

// armed arms the leg again where a busy machine made it fall behind; the trainee would do the same.
func (s *screen) armed() {
	s.t.Helper()
	for range 20 {
		if s.last("fault") <= s.last("armed") {
			return
		}
		k := s.recording().Marks()[s.last("fault")]
		s.t.Logf("armed again after %s at tick %d", k.JSON, k.Tick)
		s.keys("r")
		pause(600 * time.Millisecond)
	}
	s.t.Fatal("the leg does not stay armed")
}

// A leg is connected, tests itself, and a case runs on it; its cable is pulled while the needle is pushed, put in again, and
// force comes back only after the trainee has armed the leg.
func TestACaseOnTheEmulatedLegIsUnpluggedAndArmedAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("NOT TESTED: the real window, with -short")
	}
	s := newScreen(t, "1440x900")
	pull := s.emulate()
	s.open()
	s.xdotool("type", "--delay", "60", "Ana")
	s.keys("Return")
	pause(time.Second)
	s.keys("F2", "e")
	s.shot("leg-choose")
	s.keys("Return")
	s.wait("a leg that is ready", func() bool { r := s.diagnosis(); return r != nil && r.Usable })
	pause(time.Second)
	r := s.diagnosis()
	if r == nil || r.Leg == nil || len(r.SelfTest) < 8 || r.Link == nil || r.Link.States < 500 {
		t.Fatalf("diagnosis %+v", r)
	}
	for _, o := range r.SelfTest {
		if !o.Passed {
			t.Errorf("self-test %s: %d, allowed %d..%d", o.Test, o.Value, o.Least, o.Most)
		}
	}
	s.keys("t") // the words of the saved file go
	pause(time.Second)
	s.shot("leg-room")
	s.keys("Return", "Return")
	s.wait("the recording", func() bool { return s.recording() != nil })
	if d := s.recording().Header().Device; d != trial.Emulated {
		t.Errorf("the case runs on %q", d)
	}
	s.pulled(pull)
	s.popped()
	s.ended()
}

// pulled goes to the bone, pulls the cable, puts it in and arms again.
func (s *screen) pulled(pull cable) {
	s.t.Helper()
	s.armed()
	s.keys("1", "Next", "1")
	s.did(scenarios.ChooseSite)
	s.keys("4", "7")
	s.did(scenarios.ChooseNeedle)
	pause(time.Second)
	s.xdotool("mousemove", "705", "340", "click", "1")
	s.did(scenarios.Locate)
	s.armed()
	s.keys("t")
	s.did(scenarios.Insert)
	s.press(func() bool { return s.happened(physics.Contact) })
	before := s.last("fault")
	pull.say("unplug")
	s.wait("the fault", func() bool { return s.last("fault") > before })
	pause(time.Second)
	s.shot("leg-unplugged")
	s.keys("r") // there is nothing to be armed
	if s.last("armed") > s.last("fault") {
		s.t.Error("a leg that is not there was armed")
	}
	pull.say("plug")
	pause(2 * time.Second)
	s.shot("leg-back")
	m := s.recording()
	if n := len(m.Rows()); n > 0 && m.Rows()[n-1].Tick < int64(n)-1 {
		s.t.Errorf("%d rows to tick %d", n, m.Rows()[n-1].Tick)
	}
	s.armed()
}

// press pushes until done, arming the leg again where it fell behind.
func (s *screen) press(done func() bool) {
	s.t.Helper()
	s.wait("the push to do its work", func() bool {
		s.armed()
		s.xdotool("keydown", "Down")
		pause(400 * time.Millisecond)
		s.xdotool("keyup", "Down")
		return done()
	})
}

// popped drills to the pop and lets go.
func (s *screen) popped() {
	s.t.Helper()
	s.xdotool("keydown", "space")
	s.press(func() bool { return s.happened(physics.Breakthrough) })
	s.xdotool("keyup", "space")
	s.shot("leg-pop")
	s.armed()
	s.keys("t")
	s.did(scenarios.Release)
	pause(time.Second) // the room turns to Confirm
}

// ended finishes the case and looks at what was stored.
func (s *screen) ended() {
	s.t.Helper()
	c, err := scenarios.Load("adult-arrest")
	if err != nil {
		s.t.Fatal(err)
	}
	s.finishEarly(c)
	got := s.sessions()[0]
	file, _ := got["recording"].(string)
	r, e, err := trial.Replay(file)
	if err != nil || !r.Identical {
		s.t.Fatalf("replay %+v, %v", r, err)
	}
	if len(e.Attempts) == 0 || !e.Attempts[0].Events.Has(physics.Breakthrough) || e.Fault == "" || got["graded"] != true {
		s.t.Errorf("stored %v; attempts %d, fault %q", got, len(e.Attempts), e.Fault)
	}
}

// In a small window, opened with the name of a leg that is not there: the room says what to do. Then with the emulated leg,
// which the window starts by itself and which ends with it.
func TestTheLegRoomInASmallWindow(t *testing.T) {
	if testing.Short() {
		t.Skip("NOT TESTED: the real window, with -short")
	}
	s := newScreen(t, "1024x700")
	need(t, "qemu-system-arm")
	s.args = []string{"--device", "/dev/ttyACM77"}
	s.open()
	s.xdotool("search", "--onlyvisible", "--name", "Osseo", "windowsize", "1024", "700")
	var r *leg.Report
	s.wait("the diagnosis", func() bool { r = s.diagnosis(); return r != nil && len(r.Diagnoses) > 0 })
	if r.Diagnoses[0].Trouble != leg.NotThere || r.Usable {
		t.Errorf("diagnosis %+v", r.Diagnoses[0])
	}
	s.shot("leg-trouble")
	s.keys("e", "Return")
	s.wait("the emulated leg", func() bool { r = s.diagnosis(); return r != nil && r.Usable })
	s.shot("leg-small")
	if !s.emulates() {
		t.Error("no emulated leg runs")
	}
	s.keys("v")
	s.wait("the emulated leg to end", func() bool { return !s.emulates() })
}

// emulates reports whether the program has an emulated leg of its own.
func (s *screen) emulates() bool {
	all, _ := os.ReadDir("/proc")
	for _, e := range all {
		line, _ := os.ReadFile(filepath.Join("/proc", e.Name(), "cmdline"))
		if strings.Contains(string(line), s.program+"\x00device\x00emulate") {
			return true
		}
	}
	return false
}
