package trial

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"time"

	"gonum.org/v1/gonum/stat"

	"osseo/haptics"
	"osseo/haptics/virtual"
	"osseo/physics"
)

// StepBench is what `osseo bench step --json` prints, ns.
type StepBench struct {
	Ticks      int64                `json:"ticks"`
	Mean       float64              `json:"mean_ns"`
	P50        float64              `json:"p50_ns"`
	P99        float64              `json:"p99_ns"`
	P999       float64              `json:"p999_ns"`
	Max        float64              `json:"max_ns"`
	Allocs     float64              `json:"allocs_per_tick"`
	Conditions map[string]StepBench `json:"conditions,omitempty"`

	Stages *Stages `json:"stages,omitempty"` // over all conditions together
}

// Condition is a named insertion to measure.
type Condition struct {
	Name      string
	Patient   physics.Patient
	Needle    string
	Sharpness float64
	Tilt      float64 // rad
	Push      float64 // N
}

// Conditions are the insertions that are measured: driver x age, and dull and oblique ones.
func Conditions() []Condition {
	adult := physics.Patient{Age: 35, Sex: physics.Male, Weight: 78, BMI: 24, Bone: physics.NormalBone}
	infant := physics.Patient{Age: 0.6, Sex: physics.Female, Weight: 7.8, Bone: physics.NormalBone}
	oblique := 12 * math.Pi / 180
	return []Condition{
		{"manual-adult", adult, "manual-15g", 1, 0, 95},
		{"powered-adult", adult, "ez-25", 1, 0, 50},
		{"spring-adult", adult, "spring-15g-adult", 1, 0, 40},
		{"manual-infant", infant, "manual-18g", 1, 0, 25},
		{"powered-infant", infant, "ez-15", 1, 0, 14},
		{"spring-infant", infant, "spring-18g-child", 1, 0, 30},
		{"manual-adult-dull", adult, "manual-15g", 0.3, 0, 110},
		{"powered-adult-dull", adult, "ez-25", 0.3, 0, 70},
		{"powered-infant-dull", infant, "ez-15", 0.3, 0, 20},
		{"manual-adult-oblique", adult, "manual-15g", 1, oblique, 95},
		{"powered-adult-oblique", adult, "ez-25", 1, oblique, 50},
		{"powered-infant-oblique", infant, "ez-15", 1, oblique, 14},
	}
}

// BenchStep measures one model step per 1 kHz tick in every condition, on the motion of a robot's insertion, for about the
// given time in all. Each step is timed by itself; the cost of reading the clock is measured and taken off. A third of the time
// goes to a profile of the same steps, which shows where in them the time goes.
func BenchStep(ctx context.Context, total time.Duration) (StepBench, error) {
	conditions := Conditions()
	all := StepBench{Conditions: map[string]StepBench{}}
	var every []float64
	each := total * 2 / 3 / time.Duration(len(conditions))
	for _, c := range conditions {
		model, inputs, err := c.motion()
		if err != nil {
			return all, fmt.Errorf("trial: bench %s: %w", c.Name, err)
		}
		ns, allocs := timeSteps(ctx, model, inputs, each)
		b := summarise(ns)
		b.Allocs = allocs
		all.Conditions[c.Name] = b
		all.Allocs = max(all.Allocs, allocs)
		every = append(every, ns...)
	}
	allocs, byName := all.Allocs, all.Conditions
	all = summarise(every)
	all.Allocs, all.Conditions = allocs, byName
	if ctx.Err() != nil {
		return all, ctx.Err()
	}
	var err error
	all.Stages, err = stagesOf(ctx, total/3, all.Mean)
	return all, err
}

// recordingBone steps a model for a virtual leg and keeps its inputs.
type recordingBone struct {
	model  *physics.Model
	state  physics.State
	out    physics.Output
	inputs []physics.Input
}

