package haptictest

import (
	"math"
	"testing"

	"osseo/haptics"
)

// Factory makes a fresh leg, not armed, whose tool stands still or is pushed inward, and gives at least 1000 samples.
type Factory func(t testing.TB) haptics.Device

// RunDeviceTests runs everything a leg must do. A leg of kind "playback" answers to nobody, so what a leg does with force
// is skipped for it, and said so.
func RunDeviceTests(t *testing.T, factory Factory) {
	t.Helper()
	for _, c := range []struct {
		name  string
		test  func(t *testing.T, d haptics.Device)
		feels bool // needs a leg that renders
	}{
		{"info is sane", infoIsSane, false},
		{"exchange needs arming", exchangeNeedsArming, false},
		{"ticks and time increase", ticksIncrease, false},
		{"samples are finite", samplesAreFinite, false},
		{"zero command gives no force", zeroGivesNoForce, true},
		{"force pushes the tool out", forcePushesOut, true},
		{"a local spring resists", springResists, true},
		{"a command that is not finite does no harm", nonFiniteIsRefused, true},
		{"halt is inert and idempotent", haltIsInert, false},
		{"halt from another goroutine", haltFromElsewhere, false},
		{"armed again after halt", armedAgain, false},
		{"closed after halt", closedAfterHalt, false},
		{"exchange does not allocate", exchangeDoesNotAllocate, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := factory(t)
			t.Cleanup(func() { _ = d.Close() })
			if c.feels && d.Info().Kind == "playback" {
				t.Skip("a playback renders nothing")
			}
			c.test(t, d)
		})
	}
}

func arm(t testing.TB, d haptics.Device) {
	t.Helper()
	if err := d.Arm(); err != nil {
		t.Fatalf("arm: %v", err)
	}
}

// run exchanges c n times, asks each to be whole, and returns the last sample.
func run(t testing.TB, d haptics.Device, c haptics.Command, n int, each func(s *haptics.Sample)) (s haptics.Sample) {
	t.Helper()
	for k := range n {
		sent := c
		if err := d.Exchange(&sent, &s); err != nil {
			t.Fatalf("exchange %d: %v", k, err)
		}
		if each != nil {
			each(&s)
		}
	}
	return s
}

func infoIsSane(t *testing.T, d haptics.Device) {
	i := d.Info()
	if i.Kind == "" || i.Name == "" {
		t.Errorf("kind %q and name %q must say what this is", i.Kind, i.Name)
	}
	if err := i.Limits.Check(); err != nil {
		t.Error(err)
	}
	if i.Capabilities&haptics.CanAxial == 0 {
		t.Error("a leg without an axial stage is none")
	}
	if d.Info() != i {
		t.Error("info changes from call to call")
	}
}

func exchangeNeedsArming(t *testing.T, d haptics.Device) {
	var s haptics.Sample
	if err := d.Exchange(&haptics.Command{Force: 10}, &s); err == nil {
		t.Error("exchange before arming was accepted")
	}
}

func ticksIncrease(t *testing.T, d haptics.Device) {
	arm(t, d)
	var last haptics.Sample
	first := true
	run(t, d, haptics.Command{}, 500, func(s *haptics.Sample) {
		switch {
		case first && (s.Tick < 0 || s.Tick > 1 || s.Time < 0 || s.Time > 0.1):
			t.Fatalf("the first sample has tick %d, time %g s; both count from arming", s.Tick, s.Time)
		case !first && (s.Tick <= last.Tick || s.Time <= last.Time):
			t.Fatalf("tick %d at %g s follows tick %d at %g s", s.Tick, s.Time, last.Tick, last.Time)
		}
		last, first = *s, false
	})
}

func samplesAreFinite(t *testing.T, d haptics.Device) {
	arm(t, d)
	run(t, d, haptics.Command{}, 200, func(s *haptics.Sample) { whole(t, s) })
}

func whole(t testing.TB, s *haptics.Sample) {
	t.Helper()
	for _, x := range [...]float64{
		s.Time, s.Position, s.Velocity, s.Twist, s.TiltX, s.TiltY, s.U, s.V, s.Trigger, s.Load, s.Syringe,
	} {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			t.Fatalf("sample is not finite: %+v", *s)
		}
	}
}

// outward is how far a tool may creep out by itself, m: noise of an encoder, not a force.
const outward = 0.5e-3

func zeroGivesNoForce(t *testing.T, d haptics.Device) {
	arm(t, d)
	first := run(t, d, haptics.Command{}, 1, nil)
	run(t, d, haptics.Command{}, 300, func(s *haptics.Sample) {
		if s.Position < first.Position-outward {
			t.Fatalf("without any force the tool went from %g to %g m", first.Position, s.Position)
		}
	})
	run(t, d, haptics.Command{Force: 20}, 30, nil)
	let := run(t, d, haptics.Command{}, 2, nil)
	run(t, d, haptics.Command{}, 100, func(s *haptics.Sample) {
		if s.Velocity < let.Velocity-5e-3 {
			t.Fatalf("after the force was taken away the tool went on speeding up, from %g to %g m/s", let.Velocity, s.Velocity)
		}
	})
}

