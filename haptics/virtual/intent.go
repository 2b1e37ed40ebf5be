package virtual

import (
	"fmt"
	"math"
	"sync/atomic"
	"unsafe"
)

// Intent is what a person at the mouse or keyboard wants the tool to do. The window writes it, the servo reads it, one
// atomic word each, so that it can live in memory the two processes share. The hand follows an intent as a hand does:
// effort builds and relaxes, it does not jump.
//
// The zero value is a tool that is not held. The layout is fixed: IntentSize bytes, 64-bit words in native byte order in
// the order of the constants below, each the bits of a float64, the rest reserved and zero. Words are read and written
// one by one; a reader may see a new effort with an old tilt, which no hand notices.
type Intent struct {
	words [intentReserved]atomic.Uint64
}

// IntentSize is the size of an Intent in shared memory, bytes.
const IntentSize = int(unsafe.Sizeof(Intent{}))

// IntentIn lays an Intent over the first IntentSize bytes of b, which must start at a multiple of 8 (a mapping does) and
// outlive the Intent. It does not clear them.
func IntentIn(b []byte) (*Intent, error) {
	if len(b) < IntentSize {
		return nil, fmt.Errorf("virtual: %d bytes are too few for an intent: give at least %d", len(b), IntentSize)
	}
	p := unsafe.Pointer(unsafe.SliceData(b))
	if off := uintptr(p) % unsafe.Alignof(Intent{}); off != 0 {
		return nil, fmt.Errorf("virtual: intent starts %d bytes off a word: start it at a multiple of 8", off)
	}
	return (*Intent)(p), nil
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
	intentLift
	intentReserved = 16
)

func (i *Intent) store(w int, x float64) { i.words[w].Store(math.Float64bits(x)) }

// load reads a word within a range; what is not a number reads as 0.
func (i *Intent) load(w int, least, most float64) float64 {
	x := math.Float64frombits(i.words[w].Load())
	if math.IsNaN(x) {
		return 0
	}
	return min(max(x, least), most)
}

// The ranges an intent is read within; what lies outside is cut.
const (
	MaxEffort = 150.0              // N inward
	MaxPull   = 60.0               // N outward
	MaxTwist  = 4 * math.Pi        // rad/s
	MaxTilt   = 60 * math.Pi / 180 // rad
	MaxPoint  = 80e-3              // m
)

// SetEffort asks for an axial push, N, 0..MaxEffort; negative pulls the tool back, to -MaxPull.
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

// Effort is the push asked for, N, -MaxPull..MaxEffort.
func (i *Intent) Effort() float64 { return i.load(intentEffort, -MaxPull, MaxEffort) }

// Twist is the rate of the handle asked for, rad/s.
func (i *Intent) Twist() float64 { return i.load(intentTwist, -MaxTwist, MaxTwist) }

// Tilt is the tilt asked for, rad.
func (i *Intent) Tilt() (x, y float64) {
	return i.load(intentTiltX, -MaxTilt, MaxTilt), i.load(intentTiltY, -MaxTilt, MaxTilt)
}

// Point is where the tool is wanted, m on the site plate.
func (i *Intent) Point() (u, v float64) {
	return i.load(intentU, -MaxPoint, MaxPoint), i.load(intentV, -MaxPoint, MaxPoint)
}

// Trigger is how far the trigger is pressed, 0..1.
func (i *Intent) Trigger() float64 { return i.load(intentTrigger, 0, 1) }

// Hold reports whether the tool is in the hand.
func (i *Intent) Hold() bool { return i.load(intentHold, 0, 1) > 0.5 }

// StyletOut reports whether the stylet has been taken out.
func (i *Intent) StyletOut() bool { return i.load(intentStyletOut, 0, 1) > 0.5 }

// Behind reports whether the other hand is behind the leg.
func (i *Intent) Behind() bool { return i.load(intentBehind, 0, 1) > 0.5 }

func b2f(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// SetLift asks the hand to take the tool out of the skin, turning it to and fro, whatever else is asked for.
func (i *Intent) SetLift(lift bool) { i.store(intentLift, b2f(lift)) }

// Lift reports whether the tool is to be taken out.
func (i *Intent) Lift() bool { return i.load(intentLift, 0, 1) > 0.5 }
