package virtual

// Spread is how a quantity differs between people of one skill and between their attempts: normal, cut at the ends.
type Spread struct {
	Mean, SD, Least, Most float64
}

// Profile is a skill as data. Every attempt draws one person from it by its seed.
type Profile struct {
	Name string

	Push     Spread // preferred push as a fraction of the task's range: 0 its low end, 1 its high end
	Bore     Spread // the same of a drill that goes through both walls
	Escalate Spread // how far beyond the high end a push that moves nothing is raised, fraction of it, >= 1
	Rise     Spread // s, time constant of effort building up
	Fall     Spread // s, time constant of effort relaxing
	Ease     Spread // 0..1, share of the push taken back when the needle is felt to advance at easeSpeed or faster
	Hesitate Spread // 0..1, share of the time at a drill in which the push is taken back to look and feel
	Patience Spread // s of cutting without a pop until the hand stops, where the task does not say
	Settle   Spread // s between touching bone and being ready to go on
	Approach Spread // m/s, speed towards the bone
	Tremor   Spread // SD of the push as a fraction of it

	Weber    Spread  // smallest fall of force noticed, fraction
	Lunge    Spread  // m, sudden advance that tells a drop from a wavering push
	Reaction Spread  // s from a drop felt to muscles that relax
	Blur     Spread  // s of further delay per s over which the drop was spread
	MissRate float64 // chance that the first drop is not recognised
	Jumpy    float64 // chance of taking any give for the drop, and stopping too early
	Linger   float64 // chance of pushing on after the pop was noticed
	LingerS  Spread  // s of doing so

	Tilt  Spread // rad, error against the perpendicular, any direction
	Drift Spread // rad/s, wandering of the tilt while cutting
	Aim   Spread // m, SD of the tip put down beside the point meant, each axis; half of it on a child

	Find   float64 // m, SD of the point taken for the one meant by the landmark, each axis; half of it on a child
	Astray float64 // chance of taking another landmark altogether
	Memory float64 // SD of a depth learned from a picture and kept by the feel of the arm alone, share of it

	Rock       Spread // rad, tilting to and fro with the strokes of a twist by hand
	Press      Spread // as Push, of the pressing on before a spring driver is fired
	Flinch     Spread // share of the push taken back in fear of the blow when the trigger is pulled; it tips the device, too
	Squeeze    Spread // rad by which squeezing the trigger of a spring driver tips it
	TwistSwing Spread // rad, either side
	TwistHz    Spread // Hz, of a stroke under way
	Dwell      Spread // s, pause at the end of each stroke, to take a new grip

	Mass     Spread  // kg, arm and tool
	Base     Spread  // N/m, arm stiffness at rest
	Gain     Spread  // 1/m, growth of stiffness with effort
	Brace    float64 // 1/m, what a second hand adds to Gain
	Tendon   float64 // N/m, stiffness in series with the muscles that push
	Ratio    Spread  // damping ratio of the arm
	Strength Spread  // standard deviations from the mean person's strength
	Second   float64 // share of the push used on the second of two walls; 0 = 1
	Braces   bool    // steadies the tool with the other hand or the wrist on the leg unasked
}

// GainSpread is the spread of the stiffness gain between attempts about a mean, 1/m, by its coefficient of variation.
func GainSpread(mean, cv float64) Spread { return Spread{mean, cv * mean, 0.45 * mean, 2 * mean} }

// What profiles share.
//
// Mass 1-1.5 kg, stiffness 300-1000 N/m at light effort and damping 5-30 N.s/m: docs/validation.md, hand. Gain: muscle
// that pushes is stiff in proportion to its force; fitted to the published plunge (13.0 +/- 4.2 mm one hand, 10.6 +/- 3.5
// two hands, Ding 2019; 11.9 mm novices, 6.1 mm experienced, 30 staff) with a wall that gives way. Reaction 120-200 ms:
// arm drop about 120 ms (Chernikoff 1952), simple reaction 160-190 ms. Weber 7 %: Pang 1991, the least of anybody.
// Strength: the spread of Seo 2008. Tremor: force wavers by 1-4 % of itself. Assumed: everything else, from the direction
// of the published differences between novices and experts.
var (
	aMass     = Spread{1.25, 0.12, 1.0, 1.5}
	aStrength = Spread{0, 1, -2, 2}
	aSwing    = Spread{1.57, 0.25, 0.8, 2.4} // +/-90 degrees
)

