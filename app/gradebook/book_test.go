package gradebook

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

func newBook(t *testing.T) *Book {
	t.Helper()
	b, err := Open(filepath.Join(t.TempDir(), "new", "gradebook.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

func addLearner(t *testing.T, b *Book, name string) Learner {
	t.Helper()
	l, err := b.AddLearner(name)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

var day = time.Date(2026, 11, 21, 3, 10, 20, 123456000, time.UTC)

// aTrial is a trial with every field set, started so many minutes into the day.
func aTrial(learner Learner, minute int) Trial {
	return Trial{
		LearnerID: learner.ID, Case: "adult-arrest", Mode: "exam", Hand: "live", Driver: "powered", Needle: "ez-25",
		Seed: math.MaxUint64, StartedAt: day.Add(time.Duration(minute) * time.Minute), DurationS: 93.5, Graded: true, Score: 61.25, Passed: false,
		Zone: "far-cortex", Hints: 2, Outcome: json.RawMessage(`{"zone":"far-cortex"}`),
		Report: json.RawMessage(`{"items":[{"id":"tip","title":"Tip in marrow","points":0,"of":25}]}`), Recording: "/tmp/ä.osseo",
	}
}

func save(t *testing.T, b *Book, x Trial) Trial {
	t.Helper()
	saved, err := b.SaveTrial(x)
	if err != nil {
		t.Fatal(err)
	}
	return saved
}

func TestLearners(t *testing.T) {
	b := newBook(t)
	if all, err := b.Learners(); err != nil || len(all) != 0 {
		t.Errorf("a new book has %v, %v", all, err)
	}
	zoe := addLearner(t, b, "  Zoë \t Müller ")
	abel := addLearner(t, b, "abel")
	save(t, b, aTrial(zoe, 0))
	all, err := b.Learners()
	if err != nil || len(all) != 2 || all[0] != abel || all[1].Name != "Zoë Müller" || all[1].Trials != 1 || all[1].ID != zoe.ID {
		t.Errorf("learners = %+v, %v", all, err)
	}
	if all[0].Created.Location() != time.UTC || time.Since(all[0].Created).Abs() > time.Hour {
		t.Errorf("created at %v", all[0].Created)
	}
	for _, name := range []string{zoe.ID, "zoë müller", " ZOË MÜLLER "} {
		if l, err := b.Learner(name); err != nil || l.ID != zoe.ID {
			t.Errorf("learner %q = %+v, %v", name, l, err)
		}
	}
	if _, err := b.Learner("nobody"); !errors.Is(err, ErrNotFound) {
		t.Errorf("err = %v", err)
	}
}

func TestNames(t *testing.T) {
	b := newBook(t)
	addLearner(t, b, "Zoë")
	for name, want := range map[string]string{
		"": "0 letters", "   ": "0 letters", strings.Repeat("ü", 81): "81 letters", "a\x00b": "cannot be shown", "a\xff": "cannot be shown",
		"zoË": "exists", "ZOË": "exists",
	} {
		if _, err := b.AddLearner(name); err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "gradebook: ") {
			t.Errorf("%q: err = %v, want %q in it", name, err, want)
		}
	}
	addLearner(t, b, strings.Repeat("ü", 80))
	addLearner(t, b, `Robert'); DROP TABLE learners; --`)
	if all, err := b.Learners(); err != nil || len(all) != 3 {
		t.Errorf("learners = %v, %v", all, err)
	}
}

func TestTrialRoundTrip(t *testing.T) {
	b := newBook(t)
	zoe := addLearner(t, b, "Zoë")
	want := save(t, b, aTrial(zoe, 0))
	got, err := b.Trial(want.ID)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("trial = %+v, %v\nwant %+v", got, err, want)
	}
	if got.StartedAt != day {
		t.Errorf("started at %v, want %v", got.StartedAt, day)
	}
	again, err := Open(b.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if got, err := again.Trial(want.ID[:30]); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("after opening again: %+v, %v", got, err)
	}
	bare := save(t, b, Trial{LearnerID: zoe.ID, Case: "x", Mode: "learn"})
	if got, err := b.Trial(bare.ID); err != nil || string(got.Report) != "null" || string(got.Outcome) != "null" || got.Graded {
		t.Errorf("bare trial = %+v, %v", got, err)
	}
}

func TestTrialsAreChecked(t *testing.T) {
	b := newBook(t)
	zoe := addLearner(t, b, "Zoë")
	for _, c := range []struct {
		word   string
		change func(*Trial)
	}{
		{"score", func(x *Trial) { x.Score = 100.5 }},
		{"score", func(x *Trial) { x.Score = math.NaN() }},
		{"duration", func(x *Trial) { x.DurationS = -1 }},
		{"duration", func(x *Trial) { x.DurationS = math.Inf(1) }},
		{"mode", func(x *Trial) { x.Mode = "fun" }},
		{"mode", func(x *Trial) { x.Mode = "" }},
		{"case", func(x *Trial) { x.Case = "" }},
		{"hints", func(x *Trial) { x.Hints = -1 }},
		{"JSON", func(x *Trial) { x.Report = json.RawMessage("{") }},
		{"learner", func(x *Trial) { x.LearnerID = "nobody" }},
		{"stored", func(x *Trial) { x.ID = save(t, b, aTrial(zoe, 0)).ID }},
	} {
		x := aTrial(zoe, 0)
		c.change(&x)
		if _, err := b.SaveTrial(x); err == nil || !strings.Contains(err.Error(), c.word) || !strings.HasPrefix(err.Error(), "gradebook: ") {
			t.Errorf("%s: err = %v", c.word, err)
		}
	}
	if all, err := b.Trials(""); err != nil || len(all) != 1 {
		t.Errorf("%d trials stored, %v", len(all), err)
	}
}

func TestOrder(t *testing.T) {
	b := newBook(t)
	zoe, abel := addLearner(t, b, "Zoë"), addLearner(t, b, "Abel")
	ids := map[int]string{}
	for _, minute := range []int{3, 1, 2, 0} {
		ids[minute] = save(t, b, aTrial(zoe, minute)).ID
	}
	// Times whose fractions have different lengths must sort as times, not as texts.
	for _, ms := range []time.Duration{450, 500, 0, 45} {
		x := aTrial(abel, 0)
		x.StartedAt = day.Truncate(time.Second).Add(ms * time.Millisecond)
		x.Hints = int(ms)
		save(t, b, x)
	}
	got := func(trials []Trial, err error) (minutes []int) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range trials {
			minutes = append(minutes, int(x.StartedAt.Sub(day).Minutes()))
		}
		return minutes
	}
	if m := got(b.Trials(zoe.ID)); !reflect.DeepEqual(m, []int{0, 1, 2, 3}) {
		t.Errorf("trials = %v", m)
	}
	if m := got(b.Last(zoe.ID, 2)); !reflect.DeepEqual(m, []int{3, 2}) {
		t.Errorf("last = %v", m)
	}
	if m := got(b.Last(zoe.ID, 0)); len(m) != 0 {
		t.Errorf("last 0 = %v", m)
	}
	all, err := b.Trials(abel.ID)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{0, 45, 450, 500} {
		if all[i].Hints != want {
			t.Errorf("trial %d is the one of %d ms, want %d", i, all[i].Hints, want)
		}
	}
	if all, err := b.Trials(""); err != nil || len(all) != 8 {
		t.Errorf("%d trials of everyone, %v", len(all), err)
	}
	if _, err := b.Trial(ids[0][:4]); err == nil || !strings.Contains(err.Error(), "several") {
		t.Errorf("a short id: %v", err)
	}
	if _, err := b.Trial("zzzz"); !errors.Is(err, ErrNotFound) {
		t.Errorf("no such id: %v", err)
	}
}

func TestBest(t *testing.T) {
	b := newBook(t)
	zoe, abel := addLearner(t, b, "Zoë"), addLearner(t, b, "Abel")
	for i, x := range []struct {
		who    Learner
		id     string
		score  float64
		graded bool
	}{
		{zoe, "a", 50, true}, {zoe, "a", 80, true}, {zoe, "a", 70, true}, {zoe, "b", 0, true}, {zoe, "c", 90, false}, {abel, "a", 100, true},
	} {
		y := aTrial(x.who, i)
		y.Case, y.Score, y.Graded = x.id, x.score, x.graded
		save(t, b, y)
	}
	if best, err := b.Best(zoe.ID); err != nil || !maps.Equal(best, map[string]float64{"a": 80, "b": 0}) {
		t.Errorf("best = %v, %v", best, err)
	}
	if best, err := b.Best("nobody"); err != nil || len(best) != 0 {
		t.Errorf("best of nobody = %v, %v", best, err)
	}
}

// reportOf writes points of 10 for the items a, b, c; a negative one leaves the item out.
func reportOf(points ...float64) json.RawMessage {
	var items []string
	for i, p := range points {
		if p >= 0 {
			id := string(rune('a' + i))
			items = append(items, fmt.Sprintf(`{"id":%q,"title":"Item %s","points":%g,"of":10}`, id, id, p))
		}
	}
	return json.RawMessage(`{"items":[` + strings.Join(items, ",") + `,{"id":"zero","title":"","points":0,"of":0}]}`)
}

func TestWeakest(t *testing.T) {
	for name, c := range map[string]struct {
		reports []json.RawMessage // oldest first
		want    Weakness
		ok      bool
	}{
		"no trials":      {},
		"nothing lost":   {reports: []json.RawMessage{reportOf(10, 10)}},
		"most often":     {[]json.RawMessage{reportOf(10, 0), reportOf(9, 10), reportOf(9, 10)}, Weakness{"a", "Item a", 2, 3, 2. / 30}, true},
		"larger share":   {[]json.RawMessage{reportOf(5, 0), reportOf(10, 10)}, Weakness{"b", "Item b", 1, 2, 0.5}, true},
		"lost last":      {[]json.RawMessage{reportOf(5, 10), reportOf(10, 5)}, Weakness{"b", "Item b", 1, 2, 0.25}, true},
		"not everywhere": {[]json.RawMessage{reportOf(10, -1, 0), reportOf(10, -1, -1)}, Weakness{"c", "Item c", 1, 1, 1}, true},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBook(t)
			zoe := addLearner(t, b, "Zoë")
			for i, r := range c.reports {
				x := aTrial(zoe, i)
				x.Report = r
				save(t, b, x)
			}
			got, ok, err := b.Weakest(zoe.ID)
			if err != nil || ok != c.ok || got.ID != c.want.ID || got.Title != c.want.Title || got.Lost != c.want.Lost || got.Of != c.want.Of ||
				math.Abs(got.Share-c.want.Share) > 1e-12 {
				t.Errorf("weakest = %+v, %v, %v, want %+v", got, ok, err, c.want)
			}
		})
	}
}

func TestWeakestForgets(t *testing.T) {
	b := newBook(t)
	zoe := addLearner(t, b, "Zoë")
	for i := range recent + 2 {
		x := aTrial(zoe, i)
		x.Report = reportOf(10, 10)
		if i < 2 { // older than what counts as lately
			x.Report = reportOf(0, 10)
		}
		save(t, b, x)
	}
	ungraded := aTrial(zoe, 100)
	ungraded.Graded, ungraded.Report = false, nil
	save(t, b, ungraded)
	if w, ok, err := b.Weakest(zoe.ID); ok || err != nil {
		t.Errorf("weakest = %+v, %v", w, err)
	}
}
