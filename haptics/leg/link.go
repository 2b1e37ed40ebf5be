package leg

import (
	"errors"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"osseo/haptics/wire"
)

// seen is a state and when it came.
type seen struct {
	wire.State
	at       int64 // ns of the link's clock
	number   uint8 // of the frame
	answered int64 // when the command it answers was sent, ns; 0 = unknown
}

// link is one opening of the port: a reader, a writer and what they share.
type link struct {
	path    string
	port    stream
	epoch   time.Time
	hurried bool // somebody waits in real time

	identity wire.Identity
	limits   wire.Limits

	states   latest[seen]      // reader to Exchange
	commands latest[counted]   // Exchange to writer, what could not be sent at once
	grips    latest[wire.Grip] // reader to writer
	demands  chan demand       // anyone to writer
	bell     chan struct{}     // wakes the writer
	tick     chan struct{}     // a state has come
	newest   atomic.Uint32     // mode of the newest state, plus 1
	serving  atomic.Bool       // commands are sent; grips too
	stepped  atomic.Bool       // the clock of the leg goes by steps while it is armed

	stepping  atomic.Bool // it does now: grips go with commands
	moved     atomic.Bool // by a person: the leg takes no hand
	holdStill atomic.Bool // the hand is to hold still
	afresh    atomic.Bool // what was measured so far is to be forgotten
	restarted atomic.Bool // the leg has started anew since it was met
	strange   int         // states in a row from before the newest one; of the reader only

	out   outgoing
	busy  atomic.Bool // somebody has out
	quick quick       // nil: everything goes through the writer

	writing atomic.Int64 // when the write under way began, ns; 0 = none
	skipped atomic.Int64 // commands overwritten before they were sent

	sentAt    [256]atomic.Int64 // when the command of a number was sent, ns
	torque    atomic.Uint64     // bits of the torque and vibration being rendered, for the hand
	vibration atomic.Uint64

	answers chan answer
	nonce   uint16
	pings   pinger
	hand    *handler
	figures figures
	clock   *syncer
	trouble atomic.Pointer[wire.Fault]  // the newest fault told
	status  atomic.Pointer[wire.Status] // the newest status told

	accepted func(wire.Frame)
	onFault  func(wire.Fault)
	onEnd    func()
	once     sync.Once
	failed   atomic.Pointer[error]
	ended    chan struct{}
	both     sync.WaitGroup
}

// demand is a frame to be sent as soon as possible. build gets the number of its type.
type demand struct {
	of    wire.Type
	build func(dst []byte, number uint8, micros uint32) []byte
	told  chan uint8 // the number it was sent with
}

// answer is a frame that answers a demand.
type answer struct {
	kind     wire.Type
	identity wire.Identity
	limits   wire.Limits
	ack      wire.Ack
	outcome  wire.Outcome
}

func newLink(path string, s stream, o *Options) *link {
	k := &link{
		path: path, port: s, epoch: time.Now(), hurried: !o.Patient,
		demands: make(chan demand, 8), bell: make(chan struct{}, 1), tick: make(chan struct{}, 1),
		answers: make(chan answer, 64), ended: make(chan struct{}), clock: newSyncer(),
		nonce: uint16(rand.Uint32()), onFault: func(wire.Fault) {}, onEnd: func() {},
	}
	if k.accepted = o.Accepted; k.accepted == nil {
		k.accepted = func(wire.Frame) {}
	}
	k.quick = quickOf(s)
	k.out.b = make([]byte, 0, 32*wire.MaxFrame)
	k.out.left = make([]byte, 0, wire.MaxFrame)
	k.states.init()
	k.commands.init()
	k.grips.init()
	k.pings.every = int64(1e9 / o.PingHz)
	if o.Hand != nil {
		k.hand = newHandler(o.Hand)
	}
	return k
}

func (k *link) start() {
	if k.hurried {
		preferred()
	}
	k.both.Add(2)
	go k.read()
	go k.write()
}

// now is ns since the port was opened.
func (k *link) now() int64 { return int64(time.Since(k.epoch)) }

func micros(ns int64) uint32 { return uint32(ns / 1000) }

// end is called by whoever sees first that the port is no more.
func (k *link) end(err error) {
	k.once.Do(func() {
		k.failed.Store(&err)
		close(k.ended)
		if !errors.Is(err, errClosing) {
			go k.onEnd()
		}
	})
}

func (k *link) err() error {
	if e := k.failed.Load(); e != nil {
		return *e
	}
	return nil
}

var errClosing = errors.New("leg: closing")

// close ends both goroutines and gives the port back. A write that hangs is left behind: closing the port ends it.
func (k *link) close() {
	k.end(errClosing)
	_ = k.port.Close()
	k.both.Wait()
}

// wake makes the writer look for something to send. It never waits.
func (k *link) wake() {
	select {
	case k.bell <- struct{}{}:
	default:
	}
}

// serve lets commands and grips through: the leg has been armed.
func (k *link) serve() { k.serving.Store(true) }

