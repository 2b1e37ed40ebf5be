//go:build linux

package trial

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"osseo/haptics"
	"osseo/haptics/leg"
	"osseo/haptics/leg/twin"
	"osseo/haptics/virtual"
	"osseo/haptics/wire"
)

// told keeps events.
type told struct {
	mu  sync.Mutex
	all []Event
}

func (e *told) emit(x Event) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.all = append(e.all, x)
}

func (e *told) has(name string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, x := range e.all {
		if x.Name == name {
			return true
		}
	}
	return false
}

func waitFor(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !done(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited 10 s for %s", what)
		}
	}
}

// A leg that falls silent stops force and the clock of the run; armed again, the run goes on with the next tick, and its
// recording replays to the same bits.
func TestASilentLegIsArmedAgain(t *testing.T) {
	far, path, keep, err := leg.Pty()
	if err != nil {
		t.Fatal(err)
	}
	far2 := twin.New(twin.Options{Board: wire.BoardEmulator, Watchdog: 300 * time.Millisecond})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); _ = far2.Serve(ctx, far) }()
	t.Cleanup(func() { far2.Frozen.Store(false); cancel(); _ = far.Close(); _ = keep.Close(); <-done })

	setup, err := Prepare(Setup{CaseRef: "adult-arrest", Hand: LiveHand, Device: path})
	if err != nil {
		t.Fatal(err)
	}
	setup.Record = t.TempDir() + "/run.osseo"
	news := new(told)
	l, opened, err := StartLive(context.Background(), setup, virtual.NewLive(new(virtual.Intent)), Parts{Emit: news.emit})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("notice %q", opened.Notice)
	waitFor(t, "half a second of the run", func() bool { return l.Now() > 0.5 })
	if err := l.Rearm(); err == nil {
		t.Error("armed again without a fault")
	}
	far2.Frozen.Store(true)
	waitFor(t, "the fault", func() bool { return l.loop.Fault().Reason == haptics.Stale && news.has("stale") })
	if err := l.Rearm(); err == nil || !errors.Is(err, ErrDevice) {
		t.Errorf("a silent leg was armed: %v", err)
	}
	stood := l.Now()
	far2.Frozen.Store(false)
	waitFor(t, "the leg to answer", func() bool { return l.Rearm() == nil })
	waitFor(t, "the run to go on", func() bool { return l.Now() > stood+0.5 })
	if r := l.loop.Fault().Reason; r != haptics.NoFault || !news.has(LegArmed) {
		t.Errorf("armed again, but %v", r)
	}
	c, err := l.Finish("finished")
	if err != nil || c.Reason != "finished" || c.Result == nil {
		t.Fatalf("closed %+v, %v", c, err)
	}
	r, e, err := Replay(setup.Record)
	if err != nil || !r.Identical || e.Fault != "stale" {
		t.Errorf("replay %+v, fault %q, %v", r, e.Fault, err)
	}
	last := int64(-1)
	for _, row := range e.Recording.Rows() {
		if row.Tick <= last {
			t.Fatalf("tick %d after tick %d", row.Tick, last)
		}
		last = row.Tick
	}
}

// blunt is a leg without plate and trigger.
type blunt struct{ haptics.Device }

func (b blunt) Info() haptics.Info {
	i := b.Device.Info()
	i.Capabilities = haptics.CanAxial
	return i
}

// What a leg cannot sense is taken from the person at the window, and said.
func TestWhatALegLacksIsMadeUpFor(t *testing.T) {
	intent := new(virtual.Intent)
	intent.SetPoint(4e-3, -2e-3)
	intent.SetTrigger(0.5)
	intent.SetBehind(true)
	d := newOnward(blunt{virtual.New(nil, virtual.Options{})}, intent)
	if err := d.Arm(); err != nil {
		t.Fatal(err)
	}
	var c haptics.Command
	var s haptics.Sample
	for range 3 {
		if err := d.Exchange(&c, &s); err != nil {
			t.Fatal(err)
		}
	}
	if s.U != 4e-3 || s.V != -2e-3 || s.Trigger != 0.5 || s.Switches&haptics.HandBehind == 0 {
		t.Errorf("sample %+v", s)
	}
	if n := testing.AllocsPerRun(100, func() { _ = d.Exchange(&c, &s) }); n != 0 {
		t.Errorf("an exchange allocates %g times", n)
	}
	words := strings.Join(Lacks(d.Info().Capabilities), "; ")
	for _, want := range []string{"trigger", "where the needle stands", "vibration", "swelling"} {
		if !strings.Contains(words, want) {
			t.Errorf("%q is not said: %s", want, words)
		}
	}
	if all := Lacks(^haptics.Capability(0)); len(all) != 0 {
		t.Errorf("a leg that has everything lacks %q", all)
	}
}
