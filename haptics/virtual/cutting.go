package virtual

import "math"

// cutting pushes and turns until the drop is noticed, the spring has fired, or hope is lost.
func (s *Simulated) cutting(f *Feel) {
	since := f.Time - s.since
	if s.task.Probe {
		s.probe(f, since)
		return
	}
	s.work(f)
	s.heed(f, since)
	switch {
	case s.task.Driver == Spring:
		s.fire(f, since)
	case s.task.Depth > 0:
		s.watch(f, since)
	case since > settleIn && s.task.Walls > 1 && s.sense.lunge() > plainLunge:
		s.who.deaf = false
		s.drop(f)
	case since > settleIn && f.Time >= s.deafTo && s.senses(f):
		s.drop(f)
	case since > s.who.patience || s.hopeless():
		s.enter(GaveUp, f.Time)
	}
}

// heed feels for a sudden fall of force. One who has felt it is on the alert: what gives now is the sooner believed.
func (s *Simulated) heed(f *Feel, since float64) {
	i := s.sense.at
	was, last := s.own[i], s.own[(i+memoryLen-1)%memoryLen]
	s.own[i] = s.arm.effort
	if last > 0 {
		s.sense.foresee(last - s.arm.effort)
	}
	if since > settleIn && s.sense.fell(s.weber(), s.who.doubt, was-s.arm.effort) {
		if math.IsNaN(s.felt.get()) {
			s.felt.set(f.Time)
		}
		s.alert = f.Time + alertFor
	}
}

// On the alert. Assumed: for half a second, half of the advance is enough.
const (
	alertFor   = 0.5 // s
	alertLunge = 0.5
)

// senses reports whether the person takes what is felt for the drop.
func (s *Simulated) senses(f *Feel) bool {
	lunge := s.lunge(f)
	return s.sense.dropped(s.weber(), lunge, s.who.doubt) || s.sense.gone(lunge)
}

// lunge is the advance that tells a drop now, m.
func (s *Simulated) lunge(f *Feel) float64 {
	if f.Time < s.alert {
		return alertLunge * s.who.lunge
	}
	return s.who.lunge
}

// watch stops at a depth the eye sees. Who goes in steadily begins to stop a reaction time before it; a sudden advance
// cannot be foreseen.
func (s *Simulated) watch(f *Feel, since float64) {
	ahead := max(s.sense.pace, 0) * s.who.reaction
	if s.task.ToHub {
		ahead = 0
	}
	switch {
	case f.Position+ahead >= s.task.Depth:
		s.noticed.set(f.Time)
		s.react = f.Time + s.who.reaction
		s.enter(Reacting, f.Time)
	case since > s.who.patience || s.hopeless():
		s.enter(GaveUp, f.Time)
	}
}

// settleIn is how long after the start of cutting nobody judges a drop yet, s.
const settleIn = 0.25

// deafFor is how long one who missed the drop takes what follows for more of the same, s. Assumed.
const deafFor = 0.8

// drop takes notice of the drop. A blurred one takes longer to believe; one who is deaf to the first works on until
// there is another.
func (s *Simulated) drop(f *Feel) {
	if s.task.Walls > 1 && f.Position-s.from < thinnest {
		return
	}
	if s.who.deaf {
		s.who.deaf = false
		s.deafTo = f.Time + deafFor
		return
	}
	blur := min(f.Time-s.sense.calm, 0.3) * s.who.blur
	s.react = f.Time + s.who.reaction + blur + s.who.linger
	if s.passed++; s.passed < s.task.Walls {
		s.slow = f.Time
		s.enter(Crossing, f.Time)
		return
	}
	s.noticed.set(f.Time)
	s.enter(Reacting, f.Time)
}

// Between two walls. Assumed: a light push, until something stops the tool again.
const (
	crossShare = 0.3  // of the push
	crossForce = 0.15 // of the push that a stop gives at least
	plainLunge = 8e-3 // m in 50 ms; a drill that sinks in so far is seen by who did not feel it
	thinnest   = 1e-3 // m; who drills through a shaft knows that no wall of it is thinner
)

// cross goes from one wall to the next: the drop is answered by a lighter push, the stop that follows by the full one.
func (s *Simulated) cross(f *Feel) {
	if f.Time < s.react {
		s.work(f)
		s.slow = f.Time
		return
	}
	s.goal, s.rise, s.fall, s.follow = crossShare*s.who.push, s.who.rise, s.who.fall, airFollow
	if s.sense.force < crossForce*s.who.push || math.Abs(s.sense.speed) > touchSpeed {
		s.slow = f.Time
	}
	if f.Time-s.slow <= touchFor {
		return
	}
	s.sense.settle(f)
	s.from = f.Position
	s.enter(Cutting, f.Time)
}

// mostPush is the most this person pushes when fresh, N.
func (s *Simulated) mostPush(f *Feel) float64 {
	return MaxPush(f.Torque, s.who.strength) * (1 + s.task.Lean)
}

func (s *Simulated) hopeless() bool {
	return s.sense.stuck > hopelessS && s.who.push+s.raise >= 0.99*s.who.most
}

