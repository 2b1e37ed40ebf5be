package validate

import (
	"math"

	"osseo/physics"
)

// rateRows are insertions by virtual people: how often they succeed, how long they take.
func rateRows() []spec {
	return []spec{
		{
			id: "A9", input: "newborns, 18G by hand, trained, 20 mm against 10 mm distal to the tuberosity",
			published: "peak force or time clearly greater at 20 mm, ratio above 1.3", source: "Boon 2003, direction", run: thickBone,
		},
		{
			id: "A12", input: "adults of BMI 47 with more than 20 mm over the tibia, powered, needle in to its hub",
			published: "25 mm does not reach the marrow, 45 mm does", source: "Kehrl 2016, instructions for use", run: deepTissue,
			why: "Does not: at most 20 %; does: at least 80 %. A hub can be pressed into soft tissue.",
		},
		{
			id: "A13", input: "infants to 6 months, powered, needle in to its hub, everyday users", published: "25 mm 0 of 5, pass to 20 %; 15 mm 56 %, pass 35-75 %",
			source: "Harcke 2020", run: infants, why: "Everyday users: as many novices as trained people, who find the point as app/trial's do.",
		},
		{
			id: "A14", input: "children above 6 months, to 10 years, powered, 15 mm, everyday users", published: "6 of 6, pass from 80 %", source: "Harcke 2020", run: children,
		},
		{
			id: "A15", input: "mixed children, everyday users, powered, 15 mm, stopped at the pop",
			published: "60-77 % correct; of failures soft tissue 66, through 23, epiphysis 11 %, each within 15 points",
			source:    "post-mortem imaging 2016; Harcke 2020", run: mixedChildren,
			why: "Ages as in Harcke 2020: seven in ten to 6 months, the rest to 12 years. Soft tissue: short of the marrow or beside the bone; through: in the far wall or beyond.",
		},
		{
			id: "A27", input: "adults, powered, 25 mm, trained", published: "needle time 2-6 s on average, all below 20 s", source: "Ngo 2009", run: adultTimes,
			why: "From the trigger until the tool stands still. All: 99 %.",
		},
		{
			id: "A28", input: "children to 12 years, powered, 15 mm, trained", published: "at most 10 s in at least 70 %", source: "Horton 2008", run: childTimes,
		},
		{
			id: "A29", input: "the same adult bones, trained, by hand against powered, 15G", published: "time ratio 1.8-3.5 (2.8 against 1.1 s)", source: "JSOM 2025", run: byHand,
			why: "The hand-turned screw of the publication is stood in for by the needle twisted to and fro.",
		},
		{
			id: "A30", input: "turkey bone, novices, powered against spring device", published: "97 against 66 %, gap 15-45 points", source: "Shavit 2009", run: turkey,
			why: "Turkey bone is stood in for by adult tibiae with the point known: no measurement of the bones was found.",
		},
		{
			id: "A31", input: "donors, spring device for adults, trained, tibia and humerus", published: "89 and 74 %, within 8 points", source: "Szarpak 2016", run: springSites,
		},
		{
			id: "A32", input: "donors, powered, novices, tibia (25 mm) and humerus (45 mm)", published: "91 and 77 %, within 8 points", source: "Hammer 2015", run: poweredSites,
		},
		{
			id: "A33", input: "children's bone (2-8 years), trained: venous cannula, spinal needle, intraosseous needle by hand",
			published: "bent or broken 43 and 59 %, within 15 points; intraosseous needle succeeds in 63 %, within 15", source: "Korea 2009", run: thinNeedles,
		},
		{
			id: "A45", input: "neonates of 27-40 weeks, everyday users, powered, 15 mm, up to three attempts",
			published: "first attempt 75 %, overall 91 %, within 8 points, as operators report; true position lower", source: "Schwindt 2022", run: newbornUsers,
			why: "Reported as success: a pop was felt, the needle stands, and nobody saw the tissue swell at once (tip in soft tissue).",
		},
	}
}

func took(o *outcome) float64 { return o.stopped - o.cut }

// times are the durations of those that came to an end.
func times(x []outcome) []float64 {
	var out []float64
	for i := range x {
		if t := took(&x[i]); !math.IsNaN(t) {
			out = append(out, t)
		}
	}
	return out
}

