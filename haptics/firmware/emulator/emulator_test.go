//go:build linux

package emulator

import (
	"errors"
	"math"
	"os"
	"os/exec"
	"runtime"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"osseo/haptics"
	"osseo/haptics/wire"
)

// host is the least of a host: it writes frames and keeps the newest of what comes back.
type host struct {
	t        testing.TB
	leg      *Emulator
	port     int // its descriptor
	start    time.Time
	number   [256]uint8
	decoder  wire.Decoder
	states   wire.Sequence
	buffer   []byte
	state    wire.State
	identity wire.Identity
	limits   wire.Limits
	acks     []wire.Ack
	outcomes []wire.Outcome
	fault    wire.Fault
	status   wire.Status
	pong     wire.Pong
	count    int // states
	clock    uint32
	each     func(s *wire.State, clock uint32)
	hold     *wire.Grip    // sent with each command
	gap      time.Duration // longest between two commands of the last exchange
}

func startHost(t testing.TB) *host {
	t.Helper()
	for _, tool := range []string{"qemu-system-arm", "arm-none-eabi-gcc"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("SKIPPED, the firmware is not tested here: %s is not installed: run tools/setup.sh", tool)
		}
	}
	leg, err := Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = leg.Kill() })
	leg.Favour()
	runtime.LockOSThread() // it ends with the test, and its class with it
	prefer(0, linePriority+1, unix.SCHED_FLAG_RESET_ON_FORK)
	// By the socket: what is tested here is the firmware, and not how busy the machine is. haptics/leg's tests take the port.
	port, err := unix.Socket(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = unix.Close(port) })
	if err := unix.Connect(port, &unix.SockaddrUnix{Name: leg.line.name}); err != nil {
		t.Fatal(err)
	}
	h := &host{t: t, leg: leg, port: port, start: time.Now(), buffer: make([]byte, 4096)}
	h.hello()
	return h
}

func (h *host) micros() uint32 { return uint32(time.Since(h.start).Microseconds()) + 1 }

func (h *host) write(b []byte) {
	h.t.Helper()
	if n, err := unix.Write(h.port, b); err != nil || n != len(b) {
		h.t.Fatalf("write: %d of %d bytes, %v", n, len(b), err)
	}
}

func (h *host) next(t wire.Type) uint8 {
	h.number[t]++
	return h.number[t]
}

// read takes what comes until the deadline or until done.
func (h *host) read(until time.Time, done func() bool) bool {
	h.t.Helper()
	for done == nil || !done() {
		left := time.Until(until)
		if left <= 0 {
			return false
		}
		patience := unix.NsecToTimespec(int64(left))
		set := []unix.PollFd{{Fd: int32(h.port), Events: unix.POLLIN}}
		n, err := unix.Ppoll(set, &patience, nil)
		if n == 0 || errors.Is(err, unix.EINTR) {
			continue
		}
		if err == nil {
			n, err = unix.Read(h.port, h.buffer)
		}
		if err != nil {
			h.t.Fatalf("read: %v", err)
		}
		for f, rest, ok := h.decoder.Next(h.buffer[:n]); ok; f, rest, ok = h.decoder.Next(rest) {
			h.take(f)
		}
	}
	return true
}

func (h *host) take(f wire.Frame) {
	h.t.Helper()
	var err error
	switch f.Type {
	case wire.TypeState:
		if h.states.Judge(f) != wire.Fresh {
			return
		}
		h.count++
		h.clock = f.Time
		h.state, err = wire.DecodeState(f)
		if h.each != nil {
			h.each(&h.state, f.Time)
		}
	case wire.TypeIdentity:
		h.identity, err = wire.DecodeIdentity(f)
	case wire.TypeLimits:
		h.limits, err = wire.DecodeLimits(f)
	case wire.TypeAck:
		var a wire.Ack
		a, err = wire.DecodeAck(f)
		h.acks = append(h.acks, a)
	case wire.TypeResult:
		var o wire.Outcome
		o, err = wire.DecodeOutcome(f)
		h.outcomes = append(h.outcomes, o)
	case wire.TypeFault:
		h.fault, err = wire.DecodeFault(f)
	case wire.TypeStatus:
		h.status, err = wire.DecodeStatus(f)
	case wire.TypePong:
		h.pong, err = wire.DecodePong(f)
	}
	if err != nil {
		h.t.Fatalf("%s: %v", f.Type, err)
	}
}

