//go:build linux

package leg_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"osseo/haptics"
	"osseo/haptics/haptictest"
	"osseo/haptics/leg"
	"osseo/haptics/leg/twin"
	"osseo/haptics/virtual"
	"osseo/haptics/wire"
)

// Threads of a link come back from the kernel some thousand times a second, and each time need a slot of the scheduler,
// which on a busy machine is held by threads that are not run: see haptics.Quiet.
func TestMain(m *testing.M) {
	runtime.GOMAXPROCS(max(16, runtime.NumCPU()))
	goleak.VerifyTestMain(m)
}

// plugged is a twin behind a pseudo-terminal, reached by a link as udev would make it, so that plugging out and in can be
// played: the link goes, and comes back to another terminal.
type plugged struct {
	t    testing.TB
	path string
	twin *twin.Twin
	far  *os.File
	keep *os.File
	end  context.CancelFunc
	done chan struct{}
}

func plug(t testing.TB, o twin.Options) *plugged {
	t.Helper()
	if o.Watchdog == 0 {
		o.Watchdog = 2 * time.Second // what is tested here is not how busy the machine is
	}
	p := &plugged{t: t, path: filepath.Join(t.TempDir(), "leg"), twin: twin.New(o)}
	p.in()
	t.Cleanup(p.out)
	return p
}

