package validate

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const docs = "../../../docs/"

// docs/validation.md, where there is one, has every row of the table and no other, in order, each with its plot.
func TestValidationPageHasEveryRow(t *testing.T) {
	page, err := os.ReadFile(docs + "validation.md")
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("docs/validation.md is not there: `make validate` writes it")
	} else if err != nil {
		t.Fatal(err)
	}
	for what, form := range map[string]string{
		"sections": `(?m)^### (A\d+) (?:passes|fails)$`, "lines of the table": `(?m)^\| \[(A\d+)\]\(#a\d+-`,
	} {
		var got []string
		for _, m := range regexp.MustCompile(form).FindAllStringSubmatch(string(page), -1) {
			got = append(got, m[1])
		}
		if !slices.Equal(got, IDs()) {
			t.Errorf("%s of docs/validation.md: %v; the table has %v: run `make validate`", what, got, IDs())
		}
	}
	for _, id := range IDs() {
		if _, err := os.Stat(docs + "img/validation/" + strings.ToLower(id) + ".svg"); err != nil {
			t.Errorf("%s: %v: run `make validate`", id, err)
		}
	}
	plots, err := filepath.Glob(docs + "img/validation/*.svg")
	if err != nil || len(plots) != len(IDs()) {
		t.Errorf("%d plots for %d rows (%v): remove those of rows that are gone", len(plots), len(IDs()), err)
	}
}

// Pages have all rows in the table, with a link that leads to the row's heading, and explain what fails.
func TestPages(t *testing.T) {
	good, bad := Row{ID: "A1", Input: "a|b", Source: "S"}, Row{ID: "A2", Input: "c", Source: "T"}
	good.add(check("x", "N", 1, 2, 1.5))
	bad.add(check("y", "mm", 1, 2, 3), check("z", "mm", 1, 2, 1.5))
	good.decide()
	bad.decide()
	pages := Pages([]Row{good, bad})
	page := pages["validation.md"]
	for _, want := range []string{
		"**1 of 2 rows pass.**", `| [A1](#a1-passes) | a\|b | x | 1 to 2 N | 1.5 N | pass | S |`,
		"| [A2](#a2-fails) | c | y (and 1 more) | 1 to 2 mm | 3 mm | **fail** | T |", "### A1 passes\n", "### A2 fails\n", "- **A2** y: 3 mm",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
	if plot := pages["img/validation/a2.svg"]; !strings.Contains(plot, "misses") || strings.Contains(pages["img/validation/a1.svg"], "misses") {
		t.Errorf("a miss is not told in words:\n%s", plot)
	}
}

// Every row is told once as it is finished, and an error or the end of patience ends the run.
func TestRowsAreToldAsTheyFinish(t *testing.T) {
	var told []string
	steps := 0
	rows, err := Run(context.Background(), Options{
		Only: []string{"A1", "A2", "A3", "A37"}, Row: func(r *Row) { told = append(told, r.ID) }, Progress: func(int, int, string) { steps++ },
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(told)
	if !slices.Equal(told, []string{"A1", "A2", "A3", "A37"}) || steps != 5 {
		t.Errorf("told %v in %d steps", told, steps)
	}
	if rows[0].ID != "A1" || rows[3].ID != "A37" {
		t.Errorf("rows out of order: %s ... %s", rows[0].ID, rows[3].ID)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Run(ctx, Options{Only: []string{"A1"}}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: error %v", err)
	}
}
