package haptics

import (
	"sync/atomic"
	"testing"
)

// fakeLeg is a mass pushed by a constant hand against what the command renders, one explicit step of 20 kHz at a time.
type fakeLeg struct {
	limits   Limits
	hz       float64
	push     float64 // N, inward
	mass     float64 // kg
	drag     float64 // N.s/m of the arm
	arm      float64 // N/m of the arm about 0
	x, v     float64
	tick     int64
	armed    atomic.Bool
	arms     int
	halts    atomic.Int64
	last     Command
	before   func(tick int64, c *Command, s *Sample) error // may replace what the leg answers
	exchange int
}

func newFakeLeg() *fakeLeg {
	return &fakeLeg{limits: ReferenceLimits(), hz: 1000, push: 40, mass: 1.2, drag: 10, x: -1e-3}
}

func (f *fakeLeg) Info() Info {
	return Info{Kind: "virtual", Name: "fake", Capabilities: CanAxial, Limits: f.limits}
}

func (f *fakeLeg) Arm() error {
	f.arms++
	f.tick = 0
	f.armed.Store(true)
	return nil
}

func (f *fakeLeg) Exchange(c *Command, s *Sample) error {
	f.exchange++
	f.last = *c
	const substep = 1.0 / 20e3
	for n := 0; n < int(20e3/f.hz); n++ {
		a := (f.push - c.At(f.x, f.v) - f.drag*f.v - f.arm*f.x) / f.mass
		f.v += a * substep
		f.x += f.v * substep
		if f.x > 60e-3 {
			f.x, f.v = 60e-3, 0
		}
		if f.x < -40e-3 {
			f.x, f.v = -40e-3, 0
		}
	}
	*s = Sample{Tick: f.tick, Time: float64(f.tick) / f.hz, Position: f.x, Velocity: f.v, Load: f.push}
	f.tick++
	if f.before != nil {
		return f.before(f.tick-1, c, s)
	}
	return nil
}

func (f *fakeLeg) Halt() error  { f.halts.Add(1); f.armed.Store(false); return nil }
func (f *fakeLeg) Close() error { return nil }

// wall renders a one-sided spring at depth 0.
type wall struct{ stiffness, damping float64 }

func (w wall) Render(_ *Sample, _ float64, c *Command) {
	*c = Command{Stiffness: w.stiffness, Damping: w.damping}
}

// renderFunc and observeFunc make functions do.
type renderFunc func(s *Sample, dt float64, c *Command)

func (r renderFunc) Render(s *Sample, dt float64, c *Command) { r(s, dt, c) }

type observeFunc func(s *Sample, sent *Command, i Intervention)

func (o observeFunc) Observe(s *Sample, sent *Command, i Intervention) { o(s, sent, i) }

// armedGovernor has all its authority and has rendered nothing yet.
func armedGovernor(t testing.TB, l Limits) *Governor {
	t.Helper()
	g := NewGovernor(l)
	g.Arm()
	for k := range 250 {
		if i := g.Apply(&Sample{Tick: int64(k) - 250}, &Command{}, 1e-3); i.Causes != 0 || i.Fault.Reason != NoFault {
			t.Fatalf("arming intervened: %+v", i)
		}
	}
	return g
}
