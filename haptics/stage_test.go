package haptics

import (
	"errors"
	"math"
	"testing"
)

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s is %g, want %g within %g", what, got, want, tolerance)
	}
}

func TestRampInIsLinearInTime(t *testing.T) {
	for _, hz := range []float64{250, 1000, 10000} {
		g := NewGovernor(ReferenceLimits())
		g.Arm()
		for k := range int64(RampIn / 2 * hz) {
			g.Apply(&Sample{Tick: k}, &Command{Force: 80}, 1/hz)
		}
		near(t, "force after half the ramp in", g.Force(), 40, 0.01)
	}
}

func TestStopRampsOutAndFollowsTheRendererBelow(t *testing.T) {
	g := armedGovernor(t, ReferenceLimits())
	for k := range int64(20) {
		g.Apply(&Sample{Tick: k}, &Command{Force: 100}, 1e-3)
	}
	g.Stop()
	for k := range int64(50) {
		g.Apply(&Sample{Tick: 20 + k}, &Command{Force: 1000}, 1e-3)
	}
	near(t, "force after half the ramp out, asking for more", g.Force(), 50, 1e-9)
	g.Apply(&Sample{Tick: 71}, &Command{Force: 20}, 1e-3)
	near(t, "force when the renderer asks for less", g.Force(), 20*0.49, 1e-9)
}

func TestFaultHoldsASpringThatLetsGo(t *testing.T) {
	g := armedGovernor(t, ReferenceLimits())
	for k := range int64(20) {
		g.Apply(&Sample{Tick: k, Position: 0}, &Command{Force: 100}, 1e-3)
	}
	g.Trip(Fault{Reason: Protocol, Tick: 20})
	c := Command{Force: 100}
	g.Apply(&Sample{Tick: 20}, &c, 1e-3)
	near(t, "force at the fault", g.Force(), 99, 1e-9)
	if f := c.At(-0.020, 0); f > 1e-9 {
		t.Errorf("a tool let go still feels %g N after 20 mm", f)
	}
	for k := range int64(100) {
		c = Command{Force: 100}
		g.Apply(&Sample{Tick: 21 + k}, &c, 1e-3)
	}
	if c != (Command{}) || !g.Idle() {
		t.Errorf("101 ms after the fault %+v is let through", c)
	}
	g.Arm()
	c = Command{Force: 100}
	g.Apply(&Sample{}, &c, 1e-3)
	if c != (Command{}) {
		t.Errorf("armed again without Reset: %+v", c)
	}
	if f := g.Fault(); f.Reason != Protocol || f.Tick != 20 {
		t.Errorf("the fault became %v", f)
	}
}

func TestSlewed(t *testing.T) {
	for _, c := range []struct{ from, to, want float64 }{
		{0, 150, 20}, {0, 10, 10}, {140, 150, 150}, {0, -150, -20}, // growth, 20 a tick
		{150, 0, 50}, {150, 60, 60}, {-150, 0, -50}, // decay, 100 a tick
		{120, -100, 20}, {50, -100, -10}, {100, -100, 0}, {-50, 100, 10}, // through zero: the rest of the tick grows
	} {
		near(t, "slewed", slewed(c.from, c.to, 20, 100), c.want, 1e-12)
	}
}

func TestAPopPassesInTwoTicks(t *testing.T) {
	g := armedGovernor(t, ReferenceLimits())
	for k := range int64(20) {
		g.Apply(&Sample{Tick: k}, &Command{Force: 120}, 1e-3)
	}
	for k := range int64(2) {
		g.Apply(&Sample{Tick: 20 + k}, &Command{Force: 15}, 1e-3)
	}
	near(t, "force two ticks after a pop from 120 N to 15 N", g.Force(), 15, 1e-12)
}

func TestLocalSpringIsKeptWhileForceIsSlewed(t *testing.T) {
	g := armedGovernor(t, ReferenceLimits())
	c := Command{Stiffness: 20e3, Damping: 10, Anchor: 0}
	s := Sample{Position: 5e-3, Velocity: 0.1} // asks for 101 N from nothing
	g.Apply(&s, &c, 1e-3)
	near(t, "force at the sample", c.At(s.Position, s.Velocity), 20, 1e-9)
	near(t, "stiffness", c.Stiffness, 20e3, 0)
	near(t, "force 0.5 mm back", c.At(s.Position-0.5e-3, s.Velocity), 10, 1e-9)
	near(t, "force 0.1 mm on", c.At(s.Position+0.1e-3, s.Velocity), 22, 1e-9)
	near(t, "force 100 mm on, by an encoder that jumps", c.At(0.1, 0), 40, 1e-9)
}

