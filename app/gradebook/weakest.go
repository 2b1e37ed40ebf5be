package gradebook

import (
	"encoding/json"
	"fmt"
)

// recent is how many graded trials count as lately.
const recent = 10

// Weakness is a rubric item and how often a learner missed full points for it lately.
type Weakness struct {
	ID    string  `json:"id"`
	Title string  `json:"title"`
	Lost  int     `json:"lost"` // trials in which points were missed
	Of    int     `json:"of"`   // trials in which the item counted
	Share float64 `json:"-"`    // points lost of those possible, 0..1
}

// graded is what is read of a stored report.
type graded struct {
	Items []struct {
		ID     string  `json:"id"`
		Title  string  `json:"title"`
		Points float64 `json:"points"`
		Of     float64 `json:"of"`
	} `json:"items"`
}

// Weakest returns the rubric item a learner most often lost points on in the last ten graded trials; among equals the one
// that cost the larger share of its points, then the one lost last. It reports false when nothing was lost.
func (b *Book) Weakest(learner string) (Weakness, bool, error) {
	trials, err := b.trials(`WHERE learner_id = $1 AND graded ORDER BY started_at DESC, id DESC LIMIT $2`, learner, recent)
	if err != nil {
		return Weakness{}, false, err
	}
	var order []string // newest loss first
	all := map[string]*tally{}
	for _, t := range trials {
		var g graded
		if err := json.Unmarshal(t.Report, &g); err != nil {
			return Weakness{}, false, fmt.Errorf("gradebook: the report of trial %s cannot be read: %w", t.ID, err)
		}
		order = count(&g, all, order)
	}
	worst := Weakness{}
	for _, id := range order {
		if w := all[id].weakness(); w.Lost > worst.Lost || w.Lost == worst.Lost && w.Share > worst.Share {
			worst = w
		}
	}
	return worst, worst.Lost > 0, nil
}

// tally adds up one item over several trials.
type tally struct {
	Weakness
	points, possible float64
}

func (t *tally) weakness() Weakness {
	w := t.Weakness
	w.Share = (t.possible - t.points) / t.possible
	return w
}

// count adds the items of one report; it returns order with the items that were lost for the first time.
func count(g *graded, all map[string]*tally, order []string) []string {
	for _, i := range g.Items {
		if !(i.Of > 0) {
			continue
		}
		t := all[i.ID]
		if t == nil {
			t = &tally{Weakness: Weakness{ID: i.ID, Title: i.Title}}
			all[i.ID] = t
		}
		t.Of++
		t.possible += i.Of
		t.points += i.Points
		if i.Points < i.Of {
			if t.Lost == 0 {
				order = append(order, i.ID)
			}
			t.Lost++
		}
	}
	return order
}
