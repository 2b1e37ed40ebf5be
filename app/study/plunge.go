package study

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"osseo/haptics"
	"osseo/haptics/virtual"
	"osseo/physics"
)

// Drilling is what `osseo plunge` does: people drill through both walls of a tubular bone and try to stop behind the second.
type Drilling struct {
	Tool      string // id of Tools
	Sharpness float64
	Bone      Spec
	Hand      string // "" = trained
	Technique string // "" = one-hand
	N         int
	Seed      uint64 // 0 = 1
	Jobs      int
}

// PlungeTools are the tools of Drilling.
var PlungeTools = []string{"drill-2.0mm", "drill-2.5mm", "drill-3.2mm", "drill-4.5mm", "kwire-2.0mm", "needle-15g"}

// Techniques are the ways to hold the drill [Ding2019].
var Techniques = []string{"one-hand", "two-hand", "bounce"}

// DrillSummary is what `osseo plunge --json` prints. Plunge, times and forces are of those who came through both walls.
type DrillSummary struct {
	Version      int     `json:"version"`
	Tool         string  `json:"tool"`
	Sharpness    float64 `json:"sharpness"`
	Bone         string  `json:"bone"`
	Hand         string  `json:"hand"`
	Technique    string  `json:"technique"`
	Seed         uint64  `json:"seed"`
	N            int     `json:"n"`
	Through      Share   `json:"through"` // both walls
	PlungeMM     Spread  `json:"plunge_mm"`
	TimeS        Spread  `json:"time_s"`                // from the start of cutting to the far face
	ForceFirst   Spread  `json:"force_first_cortex_n"`  // mean force while that wall was cut
	ForceSecond  Spread  `json:"force_second_cortex_n"` // the same
	PeakFirst    Spread  `json:"peak_force_first_cortex_n"`
	PeakSecond   Spread  `json:"peak_force_second_cortex_n"`
	InnerPlunge  Spread  `json:"first_plunge_mm"` // travel behind the first wall
	CortexMM     Spread  `json:"cortex_mm"`
	DiameterMM   Spread  `json:"diameter_mm"`
	PeakTorqueNm Spread  `json:"peak_torque_nm"`
	Jobs         int     `json:"jobs"`
	Seconds      float64 `json:"seconds"`
	RowsPerS     float64 `json:"rows_per_s"`
}

// The shaft of a long bone against the metaphysis that physics samples. A shaft is about half as wide [Eifinger2021]; an
// adult's wall is 4-6 mm there against 3 (assumed), and its cavity holds yellow marrow and hardly any cancellous bone
// (assumed density).
const (
	shaftWall    = 1.6
	shaftCavity  = 0.5
	shaftDensity = 0.03   // g/cm3
	bareSkin     = 0.3e-3 // m, what is left over a bone laid open: nearly nothing
)

// shaft turns a sampled metaphysis into a bare shaft. Layers that the SPEC names stay as they are.
func shaft(a *physics.Anatomy, set map[string]float64) {
	scale := func(name string, by float64, to ...*float64) {
		if _, given := set[name]; given {
			return
		}
		for _, x := range to {
			*x *= by
		}
	}
	scale("cortex_mm", shaftWall, &a.NearCortex, &a.FarCortex)
	scale("medulla_mm", shaftCavity, &a.Medulla)
	if _, given := set["cancellous_g_cm3"]; !given {
		a.CancellousDensity = shaftDensity
	}
	if _, given := set["soft_tissue_mm"]; !given {
		a.Skin, a.Fat, a.Muscle = bareSkin, bareSkin, 0
		a.SkinStrength = 0.05
	}
	a.GrowthPlate, a.Joint = 0, 0.1
	a.Diameter = a.NearCortex + a.Medulla + a.FarCortex
}

// deepestShaft is the thickest a bone may be for the leg's travel to leave room for a plunge, m.
const deepestShaft = 45e-3

// leastPush to mostPush is the range of push at a drill, N per mm of its diameter: thin ones bend, thick ones need weight
// behind them. Where in it a person lies is the hand's profile: experts push harder on the first wall and are through in
// less than half the time [Nigam2022]. Assumed figures; thrust of 3.2 mm drills in published hands and machines is 4-200 N.
const (
	leastPush = 30.0
	mostPush  = 65.0
)

func push(n *physics.Needle) (least, most float64) {
	mm := 2e3 * n.OuterRadius
	return leastPush * mm, mostPush * mm
}

// patience is how long a hand goes on at one wall, s. Assumed.
const patience = 60

// leaning raises the most a person pushes over the seated, straight-armed 113 N of Seo2008: a surgeon stands over the bone and
// leans on it. Assumed; hands are said to give 400-600 N to a trephine (literature.md section 3.1).
const leaning = 1.5