// The skills.
var (
	NoviceProfile = Profile{
		Name:     "novice",
		Push:     Spread{0.70, 0.30, 0.10, 1.30},
		Bore:     Spread{0.30, 0.18, 0.05, 1.00},
		Escalate: Spread{1.5, 0.25, 1.0, 2.0},
		Rise:     Spread{0.35, 0.12, 0.15, 0.7},
		Fall:     Spread{0.110, 0.025, 0.06, 0.18},
		Ease:     Spread{0.05, 0.08, 0, 0.3},
		Hesitate: Spread{0.20, 0.10, 0, 0.5},
		Patience: Spread{15, 5, 6, 30},
		Settle:   Spread{0.8, 0.4, 0.3, 2},
		Approach: Spread{0.035, 0.012, 0.015, 0.06},
		Tremor:   Spread{0.030, 0.008, 0.015, 0.05},
		Weber:    Spread{0.16, 0.06, 0.08, 0.4},
		Lunge:    Spread{0.9e-3, 0.3e-3, 0.4e-3, 2e-3},
		Reaction: Spread{0.185, 0.030, 0.14, 0.28},
		Blur:     Spread{0.8, 0.3, 0.2, 1.5},
		MissRate: 0.10, Jumpy: 0.07, Linger: 0.30, LingerS: Spread{0.35, 0.25, 0.1, 1.0},
		Tilt:  Spread{0.13, 0.09, 0, 0.45}, // 7 degrees, up to 26
		Drift: Spread{0.010, 0.008, 0, 0.03},
		Aim:   Spread{1.5e-3, 0, 1.5e-3, 1.5e-3},
		Find:  3.5e-3, Astray: 0.08, Memory: 0.28,
		Rock: Spread{0.06, 0.04, 0, 0.17}, Press: Spread{0.20, 0.35, -0.5, 1}, Flinch: Spread{0.30, 0.20, 0, 0.7},
		Squeeze: Spread{0.24, 0.14, 0, 0.6}, TwistSwing: aSwing, TwistHz: Spread{1.2, 0.3, 0.7, 2}, Dwell: Spread{0.25, 0.10, 0.05, 0.6},
		Mass: aMass, Base: Spread{450, 120, 300, 800}, Gain: GainSpread(130, 0.3), Brace: 30, Tendon: 40e3, Ratio: Spread{0.40, 0.06, 0.25, 0.6},
		Strength: aStrength,
	}
	TrainedProfile = Profile{
		Name:     "trained",
		Push:     Spread{0.55, 0.20, 0.10, 1.0},
		Bore:     Spread{0.45, 0.15, 0.10, 1.00},
		Escalate: Spread{1.4, 0.15, 1.0, 1.8},
		Rise:     Spread{0.30, 0.08, 0.15, 0.5},
		Fall:     Spread{0.090, 0.015, 0.05, 0.13},
		Ease:     Spread{0.20, 0.10, 0, 0.4},
		Hesitate: Spread{0.06, 0.04, 0, 0.2},
		Patience: Spread{22, 5, 12, 35},
		Settle:   Spread{0.6, 0.2, 0.3, 1.2},
		Approach: Spread{0.030, 0.006, 0.015, 0.045},
		Tremor:   Spread{0.022, 0.005, 0.01, 0.035},
		Weber:    Spread{0.11, 0.03, 0.07, 0.2},
		Lunge:    Spread{0.6e-3, 0.15e-3, 0.3e-3, 1e-3},
		Reaction: Spread{0.160, 0.020, 0.125, 0.21},
		Blur:     Spread{0.5, 0.15, 0.1, 0.9},
		MissRate: 0.02, Jumpy: 0.01, Linger: 0.08, LingerS: Spread{0.2, 0.1, 0.1, 0.5},
		Tilt:  Spread{0.065, 0.04, 0, 0.19},
		Drift: Spread{0.006, 0.003, 0, 0.015},
		Aim:   Spread{1e-3, 0, 1e-3, 1e-3},
		Find:  2.8e-3, Astray: 0.03, Memory: 0.25,
		Rock: Spread{0.025, 0.012, 0, 0.06}, Press: Spread{0.50, 0.20, 0, 1}, Flinch: Spread{0.10, 0.07, 0, 0.3},
		Squeeze: Spread{0.14, 0.08, 0, 0.40}, TwistSwing: aSwing, TwistHz: Spread{1.4, 0.2, 1, 2}, Dwell: Spread{0.15, 0.05, 0.05, 0.4},
		Mass: aMass, Base: Spread{550, 100, 350, 900}, Gain: GainSpread(150, 0.3), Brace: 30, Tendon: 40e3, Ratio: Spread{0.45, 0.05, 0.3, 0.6},
		Strength: aStrength, Braces: true, Second: 1,
	}
	ExpertProfile = Profile{
		Name:     "expert",
		Push:     Spread{0.50, 0.10, 0.20, 0.8},
		Bore:     Spread{0.90, 0.10, 0.60, 1.10},
		Escalate: Spread{1.4, 0.10, 1.2, 1.7},
		Rise:     Spread{0.25, 0.05, 0.15, 0.4},
		Fall:     Spread{0.070, 0.010, 0.05, 0.10},
		Ease:     Spread{0.30, 0.08, 0.1, 0.5},
		Hesitate: Spread{},
		Patience: Spread{30, 4, 22, 40},
		Settle:   Spread{0.5, 0.1, 0.3, 0.8},
		Approach: Spread{0.030, 0.004, 0.02, 0.04},
		Tremor:   Spread{0.015, 0.003, 0.008, 0.025},
		Weber:    Spread{0.085, 0.012, 0.07, 0.13},
		Lunge:    Spread{0.4e-3, 0.08e-3, 0.25e-3, 0.7e-3},
		Reaction: Spread{0.140, 0.012, 0.12, 0.175},
		Blur:     Spread{0.3, 0.1, 0.1, 0.6},
		Tilt:     Spread{0.030, 0.018, 0, 0.085},
		Drift:    Spread{0.003, 0.0015, 0, 0.007},
		Aim:      Spread{0.5e-3, 0, 0.5e-3, 0.5e-3},
		Find:     2e-3, Memory: 0.20,
		LingerS: Spread{},
		Rock:    Spread{0.010, 0.005, 0, 0.02}, Press: Spread{0.60, 0.12, 0.3, 1}, Flinch: Spread{0.03, 0.02, 0, 0.08},
		Squeeze: Spread{0.02, 0.01, 0, 0.06}, TwistSwing: aSwing, TwistHz: Spread{1.6, 0.15, 1.2, 2}, Dwell: Spread{0.08, 0.03, 0, 0.2},
		Mass: aMass, Base: Spread{700, 100, 500, 1000}, Gain: GainSpread(300, 0.3), Brace: 30, Tendon: 40e3, Ratio: Spread{0.5, 0.04, 0.4, 0.6},
		Strength: aStrength, Braces: true, Second: 1,
	}
)

