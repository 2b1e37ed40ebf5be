// Package scenarios holds the training cases: who the patient is, what lies on the tray, which steps the procedure has
// and how it is graded. A case is a YAML file an instructor can edit; Parse checks it strictly and names file, line,
// column, value and allowed range of every mistake.
//
//	c, err := scenarios.Load("adult-arrest")        // embedded
//	c, err := scenarios.Parse("mine.yaml", text)    // from a stranger
//	p := scenarios.NewProcedure(c)
//	seen, err := p.Apply(scenarios.Action{At: 12, Kind: scenarios.ChooseNeedle, Value: "ez-25"}, body)
//
// It deliberately has no clock, no window and no file access beyond what is embedded.
package scenarios
