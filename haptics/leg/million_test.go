package leg

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"testing"
	"time"

	"osseo/haptics"
	"osseo/haptics/leg/twin"
	"osseo/haptics/wire"
)

// badLine is a stream without a clock whose every byte is damaged with probability 1 %: it ends after so many frames. What
// is read from it is judged on the reading goroutine, so that it knows what it has just sent.
type badLine struct {
	left    int
	make    func(dst []byte, k int, rng *rand.Rand) []byte
	rng     *rand.Rand
	damage  *rand.Rand
	k       int
	sent    [4][]byte // the last frames, whole
	hurt    bool      // the newest is
	whole   bool      // the delimiter before it was
	arrived bool      // it did
	waiting []byte
	buffer  []byte

	endsWhole bool // the delimiter of the newest frame was not damaged

	wrong, came, must, missed int64
	done                      chan struct{}
}

func newBadLine(frames int, seed uint64, build func(dst []byte, k int, rng *rand.Rand) []byte) *badLine {
	return &badLine{
		left: frames, make: build, rng: rand.New(rand.NewPCG(seed, 1)), damage: rand.New(rand.NewPCG(seed, 2)),
		whole: true, done: make(chan struct{}),
	}
}

// Read gives one frame, damaged or not, in one or two pieces.
func (l *badLine) Read(b []byte) (int, error) {
	if len(l.waiting) == 0 {
		l.judge()
		if l.left == 0 {
			if l.done != nil {
				close(l.done)
				l.done = nil
			}
			return 0, io.EOF
		}
		l.left--
		l.next()
	}
	n := len(l.waiting)
	if l.rng.IntN(4) == 0 {
		n = 1 + l.rng.IntN(n)
	}
	n = copy(b, l.waiting[:n])
	l.waiting = l.waiting[n:]
	return n, nil
}

// judge says of the last frame whether it had to arrive, and did.
func (l *badLine) judge() {
	if l.k == 0 {
		return
	}
	if l.whole && !l.hurt {
		l.must++
		if !l.arrived {
			l.missed++
		}
	}
	l.whole = l.endsWhole
}

func (l *badLine) next() {
	slot := l.k % len(l.sent)
	l.sent[slot] = l.make(l.sent[slot][:0], l.k, l.rng)
	l.k++
	out := append(l.buffer[:0], l.sent[slot]...)
	l.hurt, l.arrived = false, false
	for i := range out {
		if r := l.damage.Uint64(); r%100 == 0 {
			out[i] ^= byte(1 + r>>32%255)
			l.hurt = true
		}
	}
	l.endsWhole = out[len(out)-1] == 0
	l.buffer, l.waiting = out, out
}

// took judges a frame that was believed.
func (l *badLine) took(f wire.Frame) {
	var room [wire.MaxFrame]byte
	again := wire.AppendFrame(room[:0], f.Type, f.Sequence, f.Time, f.Payload)
	for _, s := range l.sent {
		if bytes.Equal(again, s) {
			l.came++
			l.arrived = l.arrived || bytes.Equal(s, l.sent[(l.k-1)%len(l.sent)])
			return
		}
	}
	l.wrong++
}

func (l *badLine) Write(b []byte) (int, error) { return len(b), nil }
func (l *badLine) Close() error                { return nil }

func (l *badLine) check(t *testing.T, what string) {
	t.Helper()
	t.Logf("%s: %d frames, %d believed, %d of them wrong; %d had to be read, %d of these were not", what, l.k, l.came+l.wrong, l.wrong, l.must, l.missed)
	if l.wrong != 0 {
		t.Errorf("%s: %d wrong frames were believed", what, l.wrong)
	}
	if l.missed != 0 {
		t.Errorf("%s: %d whole frames after a whole delimiter were not read", what, l.missed)
	}
	if l.came < int64(l.k)/2 || l.came > int64(l.k)*9/10 {
		t.Errorf("%s: %d of %d frames arrived: the line was not as bad as it should be", what, l.came, l.k)
	}
}

// raced says that the race detector watches, with which everything takes ten times as long.
var raced bool

// A million states through reader and Exchange, a million commands through the twin, 1 % of all bytes damaged: no wrong
// frame is believed, no sample is put together from two, and reading goes on with the first whole frame.
func TestAMillionFramesOfABadLine(t *testing.T) {
	frames := 1_000_000
	if testing.Short() || raced {
		frames = 50_000
	}
	const seed = 20261121
	t.Logf("seed %d", seed)
	t.Run("states through reader and Exchange", func(t *testing.T) { statesToExchange(t, frames, seed) })
	t.Run("commands to the twin", func(t *testing.T) { commandsToTwin(t, frames, seed) })
}

// telling is a state whose fields all tell the same number.
func telling(dst []byte, k int, _ *rand.Rand) []byte {
	s := wire.State{Sample: haptics.Sample{
		Position: float64(k%400_000) * 1e-7, Velocity: float64(k%400_000) * 1e-6, Load: float64(k%30_000) * 0.01,
	}, Mode: wire.Active}
	return s.Append(dst, uint8(k), uint32(k)*1000+1000)
}

// tells is that number, and whether the fields agree.
func tells(s *haptics.Sample) (k int, ok bool) {
	k = int(s.Position*1e7 + 0.5)
	return k, int(s.Velocity*1e6+0.5) == k && int(s.Load*100+0.5)%10_000 == k%10_000
}

func statesToExchange(t *testing.T, frames int, seed uint64) {
	line := newBadLine(frames, seed, telling)
	over := line.done
	l := &Leg{patience: 60, stale: 60, lost: make(chan *link, 1), armedAt: time.Now().Add(time.Minute)}
	k := newLink("a bad line", line, &Options{PingHz: 10, Accepted: line.took})
	l.link.Store(k)
	l.state.Store(armed)
	k.serve()
	k.both.Add(2)
	go k.read()
	go k.write()
	var s haptics.Sample
	samples := 0
	for last := -1; ; {
		if err := l.Exchange(&haptics.Command{Force: 1}, &s); err != nil {
			t.Fatalf("after %d samples: %v", samples, err)
		}
		if n, ok := tells(&s); !ok {
			t.Fatalf("sample %d holds the fields of more than one state: %+v", samples, s)
		} else if n != last {
			last = n
			samples++
		}
		select {
		case <-over:
			k.close()
			line.check(t, "states")
			t.Logf("%d different samples came out of Exchange", samples)
			if samples < 100 {
				t.Errorf("only %d samples came out of Exchange", samples)
			}
			return
		default:
		}
	}
}

func commandsToTwin(t *testing.T, frames int, seed uint64) {
	line := newBadLine(frames, seed, func(dst []byte, k int, rng *rand.Rand) []byte {
		c := wire.Command{Command: haptics.Command{
			Force: 100 * rng.Float64(), Stiffness: 20e3 * rng.Float64(), Damping: 20 * rng.Float64(), Anchor: 0.04 * rng.Float64(),
		}}
		b, err := c.Append(dst, uint8(k), uint32(k)*1000+1000)
		if err != nil {
			t.Error(err)
		}
		return b
	})
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	if err := twin.New(twin.Options{Taken: line.took}).Serve(ctx, line); !errors.Is(err, io.EOF) {
		t.Fatalf("the twin ended with %v", err)
	}
	line.check(t, "commands")
}
