package servo

import (
	"fmt"
	"io"
	"sync"
	"time"

	"osseo/app/trial"
)

// outboxLines is how many lines wait for a window that does not read. Events beyond it are dropped and counted.
const outboxLines = 1024

// outbox writes lines in order, so that nobody but its own goroutine ever waits for the window.
type outbox struct {
	mu      sync.Mutex
	lines   chan []byte
	dropped int // events since the last one that went through
	shut    bool
	done    chan struct{}
}

func newOutbox(w io.Writer) *outbox {
	o := &outbox{lines: make(chan []byte, outboxLines), done: make(chan struct{})}
	go func() {
		defer close(o.done)
		broken := false
		for line := range o.lines {
			if broken {
				continue // the window is gone; the reader will notice
			}
			_, err := w.Write(line)
			broken = err != nil
		}
	}()
	return o
}

// send queues a reply; a window that lets a thousand lines lie gets none.
func (o *outbox) send(m *message) { o.put(encodeMessage(m)) }

func (o *outbox) put(line []byte) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.shut {
		return false
	}
	select {
	case o.lines <- line:
		return true
	default:
		return false
	}
}

// event queues e, and before it the news that others were lost.
func (o *outbox) event(e *trial.Event) {
	o.mu.Lock()
	lost := o.dropped
	o.mu.Unlock()
	if lost > 0 && o.put(encodeMessage(&message{Event: &trial.Event{
		At: e.At, Kind: "notice", Name: "events-lost",
		Text: fmt.Sprintf("%d events were not shown: the window did not read them. The recording has them.", lost),
	}})) {
		o.count(-lost)
	}
	if !o.put(encodeMessage(&message{Event: e})) {
		o.count(1)
	}
}

func (o *outbox) count(n int) {
	o.mu.Lock()
	o.dropped += n
	o.mu.Unlock()
}

// close takes nothing more and waits until what is queued is written, no longer than patience: a window that is stopped
// reads nothing. It must not be called twice.
func (o *outbox) close(patience time.Duration) {
	o.mu.Lock()
	o.shut = true
	close(o.lines)
	o.mu.Unlock()
	select {
	case <-o.done:
	case <-time.After(patience):
	}
}
