package figures

import (
	"math"

	"osseo/physics"
)

// boneFigures are section 5: cutting, indentation, cancellous bone, far wall.
func boneFigures() []Figure {
	return []Figure{
		{
			Name: "feed", Title: "Cutting: thrust and torque against feed", panels: feed, Source: "3.2 mm drill in human femur, 2 mm/s at 1000 rpm, MacAvelia 2012 (mean, 95 % interval)",
			Caption: "Eq. 7-10. Means in the third quarter of a 10 mm wall of a young adult, driven by a machine at 1000 rpm; the feed is cut off at 0.3 mm/rev, beyond which a tip rubs.",
		},
		{
			Name: "indentation", Title: "Push against depth, with and without turning", panels: indentation, Source: "hardness of adult cortex 130-200 MPa, of which 150 MPa is the model's",
			Caption: "Eq. 8-9. A 15G tip on a 6 mm adult wall, pushed 20 N harder each second: without turning only indentation; turned by hand (90° either side, 1.5 Hz) or by the driver (800 rpm) it cuts.",
		},
		{
			Name: "sharpness", Title: "A worn tip: more thrust, less torque", panels: sharpness, Source: "direction of both by Alam",
			Caption: "Eq. 7, 10. A 15G needle at 1 mm/s and 800 rpm through 5 mm of tissue and 3 mm of adult cortex, by a machine that does not stall.",
		},
		{
			Name: "texture", Title: "Cancellous bone: the same place, the same force", panels: texture,
			Caption: "Eq. 11 and the frozen texture of section 5. A 15G needle at 2 mm/s through the marrow of an adult: the same bone met twice at other tick rates gives the same force, another patient's gives others.",
		},
		{
			Name: "walls", Title: "Both walls", panels: walls,
			Caption: "Sections 3-6. A 15G needle fed at 2 mm/s and 800 rpm by a machine from the skin through the far wall; layers as the needle meets them.",
		},
	}
}

// steadyPull is the mean thrust, N, and torque, N.m, of a tool fed through the third quarter of a thick wall.
func steadyPull(tool string, sharp, rps, feed float64) (thrust, torque float64, err error) {
	a, err := plain(map[string]float64{"cortex_mm": 10})
	if err != nil {
		return 0, 0, err
	}
	r, err := over(a, tool, func(n *physics.Needle, d *physics.Driver) {
		n.Sharpness = sharp
		*d = physics.Driver{Kind: physics.Powered, NoLoadRPS: rps, StallTorque: 20, Battery: 1}
	})
	if err != nil {
		return 0, 0, err
	}
	c := r.model.Column(0, 0)
	wall := c.NearBottom - c.NearTop
	r.in.Trigger = 1
	r.touch()
	n := 0.0
	past := c.NearTop + 0.75*wall
	r.feed(past+15*mm, feed*rps, func(r *rig) {
		if r.out.Tip > c.NearTop+0.5*wall && r.out.Tip < c.NearTop+0.75*wall {
			n++
			thrust += r.out.Reaction
			torque += r.out.Torque
		}
	})
	return thrust / math.Max(n, 1), torque / math.Max(n, 1), nil
}

func feed() ([]panel, error) {
	thrust := panel{x: "feed, mm per revolution", y: "thrust, N", xs: [2]float64{0, 0.3}, ys: [2]float64{0, 500}}
	torque := panel{x: "feed, mm per revolution", y: "torque, N·mm", xs: [2]float64{0, 0.3}, ys: [2]float64{0, 400}}
	for _, c := range []struct {
		name, tool string
		sharp      float64
	}{{"3.2 mm drill", "drill-3.2mm", 1}, {"3.2 mm drill, worn (0.3)", "drill-3.2mm", 0.3}, {"15G trocar needle", "ez-25", 1}} {
		var f, m trace
		for _, x := range []float64{0.01, 0.02, 0.04, 0.07, 0.12, 0.17, 0.23, 0.29} {
			n, nm, err := steadyPull(c.tool, c.sharp, 1000.0/60, x*mm)
			if err != nil {
				return nil, err
			}
			f.at(x, n)
			m.at(x, nm*1e3)
		}
		thrust.add(f.line(c.name))
		torque.add(m.line(c.name))
	}
	thrust.add(measured("measured, drill", 0.12, 198, 184, 212))
	torque.add(measured("measured, drill", 0.12, 186, 169, 203))
	return []panel{thrust, torque}, nil
}

func indentation() ([]panel, error) {
	a, err := plain(map[string]float64{"cortex_mm": 6})
	if err != nil {
		return nil, err
	}
	p := panel{x: "push, N", y: "depth in the wall, mm", xs: [2]float64{0, 260}, ys: [2]float64{0, 6.5}, bands: []band{{name: "inner face of the wall", from: 6, to: 6.5, along: true, dark: true}}}
	for _, c := range []struct {
		name         string
		driven, hand bool
	}{{"no turning", false, false}, {"twisted by hand", false, true}, {"driver, 800 rpm", true, false}} {
		r, err := over(a, "ez-25", func(_ *physics.Needle, d *physics.Driver) {
			*d = physics.Driver{Kind: physics.Powered, NoLoadRPS: 13.3, StallTorque: 20, Battery: 1}
		})
		if err != nil {
			return nil, err
		}
		r.dt = 0.5e-3
		r.touch()
		top := r.model.Column(0, 0).NearTop
		if c.driven {
			r.in.Trigger = 1
		}
		var t trace
		began := r.time
		r.press(13, func(at float64) float64 { return 20 * at }, func(r *rig) {
			if c.hand {
				r.swing()
			}
			if r.out.Tip-top < 6.4*mm {
				t.at(20*(r.time-began), math.Max(r.out.Tip-top, 0)/mm)
			}
		})
		p.add(t.line(c.name))
	}
	return []panel{p}, nil
}

