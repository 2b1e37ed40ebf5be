package desktop

import (
	"fmt"
	"math"

	"osseo/app/recording"
	"osseo/app/trial"
)

// tapeStep is how many ticks one row of a tape stands for: 5 ms at 1 kHz, finer than a finger on a slider.
const tapeStep = 5

// ReadTape reads a recording for the debrief. A recording that was cut short is read as far as it goes, and says so.
func ReadTape(file string) (*Tape, error) {
	m, err := recording.Load(file)
	if err != nil {
		return nil, err
	}
	t := &Tape{}
	if end := m.End(); !end.Whole() {
		t.Notice = fmt.Sprintf("The recording ends early: %s.", end.Reason)
	}
	if t.Setup, err = trial.SetupOf(m.Header()); err != nil {
		return nil, err
	}
	rows := m.Rows()
	var events uint32
	for i := range rows {
		r := &rows[i]
		events |= r.Events
		if i%tapeStep != 0 && r.Events == 0 {
			continue
		}
		t.Rows = append(t.Rows, TapeRow{
			Time: float64(r.Tick) / t.Setup.TickHz, Tip: r.Tip, TipU: r.TipU, TipV: r.TipV, Force: r.Rendered,
			TiltX: r.TiltX, TiltY: r.TiltY, Effort: r.Load, Rev: r.Rev, MarkMM: r.MarkMM, Position: r.Position,
			Zone: r.Zone, Events: r.Events, Stylet: r.Stylet, U: r.U, V: r.V, Twist: r.Twist,
		})
	}
	e, err := trial.Examine(m)
	if err != nil {
		return nil, err
	}
	if a := e.Last(); a != nil {
		t.Place = a.Placement
		if !math.IsNaN(a.ContactU) && !math.IsNaN(a.ContactV) {
			t.U, t.V = a.ContactU, a.ContactV
		}
	}
	return t, nil
}
