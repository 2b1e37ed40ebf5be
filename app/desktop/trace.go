package desktop

import (
	"osseo/app/draw"
	"osseo/app/trial"
	"osseo/physics"
)

// trace is the force of the present insertion, thinned for the scopes: the largest force and every event of each bin are
// kept, so that a pop of one tick is never lost between two pixels.
type trace struct {
	at, depth, force []float64 // s, m, N
	marks            []moment
	fresh            []trial.Point
	tick             int64
	bin              trial.Point
	n                int
	seen             uint32 // events so far: a point tells all of its attempt, not the new ones
}

// moment is an event of the bone with where it happened.
type moment struct {
	at, depth, force float64
	events           physics.Events
}

const (
	binTicks = 8
	mostBins = 6000 // 48 s at 1 kHz; after that every second one is dropped
)

// reset begins a new insertion.
func (t *trace) reset() {
	t.at, t.depth, t.force, t.marks, t.n = t.at[:0], t.depth[:0], t.force[:0], t.marks[:0], 0
}

// add takes the fresh ticks into bins. Ticks of the tool far above the skin are left out of the picture.
func (t *trace) add() {
	const above = -0.003 // m
	for _, p := range t.fresh {
		if p.Tick <= t.tick {
			continue
		}
		t.tick = p.Tick
		fresh := physics.Events(p.Events &^ t.seen)
		t.seen = p.Events
		if p.Depth < above && fresh == 0 {
			continue
		}
		if fresh != 0 {
			t.marks = append(t.marks, moment{float64(p.Time), float64(p.Depth), float64(p.Force), fresh})
		}
		if t.n == 0 || p.Force > t.bin.Force {
			t.bin = p
		}
		if t.n++; t.n == binTicks {
			t.keep()
		}
	}
	if len(t.at) > mostBins {
		t.halve()
	}
}

func (t *trace) keep() {
	t.at = append(t.at, float64(t.bin.Time))
	t.depth = append(t.depth, float64(t.bin.Depth))
	t.force = append(t.force, float64(t.bin.Force))
	t.n = 0
}

func (t *trace) halve() {
	n := 0
	for i := 0; i+1 < len(t.at); i += 2 {
		j := i
		if t.force[i+1] > t.force[i] {
			j = i + 1
		}
		t.at[n], t.depth[n], t.force[n] = t.at[j], t.depth[j], t.force[j]
		n++
	}
	t.at, t.depth, t.force = t.at[:n], t.depth[:n], t.force[:n]
}

// told are the events worth a mark in a chart, with the word beside it.
var told = []struct {
	event physics.Events
	word  string
}{
	{physics.SkinPuncture, "skin"},
	{physics.Contact, "bone"},
	{physics.FalseDrop, "false drop"},
	{physics.Breakthrough, "pop"},
	{physics.FarContact, "far wall"},
	{physics.FarBreakthrough, "through"},
	{physics.Fire, "fired"},
	{physics.Break, "broken"},
}

// labels returns chart events for moments; along says which axis they stand on.
func labels(marks []moment, along func(moment) float64, dots bool, th *draw.Theme) []draw.Event {
	var out []draw.Event
	for _, m := range marks {
		for _, w := range told {
			if m.events&w.event == 0 {
				continue
			}
			c := th.Depth
			switch w.event {
			case physics.Breakthrough:
				c = th.Force
			case physics.FalseDrop, physics.FarContact, physics.FarBreakthrough, physics.Break:
				c = th.Failed
			}
			out = append(out, draw.Event{X: along(m), Y: m.force, Dot: dots, Label: w.word, Color: c})
		}
	}
	return out
}
