package leg

import (
	"sync"
	"testing"
)

func TestLatestGivesTheNewestAndNeverAHalfOne(t *testing.T) {
	var l latest[[4]int]
	l.init()
	if _, ok := l.take(); ok {
		t.Fatal("an empty slot gave a value")
	}
	const n = 200_000
	var wg sync.WaitGroup
	wg.Go(func() {
		for k := 1; k <= n; k++ {
			*l.slot() = [4]int{k, k, k, k}
			l.give()
		}
	})
	last := 0
	for last < n {
		v, ok := l.take()
		if !ok {
			continue
		}
		if v[0] != v[1] || v[0] != v[2] || v[0] != v[3] || v[0] <= last {
			t.Fatalf("after %d came %v", last, *v)
		}
		last = v[0]
	}
	wg.Wait()
	*l.slot() = [4]int{7}
	if l.give() {
		t.Error("a taken value counts as overwritten")
	}
	if !l.give() {
		t.Error("an untaken value does not count as overwritten")
	}
}
