package recording

// Row is one tick: what the leg measured, what was sent back and what was true. SI units.
type Row struct {
	Tick     int64
	Time     float64 // s since the trial began
	Position float64
	Velocity float64
	Twist    float64
	TiltX    float64
	TiltY    float64
	U, V     float64
	Trigger  float64
	Load     float64
	Syringe  float64
	Switches uint8
	Stylet   bool

	Force     float64 // sent: feed-forward
	Stiffness float64
	Damping   float64
	Anchor    float64
	Rendered  float64 // axial force at this sample after the governor, N
	Torque    float64
	Vibration float64

	Tip    float64
	TipU   float64
	TipV   float64
	Zone   uint8
	Events uint32
	Causes uint16  // governor stages that acted
	LateUS float64 // lateness of this tick, us
	Rev    float64 // driver revolutions per second
	MarkMM float64
}

// Mark is something that happened at a tick and is not a number at 1 kHz: an action, an observation, a fault, a parameter
// change, the state hash of a second.
type Mark struct {
	Tick int64  `json:"tick"`
	Kind string `json:"kind"` // "action", "observation", "fault", "hash", "parameter", "close"
	JSON string `json:"json"` // the value as one JSON document
}

// Header is what must be known to run the recording again.
type Header struct {
	Version   int                `json:"version"` // of this format
	Case      string             `json:"case"`    // id
	CaseYAML  string             `json:"case_yaml"`
	CaseHash  string             `json:"case_hash"` // SHA-256 of CaseYAML, hex
	Seed      uint64             `json:"seed"`
	Hand      string             `json:"hand"`
	Driver    string             `json:"driver"`
	Needle    string             `json:"needle"`
	Device    string             `json:"device"`
	Mode      string             `json:"mode"` // learn, practise, exam
	Learner   string             `json:"learner"`
	TickHz    float64            `json:"tick_hz"`
	Set       map[string]string  `json:"set,omitempty"`
	Anatomy   map[string]float64 `json:"anatomy"`
	Build     string             `json:"build"`
	Arch      string             `json:"arch"`
	StartedAt string             `json:"started_at"` // RFC 3339
}

// Loop is how the servo did.
type Loop struct {
	RateHz    float64 `json:"rate_hz"`
	LateP50   float64 `json:"late_p50_us"`
	LateP99   float64 `json:"late_p99_us"`
	LateP999  float64 `json:"late_p999_us"`
	LateMax   float64 `json:"late_max_us"`
	Overruns  int64   `json:"overruns"`
	Dropped   int64   `json:"dropped"`
	Scheduler string  `json:"sched"` // fifo, rtkit, normal, offline
}

// Footer closes a whole recording.
type Footer struct {
	Ticks     int64  `json:"ticks"`
	StateHash string `json:"state_hash"`
	Loop      Loop   `json:"loop"`
	Reason    string `json:"reason"` // "finished", "abandoned", "window-gone", "fault"
}
