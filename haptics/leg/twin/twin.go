// Package twin is a leg in Go behind a byte stream: the protocol of docs/wire.md around the stage of haptics/virtual. It
// stands in for the firmware where no emulator is at hand, in tests and to measure a link; it is no model of the firmware's
// timing or of its governor.
//
//	far, path, keep, _ := leg.Pty()
//	go twin.New(twin.Options{}).Serve(ctx, far)
//	l, _ := leg.Open(path, leg.Options{})
package twin

import (
	"context"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"osseo/haptics"
	"osseo/haptics/virtual"
	"osseo/haptics/wire"
)

// Options of a twin. The zero value is the reference leg held by nobody.
type Options struct {
	Hand     virtual.Hand       // nil = moved by grip frames, as the emulator's hand
	Limits   haptics.Limits     // zero = the reference leg's
	Board    wire.Board         // zero = host
	Serial   uint8              // tells twins apart
	Version  uint8              // protocol it claims to speak; 0 = the one of the program
	Watchdog time.Duration      // how long it renders without a command; 0 = 20 ms, the firmware's
	Mute     bool               // takes everything and says nothing
	Sent     func(frame []byte) // sees each frame before it is sent; called by the serving goroutine
	Taken    func(wire.Frame)   // sees each frame that passed its checks, on the reading goroutine; must not keep it
}

// Twin is one leg. Serve may be called again after it returned: the leg was unplugged and plugged in.
type Twin struct {
	o      Options
	leg    *virtual.Leg
	limits haptics.Limits
	epoch  time.Time

	mu      sync.Mutex
	grip    wire.Grip
	mode    wire.Mode
	code    wire.Code
	command wire.Command
	shot    uint8
	answers uint8
	last    time.Time // of a command
	ramp    time.Time // halted then
	numbers [256]uint8
	out     []byte
	taken   uint32
	sample  haptics.Sample

	// Frozen makes it stop sending and reading while it is set.
	Frozen atomic.Bool
	// Deaf makes it stop reading while it is set; it goes on sending.
	Deaf atomic.Bool
	// Pops counts the transients played.
	Pops atomic.Int64
	// Force is the axial force rendered in the newest state, N, times 1000.
	Force atomic.Int64
}

// watchdog is how long a leg renders without a command.
const watchdog = 20 * time.Millisecond

// rampOut is how long it takes to be idle after a halt.
const rampOut = 100 * time.Millisecond

// calibration is the one every twin claims to have.
const calibration = 0x0551

// New makes a twin, idle.
func New(o Options) *Twin {
	if o.Version == 0 {
		o.Version = wire.Version
	}
	if o.Watchdog == 0 {
		o.Watchdog = watchdog
	}
	t := &Twin{o: o, epoch: time.Now(), mode: wire.Idle, grip: wire.Grip{Mass: 1, Loose: true}, limits: o.Limits}
	if o.Limits == (haptics.Limits{}) {
		t.limits = haptics.ReferenceLimits()
	}
	hand := o.Hand
	if hand == nil {
		hand = gripped{t}
	}
	t.leg = virtual.New(hand, virtual.Options{})
	_ = t.leg.Arm() // cannot fail: it is not closed
	return t
}

// Limits are those it claims.
func (t *Twin) Limits() haptics.Limits { return t.limits }

// gripped is the hand of the grip frames. It is called with the lock held.
type gripped struct{ t *Twin }

func (h gripped) Act(_ *virtual.Feel, _ float64, g *virtual.Grip) { *g = virtual.Grip(h.t.grip) }

// Serve talks on rw until it ends or ctx is done.
func (t *Twin) Serve(ctx context.Context, rw io.ReadWriter) error {
	read := make(chan error, 1)
	go func() { read <- t.listen(rw) }()
	next := time.Now()
	for {
		next = next.Add(time.Millisecond)
		if behind := time.Since(next); behind > 20*time.Millisecond {
			next = time.Now()
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case err := <-read:
			return err
		case <-time.After(time.Until(next)):
		}
		if t.Frozen.Load() {
			continue
		}
		t.mu.Lock()
		t.tick()
		out := t.out
		t.out = nil
		t.mu.Unlock()
		if t.o.Mute {
			continue
		}
		if _, err := rw.Write(out); err != nil {
			return err
		}
	}
}

func (t *Twin) listen(rw io.ReadWriter) error {
	var d wire.Decoder
	buffer := make([]byte, 4096)
	for {
		n, err := rw.Read(buffer)
		if err != nil {
			return err
		}
		for t.Frozen.Load() || t.Deaf.Load() {
			time.Sleep(time.Millisecond)
		}
		rest := buffer[:n]
		t.mu.Lock()
		for {
			f, left, ok := d.Next(rest)
			if !ok {
				break
			}
			rest = left
			t.taken++
			if t.o.Taken != nil {
				t.o.Taken(f)
			}
			t.take(f)
		}
		out := t.out
		t.out = nil
		t.mu.Unlock()
		if len(out) == 0 || t.o.Mute {
			continue
		}
		if _, err := rw.Write(out); err != nil {
			return err
		}
	}
}

func (t *Twin) now() uint64 { return uint64(time.Since(t.epoch).Microseconds()) }

// put adds one frame to what is sent next: a state with its tick, an answer at once.
func (t *Twin) put(of wire.Type, build func(dst []byte, n uint8, us uint32) []byte) {
	t.numbers[of]++
	from := len(t.out)
	t.out = build(t.out, t.numbers[of], uint32(t.now()))
	if t.o.Version != wire.Version {
		t.out = append(t.out[:from], foreign(t.out[from:], t.o.Version)...)
	}
	if t.o.Sent != nil {
		t.o.Sent(t.out[from:])
	}
}

// tick renders a millisecond and tells the state.
func (t *Twin) tick() {
	now := time.Now()
	switch t.mode {
	case wire.Armed, wire.Active:
		if now.Sub(t.last) > t.o.Watchdog {
			t.fault(wire.LinkLost)
		} else if !t.ramp.IsZero() && now.Sub(t.ramp) > rampOut {
			t.mode, t.ramp = wire.Idle, time.Time{}
		}
	}
	c := haptics.Command{}
	if t.mode == wire.Active && t.ramp.IsZero() {
		c = t.command.Command
		if c.Transient.Kind == 0 || t.command.Shot == t.shot {
			c.Transient = haptics.Transient{}
		}
		if c.Transient.Kind != 0 {
			t.Pops.Add(1)
		}
		t.shot = t.command.Shot
	}
	_ = t.leg.Exchange(&c, &t.sample) // cannot fail: it is armed
	force := c.At(t.sample.Position, t.sample.Velocity)
	t.Force.Store(int64(force * 1000))
	s := wire.State{
		Sample: t.sample, Answers: t.answers, Force: force, Mode: t.mode, Fault: t.code, Temperature: 25,
	}
	t.put(wire.TypeState, s.Append)
}

func (t *Twin) fault(c wire.Code) {
	t.mode, t.code, t.ramp = wire.Faulted, c, time.Time{}
	f := wire.Fault{
		Code: c, Mode: wire.Active, Answers: t.answers, At: t.now(), Value: int32(time.Since(t.last).Microseconds()),
		Limit: int32(t.o.Watchdog.Microseconds()),
	}
	t.put(wire.TypeFault, f.Append)
}
