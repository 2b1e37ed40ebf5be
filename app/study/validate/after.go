package validate

import (
	"math"
	"math/rand/v2"

	"osseo/physics"
)

// afterRows are what follows the insertion: pain, the way of a drug, the needle's staying in.
func afterRows() []spec {
	return []spec{
		{
			id: "A38", quick: true, input: "awake adults, tibia and humerus: insertion, 10 mL flush and infusion at 300 mmHg after 40 mg of lidocaine",
			published: "3-4.4, 4.6-7.9, 0-2.9 of 10; tibia above humerus", source: "Philbeck 2009, 2010", run: pains,
			why: "Thresholds were set from the same publications: the row shows that one threshold for each site is enough, not more.",
		},
		{
			id: "A39", quick: true, input: "chest compressions, drug followed by 10 mL, tibia and sternum", published: "peak after 107 +/- 27 and 53 +/- 11 s, ratio 1.5-2.6",
			source: "Hoskins 2012 (swine)", run: transit, why: "Volumes and shares of the output are assumed so that their sum is near these figures.",
		},
		{
			id: "A46", input: "adults, humerus, trained, needle in to its hub, three snags of the line on the way; 25 mm not fixed, 45 mm not fixed, 45 mm fixed",
			published: "2-37 % dislodged depending on length and fixing; 45 mm lower", source: "Wampler 2012, Paxton 2009", run: dislodged,
			why: "Of needles in the marrow. A snag pulls with 12 N (median, CV 0.6) in any direction; a dressing takes two thirds of it until its adhesive gives way at 29 N. Number and size of snags are assumed: no measurement was found.",
		},
	}
}

// hurts is the worst pain of one awake person at insertion, flush and infusion through a needle that lies well.
func hurts(site physics.Site, needle string, seed uint64) ([3]float64, error) {
	const dose, bag = 40.0, 300 * mmHg
	a, err := physics.SampleAnatomy(adults(seed), site, seed)
	if err != nil {
		return [3]float64{}, err
	}
	p, _, err := place(a, needle)
	if err != nil {
		return [3]float64{}, err
	}
	person := physics.PainThreshold(bounded(drawing(seed ^ 0x7061696e)))
	flush := physics.FlushCircuit()
	first := p.model.Infuse(&p.state, &flush, physics.Tissue{})
	p.state.Flush(10e-6)
	drip := physics.Circuit{Head: bag, Line: physics.GivingSet(), Above: wellAbove}
	later := p.model.Infuse(&p.state, &drip, physics.Tissue{})
	return [3]float64{
		physics.InsertionPain(site, a.AgeStrength, person),
		physics.PressurePain(site, first.Pressure, dose, person),
		physics.PressurePain(site, later.Pressure, dose, person),
	}, nil
}

// wellAbove is what the marrow of a well person has above that of one in shock, Pa: 25 against 12 mmHg, as in osseo flow.
const wellAbove = 13 * mmHg

func pains(l *lab, r *Row) error {
	r.crowd(l.people)
	var means [2][3]float64
	for i, c := range []struct {
		site   physics.Site
		needle string
	}{{physics.ProximalTibia, "ez-25"}, {physics.ProximalHumerus, "ez-45"}} {
		x, err := each(l, l.people, func(seed uint64) ([3]float64, error) { return hurts(c.site, c.needle, seed) })
		if err != nil {
			return err
		}
		for k, what := range []struct {
			name      string
			low, high float64
		}{{"insertion", 3, 4.4}, {"flush", 4.6, 7.9}, {"infusion", 0, 2.9}} {
			e := mean(pick(x, func(p *[3]float64) float64 { return p[k] }))
			means[i][k] = e.value
			r.add(estimated(what.name+", "+string(c.site), "of 10", what.low, what.high, e))
		}
	}
	above := means[0][0] > means[1][0] && means[0][1] > means[1][1] && means[0][2] > means[1][2]
	r.add(holds("tibia above humerus in all three", above))
	return nil
}

func transit(_ *lab, r *Row) error {
	c := physics.Circulation{CPR: true, Flush: 10e-6}
	tibia, sternum := physics.PeakTime(physics.ProximalTibia, c), physics.PeakTime(physics.Sternum, c)
	r.add(check("peak, tibia", "s", 80, 134, tibia), check("peak, sternum", "s", 42, 64, sternum), check("ratio", "", 1.5, 2.6, tibia/sternum))
	return nil
}

// snags of a line on the way to the hospital, in any direction away from the skin. Assumed: so many and so hard that they
// would pull the tape off one arm in six (22-36 N), where 7-17 % of venous lines are pulled out.
const (
	snags      = 3
	snagMedian = 12.0 // N
	snagCV     = 0.6
)

func dislodged(l *lab, r *Row) error {
	r.crowd(l.people)
	var rates [3]estimate
	for i, c := range []struct {
		needle string
		fixing physics.Fixing
	}{{"ez-25", physics.Fixing{}}, {"ez-45", physics.Fixing{}}, {"ez-45", physics.Dressing()}} {
		x, err := shared(l, "humerus "+c.needle, func() ([]outcome, error) {
			return l.series(l.people, series{who: adults, site: physics.ProximalHumerus, needle: c.needle, user: always("trained"), hub: true, exact: true})
		})
		if err != nil {
			return err
		}
		var lost []bool
		for k := range x {
			if marrow(&x[k]) {
				lost = append(lost, comesOut(&x[k], uint64(k)+1, c.fixing))
			}
		}
		rates[i] = percent(lost)
	}
	r.add(estimated("dislodged, 25 mm, not fixed", "%", 2, 37, rates[0]), estimated("dislodged, 45 mm, fixed", "%", 2, 37, rates[2]),
		check("45 mm over 25 mm, neither fixed", "", 0, 0.9999, rates[1].value/rates[0].value))
	return nil
}

// comesOut reports whether one of the snags draws the needle out.
func comesOut(o *outcome, seed uint64, f physics.Fixing) bool {
	r := rand.New(rand.NewPCG(seed, 0x736e6167))
	spread := math.Sqrt(math.Log(1 + snagCV*snagCV))
	s, out := o.state, false
	for range snags {
		pull := snagMedian * math.Exp(spread*bounded(r))
		angle := math.Acos(r.Float64()) // every direction of the half space alike
		out = out || o.model.Snag(&s, pull, angle, f)
	}
	return out
}
