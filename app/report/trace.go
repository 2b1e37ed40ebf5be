package report

import (
	"math"

	"osseo/app/recording"
	"osseo/physics"
)

// sample is one drawn moment.
type sample struct {
	at    float64 // s since the case began
	depth float64 // mm
	force float64 // N
}

// moment is an event worth a mark.
type moment struct {
	sample
	label string
	bad   bool
}

// trace is what the plots show.
type trace struct {
	samples []sample
	moments []moment
}

// leadS and trailS are how much is shown before the skin and after the last event, s.
const (
	leadS  = 0.5
	trailS = 2.0
)

// newTrace picks the part of the rows to draw and thins it to what can be seen.
func newTrace(in *Input) trace {
	rows := window(in)
	var t trace
	seen := map[physics.Events]bool{}
	last := sample{at: math.Inf(-1)}
	for i := range rows {
		r := &rows[i]
		s := sample{float64(r.Tick) / in.TickHz, r.Tip * 1000, r.Rendered}
		if !finite(s.depth) || !finite(s.force) {
			continue
		}
		before := len(t.moments)
		t.note(physics.Events(r.Events), s, seen)
		if len(t.moments) > before || i == len(rows)-1 || visible(last, s) {
			t.samples = append(t.samples, s)
			last = s
		}
	}
	return t
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// visible reports whether a moment is far enough from the last drawn one to show on paper.
func visible(a, b sample) bool {
	return b.at-a.at >= 0.05 || math.Abs(b.depth-a.depth) >= 0.02 || math.Abs(b.force-a.force) >= 0.2
}

// window is the part of the rows the plots show: what was asked for, or the last insertion.
func window(in *Input) []recording.Row {
	first, last := 0, len(in.Rows)-1
	if in.To > in.From {
		for first <= last && float64(in.Rows[first].Tick)/in.TickHz < in.From {
			first++
		}
		for last >= first && float64(in.Rows[last].Tick)/in.TickHz > in.To {
			last--
		}
		return in.Rows[first : last+1]
	}
	start, end := -1, -1
	for i := range in.Rows {
		e := physics.Events(in.Rows[i].Events)
		if e.Has(physics.SkinPuncture) {
			start = i
		}
		if e != 0 {
			end = i
		}
	}
	if start < 0 {
		return in.Rows
	}
	first = max(0, start-int(leadS*in.TickHz))
	last = min(last, end+int(trailS*in.TickHz))
	return in.Rows[first : last+1]
}

// told are the events that get a mark, with their word and whether each occurrence gets one.
var told = []struct {
	event physics.Events
	word  string
	bad   bool
}{
	{physics.SkinPuncture, "skin", false},
	{physics.Contact, "bone", false},
	{physics.Fire, "fired", false},
	{physics.Slip, "slipped", true},
	{physics.FalseDrop, "false drop", true},
	{physics.Stall, "drill stalled", true},
	{physics.Breakthrough, "pop", false},
	{physics.FarContact, "far wall", true},
	{physics.FarBreakthrough, "through the far wall", true},
	{physics.Yield, "needle bent", true},
	{physics.StyletSlip, "stylet slipped", true},
	{physics.Clog, "clogged", true},
	{physics.HubShear, "hub sheared", true},
	{physics.Break, "needle broke", true},
}

// note marks the first time each kind of event happens.
func (t *trace) note(e physics.Events, s sample, seen map[physics.Events]bool) {
	for _, k := range told {
		if e.Has(k.event) && !seen[k.event] {
			seen[k.event] = true
			t.moments = append(t.moments, moment{s, k.word, k.bad})
		}
	}
}
