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
			why: "Of needles in the marrow. A snag pulls with 12 N (median, CV 0.6), a fixed needle bears a third of it. Assumed: no measurement was found.",
		},
	}
}

func pains(l *lab, r *Row) error {
	r.crowd(l.people)
	const dose, bag = 40.0, 300 * mmHg
	var means [2][3]float64
	for i, site := range []physics.Site{physics.ProximalTibia, physics.ProximalHumerus} {
		x, err := each(l, l.people, func(seed uint64) ([3]float64, error) {
			person := physics.PainThreshold(bounded(drawing(seed)))
			return [3]float64{
				physics.InsertionPain(site, person),
				physics.PressurePain(site, physics.FlushPressure(), dose, person),
				physics.PressurePain(site, bag, dose, person),
			}, nil
		})
		if err != nil {
			return err
		}
		for k, c := range []struct {
			what      string
			low, high float64
		}{{"insertion", 3, 4.4}, {"flush", 4.6, 7.9}, {"infusion", 0, 2.9}} {
			e := mean(pick(x, func(p *[3]float64) float64 { return p[k] }))
			means[i][k] = e.value
			r.add(estimated(c.what+", "+string(site), "of 10", c.low, c.high, e))
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

// snags of a line on the way to the hospital, and the share of a pull that a dressing with an anchor takes. Assumed.
const (
	snags      = 3
	snagMedian = 12.0 // N
	snagCV     = 0.6
	fixing     = 2.0 / 3
)

func dislodged(l *lab, r *Row) error {
	r.crowd(l.people)
	var rates [3]estimate
	for i, c := range []struct {
		needle string
		fixed  float64
	}{{"ez-25", 0}, {"ez-45", 0}, {"ez-45", fixing}} {
		x, err := shared(l, "humerus "+c.needle, func() ([]outcome, error) {
			return l.series(l.people, series{who: adults, site: physics.ProximalHumerus, needle: c.needle, user: always("trained"), hub: true, exact: true})
		})
		if err != nil {
			return err
		}
		var lost []bool
		for k := range x {
			if marrow(&x[k]) {
				lost = append(lost, comesOut(&x[k], uint64(k)+1, c.fixed))
			}
		}
		rates[i] = percent(lost)
	}
	r.add(estimated("dislodged, 25 mm, not fixed", "%", 2, 37, rates[0]), estimated("dislodged, 45 mm, fixed", "%", 2, 37, rates[2]),
		check("45 mm over 25 mm, neither fixed", "", 0, 0.9999, rates[1].value/rates[0].value))
	return nil
}

// comesOut reports whether one of the snags draws the needle out.
func comesOut(o *outcome, seed uint64, fixed float64) bool {
	r := rand.New(rand.NewPCG(seed, 0x736e6167))
	spread := math.Sqrt(math.Log(1 + snagCV*snagCV))
	out := false
	for range snags {
		pull := snagMedian * math.Exp(spread*bounded(r))
		out = out || o.model.Dislodges(&o.state, pull, fixed)
	}
	return out
}
