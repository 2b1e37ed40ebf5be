package leg

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"osseo/haptics"
	"osseo/haptics/virtual"
	"osseo/haptics/wire"
)

// Times of a link. docs/safety.md tells what each protects against.
const (
	// lateWrite is how long one write may take, s. 20 ms is when the firmware gives the host up.
	lateWrite = 0.020
	// answerTime is how long a request may go unanswered before it is asked again.
	answerTime = 100 * time.Millisecond
	// settleTime is how long the leg may take to ramp out and be idle.
	settleTime = 1500 * time.Millisecond
	// reopenEvery is how often a port that went away is looked for.
	reopenEvery = 200 * time.Millisecond
	// patient is that in lockstep, where nothing is in real time, and the same for states, s.
	patient = 1.0
	// emulatedPatience is that of an emulated leg: nothing moves, and an emulator on a busy machine is put off for tens
	// of milliseconds. Its firmware keeps its own 20 ms.
	emulatedPatience = 0.2
	// lockstepWait is how long Exchange waits for the next state in lockstep: less than the leg waits for a command.
	lockstepWait = 5 * time.Millisecond
	// repeats is how many commands carry a transient, so that a lost frame does not lose a pop.
	repeats = 5
)

// Options of a leg. The zero value is right for a leg on USB.
type Options struct {
	Baud   int           // bit/s on a UART; 0 = BaudRate
	Answer time.Duration // how long to wait for the leg to say who it is; 0 = 3 s, since some bridges take a second to wake
	PingHz float64       // round trips measured per second, 0..1000; 0 = 10
	// Hand moves the tool of an emulated leg, which has none of its own: it feels the states and its grip is sent with
	// the commands. It is called on a goroutine of the leg. A leg with a stage of its own does not take one.
	Hand virtual.Hand
	// NeedHand makes it an error to open a leg that does not take Hand.
	NeedHand bool
	// Start is where the tool of an emulated leg starts, m; 0 = -20 mm. Taken only with a Hand.
	Start float64
	// Lockstep makes Exchange wait for the next state, for callers that have no clock of their own.
	Lockstep bool
	// Stepped makes the clock of an emulated leg go on by a millisecond with each Exchange and stand still otherwise: never
	// late, and in a run without a clock the same on any machine. It needs a Hand. A leg that does not say that it is
	// emulated is never stepped, whatever is asked for.
	Stepped bool
	// Patient says that nobody waits for the leg in real time: its threads stay at ordinary priority, and answers may take
	// seconds. For stepped runs without a clock.
	Patient bool
	// Accepted, when not nil, sees each frame that passed its checks, on a goroutine of the leg; it must not keep it.
	Accepted func(wire.Frame)
	// Changed, when not nil, is called on a goroutine of the leg when the link is lost (with why) and when it is back
	// (with nil). It must not call the leg.
	Changed func(*Diagnosis)
}

// Leg is a mannequin leg on a serial port. Exchange belongs to one goroutine, everything else to any.
type Leg struct {
	path     string
	options  Options
	info     haptics.Info
	identity wire.Identity

	state atomic.Int32
	why   atomic.Pointer[stop] // why Exchange fails
	link  atomic.Pointer[link]
	ask   sync.Mutex // one request at a time; never taken by Exchange

	lost   chan *link    // to the keeper
	closed chan struct{} // ends the keeper
	gone   chan struct{} // the keeper has ended

	ticks    atomic.Int64 // tick, for whoever is not Exchange
	patience float64      // s that a write may take
	stale    float64      // s without a new state that are a fault

	// Of Exchange only.
	tick    int64
	sends   int64 // commands since Open
	shot    uint8
	pop     haptics.Transient
	popLeft int
	armedAt time.Time
	sample  haptics.Sample
}

const (
	idle int32 = iota
	arming
	armed
	away // the port is gone
	shut
)

// stop is why Exchange fails: made once, so that failing does not allocate.
type stop struct{ err error }

// Errors of Arm and Exchange.
var (
	ErrNotArmed = errors.New("leg: not armed: call Arm before Exchange")
	ErrClosed   = errors.New("leg: closed: open it again")
	ErrNumber   = errors.New("leg: the command holds a number that is not finite; it was not sent")
)

var _ haptics.Device = (*Leg)(nil)

// Open opens a leg and asks who it is. The error is a *Diagnosis.
func Open(path string, o Options) (*Leg, error) {
	o.complete()
	l := &Leg{path: path, options: o, lost: make(chan *link, 1), closed: make(chan struct{}), gone: make(chan struct{})}
	l.patience, l.stale = lateWrite, haptics.StaleAfter
	if o.Lockstep {
		l.patience, l.stale = patient, patient
	}
	k, d := l.connect()
	if d != nil {
		return nil, d
	}
	l.identity = k.identity
	l.info = infoOf(&k.identity, &k.limits)
	if k.identity.Board == wire.BoardEmulator {
		l.patience, l.stale = max(l.patience, emulatedPatience), max(l.stale, emulatedPatience)
	}
	l.link.Store(k)
	if d := l.place(k); d != nil {
		k.close()
		return nil, d
	}
	go l.keep()
	return l, nil
}

