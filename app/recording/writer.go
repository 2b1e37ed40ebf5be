package recording

import (
	"encoding/json"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"
)

// The kinds of marks. A mark may have any other kind too; "close" and "check" belong to the format.
const (
	KindAction      = "action"
	KindObservation = "observation"
	KindFault       = "fault"
	KindHash        = "hash"
	KindParameter   = "parameter"
	KindClose       = "close"
	KindCheck       = "check"
	KindStopped     = "stopped"
)

// Recorder takes a run as it happens. Tick has one caller; Mark may be called from any goroutine.
type Recorder interface {
	Tick(r *Row)
	Mark(m Mark)
	Close(f Footer) error
	Err() error
}

var (
	_ Recorder = (*Writer)(nil)
	_ Recorder = (*Memory)(nil)
)

// Options say how a Writer takes rows.
type Options struct {
	// Offline makes Tick wait for the disk instead of dropping: for runs that are not tied to a clock.
	Offline bool
	// Ring is how many rows fit between the servo and the disk, 0 = 8192 (8 s at 1 kHz). Not used offline.
	Ring int
	// OnStop is called once, from the writer's goroutine, when recording had to stop before Close: the disk is full or gone.
	OnStop func(error)
}

// The writer's own clock.
const (
	defaultRing = 8192
	pollPeriod  = 10 * time.Millisecond  // how often the ring is emptied
	flushPeriod = 250 * time.Millisecond // the longest that rows or marks wait for the disk
)

// sink is where the bytes go. Write appends.
type sink interface {
	io.WriteCloser
	Sync() error
	Truncate(size int64) error
}

// Writer records one run into a file.
//
// Live, Tick copies the row into a ring and returns: it never allocates, locks or waits, and a full ring drops the row and
// counts it. A goroutine of its own writes and syncs a batch each 250 rows or 250 ms. Offline, Tick writes by itself.
type Writer struct {
	ring    *ring
	offline bool
	stopped atomic.Bool
	dropped atomic.Int64
	durable atomic.Int64

	quit chan struct{}
	done chan struct{}

	failure atomic.Pointer[error]

	mu     sync.Mutex // guards marks and closed; offline also everything below
	marks  []Mark     // handed over, not yet taken by the batch
	closed bool

	// The writer goroutine's own.
	file    sink
	name    string
	encoder *encoder
	size    int64 // bytes of whole batches
	rows    []Row
	taken   []Mark
	written int64
	last    int64 // tick of the newest row
	flushed time.Time
	synced  time.Time
	onStop  func(error)
}

// newWriter writes the header to file and starts recording.
func newWriter(file sink, name string, h Header, o Options) (*Writer, error) {
	h.Version = formatVersion
	text, err := json.Marshal(h)
	if err != nil {
		return nil, fmt.Errorf("recording: header of %s: %w", name, err)
	}
	if len(text) > maxHeader {
		return nil, fmt.Errorf("recording: header of %s is %d bytes, at most %d allowed: shorten the case file", name, len(text), maxHeader)
	}
	size := o.Ring
	if size <= 0 {
		size = defaultRing
	}
	w := &Writer{
		offline: o.Offline, quit: make(chan struct{}), done: make(chan struct{}),
		file: file, name: name, encoder: newEncoder(text), rows: make([]Row, 0, batchRows), onStop: o.OnStop,
		flushed: time.Now(),
	}
	w.flush(true) // the header, as a batch without rows
	if err := w.Err(); err != nil {
		return nil, err
	}
	if w.offline {
		close(w.done)
		return w, nil
	}
	w.ring = newRing(size)
	go w.run()
	return w, nil
}

// Tick records one row. One goroutine only; not after Close. Live it never allocates, locks or waits.
func (w *Writer) Tick(r *Row) {
	if w.stopped.Load() {
		return
	}
	if w.offline {
		w.tickOffline(r)
		return
	}
	if !w.ring.push(r) {
		w.dropped.Add(1)
	}
}

func (w *Writer) tickOffline(r *Row) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.rows = append(w.rows, *r)
	if len(w.rows) == batchRows {
		w.takeMarks()
		w.flush(time.Since(w.synced) >= flushPeriod)
	}
}

// Mark records something that happened at a tick. Any goroutine; not from the servo tick, as it locks.
//
// The JSON must be one document; a text that is none is recorded as a JSON string. Marks that share a tick keep their
// order.
func (w *Writer) Mark(m Mark) {
	m = tidy(m)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed || w.stopped.Load() {
		return
	}
	w.marks = append(w.marks, m)
	if w.offline && len(w.marks) >= batchMarks {
		w.takeMarks()
		w.flush(false)
	}
}

// tidy makes a mark fit for the file.
func tidy(m Mark) Mark {
	if m.Kind == "" || m.Kind == KindClose || m.Kind == KindCheck {
		m.Kind = "note"
	}
	if len(m.JSON) > maxMarkSize {
		m.JSON = fmt.Sprintf(`{"not_recorded":"a mark of %d bytes, at most %d allowed"}`, len(m.JSON), maxMarkSize)
	}
	if !json.Valid([]byte(m.JSON)) {
		text, _ := json.Marshal(m.JSON) // a string always has JSON
		m.JSON = string(text)
	}
	return m
}

