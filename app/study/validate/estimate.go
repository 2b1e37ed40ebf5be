package validate

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat"
)

// estimate is a statistic with its 95 % interval.
type estimate struct{ value, low, high float64 }

const z95 = 1.959964

// mean is the mean of x.
func mean(x []float64) estimate {
	if len(x) == 0 {
		return nothing()
	}
	if len(x) == 1 {
		return estimate{x[0], math.NaN(), math.NaN()}
	}
	m, sd := stat.MeanStdDev(x, nil)
	e := z95 * sd / math.Sqrt(float64(len(x)))
	return estimate{m, m - e, m + e}
}

// share is the part of x that is true, with Wilson's interval.
func share(x []bool) estimate {
	if len(x) == 0 {
		return nothing()
	}
	k, n := 0.0, float64(len(x))
	for _, is := range x {
		if is {
			k++
		}
	}
	p := k / n
	mid := (p + z95*z95/(2*n)) / (1 + z95*z95/n)
	half := z95 / (1 + z95*z95/n) * math.Sqrt(p*(1-p)/n+z95*z95/(4*n*n))
	return estimate{p, mid - half, mid + half}
}

// percent is a share in per cent.
func percent(x []bool) estimate {
	e := share(x)
	return estimate{100 * e.value, 100 * e.low, 100 * e.high}
}

func nothing() estimate { return estimate{math.NaN(), math.NaN(), math.NaN()} }

// resamples is how many times a statistic is drawn anew.
const resamples = 400

// booted is any statistic of n things, with the interval of drawing the things anew, by index; seeded.
func booted(n int, f func(index []int) float64) estimate {
	index := make([]int, n)
	for i := range index {
		index[i] = i
	}
	if n == 0 {
		return nothing()
	}
	e := estimate{value: f(index)}
	r := rand.New(rand.NewPCG(1, uint64(n)))
	draws := make([]float64, 0, resamples)
	for range resamples {
		for i := range index {
			index[i] = r.IntN(n)
		}
		if v := f(index); !math.IsNaN(v) && !math.IsInf(v, 0) {
			draws = append(draws, v)
		}
	}
	if len(draws) < resamples/2 {
		e.low, e.high = math.NaN(), math.NaN()
		return e
	}
	slices.Sort(draws)
	e.low = stat.Quantile(0.025, stat.LinInterp, draws, nil)
	e.high = stat.Quantile(0.975, stat.LinInterp, draws, nil)
	return e
}

// of is a statistic of one sample.
func of(x []float64, f func([]float64) float64) estimate {
	pick := make([]float64, len(x))
	return booted(len(x), func(index []int) float64 {
		for i, j := range index {
			pick[i] = x[j]
		}
		return f(pick)
	})
}

// ratio is the ratio of the means of two samples of the same people.
func ratio(over, under []float64) estimate {
	n := min(len(over), len(under))
	return booted(n, func(index []int) float64 {
		a, b := 0.0, 0.0
		for _, j := range index {
			a += over[j]
			b += under[j]
		}
		return a / b
	})
}

// parted is the ratio of the means of two samples of different people, with the interval of the error of either.
func parted(over, under []float64) estimate {
	a, b := mean(over), mean(under)
	value := a.value / b.value
	half := value * math.Hypot((a.high-a.value)/a.value, (b.high-b.value)/b.value)
	return estimate{value, value - half, value + half}
}

// apart is the difference of two shares, in points, of different people.
func apart(a, b []bool) estimate {
	x, y := share(a), share(b)
	d := x.value - y.value
	se := math.Sqrt(x.value*(1-x.value)/float64(len(a)) + y.value*(1-y.value)/float64(len(b)))
	return estimate{100 * d, 100 * (d - z95*se), 100 * (d + z95*se)}
}

func sd(x []float64) float64 {
	if len(x) < 2 {
		return math.NaN()
	}
	return stat.StdDev(x, nil)
}

func cv(x []float64) float64 { return sd(x) / stat.Mean(x, nil) }

// quantile of x, p 0..1.
func quantile(p float64) func([]float64) float64 {
	return func(x []float64) float64 {
		if len(x) == 0 {
			return math.NaN()
		}
		sorted := slices.Clone(x)
		slices.Sort(sorted)
		return stat.Quantile(p, stat.LinInterp, sorted, nil)
	}
}

// ciOfMean is the half width of the 95 % interval of a published mean of n.
func ciOfMean(sd float64, n int) float64 { return z95 * sd / math.Sqrt(float64(n)) }
