package study

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"

	"osseo/app/trial"
)

// CSV writes rows: one line for each, one column for each key of `osseo trial --json` with dots between, then the person.
// Unknown values are empty. The columns are fixed by the first row.
type CSV struct {
	w       *csv.Writer
	columns []string
	line    []string
}

// NewCSV makes a writer of rows.
func NewCSV(w io.Writer) *CSV { return &CSV{w: csv.NewWriter(w)} }

// personCells are the columns after those of the result.
type personCells struct {
	Person *personCell `json:"patient"`
}

type personCell struct {
	AgeYears float64 `json:"age_years"`
	GAWeeks  float64 `json:"ga_weeks"` // at birth; 0 = term
	Sex      string  `json:"sex"`
	WeightKG float64 `json:"weight_kg"`
	BMI      float64 `json:"bmi"` // 0 = by weight and age
	Bone     string  `json:"bone"`
	Site     string  `json:"site"`
}

// whole is a result of which every part is there, so that its JSON has every key.
func whole() *trial.Result {
	return &trial.Result{Breakthru: &trial.Breakthrough{}, Flow: &trial.Flow{}}
}

// cellsOf are the cells of a row: what only a case has is left empty without one.
func cellsOf(r *Row) ([]cell, error) {
	cells, err := flatten(r.Result)
	if err != nil {
		return nil, err
	}
	if !r.Graded {
		for i := range cells {
			if caseOnly(cells[i].name) {
				cells[i].text = ""
			}
		}
	}
	p := personCells{Person: &personCell{}}
	if r.Person != nil {
		q := &r.Person.Patient
		*p.Person = personCell{q.Age, q.GA, string(q.Sex), q.Weight, q.BMI, string(q.Bone), string(r.Person.Site)}
	}
	more, err := flatten(p)
	if r.Person == nil {
		for i := range more {
			more[i].text = ""
		}
	}
	return append(cells, more...), err
}

// caseOnly are the keys that mean nothing without a case.
func caseOnly(name string) bool {
	switch name {
	case "case", "procedure_s", "recording.file", "recording.ticks", "recording.whole", "recording.state_hash",
		"loop.late_p99_us", "loop.late_max_us", "loop.overruns", "loop.dropped":
		return true
	}
	return name == "grade" || strings.HasPrefix(name, "grade.")
}

// header fixes the columns: every key of a whole result, then what else the first row has.
func (c *CSV) header(first []cell) error {
	all, err := flatten(whole())
	if err != nil {
		return err
	}
	for _, x := range all {
		c.columns = append(c.columns, x.name)
	}
	for _, x := range first {
		if slices.Contains(c.columns, x.name) || parents[x.name] {
			continue
		}
		c.columns = append(c.columns, x.name)
	}
	c.line = make([]string, len(c.columns))
	return c.w.Write(c.columns)
}

// parents are objects that may be null; their keys have columns.
var parents = map[string]bool{"breakthrough": true, "flow": true}

// Write writes one row.
func (c *CSV) Write(r *Row) error {
	cells, err := cellsOf(r)
	if err != nil {
		return err
	}
	if c.columns == nil {
		if err := c.header(cells); err != nil {
			return err
		}
	}
	clear(c.line)
	at := make(map[string]string, len(cells))
	for _, x := range cells {
		at[x.name] = x.text
	}
	for i, name := range c.columns {
		c.line[i] = at[name]
	}
	if err := c.w.Write(c.line); err != nil {
		return fmt.Errorf("study: csv: %w", err)
	}
	return nil
}

// Flush ends the writing.
func (c *CSV) Flush() error {
	c.w.Flush()
	if err := c.w.Error(); err != nil {
		return fmt.Errorf("study: csv: %w", err)
	}
	return nil
}