// Dropped is how many rows found the ring full.
func (w *Writer) Dropped() int64 { return w.dropped.Load() }

// Durable is how many rows are on the disk.
func (w *Writer) Durable() int64 { return w.durable.Load() }

// Err is why recording stopped before Close, nil while all is well.
func (w *Writer) Err() error {
	if p := w.failure.Load(); p != nil {
		return *p
	}
	return nil
}

// run empties the ring until Close.
func (w *Writer) run() {
	defer close(w.done)
	timer := time.NewTicker(pollPeriod)
	defer timer.Stop()
	for {
		select {
		case <-w.quit:
			w.drain()
			return
		case <-timer.C:
			w.drain()
			if time.Since(w.flushed) >= flushPeriod {
				w.collect()
				w.flushIfAny()
			}
		}
	}
}

// drain writes every full batch that waits in the ring.
func (w *Writer) drain() {
	var r Row
	for w.ring.pop(&r) {
		w.rows = append(w.rows, r)
		if len(w.rows) == batchRows {
			w.collect()
			w.flush(true)
		}
	}
}

// collect takes over the marks that were handed in.
func (w *Writer) collect() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.takeMarks()
}

func (w *Writer) takeMarks() {
	w.taken = append(w.taken, w.marks...)
	w.marks = w.marks[:0]
}

func (w *Writer) flushIfAny() {
	w.flushed = time.Now()
	if len(w.rows) > 0 || len(w.taken) > 0 {
		w.flush(true)
	}
}

// flush writes what was gathered, in as many batches as the marks need.
func (w *Writer) flush(sync bool) {
	w.flushed = time.Now()
	for first := true; first || len(w.taken) > 0; first = false {
		if w.stopped.Load() {
			break
		}
		n := fitting(w.taken)
		rows := w.rows
		if n < len(w.taken) {
			rows = nil // the rows go with the last of the marks
		}
		if w.write(rows, w.taken[:n], sync) {
			w.taken = append(w.taken[:0], w.taken[n:]...)
		}
	}
	w.rows, w.taken = w.rows[:0], w.taken[:0]
}

// fitting is how many of the marks fit into one batch.
func fitting(marks []Mark) int {
	size := 0
	for i := range marks {
		size += len(marks[i].JSON)
		if i == batchMarks || i > 0 && size > batchMarkSize {
			return i
		}
	}
	return len(marks)
}

// write puts one batch on the disk. When that fails it cuts the file back to the last whole batch and stops recording.
func (w *Writer) write(rows []Row, marks []Mark, sync bool) bool {
	b, err := w.encoder.encode(rows, marks)
	if err == nil {
		err = w.put(b, sync)
	}
	if err != nil {
		w.stop(err)
		return false
	}
	w.encoder.batches++
	if len(rows) > 0 {
		w.written += int64(len(rows))
		w.last = rows[len(rows)-1].Tick
	}
	w.durable.Store(w.written)
	return true
}

// put appends bytes and syncs them.
func (w *Writer) put(b []byte, sync bool) error {
	if _, err := w.file.Write(b); err != nil {
		return err
	}
	if sync {
		if err := w.file.Sync(); err != nil {
			return err
		}
		w.synced = time.Now()
	}
	w.size += int64(len(b))
	return nil
}

// Close writes the closing record and releases the file. The servo must have stopped calling Tick. Ticks of the footer is
// filled in when 0, the dropped rows when fewer than counted here. A second Close does nothing.
func (w *Writer) Close(f Footer) error {
	w.mu.Lock()
	again := w.closed
	w.closed = true
	w.mu.Unlock()
	if again {
		return w.Err()
	}
	close(w.quit)
	<-w.done

	w.collect()
	w.flushIfAny()
	w.finish(f)
	if err := w.file.Close(); err != nil {
		w.fail(fmt.Errorf("recording: closing %s: %w", w.name, err))
	}
	w.stopped.Store(true)
	return w.Err()
}

// finish writes the closing record and the end of the stream.
func (w *Writer) finish(f Footer) {
	if f.Ticks == 0 {
		f.Ticks = w.written
	}
	f.Loop.Dropped = max(f.Loop.Dropped, w.Dropped())
	text, err := json.Marshal(f)
	if err != nil { // a lateness that is not a number
		f.Loop = Loop{Dropped: f.Loop.Dropped, Overruns: f.Loop.Overruns, Scheduler: f.Loop.Scheduler}
		text, _ = json.Marshal(f)
	}
	closing := []Mark{{Tick: w.last, Kind: KindClose, JSON: string(text)}}
	if w.stopped.Load() || !w.write(nil, closing, false) {
		return
	}
	b, err := w.encoder.end()
	if err == nil {
		err = w.put(b, true)
	}
	if err != nil {
		w.stop(err)
	}
}