// hello asks until somebody answers: a pseudo terminal notices who opened it only after a while.
func (h *host) hello() {
	h.t.Helper()
	nonce := uint16(os.Getpid())
	for range 50 {
		h.write(wire.Hello{Least: 1, Newest: 1, Nonce: nonce}.Append(nil, h.next(wire.TypeHello), h.micros()))
		if h.read(time.Now().Add(100*time.Millisecond), func() bool { return h.limits.Nonce == nonce && h.identity.Nonce == nonce }) {
			h.read(time.Now().Add(time.Second), func() bool { return h.state.Mode != wire.Boot && h.count > 0 })
			return
		}
	}
	h.t.Fatalf("no answer to hello: %+v", h.decoder.Counts())
}

// ask sends a request and returns its ack.
func (h *host) ask(kind wire.Type, frame func(sequence uint8, micros uint32) []byte) wire.Ack {
	h.t.Helper()
	h.acks = h.acks[:0]
	number := h.next(kind)
	h.write(frame(number, h.micros()))
	found := wire.Ack{}
	if !h.read(time.Now().Add(2*time.Second), func() bool {
		for _, a := range h.acks {
			if a.Of == kind && a.Sequence == number {
				found = a
				return true
			}
		}
		return false
	}) {
		h.t.Fatalf("no answer to %s", kind)
	}
	return found
}

func (h *host) must(kind wire.Type, frame func(sequence uint8, micros uint32) []byte) {
	h.t.Helper()
	if a := h.ask(kind, frame); a.Result != wire.Done {
		h.t.Fatalf("%s: %s, %s, %d", kind, a.Result, a.Why, a.Detail)
	}
}

func (h *host) arm() {
	h.t.Helper()
	h.must(wire.TypeArm, func(n uint8, us uint32) []byte {
		return wire.Arm{Calibration: h.identity.Calibration, Digest: wire.Digest(&h.limits.Limits)}.Append(nil, n, us)
	})
}

func (h *host) inject(i wire.Inject) wire.Ack {
	h.t.Helper()
	return h.ask(wire.TypeInject, func(n uint8, us uint32) []byte { return i.Append(nil, n, us) })
}

func (h *host) clear() wire.Ack {
	h.t.Helper()
	return h.ask(wire.TypeClear, func(n uint8, us uint32) []byte { return wire.AppendClear(nil, n, us) })
}

func (h *host) place(position float64, stop bool) {
	h.t.Helper()
	h.must(wire.TypeStage, func(n uint8, us uint32) []byte { return wire.Stage{Position: position, Stop: stop}.Append(nil, n, us) })
}

func (h *host) grip(g wire.Grip) {
	h.t.Helper()
	b, err := g.Append(nil, h.next(wire.TypeGrip), h.micros())
	if err != nil {
		h.t.Fatal(err)
	}
	h.write(b)
}

// exchange sends a command each millisecond for some time, or until done.
func (h *host) exchange(c haptics.Command, shot uint8, d time.Duration, done func() bool) int {
	h.t.Helper()
	due, end, sent := time.Now(), time.Now().Add(d), 0
	command := wire.Command{Command: c, Shot: shot}
	last := due
	h.gap = 0
	for time.Now().Before(end) && (done == nil || !done()) {
		b, err := command.Append(h.buffer[:0], h.next(wire.TypeCommand), h.micros())
		if err != nil {
			h.t.Fatal(err)
		}
		if h.hold != nil { // the hand as often as the command
			if b, err = h.hold.Append(b, h.next(wire.TypeGrip), h.micros()); err != nil {
				h.t.Fatal(err)
			}
		}
		h.write(b)
		h.gap = max(h.gap, time.Since(last))
		last = time.Now()
		sent++
		due = due.Add(time.Millisecond)
		if soonest := time.Now().Add(100 * time.Microsecond); due.Before(soonest) { // late: read all the same
			due = soonest
		}
		h.read(due, nil)
	}
	return sent
}

