package twin

import (
	"bytes"
	"io"
	"math/rand/v2"
	"sync"
	"time"
)

// Noise is a bad cable: what is written to it comes out damaged. Shares are of frames, Corrupt is of bytes. Reading is
// left alone, so that a Noise on each side spoils both ways.
type Noise struct {
	io.ReadWriter

	Corrupt   float64       // bytes changed
	Drop      float64       // frames lost
	Duplicate float64       // frames sent twice
	Reorder   float64       // frames sent after the next one
	Truncate  float64       // frames that lose their end, the delimiter too
	Garbage   float64       // frames with up to 40 random bytes before them
	Stall     float64       // writes that come StallFor late
	StallFor  time.Duration // 0 = 20 ms

	mu    sync.Mutex
	rng   *rand.Rand
	held  []byte
	out   []byte
	Count struct{ Frames, Corrupt, Drop, Duplicate, Reorder, Truncate, Garbage, Stall int64 }
}

// NewNoise makes a cable that is as bad each time for the same seed.
func NewNoise(rw io.ReadWriter, seed uint64) *Noise {
	return &Noise{ReadWriter: rw, rng: rand.New(rand.NewPCG(seed, 0x6e6f697365))}
}

// Spoil changes how bad the cable is while it is in use.
func (n *Noise) Spoil(how func(*Noise)) {
	n.mu.Lock()
	defer n.mu.Unlock()
	how(n)
}

func (n *Noise) chance(share float64, count *int64) bool {
	if share <= 0 || n.rng.Float64() >= share {
		return false
	}
	*count++
	return true
}

// Write spoils whole frames and passes on what is left of them.
func (n *Noise) Write(p []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.out = n.out[:0]
	for rest := p; len(rest) > 0; {
		end := bytes.IndexByte(rest, 0) + 1
		if end == 0 {
			end = len(rest)
		}
		n.frame(rest[:end])
		rest = rest[end:]
	}
	if n.chance(n.Stall, &n.Count.Stall) {
		time.Sleep(max(n.StallFor, 20*time.Millisecond))
	}
	if len(n.out) == 0 {
		return len(p), nil
	}
	_, err := n.ReadWriter.Write(n.out)
	return len(p), err
}

func (n *Noise) frame(f []byte) {
	n.Count.Frames++
	if n.chance(n.Drop, &n.Count.Drop) {
		return
	}
	if n.chance(n.Garbage, &n.Count.Garbage) {
		for range n.rng.IntN(40) {
			n.out = append(n.out, byte(n.rng.Uint32()))
		}
	}
	if n.held == nil && n.chance(n.Reorder, &n.Count.Reorder) {
		n.held = append([]byte(nil), f...)
		return
	}
	n.pass(f)
	if n.chance(n.Duplicate, &n.Count.Duplicate) {
		n.pass(f)
	}
	if n.held != nil {
		n.pass(n.held)
		n.held = nil
	}
}

func (n *Noise) pass(f []byte) {
	if n.chance(n.Truncate, &n.Count.Truncate) {
		f = f[:n.rng.IntN(len(f))]
	}
	at := len(n.out)
	n.out = append(n.out, f...)
	for i := at; i < len(n.out); i++ {
		if n.chance(n.Corrupt, &n.Count.Corrupt) {
			n.out[i] ^= byte(1 + n.rng.IntN(255))
		}
	}
}

// Witness remembers what was sent, to know a frame that never was. Its methods may be called from several goroutines.
type Witness struct {
	mu   sync.Mutex
	ring [1 << 15][]byte
	seen map[string]int
	next int
}

// NewWitness has seen nothing.
func NewWitness() *Witness { return &Witness{seen: map[string]int{}} }

// Saw notes a frame; the last 32768 are remembered.
func (w *Witness) Saw(frame []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	slot := w.next % len(w.ring)
	if old := w.ring[slot]; old != nil {
		if w.seen[string(old)]--; w.seen[string(old)] <= 0 {
			delete(w.seen, string(old))
		}
	}
	w.ring[slot] = append(w.ring[slot][:0], frame...)
	w.seen[string(frame)]++
	w.next++
}

// Knows reports whether these bytes were sent.
func (w *Witness) Knows(frame []byte) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.seen[string(frame)] > 0
}