// work is the effort and the turning of cutting.
func (s *Simulated) work(f *Feel) {
	who := &s.who
	if s.sense.stuck > stuckAfter {
		s.raise = min(s.raise+raisePerS*who.most*thought, who.most-who.push)
	}
	push := who.push + s.raise
	advance := min(max(s.sense.pace/easeSpeed, 0), 1)
	push *= (1 - who.ease*advance) * (1 + who.tremor*s.shake)
	if s.passed > 0 && s.profile.Second > 0 {
		push *= s.profile.Second
	}
	if s.task.Bounce {
		s.stroke += 2 * math.Pi * bounceHz * thought
		push *= 1 + bounceShare*math.Sin(s.stroke)
	}
	if s.task.Driver == Powered && s.hesitates(f) {
		push *= lookShare
	}
	s.goal = max(min(push, s.mostPush(f)), 0)
	s.rise, s.fall, s.follow = who.rise, who.fall, workFollow
	if s.task.Bounce {
		s.rise, s.fall, s.follow = bounceLag, bounceLag, bounceFollow
	}
	s.tiltX += who.driftX * thought
	s.tiltY += who.driftY * thought
	switch s.task.Driver {
	case Powered:
		s.trigger = 1
	case Manual:
		s.twist(f)
	}
}

// Hesitation at a drill: so long at it at a time, then the push is taken back to a share of it. Assumed.
const (
	boreFor   = 1.2 // s
	lookShare = 0.35
)

// hesitates reports whether the push is taken back just now.
func (s *Simulated) hesitates(f *Feel) bool {
	share := s.who.hesitate
	if share <= 0 {
		return false
	}
	cycle := boreFor / (1 - share)
	return math.Mod(f.Time-s.since, cycle) > boreFor
}

// twist turns the handle to and fro, with a pause at the end of each stroke. The wrist knows the angle, so that strokes
// stay about the same place.
func (s *Simulated) twist(f *Feel) {
	stroke := math.Floor(s.swung/math.Pi + 0.5)
	if f.Time >= s.idle {
		s.swung += 2 * math.Pi * s.who.hz * thought
	}
	if math.Floor(s.swung/math.Pi+0.5) != stroke {
		s.idle = f.Time + s.who.dwell
	}
	sin, cos := math.Sincos(s.swung)
	goal := s.zero + s.who.swing*sin
	s.rock = s.who.rock * sin
	if f.Time < s.idle {
		cos = 0
	}
	s.rate = s.who.swing*2*math.Pi*s.who.hz*cos + twistCorrect*(goal-f.Twist)
}

// A bouncing push. Assumed: two strokes a second, which waver by half of the push.
const (
	bounceHz     = 2.0
	bounceShare  = 0.5
	bounceLag    = 0.08 // s, of the effort: a stroke thought out beforehand
	bounceFollow = 0.3  // s, of the rest point: the arm swings with the drill instead of bearing against it
)

// weber is the smallest fall noticed. Who bounces loses what their own strokes hide.
func (s *Simulated) weber() float64 {
	if s.task.Bounce {
		return max(s.who.weber, bounceShare)
	}
	return s.who.weber
}

// twistCorrect is how fast a stroke that was held back is made good, 1/s. Assumed.
const twistCorrect = 4.0

// The spring driver: press on, fire, wait for the blow to pass. Assumed from the instructions: firm pressure first.
const (
	pressFor  = 1.2 // s
	squeezeAt = 0.1 // s before the spring goes in which the trigger is squeezed
	afterHit  = 0.3 // s from the trigger until the hand knows that it has fired

	flinchTilt = 0.35 // rad by which one who gave all of the push back would tip the device. Assumed: 20 degrees
)

// fire presses on and squeezes. The trigger of a spring is stiff: squeezing it tips the device, and who fears the blow gives
// way and tips it further.
func (s *Simulated) fire(f *Feel, since float64) {
	s.follow = airFollow // leaning on: the housing settles into the skin
	if since < pressFor-squeezeAt {
		return
	}
	s.goal *= 1 - s.who.flinch
	if since < pressFor {
		tip := (s.who.squeeze + s.who.flinch*flinchTilt) * thought / squeezeAt
		s.tiltX, s.tiltY = s.tiltX+tip*s.who.rockX, s.tiltY+tip*s.who.rockY
		return
	}
	s.trigger = 1
	if since > pressFor+afterHit {
		s.noticed.set(f.Time)
		s.react = f.Time + s.who.reaction + s.who.linger
		s.enter(Reacting, f.Time)
	}
}

// stopping lets effort and trigger go and stiffens: the tool is held, not pushed.
func (s *Simulated) stopping(f *Feel) {
	s.float()
	s.rock = 0
	s.follow = workFollow
	if s.arm.effort < 0.1*s.who.push && math.Abs(s.sense.speed) < stillSpeed {
		s.stopped.set(f.Time)
		s.enter(Holding, f.Time)
	}
}

func (s *Simulated) holding(f *Feel) {
	s.float()
	since := f.Time - s.since
	if s.release.Load() || (!s.task.KeepHold && since > holdFor) {
		s.enter(Released, f.Time)
	}
}

// pullOut draws the tool back to where it started.
func (s *Simulated) pullOut(f *Feel) {
	s.goal, s.rise, s.fall, s.follow = -25, s.who.rise, s.who.fall, airFollow
	s.trigger, s.rate = 0, 0
	if f.Position < defaultStart+3e-3 {
		s.float()
		s.enter(Waiting, f.Time)
	}
}
