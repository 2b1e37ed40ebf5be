package draw

import (
	"math"
	"strconv"
)

// ticks calls at for about n round values in [lo, hi], in rising order.
func ticks(lo, hi float64, n int, at func(value float64, text string, last bool)) {
	step := tickStep((hi - lo) / float64(max(n, 1)))
	if !(step > 0) || !finite(step) {
		return
	}
	decimals := int(clamp(math.Ceil(-math.Log10(step)-1e-9), 0, 9))
	first := math.Ceil(lo/step-1e-9) * step
	count := int((hi-first)/step + 1e-9)
	for i := 0; i <= min(count, 40); i++ {
		value := first + float64(i)*step
		if math.Abs(value) < step*1e-9 {
			value = 0
		}
		at(value, minus(strconv.FormatFloat(value, 'f', decimals, 64)), i == count)
	}
}

// tickStep rounds a step up to 1, 2 or 5 times a power of ten.
func tickStep(raw float64) float64 {
	if !(raw > 0) || !finite(raw) {
		return 0
	}
	power := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, k := range [...]float64{1, 2, 5} {
		if raw <= k*power*(1+1e-9) {
			return k * power
		}
	}
	return 10 * power
}

// minus writes a proper minus sign, which is as wide as a figure.
func minus(s string) string {
	if len(s) > 0 && s[0] == '-' {
		return "−" + s[1:]
	}
	return s
}

// whole writes a number without decimals.
func whole(x float64) string {
	if !finite(x) {
		return "–"
	}
	return minus(strconv.FormatFloat(x, 'f', 0, 64))
}
