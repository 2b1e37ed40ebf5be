package study

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"
)

func near(t *testing.T, what string, got, want, off float64) {
	t.Helper()
	if !(math.Abs(got-want) <= off) {
		t.Errorf("%s: %.6g, want %.6g within %g", what, got, want, off)
	}
}

// Wilson's interval: published examples (Newcombe 1998, table 1) and the closed forms at the ends.
func TestWilsonAgainstPublishedExamples(t *testing.T) {
	for _, c := range []struct {
		k, n     int
		low, top float64
	}{{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718}} {
		w := Wilson(c.k, c.n)
		near(t, "low", w[0], c.low, 6e-5)
		near(t, "top", w[1], c.top, 6e-5)
	}
	const z2 = 1.959963984540054 * 1.959963984540054
	near(t, "none of 50", Wilson(0, 50)[1], z2/(50+z2), 1e-12)
	near(t, "all of 50", Wilson(50, 50)[0], 50/(50+z2), 1e-12)
	if w := Wilson(0, 0); w != [2]float64{0, 1} {
		t.Errorf("of nothing: %v", w)
	}
}

// Wilson's interval covers the truth in about 95 of 100 studies.
func TestWilsonCovers(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	const studies, n, p = 4000, 60, 0.85
	covered := 0
	for range studies {
		k := 0
		for range n {
			if r.Float64() < p {
				k++
			}
		}
		if w := Wilson(k, n); w[0] <= p && p <= w[1] {
			covered++
		}
	}
	near(t, "coverage", float64(covered)/studies, 0.95, 0.015)
}

// Student's interval of 1..5: t(4) = 2.7764.
func TestMeanIntervalAgainstClosedForm(t *testing.T) {
	ci := MeanInterval([]float64{1, 2, 3, 4, 5})
	half := 2.7764451 * math.Sqrt(2.5) / math.Sqrt(5)
	near(t, "low", ci[0], 3-half, 1e-6)
	near(t, "top", ci[1], 3+half, 1e-6)
	if one := MeanInterval([]float64{7}); one != [2]float64{7, 7} {
		t.Errorf("of one value: %v", one)
	}
}

// The bootstrap of a mean agrees with the normal law for a large sample, and is the same each time.
func TestBootstrapAgreesWithTheNormalLaw(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	x := make([]float64, 800)
	for i := range x {
		x[i] = 10 + 2*r.NormFloat64()
	}
	mean := func(y []float64) float64 { return stat.Mean(y, nil) }
	b, want := Bootstrap(x, mean), MeanInterval(x)
	width := want[1] - want[0]
	near(t, "low", b[0], want[0], 0.1*width)
	near(t, "top", b[1], want[1], 0.1*width)
	if again := Bootstrap(x, mean); again != b {
		t.Errorf("second bootstrap %v, first %v", again, b)
	}
}

func TestSpreadAgainstClosedForms(t *testing.T) {
	x := make([]float64, 101)
	for i := range x {
		x[i] = float64(100 - i)
	}
	before := slices.Clone(x)
	s := SpreadOf(x)
	near(t, "mean", *s.Mean, 50, 1e-12)
	near(t, "sd", *s.SD, math.Sqrt(101*102/12.0), 1e-9)
	near(t, "median", *s.Median, 50, 1e-12)
	near(t, "p5", *s.P5, 5, 1e-12)
	near(t, "p95", *s.P95, 95, 1e-12)
	near(t, "cv", *s.CV, *s.SD/50, 1e-12)
	if !slices.Equal(x, before) {
		t.Error("the sample was changed")
	}
	if e := SpreadOf(nil); e.N != 0 || e.Mean != nil || e.MedCI95 != nil {
		t.Errorf("of nothing: %+v", e)
	}
	if o := SpreadOf([]float64{3}); *o.Mean != 3 || *o.SD != 0 || *o.P95 != 3 {
		t.Errorf("of one: %+v", o)
	}
}
