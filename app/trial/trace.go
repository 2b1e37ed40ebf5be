package trial

import (
	"context"

	"osseo/app/recording"
)

// ExpertTrace is how an expert's hand goes into the same bone with the same needle: the force against the depth of the
// true tip from skin until the needle is let go. The bone is what matters: on whatever leg the setup ran, the expert goes
// into the virtual one, so that a report neither moves a leg nor waits for one.
func ExpertTrace(ctx context.Context, setup Setup) ([]Point, error) {
	setup.Hand, setup.Record, setup.Mode, setup.Device = "expert", "", Practise, Virtual
	_, e, err := Run(ctx, setup, nil)
	if err != nil {
		return nil, err
	}
	return insertionPoints(e.Recording.Rows(), e), nil
}

// insertionPoints are the ticks of the last attempt from skin to two seconds after the pop.
func insertionPoints(rows []recording.Row, e *Evidence) []Point {
	a := e.Last()
	if a == nil {
		return nil
	}
	until := a.PopS + 2
	var out []Point
	for i := range rows {
		r := &rows[i]
		at := float64(r.Tick) / e.Setup.TickHz
		if at >= a.SkinS && !(at > until) {
			out = append(out, pointOf(r, at))
		}
	}
	return out
}

func pointOf(r *recording.Row, at float64) Point {
	return Point{Tick: r.Tick, Time: float32(at), Depth: float32(r.Tip), Force: float32(r.Rendered), Events: r.Events}
}
