package haptictest

import (
	"errors"
	"io"
	"sync/atomic"

	"osseo/haptics"
)

// Errors of a Playback.
var (
	ErrNotArmed = errors.New("haptictest: playback is not armed: call Arm before Exchange")
	ErrClosed   = errors.New("haptictest: playback is closed: make a new one")
)

// Playback is a leg that answers with recorded samples, whatever it is told. Each Arm starts from the first sample; after
// the last one Exchange returns io.EOF, which ends a loop without a fault.
type Playback struct {
	info    haptics.Info
	samples []haptics.Sample
	next    int
	state   atomic.Int32
}

const (
	idle int32 = iota
	armed
	closed
)

// NewPlayback plays samples, which it does not copy, as a leg of the limits given.
func NewPlayback(samples []haptics.Sample, l haptics.Limits) *Playback {
	return &Playback{
		info:    haptics.Info{Kind: "playback", Name: "recorded leg", Capabilities: haptics.CanAxial, Limits: l},
		samples: samples,
	}
}

// Info says what is played.
func (p *Playback) Info() haptics.Info { return p.info }

// Arm goes back to the first sample.
func (p *Playback) Arm() error {
	if p.state.Load() == closed {
		return ErrClosed
	}
	p.next = 0
	p.state.Store(armed)
	return nil
}

// Exchange answers with the next sample.
func (p *Playback) Exchange(_ *haptics.Command, s *haptics.Sample) error {
	switch p.state.Load() {
	case closed:
		return ErrClosed
	case idle:
		return ErrNotArmed
	}
	if p.next >= len(p.samples) {
		return io.EOF
	}
	*s = p.samples[p.next]
	p.next++
	return nil
}

// Halt ends the playing.
func (p *Playback) Halt() error {
	p.state.CompareAndSwap(armed, idle)
	return nil
}

// Close ends it for ever.
func (p *Playback) Close() error {
	p.state.Store(closed)
	return nil
}

var _ haptics.Device = (*Playback)(nil)
