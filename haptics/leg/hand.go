package leg

import (
	"math"

	"osseo/haptics/virtual"
	"osseo/haptics/wire"
)

// handler moves the tool of an emulated leg with a hand of haptics/virtual: between two states it lets the hand act in
// the substeps it would have on the virtual leg, on a motion interpolated between them, and keeps the last grip.
//
// What differs from the virtual leg is delay: the hand feels the state of the last millisecond, and its grip reaches the
// stage a link's way later. Arm stiffness and damping are rendered on the far side, without that delay. It belongs to the
// reader.
type handler struct {
	hand  virtual.Hand
	feel  virtual.Feel
	grip  virtual.Grip
	last  wire.State
	time  uint32 // us, of the last state
	steps int64
	began bool
}

// longestGap is how much missing time is lived through, substeps: a hand does not jump.
const longestGap = 2000

func newHandler(h virtual.Hand) *handler {
	return &handler{hand: h, grip: virtual.Grip{Mass: 1, Loose: true}}
}

// act lets the hand live until s and writes its grip.
func (h *handler) act(s *wire.State, time uint32, k *link, out *wire.Grip) {
	if !h.began {
		h.began, h.last, h.time = true, *s, time
	}
	const dt = 1 / virtual.SubstepHz
	n := int64(math.Round(float64(time-h.time) * 1e-6 * virtual.SubstepHz))
	n = min(max(n, 0), longestGap)
	f := &h.feel
	f.Force, f.Velocity = s.Force, s.Velocity
	f.Vibrates = math.Float64frombits(k.vibration.Load())
	f.Torque = h.torque(math.Float64frombits(k.torque.Load()))
	f.SlideU, f.SlideV = s.U-h.grip.U, s.V-h.grip.V
	for i := range n {
		share := float64(i+1) / float64(n)
		f.Time = float64(h.steps) * dt
		f.Position = h.last.Position + share*(s.Position-h.last.Position)
		f.Twist = h.last.Twist + share*(s.Twist-h.last.Twist)
		h.hand.Act(f, dt, &h.grip)
		h.steps++
	}
	h.last, h.time = *s, time
	*out = wire.Grip(h.grip)
}

// torque is what resists the twist: as friction, all of what is rendered while the handle turns, and no more than the
// hand drives while it stands. The leg does not report it.
func (h *handler) torque(rendered float64) float64 {
	const drive = 0.45 // N.m.s/rad, how hard a wrist drives the rate it wants; haptics/virtual
	return min(math.Abs(rendered), drive*math.Abs(h.grip.TwistRate))
}
