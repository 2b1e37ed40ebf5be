package haptics

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
)

func TestAdvanceReachesEquilibriumAndRampsOut(t *testing.T) {
	leg := newFakeLeg()
	l := NewLoop(leg, wall{10e3, 10}, NewGovernor(leg.limits), nil, 1000)
	for range 1500 {
		if l.Advance() {
			t.Fatalf("ended early: %v", l.Err())
		}
	}
	if f := leg.last.At(leg.x, leg.v); f < 39 || f > 41 {
		t.Errorf("a hand of 40 N at rest on a wall feels %g N", f)
	}
	l.Stop()
	n := 0
	for !l.Advance() {
		n++
	}
	if n > 110 || leg.halts.Load() != 1 {
		t.Errorf("ramp out took %d ticks, halted %d times; want <= 110 and once", n, leg.halts.Load())
	}
	if l.Err() != nil {
		t.Errorf("a stopped loop has error %v", l.Err())
	}
	if s := l.Stats(); s.Scheduler != SchedulerOffline || s.RateHz != 1000 || s.Ticks != int64(1501+n) {
		t.Errorf("offline statistics %+v", s)
	}
}

// The same leg, hand and wall: what is felt at rest and how far the tool goes do not depend on the tick rate.
func TestTickRateDoesNotChangeTheMotion(t *testing.T) {
	deepest := map[float64]float64{}
	for _, hz := range []float64{500, 1000, 10000} {
		leg := newFakeLeg()
		leg.hz, leg.arm = hz, 1000
		leg.push = 0
		l := NewLoop(leg, wall{10e3, 20}, NewGovernor(leg.limits), observeFunc(func(s *Sample, _ *Command, _ Intervention) {
			if s.Time > 0.25 {
				leg.push = min(40, 400*(s.Time-0.25))
			}
			deepest[hz] = max(deepest[hz], s.Position)
		}), hz)
		for range int(2 * hz) {
			l.Advance()
		}
	}
	near(t, "deepest position at 500 Hz", deepest[500], deepest[10000], 0.01*deepest[10000])
	near(t, "deepest position at 1 kHz", deepest[1000], deepest[10000], 0.01*deepest[10000])
}

func TestAdvanceDoesNotAllocate(t *testing.T) {
	leg := newFakeLeg()
	var seen Causes
	l := NewLoop(leg, wall{40e3, 5}, NewGovernor(leg.limits), observeFunc(func(_ *Sample, _ *Command, i Intervention) { seen |= i.Causes }), 1000)
	l.Advance()
	if n := testing.AllocsPerRun(2000, func() { l.Advance() }); n != 0 {
		t.Errorf("a tick allocates %g times", n)
	}
	leg.before = func(int64, *Command, *Sample) error { return nil }
	l.governor.Trip(Fault{Reason: Protocol})
	if n := testing.AllocsPerRun(50, func() { l.Advance() }); n != 0 {
		t.Errorf("a tick of the ramp out allocates %g times", n)
	}
	if seen&ByRamp == 0 || l.Fault().Reason != Protocol {
		t.Errorf("the test did not reach the ramps: %v, %v", seen.Names(nil), l.Fault())
	}
}

// fakeTime is a place whose clock moves only when the loop waits or a tick takes time.
type fakeTime struct {
	at     int64
	jitter func(n int) time.Duration // how late the nth wake-up is
	wakes  int
	left   bool
}

func (f *fakeTime) now() int64 { return f.at }

func (f *fakeTime) wait(until int64) {
	f.at = max(f.at, until+int64(f.jitter(f.wakes)))
	f.wakes++
}

func (f *fakeTime) enter() *class { return &class{name: SchedulerNormal, notice: "a test"} }
func (f *fakeTime) leave()        { f.left = true }

