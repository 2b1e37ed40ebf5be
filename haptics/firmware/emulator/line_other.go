//go:build !linux

package emulator

import (
	"bufio"
	"errors"
	"io"
	"os/exec"
	"regexp"
	"sync"
	"sync/atomic"

	"osseo/haptics/wire"
)

// line is QEMU's own pseudo terminal, where this package has no cable of its own.
type line struct {
	in      *io.PipeWriter
	out     *io.PipeReader
	mu      sync.Mutex
	path    string
	began   chan struct{} // QEMU has named its port
	over    chan struct{}
	once    sync.Once
	echoing atomic.Bool
	awaited atomic.Int32
	answers chan wire.Ack
	extra   []byte
}

var portLine = regexp.MustCompile(`char device redirected to (\S+)`)

func newLine() (*line, error) {
	l := &line{began: make(chan struct{}), over: make(chan struct{}), answers: make(chan wire.Ack)}
	l.out, l.in = io.Pipe()
	return l, nil
}

func (l *line) attach(cmd *exec.Cmd) {
	cmd.Args = append(cmd.Args, "-serial", "pty")
	cmd.Stdout = l.in
}

// start takes what QEMU says: once the name of its port.
func (l *line) start() {
	go func() {
		defer close(l.over)
		lines := bufio.NewScanner(l.out)
		for lines.Scan() {
			if m := portLine.FindStringSubmatch(lines.Text()); m != nil {
				l.mu.Lock()
				l.path = m[1]
				l.mu.Unlock()
				l.once.Do(func() { close(l.began) })
			}
		}
	}()
}

func (l *line) drop() { _ = l.in.Close() }

func (l *line) terminal() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.path
}

func (l *line) address() string { return l.terminal() }

func (l *line) plug() error { return errNoCable }

func (l *line) unplug() {}

func (l *line) ask(func() error) error { return errNoCable }

var (
	errEnded   = errors.New("emulator: it has ended")
	errNoCable = errors.New("emulator: the cable of an emulated leg is only on Linux; put faults in through the leg itself")
)
