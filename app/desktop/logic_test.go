package desktop

import (
	"errors"
	"strings"
	"testing"

	"osseo/app/trial"
	"osseo/physics"
	"osseo/scenarios"
)

func TestClocksReadInWordsAndSigns(t *testing.T) {
	c := newClocks(scenarios.Clock{DecideS: 90, CortexS: 10, DrugS: 60})
	if r := c.read(30); r[0].text != "30 / 90 s" || r[1].text != "– / 10 s" || r[2].share != 0 {
		t.Fatalf("running: %+v", r)
	}
	c.did(scenarios.Decide, 41)
	c.felt("contact", 60)
	c.felt("breakthrough", 73.2)
	c.felt("breakthrough", 80) // the far wall or a second bone does not move the clock
	r := c.read(100)
	if r[0].text != "41 / 90 s ✓" || r[0].colour != colourGood {
		t.Errorf("decided: %+v", r[0])
	}
	if r[1].text != "13.2 / 10 s !" || r[1].colour != colourBad {
		t.Errorf("late through the cortex: %+v", r[1])
	}
	if r[2].text != "27 / 60 s" || r[2].colour != colourForce {
		t.Errorf("drug under way: %+v", r[2])
	}
	c.did(scenarios.Withdraw, 110)
	if r := c.read(120); r[1].text != "– / 10 s" {
		t.Errorf("after withdrawal the cortex clock reads %+v", r[1])
	}
}

func TestAdvice(t *testing.T) {
	cases := scenarios.List()
	if c, why := advice(nil, nil); c != nil || why != "" {
		t.Fatalf("advice without cases: %v %q", c, why)
	}
	c, _ := advice(cases, nil)
	if c == nil || c.Difficulty != 1 {
		t.Fatalf("a beginner is sent to %v", c)
	}
	failed := cases[2]
	scores := []Score{{Case: c.ID, Score: 90, Passed: true}, {Case: failed.ID, Score: 55}, {Case: c.ID, Score: 95, Passed: true}}
	if got, why := advice(cases, scores); got != failed || !strings.Contains(why, "55") {
		t.Fatalf("advice after a failure: %v, %q", got.ID, why)
	}
	scores = append(scores, Score{Case: failed.ID, Score: 85, Passed: true})
	if got, _ := advice(cases, scores); got == failed || got == c {
		t.Fatalf("advice names %s, which is passed, before one never tried", got.ID)
	}
	scores = nil
	for i, k := range cases {
		scores = append(scores, Score{Case: k.ID, Score: 85 + float64(i%3), Passed: true})
	}
	scores[3].Score = 81
	if got, _ := advice(cases, scores); got != cases[3] {
		t.Fatalf("advice names %s, want the lowest, %s", got.ID, cases[3].ID)
	}
}

func TestTraceKeepsThePop(t *testing.T) {
	var tr trace
	for i := range int64(4000) {
		p := trial.Point{Tick: i + 1, Time: float32(i) / 1000, Depth: float32(i) * 1e-5, Force: 5}
		if i == 1234 {
			p.Force = 60
		}
		if i >= 1235 {
			p.Events = uint32(physics.Breakthrough) // a point tells all events so far
		}
		tr.fresh = append(tr.fresh[:0], p)
		tr.add()
		tr.add() // the same ticks again change nothing
	}
	if len(tr.marks) != 1 || tr.marks[0].events != physics.Breakthrough {
		t.Fatalf("marks %v, want the pop once", tr.marks)
	}
	if want := 4000 / binTicks; len(tr.at) != want {
		t.Fatalf("%d bins, want %d", len(tr.at), want)
	}
	peak := 0.0
	for _, f := range tr.force {
		peak = max(peak, f)
	}
	if peak != 60 {
		t.Fatalf("peak %.0f N, want the single tick of 60", peak)
	}
	for range 2 * mostBins / len(tr.at) {
		tr.fresh = tr.fresh[:0]
		for i := range int64(8000) {
			tr.fresh = append(tr.fresh, trial.Point{Tick: tr.tick + i + 1, Depth: 0.01, Force: 1})
		}
		tr.add()
	}
	if len(tr.at) > mostBins || len(tr.marks) != 1 {
		t.Fatalf("%d bins, %d marks after a long case", len(tr.at), len(tr.marks))
	}
}

func TestSentenceLeavesOutNames(t *testing.T) {
	for in, want := range map[string]string{
		"scenarios: choose-needle: no driver yet; choose one": "No driver yet; choose one",
		"The servo stopped: killed":                           "The servo stopped: killed",
		"plain":                                               "Plain",
		"trial: ":                                             "Trial: ",
	} {
		if got := sentence(errors.New(in)); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

func TestDiaryKeepsTheNewest(t *testing.T) {
	var d diary
	for i := range 40 {
		d.add(float64(i), strings.Repeat("x", i+1), plainly)
	}
	if len(d.entries) != diaryLines || d.entries[0].at != 39 {
		t.Fatalf("%d entries, first at %v", len(d.entries), d.entries[0].at)
	}
	d.add(50, d.entries[0].text, plainly)
	if len(d.entries) != diaryLines || d.entries[0].at != 50 {
		t.Fatal("the same line twice is told twice")
	}
}

func TestGeometryOfEveryCase(t *testing.T) {
	for _, c := range scenarios.List() {
		setup := trial.Setup{Case: c, Seed: c.Seed}
		g := measured(setup, plan{site: c.Plan.Site, needle: c.Plan.Needles[0]})
		if len(g.layers) < 4 || g.near <= 0 || g.inner <= g.near || g.far <= g.inner || g.depth <= g.far {
			t.Errorf("%s: layers %v, near %.4f inner %.4f far %.4f depth %.4f m", c.ID, g.layers, g.near, g.inner, g.far, g.depth)
		}
		if g.needle.LengthMM <= 0 {
			t.Errorf("%s: needle of %.1f mm", c.ID, g.needle.LengthMM)
		}
	}
	if g := measured(trial.Setup{Case: scenarios.List()[0]}, plan{site: "nowhere"}); len(g.layers) != 0 {
		t.Errorf("an unknown site has layers %v", g.layers)
	}
}
