package virtual

import (
	"math"
	"testing"

	"osseo/haptics"
)

// soft is a tool in uniform tissue: a force that grows with speed, no wall, no drop.
func soft(t *testing.T, hand Operator, seconds float64) (deepest float64) {
	t.Helper()
	leg := armed(t, hand, Options{Start: -5e-3})
	var c haptics.Command
	var s haptics.Sample
	for range int(seconds * 1000) {
		exchange(t, leg, &c, &s)
		deepest = max(deepest, s.Position)
		c = haptics.Command{}
		if s.Position > 5e-3 { // something to stop at, then to work through slowly
			c.Stiffness, c.Damping, c.Anchor = 2e3, 3e3, min(s.Position, 6e-3)
			if hand.Phase() >= Cutting {
				c.Stiffness = 0
			}
		}
		if p := hand.Phase(); p == Released || p == GaveUp {
			return deepest
		}
	}
	return deepest
}

// A depth seen by the eye is kept within a few millimetres where nothing gives way suddenly.
func TestHandsStopAtADepth(t *testing.T) {
	for _, want := range []float64{12e-3, 25e-3} {
		for seed := range uint64(8) {
			hand := Expert(seed, Task{Driver: Powered, Depth: want, PushLeast: 20, PushMost: 60})
			got := soft(t, hand, 30)
			if math.IsNaN(hand.NoticedAt()) || math.Abs(got-want) > 3e-3 {
				t.Errorf("seed %d: asked for %.0f mm, came to %.1f (%s)", seed, want*1e3, got*1e3, hand.Phase())
			}
		}
		robot := NewRobot(Task{Driver: Powered, Depth: want, Feed: 5e-3})
		if got := soft(t, robot, 30); math.Abs(got-want) > 0.5e-3 {
			t.Errorf("robot: asked for %.0f mm, came to %.2f", want*1e3, got*1e3)
		}
	}
}

// tube is two walls with nothing much between, cut at a rate that grows with the push beyond dull.
type tube struct {
	walls  [2][2]float64 // m, faces
	front  float64       // m
	behind int           // walls cut
	firstN float64       // N, greatest force on the first wall
}

func (w *tube) render(s *haptics.Sample, c *haptics.Command) {
	*c = haptics.Command{Damping: 20}
	if w.behind == 2 || s.Position < w.walls[w.behind][0] {
		return
	}
	at := &w.walls[w.behind]
	w.front = max(w.front, at[0])
	if push := 40e3 * (s.Position - w.front); push > 20 && s.Trigger > 0.5 {
		w.front += 40e-6 * (push - 20) * 1e-3
	}
	c.Stiffness, c.Damping, c.Anchor = 40e3, 8, w.front
	if w.behind == 0 {
		w.firstN = max(w.firstN, c.At(s.Position, s.Velocity))
	}
	if w.front >= at[1] {
		w.behind++
		c.Stiffness = 0
	}
}

// drillTube lets a hand work on a tube; it returns how far past the far face it came.
func drillTube(t *testing.T, hand Operator) (w *tube, past float64) {
	t.Helper()
	w = &tube{walls: [2][2]float64{{1e-3, 5e-3}, {17e-3, 21e-3}}}
	leg := armed(t, hand, Options{Start: -5e-3, Force: 400})
	var c haptics.Command
	var s haptics.Sample
	deepest := 0.0
	for range 60000 {
		exchange(t, leg, &c, &s)
		w.render(&s, &c)
		deepest = max(deepest, s.Position)
		if p := hand.Phase(); p == Released || p == GaveUp {
			break
		}
	}
	return w, deepest - w.walls[1][1]
}

// A hand told of two walls goes through both and stops behind the second; told of one it stops behind the first.
func TestHandsCrossTwoWalls(t *testing.T) {
	for seed := range uint64(6) {
		two := Expert(seed, Task{Driver: Powered, Walls: 2, PushLeast: 60, PushMost: 100})
		w, past := drillTube(t, two)
		if w.behind != 2 || past < 0 || past > 25e-3 || math.IsNaN(two.NoticedAt()) {
			t.Errorf("seed %d: %d walls, %.1f mm past, %s", seed, w.behind, past*1e3, two.Phase())
		}
		one := Expert(seed, Task{Driver: Powered, PushLeast: 60, PushMost: 100})
		if w, _ := drillTube(t, one); w.behind != 1 {
			t.Errorf("seed %d: told of one wall, cut %d", seed, w.behind)
		}
	}
	robot := NewRobot(Task{Driver: Powered, Walls: 2, Feed: 1e-3})
	if w, past := drillTube(t, robot); w.behind != 2 || past > 2e-3 {
		t.Errorf("robot: %d walls, %.2f mm past", w.behind, past*1e3)
	}
}

// Leaning raises what a person can push beyond the limit of the seated arm; bouncing raises the peak over the steady push.
func TestLeaningAndBouncingPushHarder(t *testing.T) {
	base := Task{Driver: Powered, Walls: 2, PushLeast: 190, PushMost: 190}
	seated, _ := drillTube(t, Expert(3, base))
	base.Lean = 0.8
	leaning, _ := drillTube(t, Expert(3, base))
	if leaning.firstN < 1.2*seated.firstN {
		t.Errorf("leaning %.0f N, seated %.0f N", leaning.firstN, seated.firstN)
	}
	base.Lean, base.PushLeast, base.PushMost = 0, 60, 60
	steady, _ := drillTube(t, Expert(3, base))
	base.Bounce = true
	bouncing, _ := drillTube(t, Expert(3, base))
	if bouncing.firstN < 1.15*steady.firstN {
		t.Errorf("bouncing %.0f N, steady %.0f N", bouncing.firstN, steady.firstN)
	}
}
