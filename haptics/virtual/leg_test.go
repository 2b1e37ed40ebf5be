package virtual

import (
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"testing"

	"osseo/haptics"
	"osseo/haptics/haptictest"
)

// Every leg passes the suite of legs: with nobody, with a person, live, and repeating a recording.
func TestLegIsADevice(t *testing.T) {
	var intent Intent
	intent.SetHold(true)
	for name, hand := range map[string]func() Hand{
		"nobody": func() Hand { return nil },
		"expert": func() Hand { return Expert(1, Task{Driver: Powered}) },
		"live":   func() Hand { return NewLive(&intent) },
		"playback": func() Hand {
			tape := make([]haptics.Sample, 2000)
			for i := range tape {
				tape[i] = haptics.Sample{Tick: int64(i), Time: float64(i) * 1e-3, Position: -0.02 + 1e-6*float64(i)}
			}
			return NewPlayback(tape)
		},
	} {
		t.Run(name, func(t *testing.T) {
			haptictest.RunDeviceTests(t, func(testing.TB) haptics.Device { return New(hand(), Options{}) })
		})
	}
}

// fixed is a hand that does always the same.
type fixed struct{ grip Grip }

func (h *fixed) Act(_ *Feel, _ float64, g *Grip) { *g = h.grip }

func armed(t testing.TB, hand Hand, o Options) *Leg {
	t.Helper()
	l := New(hand, o)
	if err := l.Arm(); err != nil {
		t.Fatal(err)
	}
	return l
}

func exchange(t testing.TB, l *Leg, c *haptics.Command, s *haptics.Sample) {
	t.Helper()
	if err := l.Exchange(c, s); err != nil {
		t.Fatal(err)
	}
}

// A step of push on a spring and damper follows the closed form. The tolerance is that of a second-order method at
// omega*dt = 0.009: (omega*dt)^2/24 of phase per cycle, some 1e-5 of the amplitude over 0.3 s; 1e-3 leaves room for the
// one-sided spring's first substep.
func TestStepResponseIsTheClosedForm(t *testing.T) {
	const k, b, mass, push = 40e3, 30.0, 1.65, 60.0
	c := haptics.Command{Stiffness: k, Damping: b, Anchor: defaultStart}
	l := armed(t, &fixed{Grip{Effort: push, Mass: mass - defaultMass}}, Options{Viscous: -1, Coulomb: -1})
	omega := math.Sqrt(k / mass)
	zeta := b / (2 * math.Sqrt(k*mass))
	damped := omega * math.Sqrt(1-zeta*zeta)
	var s haptics.Sample
	for tick := 1; tick <= 300; tick++ {
		exchange(t, l, &c, &s)
		at := float64(tick) * 1e-3
		sin, cos := math.Sincos(damped * at)
		want := push / k * (1 - math.Exp(-zeta*omega*at)*(cos+zeta*omega/damped*sin))
		if got := s.Position - defaultStart; math.Abs(got-want) > 1e-3*push/k {
			t.Fatalf("at %.3f s: %.6g m, want %.6g", at, got, want)
		}
	}
}

// A stage thrown at a wall of any stiffness and damping never has more energy than before.
func TestWallGivesNoEnergy(t *testing.T) {
	const seed = 1
	r := rand.New(rand.NewPCG(seed, 0))
	for trial := range 200 {
		k, b := 50e3*(1-r.Float64()), 20*r.Float64()*float64(trial%2)
		hand := &fixed{Grip{Mass: 0.05 + 2*r.Float64()}}
		l := armed(t, hand, Options{TickHz: 250, Viscous: -1, Coulomb: -1})
		c := haptics.Command{Stiffness: k, Damping: b, Anchor: -0.010}
		mass := l.stage.mass + hand.grip.Mass
		l.stage.v = min(0.02+r.Float64(), 100/math.Sqrt(k*mass)) // within the motor's strength
		energy := func() float64 {
			in := max(l.stage.x-c.Anchor, 0)
			return mass*l.stage.v*l.stage.v/2 + k*in*in/2
		}
		start := energy()
		last := start
		// One-sided contact is entered and left inside a substep: the spring acts up to half a substep too long, which is
		// worth at most k*(v*dt)^2.
		slack := k * math.Pow(l.stage.v*substep, 2)
		var s haptics.Sample
		for range 100 {
			exchange(t, l, &c, &s)
			if now := energy(); now > start+slack {
				t.Fatalf("seed %d trial %d: k %.0f b %.2f: energy %.6g J at tick %d, %.6g before, %.6g at the start",
					seed, trial, k, b, now, s.Tick, last, start)
			} else {
				last = now
			}
		}
	}
}

// Coulomb friction holds a stage against less than its own force and only brakes otherwise.
func TestFrictionHolds(t *testing.T) {
	l := armed(t, &fixed{Grip{Mass: 1, Effort: 0.3}}, Options{})
	var c haptics.Command
	var s haptics.Sample
	for range 200 {
		exchange(t, l, &c, &s)
	}
	if s.Position != defaultStart {
		t.Errorf("0.3 N moved a stage with 0.4 N of friction to %g m", s.Position)
	}
}

