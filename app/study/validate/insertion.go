package validate

import (
	"fmt"
	"math"

	"osseo/haptics"
	"osseo/haptics/virtual"
	"osseo/physics"
)

const tickHz = 1000.0

// bone is the model as the virtual leg renders it.
type bone struct {
	model  *physics.Model
	state  physics.State
	out    physics.Output
	styled bool // the stylet is out, or there is none
	sleeve bool // a sleeve holds the tool at its point
	see    func(t float64, s *haptics.Sample, o *physics.Output)
	time   float64
}

// sleeveShare is what a drill sleeve lets through of a hand's tilt, as in osseo plunge. Assumed.
const sleeveShare = 0.3

// Render steps the model for one tick.
func (b *bone) Render(s *haptics.Sample, dt float64, c *haptics.Command) {
	in := physics.Input{
		Depth: s.Position, Velocity: s.Velocity, Twist: s.Twist, TiltX: s.TiltX, TiltY: s.TiltY, U: s.U, V: s.V,
		Trigger: s.Trigger, Load: s.Load, Stylet: !b.styled && s.Switches&haptics.StyletOut == 0,
	}
	if b.sleeve {
		in.TiltX, in.TiltY, in.U, in.V = sleeveShare*in.TiltX, sleeveShare*in.TiltY, 0, 0
	}
	b.out = b.model.Step(&b.state, in, dt)
	b.time += dt
	o := &b.out
	*c = haptics.Command{
		Force: o.Force, Stiffness: o.Stiffness, Damping: o.Damping, Anchor: o.Anchor,
		Torque: o.Torque, LateralU: o.LateralU, LateralV: o.LateralV, TiltStiffness: o.TiltStiffness,
		Vibration: o.Vibration, VibrationHz: o.VibrationHz,
		Transient: haptics.Transient{Kind: uint8(o.Transient.Kind), Amplitude: o.Transient.Amplitude, Decay: o.Transient.Decay},
	}
	if b.see != nil {
		b.see(b.time, s, o)
	}
}

// insertion is one needle in one bone by one hand.
type insertion struct {
	anatomy physics.Anatomy
	needle  physics.Needle
	driver  physics.Driver
	hand    virtual.Operator
	hollow  bool    // no stylet in the needle
	free    bool    // the tool in the hand itself: no leg's limits between
	sleeve  bool    // a sleeve holds the tool at its point
	limit   float64 // s, 0 = 40
	model   *physics.Model
	state   *physics.State // where to go on from, nil = a new bone
}

// outcome is what it came to. Times are s since the start, NaN where something did not happen.
type outcome struct {
	model     *physics.Model
	state     physics.State
	out       physics.Output
	sum       physics.Summary
	cut       float64 // the hand began to cut
	popped    float64 // the near wall gave way
	through   float64 // the far wall gave way
	stopped   float64 // the tool stood still after a drop the hand felt
	gaveUp    bool
	overshoot float64 // m of the tip beyond the far wall, the farthest
	first     float64 // N, mean push while cutting the near wall
	second    float64 // N, mean push while cutting the far wall
	greatest  float64 // N, axial
}

// run works until the hand has let go.
func (in insertion) run() (outcome, error) {
	m, err := in.build()
	if err != nil {
		return outcome{}, err
	}
	b := &bone{model: m, state: m.Start(), styled: in.hollow, sleeve: in.sleeve}
	if in.state != nil {
		b.state = *in.state
	}
	o := outcome{model: m, popped: math.NaN(), through: math.NaN()}
	w := watch{o: &o, far: m.Anatomy().FarCortex}
	b.see = func(t float64, s *haptics.Sample, out *physics.Output) { w.tick(t, s, out) }
	leg := virtual.New(in.hand, virtual.Options{TickHz: tickHz, Start: -4 * mm})
	limit := in.limit
	if limit == 0 {
		limit = 40
	}
	drive := drive(leg, b, in.free)
	for b.time < limit && !finished(in.hand) {
		if err := drive(); err != nil {
			return o, err
		}
	}
	w.end()
	o.state, o.out, o.sum = b.state, b.out, b.state.Summary()
	o.cut, o.stopped, o.gaveUp = in.hand.CutAt(), in.hand.StoppedAt(), in.hand.Phase() == virtual.GaveUp
	return o, leg.Close()
}

func (in *insertion) build() (*physics.Model, error) {
	if in.model != nil {
		return in.model, nil
	}
	d := in.driver
	if d.Kind == "" {
		d = physics.ToolDriver(in.needle)
	}
	return physics.NewModel(in.anatomy, in.needle, d, physics.DefaultRendering())
}

// drive returns a function that runs one tick: through loop and governor, or straight when the tool is in a free hand.
func drive(leg *virtual.Leg, b *bone, free bool) func() error {
	if !free {
		loop := haptics.NewLoop(leg, b, haptics.NewGovernor(leg.Info().Limits), nil, tickHz)
		return func() error {
			if loop.Advance() {
				return fmt.Errorf("the leg stopped: %w", loop.Err())
			}
			return nil
		}
	}
	var c haptics.Command
	var s haptics.Sample
	armed := false
	return func() error {
		if !armed {
			if err := leg.Arm(); err != nil {
				return err
			}
			armed = true
		}
		if err := leg.Exchange(&c, &s); err != nil {
			return err
		}
		b.Render(&s, 1/tickHz, &c)
		return nil
	}
}

func finished(h virtual.Operator) bool {
	p := h.Phase()
	return p == virtual.Released || p == virtual.GaveUp
}

// watch keeps what a summary does not.
type watch struct {
	o            *outcome
	far          float64 // m, thickness of the far wall along the needle
	push, second float64
	pushed       int
	seconds      int
}

func (w *watch) tick(t float64, s *haptics.Sample, out *physics.Output) {
	o := w.o
	if !math.IsNaN(o.through) {
		o.overshoot = math.Max(o.overshoot, -out.FarGap-w.far)
	}
	o.greatest = math.Max(o.greatest, out.Reaction)
	if out.Events.Has(physics.Breakthrough) && math.IsNaN(o.popped) {
		o.popped = t
	}
	if out.Events.Has(physics.FarBreakthrough) && math.IsNaN(o.through) {
		o.through = t
	}
	switch {
	case out.Zone == physics.InCortex && math.IsNaN(o.popped) && s.Trigger > 0.5:
		w.push += out.Reaction
		w.pushed++
	case out.Zone == physics.InFarCortex && math.IsNaN(o.through) && s.Trigger > 0.5:
		w.second += out.Reaction
		w.seconds++
	}
}

func (w *watch) end() {
	w.o.first = w.push / math.Max(1, float64(w.pushed))
	w.o.second = w.second / math.Max(1, float64(w.seconds))
}

// in reports where the tip ended.
func (o *outcome) in(zones ...physics.Zone) bool {
	for _, z := range zones {
		if o.out.Zone == z {
			return true
		}
	}
	return false
}

func marrow(o *outcome) bool { return o.in(physics.InMedulla) }
