package study

import (
	"fmt"
	"math"
	"math/rand/v2"

	"osseo/physics"
)

// Pressure in the marrow, Pa. physics takes that of shock; a well person's is higher: 25 mmHg (20-30 quoted for people, 24.5
// in rabbits). Assumed: falls in proportion to the loss.
const (
	wellMarrow  = 25 * mmHg
	shockMarrow = 12 * mmHg
)

// marrowPressure is the pressure against which an infusion runs after a net loss, Pa.
//
// loss is in mL/kg; what was infused counts back as if it stayed in the vessels, which holds for minutes.
func marrowPressure(loss float64) float64 {
	share := min(max(loss/lostAll, 0), 1)
	return wellMarrow + share*(shockMarrow-wellMarrow)
}

// head is the pressure at the source, Pa.
func (f *Infusion) head() float64 {
	if f.ThumbN > 0 {
		return physics.Syringe(f.ThumbN, physics.Plunger10)
	}
	return f.PressureMMHg*mmHg + f.GravityCM/100*saline
}

// circuit is what drives the infusion. A syringe goes on through its short line whatever the set is.
func (f *Infusion) circuit() physics.Circuit {
	c := physics.Circuit{Head: f.head()}
	switch {
	case f.ThumbN > 0:
		c.Line = physics.ExtensionSet()
	case f.Line != "none":
		c.Line = physics.GivingSet()
	}
	if f.Line == "connector" {
		c.Line = c.Line.With(physics.NeedleFree())
	}
	if f.Fluid == "blood" {
		c.Viscosity = physics.BloodViscosity
	}
	return c
}

// infused is one person's infusion.
type infused struct {
	before, start, end, volume float64 // m3/s, m3
	needle                     float64 // share of the head that the needle takes at the end
	leak                       float64 // share of flush and infusion beside the marrow
	tissue                     physics.Tissue
	compartment, marrow        float64 // Pa at the end; the higher of the two spaces that fill
	noticed, dangerous         float64 // s after the flush began, negative = never
	painFlush, painRunning     float64 // worst, 0..10
	drugPeak, drugArrived      float64 // s, share after drugWindow
}

// watch notes when a swelling is noticed and when it is dangerous.
func (r *infused) watch(w physics.Swelling, at float64) {
	if r.noticed < 0 && (w.Seen || w.Felt) {
		r.noticed = at
	}
	if r.dangerous < 0 && w.Dangerous {
		r.dangerous = at
	}
	r.compartment = math.Max(w.Near, w.Deep)
}

// one is one person's infusion.
func (f *Infusion) one(seed uint64) (infused, error) {
	who, err := f.People.Draw(seed)
	if err != nil {
		return infused{}, err
	}
	m, s, err := f.placed(&who)
	if err != nil {
		return infused{}, fmt.Errorf("study: person of seed %d: %w", seed, err)
	}
	kg := who.Patient.Weight
	c := f.circuit()
	flow := func(given float64, t physics.Tissue) physics.Flows {
		c.Above = marrowPressure(f.BloodLoss-given*1e6/kg) - shockMarrow
		return m.Infuse(s, &c, t)
	}
	first := flow(0, physics.Tissue{})
	r := infused{before: first.Through, noticed: -1, dangerous: -1}
	pain := f.painOf(m, &who, seed)
	given := f.flush(m, s, &who, &r, pain)
	q := flow(given, r.tissue)
	r.start = q.Through
	for left := f.Minutes * 60; left > 0; left -= flowDt {
		q = flow(given, r.tissue)
		dt := min(left, flowDt)
		r.volume += q.Through * dt
		v := r.tissue.Take(&q, dt)
		s.Flush(v)
		given += v
		r.painRunning = math.Max(r.painRunning, pain(q.Pressure))
		r.watch(m.Swelling(r.tissue), f.Minutes*60-left+dt)
		r.end, r.marrow, r.needle = q.Through, q.Pressure, q.Needle/c.Head
	}
	if all := given + r.tissue.Near + r.tissue.Deep; all > 0 {
		r.leak = (r.tissue.Near + r.tissue.Deep) / all
	}
	return r, nil
}

// flush pushes the flush in by thumb and returns what of it reached the marrow, m3.
func (f *Infusion) flush(m *physics.Model, s *physics.State, who *Person, r *infused, pain func(float64) float64) float64 {
	volume := flushOf(who.Patient.Age)
	if f.FlushML >= 0 {
		volume = f.FlushML * 1e-6
	}
	c := physics.FlushCircuit()
	if volume > 0 {
		q := m.Infuse(s, &c, r.tissue)
		r.painFlush = pain(q.Pressure)
	}
	went := m.Push(s, &c, &r.tissue, volume)
	r.watch(m.Swelling(r.tissue), 0)
	in := went - r.tissue.Near - r.tissue.Deep
	f.carry(m.Anatomy().Site, r, went, in)
	return in
}

