package trial

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
)

func deg(rad float64) float64 { return rad * 180 / math.Pi }

func meanSD(x []float64) (mean, sd float64) {
	if len(x) < 2 {
		return x[0], 0
	}
	return stat.MeanStdDev(x, nil)
}

// median of x, NaN when empty; x is left as it is.
func median(x []float64) float64 {
	if len(x) == 0 {
		return math.NaN()
	}
	sorted := slices.Clone(x)
	slices.Sort(sorted)
	return stat.Quantile(0.5, stat.LinInterp, sorted, nil)
}

// share is the part of x inside a range, 0..1.
func share(x []float64, within [2]float64) float64 {
	n := 0
	for _, v := range x {
		if v >= within[0] && v <= within[1] {
			n++
		}
	}
	return float64(n) / float64(max(1, len(x)))
}
