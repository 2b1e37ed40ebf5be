package validate

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// residual is how far an aim is missed, in tolerances: the logarithm, so that half and double are as far.
func residual(i int, value float64) float64 {
	return math.Log(max(value, 1e-3)/aims[i].want) / aims[i].tolerance
}

// misfit is the mean square of the residuals.
func misfit(values []float64) float64 {
	sum := 0.0
	for i, v := range values {
		sum += residual(i, v) * residual(i, v) / float64(len(values))
	}
	return sum
}

// The steps of the descent.
const (
	probing = 0.08 // of a logarithm, for a slope: less drowns in the scatter between people
	longest = 0.7  // of a logarithm, a step at most
	enough  = 0.005
)

// descend is damped Gauss-Newton (Levenberg, Marquardt) within the bounds, with the same people throughout.
func (f *fitting) descend(x, value []float64, rounds int) ([]float64, []float64, int, error) {
	damp := 0.1
	for round := range rounds {
		slopes, err := f.slopes(x, value)
		if err != nil {
			return nil, nil, round, err
		}
		next := bound(x, slopes, value, damp)
		got, err := f.outcome(next)
		if err != nil {
			return nil, nil, round, err
		}
		gain := misfit(value) - misfit(got)
		if gain <= 0 {
			damp *= 8
			continue
		}
		small := gain < enough*misfit(value)
		x, value, damp = next, got, damp/3
		if small {
			return x, value, round + 1, nil
		}
	}
	return x, value, rounds, nil
}

// slopes is the change of each residual with each parameter, one-sided, towards the inside of its bounds.
func (f *fitting) slopes(x, value []float64) (*mat.Dense, error) {
	j := mat.NewDense(len(value), len(x), nil)
	for k, p := range freedoms {
		step := probing
		if x[k]+step > math.Log(p.most) {
			step = -probing
		}
		aside := append([]float64(nil), x...)
		aside[k] += step
		got, err := f.outcome(aside)
		if err != nil {
			return nil, err
		}
		for i := range got {
			j.Set(i, k, (residual(i, got[i])-residual(i, value[i]))/step)
		}
	}
	return j, nil
}

// bound is the step (J'J + damp I) d = -J'r from x, cut to its longest and to the bounds.
func bound(x []float64, j *mat.Dense, value []float64, damp float64) []float64 {
	n := len(x)
	r := mat.NewVecDense(len(value), nil)
	for i, v := range value {
		r.SetVec(i, -residual(i, v))
	}
	var normal mat.Dense
	normal.Mul(j.T(), j)
	for k := range n {
		normal.Set(k, k, normal.At(k, k)+damp)
	}
	var right, d mat.VecDense
	right.MulVec(j.T(), r)
	next := append([]float64(nil), x...)
	if err := d.SolveVec(&normal, &right); err != nil {
		return next
	}
	for k, p := range freedoms {
		step := min(max(d.AtVec(k), -longest), longest)
		next[k] = min(max(x[k]+step, math.Log(p.least)), math.Log(p.most))
	}
	return next
}