// A stage thrown against friction alone stops after the closed-form way m*v*v/(2*friction).
func TestFrictionBrakes(t *testing.T) {
	l := armed(t, &fixed{Grip{Mass: 0.6}}, Options{Viscous: -1, Coulomb: 2})
	l.stage.v = 0.2
	var c haptics.Command
	var s haptics.Sample
	for range 500 {
		exchange(t, l, &c, &s)
	}
	if way, want := s.Position-defaultStart, 0.2*0.2/(2*2); s.Velocity != 0 || math.Abs(way/want-1) > 1e-3 {
		t.Errorf("stopped after %g m at %g m/s, want %g", way, s.Velocity, want)
	}
}

// The leg never renders more than the command allows at any position.
func TestMostCapsTheSpring(t *testing.T) {
	l := armed(t, &fixed{Grip{Mass: 1, Effort: 50, Damping: 50}}, Options{Start: -1e-3})
	c := haptics.Command{Stiffness: 30e3, Damping: 8, Most: 25}
	var s haptics.Sample
	greatest := 0.0
	for range 100 {
		exchange(t, l, &c, &s)
		greatest = max(greatest, l.feel.Force)
	}
	if greatest != 25 {
		t.Errorf("rendered %g N, command allows 25", greatest)
	}
}

// The same command law moves the same hand alike at every tick rate, to the bit: the substep is fixed.
func TestTickRateDoesNotChangeMotion(t *testing.T) {
	at := func(hz float64) (out []float64) {
		l := armed(t, Expert(3, Task{Driver: Powered}), Options{TickHz: hz})
		c := haptics.Command{Stiffness: 40e3, Damping: 8, Anchor: 5e-3, Torque: 0.1, TiltStiffness: 2}
		var s haptics.Sample
		for tick := 1; tick <= int(3*hz); tick++ {
			exchange(t, l, &c, &s)
			if tick%int(hz/250) == 0 {
				out = append(out, s.Position, s.Load, s.TiltX)
			}
		}
		return out
	}
	slow := at(250)
	for _, hz := range []float64{1000, 2500, 10000} {
		for i, x := range at(hz) {
			if x != slow[i] {
				t.Fatalf("%g Hz: value %d is %g, %g at 250 Hz", hz, i, x, slow[i])
			}
		}
	}
}

// A wall that is cut by a law per second gives way at the same depth and force whatever the tick rate, with a hand that
// feels its way. What remains of the difference is the sampling of the fake wall, first order in the tick.
func TestTickRateDoesNotChangeBreakthrough(t *testing.T) {
	for _, hand := range []struct {
		name string
		hand func() Hand
	}{
		{"robot", func() Hand { return NewRobot(Task{Driver: Powered}) }},
		{"expert", func() Hand { return Expert(5, Task{Driver: Powered}) }},
	} {
		var force, at []float64
		for _, hz := range []float64{250, 1000, 10000} {
			w := newWall(Powered, 3e-3, 10, 40e-6)
			w.run(t, hand.hand(), hz, 12, nil)
			if !w.through {
				t.Fatalf("%s at %g Hz: wall still stands", hand.name, hz)
			}
			force, at = append(force, w.before), append(at, w.throughAt)
		}
		for i := range force {
			if math.Abs(force[i]/force[2]-1) > 0.02 || math.Abs(at[i]/at[2]-1) > 0.02 {
				t.Errorf("%s: force %.2f N and time %.3f s at breakthrough for 250, 1000, 10000 Hz", hand.name, force, at)
			}
		}
	}
}

func TestExchangeDoesNotAllocate(t *testing.T) {
	var intent Intent
	intent.SetHold(true)
	intent.SetEffort(20)
	for name, hand := range map[string]Hand{
		"expert": Expert(1, Task{Driver: Manual}), "robot": NewRobot(Task{}), "live": NewLive(&intent), "nobody": nil,
	} {
		l := armed(t, hand, Options{})
		c := haptics.Command{Stiffness: 30e3, Damping: 8, Transient: haptics.Transient{Kind: popCrack, Amplitude: 3, Decay: 0.01}}
		var s haptics.Sample
		if n := testing.AllocsPerRun(2000, func() { exchange(t, l, &c, &s) }); n != 0 {
			t.Errorf("%s: %g allocations per tick", name, n)
		}
	}
}

// A command that is not finite is refused; the leg renders the last good one.
func TestNonFiniteCommand(t *testing.T) {
	good := haptics.Command{Stiffness: 30e3, Damping: 8, Anchor: 0}
	l := armed(t, &fixed{Grip{Mass: 1, Effort: 20, Damping: 20}}, Options{})
	var s haptics.Sample
	for tick := range 2000 {
		c := good
		switch tick % 4 {
		case 1:
			c.Force = math.NaN()
		case 2:
			c.Stiffness = math.Inf(1)
		case 3:
			c.Transient = haptics.Transient{Kind: popCrack, Amplitude: math.Inf(-1), Decay: math.NaN()}
		}
		exchange(t, l, &c, &s)
	}
	if want := 20.0 / 30e3; !(math.Abs(s.Position-want) < 2e-5) {
		t.Errorf("rests at %g m, want %g", s.Position, want)
	}
}

