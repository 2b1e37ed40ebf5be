package study

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"

	"osseo/app/trial"
	"osseo/physics"
)

// Share is how often something happened, with its 95 % Wilson interval.
type Share struct {
	Rate  float64    `json:"rate"`
	CI95  [2]float64 `json:"ci95"`
	Count int        `json:"count"`
	Of    int        `json:"of"`
}

func shareOf(k, n int) Share {
	s := Share{CI95: Wilson(k, n), Count: k, Of: n}
	if n > 0 {
		s.Rate = float64(k) / float64(n)
	}
	return s
}

// Spread is how a quantity was distributed. N counts the rows that have it; with none, everything else is null.
type Spread struct {
	N        int         `json:"n"`
	Mean     *float64    `json:"mean"`
	MeanCI95 *[2]float64 `json:"mean_ci95"` // Student's t
	SD       *float64    `json:"sd"`
	CV       *float64    `json:"cv"`
	Median   *float64    `json:"median"`
	MedCI95  *[2]float64 `json:"median_ci95"` // bootstrap; null beyond 5000 rows
	P5       *float64    `json:"p5"`
	P95      *float64    `json:"p95"`
	Least    *float64    `json:"min"`
	Most     *float64    `json:"max"`
}

// mostBootstrapped keeps the bootstrap of a median below about a second.
const mostBootstrapped = 5000

// SpreadOf sums up a sample; x is left as it is.
func SpreadOf(x []float64) Spread {
	s := Spread{N: len(x)}
	if s.N == 0 {
		return s
	}
	sorted := slices.Clone(x)
	slices.Sort(sorted)
	mean, sd := stat.MeanStdDev(sorted, nil)
	if s.N == 1 {
		sd = 0
	}
	ci := MeanInterval(sorted)
	s.Mean, s.SD, s.MeanCI95 = &mean, &sd, &ci
	if mean != 0 {
		cv := sd / math.Abs(mean)
		s.CV = &cv
	}
	at := func(p float64) *float64 { v := quantile(sorted, p); return &v }
	s.Median, s.P5, s.P95, s.Least, s.Most = at(0.5), at(0.05), at(0.95), &sorted[0], &sorted[s.N-1]
	if s.N <= mostBootstrapped {
		b := Bootstrap(sorted, func(y []float64) float64 { slices.Sort(y); return quantile(y, 0.5) })
		s.MedCI95 = &b
	}
	return s
}

// Complications are the technical complications as the rows name them: any, and each kind.
type Complications struct {
	Share
	Kinds map[string]float64 `json:"kinds"`
}

// Summary is what `osseo study --json` prints.
type Summary struct {
	Version      int                `json:"version"`
	Case         *string            `json:"case"`
	Population   *string            `json:"population"`
	Hand         string             `json:"hand"`
	Driver       string             `json:"driver"`
	Needle       string             `json:"needle"`
	Seed         uint64             `json:"seed"`
	N            int                `json:"n"`
	Success      Share              `json:"success"`
	Zones        map[string]float64 `json:"zones"`
	Complication Complications      `json:"technical_complication"`
	Damaged      Share              `json:"needle_damaged"` // bent, broken, hub sheared or clogged
	InsertionS   Spread             `json:"insertion_s"`
	ProcedureS   Spread             `json:"procedure_s"`
	PeakForceN   Spread             `json:"peak_force_n"`
	PeakTorque   Spread             `json:"peak_torque_nm"`
	PlungeMM     Spread             `json:"plunge_mm"`
	FarGapMM     Spread             `json:"far_cortex_gap_mm"`
	ClarityWeber Spread             `json:"clarity_weber"`
	TiltDeg      Spread             `json:"tilt_at_contact_deg"`
	SoftTissueMM Spread             `json:"soft_tissue_mm"`
	CortexMM     Spread             `json:"cortex_mm"`
	MedullaMM    Spread             `json:"medulla_mm"`
	Gravity      Spread             `json:"gravity_ml_min"`
	Bag300       Spread             `json:"bag300_ml_min"`
	Broke        Share              `json:"breakthrough"`
	Slipped      Share              `json:"slipped"`
	Stands       Share              `json:"stands_alone"`
	Aspirates    Share              `json:"aspirates"`
	Leaks        Share              `json:"extravasation"`
	Passed       *Share             `json:"passed"` // of the grade; null without a case
	Score        Spread             `json:"score"`
	Jobs         int                `json:"jobs"`
	Seconds      float64            `json:"seconds"`
	RowsPerS     float64            `json:"rows_per_s"`
}

// tally gathers rows.
type tally struct {
	plan    Plan
	n       int
	correct int
	zones   map[string]int
	wrong   map[string]int
	counts  map[string]int
	of      map[string]int
	values  map[string][]float64
	graded  bool
}

func newTally(p Plan) *tally {
	return &tally{
		plan: p, zones: map[string]int{}, wrong: map[string]int{}, counts: map[string]int{}, of: map[string]int{},
		values: map[string][]float64{},
	}
}

