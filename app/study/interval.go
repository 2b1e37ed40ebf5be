package study

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// z95 is the 97.5 % point of the standard normal.
var z95 = distuv.UnitNormal.Quantile(0.975)

// Wilson returns the 95 % interval of a share, k of n [Wilson 1927]. n 0 gives 0..1; 0 <= k <= n.
func Wilson(k, n int) [2]float64 {
	if n == 0 {
		return [2]float64{0, 1}
	}
	p, z2, m := float64(k)/float64(n), z95*z95, float64(n)
	mid := (p + z2/(2*m)) / (1 + z2/m)
	half := z95 / (1 + z2/m) * math.Sqrt(p*(1-p)/m+z2/(4*m*m))
	return [2]float64{max(mid-half, 0), min(mid+half, 1)}
}

// MeanInterval returns the 95 % interval of a mean by Student's t; a single value is its own.
func MeanInterval(x []float64) [2]float64 {
	mean, sd := stat.MeanStdDev(x, nil)
	if len(x) < 2 {
		return [2]float64{mean, mean}
	}
	n := float64(len(x))
	half := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: n - 1}.Quantile(0.975) * sd / math.Sqrt(n)
	return [2]float64{mean - half, mean + half}
}

// resamples of a bootstrap: the ends of a 95 % interval then vary by about a fortieth of its width.
const resamples = 1000

// Bootstrap returns the 95 % percentile interval of a statistic of x. The same x gives the same interval. f must not keep
// or change what it is given beyond sorting it.
func Bootstrap(x []float64, f func([]float64) float64) [2]float64 {
	if len(x) == 0 {
		return [2]float64{}
	}
	r := rand.New(rand.NewPCG(uint64(len(x)), 0x626f6f74))
	draw, values := make([]float64, len(x)), make([]float64, resamples)
	for i := range values {
		for j := range draw {
			draw[j] = x[r.IntN(len(x))]
		}
		values[i] = f(draw)
	}
	slices.Sort(values)
	return [2]float64{quantile(values, 0.025), quantile(values, 0.975)}
}

// quantile of sorted values, linear between them, the type 7 of most statistics programs.
func quantile(sorted []float64, p float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	at := p * float64(len(sorted)-1)
	i := int(at)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}
