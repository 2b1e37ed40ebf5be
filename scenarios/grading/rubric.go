package grading

// Rubric is a list of items judged on facts.
type Rubric struct {
	Pass  float64 `yaml:"pass" json:"pass"` // least score that passes, 0..100
	Items []Item  `yaml:"items" json:"items"`
}

// Item is one line of a rubric. Full, Partial and When are expressions over Facts (docs/cases.md lists the names), checked
// when the file is read. A critical item that earns neither full nor partial credit fails the run.
type Item struct {
	ID       string  `yaml:"id" json:"id"`
	Title    string  `yaml:"title" json:"title"`
	Points   float64 `yaml:"points" json:"points"`
	When     string  `yaml:"when" json:"when"`       // the item counts only if this holds; empty = always
	Full     string  `yaml:"full" json:"full"`       // all points
	Partial  string  `yaml:"partial" json:"partial"` // half the points; empty = none
	Critical bool    `yaml:"critical" json:"critical"`
	Evidence string  `yaml:"evidence" json:"evidence"` // a text with {fact} or {fact:%.1f} holes
	At       string  `yaml:"at" json:"at"`             // the fact that holds the time of the evidence, s
	Advice   string  `yaml:"advice" json:"advice"`     // said when full points were missed; same holes
}