func (p *plugged) in() {
	p.t.Helper()
	far, path, keep, err := leg.Pty()
	if err != nil {
		p.t.Fatal(err)
	}
	p.far, p.keep = far, keep
	if err := os.Symlink(path, p.path); err != nil {
		p.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	p.end, p.done = cancel, make(chan struct{})
	go func() { defer close(p.done); _ = p.twin.Serve(ctx, far) }()
}

// out takes the plug out; twice does nothing.
func (p *plugged) out() {
	if p.far == nil {
		return
	}
	p.end()
	_ = os.Remove(p.path)
	_ = p.far.Close()
	_ = p.keep.Close()
	<-p.done
	p.far = nil
}

func open(t testing.TB, p *plugged, o leg.Options) *leg.Leg {
	t.Helper()
	l, err := leg.Open(p.path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

// pusher is a hand that leans on the tool with a steady push.
type pusher float64

func (p pusher) Act(_ *virtual.Feel, _ float64, g *virtual.Grip) {
	*g = virtual.Grip{Effort: float64(p), Mass: 1.2, Damping: 40}
}

func TestDeviceTests(t *testing.T) {
	haptictest.RunDeviceTests(t, func(t testing.TB) haptics.Device {
		p := plug(t, twin.Options{Hand: pusher(10)})
		return open(t, p, leg.Options{Lockstep: lockstep(t)})
	})
}

// lockstep is how the conformance suite, which has no clock, is paced: by the leg's states. Not where allocations are
// counted: the serial library makes garbage with every Read, on its own goroutine, but the count is the process's.
func lockstep(t testing.TB) bool { return !strings.HasSuffix(t.Name(), "exchange_does_not_allocate") }

// within reports whether is becomes true in time.
func within(longest time.Duration, is func() bool) bool {
	for end := time.Now().Add(longest); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if is() {
			return true
		}
	}
	return is()
}

func exchange(t testing.TB, l *leg.Leg, c haptics.Command, n int) (s haptics.Sample) {
	t.Helper()
	for k := range n {
		sent := c
		if err := l.Exchange(&sent, &s); err != nil {
			t.Fatalf("exchange %d: %v", k, err)
		}
	}
	return s
}

func TestPluggedOutAndIn(t *testing.T) {
	p := plug(t, twin.Options{Hand: pusher(10), Watchdog: 100 * time.Millisecond})
	told := make(chan *leg.Diagnosis, 8)
	l := open(t, p, leg.Options{Lockstep: true, Changed: func(d *leg.Diagnosis) { told <- d }})
	if err := l.Arm(); err != nil {
		t.Fatal(err)
	}
	exchange(t, l, haptics.Command{Force: 5}, 50)
	p.out()
	var err error
	var s haptics.Sample
	began := time.Now()
	for err == nil && time.Since(began) < time.Second {
		err = l.Exchange(&haptics.Command{Force: 5}, &s)
	}
	var f haptics.Fault
	if !errors.As(err, &f) || f.Reason != haptics.LostDevice && f.Reason != haptics.Stale {
		t.Fatalf("unplugged: %v", err)
	}
	if d := <-told; d.Trouble != leg.Unplugged {
		t.Fatalf("told %v", d)
	}
	if err := l.Exchange(&haptics.Command{}, &s); err == nil {
		t.Error("exchange works without a port")
	}
	if l.Arm() == nil {
		t.Error("armed without a port")
	}
	p.in()
	if d := <-told; d != nil {
		t.Fatalf("after plugging in: %v", d)
	}
	if err := l.Exchange(&haptics.Command{Force: 5}, &s); err == nil {
		t.Fatal("force is accepted after a reconnection without arming")
	}
	if !within(300*time.Millisecond, func() bool { return p.twin.Force.Load() == 0 }) {
		t.Error("the leg renders force after a reconnection")
	}
	if err := l.Arm(); err != nil {
		t.Fatalf("arm after reconnection: %v", err)
	}
	exchange(t, l, haptics.Command{Force: 5}, 50)
	if p.twin.Force.Load() == 0 {
		t.Error("no force after arming again")
	}
}

func TestAnotherLegOnThePortIsNotTakenForTheFirst(t *testing.T) {
	p := plug(t, twin.Options{Serial: 1})
	told := make(chan *leg.Diagnosis, 8)
	l := open(t, p, leg.Options{Changed: func(d *leg.Diagnosis) {
		select {
		case told <- d:
		default:
		}
	}})
	p.out()
	<-told
	p.twin = twin.New(twin.Options{Serial: 2})
	p.in()
	if d := <-told; d == nil || d.Trouble != leg.WrongDevice {
		t.Errorf("told %v", d)
	}
	if l.Arm() == nil {
		t.Error("another leg was armed with the limits of the first")
	}
}

func TestSilenceIsStale(t *testing.T) {
	p := plug(t, twin.Options{})
	l := open(t, p, leg.Options{})
	if err := l.Arm(); err != nil {
		t.Fatal(err)
	}
	var s haptics.Sample
	if err := l.Exchange(&haptics.Command{}, &s); err != nil {
		t.Fatal(err)
	}
	p.twin.Frozen.Store(true)
	began := time.Now()
	var err error
	for err == nil && time.Since(began) < time.Second {
		err = l.Exchange(&haptics.Command{}, &s)
	}
	p.twin.Frozen.Store(false)
	var f haptics.Fault
	if !errors.As(err, &f) || f.Reason != haptics.Stale || f.Value < f.Limit || f.Limit != haptics.StaleAfter {
		t.Fatalf("a silent leg: %v", err)
	}
	if took := time.Since(began); took < 15*time.Millisecond || took > 300*time.Millisecond {
		t.Errorf("noticed after %v, limit 20 ms", took)
	}
}

// The buffers of a terminal take some 60 kB, then a write hangs. In lockstep, where the host bears a second of silence, so
// that nothing else is late on a busy machine.
func TestAFullPortIsALateWrite(t *testing.T) {
	p := plug(t, twin.Options{Watchdog: time.Minute})
	l := open(t, p, leg.Options{Lockstep: true})
	if err := l.Arm(); err != nil {
		t.Fatal(err)
	}
	p.twin.Deaf.Store(true) // it goes on sending: only the write is late
	defer p.twin.Deaf.Store(false)
	var s haptics.Sample
	var err error
	n := 0
	for began := time.Now(); err == nil && time.Since(began) < 30*time.Second; n++ {
		err = l.Exchange(&haptics.Command{Force: 1}, &s)
	}
	var f haptics.Fault
	if !errors.As(err, &f) || f.Reason != haptics.LateWrite || f.Value < f.Limit || f.Limit != 1 {
		t.Fatalf("a leg that does not read, after %d exchanges: %v", n, err)
	}
	if n < 500 {
		t.Errorf("late after %d exchanges: the buffers were not full", n)
	}
}

func TestWatchdogOfTheLegStopsALoopThatStops(t *testing.T) {
	p := plug(t, twin.Options{Hand: pusher(10), Watchdog: 100 * time.Millisecond})
	l := open(t, p, leg.Options{Lockstep: true})
	if err := l.Arm(); err != nil {
		t.Fatal(err)
	}
	exchange(t, l, haptics.Command{Force: 5}, 50)
	if !within(time.Second, func() bool { return l.Figures().Fault == wire.LinkLost.String() }) {
		t.Fatalf("a loop that went away was not noticed: %+v", l.Figures())
	}
	var s haptics.Sample
	err := l.Exchange(&haptics.Command{}, &s)
	var f haptics.Fault
	if !errors.As(err, &f) || f.Reason != haptics.Stale {
		t.Fatalf("exchange after the leg's watchdog: %v", err)
	}
	if err := l.Arm(); err != nil {
		t.Fatalf("arm after a fault whose cause is gone: %v", err)
	}
	exchange(t, l, haptics.Command{}, 5)
}

func TestAPopIsPlayedOnceThoughItIsSentFiveTimes(t *testing.T) {
	p := plug(t, twin.Options{Hand: pusher(0)})
	l := open(t, p, leg.Options{Lockstep: true})
	if err := l.Arm(); err != nil {
		t.Fatal(err)
	}
	exchange(t, l, haptics.Command{}, 20)
	exchange(t, l, haptics.Command{Transient: haptics.Transient{Kind: 1, Amplitude: 20, Decay: 4e-3}}, 1)
	exchange(t, l, haptics.Command{}, 40)
	if n := p.twin.Pops.Load(); n != 1 {
		t.Errorf("one pop was played %d times", n)
	}
}

func TestSimulatedHandMovesALegThatHasNone(t *testing.T) {
	p := plug(t, twin.Options{Board: wire.BoardEmulator})
	l := open(t, p, leg.Options{Lockstep: true, Hand: pusher(10)})
	if err := l.Arm(); err != nil {
		t.Fatal(err)
	}
	from := exchange(t, l, haptics.Command{}, 2)
	to := exchange(t, l, haptics.Command{}, 200)
	if to.Position < from.Position+1e-3 {
		t.Errorf("the hand pushes and the tool went from %g to %g m", from.Position, to.Position)
	}
	if k := l.Info().Kind; k != "emulated" {
		t.Errorf("kind %q", k)
	}
}

func TestHostCountsWhatTheLinkDoes(t *testing.T) {
	p := plug(t, twin.Options{})
	l := open(t, p, leg.Options{Lockstep: true, PingHz: 200})
	if err := l.Arm(); err != nil {
		t.Fatal(err)
	}
	exchange(t, l, haptics.Command{}, 1500)
	f := l.Figures()
	if f.Lost != 0 || f.CRCErrors != 0 || f.Duplicated != 0 || f.Refused != 0 {
		t.Errorf("a clean link shows %+v", f)
	}
	if f.RateHz < 500 || f.RateHz > 1050 || f.RTTP50US <= 0 || f.RTTP99US < f.RTTP50US || f.AnswerP50US <= 0 || f.Clock.Trips < 2 {
		t.Errorf("figures %+v", f)
	}
	t.Logf("figures %+v", f)
}
