package figures

import (
	"fmt"
	"math"

	"osseo/physics"
)

// sideFigures are section 8 before the tip has seated.
func sideFigures() []Figure {
	return []Figure{
		{
			Name: "skating", Title: "Skating: what a tip does that is set on bone", panels: skating, Source: "friction of steel on cortex 0.2-0.45, Han 2022",
			Caption: "Eq. 14-16. A 15G tip held at a tilt on an adult tibia and pushed up to 60 N within 2 s. Right: turning takes up to 40 % off the friction and makes the tip walk, but it also bites.",
		},
		{
			Name: "walking", Title: "A spinning tip slides down its tilt and walks across it until it bites", panels: walking,
			Caption: "Eq. 14. Path of the point on the bone, from 0 until it seats or for 1.5 s (ring); worn 15G needle (sharpness 0.3) with driver, 25 N, tilted so that the point leans distally.",
		},
		{
			Name: "groove", Title: "False drops: the force falls with the tip outside the bone", panels: groove,
			Caption: "Section 8. Left: a 15G needle by hand makes a pit, is tilted and slides out of it, and is led back: it falls into its own pit. Right: leaned over more and more, it slides over the edge of the face. Triangles: slip begins; boxes: the model tells a false drop.",
		},
	}
}

// fate is what became of a tip that was pushed on bone.
type fate struct {
	slid   float64 // m
	off    bool
	seated bool
}

// set pushes a tilted tip onto the bone, turning at some speed.
func set(tilt, rps, sharp, most float64) (fate, error) {
	a, err := plain(nil)
	if err != nil {
		return fate{}, err
	}
	r, err := over(a, "ez-25", func(n *physics.Needle, d *physics.Driver) {
		n.Sharpness = sharp
		*d = physics.Driver{Kind: physics.Powered, NoLoadRPS: max(rps, 1), StallTorque: 20, Battery: 1}
	})
	if err != nil {
		return fate{}, err
	}
	r.in.TiltX = tilt
	if rps > 0 {
		r.in.Trigger = 1
	}
	r.feed((r.model.Column(0, 0).Bone-0.2*mm)/math.Cos(tilt), 20*mm, nil)
	var f fate
	r.press(2.5, func(at float64) float64 { return most * math.Min(at/2, 1) }, func(r *rig) {
		f.off = f.off || r.out.Zone == physics.BesideBone
		f.seated = f.seated || r.out.Events.Has(physics.Seat)
	})
	f.slid = r.state.Summary().SlipWay
	return f, nil
}

func skating() ([]panel, error) {
	way := panel{x: "tilt, degrees", y: "way slid, mm", xs: [2]float64{0, 40}, bands: []band{{name: "friction angle at 0.2-0.45", from: 11.3, to: 24.2}}}
	for _, c := range []struct {
		name       string
		rps, sharp float64
	}{{"not turning", 0, 1}, {"not turning, worn (0)", 0, 0}, {"driver, 800 rpm", 13.3, 1}} {
		var t trace
		for tilt := 0.0; tilt <= 40; tilt++ {
			f, err := set(tilt*degree, c.rps, c.sharp, 60)
			if err != nil {
				return nil, err
			}
			t.at(tilt, f.slid/mm)
		}
		way.add(t.line(c.name))
	}
	chart := panel{x: "tilt, degrees", y: "turning, revolutions per second", xs: [2]float64{-1, 41}, ys: [2]float64{-0.7, 14}}
	var holds, slides, falls trace
	for tilt := 0.0; tilt <= 40; tilt += 2.5 {
		for _, rps := range []float64{0, 1, 2, 3.5, 5, 7, 9, 11, 13.3} {
			f, err := set(tilt*degree, rps, 1, 60)
			if err != nil {
				return nil, err
			}
			switch {
			case f.off:
				falls.at(tilt, rps)
			case f.slid > 0.1*mm:
				slides.at(tilt, rps)
			default:
				holds.at(tilt, rps)
			}
		}
	}
	for _, c := range []curve{holds.dots("stays"), slides.dots("slides, then holds"), falls.dots("slides off the bone")} {
		if len(c.points) > 0 {
			chart.add(c)
		}
	}
	return []panel{way, chart}, nil
}

