package trial

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"osseo/app/recording"
	"osseo/haptics"
	"osseo/haptics/leg"
	"osseo/haptics/virtual"
	"osseo/scenarios"
)

// Live is a run in real time: the loop on a thread of its own, the pump beside it. Act and Finish may come from any
// goroutine, one at a time; Halt from any at any time.
type Live struct {
	session *Session
	loop    *haptics.Loop
	leg     *onward
	link    func() leg.Figures // of a leg on a port; nil of the virtual one

	act  sync.Mutex // Act, Pump and Finish take turns
	done chan struct{}
	end  *Closed

	scratch string // directory of a recording nobody asked to keep; empty = none

	stats   atomic.Pointer[haptics.Stats] // as of the last quarter second
	figures atomic.Pointer[leg.Figures]   // the same; nil without a port
}

// halting is the longest a ramp to zero and a halt may take, s.
const halting = 2 * time.Second

// StartLive begins a run whose hand is moved by somebody else. It returns while the loop runs. A run without Setup.Record
// is recorded all the same, for as long as it lasts: it is graded from that, and a recording in memory would allocate in
// the tick.
func StartLive(ctx context.Context, setup Setup, hand virtual.Hand, p Parts) (*Live, Opened, error) {
	setup, err := Prepare(setup)
	if err != nil {
		return nil, Opened{}, err
	}
	if p.Emit == nil {
		p.Emit = func(Event) {}
	}
	d, err := openLeg(setup, hand, tellLink(p.Emit))
	if err != nil {
		return nil, Opened{}, err
	}
	l := &Live{leg: newOnward(d, p.Intent), done: make(chan struct{})}
	if port, ok := d.(interface{ Figures() leg.Figures }); ok {
		l.link = port.Figures
	}
	kept := setup.Record
	p.Loop = l.now
	if l.session, err = l.open(&setup, p); err != nil {
		_ = d.Close()
		l.forget()
		return nil, Opened{}, err
	}
	g := haptics.NewGovernor(l.leg.Info().Limits)
	l.loop = haptics.NewLoop(l.leg, l.session, g, l.session, setup.TickHz)
	go l.run(ctx)
	go l.pump()
	first := l.session.plan
	return l, Opened{
		Case: setup.Case.ID, Seed: setup.Seed, Driver: first.Driver, Needle: first.Needle, TickHz: setup.TickHz,
		File: kept, Notice: noticeOf(setup, d.Info()),
	}, nil
}

// open makes the recorder and the session.
func (l *Live) open(setup *Setup, p Parts) (*Session, error) {
	if p.Recorder == nil {
		var err error
		if setup.Record == "" {
			if l.scratch, err = os.MkdirTemp("", "osseo-"); err != nil {
				return nil, fmt.Errorf("trial: no place for the recording: %w", err)
			}
			setup.Record = filepath.Join(l.scratch, "run.osseo")
		}
		if p.Recorder, err = newRecorder(*setup, p.Emit); err != nil {
			return nil, err
		}
	}
	return NewSession(*setup, p)
}

// forget removes a recording nobody asked to keep.
func (l *Live) forget() {
	if l.scratch != "" {
		_ = os.RemoveAll(l.scratch)
	}
}

func (l *Live) run(ctx context.Context) {
	defer close(l.done)
	_, _ = l.loop.Run(ctx) // why it ended is asked of the loop
}

// pump turns notes into events 50 times a second, and tells once how the loop is scheduled.
func (l *Live) pump() {
	t := time.NewTicker(20 * time.Millisecond)
	defer t.Stop()
	told := false
	for n := 0; ; n++ {
		ended := false
		select {
		case <-l.done:
			ended = true
		case <-t.C:
		}
		l.act.Lock()
		if l.end == nil {
			l.session.Pump()
		}
		l.act.Unlock()
		if ended {
			return
		}
		if n%12 != 0 {
			continue
		}
		s := l.loop.Stats()
		l.stats.Store(&s)
		if l.link != nil {
			f := l.link()
			l.figures.Store(&f)
		}
		if !told && s.Ticks > 0 {
			told = true
			if s.Notice != "" {
				l.session.emit(Event{Kind: "notice", Name: "scheduler-" + s.Scheduler, Text: s.Notice})
			}
		}
	}
}

// now is called in the tick: only what is cheap.
func (l *Live) now() LoopNow {
	n := LoopNow{LateUS: float64(l.loop.Late()) / float64(time.Microsecond), Fault: l.loop.Fault().Reason}
	if s := l.stats.Load(); s != nil {
		n.RateHz, n.LateP99, n.LateMax, n.Overruns = s.RateHz, s.LateP99US, s.LateMaxUS, s.Overruns
		n.Sched = schedulerCode(s.Scheduler)
	}
	if w, ok := l.session.recorder.(interface{ Dropped() int64 }); ok {
		n.Dropped = w.Dropped()
	}
	if f := l.figures.Load(); f != nil {
		n.Link = LinkNow{RateHz: f.RateHz, RTTUS: f.RTTP50US, Lost: f.Lost, Damaged: f.CRCErrors + f.Broken, Celsius: f.TemperatureC}
	}
	return n
}

