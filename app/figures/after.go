package figures

import (
	"fmt"
	"slices"
	"strings"

	"osseo/physics"
)

// afterFigures are section 10.
func afterFigures() []Figure {
	return []Figure{
		{
			Name: "flow", Title: "The way of the fluid: needle, marrow, people", panels: flow,
			Source:  "means at 300 mmHg in donors 112 (sternum), 69 (tibia), 60 (humerus) mL/min, Hammer 2015; 165 in living adults, Ong 2009",
			Caption: "Eq. 21-22. Left: an average adult tibia, 15G x 25 mm, no line before it. Right: share of 200 living adults whose flow after the flush at 300 mmHg is below a value, seeds 1 to 200, needles placed by a machine.",
		},
		{
			Name: "swelling", Title: "Leaks: what a misplaced needle does to the leg", panels: swelling,
			Caption: "Eq. 22a-22e. A giving set at 300 mmHg after a flush of 10 mL, adult tibia, 15G; the point 6 mm into the marrow, or behind the far wall, or the hole around it widened. Grey: dangerous, and what is seen.",
		},
		{
			Name: "pain", Title: "Pain of an awake patient", panels: pain,
			Source:  "volunteers after 40 mg, at the tibia flush 7.3 and infusion 2.9 of 10, at the humerus 4.6 and 1.4; insertion 3.6-4.4 and 3.0, Philbeck 2009, 2010",
			Caption: "Eq. 24-25, average bones and a person of mean threshold; the flush by thumb through an extension set, then a giving set at 300 mmHg.",
		},
		{
			Name: "transit", Title: "The way of a drug: when its arterial level peaks", panels: transit,
			Source:  "swine under chest compressions, tibia 107 +/- 27 s, sternum 53 +/- 11 s, Hoskins 2012",
			Caption: "Eq. 26. A bolus into the marrow, followed by a flush of 0 to 30 mL.",
		},
	}
}

// average is a needle in the marrow of an average bone at a site.
func average(site physics.Site, needle string) (*rig, error) {
	a, err := plainAt(site, nil)
	if err != nil {
		return nil, err
	}
	a.MarrowFlow, a.FlowDie = 110e-6/60, 1
	return placed(a, needle)
}

func flow() ([]panel, error) {
	alone := panel{x: "pressure, mmHg", y: "flow, mL/min", xs: [2]float64{0, 320}, ys: [2]float64{0, 650}}
	r, err := average(physics.ProximalTibia, "ez-25")
	if err != nil {
		return nil, err
	}
	var steel, closed, opened trace
	n := r.model.Needle()
	flushed := r.state
	flushed.Flush(10e-6)
	for p := 0.0; p <= 320; p += 5 {
		steel.at(p, n.NeedleFlow(p*mmHg)*60e6)
		closed.at(p, r.model.Flow(&r.state, p*mmHg)*60e6)
		opened.at(p, r.model.Flow(&flushed, p*mmHg)*60e6)
	}
	alone.add(steel.line("needle alone, water"), opened.line("with marrow, after a flush of 10 mL"), closed.line("with marrow, before any flush"))
	people := panel{x: "flow at 300 mmHg, mL/min", y: "share of people below, %", xs: [2]float64{0, 400}, ys: [2]float64{0, 100}}
	for _, site := range []physics.Site{physics.Sternum, physics.ProximalTibia, physics.ProximalHumerus, physics.DistalTibia} {
		t, err := flows(site)
		if err != nil {
			return nil, err
		}
		people.add(t.line(strings.ReplaceAll(string(site), "-", " ")))
	}
	return []panel{alone, people}, nil
}

// flows are those of adults at a site, as a distribution.
func flows(site physics.Site) (trace, error) {
	var ml []float64
	for seed := range uint64(size.flow) {
		p := physics.Patient{Age: 20 + float64(seed%55), Sex: physics.Male, Weight: 78, BMI: 24.5, Bone: physics.NormalBone}
		if seed%2 == 1 {
			p.Sex, p.Weight = physics.Female, 65
		}
		a, err := physics.SampleAnatomy(p, site, seed+1)
		if err != nil {
			return trace{}, err
		}
		r, err := placed(a, "ez-45")
		if err != nil {
			return trace{}, err
		}
		if r.out.Zone != physics.InMedulla {
			continue
		}
		r.state.Flush(10e-6)
		ml = append(ml, r.model.Flow(&r.state, 300*mmHg)*60e6)
	}
	slices.Sort(ml)
	var t trace
	for i, x := range ml {
		t.at(x, 100*(float64(i)+0.5)/float64(len(ml)))
	}
	return t, nil
}

