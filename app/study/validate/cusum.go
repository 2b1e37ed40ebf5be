package validate

import "math"

// cusum is the cumulative sum of a learner's failures against what is acceptable: it falls with every success and rises
// with every failure, and crosses a lower line when the failure rate is that of the proficient.
type cusum struct {
	step  float64 // by which a success lowers the sum
	limit float64 // distance of the line from 0
}

// newCUSUM makes the test for an acceptable and an unacceptable failure rate, 0 < p0 < p1 < 1, with error rates alpha of
// calling a poor performer good and beta of the reverse [Wald 1947; PMC4188705].
func newCUSUM(p0, p1, alpha, beta float64) cusum {
	p, q := math.Log(p1/p0), math.Log((1-p0)/(1-p1))
	return cusum{step: q / (p + q), limit: math.Log((1-alpha)/beta) / (p + q)}
}

// proficient returns after how many cases the sum has fallen below the line, 0 = never. Failures start it anew from the
// upper line down: the sum is held at the line's distance above 0 at most.
func (c cusum) proficient(failed []bool) int {
	sum := 0.0
	for i, f := range failed {
		if f {
			sum += 1 - c.step
		} else {
			sum -= c.step
		}
		sum = math.Min(sum, c.limit)
		if sum <= -c.limit {
			return i + 1
		}
	}
	return 0
}