// Schedulers are the scheduling classes in the order of Snapshot.Sched.
var Schedulers = [...]string{
	haptics.SchedulerOffline, haptics.SchedulerNormal, haptics.SchedulerRTKit, haptics.SchedulerFIFO,
}

func schedulerCode(name string) uint8 {
	for i, s := range Schedulers {
		if s == name {
			return uint8(i)
		}
	}
	return 0
}

// Act does one step of the procedure.
func (l *Live) Act(a scenarios.Action) (scenarios.Observation, error) {
	l.act.Lock()
	defer l.act.Unlock()
	if l.end != nil {
		return scenarios.Observation{}, errors.New("trial: the case has ended")
	}
	select {
	case <-l.done:
		return scenarios.Observation{}, errors.New("trial: the leg has been halted: finish the case")
	default:
	}
	return l.session.Act(a)
}

// Stats is how the loop does now.
func (l *Live) Stats() haptics.Stats { return l.loop.Stats() }

// Now is the time of the run, s.
func (l *Live) Now() float64 { return l.session.Now() }

// Err is why the loop ended. Ask after Done.
func (l *Live) Err() error { return l.loop.Err() }

// Done is closed when the loop has ended.
func (l *Live) Done() <-chan struct{} { return l.done }

// Halt ramps force to zero at once and leaves the case open.
func (l *Live) Halt() { l.loop.Stop() }

// Finish ramps force to zero, ends the loop, closes the recording and grades it. A second call returns what the first did.
func (l *Live) Finish(reason string) (Closed, error) {
	l.loop.Stop()
	var stuck error
	select {
	case <-l.done:
	case <-time.After(halting):
		stuck = fmt.Errorf("trial: %w: the loop did not end within %s", ErrDevice, halting)
	}
	l.act.Lock()
	defer l.act.Unlock()
	if l.end != nil {
		return *l.end, nil
	}
	if l.loop.Fault().Reason != haptics.NoFault {
		reason = "fault"
	}
	defer l.forget()
	c := Closed{Reason: reason}
	if l.scratch == "" {
		c.File = l.session.Setup.Record
	}
	l.end = &c
	if stuck != nil {
		return c, stuck
	}
	err := l.session.Close(reason, loopOf(l.loop.Stats(), l.now().Dropped))
	_ = l.leg.Close()
	if err != nil {
		return c, err
	}
	result, e, err := judge(l.session.recorder, l.session.Setup)
	if err != nil {
		return c, err
	}
	result.Recording.File = c.File
	if e.End.Whole() {
		c.Result = result
	}
	c.Report, c.Advice = result.Grade, result.Grade.Advice
	return c, nil
}

func loopOf(s haptics.Stats, dropped int64) recording.Loop {
	return recording.Loop{
		RateHz: s.RateHz, LateP50: s.LateP50US, LateP99: s.LateP99US, LateP999: s.LateP999US, LateMax: s.LateMaxUS,
		Overruns: s.Overruns, Dropped: dropped, Scheduler: s.Scheduler,
	}
}

// RunLive runs one case with a simulated or recorded hand at the speed of the clock and grades it.
func RunLive(ctx context.Context, setup Setup) (*Result, error) {
	setup, err := Prepare(setup)
	if err != nil {
		return nil, err
	}
	who, hand, err := person(setup)
	if err != nil {
		return nil, err
	}
	defer haptics.Quiet(quietHeap)()
	l, _, err := StartLive(ctx, setup, hand, Parts{})
	if err != nil {
		return nil, err
	}
	reason := l.attend(ctx, who)
	c, err := l.Finish(reason)
	if err != nil {
		return nil, err
	}
	if why := l.loop.Err(); why != nil && setup.Device != Virtual {
		return nil, deviceError(fmt.Errorf("%s stopped at %.1f s: %w", setup.Device, l.Now(), why))
	}
	if c.Result == nil {
		return nil, fmt.Errorf("trial: the recording is not whole, so it cannot be graded")
	}
	return c.Result, nil
}

// attend lets the person decide until the case ends.
func (l *Live) attend(ctx context.Context, who actor) string {
	t := time.NewTicker(time.Duration(thinkEvery * float64(time.Second)))
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return "abandoned"
		case <-l.done:
			return "fault"
		case <-t.C:
		}
		l.act.Lock()
		done, err := who.think(l.session)
		l.act.Unlock()
		switch {
		case err != nil:
			return "abandoned"
		case done:
			return "finished"
		case l.loop.Fault().Reason != haptics.NoFault:
			return "fault" // the loop goes on without force until it is stopped; the case is over
		case l.Now() > l.session.Setup.Case.Clock.LimitS:
			return "time-limit"
		}
	}
}
