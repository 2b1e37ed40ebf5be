package figures

import (
	"context"

	"gonum.org/v1/plot/plotter"

	"osseo/app/trial"
	"osseo/physics"
)

// popFigures are section 6.
func popFigures() []Figure {
	return []Figure{
		{
			Name: "breakout", Title: "The pop: the harder the push, the thicker the rest that breaks, the farther the plunge", panels: breakout,
			Caption: "Eq. 12. A 15G needle twisted by hand through 3 mm of adult cortex under a constant push of a sled of 0.5 kg on a damper; time from the pop.",
		},
		{
			Name: "taper", Title: "A taper longer than the wall: without breaking out there is no pop", panels: taper,
			Caption: "Eq. 6, 12. A 15G needle (taper 4 mm) at 1 mm/s and 800 rpm, by a machine. Dashed: the same with breaking out taken away; the lips still cut when the point is through.",
		},
		{
			Name: "pop", Title: "The pop in twelve conditions, from the model to the command", panels: popBench,
			Caption: "osseo bench pop: expert hands, 20 bones a condition, virtual leg, loop and governor; medians with 5-95 % of the bones. Grey: targets. A wall that a spring breaks in flight is no pop to the hand.",
		},
	}
}

func breakout() ([]panel, error) {
	a, err := plain(nil)
	if err != nil {
		return nil, err
	}
	force := panel{x: "time after the pop, ms", y: "force, N", xs: [2]float64{-10, 40}}
	depth := panel{x: "time after the pop, ms", y: "way of the tip, mm", xs: [2]float64{-10, 40}}
	for _, push := range []float64{60, 90, 120} {
		r, err := over(a, "manual-15g", nil)
		if err != nil {
			return nil, err
		}
		r.dt = 0.25e-3
		r.touch()
		type moment struct{ at, force, tip float64 }
		var seen []moment
		popAt, popTip := -1.0, 0.0
		for popAt < 0 && r.time < 60 {
			r.press(0.05, steady(push), func(r *rig) {
				r.swing()
				seen = append(seen, moment{r.time, r.out.Reaction, r.out.Tip})
				if r.out.Events.Has(physics.Breakthrough) {
					popAt, popTip = r.time, r.out.Tip
				}
			})
		}
		r.press(0.06, steady(push), func(r *rig) {
			r.swing()
			seen = append(seen, moment{r.time, r.out.Reaction, r.out.Tip})
		})
		var f, d trace
		for _, m := range seen {
			if ms := (m.at - popAt) * 1e3; ms >= -10 && ms <= 40 {
				f.at(ms, m.force)
				d.at(ms, (m.tip-popTip)/mm)
			}
		}
		name := map[float64]string{60: "push 60 N", 90: "push 90 N", 120: "push 120 N"}[push]
		force.add(f.line(name))
		depth.add(d.line(name))
	}
	return []panel{force, depth}, nil
}

func taper() ([]panel, error) {
	var out []panel
	for _, wall := range []float64{1, 3} {
		a, err := plain(map[string]float64{"cortex_mm": wall})
		if err != nil {
			return nil, err
		}
		c := a.At(0, 0)
		p := panel{x: "depth of the tip, mm", y: "force, N", xs: [2]float64{4, 15}, bands: []band{{name: map[float64]string{1: "wall 1 mm", 3: "wall 3 mm"}[wall], from: c.NearTop / mm, to: c.NearBottom / mm, dark: true}}}
		for _, less := range []bool{false, true} {
			r, err := turned(a, "ez-25", 1)
			if err != nil {
				return nil, err
			}
			if less {
				r.model = r.model.Without(physics.Breakout)
			}
			var t trace
			r.feed(4*mm, 10*mm, nil)
			r.feed(15*mm, 1*mm, func(r *rig) { t.at(r.out.Tip/mm, r.out.Reaction) })
			p.add(t.line(map[bool]string{false: "the model", true: "without breaking out"}[less]))
		}
		out = append(out, p)
	}
	return out, nil
}

func popBench() ([]panel, error) {
	b, err := trial.BenchPop(context.Background(), "expert", size.pop)
	if err != nil {
		return nil, err
	}
	conditions := trial.Conditions()
	names := make([]string, len(conditions))
	force := panel{x: "force, N", rows: names, weight: 1.6, xs: [2]float64{0, 130}}
	left := panel{x: "left of the force, %", rows: names, quiet: true, xs: [2]float64{0, 80}, bands: []band{{from: 100 * trial.LeastResidual, to: 100 * trial.MostResidual}}}
	clarity := panel{x: "clarity, Weber units", rows: names, quiet: true, xs: [2]float64{0, 15}, bands: []band{{from: 0, to: trial.LeastClarity}}}
	lag := panel{x: "behind the model, ticks", rows: names, quiet: true, xs: [2]float64{-0.2, 4}, bands: []band{{from: -0.2, to: trial.MostLag}}}
	var before, after, residual, weber, ticks curve
	before.name, after.name, residual.name, weber.name, ticks.name = "before the pop", "after", "left after (15-40 %)", "clarity (at least 1)", "the command (at most 2)"
	for i, c := range conditions {
		names[i] = c.Name
		x := b.Conditions[c.Name]
		before.spread(i, x.Before, 1)
		after.spread(i, x.After, 1)
		residual.spread(i, x.Residual, 100)
		weber.spread(i, x.Clarity, 1)
		ticks.spread(i, x.Lag, 1)
	}
	force.add(before, after)
	left.add(residual)
	clarity.add(weber)
	lag.add(ticks)
	return []panel{force, left, clarity, lag}, nil
}

// spread adds a median with its range in a row.
func (c *curve) spread(row int, s trial.Spread, times float64) {
	c.kind, c.errors = dots, true
	if s.Median == nil {
		return
	}
	c.points = append(c.points, plotter.XY{X: *s.Median * times, Y: -float64(row)})
	c.low, c.high = append(c.low, *s.P5*times), append(c.high, *s.P95*times)
}
