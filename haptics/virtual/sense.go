package virtual

import "math"

// thoughtHz is how often a simulated hand considers what it feels; muscles and arm work at every substep.
const (
	thoughtHz  = 1000.0
	thought    = 1 / thoughtHz
	perThought = int(SubstepHz / thoughtHz)
	memoryLen  = 64    // thoughts, positions remembered
	lungeLen   = 50    // thoughts over which a sudden advance is judged
	senseLag   = 0.008 // s, blurring of touch. Assumed: vibration of the motor is felt as such and not as push
	refRise    = 0.060 // s, how fast the accustomed push follows a growing one
	refFall    = 0.500 // s, and a falling one
	paceLag    = 0.600 // s, accustomed speed of advance
	noiseLag   = 0.400 // s
	speedLag   = 0.020 // s
	leastDrop  = 0.5   // N. Assumed: a smaller fall drowns in the arm's own
	leastFelt  = 0.1   // N, the smallest fall felt at all. Assumed
	doubtful   = 1.5   // spreads of wavering a fall must exceed, beside the Weber fraction
)

// sense is what a hand makes of what it feels.
type sense struct {
	force  float64            // N, blurred by touch
	speed  float64            // m/s, blurred
	ref    float64            // N, push it has become used to
	pace   float64            // m/s, advance it has become used to
	noise  float64            // N, wavering of the push
	calm   float64            // s, last time the force was near ref
	past   [memoryLen]float64 // m, positions
	felt   [memoryLen]float64 // N, forces
	rough  [memoryLen]float64 // N, wavering
	at     int
	filled bool
	heard  int     // thoughts since something new began
	stuck  float64 // s without advance
	mark   float64 // m, where the last advance was noticed: deeper than before
}

// touch takes in one substep.
func (s *sense) touch(f *Feel, dt float64) {
	s.force += (f.Force - s.force) * (dt / senseLag)
	s.speed += (f.Velocity - s.speed) * (dt / speedLag)
}

// consider takes in one thought.
func (s *sense) consider(f *Feel) {
	if !s.filled {
		s.filled = true
		for i := range s.past {
			s.past[i] = f.Position
		}
		s.mark = f.Position
	}
	lag := refFall
	if s.force > s.ref {
		lag = refRise
	}
	s.ref += (s.force - s.ref) * (thought / lag)
	s.noise += (math.Abs(s.force-s.ref) - s.noise) * (thought / noiseLag)
	s.pace += (f.Velocity - s.pace) * (thought / paceLag)
	if s.force >= 0.97*s.ref {
		s.calm = f.Time
	}
	s.at = (s.at + 1) % memoryLen
	s.past[s.at], s.felt[s.at], s.rough[s.at] = f.Position, s.force, s.noise
	s.heard++
	s.stuck += thought
	if f.Position-s.mark > stuckMove {
		s.mark, s.stuck = f.Position, 0
	}
}

// settle forgets what the hand was used to: something new begins.
func (s *sense) settle(f *Feel) {
	s.ref, s.noise, s.pace = s.force, 0, 0
	s.calm, s.mark, s.stuck, s.heard = f.Time, f.Position, 0, 0
}

// foresee takes a fall of force that the muscles make themselves, N, out of what the hand is used to: nobody is surprised by
// it.
func (s *sense) foresee(own float64) {
	if own > 0 {
		s.ref = max(s.ref-own, 0)
	}
}

// lunge is the advance of the last 50 ms beyond the accustomed pace, m.
func (s *sense) lunge() float64 {
	then := s.past[(s.at+memoryLen-lungeLen)%memoryLen]
	return s.past[s.at] - then - max(s.pace, 0)*lungeLen*thought
}

// hard is how stiff the stop met in the last 30 ms is, N/m; 0 unless force has risen by least newtons.
func (s *sense) hard(least float64) float64 {
	then := (s.at + memoryLen - 30) % memoryLen
	rise, way := s.felt[s.at]-s.felt[then], s.past[s.at]-s.past[then]
	if rise < least {
		return 0
	}
	return rise / max(way, 1e-6)
}

// dropped reports whether a person with this Weber fraction and lunge takes what is felt for a loss of resistance: the
// force is less than the accustomed one by more than it wavers, and the tool has run ahead.
// doubt is how many spreads of the wavering the fall must exceed.
func (s *sense) dropped(weber, lunge, doubt float64) bool {
	fall := s.ref - s.force
	return fall > leastDrop && fall > weber*s.ref+doubt*s.noise && s.lunge() > lunge
}

// A fall that is several times what can be felt needs less running ahead to be believed. Assumed: 45 %, six Weber fractions,
// and a quarter of the advance that a lesser fall needs.
const (
	goneFall  = 0.45
	goneAhead = 0.25
)

// gone reports whether so much of the force is lost that hardly any running ahead is needed to believe it.
func (s *sense) gone(lunge float64) bool {
	fall := s.ref - s.force
	return fall > leastDrop && fall > goneFall*s.ref && s.lunge() > goneAhead*lunge
}

// A sudden fall is judged by what was felt 64 to 45 ms ago against the last 30 ms.
const (
	beforeLen = 20 // thoughts
	afterLen  = 30
)

// fell reports whether a person with this Weber fraction feels the force fall suddenly, whether or not the tool moves: all
// of the last 30 ms lie below what was felt before by more than that fraction and more than it wavered then. What the muscles
// took back meanwhile is no surprise: own is how much of the effort that was, N, >= 0.
func (s *sense) fell(weber, doubt, own float64) bool {
	before := 0.0
	for i := range beforeLen {
		before += s.felt[(s.at+1+i)%memoryLen]
	}
	before /= beforeLen
	after := 0.0
	for i := range afterLen {
		after = max(after, s.felt[(s.at+memoryLen-i)%memoryLen])
	}
	fall := before - after - max(own, 0)
	wavered := s.rough[(s.at+1)%memoryLen]
	return s.heard >= memoryLen && fall > max(weber*before, doubt*wavered, leastFelt)
}
