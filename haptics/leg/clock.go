package leg

import (
	"math"
	"sync/atomic"
)

// Clock is what is known of the leg's clock beside the host's.
type Clock struct {
	OffsetUS float64 `json:"offset_us"` // leg's microseconds less the host's, now; the host counts from opening the port
	DriftPPM float64 `json:"drift_ppm"` // how much faster the leg's clock runs
	// ThereUS and BackUS are estimates of the two ways, us: the round trip with the least delay is split in halves, which
	// nobody can check without a second clock; what is above it is told apart by offset and drift.
	ThereUS  float64 `json:"there_us"`
	BackUS   float64 `json:"back_us"`
	JitterUS float64 `json:"jitter_us"` // standard deviation of the delay of states on the way back
	Trips    int     `json:"trips"`     // round trips the regression rests on
}

// syncer estimates offset and drift by a line through the round trips with the least delay: one of each stretch of time,
// because delay only ever adds, so the quickest trip of a stretch is the most truthful one.
//
// One goroutine feeds it; Clock may be asked by any.
type syncer struct {
	trips [syncTrips]trip
	n     int // trips kept so far
	best  trip
	since float64 // us, when the present stretch began

	there, back float64 // us, smoothed
	mean, vary  float64 // of the way back, us and us^2
	offset      float64 // of the fit, at origin
	slope       float64
	origin      float64 // us

	shown atomic.Pointer[Clock]
}

// trip is one round trip: the offset it shows, us, at a host time, us, and how long it took.
type trip struct {
	at, offset, took float64
}

const (
	syncTrips   = 64     // stretches the line is laid through
	syncStretch = 0.25e6 // us, a stretch: 64 of them are 16 s
	syncSmooth  = 0.01   // share of a new value in the smoothed ones
)

func newSyncer() *syncer {
	s := &syncer{}
	s.best.took = math.Inf(1)
	s.shown.Store(&Clock{})
	return s
}

// forget begins anew; of the feeding goroutine only.
func (s *syncer) forget() {
	s.n, s.best = 0, trip{took: math.Inf(1)}
	s.there, s.back, s.mean, s.vary, s.offset, s.slope = 0, 0, 0, 0, 0, 0
	s.shown.Store(&Clock{})
}

// add takes one round trip: sent and received on the host's clock, seen on the leg's, all us. hold is how long the leg
// kept the command before it answered, us.
func (s *syncer) add(sent, seen, received, hold float64) {
	took := received - sent - hold
	if !(took >= 0) {
		return
	}
	// At seen the leg wrote its answer; half of the way back is all that can be assumed.
	t := trip{at: received, offset: seen - (received - took/2), took: took}
	if s.n == 0 && math.IsInf(s.best.took, 1) {
		s.since, s.origin = received, received
		s.offset = t.offset
	}
	if t.took < s.best.took {
		s.best = t
	}
	s.ways(sent, seen-hold, seen, received)
	if received-s.since < syncStretch {
		return
	}
	s.trips[s.n%syncTrips] = s.best
	s.n++
	s.since, s.best = received, trip{took: math.Inf(1)}
	s.fit()
	s.show(received)
}

// ways smooths the two one-way estimates.
func (s *syncer) ways(sent, arrived, seen, received float64) {
	offset := s.at(received)
	there, back := arrived-offset-sent, received-(seen-offset)
	if s.mean == 0 {
		s.there, s.back, s.mean = there, back, back
	}
	s.there += syncSmooth * (there - s.there)
	s.back += syncSmooth * (back - s.back)
	d := back - s.mean
	s.mean += syncSmooth * d
	s.vary += syncSmooth * (d*d - s.vary)
}

// at is the offset at a host time, us.
func (s *syncer) at(host float64) float64 { return s.offset + s.slope*(host-s.origin) }

// fit lays the line by least squares through the half of the trips that took least.
func (s *syncer) fit() {
	n := min(s.n, syncTrips)
	limit := s.median(n)
	var sum, sx, sy float64
	for _, t := range s.trips[:n] {
		if t.took <= limit {
			sum++
			sx += t.at
			sy += t.offset
		}
	}
	mx, my := sx/sum, sy/sum
	var xx, xy float64
	for _, t := range s.trips[:n] {
		if t.took <= limit {
			xx += (t.at - mx) * (t.at - mx)
			xy += (t.at - mx) * (t.offset - my)
		}
	}
	s.origin, s.offset, s.slope = mx, my, 0
	if sum >= 4 && xx > 0 {
		s.slope = xy / xx
	}
}

// median of how long the first n trips took; at most 64 values, twice a second.
func (s *syncer) median(n int) float64 {
	best := math.Inf(1)
	for _, t := range s.trips[:n] {
		under := 0
		for _, o := range s.trips[:n] {
			if o.took <= t.took {
				under++
			}
		}
		if 2*under >= n {
			best = min(best, t.took)
		}
	}
	return best
}

func (s *syncer) show(now float64) {
	s.shown.Store(&Clock{
		OffsetUS: s.at(now), DriftPPM: s.slope * 1e6, ThereUS: s.there, BackUS: s.back,
		JitterUS: math.Sqrt(s.vary), Trips: min(s.n, syncTrips),
	})
}

// Clock is the newest estimate.
func (s *syncer) Clock() Clock { return *s.shown.Load() }