func thickBone(l *lab, r *Row) error {
	at := func(distal float64) ([]outcome, error) {
		return l.series(l.people, series{who: newborns, site: physics.ProximalTibia, needle: "manual-18g", user: always("trained"), exact: true, distal: distal})
	}
	a, err := at(0)
	if err != nil {
		return err
	}
	b, err := at(10 * mm)
	r.crowd(l.people)
	limited := func(o *outcome) float64 { // one who gives up took all the time there was
		if math.IsNaN(o.popped) {
			return 30
		}
		return o.popped - o.cut
	}
	force := func(o *outcome) float64 { return o.sum.PeakForce }
	f, t := ratio(pick(b, force), pick(a, force)), ratio(pick(b, limited), pick(a, limited))
	if f.value > t.value {
		f, t = t, f
	}
	r.add(estimated("greater of the ratios of peak force and time", "", 1.3, inf, t))
	return err
}

// deep are the seeds of people with more than some tissue over the bone.
func deep(seed uint64) physics.Patient {
	for k := range uint64(200) {
		p := obese(47)(seed + k<<32)
		p.Set = nil
		a, err := physics.SampleAnatomy(p, physics.ProximalTibia, seed)
		if err == nil && a.SoftTissue() > 20*mm {
			return p
		}
	}
	p := obese(47)(seed)
	p.Set = map[string]float64{"soft_tissue_mm": 21}
	return p
}

func deepTissue(l *lab, r *Row) error {
	r.crowd(l.people)
	for _, c := range []struct {
		needle    string
		low, high float64
	}{{"ez-25", 0, 20}, {"ez-45", 80, 100}} {
		x, err := l.series(l.people, series{who: deep, site: physics.ProximalTibia, needle: c.needle, user: always("trained"), hub: c.needle == "ez-25"})
		if err != nil {
			return err
		}
		r.add(estimated("in the marrow, "+c.needle, "%", c.low, c.high, percent(are(x, marrow))))
	}
	return nil
}

func infants(l *lab, r *Row) error {
	r.crowd(l.people)
	for _, c := range []struct {
		needle    string
		low, high float64
	}{{"ez-25", 0, 20}, {"ez-15", 35, 75}} {
		x, err := l.series(l.people, series{who: aged(0, 0.5), site: physics.ProximalTibia, needle: c.needle, user: field, hub: true})
		if err != nil {
			return err
		}
		r.add(estimated("in the marrow, "+c.needle, "%", c.low, c.high, percent(are(x, marrow))))
	}
	return nil
}

func children(l *lab, r *Row) error {
	r.crowd(l.people)
	x, err := l.series(l.people, series{who: aged(0.5, 10), site: physics.ProximalTibia, needle: "ez-15", user: field, hub: true})
	r.add(estimated("in the marrow", "%", 80, 100, percent(are(x, marrow))))
	return err
}

// mixed are children as they are imaged: seven in ten up to 6 months, the rest up to 12 years.
func mixed(seed uint64) physics.Patient {
	if seed%10 < 7 {
		return aged(0, 0.5)(seed)
	}
	return aged(0.5, 12)(seed)
}

func mixedChildren(l *lab, r *Row) error {
	r.crowd(l.people)
	x, err := l.series(l.people, series{who: mixed, site: physics.ProximalTibia, needle: "ez-15", user: field})
	if err != nil {
		return err
	}
	var wrong []outcome
	for i := range x {
		if !marrow(&x[i]) {
			wrong = append(wrong, x[i])
		}
	}
	of := func(zones ...physics.Zone) estimate {
		return percent(are(wrong, func(o *outcome) bool { return o.in(zones...) }))
	}
	r.add(estimated("in the marrow", "%", 60, 77, percent(are(x, marrow))),
		estimated("of failures: soft tissue", "%", 51, 81, of(physics.Outside, physics.InSoftTissue, physics.InCortex, physics.BesideBone)),
		estimated("of failures: through", "%", 8, 38, of(physics.InFarCortex, physics.InDeepTissue)),
		estimated("of failures: epiphysis", "%", 0, 26, of(physics.InGrowthPlate, physics.InJoint)))
	return nil
}

