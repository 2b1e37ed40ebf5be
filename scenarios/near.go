package scenarios

import (
	"sort"
	"strings"
)

// suggest words what could have been meant.
func suggest(word string, known []string) string {
	if near := nearest(word, known, 3); len(near) > 0 {
		return "did you mean " + strings.Join(near, " or ") + "?"
	}
	return "known here: " + strings.Join(known, ", ")
}

func closest(word string, known []string) string {
	if near := nearest(word, known, 1); len(near) > 0 {
		return "did you mean " + near[0] + "?"
	}
	return "choose one of them"
}

// nearest returns up to n known words close to a word, best first.
func nearest(word string, known []string, n int) []string {
	type candidate struct {
		word string
		far  int
	}
	var found []candidate
	word = strings.ToLower(word)
	if len(word) > 64 {
		word = word[:64]
	}
	for _, k := range known {
		far := distance(word, strings.ToLower(k))
		if limit := max(2, len(k)/3); far <= limit || (len(word) >= 3 && strings.Contains(k, word)) {
			found = append(found, candidate{k, far})
		}
	}
	sort.SliceStable(found, func(i, j int) bool { return found[i].far < found[j].far })
	var out []string
	for _, f := range found {
		if len(out) < n {
			out = append(out, f.word)
		}
	}
	return out
}

// distance is the number of single-character edits between two words (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			next := min(row[j]+1, row[j+1]+1, diagonal+cost)
			diagonal, row[j+1] = row[j+1], next
		}
	}
	return row[len(b)]
}
