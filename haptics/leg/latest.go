package leg

import "sync/atomic"

// latest hands values from one goroutine to one other: the newest wins, nobody waits and nothing is allocated. It is a
// triple buffer: each side owns one slot, the third changes hands by one atomic swap.
type latest[T any] struct {
	slots  [3]T
	middle atomic.Uint32 // number of the slot between the two sides, with fresh when it was not taken yet
	back   uint32        // of the giver
	front  uint32        // of the taker
}

const fresh = 4

func (l *latest[T]) init() {
	l.middle.Store(0)
	l.back, l.front = 1, 2
}

// slot is where the giver writes the next value before it calls give.
func (l *latest[T]) slot() *T { return &l.slots[l.back] }

// give publishes the slot; it reports whether a value nobody took was overwritten.
func (l *latest[T]) give() (overwrote bool) {
	old := l.middle.Swap(l.back | fresh)
	l.back = old &^ fresh
	return old&fresh != 0
}

// take returns the newest value, which stays valid until the next take, and whether it is a new one.
func (l *latest[T]) take() (*T, bool) {
	if l.middle.Load()&fresh == 0 {
		return &l.slots[l.front], false
	}
	old := l.middle.Swap(l.front)
	l.front = old &^ fresh
	return &l.slots[l.front], true
}
