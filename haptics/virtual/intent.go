package virtual

import (
	"math"
	"sync/atomic"
)

// Intent is what a person at the mouse or keyboard wants the tool to do. The window writes it, the servo reads it, one
// atomic word each, so that it can live in memory the two processes share. The hand follows an intent as a hand does:
// effort builds and relaxes, it does not jump.
type Intent struct {
	words [intentWords]atomic.Uint64
}

// The words of an Intent.
const (
	intentEffort = iota
	intentTwist
	intentTiltX
	intentTiltY
	intentU
	intentV
	intentTrigger
	intentHold
	intentStyletOut
	intentBehind
	intentWords
)

func (i *Intent) load(w int) float64     { return math.Float64frombits(i.words[w].Load()) }
func (i *Intent) store(w int, x float64) { i.words[w].Store(math.Float64bits(x)) }

// SetEffort asks for an axial push, N, 0..150.
func (i *Intent) SetEffort(n float64) { i.store(intentEffort, n) }

// SetTwist asks for a rate of the handle, rad/s.
func (i *Intent) SetTwist(rate float64) { i.store(intentTwist, rate) }

// SetTilt asks for a tilt, rad.
func (i *Intent) SetTilt(x, y float64) { i.store(intentTiltX, x); i.store(intentTiltY, y) }

// SetPoint says where the tool is put, m on the site plate.
func (i *Intent) SetPoint(u, v float64) { i.store(intentU, u); i.store(intentV, v) }

// SetTrigger presses the trigger, 0..1.
func (i *Intent) SetTrigger(x float64) { i.store(intentTrigger, x) }

// SetHold says whether the tool is in the hand; a tool let go is carried by the tissue alone.
func (i *Intent) SetHold(held bool) { i.store(intentHold, b2f(held)) }

// SetStyletOut says that the stylet has been taken out.
func (i *Intent) SetStyletOut(out bool) { i.store(intentStyletOut, b2f(out)) }

// SetBehind says that the other hand is behind the leg.
func (i *Intent) SetBehind(behind bool) { i.store(intentBehind, b2f(behind)) }

func b2f(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
