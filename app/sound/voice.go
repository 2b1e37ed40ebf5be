package sound

import (
	"math"
	"sync/atomic"
)

// Rate is the number of samples per second.
const Rate = 44100

// Voice mixes all sounds. Its methods and Read may be called from different goroutines; only one may call Read.
type Voice struct {
	drill  atomic.Uint64 // wanted speed, 0..1, as bits
	volume atomic.Uint64 // 0..1, as bits
	pops   atomic.Uint32
	hits   atomic.Uint32
	beeps  atomic.Uint32

	played [3]uint32 // how many of each were begun
	motor  motor
	bursts [8]burst
	next   int
}

// NewVoice returns a silent voice at full volume.
func NewVoice() *Voice {
	v := &Voice{}
	v.volume.Store(math.Float64bits(1))
	v.motor.noise = 0x2545F491
	return v
}

// Drill sets the speed of the motor, 0 = at rest, 1 = free running.
func (v *Voice) Drill(part float64) { v.drill.Store(math.Float64bits(unit(part))) }

// SetVolume sets the loudness of everything, 0..1.
func (v *Voice) SetVolume(part float64) { v.volume.Store(math.Float64bits(unit(part))) }

// Pop is the crack of the near cortex giving way.
func (v *Voice) Pop() { v.pops.Add(1) }

// Hit is the blow of a spring driver.
func (v *Voice) Hit() { v.hits.Add(1) }

// Beep is one beat of the monitor.
func (v *Voice) Beep() { v.beeps.Add(1) }

// Read fills out with the next samples, each in -1..1, and reports whether any of them is heard. It does not allocate.
func (v *Voice) Read(out []float32) bool {
	v.start(0, v.pops.Load(), pop)
	v.start(1, v.hits.Load(), hit)
	v.start(2, v.beeps.Load(), beep)
	clear(out)
	speed := math.Float64frombits(v.drill.Load())
	heard := v.motor.add(out, speed)
	for i := range v.bursts {
		heard = v.bursts[i].add(out) || heard
	}
	gain := math.Float64frombits(v.volume.Load())
	for i, x := range out {
		out[i] = float32(math.Tanh(float64(x) * gain))
	}
	return heard && gain > 0
}

// start begins a burst when one more was asked for than was begun; several at once sound as one.
func (v *Voice) start(i int, asked uint32, kind burstKind) {
	if v.played[i] == asked {
		return
	}
	v.played[i] = asked
	v.bursts[v.next] = burst{kind: kind, live: true, noise: 0x9E3779B9 + asked}
	v.next = (v.next + 1) % len(v.bursts)
}

func unit(x float64) float64 {
	if !(x > 0) {
		return 0
	}
	return math.Min(x, 1)
}

// noise steps a xorshift generator and returns a number in -1..1.
func noise(state *uint32) float64 {
	x := *state
	x ^= x << 13
	x ^= x >> 17
	x ^= x << 5
	*state = x
	return float64(int32(x)) / (1 << 31)
}
