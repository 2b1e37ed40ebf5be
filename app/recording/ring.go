package recording

import "sync/atomic"

// ring hands rows from one producer to one consumer without locks or allocation.
type ring struct {
	slots []Row
	mask  uint64
	_     [64]byte // keeps the two ends on different cache lines
	head  atomic.Uint64
	_     [64]byte
	tail  atomic.Uint64
}

// newRing makes a ring of at least n rows, rounded up to a power of two.
func newRing(n int) *ring {
	size := 1
	for size < n {
		size *= 2
	}
	return &ring{slots: make([]Row, size), mask: uint64(size - 1)}
}

// push copies r in and reports whether there was room. Producer only.
func (q *ring) push(r *Row) bool {
	h := q.head.Load()
	if h-q.tail.Load() == uint64(len(q.slots)) {
		return false
	}
	q.slots[h&q.mask] = *r
	q.head.Store(h + 1)
	return true
}

// pop copies the oldest row out and reports whether there was one. Consumer only.
func (q *ring) pop(r *Row) bool {
	t := q.tail.Load()
	if t == q.head.Load() {
		return false
	}
	*r = q.slots[t&q.mask]
	q.tail.Store(t + 1)
	return true
}
