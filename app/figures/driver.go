package figures

import (
	"fmt"
	"math"

	"osseo/physics"
)

// driverFigures are section 7.
func driverFigures() []Figure {
	return []Figure{
		{
			Name: "motor", Title: "Powered driver: too little push polishes, too much stalls", panels: motor,
			Caption: "Eq. 10, 13. A 15G needle in a 10 mm adult wall, pushed by a sled with 5 to 160 N; each dot is the mean of a second, 4 to 8 mm deep, or a stall.",
		},
		{
			Name: "heat", Title: "Heat beside the hole", panels: heat, Source: "47 °C for a minute kills bone, Eriksson and Albrektsson 1983",
			Caption: "Eq. 13a. The most by which bone 0.5 mm beside the hole is warmed until a 3 mm adult wall gives way, 15G needle pushed by a sled; no more than an order of size.",
		},
		{
			Name: "spring", Title: "Spring driver: the shot", panels: spring,
			Caption: "Eq. 18. A 15G spring needle at an adult tibia (tissue 5 mm, wall 3 mm), stepped in 20 us; a hand that presses less than the spring is thrown back and loses depth.",
		},
	}
}

// pushing is what a driver does under a push.
type pushing struct{ push, rps, torque, speed float64 }

func pushed(battery, push float64) (pushing, error) {
	a, err := plain(map[string]float64{"cortex_mm": 10})
	if err != nil {
		return pushing{}, err
	}
	r, err := over(a, "ez-25", func(_ *physics.Needle, d *physics.Driver) { d.Battery = battery })
	if err != nil {
		return pushing{}, err
	}
	c := r.model.Column(0, 0)
	r.touch()
	r.in.Trigger = 1
	p := pushing{push: push}
	n, first, last, began := 0.0, 0.0, 0.0, 0.0
	for r.time < 25 && r.out.Tip < c.NearTop+8*mm && n < 4000 {
		r.press(0.05, steady(push), func(r *rig) {
			if r.out.Tip < c.NearTop+4*mm && r.time < 15 {
				return
			}
			if n == 0 {
				first, began = r.out.Tip, r.time
			}
			n++
			p.rps += r.out.MotorRPS
			p.torque += r.out.Torque
			last = r.out.Tip
		})
	}
	p.rps, p.torque = p.rps/math.Max(n, 1), p.torque/math.Max(n, 1)
	p.speed = (last - first) / math.Max(r.time-began, r.dt)
	return p, nil
}

func motor() ([]panel, error) {
	load := panel{x: "torque, N·mm", y: "speed, revolutions per second", xs: [2]float64{0, 180}, ys: [2]float64{-0.3, 14.5}}
	pace := panel{x: "push, N", y: "advance, mm/s", xs: [2]float64{0, 165}}
	for _, battery := range []float64{1, 0.7, 0.4} {
		var l, s trace
		for _, push := range []float64{5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 115, 130, 145, 160} {
			p, err := pushed(battery, push)
			if err != nil {
				return nil, err
			}
			l.at(p.torque*1e3, p.rps)
			s.at(push, p.speed/mm)
		}
		name := fmt.Sprintf("battery %.0f %%", 100*battery)
		load.add(l.dots(name))
		pace.add(s.line(name))
	}
	return []panel{load, pace}, nil
}

func heat() ([]panel, error) {
	p := panel{x: "push, N", y: "warmed by at most, K", xs: [2]float64{0, 140}, ys: [2]float64{0, 25}, bands: []band{{name: "above 47 °C", from: 10, to: 25, along: true}}}
	a, err := plain(nil)
	if err != nil {
		return nil, err
	}
	for _, c := range []struct {
		name, needle string
		sharp        float64
	}{{"driver, new", "ez-25", 1}, {"driver, worn (0.3)", "ez-25", 0.3}, {"by hand, new", "manual-15g", 1}} {
		var t trace
		for push := 30.0; push <= 140; push += 10 {
			r, err := over(a, c.needle, func(n *physics.Needle, _ *physics.Driver) { n.Sharpness = c.sharp })
			if err != nil {
				return nil, err
			}
			r.touch()
			r.in.Trigger = 1
			for r.time < 30 && !r.state.Summary().Broke {
				r.press(0.05, steady(push), func(r *rig) {
					if c.needle == "manual-15g" {
						r.swing()
					}
				})
			}
			t.at(push, r.state.Summary().Warmed)
		}
		p.add(t.line(c.name))
	}
	return []panel{p}, nil
}

// shot fires a spring needle, the hand pressing with a force, and lets see look at each tick.
func shot(load, strength float64, see func(*rig)) (*rig, error) {
	a, err := plain(map[string]float64{"strength": strength})
	if err != nil {
		return nil, err
	}
	r, err := over(a, "spring-15g-adult", nil)
	if err != nil {
		return nil, err
	}
	r.in.Load = load
	r.feed(0, 5*mm, nil)
	for range 20 {
		r.step()
	}
	r.dt = 20e-6
	r.in.Trigger = 1
	r.time = 0
	for r.time < 9e-3 {
		r.step()
		if see != nil {
			see(r)
		}
	}
	return r, nil
}

func spring() ([]panel, error) {
	at := panel{x: "time after the trigger, ms", y: "depth of the tip, mm", xs: [2]float64{0, 8}}
	pace := panel{x: "time after the trigger, ms", y: "speed of the tip, m/s", xs: [2]float64{0, 8}}
	loss := panel{x: "push of the hand, N", y: "depth reached, mm", xs: [2]float64{0, 60}}
	a, err := plain(nil)
	if err != nil {
		return nil, err
	}
	at.bands = []band{{name: "wall", from: a.At(0, 0).NearTop / mm, to: a.At(0, 0).NearBottom / mm, along: true, dark: true}}
	for _, strength := range []float64{1, 2} {
		var tip, speed trace
		last := 0.0
		ticks := 0
		if _, err := shot(40, strength, func(r *rig) {
			tip.at(r.time*1e3, r.out.Tip/mm)
			if ticks++; ticks%5 == 0 {
				speed.at(r.time*1e3-0.05, (r.out.Tip-last)/(5*r.dt))
				last = r.out.Tip
			}
			if ticks == 1 {
				last = r.out.Tip
			}
		}); err != nil {
			return nil, err
		}
		name := fmt.Sprintf("bone of strength %.0f", strength)
		at.add(tip.line(name))
		pace.add(speed.line(name))
	}
	for _, strength := range []float64{1, 2} {
		var reached trace
		for load := 0.0; load <= 60; load += 2.5 {
			r, err := shot(load, strength, nil)
			if err != nil {
				return nil, err
			}
			reached.at(load, r.out.Tip/mm)
		}
		loss.add(reached.line(fmt.Sprintf("bone of strength %.0f", strength)))
	}
	return []panel{at, pace, loss}, nil
}
