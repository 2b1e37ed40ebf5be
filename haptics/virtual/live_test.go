package virtual

import (
	"math"
	"testing"

	"osseo/haptics"
)

// The zero intent is a tool nobody holds.
func TestZeroIntentIsNotHeld(t *testing.T) {
	var i Intent
	l := armed(t, NewLive(&i), Options{})
	var c haptics.Command
	var s haptics.Sample
	i.SetEffort(50)
	i.SetTrigger(1)
	for range 500 {
		exchange(t, l, &c, &s)
	}
	if s.Position != defaultStart || s.Load != 0 || s.Trigger != 0 {
		t.Errorf("a tool not held went to %g m with load %g N, trigger %g", s.Position, s.Load, s.Trigger)
	}
}

// An intent in a byte slice is the same intent for whoever lays one over the same bytes.
func TestIntentInBytes(t *testing.T) {
	mem := make([]byte, IntentSize+8)
	a, err := IntentIn(mem)
	if err != nil {
		t.Fatal(err)
	}
	b, err := IntentIn(mem)
	if err != nil {
		t.Fatal(err)
	}
	a.SetEffort(500)
	a.SetTilt(0.1, -9)
	a.SetPoint(1e-3, 2e-3)
	a.SetTwist(math.NaN())
	a.SetTrigger(0.5)
	a.SetHold(true)
	a.SetStyletOut(true)
	x, y := b.Tilt()
	u, v := b.Point()
	if b.Effort() != MaxEffort || x != 0.1 || y != -MaxTilt || u != 1e-3 || v != 2e-3 || b.Twist() != 0 ||
		b.Trigger() != 0.5 || !b.Hold() || !b.StyletOut() || b.Behind() {
		t.Errorf("read back %g %g %g %g %g %g %g", b.Effort(), x, y, u, v, b.Twist(), b.Trigger())
	}
	if _, err := IntentIn(mem[:IntentSize-1]); err == nil {
		t.Error("too few bytes were accepted")
	}
	if _, err := IntentIn(mem[1:]); err == nil {
		t.Error("an odd address was accepted")
	}
}

// Effort builds up in some 150 ms and goes in some 80 ms; it never jumps.
func TestLiveEffortHasInertia(t *testing.T) {
	var i Intent
	i.SetHold(true)
	l := armed(t, NewLive(&i), Options{Start: 1e-6})
	c := haptics.Command{Stiffness: 40e3, Damping: 20}
	var s haptics.Sample
	exchange(t, l, &c, &s)
	i.SetEffort(40)
	cross := func(up bool, level float64) int {
		for tick := range 2000 {
			exchange(t, l, &c, &s)
			if (l.grip.Effort >= level) == up {
				return tick
			}
		}
		t.Fatalf("effort never crossed %g N", level)
		return 0
	}
	rise := cross(true, 40*(1-math.Exp(-1)))
	for range 1000 {
		exchange(t, l, &c, &s)
	}
	i.SetEffort(0)
	fall := cross(false, 40*math.Exp(-1))
	if rise < 145 || rise > 155 || fall < 75 || fall > 85 {
		t.Errorf("rise %d ms, fall %d ms", rise, fall)
	}
}

// When the wall gives way under 50 N a live hand lunges like an arm, not like a free mass: some millimetres, and it does
// not run on while the person reacts.
func TestLiveHandDoesNotRunAway(t *testing.T) {
	var i Intent
	i.SetHold(true)
	i.SetEffort(50)
	l := armed(t, NewLive(&i), Options{Start: 1e-6})
	c := haptics.Command{Stiffness: 40e3, Damping: 8}
	var s haptics.Sample
	for range 3000 {
		exchange(t, l, &c, &s)
	}
	from := s.Position
	c = haptics.Command{Force: 12}
	for range 150 {
		exchange(t, l, &c, &s)
	}
	if lunge := (s.Position - from) * 1e3; lunge < 3 || lunge > 15 {
		t.Errorf("lunged %.1f mm in 150 ms", lunge)
	}
}

