package grading

// Report is a grade with its evidence.
type Report struct {
	Score            float64  `json:"score"` // points of 100, already zeroed by nothing: a critical failure fails, it does not erase
	Passed           bool     `json:"passed"`
	CriticalFailures []string `json:"critical_failures"` // item ids, never nil
	Items            []Result `json:"items"`
	Advice           []string `json:"-"` // at most three sentences, most important first
}

// Result is one rubric item judged.
type Result struct {
	ID       string   `json:"id"`
	Title    string   `json:"title"`
	Points   float64  `json:"points"`
	Of       float64  `json:"of"`
	AtS      *float64 `json:"at_s"`     // when the evidence happened, s since the case began; null when it never did
	Evidence string   `json:"evidence"` // what was seen, in words and numbers
	Critical bool     `json:"critical"`
}