// trainedAdults are powered insertions that several rows look at.
func trainedAdults(l *lab) ([]outcome, error) {
	return shared(l, "trained adults", func() ([]outcome, error) {
		return l.series(l.people, series{who: adults, site: physics.ProximalTibia, needle: "ez-25", user: always("trained")})
	})
}

func adultTimes(l *lab, r *Row) error {
	x, err := trainedAdults(l)
	if err != nil {
		return err
	}
	r.crowd(l.people)
	t := times(x)
	below := are(t, func(s *float64) bool { return *s < 20 })
	r.add(estimated("mean time", "s", 2, 6, mean(t)), estimated("below 20 s", "%", 99, 100, percent(below)))
	return nil
}

func childTimes(l *lab, r *Row) error {
	r.crowd(l.people)
	x, err := l.series(l.people, series{who: aged(0, 12), site: physics.ProximalTibia, needle: "ez-15", user: always("trained")})
	r.add(estimated("at most 10 s", "%", 70, 100, percent(are(times(x), func(s *float64) bool { return *s <= 10 }))))
	return err
}

func byHand(l *lab, r *Row) error {
	powered, err := trainedAdults(l)
	if err != nil {
		return err
	}
	r.crowd(l.people)
	hand, err := l.series(l.people, series{who: adults, site: physics.ProximalTibia, needle: "manual-15g", user: always("trained")})
	if err != nil {
		return err
	}
	var over, under []float64
	for i := range hand {
		if a, b := took(&hand[i]), took(&powered[i]); !math.IsNaN(a) && !math.IsNaN(b) {
			over, under = append(over, a), append(under, b)
		}
	}
	r.add(estimated("time by hand over powered", "", 1.8, 3.5, ratio(over, under)))
	return nil
}

func turkey(l *lab, r *Row) error {
	r.crowd(l.people)
	a, err := l.series(l.people, series{who: adults, site: physics.ProximalTibia, needle: "ez-25", user: always("novice"), exact: true})
	if err != nil {
		return err
	}
	b, err := l.series(l.people, series{who: adults, site: physics.ProximalTibia, needle: "spring-15g-adult", user: always("novice"), exact: true})
	r.add(estimated("powered less spring", "points", 15, 45, apart(are(a, marrow), are(b, marrow))))
	return err
}

func bothSites(l *lab, r *Row, tibia, humerus string, who user, atTibia, atHumerus float64) error {
	r.crowd(l.people)
	for _, c := range []struct {
		site   physics.Site
		needle string
		want   float64
	}{{physics.ProximalTibia, tibia, atTibia}, {physics.ProximalHumerus, humerus, atHumerus}} {
		x, err := l.series(l.people, series{who: donors, site: c.site, needle: c.needle, user: who})
		if err != nil {
			return err
		}
		r.add(estimated("in the marrow, "+string(c.site), "%", c.want-8, c.want+8, percent(are(x, marrow))))
	}
	return nil
}

func springSites(l *lab, r *Row) error {
	return bothSites(l, r, "spring-15g-adult", "spring-15g-adult", always("trained"), 89, 74)
}

func poweredSites(l *lab, r *Row) error {
	return bothSites(l, r, "ez-25", "ez-45", always("novice"), 91, 77)
}

func bentOrBroken(o *outcome) bool { return o.sum.Yielded || o.sum.Broken || o.sum.Bend > 0.035 }

func thinNeedles(l *lab, r *Row) error {
	r.crowd(l.people)
	for _, c := range []struct {
		needle string
		hollow bool
		want   float64
	}{{"iv-18g", true, 42.6}, {"spinal-20g", false, 59.3}} {
		x, err := l.series(l.people, series{who: aged(2, 8), site: physics.ProximalTibia, needle: c.needle, user: always("trained"), hollow: c.hollow, exact: true})
		if err != nil {
			return err
		}
		r.add(estimated("bent or broken, "+c.needle, "%", c.want-15, c.want+15, percent(are(x, bentOrBroken))))
	}
	x, err := l.series(l.people, series{who: aged(2, 8), site: physics.ProximalTibia, needle: "manual-18g", user: always("trained"), exact: true})
	r.add(estimated("success of the intraosseous needle", "%", 48, 78, percent(are(x, marrow))))
	return err
}
