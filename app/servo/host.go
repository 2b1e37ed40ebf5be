package servo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"sync/atomic"
	"time"

	"osseo/app/trial"
	"osseo/haptics"
)

// memoryLimit is how far the heap may grow during a case before the collector runs after all, bytes. A live case leaves
// about 0.3 MB/s of garbage (measured over 16 s), almost all of it the recorder's: most cases are over long before.
// Assumed: a small fraction of the memory of any machine that can draw the window.
const memoryLimit = 256 << 20

// lastWords is how long the servo may take to ramp, close the recording and go when the window is gone. A disk that
// hangs must not keep a leg.
const lastWords = 5 * time.Second

// host is the servo's side: one goroutine reads, one works, one writes; the loop has its own thread behind the Runner.
type host struct {
	memory *shared
	runner Runner
	out    *outbox

	requests chan request // reader to worker
	gone     atomic.Bool  // the window is gone: nothing may begin any more

	// Of the worker only.
	running bool          // a case is open
	closed  *trial.Closed // the last one that was closed
	loud    func()        // ends quiet
}

// serve runs the servo's side of the channel until the window is gone or ctx ends, which come to the same: force ramps
// to zero, an open recording is closed as window-gone, and serve returns nil.
func serve(ctx context.Context, in io.Reader, out io.Writer, memory *shared, runner Runner) error {
	h := &host{memory: memory, runner: runner, out: newOutbox(out), requests: make(chan request, 64)}
	h.out.send(&message{Hello: &hello{
		Version: Version, Layout: fingerprint(), Nonce: memory.nonce.Load(), PID: os.Getpid(),
	}})
	lost := make(chan error, 1)
	go func() { lost <- h.read(in) }()
	worked := make(chan struct{})
	over, end := context.WithCancel(ctx)
	defer end()
	go func() { defer close(worked); h.work(over) }()

	var err error
	select {
	case <-ctx.Done():
	case err = <-lost:
	}
	h.gone.Store(true)
	h.halt() // before whatever the worker is busy with
	end()
	select {
	case <-worked:
	case <-time.After(lastWords):
		return fmt.Errorf("servo: the recording could not be closed within %v: it is whole up to its last quarter second",
			lastWords)
	}
	h.out.close(time.Second)
	if errors.Is(err, errLine) {
		return err
	}
	return nil
}

// read takes requests until the window is gone. What must not wait its turn is done here.
func (h *host) read(in io.Reader) error {
	return readLines(in, func(line []byte) {
		var r request
		if err := decode(line, &r); err != nil {
			h.out.send(&message{Error: err.Error()})
			return
		}
		switch r.Do {
		case doPing:
			h.out.send(&message{ID: r.ID})
		case doHalt:
			h.halt()
			h.out.send(&message{ID: r.ID})
		default:
			h.queue(r)
		}
	})
}

// queue hands r to the worker; a window that asks faster than it is answered is told so.
func (h *host) queue(r request) {
	select {
	case h.requests <- r:
	default:
		h.out.send(&message{ID: r.ID, Error: fmt.Sprintf("servo: %d requests are waiting: ask again later", cap(h.requests))})
	}
}

// halt asks the runner for zero force. A runner that panics here has no force left to give: its loop is not this
// goroutine.
func (h *host) halt() {
	defer func() {
		if p := recover(); p != nil {
			fmt.Fprintf(os.Stderr, "servo: halt: %v\n%s", p, debug.Stack())
		}
	}()
	h.runner.Halt()
}

// work answers requests in order, then puts an open case away.
func (h *host) work(over context.Context) {
	for over.Err() == nil {
		select {
		case r := <-h.requests:
			h.answer(&r)
		case <-over.Done():
		}
	}
	h.drain()
	if h.running {
		h.answer(&request{Do: doFinish, Reason: WindowGone})
	}
}

// drain does what still matters of what the window asked for before it went: a case that it finished is not window-gone.
func (h *host) drain() {
	for {
		select {
		case r := <-h.requests:
			if r.Do == doFinish {
				h.answer(&r)
			}
		default:
			return
		}
	}
}

// answer does one request and replies. A runner that panics is halted and reported; the servo goes on, so that the
// recording can be closed.
func (h *host) answer(r *request) {
	m := &message{ID: r.ID}
	defer func() {
		if p := recover(); p != nil {
			fmt.Fprintf(os.Stderr, "servo: %s: %v\n%s", r.Do, p, debug.Stack())
			h.halt()
			m = &message{ID: r.ID, Error: fmt.Sprintf("servo: %s failed inside: %v; force is off: finish the case", r.Do, p)}
		}
		h.out.send(m)
	}()
	if err := h.do(r, m); err != nil {
		m.Error = err.Error()
	}
}

func (h *host) do(r *request, m *message) error {
	switch {
	case r.Do == doBegin && r.Setup != nil:
		return h.begin(r, m)
	case r.Do == doAct && r.Action != nil:
		return h.act(r, m)
	case r.Do == doArm:
		if !h.running {
			return errNoCase
		}
		return h.runner.Rearm()
	case r.Do == doFinish:
		closed, err := h.finish(r.Reason)
		m.Closed = closed
		return err
	}
	return fmt.Errorf("servo: request %q is unknown or incomplete: begin with setup, act with action, finish, arm, halt or ping",
		r.Do)
}

func (h *host) begin(r *request, m *message) error {
	switch {
	case h.gone.Load():
		return errors.New("servo: the window is gone: nothing begins")
	case h.running:
		return errOpen
	}
	h.closed = nil
	h.memory.clear()
	h.loud = haptics.Quiet(memoryLimit)
	opened, err := h.runner.Begin(*r.Setup, Links{
		Case: r.CaseText, Intent: &h.memory.intent, Tap: tap{h.memory}, Event: h.event,
	})
	if err != nil {
		h.loud()
		return err
	}
	h.running = true
	m.Opened = &opened
	return nil
}

func (h *host) act(r *request, m *message) error {
	if !h.running {
		return errNoCase
	}
	seen, err := h.runner.Act(*r.Action)
	if err != nil {
		return err
	}
	m.Observation = &seen
	return nil
}

var (
	errNoCase = errors.New("servo: no case is running: begin one")
	errOpen   = errors.New("servo: a case is running: finish it before the next begins")
)

// finish closes the case. Asked again, it gives the same answer, so that a window which lost patience can ask twice.
func (h *host) finish(reason string) (*trial.Closed, error) {
	if !h.running {
		if h.closed != nil {
			return h.closed, nil
		}
		return nil, errNoCase
	}
	h.running = false
	defer h.loud()
	closed, err := h.runner.Finish(reason)
	if err != nil {
		return nil, err
	}
	h.memory.rest()
	if closed.Advice == nil {
		closed.Advice = closed.Report.Advice
	}
	h.closed = &closed
	return h.closed, nil
}

func (h *host) event(e trial.Event) { h.out.event(&e) }