func walking() ([]panel, error) {
	p := panel{x: "distal, mm", y: "medial, mm"}
	var ends trace
	for _, tilt := range []float64{6, 9, 12, 15} {
		a, err := plain(nil)
		if err != nil {
			return nil, err
		}
		r, err := over(a, "ez-25", func(n *physics.Needle, _ *physics.Driver) { n.Sharpness = 0.3 })
		if err != nil {
			return nil, err
		}
		r.dt = 0.25e-3
		r.in.TiltX = tilt * degree
		r.in.Trigger = 1
		for range 1200 {
			r.step()
		}
		r.touch()
		var t trace
		t.at(0, 0)
		seated := false
		r.press(1.5, steady(25), func(r *rig) {
			seated = seated || r.out.Events.Has(physics.Seat)
			if !seated {
				t.at(r.out.TipU/mm, r.out.TipV/mm)
			}
		})
		end := t.points[len(t.points)-1]
		ends.at(end.X, end.Y)
		p.add(t.line(fmt.Sprintf("tilt %.0f°", tilt)))
	}
	p.add(curve{points: ends.points, kind: dots, like: 5})
	return []panel{p}, nil
}

func groove() ([]panel, error) {
	pit, err := pitTrace()
	if err != nil {
		return nil, err
	}
	edge, err := edgeTrace()
	return []panel{pit, edge}, err
}

// told gathers force over time with the events worth a mark.
type told struct{ force, slips, drops trace }

func (t *told) see(r *rig) {
	t.force.at(r.time, r.out.Reaction)
	if r.out.Events.Has(physics.Slip) {
		t.slips.at(r.time, r.out.Reaction)
	}
	if r.out.Events.Has(physics.FalseDrop) {
		t.drops.at(r.time, r.out.Reaction)
	}
}

func (t *told) panel() panel {
	p := panel{x: "time, s", y: "force, N"}
	p.add(t.force.line("force"))
	if len(t.slips.points) > 0 {
		p.add(t.slips.dots("slip"))
	}
	if len(t.drops.points) > 0 {
		p.add(t.drops.dots("false drop"))
	}
	return p
}

func pitTrace() (panel, error) {
	a, err := plain(nil)
	if err != nil {
		return panel{}, err
	}
	r, err := over(a, "manual-15g", nil)
	if err != nil {
		return panel{}, err
	}
	var t told
	r.touch()
	r.time = 0
	top := r.model.Column(0, 0).NearTop
	for r.out.Tip < top+0.09*mm && r.time < 8 {
		r.press(1e-3, steady(25), func(r *rig) { r.swing(); t.see(r) })
	}
	r.press(0.3, steady(8), t.see)
	tilted := r.time
	r.press(1.2, steady(14), func(r *rig) {
		r.in.TiltX = 38 * degree * math.Min((r.time-tilted)/0.4, 1)
		r.in.U = 6 * mm * math.Min((r.time-tilted)/0.8, 1)
		t.see(r)
	})
	back := r.time
	r.press(2.5, steady(14), func(r *rig) {
		r.in.TiltX = (38 - 68*math.Min((r.time-back)/0.8, 1)) * degree
		r.in.U = 6*mm - 12*mm*math.Min((r.time-back)/2, 1)
		t.see(r)
	})
	return t.panel(), nil
}

func edgeTrace() (panel, error) {
	a, err := plain(map[string]float64{"face_width_mm": 20})
	if err != nil {
		return panel{}, err
	}
	r, err := over(a, "ez-25", nil)
	if err != nil {
		return panel{}, err
	}
	r.in.V = 6 * mm
	r.touch()
	r.time = 0
	var t told
	r.press(2.2, steady(20), func(r *rig) {
		r.in.TiltY = 15 * degree * r.time
		t.see(r)
	})
	return t.panel(), nil
}
