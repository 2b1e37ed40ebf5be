package virtual

import (
	"math"
	"math/rand/v2"
)

// Simulated is a person with a skill doing a task by what the hand feels: approach, touch, settle, cut, notice the drop,
// stop, hold, let go. It belongs to the goroutine of the leg; its progress may be read by any.
type Simulated struct {
	progress
	profile *Profile
	task    Task
	who     person
	rng     *rand.Rand
	sense   sense
	arm     arm
	wait    int // substeps until the next thought

	since   float64            // s, when the phase began
	slow    float64            // s, since when the tool has not moved while touching
	goal    float64            // N, wanted effort
	raise   float64            // N, added because nothing moved
	rise    float64            // s
	fall    float64            // s
	follow  float64            // s
	trigger float64            // 0..1
	rate    float64            // rad/s
	swung   float64            // rad, phase of the twist rhythm
	zero    float64            // rad, handle angle about which it twists
	own     [memoryLen]float64 // N, effort of the last thoughts
	alert   float64            // s, until when a fall just felt makes the next give believed sooner
	tissue  bool               // something that resists has been felt
	idle    float64            // s, until when the hand pauses between two strokes
	deafTo  float64            // s, until when a missed drop is not noticed either
	react   float64            // s, when the reaction to the drop comes
	shake   float64            // tremor, standard deviations
	tiltX   float64            // rad
	tiltY   float64
	rock    float64 // rad, of the stroke under way
	passed  int     // walls noticed to be behind
	stroke  float64 // rad, phase of a bouncing push
	from    float64 // m, where the tool stood when cutting of this wall began
}

var _ Operator = (*Simulated)(nil)

// Novice makes a hand that has been shown once. Equal seeds and tasks make equal hands.
func Novice(seed uint64, t Task) *Simulated { return NewSimulated(&NoviceProfile, seed, t) }

// Trained makes a hand that has passed a course.
func Trained(seed uint64, t Task) *Simulated { return NewSimulated(&TrainedProfile, seed, t) }

// Expert makes a hand that does it every week.
func Expert(seed uint64, t Task) *Simulated { return NewSimulated(&ExpertProfile, seed, t) }

// NewSimulated makes a hand of any profile.
func NewSimulated(p *Profile, seed uint64, t Task) *Simulated {
	s := &Simulated{profile: p, rng: rand.New(rand.NewPCG(seed, 0x6f7373656f))}
	s.begin(t)
	s.enter(Waiting, 0)
	return s
}

func (s *Simulated) begin(t Task) {
	if t.Driver == "" {
		t.Driver = Manual
	}
	s.clear()
	s.task = t
	s.who = s.profile.draw(s.rng, &t)
	s.arm = s.who.arm
	s.tiltX, s.tiltY = s.who.tiltX, s.who.tiltY
	s.sense = sense{}
	s.deafTo, s.alert, s.idle, s.rock, s.passed = 0, 0, 0, 0, 0
	s.own, s.tissue = [memoryLen]float64{}, false
}

// Retry pulls the tool out and tries again as the same kind of person with a new task. Call it from the leg's goroutine.
func (s *Simulated) Retry(t Task) {
	s.begin(t)
	s.enter(Withdrawing, s.since)
}

// Profile is the skill the hand was drawn from.
func (s *Simulated) Profile() *Profile { return s.profile }

func (s *Simulated) enter(p Phase, now float64) {
	s.since = now
	s.phase.Store(int32(p))
}

// Act does what the hand does in one substep.
func (s *Simulated) Act(f *Feel, dt float64, g *Grip) {
	s.sense.touch(f, dt)
	if s.wait == 0 {
		s.sense.consider(f)
		s.think(f)
		s.wait = perThought
	}
	s.wait--
	g.TiltX, g.TiltY = s.tiltX+s.rock*s.who.rockX, s.tiltY+s.rock*s.who.rockY
	g.U, g.V = s.who.u, s.who.v
	g.Behind = s.task.Behind
	g.StyletOut = false
	if p := s.Phase(); p == Released || p == GaveUp {
		s.arm.letGo(g)
		return
	}
	if !s.arm.held {
		s.arm.grasp(f.Position)
	}
	most := s.mostPush(f)
	s.arm.effort = min(s.arm.effort, most*(1-s.arm.tired))
	s.arm.push(s.goal, s.rise, s.fall, s.follow, most, f, dt, g)
	g.TwistRate = s.rate
	g.Trigger += (s.trigger - g.Trigger) * min(1, dt/fingerLag)
}

