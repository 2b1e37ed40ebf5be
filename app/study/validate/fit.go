package validate

import (
	"context"
	"fmt"
	"math"
	"runtime"

	"osseo/haptics/virtual"
)

// Fitting of the free parameters of the hand: how stiff an arm is that pushes. Everything else of the profiles is taken from
// sources or assumed and not fitted.

// FitOptions of FitHand.
type FitOptions struct {
	N        int    // people of each condition, 2..10000; 0 = 24
	Seed     uint64 // 0 = 1
	Jobs     int    // 0 = as many as there are processors; does not change the result
	Rounds   int    // at most, 1..50; 0 = 4
	Progress func(done, of int)
}

// Fitted is one parameter.
type Fitted struct {
	Name    string  `json:"name"`
	Unit    string  `json:"unit"`
	Start   float64 `json:"start"`
	Fitted  float64 `json:"fitted"`
	Profile float64 `json:"profile"` // what the program uses
}

// FitTarget is one published figure the fit is made to.
type FitTarget struct {
	What      string  `json:"what"`
	Source    string  `json:"source"`
	Published float64 `json:"published_mm"`
	Tolerance float64 `json:"tolerance"` // relative, the weight is its inverse
	Start     float64 `json:"start_mm"`
	Fitted    float64 `json:"fitted_mm"`
	Residual  float64 `json:"residual"` // fitted over published less 1
}

// HandFit is what `osseo fit hand --json` prints.
type HandFit struct {
	Version    int         `json:"version"`
	N          int         `json:"n"`
	Seed       uint64      `json:"seed"`
	Rounds     int         `json:"rounds"`
	Parameters []Fitted    `json:"parameters"`
	Targets    []FitTarget `json:"targets"`
	Before     float64     `json:"misfit_before"` // mean square of residual over tolerance
	After      float64     `json:"misfit_after"`
}

// freedom is one free parameter, fitted as a logarithm within bounds.
type freedom struct {
	name, unit         string
	start, least, most float64
}

// The free parameters, in the order of armOf. A trained arm is no less stiff than a novice's and an expert's no less than a
// trained one's, hence ratios. Bounds: muscle alone is stiff by some 23 times its force over the length of its fibres, about
// 0.1 m [Cui2008], and a limb may double that by tightening its antagonists, hence 50-400 1/m; the rest is assumed.
var freedoms = []freedom{
	{"stiffness gain, novice", "1/m", 95, 50, 400},
	{"trained over novice", "", 1.15, 1, 2},
	{"expert over trained", "", 1.5, 1, 2},
	{"second hand", "1/m", 25, 1, 200},
	{"spread of the gain", "", 0.25, 0.05, 0.5},
	{"tendon and palm", "kN/m", 40, 10, 100},
}

// shipped are the values of the profiles.
func shipped() []float64 {
	n, t, e := &virtual.NoviceProfile, &virtual.TrainedProfile, &virtual.ExpertProfile
	return []float64{n.Gain.Mean, t.Gain.Mean / n.Gain.Mean, e.Gain.Mean / t.Gain.Mean, t.Brace, t.Gain.SD / t.Gain.Mean, t.Tendon / 1e3}
}

// armed is the profile of a skill with the arm of parameters p.
func armed(skill string, p []float64) *virtual.Profile {
	q := *virtual.ProfileOf(skill)
	gain := p[0]
	switch skill {
	case "trained":
		gain *= p[1]
	case "expert":
		gain *= p[1] * p[2]
	}
	q.Gain = virtual.GainSpread(gain, p[4])
	q.Brace, q.Tendon = p[3], p[5]*1e3
	return &q
}

// conditions are the drillings the targets are about.
var conditions = []bore{
	{tool: "drill-4.5mm", bone: sawbone, skill: "trained", one: true},
	{tool: "drill-4.5mm", bone: sawbone, skill: "trained"},
	{tool: "drill-4.5mm", bone: sawbone, skill: "trained", one: true, bounce: true},
	{tool: "drill-3.2mm", bone: shaft, skill: "novice", one: true},
	{tool: "drill-3.2mm", bone: shaft, skill: "expert", one: true},
	{tool: "drill-3.2mm", bone: shaft, skill: "trained"},
	{tool: "kwire-2.0mm", bone: pigs, skill: "trained", one: true},
}

// aim is a published figure of a condition. Tolerances by how well it is known: means and SD of one described tool and bone;
// means of a bone and tool not told; recalled, or worked out from a ratio.
type aim struct {
	what, source    string
	condition       int
	spread          bool
	want, tolerance float64
}