// check completes what is asked and refuses what cannot be done.
func (d Drilling) check() (Drilling, error) {
	fill := func(s *string, otherwise string) {
		if *s == "" {
			*s = otherwise
		}
	}
	fill(&d.Hand, "trained")
	fill(&d.Technique, Techniques[0])
	if d.Seed == 0 {
		d.Seed = 1
	}
	switch {
	case !slices.Contains(PlungeTools, d.Tool):
		return d, fmt.Errorf("study: tool %q: allowed %s", d.Tool, strings.Join(PlungeTools, ", "))
	case !slices.Contains(Techniques, d.Technique):
		return d, fmt.Errorf("study: technique %q: allowed %s", d.Technique, strings.Join(Techniques, ", "))
	case !(d.Sharpness >= 0 && d.Sharpness <= 1):
		return d, fmt.Errorf("study: sharpness %g: allowed 0 (worn) to 1 (new)", d.Sharpness)
	case !slices.Contains(virtual.Skills, d.Hand):
		return d, fmt.Errorf("study: hand %q: allowed %s", d.Hand, strings.Join(virtual.Skills, ", "))
	}
	return d, checkSize(d.N, d.Jobs, d.Seed)
}

// drilled is one bone drilled.
type drilled struct {
	through              bool
	guided               bool    // a sleeve holds the drill
	plunge, time         float64 // m, s
	first, second        float64 // N
	peakFirst, peakOther float64 // N
	inner                float64 // m
	torque               float64 // N.m
	cortex, diameter     float64 // m
}

// Drill runs it. progress may be nil. A cancelled context ends it; the summary covers what was done.
func Drill(ctx context.Context, d Drilling, progress func(done int)) (*DrillSummary, error) {
	d, err := d.check()
	if err != nil {
		return nil, err
	}
	tool, err := physics.ToolByID(d.Tool)
	if err != nil {
		return nil, err
	}
	tool.Sharpness = d.Sharpness
	s := &DrillSummary{
		Version: 1, Tool: d.Tool, Sharpness: d.Sharpness, Bone: d.Bone.Text, Hand: d.Hand, Technique: d.Technique, Seed: d.Seed,
	}
	var all []drilled
	s.Jobs, s.Seconds, err = timed(ctx, d.N, d.Jobs, func(ctx context.Context, i int) (drilled, error) {
		return d.one(ctx, seedOf(d.Seed, i), tool)
	}, func(x drilled) error { all = append(all, x); return nil }, progress)
	s.sum(all)
	return s, err
}

// sum fills in what the bones amount to.
func (s *DrillSummary) sum(all []drilled) {
	s.N = len(all)
	var through []drilled
	for _, x := range all {
		if x.through {
			through = append(through, x)
		}
	}
	s.Through = shareOf(len(through), len(all))
	over := func(x []drilled, f func(*drilled) float64) Spread {
		v := make([]float64, len(x))
		for i := range x {
			v[i] = f(&x[i])
		}
		return SpreadOf(v)
	}
	s.PlungeMM = over(through, func(x *drilled) float64 { return x.plunge * 1e3 })
	s.TimeS = over(through, func(x *drilled) float64 { return x.time })
	s.ForceFirst = over(through, func(x *drilled) float64 { return x.first })
	s.ForceSecond = over(through, func(x *drilled) float64 { return x.second })
	s.PeakFirst = over(through, func(x *drilled) float64 { return x.peakFirst })
	s.PeakSecond = over(through, func(x *drilled) float64 { return x.peakOther })
	s.InnerPlunge = over(through, func(x *drilled) float64 { return x.inner * 1e3 })
	s.PeakTorqueNm = over(all, func(x *drilled) float64 { return x.torque })
	s.CortexMM = over(all, func(x *drilled) float64 { return x.cortex * 1e3 })
	s.DiameterMM = over(all, func(x *drilled) float64 { return x.diameter * 1e3 })
	if s.Seconds > 0 {
		s.RowsPerS = float64(s.N) / s.Seconds
	}
}

// robotFeed is the feed of a drilling robot, m/s. Assumed: that of the force-drop rig of Zhu2026 is not in its abstract.
const robotFeed = 1e-3

// one drills one bone.
func (d *Drilling) one(ctx context.Context, seed uint64, tool physics.Needle) (drilled, error) {
	who, err := d.Bone.Draw(seed)
	if err != nil {
		return drilled{}, err
	}
	a, err := who.Anatomy()
	if err != nil {
		return drilled{}, err
	}
	shaft(&a, who.Patient.Set)
	if depth := a.SoftTissue() + a.Diameter; depth > deepestShaft {
		return drilled{}, fmt.Errorf("study: bone of seed %d is %.0f mm thick with what lies over it: allowed up to %.0f mm; give cortex and medulla in --bone",
			seed, depth*1e3, deepestShaft*1e3)
	}
	model, err := physics.NewModel(a, tool, physics.ToolDriver(tool), physics.DefaultRendering())
	if err != nil {
		return drilled{}, err
	}
	t := virtual.Task{
		Driver: virtual.Driver(tool.Driver), Start: startS, Walls: 2, Lean: leaning,
		OneHand: d.Technique != "two-hand", Braced: d.Technique == "two-hand", Bounce: d.Technique == "bounce",
	}
	t.PushLeast, t.PushMost = push(&tool)
	t.GiveUp = patience
	if d.Hand == "robot" {
		t.Feed = robotFeed
	}
	hand, err := virtual.ByName(d.Hand, seed, t)
	if err != nil {
		return drilled{}, err
	}
	x := drilled{cortex: a.NearCortex, diameter: a.Diameter, plunge: math.Inf(-1), guided: tool.ID != "ez-25"}
	err = x.drill(ctx, model, hand)
	return x, err
}