func forcePushesOut(t *testing.T, d haptics.Device) {
	free := moved(t, d, haptics.Command{})
	pushed := moved(t, d, haptics.Command{Force: 30})
	if !(pushed < free-0.2e-3) {
		t.Errorf("30 N outward for 60 ms moved the tool by %g m, no force by %g m", pushed, free)
	}
	pulled := moved(t, d, haptics.Command{Force: -30})
	if !(pulled > free+0.2e-3) {
		t.Errorf("30 N inward for 60 ms moved the tool by %g m, no force by %g m", pulled, free)
	}
}

// moved returns how far c moves the tool in 60 ms.
func moved(t testing.TB, d haptics.Device, c haptics.Command) float64 {
	t.Helper()
	arm(t, d)
	from := run(t, d, haptics.Command{}, 1, nil)
	to := run(t, d, c, 60, nil)
	if err := d.Halt(); err != nil {
		t.Fatalf("halt: %v", err)
	}
	return to.Position - from.Position
}

func springResists(t *testing.T, d haptics.Device) {
	arm(t, d)
	from := run(t, d, haptics.Command{}, 1, nil)
	spring := haptics.Command{Stiffness: 10e3, Damping: 10, Anchor: from.Position}
	run(t, d, spring, 300, func(s *haptics.Sample) {
		if s.Position > from.Position+d.Info().Limits.Force/spring.Stiffness {
			t.Fatalf("a spring of 10 N/mm was compressed by %g m", s.Position-from.Position)
		}
	})
	low := run(t, d, haptics.Command{Stiffness: 10e3, Damping: 10, Anchor: from.Position - 5e-3}, 150, nil)
	if low.Position > from.Position-0.5e-3 {
		t.Errorf("a spring with 50 N of tension left the tool at %g m, it was at %g m", low.Position, from.Position)
	}
}

func nonFiniteIsRefused(t *testing.T, d haptics.Device) {
	for _, bad := range []haptics.Command{
		{Force: math.NaN()},
		{Force: math.Inf(-1)},
		{Stiffness: math.Inf(1), Anchor: -1},
		{Anchor: math.NaN(), Stiffness: 1e3},
		{Torque: math.NaN()},
	} {
		arm(t, d)
		var s haptics.Sample
		for range 50 {
			c := bad
			if d.Exchange(&c, &s) != nil {
				break // refused, which is as good as ignored
			}
			whole(t, &s)
		}
		_ = d.Halt()
	}
}

func haltIsInert(t *testing.T, d haptics.Device) {
	if err := d.Halt(); err != nil {
		t.Errorf("halt of a leg that was not armed: %v", err)
	}
	arm(t, d)
	run(t, d, haptics.Command{}, 10, nil)
	for range 3 {
		if err := d.Halt(); err != nil {
			t.Errorf("halt: %v", err)
		}
	}
	var s haptics.Sample
	if d.Exchange(&haptics.Command{Force: 10}, &s) == nil {
		t.Error("exchange after halt was accepted")
	}
}

func haltFromElsewhere(t *testing.T, d haptics.Device) {
	arm(t, d)
	halted := make(chan error, 1)
	var s haptics.Sample
	for k := 0; ; k++ {
		if k == 100 {
			go func() { halted <- d.Halt() }()
		}
		if err := d.Exchange(&haptics.Command{}, &s); err != nil {
			if k < 100 {
				t.Fatalf("exchange %d: %v", k, err)
			}
			break
		}
		if k == 100 {
			if err := <-halted; err != nil {
				t.Fatalf("halt: %v", err)
			}
		}
		if k > 110 {
			t.Fatal("exchange goes on after halt")
		}
	}
}

func armedAgain(t *testing.T, d haptics.Device) {
	for range 3 {
		arm(t, d)
		s := run(t, d, haptics.Command{}, 1, nil)
		if s.Tick > 1 {
			t.Errorf("the first tick after arming again is %d", s.Tick)
		}
		run(t, d, haptics.Command{}, 50, nil)
		if err := d.Halt(); err != nil {
			t.Fatalf("halt: %v", err)
		}
	}
}

func closedAfterHalt(t *testing.T, d haptics.Device) {
	arm(t, d)
	run(t, d, haptics.Command{}, 5, nil)
	if err := d.Halt(); err != nil {
		t.Fatalf("halt: %v", err)
	}
	for range 2 {
		if err := d.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	}
	if d.Arm() == nil {
		t.Error("a closed leg was armed")
	}
	if err := d.Halt(); err != nil {
		t.Errorf("halt of a closed leg: %v", err)
	}
}

func exchangeDoesNotAllocate(t *testing.T, d haptics.Device) {
	arm(t, d)
	var s haptics.Sample
	c := haptics.Command{Stiffness: 1e3, Anchor: 0.1}
	var failed error
	n := testing.AllocsPerRun(500, func() {
		if err := d.Exchange(&c, &s); err != nil {
			failed = err
		}
	})
	if failed != nil {
		t.Fatalf("exchange: %v", failed)
	}
	if n != 0 {
		t.Errorf("exchange allocates %g times", n)
	}
}
