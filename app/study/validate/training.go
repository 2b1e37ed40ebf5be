package validate

import (
	"math"
	"os"
	"path/filepath"

	"osseo/app/recording"
	"osseo/app/trial"
	"osseo/physics"
	"osseo/scenarios/grading"
)

// trainingRows are grades and learning.
func trainingRows() []spec {
	return []spec{
		{
			id: "A43", input: "nine runs: three cases by a novice, a trained person and an expert, each checklist scored twice", published: "kappa at least 0.71",
			source: "Afzali 2017", run: twice,
			why: "The second score is computed from the recording read back from its bytes. The grade has no human rater: it is a function of what was recorded, so that agreement is complete by construction. The row shows that nothing else enters the grade; it does not show that a human rater would agree.",
		},
		{
			id: "A44", input: "CUSUM with p0 5 % and p1 15 %, good learners: trained, powered, adults, point known", published: "proficient within 8-16 cases, median about 12",
			source: "PMC4188705", run: learning,
			why: "Error rates 0.2 and 0.2. A case fails when the tip is not in the marrow; each learner takes 60 cases in a drawn order.",
		},
	}
}

// scores are the items of one run's checklist, earned fully or not, scored twice.
type scores struct{ first, second []bool }

func (l *lab) scoreTwice(ref, hand string, seed uint64) (scores, error) {
	dir, err := os.MkdirTemp("", "osseo-validate")
	if err != nil {
		return scores{}, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a file in the temporary directory
	file := filepath.Join(dir, "run.osseo")
	result, _, err := trial.Run(l.ctx, trial.Setup{CaseRef: ref, Hand: hand, Seed: seed, Device: "virtual", Record: file}, nil)
	if err != nil {
		return scores{}, err
	}
	rec, err := recording.Load(file)
	if err != nil {
		return scores{}, err
	}
	again, err := trial.Examine(rec)
	if err != nil {
		return scores{}, err
	}
	second, err := again.Result(nil)
	if err != nil {
		return scores{}, err
	}
	return scores{earned(result.Grade.Items), earned(second.Grade.Items)}, nil
}

func twice(l *lab, r *Row) error {
	cases := []string{"adult-arrest", "infant-septic-shock", "adult-trauma-manual"}
	hands := []string{"novice", "trained", "expert"}
	x, err := each(l, len(cases)*len(hands), func(seed uint64) (scores, error) {
		i := int(seed) - 1
		return l.scoreTwice(cases[i/3], hands[i%3], seed)
	})
	r.crowd(len(x))
	var all scores
	for _, s := range x {
		all.first, all.second = append(all.first, s.first...), append(all.second, s.second...)
	}
	r.add(check("kappa", "", 0.71, 1, kappa(all.first, all.second)))
	return err
}

func earned(items []grading.Result) []bool {
	return are(items, func(i *grading.Result) bool { return i.Points >= i.Of })
}

// goodLearners find the point and have passed a course.
var goodLearners = series{who: adults, site: physics.ProximalTibia, needle: "ez-25", user: always("trained"), exact: true}

// kappa is Cohen's agreement of two raters beyond chance; 1 when both always say the same.
func kappa(a, b []bool) float64 {
	n := float64(len(a))
	same, yesA, yesB := 0.0, 0.0, 0.0
	for i := range a {
		if a[i] == b[i] {
			same++
		}
		if a[i] {
			yesA++
		}
		if b[i] {
			yesB++
		}
	}
	chance := yesA/n*yesB/n + (1-yesA/n)*(1-yesB/n)
	if chance == 1 {
		return 1
	}
	return (same/n - chance) / (1 - chance)
}

func learning(l *lab, r *Row) error {
	pool, err := shared(l, "good learners", func() ([]outcome, error) {
		return l.series(l.people, goodLearners)
	})
	if err != nil {
		return err
	}
	test := newCUSUM(0.05, 0.15, 0.2, 0.2)
	cases := make([]float64, l.people)
	reached := make([]bool, l.people)
	for i := range cases {
		rng := drawing(uint64(i) + 1)
		failed := make([]bool, 60)
		for k := range failed {
			failed[k] = !marrow(&pool[rng.IntN(len(pool))])
		}
		cases[i] = float64(test.proficient(failed))
		if reached[i] = cases[i] > 0; !reached[i] {
			cases[i] = math.Inf(1)
		}
	}
	r.crowd(l.people)
	r.add(estimated("median cases", "", 8, 16, of(cases, quantile(0.5))),
		check("failures of these learners", "%", 0, 15, 100-percent(are(pool, marrow)).value))
	return nil
}