func TestACommandWithinTheLimitsPassesUnchanged(t *testing.T) {
	g := armedGovernor(t, ReferenceLimits())
	want := Command{
		Force: 5, Stiffness: 20e3, Damping: 12, Anchor: 4e-3, Torque: 0.01, LateralU: 0.4, LateralV: -0.3,
		TiltStiffness: 0.1, Vibration: 2, VibrationHz: 120, Transient: Transient{Kind: 1, Amplitude: 8, Decay: 2e-3},
	}
	s := Sample{Position: 4.5e-3, Velocity: 0.02}
	c := want
	if i := g.Apply(&s, &c, 1e-3); i.Causes != 0 {
		t.Fatalf("intervened: %v %+v", i.Causes.Names(nil), i)
	}
	near(t, "anchor", c.Anchor, want.Anchor, 1e-15)
	c.Anchor, c.Most, want.Most = want.Anchor, 0, 0
	if c != want {
		t.Errorf("changed to %+v", c)
	}
}

func TestHotMotorIsKeptAtItsContinuousForce(t *testing.T) {
	l := ReferenceLimits()
	l.PeakS = 2
	g := armedGovernor(t, l)
	peak := 0.0
	for k := range int64(60000) {
		g.Apply(&Sample{Tick: k}, &Command{Force: 150}, 1e-3)
		if g.Force() == 150 {
			peak += 1e-3
		}
	}
	near(t, "time at peak force", peak, 2, 0.05)
	near(t, "force after a minute", g.Force(), 60, 0.5)
	g.Reset()
	g.Arm()
	for k := range int64(1000) {
		g.Apply(&Sample{Tick: k}, &Command{Force: 150}, 1e-3)
	}
	near(t, "force of a hot motor that was armed again", g.Force(), 60, 3)
	cold := ReferenceLimits()
	g = armedGovernor(t, cold)
	for k := range int64(60000) {
		g.Apply(&Sample{Tick: k}, &Command{Force: 150}, 1e-3)
	}
	near(t, "force after a minute of a motor that does not heat", g.Force(), 150, 0)
}

func TestTransientsCannotBecomeAForce(t *testing.T) {
	g := armedGovernor(t, ReferenceLimits())
	var impulse, peak float64
	for k := range int64(10000) {
		c := Command{Transient: Transient{Kind: 1, Amplitude: 300, Decay: 5e-3}}
		g.Apply(&Sample{Tick: k}, &c, 1e-3)
		impulse += c.Transient.Amplitude * c.Transient.Decay
		peak = max(peak, c.Transient.Amplitude)
	}
	near(t, "first transient", peak, 90, 1e-9)
	if impulse > impulseBudget+10*impulseRefill+1e-9 {
		t.Errorf("10 s of transients give %g N.s", impulse)
	}
}

func TestWrongLimitsGiveNoAuthority(t *testing.T) {
	for _, spoil := range []func(*Limits){
		func(l *Limits) { l.Force = math.NaN() }, func(l *Limits) { l.Force = 1e6 }, func(l *Limits) { l.Rise = -1 },
		func(l *Limits) { l.TravelIn = l.TravelOut }, func(l *Limits) { l.Speed = 0 }, func(l *Limits) { *l = Limits{} },
	} {
		l := ReferenceLimits()
		spoil(&l)
		if l.Check() == nil {
			t.Errorf("limits %+v pass", l)
		}
		g := NewGovernor(l)
		g.Arm()
		for k := range int64(300) {
			c := Command{Force: 100, Stiffness: 1e4, Torque: 1, Vibration: 3}
			g.Apply(&Sample{Tick: k}, &c, 1e-3)
			if c.At(0.1, 0) != 0 || c.Torque != 0 || c.Vibration != 0 {
				t.Fatalf("limits %+v let %+v through", l, c)
			}
		}
	}
	if err := ReferenceLimits().Check(); err != nil {
		t.Error(err)
	}
}

