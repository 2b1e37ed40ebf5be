package study

import (
	"context"
	"fmt"
	"slices"

	"osseo/physics"
)

// Infusion is what `osseo flow` does: a needle lies in the marrow of each of N people, is flushed, and an infusion runs.
type Infusion struct {
	People       Spec
	Gauge        string  // 15G or 18G; "" = 15G
	PressureMMHg float64 // of a pressure bag, 0..600; 0 = gravity
	GravityCM    float64 // height of the bag above the needle, 0..300; 0 = 100 when there is no pressure bag
	Minutes      float64 // 0.1..120; 0 = 5
	BloodLoss    float64 // mL per kg lost before, 0..60
	FlushML      float64 // before the infusion, 0..50; negative = 10, 5 in children
	N            int
	Seed         uint64 // 0 = 1
	Jobs         int
}

// FlowSummary is what `osseo flow --json` prints. ml_min is each person's mean over the minutes, no flow included.
type FlowSummary struct {
	Version     int      `json:"version"`
	Patient     string   `json:"patient"`
	Sites       []string `json:"sites"`
	Gauge       string   `json:"gauge"`
	HeadMMHg    float64  `json:"head_mmhg"`
	Minutes     float64  `json:"minutes"`
	BloodLoss   float64  `json:"blood_loss_ml_kg"`
	FlushML     *float64 `json:"flush_ml"` // null = by age
	Seed        uint64   `json:"seed"`
	N           int      `json:"n"`
	Flow        Spread   `json:"ml_min"`
	Start       Spread   `json:"start_ml_min"` // right after the flush
	End         Spread   `json:"end_ml_min"`
	BeforeFlush Spread   `json:"before_flush_ml_min"`
	VolumeML    Spread   `json:"volume_ml"`
	Share       Spread   `json:"needle_share"` // of the head that the needle takes at the end
	NeedleAlone float64  `json:"needle_alone_ml_min"`
	NoFlow      float64  `json:"no_flow_at_start"` // share of people, before the flush
	NoFlowShare Share    `json:"no_flow_at_start_share"`
	Jobs        int      `json:"jobs"`
	Seconds     float64  `json:"seconds"`
	RowsPerS    float64  `json:"rows_per_s"`
}

// Gauges are those of the catalogue.
var Gauges = []string{"15G", "18G"}

