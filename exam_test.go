//go:build linux && !headless

package main

import (
	"encoding/json"
	"math"
	"strconv"
	"testing"
	"time"

	"osseo/physics"
	"osseo/scenarios"
)

// In exam mode, in a small window, a trainee puts a manual needle in by twisting: nothing of the inside is shown, and the
// trial is graded all the same.
func TestAnExamByHandInASmallWindow(t *testing.T) {
	if testing.Short() {
		t.Skip("NOT TESTED: the real window, with -short")
	}
	s := newScreen(t, "1024x700")
	s.open()
	s.xdotool("search", "--onlyvisible", "--name", "Osseo", "windowsize", "1024", "700") // no window manager here to fit it
	pause(time.Second)
	s.xdotool("type", "--delay", "60", "A trainee with quite a long name")
	s.keys("Return")
	pause(time.Second)
	s.keys("e", "Right")
	s.shot("small-lobby")
	s.keys("Return")
	s.wait("the recording", func() bool { return s.recording() != nil })
	pause(time.Second)
	if mode := s.recording().Header().Mode; mode != "exam" {
		t.Fatalf("mode %q, case %q", mode, s.recording().Header().Case)
	}
	c, err := scenarios.Load(s.recording().Header().Case)
	if err != nil || c.ID != "adult-trauma-manual" {
		t.Fatalf("case %+v, %v", c, err)
	}
	s.keys("1", "2", "3", "4", "5", "6", "7", "Next")
	s.chooseByHand(c)
	s.twistIn()
	s.finishEarly(c)
	got := s.sessions()[0]
	if got["mode"] != "exam" || got["graded"] != true || got["zone"] != "medulla" {
		t.Errorf("stored: %v %v %v", got["mode"], got["graded"], got["zone"])
	}
}

// chooseByHand takes the first site and the manual driver and needle of the tray, and marks the point by keyboard.
func (s *screen) chooseByHand(c *scenarios.Case) {
	s.t.Helper()
	sites := 0
	for _, l := range c.Limbs {
		if l.Side == "right" {
			sites++
		}
	}
	key := func(n int) string { return string(rune('0' + n%10)) }
	s.keys("1")
	for i, d := range c.Tray.Drivers {
		if d == string(physics.Manual) {
			s.keys(key(sites + 2 + i))
		}
	}
	for i, id := range c.Tray.Needles {
		if id == "manual-15g" {
			s.keys(key(sites + 2 + len(c.Tray.Drivers) + i))
		}
	}
	s.did(scenarios.ChooseNeedle)
	s.shot("small-choose")
}

// marked clicks on the limb and returns where on the bone that was, m from the ideal point.
func (s *screen) marked(x, y float64) (u, v float64) {
	s.t.Helper()
	before := len(s.located())
	s.xdotool("mousemove", strconv.Itoa(int(x)), strconv.Itoa(int(y)), "click", "1")
	s.wait("a marked point", func() bool { return len(s.located()) > before })
	all := s.located()
	a := all[len(all)-1]
	return a.U, a.V
}

func (s *screen) located() []scenarios.Action {
	var all []scenarios.Action
	m := s.recording()
	if m == nil {
		return nil
	}
	for _, k := range m.Marks() {
		var a scenarios.Action
		if k.Kind == "action" && json.Unmarshal([]byte(k.JSON), &a) == nil && a.Kind == scenarios.Locate {
			all = append(all, a)
		}
	}
	return all
}

// locate finds the ideal point as one who knows the landmarks: two marks beside each other tell the scale of the picture.
func (s *screen) locate() {
	s.t.Helper()
	const x, y, d = 480.0, 300.0, 40.0
	u0, v0 := s.marked(x, y)
	s.keys("Prior")
	u1, v1 := s.marked(x+d, y)
	s.keys("Prior")
	u2, v2 := s.marked(x, y+d)
	s.keys("Prior")
	a, b, c, e := (u1-u0)/d, (u2-u0)/d, (v1-v0)/d, (v2-v0)/d
	det := a*e - b*c
	u, v := s.marked(x-(e*u0-b*v0)/det, y-(a*v0-c*u0)/det)
	if math.Hypot(u, v) > 6e-3 {
		s.t.Errorf("the point marked last is %.1f mm from the ideal one", math.Hypot(u, v)*1e3)
	}
}

// twistIn marks the point, takes the tool and twists it through.
func (s *screen) twistIn() {
	s.t.Helper()
	s.locate()
	s.keys("1", "2", "t")
	s.did(scenarios.Insert)
	s.xdotool("keydown", "q")
	s.wait("the pop", func() bool {
		if s.push() < 85 && !s.happened(physics.Breakthrough) { // as much as twisting needs, no more
			s.xdotool("keydown", "Down")
			pause(300 * time.Millisecond)
			s.xdotool("keyup", "Down")
		}
		return s.happened(physics.Breakthrough)
	})
	s.xdotool("keyup", "q", "keydown", "Up") // at once: a picture takes as long as a needle to the far wall
	pause(time.Second)
	s.xdotool("keyup", "Up")
	s.shot("small-exam")
	s.keys("t")
	s.did(scenarios.Release)
}

// push is the push of the hand as recorded last, N.
func (s *screen) push() float64 {
	m := s.recording()
	if m == nil || len(m.Rows()) == 0 {
		return 0
	}
	rows := m.Rows()
	return rows[len(rows)-1].Load
}

// finishEarly ends the case without the rest of the procedure.
func (s *screen) finishEarly(c *scenarios.Case) {
	s.t.Helper()
	s.keys("Next") // letting go after the pop has turned to Confirm
	n := len(c.Tray.Drugs) + 5
	s.keys([]string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "minus", "equal"}[n-1])
	s.wait("the stored trial", func() bool { return len(s.sessions()) == 1 })
	pause(3 * time.Second)
	s.shot("small-debrief")
}
