package scenarios

import "osseo/physics"

// Case is one training case as an instructor writes it. Human units, named in the key.
type Case struct {
	ID         string   `yaml:"id" json:"id"`
	Title      string   `yaml:"title" json:"title"`
	Situation  string   `yaml:"situation" json:"situation"`   // one of Situations
	Difficulty int      `yaml:"difficulty" json:"difficulty"` // 1..3
	Minutes    float64  `yaml:"minutes" json:"minutes"`       // how long a run takes, for the gallery
	Picture    string   `yaml:"picture" json:"picture"`       // one of adult, child, infant, newborn, obese
	Story      []string `yaml:"story" json:"story"`           // paragraphs
	Scene      string   `yaml:"scene" json:"scene"`           // still, vehicle
	Patient    Patient  `yaml:"patient" json:"patient"`
	Vitals     []Vitals `yaml:"vitals" json:"vitals"` // in order of AtS; the first at 0
	Clock      Clock    `yaml:"clock" json:"clock"`
	Tray       Tray     `yaml:"tray" json:"tray"`
	Limbs      []Limb   `yaml:"limbs" json:"limbs"`
	Plan       Plan     `yaml:"plan" json:"plan"` // what a good learner does
	Steps      []Step   `yaml:"steps" json:"steps"`
	Rubric     Rubric   `yaml:"rubric" json:"rubric"`
	Sources    []Source `yaml:"sources" json:"sources"`
	Seed       uint64   `yaml:"seed" json:"seed"`

	Text string `yaml:"-" json:"-"` // the file as read, for the recording
}

// Patient is the person in the case.
type Patient struct {
	AgeYears  float64            `yaml:"age_years" json:"age_years"` // 0..95
	AgeText   string             `yaml:"age_text" json:"age_text"`   // "7 months"
	GAWeeks   float64            `yaml:"ga_weeks" json:"ga_weeks"`   // 0 = term
	Sex       physics.Sex        `yaml:"sex" json:"sex"`
	WeightKG  float64            `yaml:"weight_kg" json:"weight_kg"`
	BMI       float64            `yaml:"bmi" json:"bmi"` // 0 = typical
	Bone      physics.Quality    `yaml:"bone" json:"bone"`
	Awake     bool               `yaml:"awake" json:"awake"` // feels pain: lidocaine before the flush
	Allergies []string           `yaml:"allergies" json:"allergies"`
	Anatomy   map[string]float64 `yaml:"anatomy" json:"anatomy"` // overrides, see physics.Patient.Set
}

// Vitals is what the monitor shows from a moment on.
type Vitals struct {
	AtS     float64 `yaml:"at_s" json:"at_s"`
	Rhythm  string  `yaml:"rhythm" json:"rhythm"` // sinus, sinus-tachycardia, vf, asystole, pea, bradycardia
	HR      int     `yaml:"hr" json:"hr"`
	SpO2    int     `yaml:"spo2" json:"spo2"` // %, 0 = no trace
	Sys     int     `yaml:"sys" json:"sys"`   // mmHg, 0 = not measurable
	Dia     int     `yaml:"dia" json:"dia"`
	RR      int     `yaml:"rr" json:"rr"`
	CRT     float64 `yaml:"crt_s" json:"crt_s"`
	Remarks string  `yaml:"remarks" json:"remarks"`
}

// Clock holds the targets, s.
type Clock struct {
	DecideS float64 `yaml:"decide_s" json:"decide_s"` // 90
	CortexS float64 `yaml:"cortex_s" json:"cortex_s"` // 10, from first bone contact to the pop
	DrugS   float64 `yaml:"drug_s" json:"drug_s"`     // 60, from the pop to drug or fluid
	LimitS  float64 `yaml:"limit_s" json:"limit_s"`   // the case ends
}

// Tray is what can be picked up.
type Tray struct {
	Drivers []string `yaml:"drivers" json:"drivers"` // manual, powered, spring
	Needles []string `yaml:"needles" json:"needles"` // ids in the needle catalogue
	Battery float64  `yaml:"battery" json:"battery"` // charge of the drill, 0..1
	Drugs   []string `yaml:"drugs" json:"drugs"`
}

// Limb is one place a needle could go, with what examination of it shows.
type Limb struct {
	Side     string    `yaml:"side" json:"side"` // left, right
	Site     string    `yaml:"site" json:"site"`
	Findings []Finding `yaml:"findings" json:"findings"`
}

// Finding is what one check of one limb reveals.
type Finding struct {
	Check           string `yaml:"check" json:"check"` // one of Checks
	Text            string `yaml:"text" json:"text"`
	Contraindicates bool   `yaml:"contraindicates" json:"contraindicates"`
}

// Plan is what a good learner does in this case.
type Plan struct {
	Driver      string     `yaml:"driver" json:"driver"`
	Needles     []string   `yaml:"needles" json:"needles"` // any of these is right, the first is best and fits Driver
	Site        string     `yaml:"site" json:"site"`
	Side        string     `yaml:"side" json:"side"` // left, right, either
	ToleranceMM float64    `yaml:"tolerance_mm" json:"tolerance_mm"`
	TiltDeg     float64    `yaml:"tilt_deg" json:"tilt_deg"`         // allowed from the perpendicular
	PushN       [2]float64 `yaml:"push_n" json:"push_n"`             // range of a good push
	LidocaineMG [2]float64 `yaml:"lidocaine_mg" json:"lidocaine_mg"` // 0,0 when not awake
	FlushML     float64    `yaml:"flush_ml" json:"flush_ml"`
	Drug        string     `yaml:"drug" json:"drug"`
}

// Step is one step of the guide in learn mode.
type Step struct {
	ID    string     `yaml:"id" json:"id"`
	Title string     `yaml:"title" json:"title"`
	How   string     `yaml:"how" json:"how"` // one line
	Why   string     `yaml:"why" json:"why"` // one line
	Done  ActionKind `yaml:"done" json:"done"`
}

// Source says where a figure or rule in the case comes from, beside what the clinical documents say where they differ.
type Source struct {
	Claim     string `yaml:"claim" json:"claim"`
	Used      string `yaml:"used" json:"used"`
	Original  string `yaml:"original" json:"original"`
	Reference string `yaml:"reference" json:"reference"`
}
