package study

import (
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
)

// law is a distribution of one number, in the key's own unit.
type law struct {
	normal      bool
	a, b        float64 // ends of the range, or mean and standard deviation
	least, most float64 // allowed
	pos         int     // byte of the value in the SPEC, from 1
}

// draw takes one value. It always takes exactly one random number of each kind, so that the other values of a person stay
// as they were when a law changes.
func (l law) draw(r *rand.Rand) float64 {
	flat, bell := r.Float64(), min(max(r.NormFloat64(), -2.5), 2.5)
	x := l.a + (l.b-l.a)*flat
	if l.normal {
		x = l.a + l.b*bell
	}
	return min(max(x, l.least), l.most)
}

// parseLaw reads `5kg`, `3..9mo`, `3mo..2y` or `70+-12kg`.
func (s *Spec) parseLaw(k *numberKey, value string, pos int) (law, error) {
	l := law{least: k.least, most: k.most, pos: pos}
	for _, sign := range []string{"..", "+-", "±"} {
		left, right, ok := strings.Cut(value, sign)
		if !ok {
			continue
		}
		l.normal = sign != ".."
		return s.parsePair(k, l, left, right, pos, pos+len(left)+len(sign))
	}
	x, u, err := s.parseNumber(k, value, pos)
	if err != nil {
		return l, err
	}
	l.a = x * u.scale
	l.b = l.a
	return l, s.inRange(k, value, l.a, pos)
}

// parsePair reads both numbers of a range or of a normal law; a left number without a unit has the right one's.
func (s *Spec) parsePair(k *numberKey, l law, left, right string, posL, posR int) (law, error) {
	a, ua, err := s.parseNumber(k, left, posL)
	if err != nil {
		return l, err
	}
	b, ub, err := s.parseNumber(k, right, posR)
	if err != nil {
		return l, err
	}
	if ua == nil || endsInDigit(left) {
		ua = ub
	}
	if endsInDigit(right) && !endsInDigit(left) {
		ub = ua
	}
	l.a, l.b = a*ua.scale, b*ub.scale
	if err := s.inRange(k, left, l.a, posL); err != nil {
		return l, err
	}
	if l.normal {
		if !(l.b >= 0 && l.b <= k.most) {
			return l, s.fault(posR, "%s: standard deviation %s: allowed 0 to %g %s", k.name, right, k.most, k.units[0].name)
		}
		return l, nil
	}
	if err := s.inRange(k, right, l.b, posR); err != nil {
		return l, err
	}
	if l.b < l.a {
		return l, s.fault(posL, "%s=%s..%s runs backwards: write the smaller value first", k.name, left, right)
	}
	return l, nil
}

func endsInDigit(s string) bool {
	return s != "" && (s[len(s)-1] == '.' || s[len(s)-1] >= '0' && s[len(s)-1] <= '9')
}

// parseNumber reads a number and the unit behind it; without one it has the key's own.
func (s *Spec) parseNumber(k *numberKey, text string, pos int) (float64, *unit, error) {
	end := 0
	for end < len(text) && strings.IndexByte("0123456789.-", text[end]) >= 0 {
		end++
	}
	x, err := strconv.ParseFloat(text[:end], 64)
	if err != nil || math.IsInf(x, 0) {
		return 0, nil, s.fault(pos, "%s=%q is not a number: write for example %s=%g%s", k.name, text, k.name, k.mid(), k.units[0].name)
	}
	if end == len(text) {
		return x, &k.units[0], nil
	}
	names := make([]string, len(k.units))
	for i := range k.units {
		if k.units[i].name == text[end:] {
			return x, &k.units[i], nil
		}
		names[i] = k.units[i].name
	}
	return 0, nil, s.fault(pos+end, "%s: unit %q, allowed %s", k.name, text[end:], strings.TrimPrefix(strings.Join(names, ", ")+" or none", " or "))
}

// mid is an example of a value.
func (k *numberKey) mid() float64 { return math.Round(k.least + (k.most-k.least)/4) }

func (s *Spec) inRange(k *numberKey, text string, x float64, pos int) error {
	if x >= k.least && x <= k.most {
		return nil
	}
	return s.fault(pos, "%s=%s: allowed %g to %g %s", k.name, text, k.least, k.most, k.units[0].name)
}
