package haptics

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

func TestHistogramQuantilesAreWithinAStep(t *testing.T) {
	const seed = 7
	random := rand.New(rand.NewPCG(seed, seed))
	var h histogram
	all := make([]float64, 20000)
	for i := range all {
		ns := math.Exp(random.Float64() * 20) // 1 ns to half a second
		all[i] = math.Floor(ns)
		h.add(time.Duration(ns))
	}
	slices.Sort(all)
	for _, q := range []float64{0.01, 0.5, 0.99, 0.999} {
		want := all[int(q*float64(len(all)))]
		if got := float64(h.quantile(q)); math.Abs(got-want) > 0.005*want+1 {
			t.Errorf("seed %d: quantile %g is %g ns, want %g", seed, q, got, want)
		}
	}
}

func TestHistogramBucketsMeet(t *testing.T) {
	for ns := uint64(0); ns < 1<<20; ns++ {
		if b := bucket(ns); lower(b) > ns || lower(b+1) <= ns {
			t.Fatalf("%d ns is in bucket %d, which holds %d to %d", ns, b, lower(b), lower(b+1)-1)
		}
	}
	if b := bucket(math.MaxUint64); b != histogramSize-1 {
		t.Errorf("the longest time is in bucket %d of %d", b, histogramSize)
	}
}

func TestEmptyHistogram(t *testing.T) {
	var h histogram
	if h.quantile(0.5) != 0 {
		t.Error("an empty histogram has a median")
	}
	h.add(-time.Second)
	if h.quantile(0.5) != 0 || h.total.Load() != 1 {
		t.Error("a negative time is not counted as none")
	}
}
