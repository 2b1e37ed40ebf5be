package trial

import (
	"context"
	"time"

	"osseo/haptics"
)

// quietHeap is how much memory a real-time run may gather without a garbage collection, bytes.
const quietHeap = 1 << 30

// BenchLoop runs a whole case - leg, model, governor, recorder - in real time for d and says how the loop did.
func BenchLoop(ctx context.Context, d time.Duration, hz float64) (haptics.Stats, error) {
	setup, err := Prepare(Setup{CaseRef: "adult-arrest", Hand: "robot", TickHz: hz})
	if err != nil {
		return haptics.Stats{}, err
	}
	loud := haptics.Quiet(quietHeap)
	defer loud()
	_, hand, err := person(setup)
	if err != nil {
		return haptics.Stats{}, err
	}
	l, _, err := StartLive(ctx, setup, hand, Parts{})
	if err != nil {
		return haptics.Stats{}, err
	}
	select {
	case <-ctx.Done():
	case <-l.Done():
	case <-time.After(d):
	}
	stats := l.Stats()
	_, err = l.Finish("abandoned")
	return stats, err
}