// A tool let go in tissue stays where it is: friction carries it, the arm does not.
func TestToolLetGoStays(t *testing.T) {
	var i Intent
	i.SetHold(true)
	i.SetEffort(15)
	l := armed(t, NewLive(&i), Options{Start: 1e-6})
	c := haptics.Command{Stiffness: 10e3, Damping: 20}
	var s haptics.Sample
	for range 2000 {
		exchange(t, l, &c, &s)
	}
	i.SetEffort(0)
	for range 1000 {
		exchange(t, l, &c, &s)
	}
	i.SetHold(false)
	from := s.Position
	for range 2000 {
		exchange(t, l, &c, &s)
	}
	if math.Abs(s.Position-from) > 0.1e-3 || math.Abs(s.Load) > 1e-9 {
		t.Errorf("moved from %g to %g m with load %g N", from, s.Position, s.Load)
	}
	i.SetHold(true)
	exchange(t, l, &c, &s)
	if math.Abs(s.Velocity) > 0.05 {
		t.Errorf("taking hold jerked the tool to %g m/s", s.Velocity)
	}
}

// In air a live hand moves on at a speed a hand has and can be drawn back.
func TestLiveHandInAir(t *testing.T) {
	var i Intent
	i.SetHold(true)
	i.SetEffort(8)
	l := armed(t, NewLive(&i), Options{})
	var c haptics.Command
	var s haptics.Sample
	fastest := 0.0
	for range 1000 {
		exchange(t, l, &c, &s)
		fastest = max(fastest, s.Velocity)
	}
	if s.Position < defaultStart+5e-3 || fastest > 0.25 {
		t.Errorf("8 N for 1 s went to %g m at up to %g m/s", s.Position, fastest)
	}
	i.SetEffort(-8)
	from := s.Position
	for range 1500 {
		exchange(t, l, &c, &s)
	}
	if s.Position > from-3e-3 {
		t.Errorf("a pull of 8 N drew it from %g to %g m", from, s.Position)
	}
}

// Tilt and point move at the speed of a hand.
func TestLiveAimIsNotInstant(t *testing.T) {
	var i Intent
	i.SetHold(true)
	l := armed(t, NewLive(&i), Options{})
	var c haptics.Command
	var s haptics.Sample
	exchange(t, l, &c, &s)
	i.SetTilt(0.5, 0)
	i.SetPoint(30e-3, 0)
	for range 100 {
		exchange(t, l, &c, &s)
	}
	if s.TiltX > 0.13 || s.U > 16e-3 {
		t.Errorf("after 0.1 s tilt %g rad, point %g m", s.TiltX, s.U)
	}
	for range 1500 {
		exchange(t, l, &c, &s)
	}
	if math.Abs(s.TiltX-0.5) > 1e-3 || math.Abs(s.U-30e-3) > 1e-4 {
		t.Errorf("settled at tilt %g rad, point %g m", s.TiltX, s.U)
	}
}

// The finger needs some tens of milliseconds for the trigger.
func TestLiveTrigger(t *testing.T) {
	var i Intent
	i.SetHold(true)
	i.SetTrigger(1)
	l := armed(t, NewLive(&i), Options{})
	var c haptics.Command
	var s haptics.Sample
	for range 30 {
		exchange(t, l, &c, &s)
	}
	if want := 1 - math.Exp(-1); math.Abs(s.Trigger-want) > 0.01 {
		t.Errorf("trigger %g after 30 ms, want %g", s.Trigger, want)
	}
}

// Fingers relax before they part: what is pressed on does not shoot back at full force.
func TestLetGoUnderPushRelaxesFirst(t *testing.T) {
	i := new(Intent)
	h := NewLive(i)
	var f Feel
	var g Grip
	i.SetHold(true)
	i.SetEffort(40)
	const dt = 1 / SubstepHz
	for range int(2 * SubstepHz) {
		h.Act(&f, dt, &g)
	}
	if g.Effort < 35 {
		t.Fatalf("pushes with %.1f N", g.Effort)
	}
	i.SetHold(false)
	last, steps := g.Effort, 0
	for ; !g.Loose; steps++ {
		h.Act(&f, dt, &g)
		if !g.Loose && (g.Effort > last || last-g.Effort > 0.1) {
			t.Fatalf("from %.2f N to %.2f N in one substep", last, g.Effort)
		}
		if !g.Loose {
			last = g.Effort
		}
		if steps > int(SubstepHz) {
			t.Fatal("still held a second after letting go")
		}
	}
	if s := float64(steps) * dt; s < 0.1 || s > 0.5 {
		t.Errorf("let go after %.2f s", s)
	}
}
