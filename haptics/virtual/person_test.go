package virtual

import (
	"math"
	"testing"

	"osseo/haptics"
)

// A robot takes the stop of bone for bone and not the give of skin, and touches gently.
func TestRobotTouchesBone(t *testing.T) {
	r := NewRobot(Task{Driver: Powered, WaitAtBone: true})
	w := newWall(Powered, 3e-3, 10, 40e-6)
	greatest := 0.0
	leg := w.run(t, r, 1000, 6, func(s *haptics.Sample, c *haptics.Command) {
		greatest = max(greatest, c.At(s.Position, s.Velocity))
	})
	if at := leg.stage.x; !r.Ready() || math.Abs(at-w.bone) > 0.5e-3 || greatest > 25 {
		t.Errorf("ready %v at %.2f mm, bone at %.2f mm, greatest force %.1f N", r.Ready(), at*1e3, w.bone*1e3, greatest)
	}
}

// A hand comes down on a child more gently than on an adult.
func TestGentlerOnAChild(t *testing.T) {
	touch := func(child bool) (greatest float64) {
		w := newWall(Powered, 3e-3, 1e9, 0)
		h := Expert(3, Task{Driver: Powered, Child: child, WaitAtBone: true})
		w.run(t, h, 1000, 5, func(s *haptics.Sample, c *haptics.Command) { greatest = max(greatest, c.At(s.Position, s.Velocity)) })
		if !h.Ready() {
			t.Fatalf("child %v: not at the bone after 5 s: %v", child, h.Phase())
		}
		return greatest
	}
	if child, adult := touch(true), touch(false); child > 0.75*adult || child > 13 {
		t.Errorf("touches a child with %.1f N, an adult with %.1f N", child, adult)
	}
}

// One who misses the drop pushes on and goes deeper than the same person who does not.
func TestMissedDropGoesDeeper(t *testing.T) {
	depth := func(deaf bool) float64 {
		h := Trained(1, Task{Driver: Powered})
		h.who.deaf = deaf
		w := newWall(Powered, 3e-3, 10, 40e-6)
		w.run(t, h, 1000, 8, nil)
		if !w.through {
			t.Fatal("wall stands")
		}
		return w.plunge() * 1e3
	}
	if heard, missed := depth(false), depth(true); missed < 1.05*heard {
		t.Errorf("plunge %.1f mm when noticed, %.1f mm when missed", heard, missed)
	}
}

// A push that moves nothing is raised, slowly and to the person's own end.
func TestPushIsRaisedWhenStuck(t *testing.T) {
	h := Expert(2, Task{Driver: Powered, GiveUp: 20})
	w := newWall(Powered, 3e-3, 1e9, 0)
	var early, late float64
	w.run(t, h, 1000, 12, func(s *haptics.Sample, _ *haptics.Command) {
		if h.Phase() != Cutting {
			return
		}
		if since := s.Time - h.CutAt(); since < 1 {
			early = max(early, s.Load)
		}
		late = max(late, s.Load)
	})
	if early > 1.15*h.who.push || late < 0.9*h.who.most || late > 1.1*h.who.most {
		t.Errorf("prefers %.1f N and goes to %.1f N, pushed %.1f N in the first second and %.1f N at most",
			h.who.push, h.who.most, early, late)
	}
}

// The wrist knows its angle: strokes against uneven torque stay about the same place.
func TestStrokesDoNotWander(t *testing.T) {
	h := Expert(6, Task{Driver: Manual, GiveUp: 20})
	w := newWall(Manual, 3e-3, 1e9, 0)
	least, most, from := 0.0, 0.0, math.NaN()
	leg := New(h, Options{})
	if err := leg.Arm(); err != nil {
		t.Fatal(err)
	}
	w.dt = 1e-3
	var c haptics.Command
	var s haptics.Sample
	last := 0.0
	for range 12000 {
		exchange(t, leg, &c, &s)
		w.render(&s, &c)
		if s.Twist > last { // turning one way is hard, the other easy
			c.Torque = 1.2
		} else {
			c.Torque = 0
		}
		last = s.Twist
		if h.Phase() == Cutting {
			if math.IsNaN(from) {
				from = s.Twist
			}
			least, most = min(least, s.Twist-from), max(most, s.Twist-from)
		}
	}
	if swing := h.who.swing; least < -1.6*swing || most > 1.6*swing || most-least < swing {
		t.Errorf("strokes of %.2f rad went from %.2f to %.2f rad", swing, least, most)
	}
}

// Aim and tilt spread as the profile says, half as wide on a child.
func TestDrawnPeople(t *testing.T) {
	spread := func(child bool) (aim, tilt float64) {
		const n = 400
		for seed := range uint64(n) {
			h := Novice(seed, Task{Child: child})
			aim += h.who.u * h.who.u / n
			tilt += math.Hypot(h.who.tiltX, h.who.tiltY) / n
		}
		return math.Sqrt(aim), tilt
	}
	adult, tilt := spread(false)
	child, _ := spread(true)
	want := NoviceProfile.Aim.Mean
	if math.Abs(adult/want-1) > 0.15 || math.Abs(child/want-childAim) > 0.1 {
		t.Errorf("aim %.2g m on an adult, %.2g m on a child, profile %.2g m", adult, child, want)
	}
	if tilt < 0.10 || tilt > 0.20 {
		t.Errorf("mean tilt %.2f rad", tilt)
	}
}

// A hand behind the leg is seen by the leg.
func TestBehindIsSeen(t *testing.T) {
	for _, behind := range []bool{false, true} {
		l := armed(t, Expert(1, Task{Behind: behind}), Options{})
		var c haptics.Command
		var s haptics.Sample
		exchange(t, l, &c, &s)
		if seen := s.Switches&haptics.HandBehind != 0; seen != behind {
			t.Errorf("hand behind %v, switch %v", behind, seen)
		}
	}
}

// One who fears the blow of a spring driver presses less at the moment of firing than before.
func TestFlinch(t *testing.T) {
	atFire := func(flinch float64) (before, at float64) {
		h := Trained(2, Task{Driver: Spring})
		h.who.flinch = flinch
		w := newWall(Spring, 3e-3, 1e9, 0)
		w.run(t, h, 1000, 12, func(s *haptics.Sample, _ *haptics.Command) {
			if s.Trigger < 0.5 && h.Phase() == Cutting {
				before, at = max(before, s.Load), s.Load
			}
		})
		if h.Phase() != Released {
			t.Fatalf("ended %v", h.Phase())
		}
		return before, at
	}
	if before, at := atFire(0.4); at > 0.85*before {
		t.Errorf("flinched from %.1f to %.1f N", before, at)
	}
	if before, at := atFire(0); at < 0.97*before {
		t.Errorf("without fear from %.1f to %.1f N", before, at)
	}
}

// Who rocks tilts the needle with each stroke, by the angle that was drawn, and holds still when done.
func TestRocking(t *testing.T) {
	h := Trained(2, Task{Driver: Manual, GiveUp: 5})
	h.who.rock, h.who.driftX, h.who.driftY = 0.05, 0, 0
	w := newWall(Manual, 3e-3, 1e9, 0)
	most := 0.0
	w.run(t, h, 1000, 7, func(s *haptics.Sample, _ *haptics.Command) {
		if h.Phase() == Cutting {
			most = max(most, math.Hypot(s.TiltX-h.who.tiltX, s.TiltY-h.who.tiltY))
		}
	})
	if most < 0.035 || most > 0.055 { // the wrist's lag takes the rest
		t.Errorf("rocked by %.3f rad", most)
	}
}
