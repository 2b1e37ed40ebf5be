package haptics

import (
	"errors"
	"fmt"
	"io"
	"sync/atomic"
	"time"
)

// What the loop bears.
const (
	// CatchUp is how many missed ticks are run one after the other when the loop is late. Eight keep a virtual leg on
	// time after a hiccup of 8 ms (6 ms are common on a virtual machine) and are over in tens of microseconds; more would
	// let a machine that cannot keep up do nothing else. The rest is skipped and counted.
	CatchUp = 8
	// StaleAfter is how long a leg may give no new sample before that is a fault, s.
	StaleAfter = 0.020
	// slowestHz and fastestHz are the tick rates a loop accepts.
	slowestHz, fastestHz = 50.0, 20e3
)

// Loop is the servo: exchange with the leg, render, govern, observe, once a period. Run does it in real time, Advance
// one nominal period at a time as fast as the machine allows. One of the two is used at a time; Stop, Fault and Stats are
// free for every goroutine.
type Loop struct {
	device   Device
	renderer Renderer
	governor *Governor
	observer Observer
	hz, dt   float64 // Hz, s
	period   time.Duration

	running bool // armed and not yet halted
	failed  error
	sample  Sample
	command Command
	mute    bool    // the renderer has panicked: nothing asks it any more
	stale   float64 // s since the leg gave a new sample
	began   bool    // there was a sample
	late    time.Duration

	stopping atomic.Bool
	lost     atomic.Bool // the leg answered the last exchange with an error
	fault    atomic.Pointer[Fault]
	spare    *Fault                 // what fault will point to, made before the first tick
	anew     atomic.Pointer[pardon] // asked for by Rearm

	class               atomic.Pointer[class]
	ticks               atomic.Int64
	overruns, skipped   atomic.Int64
	firstTick, lastTick atomic.Int64 // ns of the clock
	lateness, periods   histogram
}

// class is how the machine schedules the loop.
type class struct {
	name, notice string
	locked       bool
}

var offline = &class{name: SchedulerOffline}

// noObserver looks away.
type noObserver struct{}

func (noObserver) Observe(*Sample, *Command, Intervention) {}

// NewLoop joins a leg, a renderer and a governor. observer may be nil. hz is the tick rate, 50..20000; one outside is
// taken as the nearest, 0 as 1000.
func NewLoop(d Device, r Renderer, g *Governor, o Observer, hz float64) *Loop {
	if !(hz > 0) {
		hz = 1000
	}
	hz = min(max(hz, slowestHz), fastestHz)
	if o == nil {
		o = noObserver{}
	}
	l := &Loop{
		device: d, renderer: r, governor: g, observer: o,
		hz: hz, dt: 1 / hz, period: time.Duration(float64(time.Second) / hz),
	}
	l.class.Store(offline)
	return l
}

// Advance runs one tick of nominal time; the first one arms leg and governor. It returns true when the loop has ended: it
// was stopped or met a fault, the ramp is over and the leg is halted. Err tells why. A further call arms again.
func (l *Loop) Advance() (done bool) {
	if !l.running {
		if l.begin(offline) != nil {
			return true
		}
	}
	l.tick(l.dt)
	if !l.governor.Idle() {
		return false
	}
	l.end()
	return true
}

// Stop asks the loop to ramp out and end. It returns at once and may be called from any goroutine.
func (l *Loop) Stop() { l.stopping.Store(true) }

// pardon is a request to forget one fault, and no later one. Both are made outside the tick.
type pardon struct{ fault, spare *Fault }

// Rearm asks a running loop to forget a fault and ramp in again, as after arming. It returns at once; the tick does it as
// soon as the ramp out is over. The leg itself must have been armed before, where it had given up: while it is Lost the
// request is dropped, so that force never comes with a plug. Without a fault nothing happens. Any goroutine may call it.
func (l *Loop) Rearm() {
	if f := l.fault.Load(); f != nil {
		l.anew.Store(&pardon{f, new(Fault)})
	}
}

// Lost reports whether the leg answered the last exchange with an error.
func (l *Loop) Lost() bool { return l.lost.Load() }

// Fault returns the first fault since arming, or one of reason NoFault.
func (l *Loop) Fault() Fault {
	if f := l.fault.Load(); f != nil {
		return *f
	}
	return Fault{}
}

// Err is why the loop ended: an error of the leg, the Fault (errors.As finds it), or nil. Ask after the end; while Run
// runs, ask Fault.
func (l *Loop) Err() error {
	if l.failed != nil {
		return l.failed
	}
	if f := l.fault.Load(); f != nil {
		return *f
	}
	return nil
}