// idle halts the leg, clears what fault there is, and waits until it is idle.
func (h *host) idle() {
	h.t.Helper()
	for range 20 {
		h.must(wire.TypeHalt, func(n uint8, us uint32) []byte { return wire.AppendHalt(nil, n, us) })
		h.read(time.Now().Add(120*time.Millisecond), nil)
		h.clear()
		h.read(time.Now().Add(20*time.Millisecond), nil)
		if h.state.Mode == wire.Idle {
			h.fault = wire.Fault{}
			return
		}
	}
	h.t.Fatalf("the leg does not get idle: %+v", h.state)
}

// pushed is a hand that pushes with 80 N against a wall of 20 N/mm at the skin. A machine so busy that the leg's watchdog
// trips on the way there gets a few more tries.
func (h *host) pushed() haptics.Command {
	h.t.Helper()
	wall := haptics.Command{Stiffness: 20000, Damping: 10, Anchor: 0}
	for range 10 {
		h.idle()
		h.grip(wire.Grip{Mass: 1.5, Damping: 20})
		h.place(0, false)
		h.arm()
		h.grip(wire.Grip{Effort: 80, Mass: 1.5, Damping: 20, Stiffness: 200, Rest: 0})
		settled := 0
		h.exchange(wall, 0, 3*time.Second, func() bool {
			if settled++; h.state.Force < 75 || h.state.Force > 82 || math.Abs(h.state.Velocity) > 1e-3 {
				settled = 0
			}
			return settled > 10 || h.state.Mode == wire.Faulted
		})
		if h.state.Mode == wire.Active && h.state.Force > 75 {
			return wall
		}
	}
	h.t.Fatalf("no 80 N to begin with, longest pause of the host %s: %+v", h.gap, h.state)
	return wall
}

func TestHandshake(t *testing.T) {
	h := startHost(t)
	if h.identity.Protocol != wire.Version || h.identity.Board != wire.BoardEmulator || h.identity.Name != "emulated leg" {
		t.Errorf("identity is %+v", h.identity)
	}
	if err := h.limits.Check(); err != nil {
		t.Error(err)
	}
	if h.limits.RenderRate < 5000 || h.limits.Force != 150 {
		t.Errorf("limits are %+v", h.limits)
	}
	if h.state.Mode != wire.Idle {
		t.Errorf("mode after start is %s, fault %s", h.state.Mode, h.state.Fault)
	}
	h.must(wire.TypeSelfTest, func(n uint8, us uint32) []byte { return wire.SelfTest{Mask: wire.AllTests}.Append(nil, n, us) })
	if len(h.outcomes) != 8 {
		t.Errorf("%d self-tests answered, 8 asked", len(h.outcomes))
	}
	for _, o := range h.outcomes {
		if !o.Passed {
			t.Errorf("self-test %s: %d, allowed %d to %d", o.Test, o.Value, o.Least, o.Most)
		}
		t.Logf("self-test %s: %d in %d..%d", o.Test, o.Value, o.Least, o.Most)
	}
	for _, wrong := range []wire.Arm{{Calibration: 1, Digest: wire.Digest(&h.limits.Limits)}, {Calibration: h.identity.Calibration, Digest: 1}} {
		if a := h.ask(wire.TypeArm, func(n uint8, us uint32) []byte { return wrong.Append(nil, n, us) }); a.Result != wire.Refused {
			t.Errorf("armed with %+v", wrong)
		}
	}
	h.write(wire.Ping{Token: 77}.Append(nil, h.next(wire.TypePing), h.micros()))
	if !h.read(time.Now().Add(time.Second), func() bool { return h.pong.Token == 77 }) {
		t.Error("no pong")
	}
}

