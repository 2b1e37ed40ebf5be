package study

import (
	"context"
	"math"

	"gonum.org/v1/gonum/stat"

	"osseo/app/trial"
)

// Difference is a quantity under two needles on the same bones and hands; the difference is the second less the first.
type Difference struct {
	N          int         `json:"n"` // rows in which both have it
	A          *float64    `json:"a"` // mean, or rate
	B          *float64    `json:"b"`
	Difference *float64    `json:"difference"`
	CI95       *[2]float64 `json:"ci95"` // paired: Student's t of the differences, for rates the bootstrap
	SD         *float64    `json:"sd"`   // of the paired differences
}

// Comparison is what `osseo compare --json` prints.
type Comparison struct {
	Version    int     `json:"version"`
	NeedleA    string  `json:"needle_a"`
	NeedleB    string  `json:"needle_b"`
	Case       *string `json:"case"`
	Population *string `json:"population"`
	Hand       string  `json:"hand"`
	Seed       uint64  `json:"seed"`
	N          int     `json:"n"`

	Success      Difference `json:"success"`
	Complication Difference `json:"technical_complication"`
	Damaged      Difference `json:"needle_damaged"`
	Slipped      Difference `json:"slipped"`
	Stands       Difference `json:"stands_alone"`
	Leaks        Difference `json:"extravasation"`
	InsertionS   Difference `json:"insertion_s"`
	PeakForceN   Difference `json:"peak_force_n"`
	PeakTorque   Difference `json:"peak_torque_nm"`
	PlungeMM     Difference `json:"plunge_mm"`
	FarGapMM     Difference `json:"far_cortex_gap_mm"`
	ClarityWeber Difference `json:"clarity_weber"`
	Gravity      Difference `json:"gravity_ml_min"`
	Bag300       Difference `json:"bag300_ml_min"`
	Score        Difference `json:"score"`

	OnlyA    int     `json:"success_only_a"` // rows
	OnlyB    int     `json:"success_only_b"`
	Jobs     int     `json:"jobs"`
	Seconds  float64 `json:"seconds"`
	RowsPerS float64 `json:"rows_per_s"` // rows, of one trial each
}

// pair is one bone and hand with both needles.
type pair struct{ a, b *Row }

// Compare runs plan with needle a and with needle b, row by row on the same bone with the same hand. progress may be nil.
func Compare(ctx context.Context, p Plan, a, b string, progress func(done int)) (*Comparison, error) {
	p.Needle = a
	pa, doA, err := p.worker()
	if err != nil {
		return nil, err
	}
	p.Needle = b
	_, doB, err := p.worker()
	if err != nil {
		return nil, err
	}
	c := &Comparison{Version: 1, NeedleA: a, NeedleB: b, Hand: pa.Hand, Seed: pa.Seed}
	if pa.Case != "" {
		c.Case = &pa.Case
	} else {
		c.Population = &pa.People.Text
	}
	var all []pair
	c.Jobs, c.Seconds, err = timed(ctx, p.N, p.Jobs, func(ctx context.Context, i int) (pair, error) {
		x, err := doA(ctx, i)
		if err != nil {
			return pair{}, err
		}
		y, err := doB(ctx, i)
		return pair{x, y}, err
	}, func(x pair) error { all = append(all, x); return nil }, progress)
	c.sum(all)
	return c, err
}

func (c *Comparison) sum(all []pair) {
	c.N = len(all)
	value := func(dst *Difference, f func(*trial.Result) *float64) { *dst = differ(all, f, false) }
	rate := func(dst *Difference, f func(*trial.Result) *bool) {
		*dst = differ(all, func(r *trial.Result) *float64 { return number(f(r)) }, true)
	}
	rate(&c.Success, func(r *trial.Result) *bool { return &r.Outcome.Correct })
	rate(&c.Complication, func(r *trial.Result) *bool { is := r.Outcome.Complication != nil; return &is })
	rate(&c.Damaged, func(r *trial.Result) *bool { is := damaged(r); return &is })
	rate(&c.Slipped, func(r *trial.Result) *bool { is := r.Slips > 0; return &is })
	rate(&c.Stands, func(r *trial.Result) *bool { return r.StandsAlone })
	rate(&c.Leaks, func(r *trial.Result) *bool { return r.Extravasate })
	value(&c.InsertionS, func(r *trial.Result) *float64 { return r.InsertionS })
	value(&c.PeakForceN, func(r *trial.Result) *float64 { return &r.PeakForceN })
	value(&c.PeakTorque, func(r *trial.Result) *float64 { return &r.PeakTorque })
	value(&c.PlungeMM, func(r *trial.Result) *float64 { return r.PlungeMM })
	value(&c.FarGapMM, func(r *trial.Result) *float64 { return r.FarGapMM })
	value(&c.ClarityWeber, func(r *trial.Result) *float64 {
		if r.Breakthru == nil {
			return nil
		}
		return &r.Breakthru.ClarityWeber
	})
	flow := func(f func(*trial.Flow) *float64) func(*trial.Result) *float64 {
		return func(r *trial.Result) *float64 {
			if r.Flow == nil {
				return nil
			}
			return f(r.Flow)
		}
	}
	value(&c.Gravity, flow(func(f *trial.Flow) *float64 { return &f.Gravity }))
	value(&c.Bag300, flow(func(f *trial.Flow) *float64 { return &f.Bag300 }))
	if c.Case != nil {
		value(&c.Score, func(r *trial.Result) *float64 { return &r.Grade.Score })
	}
	for _, x := range all {
		switch a, b := x.a.Result.Outcome.Correct, x.b.Result.Outcome.Correct; {
		case a && !b:
			c.OnlyA++
		case b && !a:
			c.OnlyB++
		}
	}
	if c.Seconds > 0 {
		c.RowsPerS = 2 * float64(c.N) / c.Seconds
	}
}

func number(is *bool) *float64 {
	if is == nil {
		return nil
	}
	x := 0.0
	if *is {
		x = 1
	}
	return &x
}

// differ takes paired differences of what both rows know.
func differ(all []pair, f func(*trial.Result) *float64, rate bool) Difference {
	var a, b, diff []float64
	for _, x := range all {
		p, q := f(x.a.Result), f(x.b.Result)
		if p == nil || q == nil || math.IsNaN(*p) || math.IsNaN(*q) {
			continue
		}
		a, b, diff = append(a, *p), append(b, *q), append(diff, *q-*p)
	}
	d := Difference{N: len(diff)}
	if d.N == 0 {
		return d
	}
	meanA, meanB, mean, sd := stat.Mean(a, nil), stat.Mean(b, nil), stat.Mean(diff, nil), 0.0
	if d.N > 1 {
		sd = stat.StdDev(diff, nil)
	}
	ci := MeanInterval(diff)
	if rate {
		ci = Bootstrap(diff, func(x []float64) float64 { return stat.Mean(x, nil) })
	}
	d.A, d.B, d.Difference, d.SD, d.CI95 = &meanA, &meanB, &mean, &sd, &ci
	return d
}
