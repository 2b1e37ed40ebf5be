package trial

import (
	"encoding/json"
	"testing"
)

func TestLagOfAnEdge(t *testing.T) {
	asked := []float64{100, 60, 20, 20, 20, 20}
	for _, c := range []struct {
		name string
		sent []float64
		want float64
	}{
		{"in step", []float64{100, 60, 20, 20, 20, 20}, 0},
		{"one behind", []float64{100, 100, 60, 20, 20, 20}, 1},
		{"slow at the foot", []float64{100, 60, 50, 40, 30, 20}, 3},
		{"never there", []float64{100, 100, 100, 100, 100, 100}, 5},
		{"ahead", []float64{20, 20, 20, 20, 20, 20}, 0},
	} {
		e := edge{asked: asked, sent: c.sent}
		if got := e.lag(100, 20); got != c.want {
			t.Errorf("%s: lag %g, want %g", c.name, got, c.want)
		}
	}
}

// The governor lets a pop through: in no condition is the command more than two ticks behind the model.
func TestPopIsNotSmeared(t *testing.T) {
	b, err := BenchPop(t.Context(), "expert", 3)
	if err != nil {
		t.Fatal(err)
	}
	felt := 0
	for _, c := range Conditions() {
		x := b.Conditions[c.Name]
		felt += x.Felt
		if x.Felt > 0 && !(*x.Lag.Max <= MostLag) {
			t.Errorf("%s: command %g ticks behind the model, at most %d", c.Name, *x.Lag.Max, MostLag)
		}
		if x.Felt > 0 && !(*x.Clarity.Median > LeastClarity) {
			t.Errorf("%s: clarity %g Weber", c.Name, *x.Clarity.Median)
		}
	}
	if felt < 20 {
		t.Errorf("%d pops felt in 36 bones", felt)
	}
	again, err := BenchPop(t.Context(), "expert", 3)
	if err != nil {
		t.Fatal(err)
	}
	one, _ := json.Marshal(b)
	two, _ := json.Marshal(again)
	if string(one) != string(two) {
		t.Errorf("twice, two results:\n%s\n%s", one, two)
	}
}

func TestPopsAreJudged(t *testing.T) {
	flying := summarisePops([]pop{{broke: true}})
	soft := summarisePops([]pop{{broke: true, felt: true, before: 50, after: 45, residual: 0.9, clarity: 0.5, lag: 3}})
	good := summarisePops([]pop{{broke: true, felt: true, before: 50, after: 12, residual: 0.24, clarity: 9, lag: 1}})
	if len(flying.Misses) != 1 || len(soft.Misses) != 3 || len(good.Misses) != 0 {
		t.Errorf("misses: in flight %q, soft %q, good %q", flying.Misses, soft.Misses, good.Misses)
	}
}