// The motor gives at most its strength and the travel ends.
func TestLimits(t *testing.T) {
	limits := New(nil, Options{}).Info().Limits
	if err := limits.Check(); err != nil {
		t.Fatal(err)
	}
	l := armed(t, &fixed{Grip{Mass: 1, Effort: 400}}, Options{})
	c := haptics.Command{Stiffness: 40e3, Damping: 20, Force: 30}
	var s haptics.Sample
	for range 3000 {
		exchange(t, l, &c, &s)
		if s.Position > limits.TravelIn {
			t.Fatalf("position %g m beyond the travel", s.Position)
		}
		if math.Abs(l.feel.Force) > limits.Force {
			t.Fatalf("force %g N beyond the motor's", l.feel.Force)
		}
	}
	if s.Position != limits.TravelIn {
		t.Errorf("400 N against 150 N stopped at %g m", s.Position)
	}
}

// The load cell reads the push of the hand: at rest the reaction of the leg.
func TestLoadCell(t *testing.T) {
	l := armed(t, &fixed{Grip{Mass: 1.2, Effort: 35, Damping: 30}}, Options{})
	c := haptics.Command{Stiffness: 20e3, Damping: 10}
	var s haptics.Sample
	for range 3000 {
		exchange(t, l, &c, &s)
	}
	if math.Abs(s.Load-35) > 0.5 {
		t.Errorf("load %g N under a push of 35 N", s.Load)
	}
}

func TestLifecycle(t *testing.T) {
	l := New(nil, Options{})
	var c haptics.Command
	var s haptics.Sample
	if err := l.Exchange(&c, &s); !errors.Is(err, ErrNotArmed) {
		t.Errorf("before Arm: %v", err)
	}
	if err := l.Arm(); err != nil {
		t.Fatal(err)
	}
	for want := range int64(3) {
		exchange(t, l, &c, &s)
		if s.Tick != want {
			t.Errorf("tick %d, want %d", s.Tick, want)
		}
	}
	l.PressEmergencyStop(true)
	exchange(t, l, &c, &s)
	if s.Switches&haptics.EmergencyStop == 0 {
		t.Error("emergency stop is not reported")
	}
	if err := l.Halt(); err != nil {
		t.Fatal(err)
	}
	if err := l.Exchange(&c, &s); !errors.Is(err, ErrNotArmed) {
		t.Errorf("after Halt: %v", err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if err := l.Arm(); !errors.Is(err, ErrClosed) {
		t.Errorf("Arm after Close: %v", err)
	}
}

// Emergency stop cuts the force while it is rendered.
func TestEmergencyStopCutsForce(t *testing.T) {
	l := armed(t, &fixed{Grip{Mass: 1, Effort: 30, Damping: 30}}, Options{Start: 1e-6})
	c := haptics.Command{Stiffness: 30e3, Damping: 8}
	var s haptics.Sample
	for range 500 {
		exchange(t, l, &c, &s)
	}
	if l.feel.Force < 25 {
		t.Fatalf("force %g N, want about 30", l.feel.Force)
	}
	l.PressEmergencyStop(true)
	exchange(t, l, &c, &s)
	if l.feel.Force != 0 {
		t.Errorf("force %g N after the emergency stop", l.feel.Force)
	}
}

// A pop crack rings and dies without a further command, and carries no lasting push.
func TestBurstDies(t *testing.T) {
	var b burst
	b.start(haptics.Transient{Kind: popCrack, Amplitude: 10, Decay: 0.01})
	c := haptics.Command{}
	peak, impulse := 0.0, 0.0
	for range int(0.1 * SubstepHz) {
		f := b.step(&c, substep)
		peak = max(peak, math.Abs(f))
		impulse += f * substep
	}
	// Closed form of the integral of A exp(-t/d) cos(w t): A (1/d) / (1/d^2 + w^2).
	w := 2 * math.Pi * crackHz
	want := 10 * 100 / (100*100 + w*w)
	if peak != 10 || math.Abs(impulse-want) > 0.1*want+10*substep {
		t.Errorf("peak %g N, impulse %g N.s, want 10 and %g", peak, impulse, want)
	}
	if f := b.step(&c, substep); f != 0 {
		t.Errorf("still %g N after 0.1 s", f)
	}
}

// A recorded leg returns the recording and nothing else.
func TestPlayback(t *testing.T) {
	tape := []haptics.Sample{{Tick: 7, Position: 1e-3, Load: 3}, {Tick: 8, Position: 2e-3, Switches: haptics.StyletOut}}
	l := armed(t, NewPlayback(tape), Options{})
	if k := l.Info().Kind; k != "playback" {
		t.Errorf("kind %q", k)
	}
	c := haptics.Command{Force: 50}
	var s haptics.Sample
	for _, want := range tape {
		exchange(t, l, &c, &s)
		if s != want {
			t.Errorf("got %+v, want %+v", s, want)
		}
	}
	if err := l.Exchange(&c, &s); !errors.Is(err, ErrEnd) || !errors.Is(err, io.EOF) {
		t.Errorf("after the end: %v", err)
	}
}
