package recording

import (
	"encoding/json"
	"sort"
	"sync"
)

// Memory is a recording that is kept in memory: the same rows and marks as in a file, for a run nobody asked to keep or
// for a view that jumps back and forth. It grows with the run, about 0.25 MB a second at 1 kHz.
type Memory struct {
	mu     sync.Mutex
	header Header
	rows   []Row
	marks  []Mark
	end    End
	closed bool
}

// used are the rows of recordings that were given back: a study of many runs needs room for a few.
var used = sync.Pool{New: func() any { return new([]Row) }}

// NewMemory starts a recording in memory.
func NewMemory(h Header) *Memory {
	h.Version = formatVersion
	return &Memory{header: h, rows: (*used.Get().(*[]Row))[:0], end: End{Last: -1, Reason: "still being recorded", Open: true}}
}

// Release gives the room of the rows back for another recording. Nobody may look at this one, or at rows had from it, after
// that. It is for whoever makes many; others leave it to the collector.
func (m *Memory) Release() {
	m.mu.Lock()
	defer m.mu.Unlock()
	rows := m.rows[:0]
	m.rows, m.closed = nil, true
	used.Put(&rows)
}

// Load reads a whole recording into memory.
func Load(path string) (*Memory, error) {
	f, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // only read
	return collect(f), nil
}

// collect reads r to its end.
func collect(r Reader) *Memory {
	m := &Memory{header: r.Header(), closed: true}
	for r.Next() {
		m.marks = append(m.marks, r.Marks()...)
		m.rows = append(m.rows, *r.Row())
	}
	m.marks = append(m.marks, r.Marks()...)
	sortMarks(m.marks)
	m.end = r.End()
	return m
}

// Tick records one row. It may allocate: not for the servo.
func (m *Memory) Tick(r *Row) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.closed {
		m.rows = append(m.rows, *r)
		m.end.count(r.Tick)
	}
}

// Mark records something that happened at a tick.
func (m *Memory) Mark(mark Mark) {
	mark = tidy(mark)
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.closed {
		m.marks = append(m.marks, mark)
	}
}

// Err is always nil: memory does not run full before the machine does.
func (m *Memory) Err() error { return nil }

// Close ends the recording.
func (m *Memory) Close(f Footer) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return nil
	}
	m.closed = true
	sortMarks(m.marks)
	if f.Ticks == 0 {
		f.Ticks = m.end.Ticks
	}
	m.end.Footer, m.end.Clean, m.end.Open = &f, true, false
	m.end.Reason = closedReason(&f)
	return nil
}

// sortMarks puts marks in the order of their ticks, keeping that of equal ones.
func sortMarks(marks []Mark) {
	sort.SliceStable(marks, func(i, j int) bool { return marks[i].Tick < marks[j].Tick })
}

// Header is what must be known to run the recording again.
func (m *Memory) Header() Header { return m.header }

// Rows are all rows; the caller must not change them.
func (m *Memory) Rows() []Row { return m.rows }

// Marks are all marks in the order of their ticks; the caller must not change them.
func (m *Memory) Marks() []Mark { return m.marks }

// End says where and why the recording ends.
func (m *Memory) End() End { return m.end }

// Reader reads a closed recording from its beginning; any number may read at once.
func (m *Memory) Reader() Reader { return &memoryReader{m: m, row: -1} }

type memoryReader struct {
	m        *Memory
	row      int
	from, to int // marks before the current row
}

func (r *memoryReader) Header() Header { return r.m.header }
func (r *memoryReader) Row() *Row      { return &r.m.rows[r.row] }
func (r *memoryReader) Marks() []Mark  { return r.m.marks[r.from:r.to] }
func (r *memoryReader) End() End       { return r.m.end }
func (r *memoryReader) Close() error   { return nil }

func (r *memoryReader) Next() bool {
	r.from = r.to
	if r.row+1 >= len(r.m.rows) {
		r.to = len(r.m.marks)
		return false
	}
	r.row++
	for r.to < len(r.m.marks) && r.m.marks[r.to].Tick <= r.m.rows[r.row].Tick {
		r.to++
	}
	return true
}

// closedReason says in words that a recording was closed, and why the run ended.
func closedReason(f *Footer) string {
	if f.Reason == "" {
		return "closed"
	}
	return "closed: " + f.Reason
}

// footerOf reads a closing record.
func footerOf(text string) (*Footer, error) {
	var f Footer
	if err := json.Unmarshal([]byte(text), &f); err != nil {
		return nil, err
	}
	return &f, nil
}