// Driver is what the hand holds.
type Driver string

// The drivers.
const (
	Manual  Driver = "manual"
	Powered Driver = "powered"
	Spring  Driver = "spring"
)

// Task is what the hand is to do. The zero value is a manual insertion straight at the ideal point in an adult.
type Task struct {
	Driver       Driver  // "" = manual
	U, V         float64 // point aimed at, m on the site plate
	TiltX, TiltY float64 // tilt in addition to the hand's own error, rad
	Child        bool    // gentler approach and push, finer aim
	PushLeast    float64 // N, range of push expected of this driver and patient; 0 and 0 = by driver and Child
	PushMost     float64 // N
	Start        float64 // s after arming when the hand begins to move
	Braced       bool    // two hands, whatever the skill
	OneHand      bool    // one hand, whatever the skill
	Behind       bool    // the other hand is behind the leg
	WaitAtBone   bool    // wait at the bone for Go
	KeepHold     bool    // hold on after stopping until Release
	GiveUp       float64 // s of cutting without a pop before the hand gives up; 0 = as patient as the person is, a robot 30
	Feed         float64 // robot only: constant feed, m/s; 0 = constant force
	Force        float64 // robot only: constant force, N; 0 = middle of the range of push
	Probe        bool    // a needle pushed by hand alone through soft layers, without drill or twist
	Expect       float64 // probe only: depth at which the layer meant ends, as learned before, m; 0 = no idea
	Depth        float64 // position of the tool at which it is stopped by eye, whatever was felt, m; 0 = at the pop
	Walls        int     // walls to go through before stopping at the drop, 1..2; 0 = 1
	Bounce       bool    // push on and off instead of steadily
	Lean         float64 // share by which leaning on the tool raises the most a person pushes, 0..2; 0 = seated, arm alone
	ToHub        bool    // at Depth the hub meets the skin: push on until it does, do not slow down before
}

// pushRange is the range of push of the task, N. Powered 20-60 adult, 5-20 child; manual 60-120 adult, 20-60 child:
// docs/validation.md, priors. Spring drivers are pressed on firmly; Assumed: 30-60.
func (t *Task) pushRange() (least, most float64) {
	if t.PushMost > 0 {
		return min(t.PushLeast, t.PushMost), t.PushMost
	}
	switch {
	case t.Driver == Powered && t.Child:
		return 5, 20
	case t.Driver == Powered:
		return 20, 60
	case t.Driver == Spring:
		return 30, 60
	case t.Child:
		return 15, 50
	default:
		return 60, 115
	}
}