// runFor runs l on a fake clock until n ticks have been observed.
func runFor(t *testing.T, leg *fakeLeg, n int64, jitter func(n int) time.Duration) (*Loop, Stats, error) {
	t.Helper()
	var l *Loop
	l = NewLoop(leg, wall{10e3, 10}, NewGovernor(leg.limits), observeFunc(func(s *Sample, _ *Command, _ Intervention) {
		if s.Tick == n-1 {
			l.Stop()
		}
	}), 1000)
	place := &fakeTime{jitter: jitter}
	stats, err := l.run(context.Background(), place)
	if !place.left || leg.halts.Load() != 1 {
		t.Errorf("left the place: %v, halted %d times", place.left, leg.halts.Load())
	}
	return l, stats, err
}

func TestJitterIsMeasuredAndDoesNotDrift(t *testing.T) {
	_, s, err := runFor(t, newFakeLeg(), 10000, func(n int) time.Duration {
		switch {
		case n%500 == 499:
			return 700 * time.Microsecond
		case n%50 == 49:
			return 200 * time.Microsecond
		}
		return 20 * time.Microsecond
	})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "rate", s.RateHz, 1000, 0.1)
	near(t, "late p50", s.LateP50US, 20, 0.2)
	near(t, "late p99", s.LateP99US, 200, 1)
	near(t, "late p99.9", s.LateP999US, 700, 3)
	near(t, "late max", s.LateMaxUS, 700, 1e-9)
	near(t, "period p1", s.PeriodP1US, 820, 4)
	near(t, "period p99", s.PeriodP99US, 1180, 4)
	if s.Overruns != 0 || s.Skipped != 0 || s.Scheduler != SchedulerNormal || s.Notice == "" {
		t.Errorf("statistics %+v", s)
	}
}

func TestCatchUpIsCapped(t *testing.T) {
	for _, c := range []struct {
		stall             time.Duration
		overruns, skipped int64
	}{
		{900 * time.Microsecond, 0, 0},
		{1500 * time.Microsecond, 1, 0},
		{CatchUp * time.Millisecond, CatchUp, 0},
		{40500 * time.Microsecond, 40, 40 - 1 - CatchUp},
		{time.Second, 1000, 1000 - 1 - CatchUp},
	} {
		leg := newFakeLeg()
		_, s, err := runFor(t, leg, 3000, func(n int) time.Duration {
			if n == 500 {
				return c.stall
			}
			return 0
		})
		if err != nil {
			t.Fatal(err)
		}
		if s.Overruns != c.overruns || s.Skipped != c.skipped {
			t.Errorf("a stall of %v: %d overruns, %d skipped; want %d, %d", c.stall, s.Overruns, s.Skipped, c.overruns, c.skipped)
		}
		if s.LateMaxUS != microseconds(c.stall) {
			t.Errorf("a stall of %v is reported as %g us", c.stall, s.LateMaxUS)
		}
	}
}

func TestFaultGoesOnExchangingZeroUntilStopped(t *testing.T) {
	leg := newFakeLeg()
	leg.before = func(tick int64, c *Command, s *Sample) error {
		if tick >= 1000 {
			return errors.New("unplugged")
		}
		return nil
	}
	var l *Loop
	l = NewLoop(leg, renderFunc(func(_ *Sample, _ float64, c *Command) {
		*c = Command{Stiffness: 10e3, Damping: 10}
		if leg.exchange > 3000 {
			l.Stop()
		}
	}), NewGovernor(leg.limits), nil, 1000)
	_, err := l.run(context.Background(), &fakeTime{jitter: func(int) time.Duration { return 0 }})
	var f Fault
	if !errors.As(err, &f) || f.Reason != LostDevice || !strings.Contains(err.Error(), "unplugged") {
		t.Errorf("error %v", err)
	}
	if l.Fault().Reason != LostDevice || leg.exchange < 3000 || leg.last != (Command{}) || leg.halts.Load() != 1 {
		t.Errorf("fault %v, %d exchanges, last %+v, %d halts", l.Fault(), leg.exchange, leg.last, leg.halts.Load())
	}
}

