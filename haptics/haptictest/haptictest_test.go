package haptictest

import (
	"errors"
	"io"
	"math"
	"testing"
	"time"

	"osseo/haptics"
)

// tape is a second of a tool that sinks at 10 mm/s.
func tape() []haptics.Sample {
	samples := make([]haptics.Sample, 1500)
	for k := range samples {
		samples[k] = haptics.Sample{Tick: int64(k), Time: float64(k) * 1e-3, Position: 1e-5 * float64(k), Velocity: 1e-2}
	}
	return samples
}

func TestPlaybackConforms(t *testing.T) {
	RunDeviceTests(t, func(testing.TB) haptics.Device { return NewPlayback(tape(), haptics.ReferenceLimits()) })
}

func TestWrappersConform(t *testing.T) {
	RunDeviceTests(t, func(testing.TB) haptics.Device {
		return NewRecord(NewFaulty(NewPlayback(tape(), haptics.ReferenceLimits())), 5000)
	})
}

func TestRecordedIsPlayedAgain(t *testing.T) {
	want := tape()
	r := NewRecord(NewPlayback(want, haptics.ReferenceLimits()), 1000)
	arm(t, r)
	run(t, r, haptics.Command{Force: 3}, 1200, nil)
	if len(r.Samples) != 1000 || r.Dropped != 200 || r.Commands[999].Force != 3 {
		t.Fatalf("%d samples kept, %d dropped", len(r.Samples), r.Dropped)
	}
	p := NewPlayback(r.Samples, haptics.ReferenceLimits())
	arm(t, p)
	var s haptics.Sample
	for k := range r.Samples {
		if err := p.Exchange(&haptics.Command{}, &s); err != nil || s != want[k] {
			t.Fatalf("sample %d is %+v, %v", k, s, err)
		}
	}
	if err := p.Exchange(&haptics.Command{}, &s); !errors.Is(err, io.EOF) {
		t.Errorf("after the end: %v", err)
	}
}

// Every trouble reaches the loop as the fault it is, and the loop ends with nothing rendered.
func TestTroubleBecomesItsFault(t *testing.T) {
	for _, c := range []struct {
		plan Plan
		want haptics.Reason
	}{
		{Plan{Trouble: NaN, From: 400, For: 1}, haptics.NonFinite},
		{Plan{Trouble: Jump, From: 400, Value: 30e-3}, haptics.OverSpeed},
		{Plan{Trouble: Jump, From: 400, Value: 1}, haptics.OverTravel},
		{Plan{Trouble: Spike, From: 400, Value: 6}, haptics.OverSpeed},
		{Plan{Trouble: Stuck, From: 400}, haptics.Stale},
		{Plan{Trouble: Broken, From: 400}, haptics.LostDevice},
		{Plan{Trouble: Broken, From: 400, Err: haptics.Fault{Reason: haptics.LateWrite}}, haptics.LateWrite},
		{Plan{Trouble: Button, From: 400}, haptics.Stopped},
	} {
		d := NewFaulty(NewPlayback(tape(), haptics.ReferenceLimits()), c.plan)
		r := NewRecord(d, 2000)
		g := haptics.NewGovernor(r.Info().Limits)
		l := haptics.NewLoop(r, constant(40), g, nil, 1000)
		n := 0
		for !l.Advance() {
			if n++; n > 1000 {
				t.Fatalf("%+v: no end", c.plan)
			}
		}
		var f haptics.Fault
		if l.Fault().Reason != c.want || !errors.As(l.Err(), &f) {
			t.Errorf("%+v: fault %v, error %v, want %v", c.plan, l.Fault(), l.Err(), c.want)
		}
		if n < 400 || n > 560 || g.Force() != 0 {
			t.Errorf("%+v: ended after %d ticks with %g N", c.plan, n, g.Force())
		}
	}
}

func TestShortTroubleIsBorne(t *testing.T) {
	for _, plan := range []Plan{
		{Trouble: Stuck, From: 400, For: 15},
		{Trouble: Spike, From: 400, For: 2, Value: 2.5},
		{Trouble: Jump, From: 400, For: 1, Value: 1e-3},
	} {
		l := haptics.NewLoop(NewFaulty(NewPlayback(tape(), haptics.ReferenceLimits()), plan), constant(40),
			haptics.NewGovernor(haptics.ReferenceLimits()), nil, 1000)
		for !l.Advance() {
			continue
		}
		if l.Err() != nil {
			t.Errorf("%+v: %v", plan, l.Err())
		}
	}
}

func TestDelayWaits(t *testing.T) {
	f := NewFaulty(NewPlayback(tape(), haptics.ReferenceLimits()), Plan{Trouble: Delay, From: 3, For: 2, Value: 0.02})
	var waited time.Duration
	f.Wait = func(d time.Duration) { waited += d }
	arm(t, f)
	run(t, f, haptics.Command{}, 10, nil)
	if waited != 40*time.Millisecond {
		t.Errorf("waited %v", waited)
	}
}

type constant float64

func (f constant) Render(_ *haptics.Sample, _ float64, c *haptics.Command) {
	*c = haptics.Command{Force: float64(f), Torque: math.Pi / 10}
}