// swelling follows ten minutes of infusion.
func swelling() ([]panel, error) {
	deep := panel{x: "time, minutes", y: "pressure behind the bone, mmHg", xs: [2]float64{0, 10}, ys: [2]float64{0, 60}, bands: []band{{name: "dangerous", from: 30, to: 60, along: true}}}
	rise := panel{x: "time, minutes", y: "rise of the skin, mm", xs: [2]float64{0, 10}, ys: [2]float64{0, 20}, bands: []band{{name: "seen", from: 3, to: 1e3, along: true}}}
	for _, c := range []struct {
		name  string
		past  bool    // behind the far wall
		widen float64 // m
		head  float64 // Pa
	}{
		{"lies well", false, 0, 300 * mmHg},
		{"point behind the far wall, bag", true, 0, 300 * mmHg},
		{"point behind the far wall, gravity", true, 0, 75 * mmHg},
		{"hole widened by 20 um, bag", false, 20e-6, 300 * mmHg},
		{"hole widened by 40 um, bag", false, 40e-6, 300 * mmHg},
	} {
		r, err := lying(c.past)
		if err != nil {
			return nil, err
		}
		r.state.Widen(c.widen)
		r.state.Flush(10e-6)
		circuit := physics.Circuit{Head: c.head, Line: physics.GivingSet()}
		var t physics.Tissue
		var p, up trace
		const dt = 1.0
		for at := 0.0; at <= 600; at += dt {
			w := r.model.Swelling(t)
			p.at(at/60, w.Deep/mmHg)
			up.at(at/60, w.Rise/mm)
			f := r.model.Infuse(&r.state, &circuit, t)
			r.state.Flush(t.Take(&f, dt))
		}
		deep.add(p.line(c.name))
		rise.add(up.line(c.name))
	}
	return []panel{deep, rise}, nil
}

// lying is a needle in an average tibia, in the marrow or with its point behind the far wall.
func lying(past bool) (*rig, error) {
	r, err := average(physics.ProximalTibia, "ez-45")
	if err != nil || !past {
		return r, err
	}
	r.in.Trigger = 1
	r.feed(r.model.Column(0, 0).FarBottom+7*mm, 4*mm, nil)
	return r, nil
}

// pressures are those on the marrow of an average bone in the flush and in the infusion after it, Pa.
func pressures(site physics.Site) (flush, drip float64, err error) {
	r, err := average(site, map[bool]string{true: "ez-25", false: "ez-45"}[site == physics.ProximalTibia])
	if err != nil {
		return 0, 0, err
	}
	first := physics.FlushCircuit()
	later := physics.Circuit{Head: 300 * mmHg, Line: physics.GivingSet(), Above: 13 * mmHg}
	f := r.model.Infuse(&r.state, &first, physics.Tissue{})
	r.state.Flush(10e-6)
	g := r.model.Infuse(&r.state, &later, physics.Tissue{})
	return f.Pressure, g.Pressure, nil
}

func pain() ([]panel, error) {
	p := panel{x: "lidocaine into the marrow before, mg", y: "pain, 0 to 10", xs: [2]float64{0, 80}, ys: [2]float64{0, 10}}
	for _, site := range []physics.Site{physics.ProximalTibia, physics.ProximalHumerus} {
		flush, drip, err := pressures(site)
		if err != nil {
			return nil, err
		}
		var f, d trace
		for mg := 0.0; mg <= 80; mg++ {
			f.at(mg, physics.PressurePain(site, flush, mg, 1))
			d.at(mg, physics.PressurePain(site, drip, mg, 1))
		}
		name := strings.TrimPrefix(string(site), "proximal-")
		p.add(f.line(name+", flush"), d.line(name+", infusion"))
	}
	p.add(curve{name: "measured after 40 mg: 7.3 and 2.9 (tibia), 4.6 and 1.4", kind: published, points: xys(40, 7.3, 40, 2.9, 40, 4.6, 40, 1.4)})
	sites := panel{y: "pain of the insertion, 0 to 10", names: []string{"tibia", "humerus"}, ys: [2]float64{0, 10}}
	for i, z := range []float64{0, 1, -1} {
		var t trace
		for x, site := range []physics.Site{physics.ProximalTibia, physics.ProximalHumerus} {
			t.at(float64(x), physics.InsertionPain(site, 1, physics.PainThreshold(z)))
		}
		sites.add(t.dots([]string{"mean person", "one SD less sensitive", "one SD more sensitive"}[i]))
	}
	sites.add(curve{name: "measured, mean with SD", kind: published, points: xys(0, 4, 1, 3), errors: true, low: []float64{1.5, 1.5}, high: []float64{6.5, 4.5}})
	return []panel{p, sites}, nil
}

func transit() ([]panel, error) {
	var out []panel
	for _, cpr := range []bool{true, false} {
		p := panel{x: fmt.Sprintf("flush, mL (%s)", map[bool]string{true: "chest compressions", false: "at rest"}[cpr]), y: "peak after, s", xs: [2]float64{0, 30}}
		for _, c := range []struct {
			name string
			site physics.Site
		}{{"tibia", physics.ProximalTibia}, {"humerus", physics.ProximalHumerus}, {"sternum", physics.Sternum}} {
			var t trace
			for ml := 0.0; ml <= 30; ml++ {
				t.at(ml, physics.PeakTime(c.site, physics.Circulation{CPR: cpr, Flush: ml * 1e-6}))
			}
			p.add(t.line(c.name))
		}
		if cpr {
			p.bands = []band{{name: "tibia 107 +/- 27 s", from: 80, to: 134, along: true}, {name: "sternum 53 +/- 11 s", from: 42, to: 64, along: true}}
		}
		out = append(out, p)
	}
	return out, nil
}
