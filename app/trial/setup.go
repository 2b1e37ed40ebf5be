package trial

import "osseo/scenarios"

// Setup is everything that decides a run.
type Setup struct {
	Case    *scenarios.Case   `json:"-"`
	CaseRef string            `json:"case"` // id of an embedded case or path of a file
	Mode    Mode              `json:"mode"`
	Learner string            `json:"learner"`
	Seed    uint64            `json:"seed"`             // 0 = the case's own
	Hand    string            `json:"hand"`             // novice, trained, expert, robot, live, or path of a recording
	Driver  string            `json:"driver,omitempty"` // overrides the plan
	Needle  string            `json:"needle,omitempty"` // overrides the plan
	Device  string            `json:"device"`           // virtual, emulated, or the port of a leg
	TickHz  float64           `json:"tick_hz"`          // 0 = 1000
	Set     map[string]string `json:"set,omitempty"`    // path=value overrides of the case, and hand.tilt_deg, hand.behind_leg ...
	Record  string            `json:"record,omitempty"` // file to write; empty = none
}

// Mode is how much is shown while it runs.
type Mode string

// The modes.
const (
	Learn    Mode = "learn"
	Practise Mode = "practise"
	Exam     Mode = "exam"
)
