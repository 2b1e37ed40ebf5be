package desktop

import (
	"math"

	"fyne.io/fyne/v2"
)

// hand turns keys and drags into what a person wants the tool to do. It is pure: it is told what was pressed and how much
// time went by, and says the intent. The virtual leg's own hand follows the intent as an arm does.
type hand struct {
	down  map[fyne.KeyName]bool
	grip  bool // the tool is in the hand
	out   wish
	swing float64 // phase of the wrist while a twist key is held, rad
	drag  bool
	base  wish    // when the drag began
	pull  float64 // N asked for by the drag
	lean  float64 // rad asked for by the drag
}

// wish is an intent: what the hand wants at one moment.
type wish struct {
	effort  float64 // N, 0..maxEffort
	twist   float64 // rad/s
	tilt    float64 // rad, towards distal
	trigger float64 // 0..1
}

// How keys and pixels become forces and angles. Assumed: chosen so that a held key reaches an expert's 60 N in 1.5 s and a
// hand's width of mouse travel covers the range, and so that easing off is faster than pressing on, as in an arm.
const (
	maxEffort   = 150.0 // N, the range of virtual.Intent
	pressRate   = 40.0  // N/s while Down is held
	easeRate    = 160.0 // N/s while Up is held
	relaxRate   = 12.0  // N/s when no key is held: a person watching the picture slowly lets off
	dropRate    = 300.0 // N/s after the mouse button is let go
	dragN       = 0.4   // N per unit of drag
	dragTilt    = 0.12 * math.Pi / 180
	tiltRate    = 20 * math.Pi / 180 // rad/s
	maxTilt     = 40 * math.Pi / 180
	wristRate   = 9.0 // rad/s at the middle of a stroke
	wristHz     = 1.5 // strokes to and fro per second
	triggerRise = 12.0
)

func newHand() *hand { return &hand{down: map[fyne.KeyName]bool{}} }

// take puts the tool in the hand at a tilt, or lets go of it.
func (h *hand) take(held bool) {
	h.grip = held
	h.out = wish{tilt: h.out.tilt}
	h.drag, h.swing = false, 0
}

// key says that a key went down or up.
func (h *hand) key(name fyne.KeyName, down bool) { h.down[name] = down }

// release forgets every key: the window lost the keyboard.
func (h *hand) release() {
	clear(h.down)
	h.drag = false
}

// dragTo says how far the pointer is from where its button went down: down is push, sideways is tilt.
func (h *hand) dragTo(dx, dy float64) {
	if !h.drag {
		h.drag, h.base = true, h.out
	}
	h.pull = clamp(h.base.effort+dy*dragN, 0, maxEffort)
	h.lean = clamp(h.base.tilt+dx*dragTilt, -maxTilt, maxTilt)
}

// drop says that the pointer's button was let go.
func (h *hand) drop() { h.drag = false; h.pull = -1 }

// tick moves the intent on by dt, s, and returns it.
func (h *hand) tick(dt float64) wish {
	if !h.grip {
		h.out = wish{tilt: h.out.tilt}
		return h.out
	}
	h.push(dt)
	h.turn(dt)
	h.lay(dt)
	want := b2f(h.down[fyne.KeySpace])
	h.out.trigger += clamp(want-h.out.trigger, -triggerRise*dt, triggerRise*dt)
	return h.out
}

func (h *hand) push(dt float64) {
	switch {
	case h.drag:
		h.out.effort += clamp(h.pull-h.out.effort, -dropRate*dt, dropRate*dt)
		return
	case h.down[fyne.KeyUp]:
		h.out.effort -= easeRate * dt
	case h.down[fyne.KeyDown]:
		h.out.effort += pressRate * dt
		h.pull = 0
	case h.pull < 0:
		h.out.effort -= dropRate * dt
	default:
		h.out.effort -= relaxRate * dt
	}
	h.out.effort = clamp(h.out.effort, 0, maxEffort)
}

// turn swings the wrist to and fro while Q or E is held; each starts towards its own side, both together turn harder.
func (h *hand) turn(dt float64) {
	q, e := h.down[fyne.KeyQ], h.down[fyne.KeyE]
	if !q && !e {
		h.out.twist, h.swing = 0, 0
		return
	}
	side := 1.0
	if q {
		side = -1
	}
	rate := wristRate
	if q && e {
		rate *= 1.6
	}
	h.swing += 2 * math.Pi * wristHz * dt
	h.out.twist = side * rate * math.Cos(h.swing)
}

func (h *hand) lay(dt float64) {
	if h.drag {
		h.out.tilt = h.lean
		return
	}
	h.out.tilt += tiltRate * dt * (b2f(h.down[fyne.KeyD]) - b2f(h.down[fyne.KeyA]))
	h.out.tilt = clamp(h.out.tilt, -maxTilt, maxTilt)
}

func clamp(x, lo, hi float64) float64 { return min(max(x, lo), hi) }

func b2f(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
