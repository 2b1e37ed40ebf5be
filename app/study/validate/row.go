package validate

import (
	"fmt"
	"math"
	"strconv"
)

// Row is one case of the table with what the model says.
type Row struct {
	ID        string `json:"id"`
	Input     string `json:"input"`     // the condition, in words
	Published string `json:"published"` // what was measured
	Source    string `json:"source"`

	// The deciding check: the first that fails, else the first.
	What  string      `json:"what"`
	Unit  string      `json:"unit"`
	Band  [2]*float64 `json:"band"`  // null = open end
	Value *float64    `json:"value"` // null = there is none
	CI95  *[2]float64 `json:"ci95,omitempty"`

	Pass   bool    `json:"pass"`
	N      int     `json:"n,omitempty"`     // virtual people
	Seeds  string  `json:"seeds,omitempty"` // "1..500"
	Why    string  `json:"why,omitempty"`   // what stands in for what, and why it fails
	Checks []Check `json:"checks"`
}

// Check is one number of a row against its band.
type Check struct {
	What  string      `json:"what"`
	Unit  string      `json:"unit"`
	Band  [2]*float64 `json:"band"`
	Value *float64    `json:"value"`
	CI95  *[2]float64 `json:"ci95,omitempty"`
	Pass  bool        `json:"pass"`
}

// check makes a check of a value that is exact.
func check(what, unit string, low, high, value float64) Check {
	c := Check{What: what, Unit: unit, Band: band(low, high), Value: known(value)}
	c.Pass = c.Value != nil && value >= low && value <= high
	return c
}

// estimated makes a check of a value that is a statistic.
func estimated(what, unit string, low, high float64, e estimate) Check {
	c := check(what, unit, low, high, e.value)
	if c.Value != nil && known(e.low) != nil && known(e.high) != nil {
		c.CI95 = &[2]float64{e.low, e.high}
	}
	return c
}

// about makes a check of a value against a target with a relative tolerance.
func about(what, unit string, target, tolerance, value float64) Check {
	return check(what, unit, target*(1-tolerance), target*(1+tolerance), value)
}

// holds makes a check of something that is or is not so: a share of 1.
func holds(what string, is bool) Check {
	x := 0.0
	if is {
		x = 1
	}
	return check(what, "yes = 1", 1, 1, x)
}

// missing makes a check that nothing can compute.
func missing(what, unit string, low, high float64) Check {
	return Check{What: what, Unit: unit, Band: band(low, high)}
}

func band(low, high float64) [2]*float64 { return [2]*float64{known(low), known(high)} }

// known is nil for what is not a number.
func known(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}

var inf = math.Inf(1)

// decide fills the deciding check of a row.
func (r *Row) decide() {
	if len(r.Checks) == 0 {
		return
	}
	r.Pass = true
	deciding := r.Checks[0]
	for _, c := range r.Checks {
		if !c.Pass && r.Pass {
			r.Pass, deciding = false, c
		}
	}
	r.What, r.Unit, r.Band, r.Value, r.CI95 = deciding.What, deciding.Unit, deciding.Band, deciding.Value, deciding.CI95
}

// number prints a value with three significant figures.
func number(x *float64) string {
	if x == nil {
		return "none"
	}
	if a := math.Abs(*x); a > 0 && a < 1e-4 {
		return strconv.FormatFloat(*x, 'g', 2, 64)
	} else if a >= 1000 {
		return fmt.Sprintf("%.0f", *x)
	}
	return strconv.FormatFloat(round3(*x), 'f', -1, 64)
}

// round3 rounds to three significant figures.
func round3(x float64) float64 {
	y, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 3, 64), 64)
	if err != nil {
		return x
	}
	return y
}

// BandText prints a band.
func BandText(b [2]*float64) string {
	switch {
	case b[0] == nil && b[1] == nil:
		return "any"
	case b[0] == nil:
		return "at most " + number(b[1])
	case b[1] == nil:
		return "at least " + number(b[0])
	case *b[0] == *b[1]:
		return number(b[0])
	}
	return number(b[0]) + " to " + number(b[1])
}

// ValueText prints a value with its 95 % interval.
func ValueText(v *float64, ci *[2]float64) string {
	if v == nil || ci == nil {
		return number(v)
	}
	return number(v) + " (" + number(&ci[0]) + " to " + number(&ci[1]) + ")"
}
