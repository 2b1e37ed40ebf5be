package study

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Infusion is what `osseo flow` does: a needle lies in the marrow of each of N people, is flushed, and an infusion runs.
type Infusion struct {
	People       Spec
	Gauge        string  // 15G or 18G; "" = 15G
	PressureMMHg float64 // of a pressure bag, 0..600; 0 = gravity
	GravityCM    float64 // height of the bag above the needle, 0..300; 0 = 100 when there is neither bag nor syringe
	ThumbN       float64 // push on 10 mL syringes, one after the other, 0..200; 0 = none
	Minutes      float64 // 0.1..120; 0 = 5
	BloodLoss    float64 // mL per kg lost before, 0..60
	FlushML      float64 // before the infusion, 0..50; negative = 10, 5 in children
	Line         string  // Lines; "" = the first
	Fluid        string  // Fluids; "" = the first
	Fault        string  // Faults; "" = the first
	LidocaineMG  float64 // into the marrow before, 0..200
	CPR          bool    // chest compressions carry the drug
	N            int
	Seed         uint64 // 0 = 1
	Jobs         int
}

// FlowSummary is what `osseo flow --json` prints. ml_min is each person's mean over the minutes, no flow included: what runs
// through the needle, wherever it goes.
type FlowSummary struct {
	Version     int      `json:"version"`
	Patient     string   `json:"patient"`
	Sites       []string `json:"sites"`
	Gauge       string   `json:"gauge"`
	HeadMMHg    float64  `json:"head_mmhg"`
	Line        string   `json:"line"`
	Fluid       string   `json:"fluid"`
	Fault       string   `json:"fault"`
	LidocaineMG float64  `json:"lidocaine_mg"`
	CPR         bool     `json:"cpr"`
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
	Leaked
	Jobs     int     `json:"jobs"`
	Seconds  float64 `json:"seconds"`
	RowsPerS float64 `json:"rows_per_s"`
}

// Leaked is what went where it should not, and what was felt of it.
type Leaked struct {
	LeakShare   Spread `json:"leak_share"`       // of flush and infusion that did not reach the marrow
	SwellingML  Spread `json:"swelling_ml"`      // in the tissue at the end
	Compartment Spread `json:"compartment_mmhg"` // highest pressure in the tissue at the end
	MarrowMMHg  Spread `json:"marrow_mmhg"`      // pressure on the marrow at the end
	Noticed     Share  `json:"swelling_noticed"` // seen or felt by the end
	NoticedS    Spread `json:"swelling_noticed_s"`
	Dangerous   Share  `json:"compartment_dangerous"` // it was beyond 30 mmHg by the end
	DangerousS  Spread `json:"compartment_dangerous_s"`
	DrugPeakS   Spread `json:"drug_peak_s"`   // arterial peak of a drug given before the flush, s after it
	DrugArrived Spread `json:"drug_arrived"`  // share of it in the arteries after 3 minutes
	PainFlush   Spread `json:"pain_flush"`    // worst, 0..10, were they awake
	PainRunning Spread `json:"pain_infusion"` // the same
}

// Gauges are those of the catalogue.
var Gauges = []string{"15G", "18G"}

// Lines, Fluids and Faults are what can be asked for, the usual one first.
var (
	Lines  = []string{"set", "connector", "none"}                            // a drip set, that and a needle-free connector, nothing
	Fluids = []string{"saline", "blood"}                                     //
	Faults = []string{"none", "loose", "far-wall", "second-hole", "half-in"} // of the needle's place
)

const (
	mmHg    = 133.322       // Pa
	saline  = 1005.0 * 9.81 // Pa per m
	perMin  = 60e6          // mL/min in a m3/s
	flowDt  = 0.5           // s, step of the infusion; its slowest law, the opening of the marrow, is integrated exactly
	lostAll = 30.0          // mL/kg at which the pressure in the marrow is that of shock. Assumed: class III of haemorrhage
)

