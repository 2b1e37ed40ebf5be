package servo

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"time"

	"osseo/app/trial"
	"osseo/haptics/virtual"
)

// What calls of a Client return, wrapped with what happened.
var (
	ErrGone    = errors.New("servo: the servo is gone")
	ErrTimeout = errors.New("servo: no answer")
	ErrClosed  = errors.New("servo: closed")
)

// How long the window waits; all but the start, a leg's link and the grading stay below the two seconds a Station may take.
const (
	startLimit  = 5 * time.Second // a cold executable of 60 MB from a slow disk
	beginLimit  = 1900 * time.Millisecond
	legLimit    = 8 * time.Second // Begin and Rearm: a leg on a port may take 3 s to say who it is
	actLimit    = 700 * time.Millisecond
	pingLimit   = 500 * time.Millisecond
	partLimit   = 1500 * time.Millisecond // Close waits so long before it kills
	settleLimit = 50 * time.Millisecond   // between the end of the process and that of its output, either way
)

// finishLimit is enough to grade ten minutes of recording on a busy machine. A variable for the tests' sake.
var finishLimit = 15 * time.Second

// Client is the window's end of one servo process. It is a trial.Station.
//
// All methods may be called from any goroutine. When the servo dies, an Event "ended", "servo-gone" says so and every
// call returns ErrGone; the trace and the last snapshot stay. To go on, Close it and Start another.
type Client struct {
	memory *memory
	cmd    *exec.Cmd
	pipes  pipes
	hello  chan *hello
	events *mailbox
	errs   *tail // last lines of its standard error

	outgoing chan []byte
	leave    chan struct{} // closed by Close
	gone     chan struct{} // closed when the servo can answer no more; after that lost is set
	ended    chan struct{} // closed when the process is reaped and its output is read
	unbind   func() bool   // from Start's context
	closing  sync.Once
	shut     error // what Close returned

	mu      sync.Mutex
	lastID  uint64
	waiting map[uint64]chan *message
	late    map[uint64]string // requests nobody waits for any more, and what they asked
	lost    error
	run     run
}

// run is what the window knows of the case.
type run struct {
	open   bool
	halted bool // ticks are not expected any more
	file   string
}

var (
	_ trial.Station = (*Client)(nil)
	_ trial.Rearmer = (*Client)(nil)
)

// Start starts the servo and waits until it has shown that it understands this window. command is the program and its
// leading arguments, nil for this executable's own "servo". Ending ctx closes the client.
func Start(ctx context.Context, command []string) (*Client, error) {
	if len(command) == 0 {
		self, err := os.Executable()
		if err != nil {
			return nil, fmt.Errorf("servo: where this program lies is unknown: %w", err)
		}
		command = []string{self, "servo"}
	}
	memory, err := newMemory()
	if err != nil {
		return nil, err
	}
	memory.format(nonce())
	return startOn(ctx, memory, command)
}

// startOn is Start on memory that is formatted.
func startOn(ctx context.Context, memory *memory, command []string) (*Client, error) {
	c := &Client{
		memory: memory, cmd: exec.Command(command[0], command[1:]...), hello: make(chan *hello, 1),
		events: newMailbox(), errs: &tail{}, outgoing: make(chan []byte, 64), leave: make(chan struct{}),
		gone: make(chan struct{}), ended: make(chan struct{}), waiting: map[uint64]chan *message{}, late: map[uint64]string{},
	}
	if err := c.launch(); err != nil {
		c.events.close()
		return nil, err
	}
	if err := c.greet(ctx); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.unbind = context.AfterFunc(ctx, func() { c.Close() })
	return c, nil
}

func nonce() uint64 {
	var b [8]byte
	rand.Read(b[:])
	return binary.NativeEndian.Uint64(b[:])
}

// launch starts the process and the goroutines that live as long as it.
func (c *Client) launch() error {
	c.cmd.Args = append(c.cmd.Args, "--memory", c.memory.hand(c.cmd))
	defer c.memory.handed()
	theirs, err := c.pipes.open(c.cmd)
	if err != nil {
		return fmt.Errorf("servo: no pipes to the servo: %w", err)
	}
	err = c.cmd.Start()
	theirs.close()
	if err != nil {
		c.pipes.close()
		return fmt.Errorf("servo: %s cannot be started: %w", c.cmd.Path, err)
	}
	read := make(chan struct{})
	go c.write()
	go func() { defer close(read); c.read() }()
	go c.supervise(read)
	go c.watch()
	return nil
}

// greet waits for the servo's first line.
func (c *Client) greet(ctx context.Context) error {
	timer := time.NewTimer(startLimit)
	defer timer.Stop()
	select {
	case h := <-c.hello:
		return h.check(c.memory.nonce.Load())
	case <-c.gone:
		return c.failure()
	case <-ctx.Done():
		return fmt.Errorf("servo: start: %w", ctx.Err())
	case <-timer.C:
		return fmt.Errorf("%w: the servo did not come up within %v; try again", ErrTimeout, startLimit)
	}
}

// Intent is what the servo reads as the person's wish, in shared memory: a write is seen within a tick. It stays safe to
// write, to no effect, after the servo is gone or closed.
func (c *Client) Intent() *virtual.Intent { return &c.memory.intent }

// PID is the number of the servo's process.
func (c *Client) PID() int { return c.cmd.Process.Pid }

// Events delivers what happened, in order. It is closed by Close.
func (c *Client) Events() <-chan trial.Event { return c.events.out }

// Gone is closed when the servo can answer no more.
func (c *Client) Gone() <-chan struct{} { return c.gone }

// Close ends the servo: an open case is closed as abandoned, force ramps to zero and the process goes, by force if it
// does not within a second and a half. Further calls return what the first did.
func (c *Client) Close() error {
	c.closing.Do(func() { c.shut = c.part() })
	return c.shut
}

func (c *Client) part() error {
	if c.opened() {
		c.post(&request{Do: doFinish, Reason: Abandoned})
	}
	c.release()
	close(c.leave) // write flushes and closes the servo's input, which ends it
	defer c.events.close()
	if waited(c.ended, partLimit) {
		return nil
	}
	c.cmd.Process.Kill()
	if waited(c.ended, partLimit/3) {
		return fmt.Errorf("servo: process %d did not end within %v and was killed; an open recording is whole up to its "+
			"last quarter second", c.PID(), partLimit)
	}
	return fmt.Errorf("servo: process %d cannot be killed: unplug the leg, then end the process", c.PID())
}

// release forgets Start's context.
func (c *Client) release() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.unbind != nil {
		c.unbind()
	}
}

func waited(c <-chan struct{}, limit time.Duration) bool {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-c:
		return true
	case <-timer.C:
		return false
	}
}

func (c *Client) opened() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.run.open
}

func (c *Client) failure() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.lost
}