func (o *Options) complete() {
	if o.Baud <= 0 {
		o.Baud = BaudRate
	}
	if o.Answer <= 0 {
		o.Answer = 3 * time.Second
	}
	if !(o.PingHz > 0) {
		o.PingHz = 10
	}
	o.PingHz = min(o.PingHz, 1000)
	if o.Start == 0 {
		o.Start = -20e-3
	}
}

// connect opens the port and shakes hands.
func (l *Leg) connect() (*link, *Diagnosis) {
	s, d := openPort(l.path, l.options.Baud)
	if d != nil {
		return nil, d
	}
	k := newLink(l.path, s, &l.options)
	k.onFault = l.faulted
	k.onEnd = func() { l.lose(k) }
	k.start()
	if d := k.meet(l.options.Answer); d != nil {
		k.close()
		return nil, d
	}
	if k.identity.Board == wire.BoardEmulator {
		k.holdStill.Store(true) // a host that went while it stepped the leg left its clock standing; this lets it run
		k.wake()
	}
	k.settle()
	k.moved.Store(k.identity.Board == wire.BoardSTM32F405)
	k.stepped.Store(l.options.Stepped && k.hand != nil && k.identity.Board == wire.BoardEmulator)
	return k, nil
}

func infoOf(i *wire.Identity, l *wire.Limits) haptics.Info {
	kind := "serial"
	if i.Board == wire.BoardEmulator {
		kind = "emulated"
	}
	return haptics.Info{
		Kind: kind, Name: i.Name, Firmware: fmt.Sprintf("%s (%x)", i.Version(), i.Build),
		Capabilities: i.Capabilities, Limits: l.Limits,
	}
}

// place puts the simulated stage of an emulated leg to its start.
func (l *Leg) place(k *link) *Diagnosis {
	if l.options.Hand == nil {
		return nil
	}
	if k.moved.Load() {
		if !l.options.NeedHand {
			return nil
		}
		return wrongDevice(l.path, "it has a stage and a hand of its own, so a simulated hand cannot move it", nil)
	}
	if d := l.calm(k); d != nil {
		return d
	}
	stage := wire.Stage{Position: l.options.Start}
	a, d := k.request(wire.TypeStage, func(dst []byte, n uint8, us uint32) []byte { return stage.Append(dst, n, us) })
	if d == nil && a.Result != wire.Done {
		d = refused(l.path, a)
	}
	for range 4 { // the newest state must be one of the new place
		k.nextState(answerTime)
	}
	return d
}

// Info identifies the leg; it stays the same until Close.
func (l *Leg) Info() haptics.Info { return l.info }

// Identity is what the leg said of itself.
func (l *Leg) Identity() wire.Identity { return l.identity }

// Path is the port.
func (l *Leg) Path() string { return l.path }

// Arm readies the leg: it clears a fault whose cause is gone, runs the self-test if the leg wants one, and waits for its
// yes. Exchange must follow within 20 ms, or the leg gives the host up. It takes some milliseconds, with a self-test or a ramp under way up to 1.5 s.
func (l *Leg) Arm() error {
	l.ask.Lock()
	defer l.ask.Unlock()
	switch l.state.Load() {
	case shut:
		return ErrClosed
	case away:
		return l.reason()
	}
	k := l.link.Load()
	if k.restarted.Swap(false) {
		if d := k.meet(l.options.Answer); d != nil {
			return d
		}
	}
	if d := l.calm(k); d != nil {
		return d
	}
	l.state.Store(arming)
	l.why.Store(nil)
	l.tick, l.shot, l.popLeft = 0, 0, 0
	l.ticks.Store(0)
	k.serve()
	if d := l.arm(k); d != nil {
		k.rest()
		l.state.CompareAndSwap(arming, idle)
		return d
	}
	if k.stepped.Load() {
		if d := l.stand(k); d != nil {
			k.rest()
			l.state.CompareAndSwap(arming, idle)
			return d
		}
	}
	l.armedAt = time.Now()
	if !l.state.CompareAndSwap(arming, armed) {
		return l.reason()
	}
	return nil
}

// calm brings the leg to idle: out of a ramp, out of a fault whose cause is gone.
func (l *Leg) calm(k *link) *Diagnosis {
	for deadline := time.Now().Add(settleTime); time.Now().Before(deadline); {
		mode, ok := k.mode()
		switch {
		case ok && mode == wire.Idle:
			return nil
		case ok && (mode == wire.Armed || mode == wire.Active):
			if _, d := k.request(wire.TypeHalt, wire.AppendHalt); d != nil {
				return d
			}
			if d := k.waitMode(wire.Idle, wire.Faulted); d != nil {
				return d
			}
		case ok && (mode == wire.Faulted || mode == wire.Stopped):
			a, d := k.request(wire.TypeClear, wire.AppendClear)
			if d != nil {
				return d
			}
			if a.Result == wire.Done {
				if d := k.waitMode(wire.Idle, wire.Boot); d != nil {
					return d
				}
			}
		}
		for range 10 {
			k.nextState(answerTime / 10)
		}
		if k.over() {
			return unplugged(l.path, k.err())
		}
	}
	if m, ok := k.mode(); ok && (m == wire.Faulted || m == wire.Stopped) {
		return k.faultDiagnosis()
	}
	return noAnswer(l.path, settleTime.Seconds())
}