// check completes what is asked and refuses what cannot be done.
func (f Infusion) check() (Infusion, error) {
	if f.Minutes == 0 {
		f.Minutes = 5
	}
	if f.Seed == 0 {
		f.Seed = 1
	}
	if f.PressureMMHg != 0 && f.GravityCM != 0 || f.ThumbN != 0 && f.PressureMMHg+f.GravityCM != 0 {
		return f, fmt.Errorf("study: give one of a pressure bag, a gravity head and a syringe")
	}
	if f.PressureMMHg == 0 && f.GravityCM == 0 && f.ThumbN == 0 {
		f.GravityCM = 100
	}
	for _, x := range []struct {
		name  string
		value *string
		all   []string
	}{{"gauge", &f.Gauge, Gauges}, {"line", &f.Line, Lines}, {"fluid", &f.Fluid, Fluids}, {"fault", &f.Fault, Faults}} {
		if *x.value == "" {
			*x.value = x.all[0]
		}
		if !slices.Contains(x.all, *x.value) {
			return f, fmt.Errorf("study: %s %q: allowed %s", x.name, *x.value, strings.Join(x.all, ", "))
		}
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
		{"syringe", f.ThumbN, 0, 200, "N"},
		{"lidocaine", f.LidocaineMG, 0, 200, "mg"},
	} {
		if !(x.value >= x.least && x.value <= x.most) {
			return f, fmt.Errorf("study: %s %g %s: allowed %g to %g", x.name, x.value, x.unit, x.least, x.most)
		}
	}
	return f, checkSize(f.N, f.Jobs, f.Seed)
}

// Infuse runs it. progress may be nil. A cancelled context ends it; the summary covers what was done.
func Infuse(ctx context.Context, f Infusion, progress func(done int)) (*FlowSummary, error) {
	f, err := f.check()
	if err != nil {
		return nil, err
	}
	s := &FlowSummary{
		Version: 1, Patient: f.People.Text, Sites: f.People.word["site"], Gauge: f.Gauge, HeadMMHg: f.head() / mmHg,
		Line: f.Line, Fluid: f.Fluid, Fault: f.Fault, LidocaineMG: f.LidocaineMG, CPR: f.CPR, Minutes: f.Minutes, BloodLoss: f.BloodLoss, Seed: f.Seed,
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
	s.LeakShare = over(func(r *infused) float64 { return r.leak })
	s.SwellingML = over(func(r *infused) float64 { return (r.tissue.Near + r.tissue.Deep) * 1e6 })
	s.Compartment = over(func(r *infused) float64 { return r.compartment / mmHg })
	s.MarrowMMHg = over(func(r *infused) float64 { return r.marrow / mmHg })
	s.DrugPeakS = over(func(r *infused) float64 { return r.drugPeak })
	s.DrugArrived = over(func(r *infused) float64 { return r.drugArrived })
	s.PainFlush = over(func(r *infused) float64 { return r.painFlush })
	s.PainRunning = over(func(r *infused) float64 { return r.painRunning })
	s.NoFlowShare, _ = reached(all, func(r *infused) (float64, bool) { return 0, r.before == 0 })
	s.NoFlow = s.NoFlowShare.Rate
	s.Noticed, s.NoticedS = reached(all, func(r *infused) (float64, bool) { return r.noticed, r.noticed >= 0 })
	s.Dangerous, s.DangerousS = reached(all, func(r *infused) (float64, bool) { return r.dangerous, r.dangerous >= 0 })
	if s.Seconds > 0 {
		s.RowsPerS = float64(s.N) / s.Seconds
	}
}

// reached is how many came to something, and when those did.
func reached(all []infused, at func(*infused) (when float64, is bool)) (Share, Spread) {
	var when []float64
	for i := range all {
		if t, is := at(&all[i]); is {
			when = append(when, t)
		}
	}
	return shareOf(len(when), len(all)), SpreadOf(when)
}