func (r *recordingBone) Render(s *haptics.Sample, dt float64, c *haptics.Command) {
	in := input(s, false)
	r.inputs = append(r.inputs, in)
	r.out = r.model.Step(&r.state, in, dt)
	command(&r.out, c)
}

// model is this condition's needle in the bone of a seed.
func (c *Condition) model(seed uint64) (*physics.Model, error) {
	anatomy, err := physics.SampleAnatomy(c.Patient, physics.ProximalTibia, seed)
	if err != nil {
		return nil, err
	}
	needle, err := physics.NeedleByID(c.Needle)
	if err != nil {
		return nil, err
	}
	needle.Sharpness = c.Sharpness
	return physics.NewModel(anatomy, needle, physics.DefaultDriver(needle.Driver), physics.DefaultRendering())
}

// insert lets a simulated person go into the bone of r through loop and governor; o may be nil.
func (c *Condition) insert(r *recordingBone, skill string, seed uint64, o haptics.Observer) error {
	task := virtual.Task{
		Driver: virtual.Driver(r.model.Needle().Driver), TiltX: c.Tilt, Child: c.Patient.Age < 12, GiveUp: 10,
		Force: c.Push, PushLeast: c.Push, PushMost: c.Push,
	}
	hand, err := virtual.ByName(skill, seed, task)
	if err != nil {
		return err
	}
	leg := virtual.New(hand, virtual.Options{})
	loop := haptics.NewLoop(leg, r, haptics.NewGovernor(leg.Info().Limits), o, DefaultTickHz)
	for range 20 * int(DefaultTickHz) {
		if loop.Advance() || hand.Phase() == virtual.Released {
			break
		}
	}
	return leg.Close()
}

// motion is a robot's insertion in this condition.
func (c *Condition) motion() (*physics.Model, []physics.Input, error) {
	model, err := c.model(1)
	if err != nil {
		return nil, nil, err
	}
	r := &recordingBone{model: model, state: model.Start()}
	err = c.insert(r, "robot", 1, nil)
	return model, r.inputs, err
}

// timeSteps runs the motion over and over and times every step, ns. allocs is per step, of the run with the fewest: what
// Step itself allocates is in every run, what the runtime does beside it comes and goes.
func timeSteps(ctx context.Context, m *physics.Model, inputs []physics.Input, d time.Duration) (ns []float64, allocs float64) {
	clock := clockCost()
	ns = make([]float64, 0, 1<<20)
	least := uint64(math.MaxUint64)
	var before, after runtime.MemStats
	for end := time.Now().Add(d); time.Now().Before(end) && ctx.Err() == nil && len(ns)+len(inputs) < cap(ns); {
		runtime.ReadMemStats(&before)
		state := m.Start()
		for i := range inputs {
			t := time.Now()
			m.Step(&state, inputs[i], 1.0/DefaultTickHz)
			ns = append(ns, max(0, float64(time.Since(t))-clock))
		}
		runtime.ReadMemStats(&after)
		least = min(least, after.Mallocs-before.Mallocs)
	}
	if len(ns) == 0 {
		return nil, 0
	}
	return ns, float64(least) / float64(len(inputs))
}

// clockCost is what reading the clock twice adds to a measured step, ns: the median of many.
func clockCost() float64 {
	x := make([]float64, 1001)
	for i := range x {
		t := time.Now()
		x[i] = float64(time.Since(t))
	}
	return median(x)
}

func summarise(ns []float64) StepBench {
	if len(ns) == 0 {
		return StepBench{}
	}
	sorted := slices.Clone(ns)
	slices.Sort(sorted)
	q := func(p float64) float64 { return stat.Quantile(p, stat.Empirical, sorted, nil) }
	return StepBench{
		Ticks: int64(len(ns)), Mean: stat.Mean(ns, nil), P50: q(0.5), P99: q(0.99), P999: q(0.999), Max: sorted[len(sorted)-1],
	}
}
