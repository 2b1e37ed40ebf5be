package haptics

import (
	"math/bits"
	"sync/atomic"
	"time"
)

// histogram counts durations without allocation: exact below 256 ns, then 256 steps an octave (0.4 %). One goroutine adds,
// any may read; a reader sees each count whole, not all of them of one moment.
type histogram struct {
	counts [histogramSize]atomic.Uint64
	total  atomic.Uint64
	most   atomic.Int64
}

const (
	histogramBits = 8
	histogramSize = (40 - histogramBits + 1) << histogramBits // up to 2^40 ns, 18 minutes
)

func (h *histogram) add(d time.Duration) {
	d = max(d, 0)
	slot := &h.counts[bucket(uint64(d))]
	slot.Store(slot.Load() + 1)
	h.total.Store(h.total.Load() + 1)
	if int64(d) > h.most.Load() {
		h.most.Store(int64(d))
	}
}

func (h *histogram) reset() {
	for i := range h.counts {
		h.counts[i].Store(0)
	}
	h.total.Store(0)
	h.most.Store(0)
}

// bucket is the number of the counter of ns.
func bucket(ns uint64) int {
	shift := max(0, bits.Len64(ns)-histogramBits-1)
	return min(shift<<histogramBits+int(ns>>shift), histogramSize-1)
}

// lower is the least duration of a counter, ns.
func lower(b int) uint64 {
	shift := max(0, b>>histogramBits-1)
	return uint64(b-shift<<histogramBits) << shift
}

// quantile returns the duration below which the share q of the counts lies, in the middle of its step; 0 without counts.
func (h *histogram) quantile(q float64) time.Duration {
	total := h.total.Load()
	if total == 0 {
		return 0
	}
	rank := uint64(q * float64(total))
	var sum uint64
	for b := range h.counts {
		sum += h.counts[b].Load()
		if sum > rank {
			return min(time.Duration(lower(b)+lower(b+1))/2, time.Duration(h.most.Load()))
		}
	}
	return time.Duration(h.most.Load())
}