func TestPanicOfTheRendererRampsOut(t *testing.T) {
	leg := newFakeLeg()
	before, peak := 0.0, 0.0
	leg.before = func(tick int64, c *Command, _ *Sample) error {
		f := c.At(leg.x, leg.v)
		if tick == 1000 {
			before = f
		} else if tick > 1000 {
			peak = max(peak, before-f)
			before = f
		}
		return nil
	}
	l := NewLoop(leg, renderFunc(func(s *Sample, _ float64, c *Command) {
		if s.Tick == 1000 {
			panic("a broken model")
		}
		*c = Command{Stiffness: 10e3, Damping: 10}
	}), NewGovernor(leg.limits), nil, 1000)
	ctx, cancel := context.WithCancel(context.Background())
	leg.hz = 1000
	place := &fakeTime{jitter: func(n int) time.Duration {
		if n == 2000 {
			cancel()
		}
		return 0
	}}
	_, err := l.run(ctx, place)
	if err == nil || !strings.Contains(err.Error(), "a broken model") || l.Fault().Reason != Panicked {
		t.Errorf("error %v, fault %v", err, l.Fault())
	}
	if leg.last.At(leg.x, leg.v) != 0 || leg.halts.Load() != 1 || peak > 20 {
		t.Errorf("ends with %+v after %d halts; the force fell by up to %g N a tick", leg.last, leg.halts.Load(), peak)
	}
}

func TestEndOfARecordingIsNoFault(t *testing.T) {
	leg := newFakeLeg()
	leg.before = func(tick int64, _ *Command, _ *Sample) error {
		if tick >= 600 {
			return io.EOF
		}
		return nil
	}
	l := NewLoop(leg, wall{10e3, 10}, NewGovernor(leg.limits), nil, 1000)
	n := 0
	for !l.Advance() {
		n++
	}
	if l.Err() != nil || n > 720 {
		t.Errorf("ended after %d ticks with %v", n, l.Err())
	}
}

// A socket whose other end is gone reads as the end of a file: the leg names the fault, and that counts.
func TestEndOfAFileThatTheLegCallsAFaultIsOne(t *testing.T) {
	leg := newFakeLeg()
	leg.before = func(tick int64, _ *Command, _ *Sample) error {
		if tick >= 600 {
			return fmt.Errorf("unplugged: %w (%w)", Fault{Reason: LostDevice}, io.EOF)
		}
		return nil
	}
	l := NewLoop(leg, wall{10e3, 10}, NewGovernor(leg.limits), nil, 1000)
	for !l.Advance() {
	}
	if l.Fault().Reason != LostDevice {
		t.Errorf("fault %v, error %v", l.Fault(), l.Err())
	}
}

func TestALegThatCannotArm(t *testing.T) {
	leg := newFakeLeg()
	leg.limits.Force = -3
	l := NewLoop(leg, wall{}, NewGovernor(leg.limits), nil, 1000)
	if !l.Advance() || l.Err() == nil || leg.arms != 0 {
		t.Errorf("limits of %g N: error %v, armed %d times", leg.limits.Force, l.Err(), leg.arms)
	}
}

func TestRunTwiceArmsAgain(t *testing.T) {
	leg := newFakeLeg()
	leg.before = func(tick int64, _ *Command, s *Sample) error {
		if leg.arms == 1 && tick > 300 {
			s.Switches = EmergencyStop
		}
		return nil
	}
	l := NewLoop(leg, wall{10e3, 10}, NewGovernor(leg.limits), nil, 1000)
	for !l.Advance() {
		continue
	}
	if l.Fault().Reason != Stopped {
		t.Fatalf("fault %v", l.Fault())
	}
	for range 500 {
		if l.Advance() {
			t.Fatalf("armed again: %v", l.Err())
		}
	}
	if l.Fault().Reason != NoFault || leg.arms != 2 || l.governor.Force() < 30 {
		t.Errorf("after arming again: %v, armed %d times, %g N", l.Fault(), leg.arms, l.governor.Force())
	}
}

