package haptics

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"time"
)

// clock is the time a loop runs by; tests pass their own.
type clock interface {
	now() int64       // ns, monotonic
	wait(until int64) // returns at until or later
}

// place is where a loop runs: a clock and a way into the best scheduling class there is. enter is called on the loop's
// own thread; leave undoes it there.
type place interface {
	clock
	enter() *class
	leave()
}

// Run drives the leg in real time until ctx is done or Stop is called, then ramps out, halts the leg and returns.
//
// It has a thread of its own with the best class the machine grants (Stats.Scheduler, Stats.Notice). A fault does not end
// it: force ramps to zero and zero is exchanged on, so that the leg is still watched, until it is stopped. The error is
// that of the leg's Arm or Halt, or the Fault. Run may be called again: that arms again.
func (l *Loop) Run(ctx context.Context) (Stats, error) { return l.run(ctx, newPlace()) }

func (l *Loop) run(ctx context.Context, p place) (Stats, error) {
	release := context.AfterFunc(ctx, l.Stop)
	defer release()
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread() // never unlocked: the thread and its scheduling class end with the goroutine
		c := p.enter()
		defer p.leave()
		if l.begin(c) == nil {
			l.serve(p)
			l.end()
		}
	}()
	<-done
	return l.Stats(), l.Err()
}

// serve runs ticks until the loop is stopped. A panic of the renderer or the observer is a fault: they are not asked
// again, and the ramp goes on without them.
func (l *Loop) serve(c clock) {
	pace := pacer{period: int64(l.period), deadline: c.now() + int64(l.period)}
	for !l.serveUntilPanic(c, &pace) {
	}
}

func (l *Loop) serveUntilPanic(c clock, pace *pacer) (done bool) {
	defer func() {
		if cause := recover(); cause != nil {
			l.governor.Trip(Fault{Reason: Panicked, Tick: l.sample.Tick})
			l.failed = fmt.Errorf("haptics: panic in the tick: %v\n%s", cause, debug.Stack())
			l.mute, l.command = true, l.governor.sent // not nothing, which would be a snap: the ramp begins next tick
			l.observer = noObserver{}
		}
	}()
	for {
		c.wait(pace.deadline)
		passed := l.clockIn(c.now(), pace)
		l.tick(passed)
		if l.stopping.Load() && l.governor.Idle() {
			return true
		}
		if n := pace.next(c.now()); n > 0 {
			l.skipped.Add(n)
			l.overruns.Add(n)
		}
	}
}

// clockIn counts a tick that began now and returns the time since the last one, s.
func (l *Loop) clockIn(now int64, pace *pacer) float64 {
	l.late = time.Duration(max(0, now-pace.deadline))
	if !pace.catching {
		l.lateness.add(l.late)
	}
	if l.late >= l.period {
		l.overruns.Add(1)
	}
	passed := l.dt
	if pace.began {
		passed = time.Duration(now - pace.last).Seconds()
		l.periods.add(time.Duration(now - pace.last))
	} else {
		l.firstTick.Store(now)
	}
	pace.began, pace.last = true, now
	l.lastTick.Store(now)
	return passed
}

// pacer says when the next tick is due.
type pacer struct {
	period   int64 // ns
	deadline int64 // ns, of the present tick
	last     int64 // ns, when it began
	began    bool
	catching bool // the present tick was overdue before there was anything to wait for
}

// next moves the deadline on and returns how many ticks are given up: those that are more than CatchUp behind.
func (p *pacer) next(now int64) (skipped int64) {
	p.deadline += p.period
	behind := now - p.deadline
	p.catching = behind > 0
	if behind <= CatchUp*p.period {
		return 0
	}
	skipped = behind/p.period - CatchUp
	p.deadline += skipped * p.period
	return skipped
}

// quietSlots is how many scheduler slots a quiet process has at least. A thread that comes back from its sleep needs a free
// one; with as many as processors, a recorder whose thread the kernel has set aside can hold the last, and the tick waits
// with it: longest lateness 20-30 ms with 2 slots on 2 busy processors, 3-6 ms with 8.
const quietSlots = 8

// Quiet makes a process fit for a running loop: the garbage collector is off until the heap reaches limit bytes (the tick
// makes no garbage, the rest of a servo process little, and a collection would stop the tick for milliseconds), and there
// are slots to spare for the loop's thread. restore puts things back and collects.
func Quiet(limit int64) (restore func()) {
	runtime.GC()
	percent := debug.SetGCPercent(-1)
	was := debug.SetMemoryLimit(limit)
	slots := runtime.GOMAXPROCS(max(quietSlots, runtime.NumCPU()+2))
	return func() {
		runtime.GOMAXPROCS(slots)
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(was)
		runtime.GC()
	}
}

// Bench runs a loop for some seconds in real time and returns how it did. The leg is halted, not closed.
func Bench(ctx context.Context, seconds, hz float64, d Device, r Renderer) (Stats, error) {
	if !(seconds > 0 && seconds <= 24*3600) {
		return Stats{}, fmt.Errorf("haptics: bench of %g s, allowed above 0 to 86400: give --seconds", seconds)
	}
	restore := Quiet(1 << 30)
	defer restore()
	ctx, cancel := context.WithTimeout(ctx, time.Duration(seconds*float64(time.Second)))
	defer cancel()
	return NewLoop(d, r, NewGovernor(d.Info().Limits), nil, hz).Run(ctx)
}
