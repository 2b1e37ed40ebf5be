package figures

import (
	"math"

	"osseo/physics"
)

// tissueFigures are sections 3 and 4: skin and friction.
func tissueFigures() []Figure {
	return []Figure{
		{
			Name: "skin", Title: "Skin: dent, puncture, cutting, and the loss of a loop", panels: skin,
			Caption: "Eq. 2-4. A 15G needle in an adult with 20 mm of tissue, moved by a machine; grey: the expected puncture (a prior, no measurement was found).",
		},
		{
			Name: "friction", Title: "Friction that holds: a still needle does not creep, a turning one slides", panels: friction,
			Caption: "Eq. 5. A 15G needle through 3 mm of adult cortex into the marrow, first drawn out at 1 mm/s, then pulled for 20 s by a share of what holds it.",
		},
	}
}

func skin() ([]panel, error) {
	a, err := plain(map[string]float64{"soft_tissue_mm": 20})
	if err != nil {
		return nil, err
	}
	loop := panel{
		x: "depth of the tip, mm", y: "force, N",
		bands: []band{{name: "puncture 4-10 N", from: 4, to: 10, along: true}},
	}
	for _, c := range []struct {
		name  string
		speed float64
	}{{"in and out at 5 mm/s", 5 * mm}, {"in and out at 150 mm/s", 150 * mm}} {
		t, err := inAndOut(a, "manual-15g", 1, 5.4*mm, c.speed)
		if err != nil {
			return nil, err
		}
		loop.add(t.line(c.name + ", the skin holds"))
	}
	through := panel{x: "depth of the tip, mm", y: "force, N", ys: [2]float64{-2, 13}}
	for _, c := range []struct {
		name, needle string
		sharp        float64
	}{{"15G", "manual-15g", 1}, {"15G, worn (sharpness 0.3)", "manual-15g", 0.3}, {"18G", "manual-18g", 1}} {
		t, err := inAndOut(a, c.needle, c.sharp, 16*mm, 5*mm)
		if err != nil {
			return nil, err
		}
		through.add(t.line(c.name + ", in and out at 5 mm/s"))
	}
	return []panel{loop, through}, nil
}

func inAndOut(a physics.Anatomy, needle string, sharp, depth, speed float64) (trace, error) {
	r, err := over(a, needle, func(n *physics.Needle, _ *physics.Driver) { n.Sharpness = sharp })
	if err != nil {
		return trace{}, err
	}
	r.dt = 0.25e-3
	var t trace
	see := func(r *rig) { t.at(r.out.Tip/mm, r.out.Reaction) }
	r.feed(depth, speed, see)
	r.feed(0, speed, see)
	return t, nil
}

// placed is a needle whose tip stands in the marrow, with the tool at rest.
func placed(a physics.Anatomy, needle string) (*rig, error) {
	r, err := over(a, needle, func(_ *physics.Needle, d *physics.Driver) {
		*d = physics.Driver{Kind: physics.Powered, NoLoadRPS: 13.3, StallTorque: 20, Battery: 1}
	})
	if err != nil {
		return nil, err
	}
	r.in.Trigger = 1
	r.feed(r.model.Column(0, 0).NearBottom+6*mm, 4*mm, nil)
	r.in.Trigger = 0
	for range 500 {
		r.step()
	}
	for r.out.Reaction > 0 && r.in.Depth > 0 { // take the push off
		r.feed(r.in.Depth-0.01*mm, 1*mm, nil)
	}
	return r, nil
}

func friction() ([]panel, error) {
	a, err := plain(nil)
	if err != nil {
		return nil, err
	}
	out := panel{x: "way of the tool outward, mm", y: "pull, N", ys: [2]float64{0, 85}, bands: []band{{name: "pull-out 20-80 N, a prior", from: 20, to: 80, along: true}}}
	hold := panel{x: "time, s", y: "way of the tip outward, mm", xs: [2]float64{0, 20}, ys: [2]float64{0, 1}}
	for _, turning := range []bool{false, true} {
		t, err := drawn(a, turning)
		if err != nil {
			return nil, err
		}
		out.add(t.line(map[bool]string{false: "still", true: "twisted 90° either side"}[turning]))
	}
	for _, c := range []struct {
		name    string
		share   float64
		turning bool
	}{{"still, 0.5 of the grip", 0.5, false}, {"still, 0.95 of the grip", 0.95, false}, {"twisted, 0.25 of the grip", 0.25, true}} {
		t, err := creep(a, c.share, c.turning)
		if err != nil {
			return nil, err
		}
		hold.add(t.line(c.name))
	}
	return []panel{out, hold}, nil
}

// drawn is a needle drawn out of the bone at 1 mm/s.
func drawn(a physics.Anatomy, turning bool) (trace, error) {
	r, err := placed(a, "ez-25")
	if err != nil {
		return trace{}, err
	}
	var t trace
	from := r.in.Depth
	r.feed(from-3*mm, 1*mm, func(r *rig) {
		if turning {
			r.swing()
		}
		t.at((from-r.in.Depth)/mm, -r.out.Reaction)
	})
	return t, nil
}

// creep is a needle pulled by a share of what holds it.
func creep(a physics.Anatomy, share float64, turning bool) (trace, error) {
	r, err := placed(a, "ez-25")
	if err != nil {
		return trace{}, err
	}
	hold := r.model.Purchase(&r.state).HoldN
	var t trace
	from, began, seen := r.out.Tip, r.time, -1.0
	r.press(20, func(at float64) float64 { return -share * hold * math.Min(at, 1) }, func(r *rig) {
		if turning {
			r.swing()
		}
		if r.time-seen > 0.02 && from-r.out.Tip < 2*mm {
			t.at(r.time-began, (from-r.out.Tip)/mm)
			seen = r.time
		}
	})
	return t, nil
}
