package recording

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/apache/arrow-go/v18/arrow/ipc"
)

// tail is what the reader has learnt about where and why a recording ends.
type tail struct {
	expect   int64 // number of the next batch
	reached  bool  // no batch follows
	told     bool  // End is complete
	broken   int64 // messages refused since the last whole batch
	footer   *Footer
	stopped  string
	damage   []string // what was found wrong, for the reason; the first few
	cut      string   // where the file breaks off
	trailing bool     // bytes behind the end of the stream
}

// Limits of what is told about damage.
const (
	maxTold    = 3
	maxRefused = 10_000
)

func (t *tail) note(format string, args ...any) {
	if len(t.damage) < maxTold {
		t.damage = append(t.damage, fmt.Sprintf(format, args...))
	}
}

// advance moves to the next batch and reports whether there is one.
func (f *File) advance() bool {
	f.now, f.ahead = f.ahead, f.now
	f.row = 0
	if len(f.now.rows) == 0 && len(f.now.marks) == 0 && f.tail.reached {
		f.ahead.clear()
		f.conclude()
		return false
	}
	f.fill(f.ahead)
	f.now.adopt(f.ahead)
	return true
}

// fill reads the next whole batch into c, or nothing when there is none.
func (f *File) fill(c *contents) {
	for !f.tail.reached {
		at := f.frames.offset
		m, err := f.frames.next(maxBatchMeta)
		if err != nil {
			f.skip(at, err)
			continue
		}
		if f.accept(m, c) {
			return
		}
	}
	c.clear()
}

// accept unpacks a message into c and reports whether it is a whole batch in its turn.
func (f *File) accept(m *ipc.Message, c *contents) bool {
	t := &f.tail
	if m.Type() != ipc.MessageRecordBatch {
		t.broken++
		t.note("batch %d is damaged: a %v stands in its place", t.expect, m.Type())
		return false
	}
	if err := f.decoder.decode(m, c); err != nil {
		t.note("batch %d is damaged: %v", t.expect+t.broken, err)
		t.broken++
		return false
	}
	if c.number < t.expect {
		t.note("batch %d stands where batch %d was due", c.number, t.expect)
		return false
	}
	if t.footer != nil {
		t.note("batch %d follows the closing record", c.number)
	}
	f.refuse(c.number)
	t.expect, t.broken = c.number+1, 0
	t.footer = c.footer
	if c.stopped != "" {
		t.stopped = c.stopped
	}
	f.end.Batches++
	return true
}

// refuse takes note of the batches that are absent before number n.
func (f *File) refuse(n int64) {
	if n > f.tail.expect && f.tail.broken == 0 {
		f.tail.note("batch %d is missing", f.tail.expect)
	}
	for i := f.tail.expect; i < n && len(f.end.Refused) < maxRefused; i++ {
		f.end.Refused = append(f.end.Refused, i)
	}
}

// skip looks for the next whole batch behind something at a place that is none.
func (f *File) skip(at int64, err error) {
	t := &f.tail
	left := f.frames.size - at
	switch {
	case errors.Is(err, errNoMore), errors.Is(err, errEnd) && left == 8:
		t.reached = true
		return
	case !errors.Is(err, errCut) && !errors.Is(err, errFrame) && !errors.Is(err, errEnd):
		t.reached = true
		t.cut = fmt.Sprintf("cannot be read from byte %d on: %v", at, err)
		return
	}
	found, failed := f.frames.search()
	switch {
	case failed != nil:
		t.reached = true
		t.cut = fmt.Sprintf("cannot be read from byte %d on: %v", at, failed)
	case found:
		t.broken++
		t.note("batch %d is damaged: bytes %d to %d are no message", t.expect, at, f.frames.offset)
	default:
		t.reached = true
		f.breakOff(at, left, err)
	}
}

// breakOff says what stands at the end of a file behind its last whole message.
func (f *File) breakOff(at, left int64, err error) {
	t := &f.tail
	switch {
	case errors.Is(err, errEnd):
		t.trailing = true
		t.cut = fmt.Sprintf("%d bytes that do not belong to it follow its end", left-8)
	case t.footer != nil && errors.Is(err, errCut) && left < 8:
		// Closed; only the marker behind the closing record is incomplete.
	case errors.Is(err, errCut):
		t.cut = fmt.Sprintf("cut off within batch %d, %d bytes behind the last whole one", t.expect+t.broken, left)
	default:
		t.trailing = t.footer != nil
		t.cut = fmt.Sprintf("what stands from byte %d on, %d bytes, is damaged", at, left)
	}
}

// conclude completes End.
func (f *File) conclude() {
	t := &f.tail
	if t.told {
		return
	}
	t.told = true
	f.refuse(t.expect + t.broken)
	f.end.Footer = t.footer
	f.end.Clean = t.footer != nil && t.cut == "" && len(t.damage) == 0
	f.end.Reason = f.reason()
}

// reason says in one line why the recording ends where it does.
func (f *File) reason() string {
	t := &f.tail
	var parts []string
	switch {
	case t.footer != nil:
		parts = append(parts, closedReason(t.footer))
	case t.stopped != "":
		parts = append(parts, fmt.Sprintf("recording stopped after %d ticks: %s", f.end.Ticks, causeOf(t.stopped)))
	case f.end.Open:
		parts = append(parts, "still being recorded")
	case f.end.Ticks == 0:
		parts = append(parts, "not closed: the program that recorded it ended before the first tick was stored")
	default:
		parts = append(parts, fmt.Sprintf("not closed: the program that recorded it ended; the last whole tick is %d", f.end.Last))
	}
	if t.cut != "" {
		parts = append(parts, t.cut)
	}
	parts = append(parts, t.damage...)
	if n := len(f.end.Refused); n > 0 {
		parts = append(parts, fmt.Sprintf("%d batches left out", n))
	}
	return strings.Join(parts, "; ")
}

func causeOf(text string) string {
	var s stopped
	if json.Unmarshal([]byte(text), &s) != nil || s.Cause == "" {
		return "cause unknown"
	}
	return s.Cause
}

// clear empties c, keeping its memory.
func (c *contents) clear() {
	c.rows, c.marks, c.before = c.rows[:0], c.marks[:0], c.before[:0]
	c.footer, c.stopped = nil, ""
}

// adopt takes over the marks of the next batch that belong among the rows of c: those handed over too late for it.
func (c *contents) adopt(next *contents) {
	if len(c.rows) == 0 {
		return
	}
	late := 0
	for late < len(next.marks) && next.marks[late].Tick <= c.rows[len(c.rows)-1].Tick {
		late++
	}
	if late == 0 {
		return
	}
	merged := append(append([]Mark(nil), c.marks...), next.marks[:late]...)
	next.marks = next.marks[late:]
	for i := range next.before {
		next.before[i] = max(0, next.before[i]-late)
	}
	sortMarks(merged)
	c.marks = merged
	for i := range c.rows {
		n := 0
		if i > 0 {
			n = c.before[i-1]
		}
		for n < len(merged) && merged[n].Tick <= c.rows[i].Tick {
			n++
		}
		c.before[i] = n
	}
}