// Late is how far the present tick began behind its deadline. Only the renderer and the observer may ask, in their tick.
func (l *Loop) Late() time.Duration { return l.late }

// Hz is the tick rate.
func (l *Loop) Hz() float64 { return l.hz }

// begin arms the leg and forgets what was.
func (l *Loop) begin(c *class) error {
	l.class.Store(c)
	l.failed = nil
	l.fault.Store(nil)
	l.anew.Store(nil)
	l.lost.Store(false)
	l.spare = new(Fault)
	if err := l.device.Info().Limits.Check(); err != nil {
		l.failed = err
		return err
	}
	if err := l.device.Arm(); err != nil {
		l.failed = fmt.Errorf("haptics: arm the leg: %w", err)
		return l.failed
	}
	l.governor.Reset()
	l.governor.Arm()
	l.running, l.began, l.mute, l.stale, l.late = true, false, false, 0, 0
	l.sample, l.command = Sample{}, Command{}
	l.ticks.Store(0)
	l.overruns.Store(0)
	l.skipped.Store(0)
	l.firstTick.Store(0)
	l.lastTick.Store(0)
	l.lateness.reset()
	l.periods.reset()
	return nil
}

// end tells the leg the nothing that the ramp has reached and makes it inert.
func (l *Loop) end() {
	l.running = false
	l.stopping.Store(false)
	_ = l.device.Exchange(&l.command, &l.sample) // whatever it answers, Halt follows
	if err := l.device.Halt(); err != nil {
		l.failed = errors.Join(l.Err(), fmt.Errorf("haptics: halt the leg: %w", err))
	}
}

// tick is one period: it sends the command of the last sample, takes the next sample and makes the command for it.
// passed is the time since the last tick, s.
func (l *Loop) tick(passed float64) {
	l.exchange(passed)
	l.rearm()
	if l.stopping.Load() {
		l.governor.Stop()
	}
	l.command = Command{}
	if !l.mute && l.began {
		l.renderer.Render(&l.sample, l.dt, &l.command)
	}
	i := l.governor.Apply(&l.sample, &l.command, l.dt)
	if i.Fault.Reason != NoFault && l.fault.Load() == nil {
		*l.spare = i.Fault
		l.fault.Store(l.spare)
	}
	l.ticks.Store(l.ticks.Load() + 1)
	if l.began {
		l.observer.Observe(&l.sample, &l.command, i)
	}
}

// rearm begins anew what a fault has ended, when that was asked for and nothing is rendered any more. After a panic there
// is nobody left to render. A request that came while another was answered is for a fault that is forgotten: kept, it would
// bring force back by itself after the next one.
func (l *Loop) rearm() {
	p := l.anew.Load()
	switch {
	case p == nil:
		return
	case l.mute, l.stopping.Load(), l.lost.Load(), p.fault != l.fault.Load():
		l.anew.CompareAndSwap(p, nil)
		return
	case !l.governor.Idle():
		return
	}
	l.anew.CompareAndSwap(p, nil)
	l.spare = p.spare
	l.fault.Store(nil)
	l.failed, l.stale = nil, 0
	l.governor.Reset()
	l.governor.Arm()
}

// exchange keeps the last sample when the leg has no new one, and trips when that lasts.
func (l *Loop) exchange(passed float64) {
	last := l.sample
	err := l.device.Exchange(&l.command, &l.sample)
	l.lost.Store(err != nil)
	switch {
	case err != nil:
		l.sample = last
		l.lose(err)
	case l.began && l.sample.Tick <= last.Tick:
		l.sample = last
		l.stale += passed
		if l.stale >= StaleAfter {
			l.governor.Trip(Fault{Reason: Stale, Tick: last.Tick, Value: l.stale, Limit: StaleAfter})
		}
	default:
		l.began, l.stale = true, 0
	}
}

// lose answers an error of the leg: the end of a recording ends the loop, a leg that names its own fault is believed.
func (l *Loop) lose(err error) {
	if l.governor.Fault().Reason != NoFault {
		return
	}
	f := Fault{Reason: LostDevice, Tick: l.sample.Tick, Value: l.stale}
	named := errors.As(err, &f) // first: a cable that is pulled reads as the end of a file, too
	if !named && errors.Is(err, io.EOF) {
		l.stopping.Store(true)
		return
	}
	l.governor.Trip(f)
	l.failed = fmt.Errorf("%w: %w", f, err)
}
