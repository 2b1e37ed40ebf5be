package haptics

import "time"

// Stats is how a loop did. The keys are those of `osseo bench loop --json`.
type Stats struct {
	Seconds     float64 `json:"seconds"` // from the first tick to the last
	RateHz      float64 `json:"rate_hz"`
	PeriodP1US  float64 `json:"period_p1_us"` // between the beginnings of two ticks
	PeriodP99US float64 `json:"period_p99_us"`
	LateP50US   float64 `json:"late_p50_us"` // of a wake-up behind its deadline, as cyclictest counts: a tick that only catches up is in Overruns
	LateP99US   float64 `json:"late_p99_us"`
	LateP999US  float64 `json:"late_p999_us"`
	LateMaxUS   float64 `json:"late_max_us"`
	Overruns    int64   `json:"overruns"` // deadlines missed by a whole period or more, the skipped ones included
	Scheduler   string  `json:"sched"`    // fifo, rtkit, normal, offline

	Ticks   int64  `json:"ticks"`
	Skipped int64  `json:"skipped"` // ticks that never ran, because catching up is capped
	Notice  string `json:"notice"`  // what keeps the loop from being real-time and what to do about it; empty = nothing
	Locked  bool   `json:"memory_locked"`
}

// The scheduling classes of Stats.
const (
	SchedulerFIFO    = "fifo"
	SchedulerRTKit   = "rtkit"
	SchedulerNormal  = "normal"
	SchedulerOffline = "offline"
)

func microseconds(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }

// Stats may be called from any goroutine at any time; it takes about 20 us and does not disturb the tick.
func (l *Loop) Stats() Stats {
	c := l.class.Load()
	s := Stats{
		Scheduler: c.name, Notice: c.notice, Locked: c.locked,
		Ticks: l.ticks.Load(), Overruns: l.overruns.Load(), Skipped: l.skipped.Load(),
		PeriodP1US:  microseconds(l.periods.quantile(0.01)),
		PeriodP99US: microseconds(l.periods.quantile(0.99)),
		LateP50US:   microseconds(l.lateness.quantile(0.50)),
		LateP99US:   microseconds(l.lateness.quantile(0.99)),
		LateP999US:  microseconds(l.lateness.quantile(0.999)),
		LateMaxUS:   microseconds(time.Duration(l.lateness.most.Load())),
	}
	if span := l.lastTick.Load() - l.firstTick.Load(); span > 0 {
		s.Seconds = time.Duration(span).Seconds()
		s.RateHz = float64(s.Ticks-1) / s.Seconds
	} else if s.Scheduler == SchedulerOffline {
		s.Seconds, s.RateHz = float64(s.Ticks)*l.dt, l.hz
	}
	return s
}
