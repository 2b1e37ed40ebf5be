package study

import (
	"context"
	"fmt"

	"osseo/app/trial"
	"osseo/haptics/virtual"
	"osseo/physics"
	"osseo/scenarios"
)

// Row is one virtual trial.
type Row struct {
	Index  int
	Person *Person // nil in the study of a case
	Result *trial.Result
	Graded bool // belongs to a case, so procedure, grade and recording mean something
}

// childUntil is the age up to which a hand goes gently, years; as in app/trial.
const childUntil = 12

// infantUntil is the age up to which the push by hand is an infant's, years.
const infantUntil = 1

// Flush given before flow is measured, m3: 10 mL, 5 mL in children, as in the cases.
const (
	flushAdult = 10e-6
	flushChild = 5e-6
)

func flushOf(age float64) float64 {
	if age < childUntil {
		return flushChild
	}
	return flushAdult
}

// startS is when the hand begins to move, s.
const startS = 0.05

// insert does row i of a population.
func (p *Plan) insert(ctx context.Context, i int) (*Row, error) {
	who, err := p.People.Draw(seedOf(p.Seed, i))
	if err != nil {
		return nil, err
	}
	needle, err := p.needleFor(&who)
	if err != nil {
		return nil, err
	}
	a, err := who.Anatomy()
	if err != nil {
		return nil, fmt.Errorf("study: person of seed %d: %w", who.Seed, err)
	}
	model, err := physics.NewModel(a, needle, physics.ToolDriver(needle), physics.DefaultRendering())
	if err != nil {
		return nil, fmt.Errorf("study: person of seed %d: %w", who.Seed, err)
	}
	hand, err := virtual.ByName(p.Hand, who.Seed, p.task(&who, &a, &needle))
	if err != nil {
		return nil, err
	}
	attempt, err := trial.Insertion{
		Model: model, Hand: hand, Flush: flushOf(who.Patient.Age),
		Place: trial.Placement{
			Attempt: 1, Site: string(who.Site), Side: "right", Driver: string(needle.Driver), Needle: needle.ID, Battery: 1,
		},
	}.Run(ctx)
	if err != nil {
		return nil, err
	}
	row := &Row{Index: i, Person: &who, Result: missed(&a, &needle)}
	if attempt != nil {
		row.Result = attempt.Result()
	}
	r := row.Result
	r.Seed, r.Hand, r.TickHz = who.Seed, p.Hand, trial.DefaultTickHz
	r.Loop = trial.LoopStats{RateHz: trial.DefaultTickHz, Sched: "offline"}
	r.Recording.Build, r.Recording.Arch = trial.Build, trial.Arch()
	return row, nil
}

// missed is the result of a hand that never entered the skin.
func missed(a *physics.Anatomy, n *physics.Needle) *trial.Result {
	return &trial.Result{
		Version: 1, Device: "virtual", Driver: string(n.Driver), Needle: n.ID,
		Outcome: trial.Outcome{Zone: physics.Outside.String()},
		Anatomy: trial.Anatomy{
			SoftTissueMM: a.SoftTissue() * 1e3, CortexMM: a.NearCortex * 1e3, MedullaMM: a.Medulla * 1e3,
			FaceWidthMM: 2e3 * a.FaceHalfWidth, GrowthPlateMM: a.GrowthPlate * 1e3,
		},
	}
}

// task is what the hand is to do on this person.
func (p *Plan) task(who *Person, a *physics.Anatomy, n *physics.Needle) virtual.Task {
	child := who.Patient.Age < childUntil
	t := virtual.Task{Driver: virtual.Driver(n.Driver), Child: child, Start: startS}
	if p.Point.Given {
		t.U, t.V = p.Point.at(a)
	} else {
		t.U, t.V = trial.Located(p.Hand, virtual.Landmark{Child: child, Covered: who.Site == physics.ProximalHumerus}, who.Seed)
	}
	if n.Driver == physics.Manual && who.Patient.Age < infantUntil {
		t.PushLeast, t.PushMost = 5, 25 // N, prior for infants by hand (5-25); the own range of a hand is that of a child
	}
	switch {
	case n.Driver == physics.Spring:
	case p.Depth.Hub:
		t.Depth, t.ToHub = n.Length, true
	case p.Depth.MM > 0:
		t.Depth = p.Depth.MM * 1e-3
	}
	return t
}

// play does row i of a case.
func (p *Plan) play(ctx context.Context, c *scenarios.Case, i int) (*Row, error) {
	r, e, err := trial.Run(ctx, p.setupOf(c, i), nil)
	if e != nil {
		e.Recording.Release() // the row keeps numbers only
	}
	if err == nil {
		err = ctx.Err() // a run broken off is no row
	}
	if err != nil {
		return nil, err
	}
	return &Row{Index: i, Result: r, Graded: true}, nil
}
