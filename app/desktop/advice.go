package desktop

import (
	"fmt"

	"osseo/scenarios"
)

// advice is the case to practise next and why, for a learner's scores, oldest first.
//
// A case that was last failed comes first, then the easiest one never tried, then the one with the lowest latest score; the
// first case of the list when there is nothing to go by. It returns nil only when there are no cases.
func advice(cases []*scenarios.Case, scores []Score) (*scenarios.Case, string) {
	if len(cases) == 0 {
		return nil, ""
	}
	last := map[string]Score{}
	for _, s := range scores {
		last[s.Case] = s
	}
	if c := lastFailed(cases, scores, last); c != nil {
		return c, fmt.Sprintf("You scored %.0f there last time and did not pass.", last[c.ID].Score)
	}
	if c := easiestNew(cases, last); c != nil {
		if len(scores) == 0 {
			return c, "The place to begin."
		}
		return c, "New to you, and the easiest you have not tried."
	}
	low := cases[0]
	for _, c := range cases {
		if last[c.ID].Score < last[low.ID].Score {
			low = c
		}
	}
	return low, fmt.Sprintf("Passed everywhere; %.0f here is your lowest.", last[low.ID].Score)
}

func lastFailed(cases []*scenarios.Case, scores []Score, last map[string]Score) *scenarios.Case {
	for i := len(scores) - 1; i >= 0; i-- {
		if last[scores[i].Case].Passed {
			continue
		}
		for _, c := range cases {
			if c.ID == scores[i].Case {
				return c
			}
		}
	}
	return nil
}

func easiestNew(cases []*scenarios.Case, last map[string]Score) *scenarios.Case {
	var best *scenarios.Case
	for _, c := range cases {
		if _, tried := last[c.ID]; !tried && (best == nil || c.Difficulty < best.Difficulty) {
			best = c
		}
	}
	return best
}

// best returns the best score of each case.
func best(scores []Score) map[string]float64 {
	out := map[string]float64{}
	for _, s := range scores {
		if b, ok := out[s.Case]; !ok || s.Score > b {
			out[s.Case] = s.Score
		}
	}
	return out
}