// The real clock: a short run keeps the rate and says how it is scheduled. It judges no lateness: the machine may be busy.
func TestRunInRealTime(t *testing.T) {
	leg := newFakeLeg()
	l := NewLoop(leg, wall{10e3, 10}, NewGovernor(leg.limits), nil, 1000)
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	s, err := l.Run(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if s.Ticks+s.Skipped < 350 || s.Ticks+s.Skipped > 1500 || s.Scheduler == SchedulerOffline || s.LateP50US <= 0 {
		t.Errorf("300 ms of a 1 kHz loop and a ramp: %+v", s)
	}
	if s.Scheduler == SchedulerNormal && s.Notice == "" {
		t.Error("normal priority without a notice")
	}
	if leg.last != (Command{}) || leg.halts.Load() != 1 {
		t.Errorf("ends with %+v after %d halts", leg.last, leg.halts.Load())
	}
}

func BenchmarkAdvance(b *testing.B) {
	leg := &still{}
	l := NewLoop(leg, wall{10e3, 10}, NewGovernor(ReferenceLimits()), nil, 1000)
	for range 1000 {
		l.Advance()
	}
	b.ReportAllocs()
	for b.Loop() {
		l.Advance()
	}
}

// still is a leg that costs nothing.
type still struct{ tick int64 }

func (s *still) Info() Info   { return Info{Kind: "virtual", Name: "still", Limits: ReferenceLimits()} }
func (s *still) Arm() error   { s.tick = 0; return nil }
func (s *still) Halt() error  { return nil }
func (s *still) Close() error { return nil }

func (s *still) Exchange(_ *Command, x *Sample) error {
	*x = Sample{Tick: s.tick, Time: float64(s.tick) * 1e-3, Position: 4e-3}
	s.tick++
	return nil
}

// A leg that goes away and comes back gets no force until Rearm, and then by a ramp from zero; asked while the leg is
// still away, it stays without.
func TestRearmAfterALegThatCameBack(t *testing.T) {
	leg := newFakeLeg()
	away := false
	leg.before = func(int64, *Command, *Sample) error {
		if away {
			return errors.New("unplugged")
		}
		return nil
	}
	l := NewLoop(leg, wall{10e3, 10}, NewGovernor(leg.limits), nil, 1000)
	ticks := func(n int) {
		for range n {
			l.tick(1e-3)
		}
	}
	l.Advance()
	ticks(1000)
	l.Rearm() // without a fault: nothing
	away = true
	ticks(60)
	if l.Fault().Reason != LostDevice || !l.Lost() || leg.last != (Command{}) {
		t.Fatalf("fault %v, lost %v, last %+v", l.Fault(), l.Lost(), leg.last)
	}
	l.Rearm()
	ticks(50)
	away = false
	ticks(500)
	if l.Fault().Reason != LostDevice || l.Lost() || leg.last != (Command{}) {
		t.Fatalf("force without being armed again: %v, %+v", l.Fault(), leg.last)
	}
	l.Rearm()
	for n := range 200 {
		ticks(1)
		if f := leg.last.At(leg.x, leg.v); f > leg.limits.Force*float64(n+2)*1e-3/RampIn {
			t.Fatalf("tick %d after arming renders %.1f N: no ramp", n, f)
		}
	}
	ticks(2000)
	if f := leg.last.At(leg.x, leg.v); l.Fault().Reason != NoFault || f < 39 || f > 41 {
		t.Errorf("armed again: fault %v, %.1f N against 40 N", l.Fault(), f)
	}
}

// A request to arm again that arrives while another is answered does not wait for the next fault: that one ends force until
// it is asked for again.
func TestALateRearmForgivesNoLaterFault(t *testing.T) {
	leg := newFakeLeg()
	away := false
	leg.before = func(int64, *Command, *Sample) error {
		if away {
			return errors.New("unplugged")
		}
		return nil
	}
	l := NewLoop(leg, wall{10e3, 10}, NewGovernor(leg.limits), nil, 1000)
	fail := func() {
		away = true
		for range 60 {
			l.tick(1e-3)
		}
		away = false
	}
	l.Advance()
	fail()
	l.Rearm()
	late := l.anew.Load()
	l.tick(1e-3)
	if l.Fault().Reason != NoFault {
		t.Fatalf("not armed again: %v", l.Fault())
	}
	l.anew.Store(late)
	fail()
	l.anew.Store(late)
	for range 500 {
		l.tick(1e-3)
	}
	if l.Fault().Reason != LostDevice || leg.last != (Command{}) {
		t.Errorf("force without being asked for: %v, %+v", l.Fault(), leg.last)
	}
}