// drugWindow is after how long it is asked how much of a drug has arrived, s.
const drugWindow = 180

// carry follows a drug that was given before the flush; what leaks takes its share of the drug with it.
func (f *Infusion) carry(site physics.Site, r *infused, went, in float64) {
	c := physics.Circulation{CPR: f.CPR, Flush: in}
	reached := 1.0
	if went > 0 {
		reached = in / went
	}
	r.drugPeak = physics.PeakTime(site, c)
	r.drugArrived = reached * physics.Delivered(site, c, drugWindow)
}

// painOf is this person's pain by the pressure on the marrow, were they awake.
func (f *Infusion) painOf(m *physics.Model, who *Person, seed uint64) func(float64) float64 {
	r := rand.New(rand.NewPCG(seed, 0x7061696e))
	person := physics.PainThreshold(min(max(r.NormFloat64(), -2), 2))
	dose := physics.AdultDose(f.LidocaineMG, who.Patient.Weight)
	site := m.Anatomy().Site
	return func(p float64) float64 { return physics.PressurePain(site, p, dose, person) }
}

// Where a needle is put by fault, m.
const (
	justIn = 0.3e-3 // beyond where the bore begins to open into the marrow
	loosen = 150e-6 // play of a hole that was rocked: 2 N.m in all
	beyond = 3e-3   // a needle went through the far wall by this before it was drawn back
)

// placed is a needle that lies straight in the middle of the marrow, put there at a steady feed by a machine, with the fault
// that was asked for.
func (f *Infusion) placed(who *Person) (*physics.Model, *physics.State, error) {
	a, err := who.Anatomy()
	if err != nil {
		return nil, nil, err
	}
	col := a.At(0, 0)
	goal := (col.NearBottom + col.FarTop) / 2
	reach := goal
	if f.Fault == "far-wall" {
		reach = col.FarBottom + beyond
	}
	n, err := gaugeNeedle(f.Gauge, reach+1e-3)
	if err != nil {
		return nil, nil, err
	}
	n.Driver = physics.Powered // whatever its own, the machine turns it
	m, err := physics.NewModel(a, n, placer(), physics.DefaultRendering())
	if err != nil {
		return nil, nil, err
	}
	s := m.Start()
	o, depth := bore(m, &s, 0, goal, func(o *physics.Output) bool {
		return f.Fault == "half-in" && o.Zone == physics.InMedulla
	})
	switch f.Fault {
	case "half-in":
		o, _ = bore(m, &s, depth, o.Tip+justIn, nil)
	case "loose":
		s.Widen(loosen)
	case "far-wall":
		_, depth = bore(m, &s, depth, col.FarBottom+beyond, nil)
		o = draw(m, &s, depth, goal)
	case "second-hole":
		s = m.Again(&s)
		o, _ = bore(m, &s, 0, goal, nil)
	}
	if o.Zone != physics.InMedulla {
		return nil, nil, fmt.Errorf("the needle does not lie in the marrow but in %s, %.1f mm deep", o.Zone, 1e3*o.Tip)
	}
	return m, &s, nil
}

const (
	feed   = 8e-3 // m/s
	feedDt = 1e-3 // s
)

// bore feeds the turning needle on until its tip is at goal or done says so.
func bore(m *physics.Model, s *physics.State, depth, goal float64, done func(*physics.Output) bool) (physics.Output, float64) {
	var o physics.Output
	for ; depth < goal+5e-3 && o.Tip < goal; depth += feed * feedDt {
		o = m.Step(s, physics.Input{Depth: depth, Velocity: feed, Trigger: 1, Stylet: true}, feedDt)
		if done != nil && done(&o) {
			break
		}
	}
	return o, depth
}

// draw takes the turning needle back until its tip is at goal.
func draw(m *physics.Model, s *physics.State, depth, goal float64) physics.Output {
	o := physics.Output{Tip: depth}
	for ; depth > goal-5e-3 && o.Tip > goal; depth -= feed * feedDt {
		o = m.Step(s, physics.Input{Depth: depth, Velocity: -feed, Trigger: 1, Stylet: true}, feedDt)
	}
	return o
}

// placer is the machine that puts the needle: one that nothing stalls.
func placer() physics.Driver {
	return physics.Driver{Kind: physics.Powered, NoLoadRPS: 20, StallTorque: 20, Battery: 1}
}

// gaugeNeedle is the shortest needle of a gauge that reaches a depth, m; beyond the catalogue one is made to measure.
func gaugeNeedle(gauge string, depth float64) (physics.Needle, error) {
	ids := []string{"ez-15", "ez-25", "ez-45"}
	if gauge == "18G" {
		ids = []string{"manual-18g"}
	}
	var n physics.Needle
	for _, id := range ids {
		var err error
		if n, err = physics.NeedleByID(id); err != nil {
			return n, err
		}
		if n.Length >= depth {
			return n, nil
		}
	}
	n.Length = depth
	return n, nil
}
