package figures

import (
	"fmt"
	"math"

	"osseo/physics"
)

// steelFigures are what happens to the needle.
func steelFigures() []Figure {
	return []Figure{
		{
			Name: "bend", Title: "A needle bends: side load at which it yields, and what stays", panels: bend,
			Caption: "Eq. 17 and sigma I/R. Left: side load at the tip of a free length at which the tube first yields; grey: the range for needles of 15G and 18G by beam theory. Right: the tool is leaned over after the tip has seated in 3 mm of adult cortex and led back.",
		},
		{
			Name: "buckling", Title: "A slender needle that stands on bone folds under the push", panels: buckling,
			Caption: "Eq. 17a-17c. Needles with stylet that have bitten into adult cortex are pushed on at 10 mm/s without turning. Left: the hub has wandered by 3°; a fold gives way and bears less. Right: the greatest push; one that does not fold meets the wall.",
		},
		{
			Name: "torsion", Title: "Twisting: the torque in the handle, and the hub", panels: torsion,
			Caption: "Eq. 10. Left: a 15G needle twisted 90° either side at 1.5 Hz in adult cortex. Right: greatest torque in 6 s of twisting against the push; what the hubs bear, N·mm, is assumed.",
		},
		{
			Name: "standing", Title: "A needle stands by itself when the wall bears the moment of its hub", panels: standing,
			Caption: "Eq. 20. A 15G needle fed by a machine through walls of 0.4 to 5 mm, upright, and after being rocked ten times by 6° either side.",
		},
	}
}

func bend() ([]panel, error) {
	yields := panel{x: "free length, mm", y: "side load, N", xs: [2]float64{8, 90}, ys: [2]float64{0, 40}, bands: []band{{name: "3-16 N", from: 3, to: 16, along: true}}}
	for _, id := range []string{"ez-25", "manual-18g", "spinal-20g"} {
		n, err := physics.ToolByID(id)
		if err != nil {
			return nil, err
		}
		var t trace
		for l := 8.0; l <= 90; l++ {
			t.at(l, n.YieldSideLoad(l*mm))
		}
		name := map[string]string{"ez-25": "15G needle", "manual-18g": "18G needle", "spinal-20g": "20G spinal needle"}[id]
		yields.add(t.line(fmt.Sprintf("%s, yield %.0f MPa", name, n.YieldStress/1e6)))
	}
	stays := panel{x: "tilt since the tip seated, degrees", y: "permanent bend, degrees", xs: [2]float64{0, 30}}
	for _, c := range []struct{ name, needle string }{{"15G needle, stylet in", "ez-25"}, {"18G needle, stylet in", "manual-18g"}, {"18G venous cannula", "iv-18g"}} {
		t, err := leaned(c.needle)
		if err != nil {
			return nil, err
		}
		stays.add(t.line(c.name))
	}
	return []panel{yields, stays}, nil
}

// leaned is a tool leaned over and led back after its tip has seated.
func leaned(needle string) (trace, error) {
	a, err := plain(nil)
	if err != nil {
		return trace{}, err
	}
	r, err := turned(a, needle, 1)
	if err != nil {
		return trace{}, err
	}
	r.feed(r.model.Column(0, 0).NearTop+1.5*mm, 1*mm, nil)
	r.in.Trigger = 0
	var t trace
	for i := 0; i <= 2000; i++ {
		r.in.TiltX = 30 * degree * math.Sin(math.Pi*float64(i)/2000)
		r.step()
		t.at(r.in.TiltX/degree, r.state.Summary().Bend/degree)
	}
	return t, nil
}

// twisted is a needle in a wall that is pushed and twisted.
func twisted(needle string, push, seconds float64, see func(*rig)) (*rig, error) {
	a, err := plain(map[string]float64{"cortex_mm": 6})
	if err != nil {
		return nil, err
	}
	r, err := over(a, needle, nil)
	if err != nil {
		return nil, err
	}
	r.touch()
	r.press(seconds, steady(push), func(r *rig) {
		r.swing()
		if see != nil {
			see(r)
		}
	})
	return r, nil
}

func torsion() ([]panel, error) {
	loop := panel{x: "angle of the handle, degrees", y: "torque, N·mm"}
	for _, push := range []float64{40, 80} {
		var t trace
		began := 3.0
		if _, err := twisted("manual-15g", push, began+1/1.5+2e-3, func(r *rig) {
			if r.time > began && r.time < began+1/1.5+1e-3 {
				t.at(r.in.Twist/degree, r.out.Torque*1e3)
			}
		}); err != nil {
			return nil, err
		}
		loop.add(t.line(fmt.Sprintf("push %.0f N", push)))
	}
	hub := panel{x: "push, N", y: "greatest torque, N·mm", xs: [2]float64{0, 160}}
	for i, id := range []string{"manual-15g", "manual-18g", "iv-18g"} {
		n, err := physics.ToolByID(id)
		if err != nil {
			return nil, err
		}
		var t, sheared trace
		for push := 10.0; push <= 160; push += 10 {
			r, err := twisted(id, push, 6, nil)
			if err != nil {
				return nil, err
			}
			s := r.state.Summary()
			t.at(push, s.PeakTorque*1e3)
			if s.HubSheared {
				sheared.at(push, s.PeakTorque*1e3)
			}
		}
		hub.add(t.line(fmt.Sprintf("%s; its hub bears %.0f", map[string]string{"manual-15g": "15G needle", "manual-18g": "18G needle", "iv-18g": "18G venous cannula"}[id], n.HubTorque*1e3)))
		if len(sheared.points) > 0 {
			c := sheared.dots("hub sheared")
			c.like = i + 2
			hub.add(c)
		}
	}
	return []panel{loop, hub}, nil
}

func standing() ([]panel, error) {
	p := panel{x: "wall, mm", y: "moment, N·mm", xs: [2]float64{0.4, 5}, ys: [2]float64{0, 400}}
	var upright, rocked, need trace
	for _, wall := range []float64{0.4, 0.6, 0.8, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 4.5, 5} {
		a, err := plain(map[string]float64{"cortex_mm": wall})
		if err != nil {
			return nil, err
		}
		r, err := placed(a, "ez-25")
		if err != nil {
			return nil, err
		}
		u := r.model.Purchase(&r.state)
		upright.at(wall, u.HoldNm*1e3)
		need.at(wall, u.NeedNm*1e3)
		for i := range 2000 {
			r.in.TiltX = 6 * degree * math.Sin(2*math.Pi*float64(i)/200)
			r.step()
		}
		rocked.at(wall, r.model.Purchase(&r.state).HoldNm*1e3)
	}
	p.add(upright.line("borne, put in upright"), rocked.line("borne after rocking"), need.line("asked for by hub and nudge"))
	return []panel{p}, nil
}
