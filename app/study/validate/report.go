package validate

import (
	"osseo/physics"
)

// tries is one patient with up to three attempts.
type tries struct {
	first, overall bool // reported as success
	truth          bool // the last needle is in the marrow
}

// believes is what an operator reports: a pop was felt, the needle stands by itself, and the flush did not swell the skin.
func believes(o *outcome) bool {
	p := o.model.Purchase(&o.state)
	return !o.gaveUp && o.popped > 0 && p.HoldNm > p.NeedNm && !o.in(physics.Outside, physics.InSoftTissue, physics.BesideBone)
}

// attempts lets a person try up to three times, each time in a new bone as far as there is one: both tibiae, then the
// first again.
func (s *series) attempts(seed uint64) (tries, error) {
	var t tries
	for k := range uint64(3) {
		o, err := s.insert(seed + k<<20)
		if err != nil {
			return t, err
		}
		ok := believes(&o)
		t.truth = marrow(&o)
		if k == 0 {
			t.first = ok
		}
		if t.overall = ok; ok {
			break
		}
	}
	return t, nil
}

func newbornUsers(l *lab, r *Row) error {
	r.crowd(l.people)
	s := series{who: func(seed uint64) physics.Patient { return neonates(seed % (1 << 20)) }, site: physics.ProximalTibia, needle: "ez-15", user: field}
	x, err := each(l, l.people, s.attempts)
	overall := percent(are(x, func(t *tries) bool { return t.overall }))
	truth := percent(are(x, func(t *tries) bool { return t.truth }))
	r.add(estimated("reported at the first attempt", "%", 67, 83, percent(are(x, func(t *tries) bool { return t.first }))),
		estimated("reported overall", "%", 83, 99, overall),
		check("true position, of the reported", "ratio", 0, 0.99, truth.value/overall.value))
	return err
}