// turned is a needle with a driver that nothing stalls.
func turned(a physics.Anatomy, tool string, sharp float64) (*rig, error) {
	r, err := over(a, tool, func(n *physics.Needle, d *physics.Driver) {
		n.Sharpness = sharp
		*d = physics.Driver{Kind: physics.Powered, NoLoadRPS: 13.3, StallTorque: 20, Battery: 1}
	})
	if err == nil {
		r.in.Trigger = 1
	}
	return r, err
}

func sharpness() ([]panel, error) {
	a, err := plain(nil)
	if err != nil {
		return nil, err
	}
	c := a.At(0, 0)
	bands := []band{{name: "cortex", from: c.NearTop / mm, to: c.NearBottom / mm}}
	thrust := panel{x: "depth of the tip, mm", y: "thrust, N", xs: [2]float64{3, 11}, bands: bands}
	torque := panel{x: "depth of the tip, mm", y: "torque, N·mm", xs: [2]float64{3, 11}, bands: bands}
	for _, x := range []struct {
		name  string
		sharp float64
	}{{"new (sharpness 1)", 1}, {"half worn (0.5)", 0.5}, {"fully worn (0)", 0}} {
		r, err := turned(a, "ez-25", x.sharp)
		if err != nil {
			return nil, err
		}
		var f, m trace
		r.feed(3*mm, 10*mm, nil)
		r.feed(11*mm+3*mm, 1*mm, func(r *rig) {
			f.at(r.out.Tip/mm, r.out.Reaction)
			m.at(r.out.Tip/mm, r.out.Torque*1e3)
		})
		thrust.add(f.line(x.name))
		torque.add(m.line(x.name))
	}
	return []panel{thrust, torque}, nil
}

func texture() ([]panel, error) {
	p := panel{x: "depth of the tip, mm", y: "force, N", xs: [2]float64{14, 22}}
	for _, c := range []struct {
		name string
		seed uint64
		dt   float64
	}{{"patient 1, ticks of 1 ms", 1, 1e-3}, {"patient 1, ticks of 0.1 ms", 1, 1e-4}, {"patient 2", 2, 1e-3}} {
		set := map[string]float64{"cortex_mm": 3, "soft_tissue_mm": 5, "medulla_mm": 25, "strength": 1, "cancellous_g_cm3": 0.25}
		a, err := physics.SampleAnatomy(physics.Patient{Age: 30, Sex: physics.Male, Weight: 75, Bone: physics.NormalBone, Set: set}, physics.ProximalTibia, c.seed)
		if err != nil {
			return nil, err
		}
		r, err := turned(a, "ez-25", 1)
		if err != nil {
			return nil, err
		}
		r.dt = c.dt
		var t trace
		r.feed(22*mm, 2*mm, func(r *rig) {
			if r.out.Tip > 13.8*mm {
				t.at(r.out.Tip/mm, r.out.Reaction)
			}
		})
		p.add(t.line(c.name))
	}
	return []panel{p}, nil
}

// layers are the bands of the column under the ideal point.
func layers(a *physics.Anatomy) []band {
	c := a.At(0, 0)
	return []band{
		{name: "skin, fat", from: 0, to: c.Bone / mm},
		{name: "wall", from: c.NearTop / mm, to: c.NearBottom / mm, dark: true},
		{name: "marrow", from: c.NearBottom / mm, to: c.FarTop / mm},
		{name: "wall", from: c.FarTop / mm, to: c.FarBottom / mm, dark: true},
	}
}

func walls() ([]panel, error) {
	var out []panel
	for _, who := range []struct {
		name, needle string
		patient      physics.Patient
	}{
		{"adult, 35 years", "ez-45", physics.Patient{Age: 35, Sex: physics.Male, Weight: 78, BMI: 24, Bone: physics.NormalBone}},
		{"infant, 7 months", "ez-25", physics.Patient{Age: 0.6, Sex: physics.Female, Weight: 7.8, Bone: physics.NormalBone}},
	} {
		a, err := physics.SampleAnatomy(who.patient, physics.ProximalTibia, 3)
		if err != nil {
			return nil, err
		}
		r, err := turned(a, who.needle, 1)
		if err != nil {
			return nil, err
		}
		to := a.At(0, 0).FarBottom + 8*mm
		p := panel{x: "depth of the tip, mm", y: "force, N", xs: [2]float64{0, to / mm}, bands: layers(&a)}
		var t trace
		r.feed(to, 2*mm, func(r *rig) { t.at(r.out.Tip/mm, r.out.Reaction) })
		p.add(t.line(who.name))
		out = append(out, p)
	}
	return out, nil
}
