package virtual

// A probe is a needle pushed by hand alone through soft layers, at a steady pace, to stop behind the one meant.
const (
	probeSpeed = 5e-3 // m/s. Assumed: slow hand insertion, 5-20 mm/s
	probeMost  = 25.0 // N
	probeRate  = 22.0 // N/s, how fast a hand pushes harder when it does not get on
	doubting   = 1.6  // of the depth expected, beyond which who has felt nothing stops all the same. Assumed
)

// probe goes in at a pace until the drop is felt. Who has learned to expect a depth stops there when nothing has been felt
// on the way that would tell of tissue at all; who feels tissue goes on for the drop.
func (s *Simulated) probe(f *Feel, since float64) {
	s.rise, s.fall, s.follow = 0.05, 0.05, airFollow
	lack := (probeSpeed - s.sense.speed) / probeSpeed
	s.goal = min(max(s.goal+probeRate*thought*min(max(lack, -4), 1), 0), probeMost)
	s.heed(f, since)
	s.tissue = s.tissue || s.sense.force > leastFelt
	depth := s.who.expect
	if s.tissue {
		depth *= doubting
	}
	ahead := max(s.sense.pace, 0) * s.who.reaction
	switch {
	case since > settleIn && s.senses(f):
		s.drop(f)
	case depth > 0 && f.Position+ahead >= depth:
		s.noticed.set(f.Time)
		s.react = f.Time + s.who.reaction
		s.enter(Reacting, f.Time)
	case since > s.who.patience:
		s.enter(GaveUp, f.Time)
	}
}
