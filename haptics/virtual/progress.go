package virtual

import (
	"math"
	"sync/atomic"
)

// Phase is what a simulated hand is doing.
type Phase int32

// The phases, in their usual order.
const (
	Waiting     Phase = iota // before its start
	Approaching              // through skin and fat
	AtBone                   // felt the stop; settles, and waits for Go when told so
	Cutting                  // drilling, twisting or firing
	Reacting                 // noticed the drop; the muscles have not yet followed
	Stopping                 // effort relaxes
	Holding                  // still, tool in hand
	Released                 // tool let go
	GaveUp                   // tool let go without a pop noticed
	Withdrawing              // pulls the tool out for another attempt
	Crossing                 // through the first of two walls, on its way to the second
)

var phaseNames = [...]string{
	"waiting", "approaching", "at-bone", "cutting", "reacting", "stopping", "holding", "released", "gave-up", "withdrawing", "crossing",
}

// String returns the phase's name.
func (p Phase) String() string {
	if p >= 0 && int(p) < len(phaseNames) {
		return phaseNames[p]
	}
	return "unknown"
}

// Operator is a simulated hand whose progress can be followed and paced. Every method may be called from any goroutine.
type Operator interface {
	Hand
	Phase() Phase
	TouchedAt() float64 // s after arming when bone was felt; NaN before
	CutAt() float64     // s when cutting began; NaN before
	NoticedAt() float64 // s when the drop was noticed, before the reaction; NaN when it was not
	StoppedAt() float64 // s when the tool stood still after the drop; NaN before
	Ready() bool        // at the bone, settled, waiting for Go
	Go()                // cut now; before the bone is reached it is remembered
	Release()           // let the tool go as soon as it is held still
}

// progress is the part of a hand that others read.
type progress struct {
	phase   atomic.Int32
	ready   atomic.Bool
	goAhead atomic.Bool
	release atomic.Bool
	touched stamp
	began   stamp
	felt    stamp
	noticed stamp
	stopped stamp
}

// stamp is a time that is written by one goroutine and read by any.
type stamp struct{ bits atomic.Uint64 }

func (s *stamp) set(t float64) { s.bits.Store(math.Float64bits(t)) }
func (s *stamp) get() float64  { return math.Float64frombits(s.bits.Load()) }

func (p *progress) clear() {
	p.ready.Store(false)
	p.goAhead.Store(false)
	p.release.Store(false)
	for _, s := range [...]*stamp{&p.touched, &p.began, &p.felt, &p.noticed, &p.stopped} {
		s.set(math.NaN())
	}
}

// Phase is what the hand is doing.
func (p *progress) Phase() Phase { return Phase(p.phase.Load()) }

// TouchedAt is when bone was felt, s after arming; NaN before.
func (p *progress) TouchedAt() float64 { return p.touched.get() }

// CutAt is when cutting began, s after arming; NaN before.
func (p *progress) CutAt() float64 { return p.began.get() }

// FeltAt is when a sudden fall of force was first felt while cutting, whatever was made of it, s after arming; NaN before.
func (p *progress) FeltAt() float64 { return p.felt.get() }

// NoticedAt is when the drop was noticed, s after arming; NaN when it was not.
func (p *progress) NoticedAt() float64 { return p.noticed.get() }

// StoppedAt is when the tool stood still, s after arming; NaN before.
func (p *progress) StoppedAt() float64 { return p.stopped.get() }

// Ready reports whether the hand is settled at the bone and waits for Go.
func (p *progress) Ready() bool { return p.ready.Load() }

// Go lets a hand that waits at the bone cut.
func (p *progress) Go() { p.goAhead.Store(true) }

// Release lets the tool go as soon as it is held still.
func (p *progress) Release() { p.release.Store(true) }