// arm asks for arming, with the self-test before it when the leg wants one.
func (l *Leg) arm(k *link) *Diagnosis {
	ask := wire.Arm{Calibration: l.identity.Calibration, Digest: wire.Digest(&l.info.Limits)}
	for deadline := time.Now().Add(settleTime); time.Now().Before(deadline); {
		a, d := k.request(wire.TypeArm, ask.Append)
		switch {
		case d != nil:
			return d
		case a.Why == wire.WrongMode: // it was armed or is ramping out, and its states have not told it yet
			if _, d := k.request(wire.TypeHalt, wire.AppendHalt); d != nil {
				return d
			}
			for range 4 {
				k.nextState(answerTime)
			}
			if d := k.waitMode(wire.Idle, wire.Faulted); d != nil {
				return d
			}
			continue
		case a.Why == wire.NotStill:
			for range 20 { // the tool coasts: ask again a little later
				k.nextState(answerTime / 10)
			}
			if time.Now().Add(answerTime).After(deadline) {
				return refused(l.path, a)
			}
			continue
		case a.Result == wire.Done:
			return nil // its states say so soon; to wait for them could outlast the leg's watchdog
		case a.Why != wire.TestNeeded:
			return refused(l.path, a)
		}
		if _, d := k.selfTest(wire.AllTests); d != nil {
			return d
		}
	}
	return k.faultDiagnosis()
}

// refused turns a refusal into a diagnosis.
func refused(path string, a wire.Ack) *Diagnosis {
	d := &Diagnosis{
		Trouble: LegFault, Port: path, What: fmt.Sprintf("the leg answered %s with %s: %s", a.Of, a.Result, a.Why),
		Remedy: []string{"`osseo device check " + path + "` says more"},
		Facts:  map[string]string{"detail": fmt.Sprint(a.Detail)},
	}
	switch a.Why {
	case wire.WrongCalibration, wire.WrongLimits:
		return wrongDevice(path, "calibration or limits are not the ones it named when it was opened", nil)
	case wire.FaultPresent, wire.CausePresent:
		d.Remedy = []string{"take the cause away: release the emergency stop, let the motor cool, free the tool; then arm again"}
	case wire.NotStill:
		d.Remedy = []string{"let the tool stand still, then arm again"}
	}
	return d
}

// SelfTest runs the leg's self-tests; only while it is not armed.
func (l *Leg) SelfTest() ([]wire.Outcome, error) {
	l.ask.Lock()
	defer l.ask.Unlock()
	if l.state.Load() != idle {
		return nil, errors.New("leg: self-test only while the leg is not armed: call Halt first")
	}
	k := l.link.Load()
	if d := l.calm(k); d != nil {
		return nil, d
	}
	all, d := k.selfTest(wire.AllTests)
	if d != nil {
		return all, d
	}
	return all, nil
}

// Inject asks an emulated leg for a fault; a leg with a motor answers that it cannot.
func (l *Leg) Inject(i wire.Inject) (wire.Result, error) {
	l.ask.Lock()
	defer l.ask.Unlock()
	if s := l.state.Load(); s == shut || s == away {
		return 0, l.reason()
	}
	a, d := l.link.Load().request(wire.TypeInject, i.Append)
	if d != nil {
		return 0, d
	}
	return a.Result, nil
}

// Press presses or releases the emergency stop of an emulated leg.
func (l *Leg) Press(stop bool) error {
	l.ask.Lock()
	defer l.ask.Unlock()
	s := wire.Stage{Position: nan, Stop: stop}
	a, d := l.link.Load().request(wire.TypeStage, s.Append)
	if d != nil {
		return d
	}
	if a.Result != wire.Done {
		return refused(l.path, a)
	}
	return nil
}

// Halt asks the leg to ramp out and be idle. It waits until the leg has said yes, at most 300 ms; a leg that cannot be
// reached does the same by itself within 20 + 100 ms.
func (l *Leg) Halt() error {
	was := armed
	if !l.state.CompareAndSwap(armed, idle) {
		was = idle
	}
	k := l.link.Load()
	k.rest()
	if was != armed {
		return nil
	}
	l.ask.Lock()
	defer l.ask.Unlock()
	if _, d := k.request(wire.TypeHalt, wire.AppendHalt); d != nil && l.state.Load() == idle {
		return d
	}
	return nil
}

// Close halts the leg and gives the port back.
func (l *Leg) Close() error {
	err := l.Halt()
	if l.state.Swap(shut) == shut {
		return nil
	}
	close(l.closed)
	<-l.gone
	l.link.Load().close()
	return err
}

func (l *Leg) reason() error {
	if w := l.why.Load(); w != nil {
		return w.err
	}
	if l.state.Load() == shut {
		return ErrClosed
	}
	return ErrNotArmed
}
