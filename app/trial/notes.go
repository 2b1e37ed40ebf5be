package trial

import "sync/atomic"

// noteKind says what a note from the tick is about.
type noteKind uint8

const (
	noteEvents noteKind = iota + 1 // A holds physics.Events
	noteHash                       // A holds the state hash
	noteSwap                       // a new placement was taken; A holds its attempt
	noteFlush                      // A holds the volume flushed through the needle, uL
	noteCauses                     // A holds haptics.Causes; Value and Limit what was asked and allowed
	noteFault                      // A holds haptics.Reason
)

// note is what the tick tells the rest of the program. It is a value, so that telling it neither allocates nor waits.
type note struct {
	tick         int64
	kind         noteKind
	a            uint64
	value, limit float64
}

// notes is a ring with one writer (the tick) and one reader (the pump). A full ring drops and counts.
type notes struct {
	ring    [1024]note
	head    atomic.Uint64 // written by the tick
	tail    atomic.Uint64 // written by the pump
	dropped atomic.Uint64
}

func (n *notes) put(x note) {
	h := n.head.Load()
	if h-n.tail.Load() == uint64(len(n.ring)) {
		n.dropped.Add(1)
		return
	}
	n.ring[h%uint64(len(n.ring))] = x
	n.head.Store(h + 1)
}

func (n *notes) take() (note, bool) {
	t := n.tail.Load()
	if t == n.head.Load() {
		return note{}, false
	}
	x := n.ring[t%uint64(len(n.ring))]
	n.tail.Store(t + 1)
	return x, true
}
