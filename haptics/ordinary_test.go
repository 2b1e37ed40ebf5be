package haptics

import (
	"math"
	"testing"
)

// drive runs renderer and hand through a loop and returns every cause of an intervention after the ramp in, and how fast
// the tool got.
func drive(t *testing.T, leg *fakeLeg, seconds float64, push func(at float64) float64, r renderFunc) (causes Causes, fastest float64) {
	t.Helper()
	watch := observeFunc(func(s *Sample, _ *Command, i Intervention) {
		if s.Time > RampIn {
			causes |= i.Causes
			fastest = max(fastest, math.Abs(s.Velocity))
		}
		leg.push = push(s.Time)
	})
	l := NewLoop(leg, r, NewGovernor(leg.limits), watch, 1000)
	for range int(seconds * 1000) {
		if l.Advance() {
			t.Fatalf("a fault in ordinary use: %v", l.Err())
		}
	}
	return causes, fastest
}

func expect(t *testing.T, what string, causes, allowed Causes) {
	t.Helper()
	if causes&^allowed != 0 {
		t.Errorf("%s: the governor intervened by %v, allowed %v", what, causes.Names(nil), allowed.Names(nil))
	}
}

func TestVigorousTwistingIsLeftAlone(t *testing.T) {
	leg := newFakeLeg()
	causes, _ := drive(t, leg, 6, func(at float64) float64 {
		tremor := 4 * math.Sin(2*math.Pi*10*at)
		return min(40*at, 90+25*math.Sin(2*math.Pi*4*at)) + tremor
	}, func(s *Sample, _ float64, c *Command) {
		twist := math.Sin(2 * math.Pi * 2 * s.Time)
		*c = Command{Force: 4, Stiffness: 20e3, Damping: 10, Anchor: 1e-3 * s.Time, Torque: 1.2 * math.Tanh(8*twist), TiltStiffness: 5}
	})
	expect(t, "twisting at 90 N", causes, 0)
}

func TestHammeringIsLeftAlone(t *testing.T) {
	leg := newFakeLeg()
	leg.mass, leg.arm, leg.drag = 0.8, 1500, 25
	causes, _ := drive(t, leg, 4, func(at float64) float64 {
		return 70 * math.Sin(2*math.Pi*4*at)
	}, func(_ *Sample, _ float64, c *Command) { *c = Command{Stiffness: 20e3, Damping: 15} })
	expect(t, "hammering", causes, BySlew|ByClamp)
}

// A hard pop: the wall that held the push is gone within a tick, the hand goes on until it has felt that.
func TestAHardPopIsLeftAlone(t *testing.T) {
	for _, released := range []float64{60, 90, 120} {
		leg := newFakeLeg()
		leg.drag, leg.arm, leg.mass, leg.x = 25, 500, 1.2, 0
		popped := math.Inf(1)
		causes, fastest := drive(t, leg, 3, func(at float64) float64 {
			switch {
			case at < popped+0.005:
				return min(released, 80*at)
			case at < popped+0.15:
				return max(0, released*(1-(at-popped)/0.05))
			}
			return 0
		}, func(s *Sample, _ float64, c *Command) {
			if s.Time > 2 {
				popped = min(popped, s.Time)
				*c = Command{Force: 8 * math.Tanh(s.Velocity/0.01), Damping: 15, Transient: Transient{Kind: 1, Amplitude: 6, Decay: 2e-3}}
				return
			}
			*c = Command{Stiffness: 20e3, Damping: 10}
		})
		expect(t, "a pop", causes, BySlew|ByClamp)
		if fastest < 0.1 {
			t.Errorf("the pop from %g N reached %g m/s only: the test tests nothing", released, fastest)
		}
	}
}

func TestOneMetrePerSecondForMillisecondsIsNoFault(t *testing.T) {
	g := armedGovernor(t, ReferenceLimits())
	x, all := 0.0, Causes(0)
	for k := range int64(12) {
		c := Command{Force: 10, Stiffness: 5e3, Anchor: x - 1e-3}
		i := g.Apply(&Sample{Tick: k, Position: x, Velocity: 1}, &c, 1e-3)
		all |= i.Causes
		x += 1e-3
	}
	if g.Fault().Reason != NoFault || all != 0 {
		t.Errorf("1 m/s for 12 ms: %v, %v", g.Fault(), all.Names(nil))
	}
}

func TestSpringRecoilIsClampedNotAFault(t *testing.T) {
	leg := newFakeLeg()
	leg.arm, leg.drag = 500, 20
	causes, _ := drive(t, leg, 2, func(float64) float64 { return 30 },
		func(s *Sample, _ float64, c *Command) {
			*c = Command{Stiffness: 10e3, Damping: 10}
			if s.Time > 1 && s.Time < 1.004 {
				*c = Command{Force: 300, Transient: Transient{Kind: 2, Amplitude: 200, Decay: 3e-3}}
			}
		})
	expect(t, "recoil", causes, BySlew|ByClamp)
	if causes&ByClamp == 0 {
		t.Error("300 N were not clamped")
	}
}

func TestAStiffWallAsALocalSpringIsStable(t *testing.T) {
	leg := newFakeLeg()
	leg.x, leg.mass, leg.drag, leg.push = -1e-4, 0.5, 2, 0
	causes, _ := drive(t, leg, 3, func(at float64) float64 {
		if at < RampIn {
			return 0
		}
		return 60
	},
		func(_ *Sample, _ float64, c *Command) { *c = Command{Stiffness: 40e3, Damping: 20} })
	expect(t, "a wall of 40 N/mm", causes, 0)
	if math.Abs(leg.v) > 1e-3 {
		t.Errorf("after 3 s the tool still moves at %g m/s", leg.v)
	}
}