const (
	mmHg    = 133.322       // Pa
	saline  = 1005.0 * 9.81 // Pa per m
	perMin  = 60e6          // mL/min in a m3/s
	flowDt  = 0.5           // s, step of the infusion; its slowest law, the opening of the marrow, is integrated exactly
	lostAll = 30.0          // mL/kg at which the pressure in the marrow is that of shock. Assumed: class III of haemorrhage
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

// check completes what is asked and refuses what cannot be done.
func (f Infusion) check() (Infusion, error) {
	if f.Gauge == "" {
		f.Gauge = Gauges[0]
	}
	if f.Minutes == 0 {
		f.Minutes = 5
	}
	if f.Seed == 0 {
		f.Seed = 1
	}
	if f.PressureMMHg != 0 && f.GravityCM != 0 {
		return f, fmt.Errorf("study: give either a pressure bag or a gravity head")
	}
	if f.PressureMMHg == 0 && f.GravityCM == 0 {
		f.GravityCM = 100
	}
	for _, x := range []struct {
		name        string
		value       float64
		least, most float64
		unit        string
	}{
		{"pressure", f.PressureMMHg, 0, 600, "mmHg"},
		{"gravity head", f.GravityCM, 0, 300, "cm"},
		{"minutes", f.Minutes, 0.1, 120, "min"},
		{"blood loss", f.BloodLoss, 0, 60, "mL/kg"},
		{"flush", f.FlushML, -1, 50, "mL"},
	} {
		if !(x.value >= x.least && x.value <= x.most) {
			return f, fmt.Errorf("study: %s %g %s: allowed %g to %g", x.name, x.value, x.unit, x.least, x.most)
		}
	}
	if !slices.Contains(Gauges, f.Gauge) {
		return f, fmt.Errorf("study: gauge %q: allowed 15G or 18G", f.Gauge)
	}
	return f, checkSize(f.N, f.Jobs, f.Seed)
}

// head is the pressure at the hub, Pa.
func (f *Infusion) head() float64 { return f.PressureMMHg*mmHg + f.GravityCM/100*saline }

// infused is one person's infusion.
type infused struct {
	before, start, end, volume float64 // m3/s, m3
	needle                     float64 // share of the head that the needle takes at the end
}

// Infuse runs it. progress may be nil. A cancelled context ends it; the summary covers what was done.
func Infuse(ctx context.Context, f Infusion, progress func(done int)) (*FlowSummary, error) {
	f, err := f.check()
	if err != nil {
		return nil, err
	}
	s := &FlowSummary{
		Version: 1, Patient: f.People.Text, Sites: f.People.word["site"], Gauge: f.Gauge, HeadMMHg: f.head() / mmHg,
		Minutes: f.Minutes, BloodLoss: f.BloodLoss, Seed: f.Seed,
	}
	if len(s.Sites) == 0 {
		s.Sites = Sites()[:1]
	}
	if f.FlushML >= 0 {
		s.FlushML = &f.FlushML
	}
	alone, err := gaugeNeedle(f.Gauge, 0)
	if err != nil {
		return nil, err
	}
	s.NeedleAlone = alone.NeedleFlow(f.head()) * perMin
	var all []infused
	s.Jobs, s.Seconds, err = timed(ctx, f.N, f.Jobs, func(_ context.Context, i int) (infused, error) {
		return f.one(seedOf(f.Seed, i))
	}, func(r infused) error { all = append(all, r); return nil }, progress)
	s.sum(all, f.Minutes)
	return s, err
}

func (s *FlowSummary) sum(all []infused, minutes float64) {
	s.N = len(all)
	over := func(g func(*infused) float64) Spread {
		v := make([]float64, len(all))
		for i := range all {
			v[i] = g(&all[i])
		}
		return SpreadOf(v)
	}
	s.Flow = over(func(r *infused) float64 { return r.volume * 1e6 / minutes })
	s.Start = over(func(r *infused) float64 { return r.start * perMin })
	s.End = over(func(r *infused) float64 { return r.end * perMin })
	s.BeforeFlush = over(func(r *infused) float64 { return r.before * perMin })
	s.VolumeML = over(func(r *infused) float64 { return r.volume * 1e6 })
	s.Share = over(func(r *infused) float64 { return r.needle })
	none := 0
	for i := range all {
		if all[i].before == 0 {
			none++
		}
	}
	s.NoFlowShare = shareOf(none, len(all))
	s.NoFlow = s.NoFlowShare.Rate
	if s.Seconds > 0 {
		s.RowsPerS = float64(s.N) / s.Seconds
	}
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
	head := f.head()
	kg := who.Patient.Weight
	flush := flushOf(who.Patient.Age)
	if f.FlushML >= 0 {
		flush = f.FlushML * 1e-6
	}
	// physics takes the pressure of shock off the head; what is above it comes off here.
	flow := func(given float64) float64 {
		extra := marrowPressure(f.BloodLoss-given*1e6/kg) - shockMarrow
		return m.Flow(s, head-extra)
	}
	r := infused{before: flow(0)}
	s.Flush(flush)
	r.start = flow(flush)
	for left := f.Minutes * 60; left > 0; left -= flowDt {
		q := flow(flush + r.volume)
		v := q * min(left, flowDt)
		r.volume += v
		s.Flush(v)
		r.end = q
	}
	n := m.Needle()
	r.needle = n.NeedleDrop(r.end) / head
	return r, nil
}

// placed is a needle that lies straight in the middle of the marrow, put there at a steady feed by a machine.
func (f *Infusion) placed(who *Person) (*physics.Model, *physics.State, error) {
	a, err := who.Anatomy()
	if err != nil {
		return nil, nil, err
	}
	col := a.At(0, 0)
	goal := (col.NearBottom + col.FarTop) / 2
	n, err := gaugeNeedle(f.Gauge, goal+1e-3)
	if err != nil {
		return nil, nil, err
	}
	n.Driver = physics.Powered // whatever its own, the machine turns it
	m, err := physics.NewModel(a, n, placer(), physics.DefaultRendering())
	if err != nil {
		return nil, nil, err
	}
	s := m.Start()
	var o physics.Output
	const feed, dt = 8e-3, 1e-3 // m/s, s
	for depth := 0.0; depth < goal+5e-3 && o.Tip < goal; depth += feed * dt {
		o = m.Step(&s, physics.Input{Depth: depth, Velocity: feed, Trigger: 1, Stylet: true}, dt)
	}
	if o.Zone != physics.InMedulla {
		return nil, nil, fmt.Errorf("the needle does not lie in the marrow but in %s, %.1f mm deep", o.Zone, 1e3*o.Tip)
	}
	return m, &s, nil
}

// placer is the machine that puts the needle: one that nothing stalls.
func placer() physics.Driver {
	return physics.Driver{Kind: physics.Powered, NoLoadRPS: 20, StallTorque: 20, Battery: 1}
}
