package leg

import (
	"strings"
	"sync/atomic"
	"time"

	"osseo/haptics/wire"
)

// Figures are how a link does.
type Figures struct {
	Seconds    float64 `json:"seconds"` // since the first state
	RateHz     float64 `json:"rate_hz"` // states taken per second
	States     int64   `json:"states"`
	Commands   int64   `json:"commands"`
	Lost       int64   `json:"lost"`       // states whose number never came
	Duplicated int64   `json:"duplicated"` // states that came twice
	Reordered  int64   `json:"reordered"`  // states that came after a later one
	CRCErrors  int64   `json:"crc_errors"`
	Broken     int64   `json:"broken"`  // other damaged frames: stuffing, length
	Refused    int64   `json:"refused"` // whole frames with a field out of its range
	Skipped    int64   `json:"skipped"` // commands overtaken by a later one before they were sent
	Missing    int64   `json:"missing"` // commands the leg says it never got

	RTTP50US    float64 `json:"rtt_p50_us"` // ping to pong, which the leg answers at once
	RTTP99US    float64 `json:"rtt_p99_us"`
	RTTMaxUS    float64 `json:"rtt_max_us"`
	AnswerP50US float64 `json:"answer_p50_us"` // command to the first state that answers it: the leg's period is in it
	AnswerP99US float64 `json:"answer_p99_us"`
	AnswerMaxUS float64 `json:"answer_max_us"`
	AgeP50US    float64 `json:"age_p50_us"` // of a state when Exchange takes it
	AgeP99US    float64 `json:"age_p99_us"`

	GapP99US float64 `json:"gap_p99_us"` // between two states as they come
	GapMaxUS float64 `json:"gap_max_us"`

	Clock        Clock   `json:"clock"`
	Mode         string  `json:"mode"`
	Fault        string  `json:"fault"` // of the leg; "none"
	TemperatureC float64 `json:"temperature_c"`
	RenderUS     float64 `json:"render_slowest_us"` // longest time between two evaluations of the local spring
	SupplyV      float64 `json:"supply_v"`
	HeldBack     string  `json:"held_back"` // stages of the leg's own governor that changed a force, "" for none
}

// figures are counted by the reader and the writer; any goroutine may ask.
type figures struct {
	sequence wire.Sequence // of the reader only
	twist    wire.Twist    // of the reader only
	seen     atomic.Pointer[wire.Counts]
	last     wire.Counts // of the reader only
	lastAt   time.Time

	states, sent, refused, written atomic.Int64
	lost, repeated, late           atomic.Int64
	first, newest                  atomic.Int64 // ns
	temperature                    atomic.Int64
	acted                          atomic.Uint32 // wire.Stages told by any status
	answer, rtt, age, gap          tally
}

var noCounts wire.Counts

// restart forgets what was measured while the link came up: some bridges and every emulator hold bytes back for a second.
func (f *figures) restart() {
	f.states.Store(0)
	f.answer.reset()
	f.rtt.reset()
	f.age.reset()
	f.gap.reset()
	f.sequence.Lost, f.sequence.Late, f.sequence.Repeated = 0, 0, 0
}

// decoded shows the decoder's counts now and then; the reader makes a copy at most 20 times a second, or when asked more
// often by a handshake it would be too late.
func (f *figures) decoded(c wire.Counts) {
	if now := time.Now(); now.Sub(f.lastAt) > 50*time.Millisecond || c.Version != f.last.Version {
		f.lastAt, f.last = now, c
		f.seen.Store(&c)
	}
}

func (f *figures) counts() wire.Counts {
	if c := f.seen.Load(); c != nil {
		return *c
	}
	return noCounts
}

// judge tells what a state is in its sequence, and counts.
func (f *figures) judge(frame wire.Frame) wire.Verdict {
	v := f.sequence.Judge(frame)
	f.lost.Store(int64(f.sequence.Lost))
	f.repeated.Store(int64(f.sequence.Repeated))
	f.late.Store(int64(f.sequence.Late))
	return v
}

func (f *figures) state(_ uint32, at int64) {
	if f.states.Add(1) == 1 {
		f.first.Store(at)
	} else {
		f.gap.add(at - f.newest.Load())
	}
	f.newest.Store(at)
}

// Figures are those of the present opening of the port.
func (l *Leg) Figures() Figures { return l.link.Load().report() }

func (k *link) report() Figures {
	f := &k.figures
	c := f.counts()
	r := Figures{
		States: f.states.Load(), Commands: f.sent.Load(),
		Lost: f.lost.Load(), Duplicated: f.repeated.Load(), Reordered: f.late.Load(),
		CRCErrors: int64(c.CRC), Broken: int64(c.Stuffing + c.Long + c.Length), Refused: f.refused.Load(),
		Skipped:  k.skipped.Load(),
		RTTP50US: f.rtt.quantile(0.5), RTTP99US: f.rtt.quantile(0.99), RTTMaxUS: float64(f.rtt.most.Load()) / 1e3,
		AnswerP50US: f.answer.quantile(0.5), AnswerP99US: f.answer.quantile(0.99),
		AnswerMaxUS: float64(f.answer.most.Load()) / 1e3,
		AgeP50US:    f.age.quantile(0.5), AgeP99US: f.age.quantile(0.99),
		GapP99US: f.gap.quantile(0.99), GapMaxUS: float64(f.gap.most.Load()) / 1e3,
		Clock: k.clock.Clock(), Fault: wire.NoCode.String(), TemperatureC: float64(f.temperature.Load()),
	}
	if span := f.newest.Load() - f.first.Load(); span > 0 {
		r.Seconds = float64(span) / 1e9
		r.RateHz = float64(r.States-1) / r.Seconds
	}
	if m, ok := k.mode(); ok {
		r.Mode = m.String()
		if t := k.trouble.Load(); t != nil && (m == wire.Faulted || m == wire.Stopped) {
			r.Fault = t.Code.String()
		}
	}
	if s := k.status.Load(); s != nil {
		r.RenderUS, r.SupplyV, r.Missing = float64(s.Slowest), float64(s.Supply)/1e3, int64(s.Missing)
	}
	r.HeldBack = strings.Join(wire.Stages(f.acted.Load()).Names(nil), ", ")
	return r
}
