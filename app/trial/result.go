package trial

import "osseo/scenarios/grading"

// Result is one trial as `osseo trial --json` prints it (design CONTRACT). Units are in the names; unknown is null.
type Result struct {
	Version     int            `json:"version"`
	Case        string         `json:"case"`
	Seed        uint64         `json:"seed"`
	Hand        string         `json:"hand"`
	Driver      string         `json:"driver"`
	Needle      string         `json:"needle"`
	Device      string         `json:"device"`
	TickHz      float64        `json:"tick_hz"`
	Outcome     Outcome        `json:"outcome"`
	InsertionS  *float64       `json:"insertion_s"`
	ProcedureS  *float64       `json:"procedure_s"`
	PeakForceN  float64        `json:"peak_force_n"`
	PeakTorque  float64        `json:"peak_torque_nm"`
	Breakthru   *Breakthrough  `json:"breakthrough"`
	PlungeMM    *float64       `json:"plunge_mm"`
	FarGapMM    *float64       `json:"far_cortex_gap_mm"`
	Slips       int            `json:"slips"`
	SlipMM      float64        `json:"slip_mm"`
	TiltDeg     *float64       `json:"tilt_at_contact_deg"`
	FalseDrops  int            `json:"false_drops"`
	NeedleState NeedleState    `json:"needle_state"`
	StandsAlone *bool          `json:"stands_alone"`
	Aspirates   *bool          `json:"aspirates"`
	Extravasate *bool          `json:"extravasation"`
	Flow        *Flow          `json:"flow"`
	Anatomy     Anatomy        `json:"anatomy"`
	Grade       grading.Report `json:"grade"`
	Loop        LoopStats      `json:"loop"`
	Recording   RecordingRef   `json:"recording"`
}

// Outcome is where the tip ended.
type Outcome struct {
	Zone         string  `json:"zone"`
	Correct      bool    `json:"correct"`
	Complication *string `json:"technical_complication"`
	Attempts     int     `json:"attempts"`
}

// Breakthrough is the pop.
type Breakthrough struct {
	AtS          float64  `json:"at_s"`
	DepthMM      float64  `json:"depth_mm"`
	ForceBefore  float64  `json:"force_before_n"`
	ForceAfter   float64  `json:"force_after_n"`
	FallMS       *float64 `json:"fall_ms"`
	ClarityWeber float64  `json:"clarity_weber"`
}

// NeedleState is what became of the needle.
type NeedleState struct {
	BendDeg      float64 `json:"bend_deg"`
	Yielded      bool    `json:"yielded"`
	StyletSlipMM float64 `json:"stylet_slip_mm"`
	Clogged      bool    `json:"clogged"`
	Wear         float64 `json:"wear"`
	HubSheared   bool    `json:"hub_sheared"`
	Broken       bool    `json:"broken"`
}

// Flow is what would run through the needle as it lies.
type Flow struct {
	Gravity float64 `json:"gravity_ml_min"`
	Bag300  float64 `json:"bag300_ml_min"`
}

// Anatomy is the bone that was under the needle.
type Anatomy struct {
	SoftTissueMM  float64 `json:"soft_tissue_mm"`
	CortexMM      float64 `json:"cortex_mm"`
	MedullaMM     float64 `json:"medulla_mm"`
	FaceWidthMM   float64 `json:"face_width_mm"`
	GrowthPlateMM float64 `json:"growth_plate_mm"`
}

// LoopStats is how the servo did.
type LoopStats struct {
	RateHz   float64 `json:"rate_hz"`
	LateP99  float64 `json:"late_p99_us"`
	LateMax  float64 `json:"late_max_us"`
	Overruns int64   `json:"overruns"`
	Dropped  int64   `json:"dropped"`
	Sched    string  `json:"sched"`
}

// RecordingRef names the recording and what made it.
type RecordingRef struct {
	File      string `json:"file"`
	Ticks     int64  `json:"ticks"`
	Whole     bool   `json:"whole"` // closed by its writer, nothing missing or damaged; otherwise graded on what is there
	StateHash string `json:"state_hash"`
	Build     string `json:"build"`
	Arch      string `json:"arch"`
}
