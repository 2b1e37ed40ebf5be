package wire

// Sequence judges the sequence numbers and times of one type of frame. The zero value takes the first frame as it is.
type Sequence struct {
	began    bool
	number   uint8
	time     uint32
	Lost     uint64 // numbers never seen
	Repeated uint64 // seen twice
	Late     uint64 // older than one already taken
}

// Verdict is what a frame is in its sequence.
type Verdict uint8

// The verdicts.
const (
	Fresh     Verdict = iota // take it
	Duplicate                // the frame taken last, again
	Stale                    // older than the one taken last, or from no plausible time
)

// longestPause is the difference of two times up to which the later one is told from the earlier one, us.
const longestPause = 1 << 31

// Judge returns what f is. A frame is fresh when its time is later than that of the last fresh one by less than half the
// range of the clock; its number then tells how many are missing, modulo 256.
func (s *Sequence) Judge(f Frame) Verdict {
	step := f.Sequence - s.number
	switch {
	case !s.began:
		s.began, step = true, 1
	case step == 0 && f.Time == s.time:
		s.Repeated++
		return Duplicate
	case f.Time-s.time >= longestPause || step >= 128 && f.Time-s.time < 128e3:
		s.Late++
		return Stale
	}
	s.Lost += uint64(step - 1)
	s.number, s.time = f.Sequence, f.Time
	return Fresh
}

// Restart forgets the last frame; counts stay. Call it when the sender has started anew.
func (s *Sequence) Restart() { s.began = false }