// startAbove is where the drill starts, m.
const startAbove = -5e-3

// Limits of one bone: simulated time, s, and the strength of the bench under the drill, N. There is no haptic leg here and
// so no governor: the drill meets the bone itself.
const (
	drillLimitS = 120
	benchForce  = 500
	drillHz     = 1000
)

// drill lets the hand work until it lets go.
func (x *drilled) drill(ctx context.Context, m *physics.Model, hand virtual.Operator) error {
	leg := virtual.New(hand, virtual.Options{Force: benchForce, Start: startAbove})
	if err := leg.Arm(); err != nil {
		return err
	}
	defer leg.Close() //nolint:errcheck // in memory
	var (
		state  = m.Start()
		sample haptics.Sample
		c      haptics.Command
		w      wallTimes
	)
	for tick := range drillLimitS * drillHz {
		if err := leg.Exchange(&c, &sample); err != nil {
			return err
		}
		in := toInput(&sample)
		if x.guided {
			guide(&in)
		}
		o := m.Step(&state, in, 1.0/drillHz)
		c = toCommand(&o)
		w.note(x, m, &in, sample.Time, &o)
		if tick%100 != 0 {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if p := hand.Phase(); p == virtual.Released || p == virtual.GaveUp {
			break
		}
	}
	s := state.Summary()
	x.peakFirst, x.peakOther, x.torque, x.inner = s.PeakForce, s.PeakLater, s.PeakTorque, s.Plunge
	x.first, x.second = w.first.mean(), w.second.mean()
	return nil
}

// mean gathers a mean.
type mean struct{ sum, n float64 }

func (m *mean) add(x float64) { m.sum += x; m.n++ }

func (m *mean) mean() float64 { return m.sum / max(m.n, 1) }

// wallTimes watches the walls pass.
type wallTimes struct {
	first, second mean
	begun         float64 // s, first turn of the drill on bone; 0 = not yet
	touched       bool
}

func (w *wallTimes) note(x *drilled, m *physics.Model, in *physics.Input, at float64, o *physics.Output) {
	w.touched = w.touched || o.Events.Has(physics.Contact)
	if w.touched && w.begun == 0 && in.Trigger > 0.5 {
		w.begun = at
	}
	if w.begun > 0 && o.Reaction > 0 {
		switch o.Zone {
		case physics.InCortex:
			w.first.add(o.Reaction)
		case physics.InFarCortex:
			w.second.add(o.Reaction)
		}
	}
	if o.Events.Has(physics.FarBreakthrough) && !x.through {
		x.through, x.time = true, at-w.begun
	}
	if x.through {
		col := m.Column(o.TipU, o.TipV)
		cos := 1 / math.Sqrt(1+math.Pow(math.Tan(in.TiltX), 2)+math.Pow(math.Tan(in.TiltY), 2))
		x.plunge = max(x.plunge, o.Tip-col.FarBottom/cos)
	}
}

// guideShare is what a drill sleeve lets through of a hand's tilt. Assumed: a sleeve of 30 mm over a drill with 0.2 mm of
// play would hold it within half a degree, one held by hand on the bone moves with it.
const guideShare = 0.3

// guide holds a drill at its point, as a sleeve does. Without one a drill skates off a bare shaft at the tilt of a novice.
func guide(in *physics.Input) {
	in.TiltX *= guideShare
	in.TiltY *= guideShare
	in.U, in.V = 0, 0
}

// toInput turns a sample into what the model takes; toCommand its output into what the leg renders.
func toInput(s *haptics.Sample) physics.Input {
	return physics.Input{
		Depth: s.Position, Velocity: s.Velocity, Twist: s.Twist, TiltX: s.TiltX, TiltY: s.TiltY,
		U: s.U, V: s.V, Trigger: s.Trigger, Load: s.Load, Stylet: true,
	}
}

func toCommand(o *physics.Output) haptics.Command {
	return haptics.Command{
		Force: o.Force, Stiffness: o.Stiffness, Damping: o.Damping, Anchor: o.Anchor,
		Torque: o.Torque, LateralU: o.LateralU, LateralV: o.LateralV, TiltStiffness: o.TiltStiffness,
		Vibration: o.Vibration, VibrationHz: o.VibrationHz,
		Transient: haptics.Transient{Kind: uint8(o.Transient.Kind), Amplitude: o.Transient.Amplitude, Decay: o.Transient.Decay},
	}
}