func TestOneKilohertz(t *testing.T) {
	h := startHost(t)
	h.arm()
	h.read(time.Now().Add(200*time.Millisecond), func() bool { return h.status.Renders > 0 })
	before, lost := h.count, h.states.Lost
	clock := h.clock
	const seconds = 5
	h.hold = &wire.Grip{Effort: 5, Mass: 1, Damping: 20}
	damaged := h.status.Damaged // whoever opens a pseudo terminal may meet the rest of a frame
	sent := h.exchange(haptics.Command{Stiffness: 1000, Damping: 5, Anchor: h.state.Position}, 0, seconds*time.Second, nil)
	got := h.count - before
	ran := float64(h.clock-clock) * 1e-6
	n := h.decoder.Counts()
	t.Logf("%d commands, %d states in %.3f s of the leg's clock, %d lost, counts %+v, status %+v", sent, got, ran, h.states.Lost-lost, n, h.status)
	switch {
	case h.state.Mode == wire.Active:
	case h.state.Fault == wire.LinkLost && h.fault.Value > 20_000: // the machine held the test, the cable or QEMU up
		t.Logf("nothing came to the leg for %d us (longest pause of the test %s): %s, as it should be", h.fault.Value, h.gap, h.state.Fault)
	default:
		t.Errorf("mode is %s, fault %s; longest pause of the host %s", h.state.Mode, h.state.Fault, h.gap)
	}
	if h.states.Lost != lost || n.Damaged() != 0 || h.status.Missing != 0 || h.status.Damaged != damaged || h.status.Overflows != 0 {
		t.Errorf("lost %d states, %d damaged; leg missed %d commands, %d damaged, %d bytes overflown",
			h.states.Lost-lost, n.Damaged(), h.status.Missing, h.status.Damaged, h.status.Overflows)
	}
	if rate := float64(got) / ran; rate < 990 || rate > 1010 {
		t.Errorf("%.0f states per second of the leg's clock", rate)
	}
}

// The host falls silent while the leg gives 80 N: zero force within 100 ms of the leg's own clock, fault link.
func TestWatchdog(t *testing.T) {
	h := startHost(t)
	h.pushed()
	peak := h.state.Force
	silent := h.clock // of the newest state; the last command is younger
	var zero, faulted uint32
	h.each = func(s *wire.State, clock uint32) {
		if s.Mode == wire.Faulted && faulted == 0 {
			faulted = clock - silent
		}
		if s.Force == 0 && zero == 0 {
			zero = clock - silent
		}
		if s.Force > peak+1 {
			t.Errorf("force rose to %g N after the host fell silent", s.Force)
		}
	}
	h.read(time.Now().Add(5*time.Second), func() bool { return zero != 0 && h.fault.Code != wire.NoCode })
	t.Logf("fault %d us, zero force %d us after the last state the host saw at %.1f N; %+v", faulted, zero, peak, h.fault)
	// 3 ms: states and commands under way when the host fell silent, and the grid of the states.
	if faulted < 18e3 || faulted > 25e3 {
		t.Errorf("fault after %d us, the watchdog waits for 20000", faulted)
	}
	if zero == 0 || zero > 100e3+3e3 {
		t.Errorf("force is zero after %d us, allowed 100000", zero)
	}
	if h.fault.Code != wire.LinkLost || h.state.Mode != wire.Faulted {
		t.Errorf("fault %s in mode %s", h.fault.Code, h.state.Mode)
	}
	h.exchange(haptics.Command{Force: 50}, 0, 100*time.Millisecond, nil)
	if h.state.Force != 0 || h.state.Mode != wire.Faulted {
		t.Errorf("commands after the fault gave %g N in mode %s", h.state.Force, h.state.Mode)
	}
	if a := h.clear(); a.Result != wire.Done {
		t.Errorf("clear: %s, %s", a.Result, a.Why)
	}
	h.read(time.Now().Add(time.Second), func() bool { return h.state.Mode == wire.Idle })
	if h.state.Mode != wire.Idle || h.state.Force != 0 {
		t.Errorf("after clear: %s, %g N", h.state.Mode, h.state.Force)
	}
}