func (t *tally) value(name string, x *float64) {
	if x != nil {
		t.values[name] = append(t.values[name], *x)
	}
}

func (t *tally) count(name string, is *bool) {
	if is == nil {
		return
	}
	t.of[name]++
	if *is {
		t.counts[name]++
	}
}

func (t *tally) add(row *Row) {
	r := row.Result
	if row.Graded && t.n == 0 { // what the case's plan came to
		t.plan.Driver, t.plan.Needle = r.Driver, r.Needle
	}
	t.n++
	t.zones[r.Outcome.Zone]++
	if r.Outcome.Correct {
		t.correct++
	}
	if c := r.Outcome.Complication; c != nil {
		t.wrong[*c]++
	}
	bad := damaged(r)
	t.count("damaged", &bad)
	t.value("insertion_s", r.InsertionS)
	t.value("peak_force_n", &r.PeakForceN)
	t.value("peak_torque_nm", &r.PeakTorque)
	t.value("plunge_mm", r.PlungeMM)
	t.value("far_cortex_gap_mm", r.FarGapMM)
	t.value("tilt_at_contact_deg", r.TiltDeg)
	t.value("soft_tissue_mm", &r.Anatomy.SoftTissueMM)
	t.value("cortex_mm", &r.Anatomy.CortexMM)
	t.value("medulla_mm", &r.Anatomy.MedullaMM)
	if r.Flow != nil {
		t.value("gravity_ml_min", &r.Flow.Gravity)
		t.value("bag300_ml_min", &r.Flow.Bag300)
	}
	if r.Breakthru != nil {
		t.value("clarity_weber", &r.Breakthru.ClarityWeber)
	}
	broke, slipped := r.Breakthru != nil, r.Slips > 0
	t.count("broke", &broke)
	t.count("slipped", &slipped)
	t.count("stands", r.StandsAlone)
	t.count("aspirates", r.Aspirates)
	t.count("leaks", r.Extravasate)
	if row.Graded {
		t.graded = true
		t.value("procedure_s", r.ProcedureS)
		t.value("score", &r.Grade.Score)
		t.count("passed", &r.Grade.Passed)
	}
}

// damaged reports whether the needle itself came to harm.
func damaged(r *trial.Result) bool {
	n := &r.NeedleState
	return n.Broken || n.HubSheared || n.Yielded || n.Clogged
}

func (t *tally) summary(jobs int, seconds float64) *Summary {
	p := &t.plan
	s := &Summary{
		Version: 1, Hand: p.Hand, Driver: p.Driver, Needle: p.Needle, Seed: p.Seed, N: t.n, Success: shareOf(t.correct, t.n),
		Zones: map[string]float64{}, Jobs: jobs, Seconds: seconds,
	}
	if p.Case != "" {
		s.Case = &p.Case
	} else {
		s.Population = &p.People.Text
	}
	for z := physics.Outside; z <= physics.BesideBone; z++ {
		s.Zones[z.String()] = float64(t.zones[z.String()]) / float64(max(t.n, 1))
	}
	wrong, kinds := 0, map[string]float64{}
	for name, k := range t.wrong {
		wrong += k
		kinds[name] = float64(k) / float64(t.n)
	}
	s.Complication = Complications{Share: shareOf(wrong, t.n), Kinds: kinds}
	share := func(name string) Share { return shareOf(t.counts[name], t.of[name]) }
	s.Damaged = share("damaged")
	s.Broke, s.Slipped, s.Stands, s.Aspirates, s.Leaks = share("broke"), share("slipped"), share("stands"), share("aspirates"), share("leaks")
	if t.graded {
		passed := share("passed")
		s.Passed = &passed
	}
	t.spreads(s)
	if seconds > 0 {
		s.RowsPerS = float64(t.n) / seconds
	}
	return s
}

func (t *tally) spreads(s *Summary) {
	for name, dst := range map[string]*Spread{
		"insertion_s": &s.InsertionS, "procedure_s": &s.ProcedureS, "peak_force_n": &s.PeakForceN, "peak_torque_nm": &s.PeakTorque,
		"plunge_mm": &s.PlungeMM, "far_cortex_gap_mm": &s.FarGapMM, "clarity_weber": &s.ClarityWeber,
		"tilt_at_contact_deg": &s.TiltDeg, "soft_tissue_mm": &s.SoftTissueMM, "cortex_mm": &s.CortexMM, "medulla_mm": &s.MedullaMM,
		"gravity_ml_min": &s.Gravity, "bag300_ml_min": &s.Bag300, "score": &s.Score,
	} {
		*dst = SpreadOf(t.values[name])
	}
}

// ByRate returns the keys of shares, greatest first, then by name.
func ByRate(rates map[string]float64) []string {
	return slices.SortedFunc(maps.Keys(rates), func(a, b string) int {
		if d := cmp.Compare(rates[b], rates[a]); d != 0 {
			return d
		}
		return cmp.Compare(a, b)
	})
}
