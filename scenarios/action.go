package scenarios

// ActionKind is something the learner does besides moving the tool.
type ActionKind string

// The actions, in the order a good procedure takes them.
const (
	Decide       ActionKind = "decide"        // declare that IO is indicated
	Check        ActionKind = "check"         // look, ask or palpate for a contraindication; Value is its id, Side the limb
	ChooseSite   ActionKind = "choose-site"   // Value is the site, Side "left" or "right"
	ChooseDriver ActionKind = "choose-driver" // Value is manual, powered or spring
	ChooseNeedle ActionKind = "choose-needle" // Value is the needle id
	Locate       ActionKind = "locate"        // U, V: the point chosen, m from the ideal point (distal, medial)
	Clean        ActionKind = "clean"
	SteadyHand   ActionKind = "steady-hand" // Value is "beside" or "behind"
	CheckMark    ActionKind = "check-mark"  // Value is "seen" or "not-seen": is the 5 mm mark above the skin, tip on bone
	Insert       ActionKind = "insert"      // the tool is taken in the hand
	Release      ActionKind = "release"     // the hand lets go
	StyletRemove ActionKind = "stylet-out"
	CheckStands  ActionKind = "check-stands"
	Aspirate     ActionKind = "aspirate"
	Lidocaine    ActionKind = "lidocaine" // Number is mg
	Flush        ActionKind = "flush"     // Number is mL
	Watch        ActionKind = "watch"     // Value is "swelling" or "none": what the learner judges
	Secure       ActionKind = "secure"
	Drug         ActionKind = "drug"     // Value is the drug id
	Document     ActionKind = "document" // site, device, attempts, time
	Hint         ActionKind = "hint"     // asked for help; counted
	Withdraw     ActionKind = "withdraw" // needle out, a new attempt may follow at another bone
	Finish       ActionKind = "finish"
)

// Action is one thing done, as it is recorded.
type Action struct {
	At     float64    `json:"at_s"` // s since the case began
	Kind   ActionKind `json:"kind"`
	Value  string     `json:"value,omitempty"`
	Side   string     `json:"side,omitempty"`
	Number float64    `json:"number,omitempty"`
	U      float64    `json:"u_m,omitempty"`
	V      float64    `json:"v_m,omitempty"`
}

// Body is what is physically true at the moment of an action, told by whoever runs the model.
type Body struct {
	OnBone     bool    // the tip touches bone
	MarkMM     float64 // mark above skin, mm; visible at 0 and above, negative when buried
	InMarrow   bool    // true tip in the medulla
	Zone       string  // zone of the true tip
	Stands     bool    // the needle would stand by itself
	Aspirates  bool    // marrow would come
	Leaks      bool    // a flush would swell the tissue
	Rises      bool    // what leaks goes under the skin beside the needle, else behind the bone
	Flows      bool    // a flush would run
	StyletOut  bool
	Insertions int // breakthroughs so far in this bone
}

// Observation is what the learner gets to see or hear for an action.
type Observation struct {
	Text  string // one line of plain words, what a clinician could see, hear or feel; shown in every mode
	Teach string // why it was good or wrong, in one line; empty = nothing to add. Not for exams: it may tell what nobody can see
	Good  bool   // the action was right at this moment
	Wrong bool   // the action was a mistake (neither is neutral)
}
