package validate

import (
	"math"

	"osseo/physics"
)

// placed is a needle that a machine has put into the middle of the marrow.
type placed struct {
	model *physics.Model
	state physics.State
}

// place puts a needle into the marrow of a person, straight and at a feed; false when there it does not come to rest.
func place(a physics.Anatomy, needle string) (placed, bool, error) {
	n, err := physics.ToolByID(needle)
	if err != nil {
		return placed{}, false, err
	}
	goal := (a.At(0, 0).NearBottom + a.At(0, 0).FarTop) / 2
	n.Length = math.Max(n.Length, goal+2*mm)
	driver := physics.Driver{Kind: physics.Powered, NoLoadRPS: 20, StallTorque: 20, Battery: 1} // one that nothing stalls
	m, err := physics.NewModel(a, n, driver, physics.DefaultRendering())
	if err != nil {
		return placed{}, false, err
	}
	p := placed{model: m, state: m.Start()}
	const feed, dt = 8e-3, 1e-3
	var o physics.Output
	for x := 0.0; x < goal+4*mm && o.Tip < goal; x += feed * dt {
		o = m.Step(&p.state, physics.Input{Depth: x, Velocity: feed, Trigger: 1, Stylet: true}, dt)
	}
	return p, o.Zone == physics.InMedulla, nil
}

// flowing is what runs through one person's needle at a site, mL/min.
type flowing struct {
	in              bool
	dry             bool // nothing runs before the flush
	gravity, bag    float64
	before, bagOnly float64 // before any flush
}

const gravityHead = 75 * mmHg // a bag a metre above the needle

// flowOf lets an infusion run through a drip set; above is the pressure of the marrow over that of shock, Pa.
func flowOf(p placed, above float64) flowing {
	f := flowing{in: true}
	ml := func(head float64) float64 {
		c := physics.Circuit{Head: head, Line: physics.GivingSet(), Above: above}
		flows := p.model.Infuse(&p.state, &c, physics.Tissue{})
		return flows.Through * 60e6
	}
	f.before, f.bagOnly = ml(gravityHead), ml(300*mmHg)
	f.dry = f.before == 0
	p.state.Flush(10e-6)
	f.gravity, f.bag = ml(gravityHead), ml(300*mmHg)
	return f
}

// flows are those of n people at a site, those with the needle in the marrow.
func (l *lab) flows(n int, who crowd, site physics.Site, needle string) ([]flowing, error) {
	all, err := each(l, n, func(seed uint64) (flowing, error) {
		patient := who(seed)
		a, err := physics.SampleAnatomy(patient, site, seed)
		if err != nil {
			return flowing{}, err
		}
		p, in, err := place(a, needle)
		if err != nil || !in {
			return flowing{}, err
		}
		above := wellAbove
		if patient.Donor {
			above = -12 * mmHg // nothing circulates
		}
		return flowOf(p, above), nil
	})
	var x []flowing
	for _, f := range all {
		if f.in {
			x = append(x, f)
		}
	}
	return x, err
}

func bagFlow(f *flowing) float64 { return f.bag }

// flowRows are infusions.
func flowRows() []spec {
	return []spec{
		{
			id: "A34", quick: true, input: "adults, tibia, 15G, after a flush: gravity (1 m), then 300 mmHg", published: "mean 5-73 to 8-165 mL/min, ratio 1.5-3",
			source: "Ong 2009, Hammer 2015, Tan 2012", run: bagOverGravity,
		},
		{
			id: "A35", quick: true, input: "donors, 300 mmHg: sternum, tibia, humerus", published: "112, 69, 60 mL/min: sternum above tibia, tibia like humerus, SD 44-54",
			source: "Hammer 2015", run: threeSites,
			why: "Bands: the 95 % intervals of the published means of 27 (SD 47, 54 and 44).",
		},
		{
			id: "A36", quick: true, input: "adults, proximal against distal tibia; share without flow before a flush", published: "ratio 2.0-2.4; no flow at the start 10-25 %",
			source: "Tan 2012", run: proximalDistal,
		},
	}
}

func bagOverGravity(l *lab, r *Row) error {
	x, err := l.flows(l.people, adults, physics.ProximalTibia, "ez-25")
	r.crowd(l.people)
	gravity := pick(x, func(f *flowing) float64 { return f.gravity })
	bag := pick(x, bagFlow)
	r.add(estimated("mean by gravity", "mL/min", 5, 73, mean(gravity)), estimated("mean at 300 mmHg", "mL/min", 8, 165, mean(bag)),
		estimated("ratio", "", 1.5, 3, ratio(bag, gravity)))
	return err
}

func threeSites(l *lab, r *Row) error {
	r.crowd(l.people)
	var means [3]float64
	for i, c := range []struct {
		site     physics.Site
		mean, sd float64
	}{{physics.Sternum, 112, 47}, {physics.ProximalTibia, 69, 54}, {physics.ProximalHumerus, 60, 44}} {
		x, err := l.flows(l.people, donors, c.site, "ez-45")
		if err != nil {
			return err
		}
		bag := pick(x, bagFlow)
		e := ciOfMean(c.sd, 27)
		m := mean(bag)
		means[i] = m.value
		r.add(estimated("mean, "+string(c.site), "mL/min", c.mean-e, c.mean+e, m),
			estimated("SD, "+string(c.site), "mL/min", 44, 54, of(bag, sd)))
	}
	r.add(check("sternum over tibia", "", 1.0001, inf, means[0]/means[1]))
	return nil
}

func proximalDistal(l *lab, r *Row) error {
	r.crowd(l.people)
	proximal, err := l.flows(l.people, adults, physics.ProximalTibia, "ez-25")
	if err != nil {
		return err
	}
	distal, err := l.flows(l.people, adults, physics.DistalTibia, "ez-25")
	p, d := mean(pick(proximal, bagFlow)), mean(pick(distal, bagFlow))
	r.add(check("ratio of the means at 300 mmHg", "", 2.0, 2.4, p.value/d.value),
		estimated("no flow before the flush, proximal", "%", 10, 25, percent(are(proximal, func(f *flowing) bool { return f.dry }))))
	return err
}
