package validate

import (
	"context"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"
)

// The fit lowers the misfit, answers the same again whatever the number of jobs, and stays within its bounds.
func TestFitOfTheHand(t *testing.T) {
	fit := func(jobs int) *HandFit {
		r, err := FitHand(context.Background(), FitOptions{N: 3, Seed: 3, Rounds: 1, Jobs: jobs})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	a, b := fit(1), fit(2)
	if !reflect.DeepEqual(a, b) {
		t.Errorf("one job %+v, two %+v", a, b)
	}
	if !(a.After < 0.9*a.Before) {
		t.Errorf("misfit %g, before %g", a.After, a.Before)
	}
	for i, p := range a.Parameters {
		if f := freedoms[i]; p.Fitted < f.least*(1-1e-9) || p.Fitted > f.most*(1+1e-9) {
			t.Errorf("%s: %g outside %g to %g", p.Name, p.Fitted, f.least, f.most)
		}
	}
}

// A step of the descent is the exact solution where the residuals are linear in the parameters.
func TestStepSolvesALinearFit(t *testing.T) {
	f := &fitting{tick: func() {}}
	x := make([]float64, len(freedoms))
	for i, p := range freedoms {
		x[i] = math.Log(p.start)
	}
	truth := append([]float64(nil), x...)
	for k := range truth {
		truth[k] += 0.02 * float64(k+1)
	}
	r := rand.New(rand.NewPCG(1, 1))
	slope := make([]float64, len(aims)*len(x)) // of full rank, as good as surely
	for i := range slope {
		slope[i] = r.NormFloat64()
	}
	value := func(x []float64) []float64 {
		out := make([]float64, len(aims))
		for i := range out {
			sum := 0.0
			for k := range x {
				sum += slope[i*len(x)+k] * (x[k] - truth[k])
			}
			out[i] = aims[i].want * math.Exp(aims[i].tolerance*sum)
		}
		return out
	}
	f.model = value
	j, err := f.slopes(x, value(x))
	if err != nil {
		t.Fatal(err)
	}
	next := bound(x, j, value(x), 1e-9)
	for k := range next {
		if math.Abs(next[k]-truth[k]) > 1e-6 {
			t.Errorf("%s: %g, true %g", freedoms[k].name, next[k], truth[k])
		}
	}
}

func TestFitRefuses(t *testing.T) {
	for _, o := range []FitOptions{{N: 1}, {N: 10001}, {Rounds: 51}, {N: 5, Rounds: -1}} {
		if _, err := FitHand(context.Background(), o); err == nil {
			t.Errorf("%+v was accepted", o)
		}
	}
}