var aims = []aim{
	{"4.5 mm drill, artificial tube, one hand: mean", "Ding 2019", 0, false, 13.0, 0.05},
	{"two hands: mean", "Ding 2019", 1, false, 10.6, 0.05},
	{"bouncing: mean", "Ding 2019", 2, false, 17.2, 0.05},
	{"one hand: SD", "Ding 2019", 0, true, 4.2, 0.25},
	{"two hands: SD", "Ding 2019", 1, true, 3.5, 0.25},
	{"bouncing: SD", "Ding 2019", 2, true, 5.0, 0.25},
	{"3.2 mm drill, donors' shaft, novices: mean", "readbyqxmd 28693046", 3, false, 11.9, 0.15},
	{"experienced: mean", "readbyqxmd 28693046", 4, false, 6.1, 0.15},
	{"surgeons: mean", "Clement 2012, recalled", 5, false, 6, 0.5},
	{"2 mm wire, pig: mean", "Zhu 2026, from its ratio", 6, false, 7.6, 0.5},
}

// fitting is a fit under way.
type fitting struct {
	lab    *lab
	offset uint64
	known  map[string][2]float64 // mean and SD of a condition with an arm
	tick   func()
	model  func(x []float64) []float64 // in place of people, for tests; nil = people
}

// FitHand reruns the tuning of the hand. It answers the same for the same options, whatever the number of jobs.
func FitHand(ctx context.Context, o FitOptions) (*HandFit, error) {
	if o.N == 0 {
		o.N = 24
	}
	if o.Rounds == 0 {
		o.Rounds = 4
	}
	if o.Seed == 0 {
		o.Seed = 1
	}
	if o.N < 2 || o.N > 10000 || o.Rounds < 1 || o.Rounds > 50 {
		return nil, fmt.Errorf("validate: fit of %d people in %d rounds: allowed 2 to 10000 people, 1 to 50 rounds", o.N, o.Rounds)
	}
	l := &lab{ctx: ctx, people: o.N, jobs: o.Jobs}
	if l.jobs <= 0 {
		l.jobs = runtime.GOMAXPROCS(0)
	}
	f := &fitting{lab: l, offset: (o.Seed - 1) * 1_000_003, known: map[string][2]float64{}, tick: func() {}}
	if o.Progress != nil {
		done, of := 0, 1+o.Rounds*(len(freedoms)+2)
		f.tick = func() { done++; o.Progress(min(done, of), of) }
	}
	x := make([]float64, len(freedoms))
	for i, p := range freedoms {
		x[i] = math.Log(p.start)
	}
	first, err := f.outcome(x)
	if err != nil {
		return nil, err
	}
	x, last, rounds, err := f.descend(x, first, o.Rounds)
	if err != nil {
		return nil, err
	}
	r := &HandFit{Version: 1, N: o.N, Seed: o.Seed, Rounds: rounds, Before: misfit(first), After: misfit(last)}
	now := shipped()
	for i, p := range freedoms {
		r.Parameters = append(r.Parameters, Fitted{p.name, p.unit, p.start, math.Exp(x[i]), now[i]})
	}
	for i, a := range aims {
		r.Targets = append(r.Targets, FitTarget{
			What: a.what, Source: a.source, Published: a.want, Tolerance: a.tolerance,
			Start: first[i], Fitted: last[i], Residual: last[i]/a.want - 1,
		})
	}
	return r, nil
}

// outcome is what every aim comes to with the parameters whose logarithms are x, mm.
func (f *fitting) outcome(x []float64) ([]float64, error) {
	f.tick()
	if f.model != nil {
		return f.model(x), nil
	}
	p := make([]float64, len(x))
	for i := range x {
		p[i] = math.Exp(x[i])
	}
	out := make([]float64, len(aims))
	for i, a := range aims {
		s, err := f.condition(a.condition, p)
		if err != nil {
			return nil, err
		}
		out[i] = s[0]
		if a.spread {
			out[i] = s[1]
		}
	}
	return out, nil
}

// condition drills a condition with an arm, or remembers what came of it.
func (f *fitting) condition(i int, p []float64) ([2]float64, error) {
	b := conditions[i]
	b.as = armed(b.skill, p)
	brace := b.as.Brace
	if b.one {
		brace = 0
	}
	key := fmt.Sprint(i, b.as.Gain, brace, b.as.Tendon)
	if s, ok := f.known[key]; ok {
		return s, nil
	}
	all, err := each(f.lab, f.lab.people, func(seed uint64) (bored, error) { return b.drill(f.offset + seed) })
	if err != nil {
		return [2]float64{}, err
	}
	var x []float64
	for i := range all {
		if all[i].through {
			x = append(x, all[i].overshoot)
		}
	}
	if len(x) < 2 {
		return [2]float64{}, fmt.Errorf("validate: %d of %d came through both walls with %s: take more people", len(x), len(all), b.tool)
	}
	s := [2]float64{mean(x).value, sd(x)}
	f.known[key] = s
	return s, nil
}
