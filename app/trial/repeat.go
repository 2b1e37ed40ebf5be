package trial

import (
	"fmt"
	"math"
	"sort"
	"strings"

	"osseo/app/recording"
	"osseo/haptics"
	"osseo/haptics/virtual"
	"osseo/scenarios"
)

// repeat walks a recorded procedure again: the recorded actions at their times and the recorded motion of the tool,
// interpolated to the tick rate of this run.
type repeat struct {
	actions []scenarios.Action
	end     float64 // s
}

// namesFile reports whether a hand is meant as the file of a recording.
func namesFile(hand string) bool { return strings.ContainsAny(hand, `/\.`) }

func newRepeat(setup Setup) (actor, virtual.Hand, error) {
	rec, err := recording.Load(setup.Hand)
	if err != nil {
		return nil, nil, fmt.Errorf("trial: recorded hand: %w", err)
	}
	e, err := Examine(rec)
	if err != nil {
		return nil, nil, fmt.Errorf("trial: recorded hand: %w", err)
	}
	rows := rec.Rows()
	if len(rows) < 2 {
		return nil, nil, fmt.Errorf("trial: recorded hand %s holds %d ticks, at least 2 needed", setup.Hand, len(rows))
	}
	substitute(e.Actions, setup)
	samples := resample(rows, e.Setup.TickHz, setup.TickHz)
	return &repeat{actions: e.Actions, end: float64(len(samples)-1) / setup.TickHz}, virtual.NewPlayback(samples), nil
}

// substitute takes the driver and needle this run asks for in place of the recorded ones.
func substitute(actions []scenarios.Action, setup Setup) {
	if setup.Driver == "" && setup.Needle == "" {
		return
	}
	p := firstPlacement(setup)
	for i := range actions {
		switch actions[i].Kind {
		case scenarios.ChooseDriver:
			actions[i].Value = p.Driver
		case scenarios.ChooseNeedle:
			actions[i].Value = p.Needle
		}
	}
}

// think does the recorded actions whose time has come. One that is impossible here, in another bone or with another needle,
// is passed over; the grade shows that it was not done.
func (r *repeat) think(s *Session) (bool, error) {
	for len(r.actions) > 0 && r.actions[0].At <= s.Now() {
		_, _ = s.Act(r.actions[0])
		r.actions = r.actions[1:]
	}
	return len(r.actions) == 0 && s.Now() >= r.end-1.5*thinkEvery, nil
}

// resample gives the recorded motion at another tick rate, linear between recorded ticks.
func resample(rows []recording.Row, from, to float64) []haptics.Sample {
	first := rows[0].Tick
	span := float64(rows[len(rows)-1].Tick-first) / from
	n := int(span*to) + 1
	out := make([]haptics.Sample, n)
	for i := range out {
		x := float64(i) / to * from
		at := float64(first) + x
		j := sort.Search(len(rows), func(k int) bool { return float64(rows[k].Tick) > at+1e-9 }) - 1
		j = min(max(j, 0), len(rows)-2)
		a, b := &rows[j], &rows[j+1]
		out[i] = between(a, b, (at-float64(a.Tick))/math.Max(1, float64(b.Tick-a.Tick)))
		out[i].Tick, out[i].Time = int64(i), float64(i)/to
	}
	return out
}

func between(a, b *recording.Row, f float64) haptics.Sample {
	mix := func(x, y float64) float64 { return x + f*(y-x) }
	s := haptics.Sample{
		Position: mix(a.Position, b.Position), Velocity: mix(a.Velocity, b.Velocity), Twist: mix(a.Twist, b.Twist),
		TiltX: mix(a.TiltX, b.TiltX), TiltY: mix(a.TiltY, b.TiltY), U: mix(a.U, b.U), V: mix(a.V, b.V),
		Trigger: mix(a.Trigger, b.Trigger), Load: mix(a.Load, b.Load), Syringe: mix(a.Syringe, b.Syringe),
		Switches: haptics.Switches(a.Switches),
	}
	return s
}
