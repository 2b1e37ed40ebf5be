package trial

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"gonum.org/v1/gonum/stat"

	"osseo/haptics"
	"osseo/physics"
)

// What a pop should be, docs/model.md section 6. A Weber unit is one just noticeable difference, 7 % of the force.
const (
	LeastResidual = 0.15 // of the force before the pop
	MostResidual  = 0.40
	LeastClarity  = 1.0 // Weber units; below one a pop is not noticed
	MostLag       = 2   // ticks from physics to command
)

// PopBench is what `osseo bench pop --json` prints.
type PopBench struct {
	N          int                     `json:"n"` // bones and people of each condition, seeds 1..N
	Hand       string                  `json:"hand"`
	Conditions map[string]PopCondition `json:"conditions"`
	Misses     []string                `json:"misses"` // conditions beside a target, in the order of Conditions()
}

// PopCondition is the pop in one condition, over the bones of N seeds.
type PopCondition struct {
	Pops      int      `json:"pops"`   // near walls that gave way
	Felt      int      `json:"felt"`   // of these, not in the flight of a spring
	Before    Spread   `json:"before"` // N
	After     Spread   `json:"after"`  // N, least within 60 ms
	Residual  Spread   `json:"residual"`
	Clarity   Spread   `json:"clarity_weber"`
	Fall      Spread   `json:"fall_ms"`         // of the model's force, until 90 % of the drop is done
	SentFall  Spread   `json:"sent_fall_ticks"` // of the command, from the tick of the pop until 90 % of the drop is done
	SentShare Spread   `json:"sent_residual"`   // as residual, of the force let through by the governor
	Lag       Spread   `json:"lag_ticks"`       // of the command behind the model, the worst of nine levels of the drop
	Misses    []string `json:"misses"`          // targets beside which the median lies; for the lag, the worst bone
}

// Spread is how a number lies over bones. null = there is none.
type Spread struct {
	Median *float64 `json:"median"`
	P5     *float64 `json:"p5"`
	P95    *float64 `json:"p95"`
	Max    *float64 `json:"max"`
}

// pop is one pop, as physics and as the leg has it.
type pop struct {
	broke, felt                         bool
	before, after, residual             float64
	clarity, fall, lag, share, sentFall float64
}

// BenchPop lets people of a skill go into n bones in every condition and measures their pops on the whole way from the
// model through loop and governor to the command. Equal arguments give equal results.
func BenchPop(ctx context.Context, skill string, n int) (PopBench, error) {
	all := PopBench{N: n, Hand: skill, Conditions: map[string]PopCondition{}, Misses: []string{}}
	for _, c := range Conditions() {
		pops, err := c.pops(ctx, skill, n)
		if err != nil {
			return all, fmt.Errorf("trial: bench pop %s: %w", c.Name, err)
		}
		x := summarisePops(pops)
		all.Conditions[c.Name] = x
		if len(x.Misses) > 0 {
			all.Misses = append(all.Misses, c.Name)
		}
	}
	return all, nil
}

// pops are those of the bones with the seeds 1..n.
func (c *Condition) pops(ctx context.Context, skill string, n int) ([]pop, error) {
	out := make([]pop, n)
	errs := make([]error, min(n, runtime.GOMAXPROCS(0)))
	var next atomic.Int64
	var wait sync.WaitGroup
	for j := range errs {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && errs[j] == nil; i = int(next.Add(1)) - 1 {
				if errs[j] = ctx.Err(); errs[j] == nil {
					out[i], errs[j] = c.pop(skill, uint64(i)+1)
				}
			}
		})
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// edge is the force about a pop, tick by tick: as the model has it and as it is sent.
type edge struct {
	bone  *recordingBone
	asked []float64 // N, from the tick of the pop on
	sent  []float64
	last  float64 // N, sent one tick before the pop
}

// edgeTicks is how long the drop is followed; the summary looks for the least force as long.
const edgeTicks = 60

// Observe keeps the ticks after the pop.
func (e *edge) Observe(s *haptics.Sample, sent *haptics.Command, _ haptics.Intervention) {
	force := sent.At(s.Position, s.Velocity)
	switch {
	case len(e.asked) == 0 && !e.bone.out.Events.Has(physics.Breakthrough):
		e.last = force
	case len(e.asked) < edgeTicks:
		e.asked, e.sent = append(e.asked, e.bone.out.Reaction), append(e.sent, force)
	}
}

