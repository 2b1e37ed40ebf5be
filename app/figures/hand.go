package figures

import (
	"slices"

	"osseo/haptics"
	"osseo/haptics/virtual"
	"osseo/physics"
)

// handFigures are the simulated hand.
func handFigures() []Figure {
	return []Figure{{
		Name: "hand", Title: "The simulated hand: when it stops, and how far it plunges", panels: hand,
		Caption: "60 novices and 60 experts, seeds 1 to 60, twist a 15G needle through 3 mm of average adult cortex, with the virtual leg, loop and governor; who never comes through counts as not stopped.",
	}}
}

// bone renders a model for the virtual leg.
type bone struct {
	model *physics.Model
	state physics.State
}

// Render steps the model for one tick.
func (b *bone) Render(s *haptics.Sample, dt float64, c *haptics.Command) {
	o := b.model.Step(&b.state, physics.Input{
		Depth: s.Position, Velocity: s.Velocity, Twist: s.Twist, TiltX: s.TiltX, TiltY: s.TiltY, U: s.U, V: s.V,
		Trigger: s.Trigger, Load: s.Load, Stylet: true,
	}, dt)
	*c = haptics.Command{
		Force: o.Force, Stiffness: o.Stiffness, Damping: o.Damping, Anchor: o.Anchor, Torque: o.Torque,
		LateralU: o.LateralU, LateralV: o.LateralV, TiltStiffness: o.TiltStiffness, Vibration: o.Vibration, VibrationHz: o.VibrationHz,
		Transient: haptics.Transient{Kind: uint8(o.Transient.Kind), Amplitude: o.Transient.Amplitude, Decay: o.Transient.Decay},
	}
}

func hand() ([]panel, error) {
	a, err := plain(nil)
	if err != nil {
		return nil, err
	}
	n, err := physics.ToolByID("manual-15g")
	if err != nil {
		return nil, err
	}
	m, err := physics.NewModel(a, n, physics.ToolDriver(n), physics.DefaultRendering())
	if err != nil {
		return nil, err
	}
	react := panel{x: "from the pop until the hand stops, s", y: "share of people, %", xs: [2]float64{0, 1.2}, ys: [2]float64{0, 100}, bands: []band{{name: "reaction 0.12-0.2 s", from: 0.12, to: 0.2}}}
	plunge := panel{x: "force before the pop, N", y: "plunge, mm"}
	for _, skill := range []string{"novice", "expert"} {
		var times []float64
		var ways trace
		for seed := range uint64(size.hand) {
			h, err := virtual.ByName(skill, seed+1, virtual.Task{Driver: virtual.Manual, GiveUp: 40})
			if err != nil {
				return nil, err
			}
			s, err := work(m, h)
			if err != nil {
				return nil, err
			}
			if s.Broke {
				ways.at(s.ForceBefore, s.Plunge/mm)
			}
			if s.Broke && h.StoppedAt() > s.BreakAt {
				times = append(times, h.StoppedAt()-s.BreakAt)
			}
		}
		slices.Sort(times)
		var t trace
		for i, x := range times {
			t.at(x, 100*float64(i+1)/float64(size.hand))
		}
		react.add(t.line(skill))
		plunge.add(ways.dots(skill))
	}
	return []panel{react, plunge}, nil
}

// work lets a hand work until it lets go.
func work(m *physics.Model, h virtual.Operator) (physics.Summary, error) {
	b := &bone{model: m, state: m.Start()}
	leg := virtual.New(h, virtual.Options{})
	loop := haptics.NewLoop(leg, b, haptics.NewGovernor(leg.Info().Limits), nil, 1000)
	for range 60_000 {
		if loop.Advance() || h.Phase() == virtual.Released || h.Phase() == virtual.GaveUp {
			break
		}
	}
	return b.state.Summary(), leg.Close()
}