// rest stops them; a simulated hand holds the tool still, or it would push on while the leg is free.
func (k *link) rest() {
	k.stepping.Store(false)
	if k.serving.Swap(false) && k.hand != nil {
		k.holdStill.Store(true)
		k.wake()
	}
}

// read decodes until the port is gone.
func (k *link) read() {
	defer k.both.Done()
	if k.hurried {
		favour()
	}
	var d wire.Decoder
	buffer := make([]byte, 4096)
	for {
		n, err := k.port.Read(buffer)
		if err != nil {
			k.end(err)
			return
		}
		select {
		case <-k.ended:
			return
		default:
		}
		at := k.now()
		if k.afresh.Swap(false) {
			k.figures.restart()
			k.pings.forget()
			k.clock.forget()
		}
		rest := buffer[:n]
		for {
			f, left, ok := d.Next(rest)
			if !ok {
				break
			}
			rest = left
			k.accepted(f)
			k.take(f, at)
		}
		if n > 0 {
			k.figures.decoded(d.Counts())
		}
	}
}

// take does what one frame asks for. A frame whose fields are out of range is counted and dropped.
func (k *link) take(f wire.Frame, at int64) {
	var err error
	switch f.Type {
	case wire.TypeState:
		err = k.takeState(f, at)
	case wire.TypePong:
		var p wire.Pong
		if p, err = wire.DecodePong(f); err == nil {
			k.pings.pong(p, at, k.clock, &k.figures)
		}
	case wire.TypeFault:
		var t wire.Fault
		if t, err = wire.DecodeFault(f); err == nil {
			k.trouble.Store(&t)
			k.onFault(t)
		}
	case wire.TypeStatus:
		var s wire.Status
		if s, err = wire.DecodeStatus(f); err == nil {
			k.status.Store(&s)
			k.figures.acted.Or(uint32(s.Acted))
		}
	default:
		err = k.takeAnswer(f)
	}
	if err != nil {
		k.figures.refused.Add(1)
	}
}

// takeAnswer passes an answer on to whoever asked.
func (k *link) takeAnswer(f wire.Frame) (err error) {
	a := answer{kind: f.Type}
	switch f.Type {
	case wire.TypeIdentity:
		a.identity, err = wire.DecodeIdentity(f)
	case wire.TypeLimits:
		a.limits, err = wire.DecodeLimits(f)
	case wire.TypeAck:
		a.ack, err = wire.DecodeAck(f)
	case wire.TypeResult:
		a.outcome, err = wire.DecodeOutcome(f)
	default:
		return wire.ErrType // a frame only hosts send
	}
	if err == nil {
		select {
		case k.answers <- a:
		default: // nobody asks
		}
	}
	return err
}

func (k *link) takeState(f wire.Frame, at int64) error {
	s, err := wire.DecodeState(f)
	if err != nil {
		return err
	}
	if !k.fresh(f) {
		return nil
	}
	k.figures.temperature.Store(int64(s.Temperature))
	s.Twist = k.figures.twist.Add(s.Twist)
	slot := k.states.slot()
	*slot = seen{State: s, at: at, number: f.Sequence, answered: k.sentAt[s.Answers].Swap(0)}
	if slot.answered != 0 {
		k.figures.answer.add(at - slot.answered)
	}
	k.figures.state(f.Time, at)
	if k.hand != nil && k.serving.Load() && !k.moved.Load() && k.stepping.Load() == k.stepped.Load() {
		grip := k.grips.slot()
		k.hand.act(&s, f.Time, k, grip)
		k.grips.give()
		if !k.stepping.Load() {
			k.wake()
		}
	}
	k.newest.Store(uint32(s.Mode) + 1)
	k.states.give()
	select {
	case k.tick <- struct{}{}:
	default:
	}
	return nil
}

// restartAfter is how many states in a row with an older time than before mean that the leg's clock began anew. Reordering
// gives one or two.
const restartAfter = 20

// fresh reports whether a state is to be taken.
func (k *link) fresh(f wire.Frame) bool {
	switch k.figures.judge(f) {
	case wire.Fresh:
		k.strange = 0
		return true
	case wire.Stale:
		if k.strange++; k.strange >= restartAfter {
			k.strange = 0
			k.figures.sequence.Restart()
			k.restarted.Store(true)
		}
	}
	return false
}

// over reports whether the port is no more.
func (k *link) over() bool {
	select {
	case <-k.ended:
		return true
	default:
		return false
	}
}

// mode is that of the newest state.
func (k *link) mode() (wire.Mode, bool) {
	m := k.newest.Load()
	return wire.Mode(m - 1), m != 0
}

// nextState waits for a state that comes after now, or for so long.
func (k *link) nextState(longest time.Duration) bool {
	select {
	case <-k.tick: // at most one, and maybe old
		return true
	default:
	}
	t := timers.Get().(*time.Timer)
	t.Reset(longest)
	defer func() { t.Stop(); timers.Put(t) }()
	select {
	case <-k.tick:
		return true
	case <-k.ended:
	case <-t.C:
	}
	return false
}

var timers = sync.Pool{New: func() any { return time.NewTimer(time.Hour) }}
