//go:build linux

package emulator

import (
	"math"
	"testing"
	"time"

	"osseo/haptics/wire"
)

func TestParseInjection(t *testing.T) {
	for text, want := range map[string]wire.Inject{
		"none":                {},
		"corrupt=3":           {Kind: wire.InjectCorrupt, Count: 3},
		"delay=10,5ms":        {Kind: wire.InjectDelay, Count: 10, Value: 5000},
		"freeze=100ms":        {Kind: wire.InjectFreeze, Value: 100_000},
		"encoder-jump=-3mm":   {Kind: wire.InjectJump, Value: -30_000},
		"sensor-stuck=1,50":   {Kind: wire.InjectStuck, Count: 1, Value: 50_000},
		"over-temperature=95": {Kind: wire.InjectHot, Value: 95},
		"reset":               {Kind: wire.InjectReset},
		"unplug":              {Kind: wire.InjectUnplug},
	} {
		if got, err := ParseInjection(text); err != nil || got != want {
			t.Errorf("%q is %+v, %v; want %+v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "explode", "drop", "drop=0", "drop=NaN", "delay=1", "delay=1,60ms", "reset=1", "sensor-stuck=2,1ms"} {
		if got, err := ParseInjection(text); err == nil {
			t.Errorf("%q was taken as %+v", text, got)
		}
	}
}

// Each injection is acknowledged and does what docs/wire.md says; what a leg cannot do to itself is unsupported.
func TestInjections(t *testing.T) {
	h := startHost(t)
	counts := h.decoder.Counts()
	settle := func() {
		h.write(wire.Ping{Token: 1}.Append(nil, h.next(wire.TypePing), h.micros()))
		h.read(time.Now().Add(80*time.Millisecond), nil)
	}
	settle()
	lost, repeated := h.states.Lost, h.states.Repeated
	done := func(i wire.Inject) {
		t.Helper()
		if a := h.inject(i); a.Result != wire.Done {
			t.Errorf("%s: %s", i.Kind, a.Result)
		}
		settle()
	}
	done(wire.Inject{Kind: wire.InjectDrop, Count: 7})
	if got := h.states.Lost - lost; got != 7 {
		t.Errorf("7 dropped: %d lost", got)
	}
	done(wire.Inject{Kind: wire.InjectDuplicate, Count: 4})
	if got := h.states.Repeated - repeated; got != 4 {
		t.Errorf("4 sent twice: %d repeated", got)
	}
	done(wire.Inject{Kind: wire.InjectCorrupt, Count: 5})
	if got := h.decoder.Counts().Damaged() - counts.Damaged(); got != 5 {
		t.Errorf("5 corrupted: %d damaged", got)
	}
	late := h.states.Late
	done(wire.Inject{Kind: wire.InjectDelay, Count: 3, Value: 20_000})
	if got := h.states.Late - late; got != 3 {
		t.Errorf("3 sent 20 ms late: %d late", got)
	}
	done(wire.Inject{Kind: wire.InjectHot, Value: 95})
	h.read(time.Now().Add(time.Second), func() bool { return h.fault.Code != wire.NoCode })
	if h.fault.Code != wire.HotCode || h.fault.Value != 95 || h.state.Temperature != 95 {
		t.Errorf("95 degrees: %+v, %+v", h.fault, h.state)
	}
	if a := h.clear(); a.Result != wire.Refused || a.Why != wire.CausePresent {
		t.Errorf("clear while hot: %s, %s", a.Result, a.Why)
	}
	done(wire.Inject{})
	if a := h.clear(); a.Result != wire.Done {
		t.Errorf("clear when cool: %s, %s", a.Result, a.Why)
	}
	for _, kind := range []wire.Injection{wire.InjectUnplug, 99} {
		if a := h.inject(wire.Inject{Kind: kind}); a.Result != wire.Unsupported {
			t.Errorf("injection %d: %s", kind, a.Result)
		}
	}
	if a := h.inject(wire.Inject{Kind: wire.InjectReset}); a.Result != wire.Done {
		t.Errorf("reset: %s", a.Result)
	}
	before := h.clock
	h.read(time.Now().Add(50*time.Millisecond), nil)
	h.states.Restart()
	h.identity, h.limits, h.state, h.count = wire.Identity{}, wire.Limits{}, wire.State{}, 0
	h.hello()
	if h.clock >= before {
		t.Errorf("the leg's clock went on from %d to %d us over a reset", before, h.clock)
	}
}

// The encoder jumps while the leg gives 80 N: zero force within 30 ms and a fault that says so.
func TestEncoderJump(t *testing.T) {
	h := startHost(t)
	wall := h.pushed()
	if a := h.inject(wire.Inject{Kind: wire.InjectJump, Value: 100_000}); a.Result != wire.Done {
		t.Fatalf("jump: %s", a.Result)
	}
	var faulted, zero uint32
	h.each = func(s *wire.State, clock uint32) {
		if s.Mode == wire.Faulted && faulted == 0 {
			faulted = clock
		}
		if s.Force == 0 && faulted != 0 && zero == 0 {
			zero = clock
		}
	}
	h.exchange(wall, 0, 2*time.Second, func() bool { return zero != 0 && h.fault.Code != wire.NoCode })
	if h.state.Fault == wire.NoCode || zero == 0 || zero-faulted > 35_000 {
		t.Errorf("fault %+v, zero force %d us after it, allowed 30000 and the grid of the states", h.fault, zero-faulted)
	}
	if h.fault.Code != wire.JumpCode && h.gap < 10*time.Millisecond {
		t.Errorf("fault is %s", h.fault.Code)
	}
	h.place(math.NaN(), true) // emergency stop in the fault: stays without force
	if h.state.Force != 0 {
		t.Errorf("%g N after the fault", h.state.Force)
	}
}
