package servo

import (
	"unsafe"

	"osseo/app/trial"
)

// tap publishes ticks into shared memory. One goroutine ticks it at a time.
type tap struct{ m *shared }

var _ trial.Tap = tap{}

// Tick publishes s as the newest snapshot and its point on the ring. It never allocates, locks or waits.
func (t tap) Tick(s *trial.Snapshot) {
	t.m.publish(s)
	t.m.push(&trial.Point{
		Tick: s.Tick, Time: float32(s.Time), Depth: float32(s.Tip), Force: float32(s.Force), Events: s.Events,
	})
}

// publish writes s to the slot nobody reads and then names it the newest. A servo that dies or is stopped in between
// leaves the slot before it whole: a reader never waits for a writer.
func (m *shared) publish(s *trial.Snapshot) {
	next := m.published.Load() + 1
	words := (*[snapshotWords]uint64)(unsafe.Pointer(s))
	slot := &m.slots[next%2]
	for i := range slot {
		slot[i].Store(words[i])
	}
	m.published.Store(next)
}

// snapshotTries bounds read: a tick is a millisecond and a copy a tenth of a microsecond, so that two tries in a row
// fail only while the reader is kept off its processor.
const snapshotTries = 64

// read copies the newest snapshot and returns its number, 0 when there is none. It leaves s as it was and returns false
// only if the writer overtook it snapshotTries times.
func (m *shared) read(s *trial.Snapshot) (uint64, bool) {
	var words [snapshotWords]uint64
	for range snapshotTries {
		n := m.published.Load()
		slot := &m.slots[n%2]
		for i := range slot {
			words[i] = slot[i].Load()
		}
		if m.published.Load() == n {
			*s = *(*trial.Snapshot)(unsafe.Pointer(&words))
			return n, true
		}
	}
	return 0, false
}

// push appends p to the ring.
func (m *shared) push(p *trial.Point) {
	head := m.head.Load()
	words := (*[pointWords]uint64)(unsafe.Pointer(p))
	place := &m.ring[head%RingPoints]
	for i := range place {
		place[i].Store(words[i])
	}
	m.head.Store(head + 1)
}

func (m *shared) point(index uint64) trial.Point {
	var words [pointWords]uint64
	place := &m.ring[index%RingPoints]
	for i := range place {
		words[i] = place[i].Load()
	}
	return *(*trial.Point)(unsafe.Pointer(&words))
}

// trace appends the points of this run with Tick > since to dst, oldest first.
func (m *shared) trace(dst []trial.Point, since int64) []trial.Point {
	from := len(dst)
	head := m.head.Load()
	first := oldest(head, m.base.Load())
	start := m.after(first, head, since)
	for i := start; i < head; i++ {
		dst = append(dst, m.point(i))
	}
	// What the servo overwrote meanwhile may be torn: it is the oldest, and it goes.
	if safe := oldest(m.head.Load(), start); safe > start {
		kept := copy(dst[from:], dst[from+int(min(safe, head)-start):])
		dst = dst[:from+kept]
	}
	// A search among places that were being overwritten may have begun too early: what was asked for begins after since.
	known := 0
	for known < len(dst)-from && dst[from+known].Tick <= since {
		known++
	}
	return dst[:from+copy(dst[from:], dst[from+known:])]
}

// oldest is the first index whose point is whole when head is the next one to be written: the place of head itself may
// be half written.
func oldest(head, base uint64) uint64 {
	if head >= RingPoints {
		return max(base, head-RingPoints+1)
	}
	return base
}

// after returns the first index in [first, head) whose tick is later than since. Ticks only grow within a run; a point
// overwritten while it is looked at is newer still, which errs towards the oldest, where trace cuts.
func (m *shared) after(first, head uint64, since int64) uint64 {
	for first < head {
		middle := first + (head-first)/2
		if m.point(middle).Tick > since {
			head = middle
		} else {
			first = middle + 1
		}
	}
	return first
}

// clear forgets the last run: an empty ring and a snapshot of nothing. Only between runs.
func (m *shared) clear() {
	m.base.Store(m.head.Load())
	m.publish(&trial.Snapshot{Tick: -1})
}

// rest shows that the run has ended. Only when nothing ticks any more.
func (m *shared) rest() {
	var s trial.Snapshot
	if _, ok := m.read(&s); ok {
		s.Running = false
		m.publish(&s)
	}
}