// Every stage is needed: with it its hazard does not happen, without it it does.
func TestRemovingAStageLetsItsHazardThrough(t *testing.T) {
	for _, c := range []struct {
		stage  Causes
		hazard func(g *Governor) error
	}{
		{ByFinite, func(g *Governor) error {
			c := Command{Force: math.NaN()}
			g.Apply(&Sample{}, &c, 1e-3)
			if _, ok := c.firstBad(); !ok {
				return errors.New("NaN reached the leg")
			}
			return nil
		}},
		{ByGate, func(g *Governor) error {
			g.Trip(Fault{Reason: Protocol})
			for k := range int64(200) {
				g.Apply(&Sample{Tick: k}, &Command{Force: 50}, 1e-3)
			}
			if g.Force() != 0 {
				return errors.New("force after a fault")
			}
			return nil
		}},
		{ByEnergy, energyHazard},
		{ByOscillation, oscillationHazard},
		{BySpeed, func(g *Governor) error {
			g.Apply(&Sample{}, &Command{}, 1e-3)
			g.Apply(&Sample{Tick: 1, Position: 20e-3}, &Command{}, 1e-3)
			if g.Fault().Reason != OverSpeed {
				return errors.New("a jump of 20 mm in a tick passed for a motion")
			}
			return nil
		}},
		{BySlew, func(g *Governor) error {
			g.Apply(&Sample{}, &Command{Force: 140}, 1e-3)
			if g.Force() > 20+1e-9 {
				return errors.New("140 N in one tick")
			}
			return nil
		}},
		{ByClamp, func(g *Governor) error {
			for k := range int64(50) {
				g.Apply(&Sample{Tick: k}, &Command{Force: 400}, 1e-3)
			}
			if g.Force() > 150 {
				return errors.New("400 N")
			}
			return nil
		}},
		{ByTravel, func(g *Governor) error {
			for k := range int64(50) {
				g.Apply(&Sample{Tick: k, Position: -40e-3}, &Command{Force: 30}, 1e-3)
			}
			if g.Force() > 0 {
				return errors.New("the tool is driven against its outer end")
			}
			return nil
		}},
	} {
		if err := c.hazard(armedGovernor(t, ReferenceLimits())); err != nil {
			t.Errorf("with %v: %v", c.stage.Names(nil), err)
		}
		g := NewGovernor(ReferenceLimits())
		g.skip = c.stage
		g.Reset()
		g.Arm()
		g.gain = 1
		if c.hazard(g) == nil {
			t.Errorf("without %v nothing bad happens: the stage or its test is of no use", c.stage.Names(nil))
		}
	}
}

// energyHazard lets a renderer push a free tool to and fro, along with its motion.
func energyHazard(g *Governor) error {
	var x, v, given float64
	for k := range int64(1000) {
		s := Sample{Tick: k, Position: x, Velocity: v}
		if x > 20e-3 {
			v = -1
		} else if x <= 0 {
			v = 1
		}
		c := Command{Force: math.Copysign(60, -v)}
		g.Apply(&s, &c, 1e-3)
		given -= c.At(x, v) * v * 1e-3
		x += v * 1e-3
	}
	if given > energyBank+energyAllowance+energyLeak*1+0.1 {
		return errors.New("the leg gives energy without end")
	}
	return nil
}

// oscillationHazard is a stiff wall by feed-forward alone: 12 N/mm at 1 kHz needs 6 N.s/m (Colgate and Schenkel), 18 with
// the period of delay, and meets 2.
func oscillationHazard(g *Governor) error {
	leg := newFakeLeg()
	leg.mass, leg.drag, leg.push = 0.5, 2, 30
	worst := 0.0
	var c Command
	var s Sample
	for k := range int64(4000) {
		_ = leg.Exchange(&c, &s)
		c = Command{Force: 12e3 * max(0, s.Position)}
		g.Apply(&s, &c, 1e-3)
		if k > 1000 {
			worst = max(worst, math.Abs(s.Velocity))
		}
	}
	if g.Fault().Reason != NoFault {
		return nil // it gave up on the wall: safe as well
	}
	if worst > 0.35 {
		return errors.New("the hand is shaken")
	}
	return nil
}
