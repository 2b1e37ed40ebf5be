package trial

import (
	"sync/atomic"

	"osseo/haptics"
	"osseo/physics"
)

// Placement is what the tool is and where it stands: the part of a run that changes only between insertions.
type Placement struct {
	Serial  int     `json:"serial"`  // counts the placements of a run from 0
	Attempt int     `json:"attempt"` // 1 for the first bone; counts up with each withdrawal
	Site    string  `json:"site"`
	Side    string  `json:"side"`
	Driver  string  `json:"driver"`
	Needle  string  `json:"needle"`
	Battery float64 `json:"battery"`
}

// bone names the bone the placement is in.
func (p *Placement) bone() string { return p.Side + " " + p.Site }

// bone is the model as the tick holds it. Render and stepped run in the tick; swap and peek may run anywhere.
type bone struct {
	model     *physics.Model
	state     physics.State
	out       physics.Output
	placement Placement
	tissue    physics.Tissue // what leaked into this limb
	swelling  float64        // how swollen it looks, 0..1

	next      atomic.Pointer[swap]
	want      atomic.Pointer[peek]
	styletOut atomic.Bool
	flushed   atomic.Int64 // uL asked for through this needle in all
	opened    int64        // uL of them the state has had
}

// swap is a new placement, taken at a tick edge.
type swap struct {
	model     *physics.Model
	placement Placement
}

// peek is a copy of the bone at one tick, made by the tick for whoever asks.
type peek struct {
	model     *physics.Model
	state     physics.State
	out       physics.Output
	placement Placement
	done      atomic.Bool
}

// takeSwap starts on a new model if one waits; it reports whether it did.
func (b *bone) takeSwap() bool {
	n := b.next.Load()
	if n == nil {
		return false
	}
	b.next.CompareAndSwap(n, nil)
	b.put(n.model, n.placement)
	return true
}

// put starts on a model: afresh, or in a bone that may already have a hole.
func (b *bone) put(m *physics.Model, p Placement) {
	start := m.Start()
	if b.model != nil && p.Attempt > b.placement.Attempt && p.bone() == b.placement.bone() {
		start = m.Again(&b.state)
	}
	if p.bone() != b.placement.bone() {
		b.tissue, b.swelling = physics.Tissue{}, 0
	}
	b.model, b.placement, b.state, b.opened = m, p, start, b.flushed.Load()
}

// takeFlush lets the state have what was flushed since the last tick; it reports how much, uL.
func (b *bone) takeFlush() int64 {
	more := b.flushed.Load() - b.opened
	if more <= 0 || b.model == nil {
		return 0
	}
	b.opened += more
	b.flush(more)
	return more
}

// flush pushes a volume in by thumb: into the marrow, and where it leaks into the tissue.
func (b *bone) flush(microlitres int64) {
	c := physics.FlushCircuit()
	b.model.Push(&b.state, &c, &b.tissue, float64(microlitres)*1e-9)
	w := b.model.Swelling(b.tissue)
	b.swelling = w.Level()
}

// answerPeek copies the bone to whoever asked for it.
func (b *bone) answerPeek() {
	p := b.want.Load()
	if p == nil {
		return
	}
	b.copyTo(p)
	b.want.Store(nil)
	p.done.Store(true)
}

func (b *bone) copyTo(p *peek) {
	p.model, p.state, p.out, p.placement = b.model, b.state, b.out, b.placement
}

// step runs the model for one tick and says what the leg should render.
func (b *bone) step(in physics.Input, dt float64, c *haptics.Command) {
	b.out = b.model.Step(&b.state, in, dt)
	command(&b.out, c)
}

// input turns a sample into what the model takes.
func input(s *haptics.Sample, styletOut bool) physics.Input {
	return physics.Input{
		Depth: s.Position, Velocity: s.Velocity, Twist: s.Twist, TiltX: s.TiltX, TiltY: s.TiltY,
		U: s.U, V: s.V, Trigger: s.Trigger, Load: s.Load,
		Stylet: !styletOut && s.Switches&haptics.StyletOut == 0,
	}
}

// command turns the model's output into what the leg renders.
func command(o *physics.Output, c *haptics.Command) {
	*c = haptics.Command{
		Force: o.Force, Stiffness: o.Stiffness, Damping: o.Damping, Anchor: o.Anchor,
		Torque: o.Torque, LateralU: o.LateralU, LateralV: o.LateralV, TiltStiffness: o.TiltStiffness,
		Vibration: o.Vibration, VibrationHz: o.VibrationHz,
		Transient: haptics.Transient{
			Kind: uint8(o.Transient.Kind), Amplitude: o.Transient.Amplitude, Decay: o.Transient.Decay,
		},
	}
}