// Numbers that do not differ between people. Assumed unless a source is given.
const (
	fingerLag    = 0.03   // s, of the trigger
	tremorHz     = 9.0    // physiological tremor 8-12 Hz
	stuckMove    = 0.4e-3 // m, less is no advance
	stuckAfter   = 0.8    // s without advance until the push is raised
	raisePerS    = 0.12   // share of the greatest push by which it is raised each second
	easeSpeed    = 4e-3   // m/s
	touchSpeed   = 2e-3   // m/s, slower is standing still
	touchFor     = 0.08   // s
	approachRate = 22.0   // N/s, how fast the approach pushes harder when it does not get on
	stillSpeed   = 2e-3   // m/s
	holdFor      = 0.6    // s
	airFollow    = 0.15   // s, rest point of an arm that moves on
	workFollow   = 0.60   // s, of an arm that holds against resistance
	hopelessS    = 8.0    // s at the greatest push without advance until the hand gives up
)

// think chooses what the muscles are to do until the next thought.
func (s *Simulated) think(f *Feel) {
	s.quiver()
	switch s.Phase() {
	case Waiting:
		s.float()
		switch {
		case f.Time < s.task.Start:
		case s.task.Probe:
			s.sense.settle(f)
			s.goal, s.from = 0, f.Position
			s.began.set(f.Time)
			s.enter(Cutting, f.Time)
		default:
			s.goal = 1
			s.enter(Approaching, f.Time)
		}
	case Withdrawing:
		s.pullOut(f)
	case Approaching:
		s.approach(f)
	case AtBone:
		s.atBone(f)
	case Cutting:
		s.cutting(f)
	case Crossing:
		s.cross(f)
	case Reacting:
		if !s.task.Probe {
			s.work(f)
		}
		if f.Time >= s.react {
			s.enter(Stopping, f.Time)
		}
	case Stopping:
		s.stopping(f)
	case Holding:
		s.holding(f)
	}
}

// quiver advances the tremor: noise filtered to its frequency, of standard deviation 1.
func (s *Simulated) quiver() {
	const keep = 1 - 2*math.Pi*tremorHz*thought
	s.shake = keep*s.shake + math.Sqrt(1-keep*keep)*s.rng.NormFloat64()
}

func (s *Simulated) float() {
	s.goal, s.rise, s.fall, s.follow = 0, s.who.rise, s.who.fall, 0
	s.trigger, s.rate = 0, 0
}

// approach moves in gently: it pushes harder while it does not get on, and takes a stop that does not give for bone.
func (s *Simulated) approach(f *Feel) {
	most, least, rate := 25.0, 3.0, approachRate
	if s.task.Child {
		most, least, rate = 12, 2, approachRate/2
	}
	s.rise, s.fall, s.follow = 0.05, 0.05, airFollow
	lack := (s.who.approach - s.sense.speed) / s.who.approach
	s.goal = min(max(s.goal+rate*thought*min(max(lack, -4), 1), 0.5), most)
	if s.sense.force < least || math.Abs(s.sense.speed) > touchSpeed {
		s.slow = f.Time
	}
	if f.Time-s.slow > touchFor {
		s.touched.set(f.Time)
		s.enter(AtBone, f.Time)
	}
}

// atBone eases to a light touch after the reaction time, settles and waits for its cue.
func (s *Simulated) atBone(f *Feel) {
	since := f.Time - s.since
	if since < s.who.reaction {
		return
	}
	s.goal = 5
	if s.task.Child {
		s.goal = 2.5
	}
	s.rise, s.fall = s.who.rise, 0.15
	if since < s.who.reaction+s.who.settle {
		return
	}
	if s.task.WaitAtBone && !s.goAhead.Load() {
		s.ready.Store(true)
		return
	}
	s.ready.Store(false)
	s.sense.settle(f)
	s.zero, s.swung, s.raise, s.from = f.Twist, 0, 0, f.Position
	s.began.set(f.Time)
	s.enter(Cutting, f.Time)
}
