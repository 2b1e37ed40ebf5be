package study

import (
	"context"
	"fmt"
	"slices"
)

// Throughput is how many rows of a study a machine does.
type Throughput struct {
	What    string               `json:"what"` // the case, or the population
	Rows    int                  `json:"rows"` // of each measurement
	Rounds  int                  `json:"rounds"`
	PerS    map[string]float64   `json:"rows_per_s"`     // by the number of jobs, median of the rounds
	PerCPUS map[string]float64   `json:"rows_per_cpu_s"` // the same per second of processor time; none where the system does not tell
	Scaling float64              `json:"scaling"`        // of the most jobs over one job, median of the rounds
	Raw     map[string][]float64 `json:"rows_per_s_all"` // of each round
}

// Measure does the first rows of a plan with each number of jobs in turn, round after round, so that whatever else the
// machine is doing meets all of them alike. The first round warms up and is not counted.
func Measure(ctx context.Context, p Plan, jobs []int, rounds int) (Throughput, error) {
	t := Throughput{Rows: p.N, Rounds: rounds, PerS: map[string]float64{}, PerCPUS: map[string]float64{}, Raw: map[string][]float64{}}
	cpu := map[string][]float64{}
	var scaling []float64
	for round := range rounds + 1 {
		rates := make([]float64, len(jobs))
		for i, n := range jobs {
			p.Jobs = n
			before, known := processorTime()
			s, err := Run(ctx, p, nil, nil)
			if err != nil {
				return t, err
			}
			after, _ := processorTime()
			if rates[i] = s.RowsPerS; round == 0 {
				continue
			}
			name := fmt.Sprint(n)
			t.Raw[name] = append(t.Raw[name], s.RowsPerS)
			if known && after > before {
				cpu[name] = append(cpu[name], float64(p.N)/(after-before))
			}
		}
		if round > 0 {
			scaling = append(scaling, rates[len(rates)-1]/rates[0])
		}
	}
	for name, x := range t.Raw {
		t.PerS[name] = middle(x)
	}
	for name, x := range cpu {
		t.PerCPUS[name] = middle(x)
	}
	t.Scaling = middle(scaling)
	return t, nil
}

func middle(x []float64) float64 {
	y := slices.Sorted(slices.Values(x))
	n := len(y)
	return (y[(n-1)/2] + y[n/2]) / 2
}
