package virtual

import "osseo/haptics"

// Playback is a hand that repeats a recording exactly: a leg made with it returns the recorded samples one after the
// other, whatever it is told to render, and ErrEnd after the last.
type Playback struct {
	samples []haptics.Sample
	at      int
}

var _ Hand = (*Playback)(nil)

// NewPlayback repeats samples, which it keeps and does not change.
func NewPlayback(samples []haptics.Sample) *Playback { return &Playback{samples: samples} }

// Rewind starts the recording again.
func (p *Playback) Rewind() { p.at = 0 }

// Left is how many samples are still to come.
func (p *Playback) Left() int { return len(p.samples) - p.at }

func (p *Playback) next(s *haptics.Sample) error {
	if p.at >= len(p.samples) {
		return ErrEnd
	}
	*s = p.samples[p.at]
	p.at++
	return nil
}

// Act holds nothing: the leg returns the recording itself.
func (p *Playback) Act(f *Feel, dt float64, g *Grip) { nobody{}.Act(f, dt, g) }
