package validate

import (
	"context"
	"strings"
	"testing"
)

// The rows that need no crowd of virtual hands hold at any time.
func TestQuickRows(t *testing.T) {
	rows, err := Run(context.Background(), Options{Quick: true, People: 200})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if _, known := failures[r.ID]; !r.Pass && !known {
			t.Errorf("%s: %s is %s %s; published %s (people %d, seeds %s)", r.ID, r.What, ValueText(r.Value, r.CI95), r.Unit, BandText(r.Band), r.N, r.Seeds)
		}
	}
}

// A value beyond its band fails its row, one without a value does, and the failing check decides what the row shows.
func TestARowFailsByItsWorstCheck(t *testing.T) {
	r := Row{}
	r.add(check("good", "", 1, 2, 1.5), check("bad", "N", 1, 2, 2.5), missing("none", "", 0, 1))
	r.decide()
	if r.Pass || r.What != "bad" || *r.Value != 2.5 || r.Unit != "N" {
		t.Errorf("%+v", r)
	}
	r = Row{}
	r.add(missing("none", "", 0, 1))
	r.decide()
	if r.Pass || r.Value != nil {
		t.Errorf("a row without a value passes: %+v", r)
	}
	r = Row{}
	r.add(check("edge", "", 1, inf, 1))
	r.decide()
	if !r.Pass || r.Band[1] != nil {
		t.Errorf("%+v", r)
	}
}

func TestUnknownRow(t *testing.T) {
	if _, err := Run(context.Background(), Options{Only: []string{"A99"}}); err == nil || !strings.Contains(err.Error(), "A99") {
		t.Errorf("error %v", err)
	}
}

// The number of jobs changes nothing, and the pages are the same bytes each time.
func TestJobsDoNotMatter(t *testing.T) {
	pages := func(jobs int) string {
		rows, err := Run(context.Background(), Options{Only: []string{"a7", "A10"}, People: 50, Jobs: jobs})
		if err != nil {
			t.Fatal(err)
		}
		return Pages(rows)["validation.md"]
	}
	if pages(1) != pages(3) {
		t.Error("one job and three jobs differ")
	}
}