func (c *Condition) pop(skill string, seed uint64) (pop, error) {
	model, err := c.model(seed)
	if err != nil {
		return pop{}, err
	}
	bone := &recordingBone{model: model, state: model.Start()}
	e := &edge{bone: bone}
	if err := c.insert(bone, skill, seed, e); err != nil {
		return pop{}, err
	}
	s := bone.state.Summary()
	p := pop{broke: s.Broke, felt: s.Broke && s.ForceBefore > 0}
	if !p.felt || len(e.asked) == 0 {
		return p, nil
	}
	p.before, p.after, p.clarity, p.fall = s.ForceBefore, s.ForceAfter, s.ClarityWeber, s.Fall*1e3
	p.residual = s.ForceAfter / s.ForceBefore
	p.share = slices.Min(e.sent) / e.last
	p.sentFall = float64(below(e.sent, s.ForceBefore-0.9*(s.ForceBefore-s.ForceAfter)))
	p.lag = e.lag(s.ForceBefore, s.ForceAfter)
	return p, nil
}

// lag is by how many ticks the force sent reaches a tenth, two tenths ... of the drop later than the model's; the worst.
func (e *edge) lag(before, after float64) float64 {
	worst := 0
	for tenth := 1; tenth <= 9; tenth++ {
		level := before - float64(tenth)/10*(before-after)
		asked, sent := below(e.asked, level), below(e.sent, level)
		if asked < len(e.asked) {
			worst = max(worst, sent-asked)
		}
	}
	return float64(worst)
}

// below is the first tick at which a force has fallen to a level; len(x) when it has not.
func below(x []float64, level float64) int {
	if i := slices.IndexFunc(x, func(f float64) bool { return f <= level }); i >= 0 {
		return i
	}
	return len(x)
}

func summarisePops(pops []pop) PopCondition {
	c := PopCondition{Misses: []string{}}
	felt := pops[:0:0]
	for _, p := range pops {
		if p.broke {
			c.Pops++
		}
		if p.felt {
			felt = append(felt, p)
		}
	}
	c.Felt = len(felt)
	of := func(f func(*pop) float64) Spread {
		x := make([]float64, len(felt))
		for i := range felt {
			x[i] = f(&felt[i])
		}
		return spread(x)
	}
	c.Before = of(func(p *pop) float64 { return p.before })
	c.After = of(func(p *pop) float64 { return p.after })
	c.Residual = of(func(p *pop) float64 { return p.residual })
	c.Clarity = of(func(p *pop) float64 { return p.clarity })
	c.Fall = of(func(p *pop) float64 { return p.fall })
	c.Lag = of(func(p *pop) float64 { return p.lag })
	c.SentFall = of(func(p *pop) float64 { return p.sentFall })
	c.SentShare = of(func(p *pop) float64 { return p.share })
	c.judge()
	return c
}

// judge says beside which targets the pop lies.
func (c *PopCondition) judge() {
	miss := func(form string, a ...any) { c.Misses = append(c.Misses, fmt.Sprintf(form, a...)) }
	if c.Felt == 0 {
		miss("%s", map[bool]string{true: "no pop is felt: the wall breaks in flight", false: "no wall gives way"}[c.Pops > 0])
		return
	}
	switch r := *c.Residual.Median; {
	case r < LeastResidual:
		miss("residual %.0f %% is below %.0f %%", 100*r, 100*LeastResidual)
	case r > MostResidual:
		miss("residual %.0f %% is above %.0f %%", 100*r, 100*MostResidual)
	}
	if w := *c.Clarity.Median; w < LeastClarity {
		miss("clarity %.1f is below %.0f Weber unit", w, LeastClarity)
	}
	if l := *c.Lag.Max; l > MostLag {
		miss("the command follows %.0f ticks later, more than %d", l, MostLag)
	}
}

func spread(x []float64) Spread {
	if len(x) == 0 {
		return Spread{}
	}
	slices.Sort(x)
	q := func(p float64) *float64 {
		v := stat.Quantile(p, stat.LinInterp, x, nil)
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil
		}
		return &v
	}
	most := x[len(x)-1]
	return Spread{Median: q(0.5), P5: q(0.05), P95: q(0.95), Max: &most}
}
