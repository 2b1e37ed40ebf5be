package study

import (
	"context"
	"math"
	"testing"

	"osseo/app/trial"
	"osseo/haptics/virtual"
	"osseo/physics"
)

func study(t *testing.T, p Plan) *Summary {
	t.Helper()
	s, err := Run(context.Background(), p, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// An insertion without a case measures what the whole run measures: the same bone, needle and robot.
func TestInsertionMeasuresWhatATrialDoes(t *testing.T) {
	set := map[string]string{"hand.u_mm": "0", "hand.v_mm": "0"}
	full, e, err := trial.Run(context.Background(), trial.Setup{CaseRef: "adult-arrest", Hand: "robot", Seed: 5, Set: set}, nil)
	if err != nil {
		t.Fatal(err)
	}
	last := e.Last()
	model, err := trial.NewModel(e.Setup, last.Placement)
	if err != nil {
		t.Fatal(err)
	}
	push := e.Setup.Case.Plan.PushN
	hand := virtual.NewRobot(virtual.Task{Driver: virtual.Powered, PushLeast: push[0], PushMost: push[1], Start: startS})
	short, err := trial.Insertion{Model: model, Place: last.Placement, Hand: hand, Flush: flushAdult}.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	r := short.Result()
	near(t, "peak force, N", r.PeakForceN, full.PeakForceN, 0.01*full.PeakForceN)
	near(t, "plunge, mm", *r.PlungeMM, *full.PlungeMM, 0.1)
	near(t, "insertion, s", *r.InsertionS, *full.InsertionS, 0.05)
	near(t, "far gap, mm", *r.FarGapMM, *full.FarGapMM, 0.2)
	if r.Outcome.Zone != full.Outcome.Zone || r.Driver != full.Driver || r.Needle != full.Needle {
		t.Errorf("insertion %s %s %s, trial %s %s %s", r.Outcome.Zone, r.Driver, r.Needle, full.Outcome.Zone, full.Driver, full.Needle)
	}
}

// Pushed to the hub, 25 mm go through an infant's tibia and do not reach the marrow of the very obese; to the pop they do
// the former well.
func TestDepthDecides(t *testing.T) {
	infants, obese := parse(t, "age=0..6mo"), parse(t, "age=30..50,soft-tissue=26..30mm")
	hub := study(t, Plan{People: &infants, N: 40, Needle: "ez-25", Depth: Depth{Hub: true}})
	pop := study(t, Plan{People: &infants, N: 40, Needle: "ez-15"})
	if hub.Success.Rate > 0.2 || pop.Success.Rate < 0.3 {
		t.Errorf("infants: to the hub %.2f, to the pop %.2f in the marrow", hub.Success.Rate, pop.Success.Rate)
	}
	short := study(t, Plan{People: &obese, N: 20, Needle: "ez-25", Depth: Depth{Hub: true}})
	long := study(t, Plan{People: &obese, N: 20, Needle: "ez-45"})
	if short.Success.Count > 0 || long.Success.Rate < 0.7 {
		t.Errorf("obese: 25 mm %.2f, 45 mm %.2f in the marrow", short.Success.Rate, long.Success.Rate)
	}
}

// A depth in mm is kept by eye: within what a reaction time and the dent in the skin allow, when nothing gives way.
func TestDepthInMillimetresIsKept(t *testing.T) {
	adults := parse(t, "age=30..50,soft-tissue=4mm,cortex=2mm,cancellous=0.5")
	for _, mm := range []float64{12, 20} {
		var tips []float64
		p := Plan{People: &adults, N: 25, Needle: "ez-45", Hand: "expert", Depth: Depth{MM: mm}}
		_, err := Run(context.Background(), p, func(r *Row) error {
			if r.Result.FarGapMM != nil && r.Result.Outcome.Correct {
				tips = append(tips, 4.15+2+r.Result.Anatomy.MedullaMM-*r.Result.FarGapMM)
			}
			return nil
		}, nil)
		if err != nil {
			t.Fatal(err)
		}
		s := SpreadOf(tips)
		if s.N < 20 || *s.Median < mm-2 || *s.Median > mm+5 {
			t.Errorf("asked for %g mm, tips at %+v", mm, s)
		}
	}
}

// By weight: 15 mm below 40 kg, 25 mm from there.
func TestNeedleByWeight(t *testing.T) {
	people := parse(t, "weight=20..70kg")
	_, err := Run(context.Background(), Plan{People: &people, N: 12, Hand: "robot"}, func(r *Row) error {
		want := "ez-15"
		if r.Person.Patient.Weight >= 40 {
			want = "ez-25"
		}
		if r.Result.Needle != want {
			t.Errorf("%.1f kg: needle %s, want %s", r.Person.Patient.Weight, r.Result.Needle, want)
		}
		return nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
}

// A needle far beside the bone misses it; fingers are counted from the tuberosity.
func TestPointDecides(t *testing.T) {
	infants := parse(t, "age=1..6mo")
	beside := study(t, Plan{People: &infants, N: 10, Hand: "expert", Point: Point{Given: true, V: 12e-3}})
	if beside.Zones["beside-bone"] < 0.9 {
		t.Errorf("12 mm beside an infant's face: %v", beside.Zones)
	}
	a, err := physics.SampleAnatomy(physics.Patient{Age: 0.2}, physics.ProximalTibia, 1)
	if err != nil {
		t.Fatal(err)
	}
	p, err := ParsePoint("fingers:2")
	if err != nil {
		t.Fatal(err)
	}
	u, v := p.at(&a)
	near(t, "two fingers below an infant's tuberosity, m", u, 2*fingerBreadth-a.Tuberosity, 1e-12)
	near(t, "to the side, m", v, 0, 0)
}

// The same needle twice: every difference is exactly nothing. A longer one pushed to the hub in infants does worse.
func TestCompareIsPaired(t *testing.T) {
	infants := parse(t, "age=2..12mo")
	p := Plan{People: &infants, N: 25, Hand: "novice", Seed: 3}
	c, err := Compare(context.Background(), p, "ez-15", "ez-15", nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, d := range map[string]Difference{"success": c.Success, "peak": c.PeakForceN, "plunge": c.PlungeMM, "flow": c.Gravity} {
		if d.N == 0 || *d.Difference != 0 || *d.SD != 0 || *d.CI95 != [2]float64{} {
			t.Errorf("%s of a needle against itself: %+v", name, d)
		}
	}
	p.Depth.Hub = true
	if c, err = Compare(context.Background(), p, "ez-15", "ez-25", nil); err != nil {
		t.Fatal(err)
	}
	if d := c.Success; *d.Difference >= 0 || d.CI95[1] > 0 || c.OnlyA <= c.OnlyB {
		t.Errorf("hubbed 25 against 15 mm in infants: %+v, only a %d, only b %d", d, c.OnlyA, c.OnlyB)
	}
}

// Where the marrow is open the flow is the root of the circuit's own equation, and volume is flow times time.
func TestInfusionAgainstTheClosedForm(t *testing.T) {
	f := Infusion{People: parse(t, "age=40,weight=70"), PressureMMHg: 300, BloodLoss: lostAll + 20, FlushML: 50, Minutes: 2, N: 1}
	f, err := f.check()
	if err != nil {
		t.Fatal(err)
	}
	for i := range 20 {
		seed := seedOf(1, i)
		r, err := f.one(seed)
		if err != nil {
			t.Fatal(err)
		}
		who, _ := f.People.Draw(seed)
		m, _, err := f.placed(&who)
		if err != nil {
			t.Fatal(err)
		}
		// Bisection of line, needle and marrow in series: the head of the marrow alone at MarrowFlow is 36 kPa.
		a, n, line := m.Anatomy(), m.Needle(), f.circuit().Line
		lo, hi := 0.0, 1e-4
		for range 200 {
			q := (lo + hi) / 2
			x := q / a.MarrowFlow
			if line.Drop(q, 1)+n.NeedleDrop(q)+36e3*(0.15*x+0.85*x*x) < f.head()-1.6e3 {
				lo = q
			} else {
				hi = q
			}
		}
		near(t, "flow, mL/min", r.end*perMin, lo*perMin, 1e-3*lo*perMin)
		near(t, "volume, mL", r.volume*1e6, lo*120*1e6, 1e-3*lo*120*1e6)
		near(t, "needle's share", r.needle, n.NeedleDrop(lo)/f.head(), 1e-3)
	}
}

// What must make an infusion faster does, for the same people.
func TestInfusionGoesTheRightWay(t *testing.T) {
	base := Infusion{People: parse(t, "age=20..80y"), N: 40, FlushML: -1}
	mean := func(change func(*Infusion)) float64 {
		f := base
		change(&f)
		s, err := Infuse(context.Background(), f, nil)
		if err != nil {
			t.Fatal(err)
		}
		return *s.Flow.Mean
	}
	plain := mean(func(*Infusion) {})
	for name, change := range map[string]func(*Infusion){
		"a pressure bag":  func(f *Infusion) { f.PressureMMHg = 300 },
		"a higher bag":    func(f *Infusion) { f.GravityCM = 150 },
		"blood lost":      func(f *Infusion) { f.BloodLoss = 30 },
		"the sternum":     func(f *Infusion) { f.People = f.People.At("sternum") },
		"a greater flush": func(f *Infusion) { f.FlushML = 30 },
		"no set":          func(f *Infusion) { f.Line = "none" },
		"a syringe":       func(f *Infusion) { f.ThumbN = 30 },
	} {
		if q := mean(change); q <= plain {
			t.Errorf("%s: %.1f mL/min, without %.1f", name, q, plain)
		}
	}
	for name, change := range map[string]func(*Infusion){
		"18G":          func(f *Infusion) { f.Gauge = "18G" },
		"a connector":  func(f *Infusion) { f.Line = "connector" },
		"blood":        func(f *Infusion) { f.Fluid = "blood" },
		"distal tibia": func(f *Infusion) { f.People = f.People.At("distal-tibia") },
		"no flush":     func(f *Infusion) { f.FlushML = 0 },
	} {
		if q := mean(change); q >= plain {
			t.Errorf("%s: %.1f mL/min, without %.1f", name, q, plain)
		}
	}
}

// Without a flush, whoever had no flow has none to the end; with one nobody is left without.
func TestFlushOpensTheMarrow(t *testing.T) {
	f := Infusion{People: parse(t, "age=20..80y"), N: 120, FlushML: 0}
	dry, err := Infuse(context.Background(), f, nil)
	if err != nil {
		t.Fatal(err)
	}
	f.FlushML = 10
	wet, err := Infuse(context.Background(), f, nil)
	if err != nil {
		t.Fatal(err)
	}
	if dry.NoFlow != wet.NoFlow || dry.NoFlow < 0.08 || dry.NoFlow > 0.25 {
		t.Errorf("no flow at start: %.3f and %.3f", dry.NoFlow, wet.NoFlow)
	}
	if *dry.Flow.Least != 0 || *wet.Flow.Least <= 0 {
		t.Errorf("least flow %.2f without a flush, %.2f with one", *dry.Flow.Least, *wet.Flow.Least)
	}
}

// Each fault sends part of the infusion beside the marrow, which swells the limb; a sound needle sends none. What went in is
// in the marrow or in the tissue, and a bag swells more than gravity.
func TestFaultsLeak(t *testing.T) {
	run := func(fault string, bag float64) *FlowSummary {
		f := Infusion{People: parse(t, "age=20..80y"), N: 30, FlushML: 10, Fault: fault, PressureMMHg: bag}
		if fault == "half-in" {
			f.People = parse(t, "ga=27..30,age=0")
		}
		s, err := Infuse(context.Background(), f, nil)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	sound := run("none", 300)
	if *sound.LeakShare.Most != 0 || *sound.SwellingML.Most != 0 || sound.Noticed.Rate != 0 || sound.Dangerous.Rate != 0 {
		t.Errorf("a sound needle leaks: %s", asJSON(t, sound.Leaked))
	}
	for _, fault := range Faults[1:] {
		s := run(fault, 300)
		if *s.LeakShare.Mean < 0.02 || *s.LeakShare.Most > 1 || *s.SwellingML.Mean <= 0 {
			t.Errorf("%s: %s", fault, asJSON(t, s.Leaked))
		}
		if in := *s.VolumeML.Mean + 10; *s.SwellingML.Mean > in {
			t.Errorf("%s: %.1f mL in the tissue, %.1f went in", fault, *s.SwellingML.Mean, in)
		}
		if slow := run(fault, 0); *slow.SwellingML.Mean >= *s.SwellingML.Mean {
			t.Errorf("%s: %.1f mL in the tissue by gravity, %.1f from a bag", fault, *slow.SwellingML.Mean, *s.SwellingML.Mean)
		}
	}
	if s := run("far-wall", 300); *s.Compartment.Mean < 15 || s.Dangerous.Rate < 0.3 {
		t.Errorf("five minutes through a breached far wall: %s", asJSON(t, s.Leaked))
	}
}

// A drug comes sooner and more of it with a flush, later under compressions, and less of it where the flush leaks.
func TestFlushBringsTheDrug(t *testing.T) {
	run := func(change func(*Infusion)) *FlowSummary {
		f := Infusion{People: parse(t, "age=20..80y"), N: 10, FlushML: 10, Minutes: 0.1}
		change(&f)
		s, err := Infuse(context.Background(), f, nil)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	rest := run(func(*Infusion) {})
	cpr := run(func(f *Infusion) { f.CPR = true })
	dry := run(func(f *Infusion) { f.CPR, f.FlushML = true, 0 })
	leak := run(func(f *Infusion) { f.CPR, f.Fault = true, "far-wall" })
	if !(*rest.DrugPeakS.Mean < *cpr.DrugPeakS.Mean && *cpr.DrugPeakS.Mean < *dry.DrugPeakS.Mean) {
		t.Errorf("peak after %.0f s at rest, %.0f under compressions, %.0f without a flush", *rest.DrugPeakS.Mean, *cpr.DrugPeakS.Mean, *dry.DrugPeakS.Mean)
	}
	if !(*leak.DrugArrived.Mean < *cpr.DrugArrived.Mean && *dry.DrugArrived.Mean < *cpr.DrugArrived.Mean) {
		t.Errorf("arrived: %.2f, %.2f with a leak, %.2f without a flush", *cpr.DrugArrived.Mean, *leak.DrugArrived.Mean, *dry.DrugArrived.Mean)
	}
}

// Lidocaine eases, and a flush hurts more than what follows it.
func TestInfusionHurts(t *testing.T) {
	run := func(mg float64) *FlowSummary {
		s, err := Infuse(context.Background(), Infusion{People: parse(t, "age=20..80y"), N: 30, FlushML: 10, LidocaineMG: mg}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	without, with := run(0), run(40)
	if !(*with.PainFlush.Mean < *without.PainFlush.Mean && *with.PainRunning.Mean < *with.PainFlush.Mean && *with.PainRunning.Least > 0) {
		t.Errorf("with %.1f and %.1f, without %.1f of 10", *with.PainFlush.Mean, *with.PainRunning.Mean, *without.PainFlush.Mean)
	}
}

func drillings(t *testing.T, d Drilling) *DrillSummary {
	t.Helper()
	s, err := Drill(context.Background(), d, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The published order: robot, expert, novice; two hands before one; and all of it the same with any number of jobs.
func TestPlungeKeepsThePublishedOrder(t *testing.T) {
	tube := parse(t, "strength=0.44,cortex=5mm,medulla=13mm")
	d := Drilling{Tool: "drill-3.2mm", Sharpness: 1, Bone: tube, N: 14}
	plunge := map[string]float64{}
	for _, h := range []string{"novice", "expert"} {
		d.Hand = h
		s := drillings(t, d)
		if s.Through.Rate < 0.7 {
			t.Errorf("%s: only %+v came through", h, s.Through)
		}
		plunge[h] = *s.PlungeMM.Median
	}
	d.Technique = "two-hand"
	two := drillings(t, d)
	d.Jobs = 3
	again := drillings(t, d)
	if a, b := asJSON(t, two.PlungeMM), asJSON(t, again.PlungeMM); a != b {
		t.Errorf("plunge with 3 jobs %s, else %s", b, a)
	}
	d.Hand, d.N = "robot", 4
	robot := drillings(t, d)
	t.Logf("plunge: novice %.1f, expert %.1f, expert with two hands %.1f, robot %.1f mm", plunge["novice"], plunge["expert"], *two.PlungeMM.Median, *robot.PlungeMM.Median)
	if !(plunge["novice"] > 1.3*plunge["expert"] && plunge["expert"] > *two.PlungeMM.Median && *two.PlungeMM.Median > 2**robot.PlungeMM.Median) {
		t.Error("the order is not the published one")
	}
}

// A worn drill needs more force and a thicker wall more time.
func TestPlungeGoesTheRightWay(t *testing.T) {
	thin, thick := parse(t, "strength=0.44,cortex=3mm,medulla=13mm"), parse(t, "strength=0.44,cortex=6mm,medulla=13mm")
	d := Drilling{Tool: "drill-2.5mm", Sharpness: 1, Bone: thin, Hand: "robot", N: 4}
	sharp := drillings(t, d)
	d.Sharpness = 0.3
	worn := drillings(t, d)
	d.Sharpness, d.Bone = 1, thick
	slow := drillings(t, d)
	if *worn.ForceFirst.Mean < 1.1**sharp.ForceFirst.Mean {
		t.Errorf("worn %.1f N, sharp %.1f N", *worn.ForceFirst.Mean, *sharp.ForceFirst.Mean)
	}
	if d := *slow.TimeS.Mean - *sharp.TimeS.Mean; math.Abs(d-6) > 1.5 { // 6 mm more of wall at 1 mm/s
		t.Errorf("6 mm more of wall took %.1f s more at 1 mm/s", d)
	}
}
