package study

import (
	"math"
	"testing"
)

// Every number of jobs is measured in every round, and the summary is made of the rounds.
func TestMeasure(t *testing.T) {
	people := parse(t, "age=3..9mo")
	m, err := Measure(t.Context(), Plan{People: &people, N: 2}, []int{1, 2}, 2)
	if err != nil {
		t.Fatal(err)
	}
	for _, jobs := range []string{"1", "2"} {
		x := m.Raw[jobs]
		if len(x) != 2 || !(x[0] > 0 && x[1] > 0) || math.Abs(m.PerS[jobs]-(x[0]+x[1])/2) > 1e-9*m.PerS[jobs] {
			t.Errorf("%s jobs: rounds %v, median %g", jobs, x, m.PerS[jobs])
		}
	}
	if !(m.Scaling > 0) || m.Rows != 2 || m.Rounds != 2 {
		t.Errorf("%+v", m)
	}
}
