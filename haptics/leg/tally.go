package leg

import "sync/atomic"

// tally counts durations in steps of 5 us up to 80 ms; longer ones share the last step but keep their maximum. One
// goroutine adds, any may read.
type tally struct {
	counts [tallySteps + 1]atomic.Uint32
	total  atomic.Uint64
	most   atomic.Int64 // ns
}

const (
	tallyStep  = 5000 // ns
	tallySteps = 16000
)

func (t *tally) add(ns int64) {
	ns = max(ns, 0)
	t.counts[min(ns/tallyStep, tallySteps)].Add(1)
	t.total.Add(1)
	if ns > t.most.Load() {
		t.most.Store(ns)
	}
}

func (t *tally) reset() {
	for i := range t.counts {
		t.counts[i].Store(0)
	}
	t.total.Store(0)
	t.most.Store(0)
}

// quantile is the duration below which the share q lies, us; 0 without counts.
func (t *tally) quantile(q float64) float64 {
	total := t.total.Load()
	if total == 0 {
		return 0
	}
	rank := uint64(q * float64(total))
	var sum uint64
	for i := range t.counts {
		sum += uint64(t.counts[i].Load())
		if sum > rank {
			if i == tallySteps {
				break
			}
			return min((float64(i)+0.5)*tallyStep, float64(t.most.Load())) / 1e3
		}
	}
	return float64(t.most.Load()) / 1e3
}
