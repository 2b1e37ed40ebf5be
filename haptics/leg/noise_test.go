//go:build linux

package leg_test

import (
	"bytes"
	"context"
	"io"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"osseo/haptics"
	"osseo/haptics/leg"
	"osseo/haptics/leg/twin"
	"osseo/haptics/wire"
)

// noisy is a twin behind a bad cable, and a host that tells the witness of every frame it takes.
func noisy(t *testing.T, spoil func(*twin.Noise)) (l *leg.Leg, n *twin.Noise, wrong func() []wire.Frame) {
	t.Helper()
	far, path, keep, err := leg.Pty()
	if err != nil {
		t.Fatal(err)
	}
	witness := twin.NewWitness()
	n = twin.NewNoise(far, 7)
	p := twin.New(twin.Options{Hand: pusher(5), Sent: witness.Saw, Watchdog: 2 * time.Second})
	ctx, end := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); _ = p.Serve(ctx, n) }()
	t.Cleanup(func() { end(); _ = far.Close(); _ = keep.Close(); <-done })
	var mu sync.Mutex
	var bad []wire.Frame
	l, err = leg.Open(path, leg.Options{Lockstep: true, Accepted: func(f wire.Frame) {
		if !witness.Knows(wire.AppendFrame(nil, f.Type, f.Sequence, f.Time, f.Payload)) {
			mu.Lock()
			bad = append(bad, f)
			mu.Unlock()
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	if err := l.Arm(); err != nil {
		t.Fatal(err)
	}
	n.Spoil(spoil)
	return l, n, func() []wire.Frame {
		mu.Lock()
		defer mu.Unlock()
		return bad
	}
}

func TestABadCableIsCountedAndNeverBelieved(t *testing.T) {
	for _, x := range []struct {
		name  string
		spoil func(*twin.Noise)
		shows func(f *leg.Figures) bool
	}{
		{"1 percent of bytes", func(n *twin.Noise) { n.Corrupt = 0.01 }, func(f *leg.Figures) bool { return f.CRCErrors > 20 && f.Lost > 20 }},
		{"drops", func(n *twin.Noise) { n.Drop = 0.05 }, func(f *leg.Figures) bool { return f.Lost > 5 && f.CRCErrors == 0 }},
		{"duplicates", func(n *twin.Noise) { n.Duplicate = 0.05 }, func(f *leg.Figures) bool { return f.Duplicated > 5 && f.Lost == 0 }},
		{"reordering", func(n *twin.Noise) { n.Reorder = 0.05 }, func(f *leg.Figures) bool { return f.Reordered > 5 }},
		{"stalls", func(n *twin.Noise) { n.Stall = 0.02 }, func(f *leg.Figures) bool { return f.GapMaxUS >= 19e3 }},
		{"truncated", func(n *twin.Noise) { n.Truncate = 0.05 }, func(f *leg.Figures) bool { return f.Broken+f.CRCErrors > 5 }},
		{"garbage", func(n *twin.Noise) { n.Garbage = 0.05 }, func(f *leg.Figures) bool { return f.Broken+f.CRCErrors > 5 }},
	} {
		t.Run(x.name, func(t *testing.T) {
			l, n, wrong := noisy(t, x.spoil)
			exchange(t, l, haptics.Command{Force: 3}, 700)
			f := l.Figures()
			if bad := wrong(); len(bad) > 0 {
				t.Errorf("%d frames were believed that were never sent: %v", len(bad), bad[0])
			}
			if !x.shows(&f) {
				t.Errorf("not told in the figures: %+v; done: %+v", f, n.Count)
			}
		})
	}
}

// spoilt is the far end of a cable that is bad on the way to the leg: what is read from it is damaged.
type spoilt struct {
	io.ReadWriter
	noise   *twin.Noise
	damaged bytes.Buffer
	clean   wire.Decoder
	saw     func(frame []byte)
}

func (s *spoilt) Read(b []byte) (int, error) {
	for s.damaged.Len() == 0 {
		n, err := s.ReadWriter.Read(b)
		if err != nil {
			return 0, err
		}
		for f, rest, ok := s.clean.Next(b[:n]); ok; f, rest, ok = s.clean.Next(rest) {
			s.saw(wire.AppendFrame(nil, f.Type, f.Sequence, f.Time, f.Payload))
		}
		_, _ = s.noise.Write(b[:n])
	}
	return s.damaged.Read(b)
}

// TestABadCableToTheLegIsNeverBelieved is the other way: the twin takes no frame that the host did not send, and goes on.
func TestABadCableToTheLegIsNeverBelieved(t *testing.T) {
	for _, x := range []struct {
		name  string
		spoil func(*twin.Noise)
		did   func(n *twin.Noise) int64
	}{
		{"1 percent of bytes", func(n *twin.Noise) { n.Corrupt = 0.01 }, func(n *twin.Noise) int64 { return n.Count.Corrupt }},
		{"drops", func(n *twin.Noise) { n.Drop = 0.05 }, func(n *twin.Noise) int64 { return n.Count.Drop }},
		{"duplicates", func(n *twin.Noise) { n.Duplicate = 0.05 }, func(n *twin.Noise) int64 { return n.Count.Duplicate }},
		{"reordering", func(n *twin.Noise) { n.Reorder = 0.05 }, func(n *twin.Noise) int64 { return n.Count.Reorder }},
		{"stalls", func(n *twin.Noise) { n.Stall = 0.1 }, func(n *twin.Noise) int64 { return n.Count.Stall }},
		{"truncated", func(n *twin.Noise) { n.Truncate = 0.05 }, func(n *twin.Noise) int64 { return n.Count.Truncate }},
		{"garbage", func(n *twin.Noise) { n.Garbage = 0.05 }, func(n *twin.Noise) int64 { return n.Count.Garbage }},
	} {
		t.Run(x.name, func(t *testing.T) {
			far, path, keep, err := leg.Pty()
			if err != nil {
				t.Fatal(err)
			}
			witness := twin.NewWitness()
			s := &spoilt{ReadWriter: far, saw: witness.Saw}
			s.noise = twin.NewNoise(struct {
				io.Reader
				io.Writer
			}{nil, &s.damaged}, 7)
			taken, wrong := 0, 0 // of the twin's reader, which has ended when they are read
			p := twin.New(twin.Options{Hand: pusher(5), Watchdog: 2 * time.Second, Taken: func(f wire.Frame) {
				if taken++; !witness.Knows(wire.AppendFrame(nil, f.Type, f.Sequence, f.Time, f.Payload)) {
					wrong++
				}
			}})
			ctx, end := context.WithCancel(context.Background())
			done := make(chan struct{})
			go func() { defer close(done); _ = p.Serve(ctx, s) }()
			l, err := leg.Open(path, leg.Options{Lockstep: true})
			if err != nil {
				t.Fatal(err)
			}
			if err := l.Arm(); err != nil {
				t.Fatal(err)
			}
			s.noise.Spoil(x.spoil)
			exchange(t, l, haptics.Command{Force: 3}, 300)
			s.noise.Spoil(func(n *twin.Noise) {
				n.Corrupt, n.Drop, n.Duplicate, n.Reorder, n.Stall, n.Truncate, n.Garbage = 0, 0, 0, 0, 0, 0, 0
			})
			exchange(t, l, haptics.Command{Force: 3}, 20)
			if !within(3*time.Second, func() bool { return p.Force.Load() == 3000 }) {
				t.Errorf("the leg does not go on after the damage: it renders %d mN", p.Force.Load())
			}
			_ = l.Close()
			end()
			_ = far.Close()
			_ = keep.Close()
			<-done
			if wrong > 0 || taken < 150 || x.did(s.noise) < 3 {
				t.Errorf("%d of %d frames were believed that were never sent; done to them: %+v", wrong, taken, s.noise.Count)
			}
		})
	}
}

// TestResynchronisesWithinOneFrame spoils one frame in every way there is and asks that the one after the next be read:
// a spoilt delimiter joins a frame to the next, so that at most two are lost.
func TestResynchronisesWithinOneFrame(t *testing.T) {
	const seed = 11
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 0))
	var out bytes.Buffer
	for k := range 20_000 {
		n := twin.NewNoise(struct {
			io.Reader
			io.Writer
		}{nil, &out}, uint64(k))
		switch k % 4 {
		case 0:
			n.Corrupt = 0.05
		case 1:
			n.Truncate = 1
		case 2:
			n.Garbage = 1
		case 3:
			n.Corrupt, n.Garbage, n.Truncate = 0.2, 0.5, 0.5
		}
		out.Reset()
		spoilt := state(rng, 1)
		_, _ = n.Write(spoilt)
		next, after := state(rng, 2), state(rng, 3)
		out.Write(next)
		out.Write(after)
		var d wire.Decoder
		var got []uint8
		for f, rest, ok := d.Next(out.Bytes()); ok; f, rest, ok = d.Next(rest) {
			again := wire.AppendFrame(nil, f.Type, f.Sequence, f.Time, f.Payload)
			if !bytes.Equal(again, next) && !bytes.Equal(again, after) && !bytes.Equal(again, spoilt) {
				t.Fatalf("case %d: a frame was believed that was never sent", k)
			}
			got = append(got, f.Sequence)
		}
		if len(got) == 0 || got[len(got)-1] != 3 {
			t.Fatalf("case %d: after damage only %v were read", k, got)
		}
	}
}

func state(rng *rand.Rand, number uint8) []byte {
	s := wire.State{Sample: haptics.Sample{Position: rng.Float64() * 0.05, Velocity: rng.NormFloat64() * 0.1, Load: 40 * rng.Float64()}}
	return s.Append(nil, number, rng.Uint32())
}
