package study

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"osseo/app/trial"
	"osseo/scenarios/grading"
)

// rowsOf runs a plan and returns its CSV and its summary without what the clock decides.
func rowsOf(t *testing.T, p Plan) (string, Summary) {
	t.Helper()
	var b bytes.Buffer
	w := NewCSV(&b)
	s, err := Run(context.Background(), p, w.Write, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	s.Jobs, s.Seconds, s.RowsPerS = 0, 0, 0
	return b.String(), *s
}

// The same seed gives the same rows and the same summary whatever the number of jobs.
func TestResultDoesNotDependOnJobs(t *testing.T) {
	people := parse(t, "age=0..70y,sex=any,site=proximal-tibia|proximal-humerus")
	for name, p := range map[string]Plan{
		"population": {People: &people, N: 16, Hand: "novice", Seed: 11},
		"case":       {Case: "infant-septic-shock", N: 2, Hand: "novice"},
	} {
		p.Jobs = 1
		csv1, sum1 := rowsOf(t, p)
		for _, jobs := range []int{2} {
			p.Jobs = jobs
			csvN, sumN := rowsOf(t, p)
			if csvN != csv1 {
				t.Errorf("%s: rows with %d jobs differ from those with one", name, jobs)
			}
			if a, b := asJSON(t, sum1), asJSON(t, sumN); a != b {
				t.Errorf("%s: summary with %d jobs:\n%s\nwith one:\n%s", name, jobs, b, a)
			}
		}
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// A longer study begins with the rows of a shorter one.
func TestRowsDoNotDependOnN(t *testing.T) {
	people := parse(t, "age=18..80y")
	short, _ := rowsOf(t, Plan{People: &people, N: 3, Seed: 5})
	long, _ := rowsOf(t, Plan{People: &people, N: 6, Seed: 5})
	if !strings.HasPrefix(long, short) {
		t.Error("the first three rows of six are not the three")
	}
}

// A row of a case is what `osseo trial` gives for its seed.
func TestCaseRowsAreTrials(t *testing.T) {
	var rows []*Row
	p := Plan{Case: "adult-arrest", N: 2, Hand: "expert", Seed: 100}
	if _, err := Run(context.Background(), p, func(r *Row) error { rows = append(rows, r); return nil }, nil); err != nil {
		t.Fatal(err)
	}
	want, _, err := trial.Run(context.Background(), trial.Setup{CaseRef: "adult-arrest", Hand: "expert", Seed: 101}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := asJSON(t, rows[1].Result); got != asJSON(t, want) {
		t.Errorf("row 1 is\n%s\nthe trial is\n%s", got, asJSON(t, want))
	}
}

// keys lists the dotted names of every leaf of a type as encoding/json writes them.
func keys(t reflect.Type, name string) []string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return []string{name}
	}
	var out []string
	for i := range t.NumField() {
		f := t.Field(i)
		tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case tag == "-":
		case f.Anonymous && tag == "":
			out = append(out, keys(f.Type, name)...)
		default:
			out = append(out, keys(f.Type, dotted(name, tag))...)
		}
	}
	return out
}

// Every key of a trial's JSON has a column, even when the first row knows little; unknown is empty.
func TestColumnsCoverEveryKey(t *testing.T) {
	at := 3.5
	graded := &Row{Graded: true, Result: &trial.Result{
		ProcedureS: &at,
		Grade: grading.Report{
			CriticalFailures: []string{"a", "b"}, Items: []grading.Result{{ID: "site", Points: 2, Of: 3, AtS: &at}, {ID: "clean"}},
		},
	}}
	want := keys(reflect.TypeFor[trial.Result](), "")
	if len(want) < 50 {
		t.Fatalf("only %d keys found", len(want))
	}
	var b bytes.Buffer
	w := NewCSV(&b)
	for _, r := range []*Row{graded, {Graded: true, Result: whole()}} {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	_ = w.Flush()
	lines, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	head := lines[0]
	for _, k := range want {
		if !slices.Contains(head, k) {
			t.Errorf("no column for %s", k)
		}
	}
	sorted := slices.Sorted(slices.Values(head))
	if n := len(slices.Compact(sorted)); n != len(head) {
		t.Errorf("%d columns, %d different", len(head), n)
	}
	for name, want := range map[string]string{
		"procedure_s": "3.5", "grade.critical_failures": "a;b", "grade.items.site.points": "2", "grade.items.site.at_s": "3.5",
		"grade.items.clean.at_s": "", "insertion_s": "", "breakthrough.at_s": "", "patient.age_years": "",
	} {
		if i := slices.Index(head, name); i < 0 || lines[1][i] != want {
			t.Errorf("%s: column %d, want %q", name, i, want)
		}
	}
}

// each hands on in order, keeps going while it can, and stops at the first error by order.
func TestEachKeepsTheOrder(t *testing.T) {
	bad := errors.New("bad")
	for _, jobs := range []int{1, 3, 16} {
		var got []int
		var most, now atomic.Int64
		err := each(context.Background(), 1000, jobs, func(_ context.Context, i int) (int, error) {
			most.Store(max(most.Load(), now.Add(1)))
			defer now.Add(-1)
			if i == 700 || i == 900 {
				return 0, bad
			}
			return i, nil
		}, func(i int) error { got = append(got, i); return nil }, nil)
		if !errors.Is(err, bad) || len(got) != 700 || !slices.IsSorted(got) {
			t.Errorf("%d jobs: %d items before %v", jobs, len(got), err)
		}
		if most.Load() > int64(jobs) {
			t.Errorf("%d jobs: %d at once", jobs, most.Load())
		}
	}
}

// A cancelled study ends with what was done until then and says so.
func TestCancelKeepsWhatWasDone(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	people := parse(t, "age=30")
	n := 0
	s, err := Run(ctx, Plan{People: &people, N: 100000, Hand: "robot"}, func(*Row) error {
		if n++; n == 3 {
			cancel()
		}
		return nil
	}, nil)
	if !errors.Is(err, context.Canceled) || s == nil || s.N < 3 || s.N > 500 || s.N != n {
		t.Fatalf("error %v after %d rows, summary %+v", err, n, s)
	}
}

// What cannot be done is refused with what is allowed.
func TestPlansAreChecked(t *testing.T) {
	people := parse(t, "age=30")
	for want, p := range map[string]Plan{
		"either a case or a population": {N: 1},
		"n 0: allowed":                  {People: &people},
		"jobs -1":                       {People: &people, N: 1, Jobs: -1},
		`hand "cat"`:                    {People: &people, N: 1, Hand: "cat"},
		`driver "laser"`:                {People: &people, N: 1, Driver: "laser"},
		`"ez-99" is not in`:             {People: &people, N: 1, Needle: "ez-99"},
		"fits the powered driver":       {People: &people, N: 1, Needle: "ez-25", Driver: "manual"},
		"is 15 mm long":                 {People: &people, N: 1, Needle: "ez-15", Depth: Depth{MM: 20}},
		"goes with a population":        {Case: "adult-arrest", N: 1, Needle: ByWeight},
		`no case "nowhere"`:             {Case: "nowhere", N: 1},
	} {
		if _, err := Run(context.Background(), p, nil, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: error %v, want %q", p, err, want)
		}
	}
	for _, text := range []string{"deep", "0.5", "99", "NaN"} {
		if _, err := ParseDepth(text); err == nil {
			t.Errorf("depth %q was taken", text)
		}
	}
	for _, text := range []string{"1", "1;2", "fingers:3", "99,0", "NaN,0"} {
		if _, err := ParsePoint(text); err == nil {
			t.Errorf("point %q was taken", text)
		}
	}
}
