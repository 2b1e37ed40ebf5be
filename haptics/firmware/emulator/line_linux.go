package emulator

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"

	"golang.org/x/sys/unix"

	"osseo/haptics/leg"
	"osseo/haptics/wire"
)

// line is the cable between QEMU and a pseudo terminal: two threads of this process that carry whole frames.
//
// QEMU could open the terminal by itself, but it writes and reads single bytes. What is written to a terminal is carried to
// its other end by a worker of the kernel, at ordinary priority, and each look for a byte waits for that worker. 80,000
// bytes a second are more than a worker gets done on a busy machine, whatever the priority of the two ends: beside two busy
// programs a frame waited for up to 235 ms. Whole frames are 3,000 a second. Between QEMU and this process there are pipes,
// which need no worker.
type line struct {
	in, out int        // of this process: from QEMU, to QEMU
	ends    []*os.File // of QEMU: its standard input and output
	bell    int        // an eventfd that ends a wait for the host
	orders  chan order
	began   chan struct{} // QEMU has sent its first bytes
	over    chan struct{} // both threads have ended

	mu     sync.Mutex // of port, socket and path; taken to change them and to write
	port   int        // the far end of the terminal; -1 = unplugged
	socket int        // of a host that came by the door; -1 = none
	path   string
	door   int    // where hosts come that want no terminal
	name   string // of the door

	threads  []int // that carry; under mu
	favoured bool

	connected atomic.Bool // there is a host
	echoing   atomic.Bool
	ended     atomic.Bool  // QEMU has
	awaited   atomic.Int32 // number of the injection whose answer is awaited, plus 1
	answers   chan wire.Ack

	// Of toLeg only.
	inside bool   // the last byte sent was inside a frame of the host
	extra  []byte // frames of this process, for when it is not
}

// order is done by the thread that reads the port, so that nobody closes it under a read.
type order struct {
	do   func() error
	done chan error
}

const (
	// lookEvery is how often a port that nobody has open is looked at, ms.
	lookEvery = 5
	// gather is how long the rest of a frame is waited for, ns: its bytes come a few microseconds apart.
	gather = 100_000
)

func newLine() (*line, error) {
	var from, to [2]int
	if err := unix.Pipe2(from[:], unix.O_CLOEXEC); err != nil {
		return nil, fmt.Errorf("emulator: pipe: %w", err)
	}
	if err := unix.Pipe2(to[:], unix.O_CLOEXEC); err != nil {
		closeAll(from[0], from[1])
		return nil, fmt.Errorf("emulator: pipe: %w", err)
	}
	bell, err := unix.Eventfd(0, unix.EFD_CLOEXEC|unix.EFD_NONBLOCK)
	if err != nil {
		closeAll(from[0], from[1], to[0], to[1])
		return nil, fmt.Errorf("emulator: eventfd: %w", err)
	}
	l := &line{
		in: from[0], out: to[1], bell: bell, port: -1, socket: -1, door: -1, orders: make(chan order, 4), over: make(chan struct{}),
		began: make(chan struct{}), answers: make(chan wire.Ack, 4),
		ends: []*os.File{os.NewFile(uintptr(to[0]), "to QEMU"), os.NewFile(uintptr(from[1]), "from QEMU")},
	}
	if err := l.plug(); err != nil {
		l.drop()
		return nil, err
	}
	if err := l.open(); err != nil {
		l.drop()
		return nil, err
	}
	return l, nil
}

func closeAll(fds ...int) {
	for _, fd := range fds {
		if fd >= 0 {
			_ = unix.Close(fd)
		}
	}
}

// attach makes QEMU's standard streams its serial port.
func (l *line) attach(cmd *exec.Cmd) {
	cmd.Args = append(cmd.Args, "-chardev", "stdio,id=line,signal=off", "-serial", "chardev:line")
	cmd.Stdin, cmd.Stdout = l.ends[0], l.ends[1]
}

// start carries until QEMU, which has its ends of the pipes by now, has ended.
func (l *line) start() {
	l.letGo()
	back := make(chan struct{})
	go func() { defer close(back); l.fromLeg() }()
	go func() {
		l.toLeg()
		<-back
		close(l.over)
		l.drop()
	}()
}

func (l *line) letGo() {
	for _, f := range l.ends {
		_ = f.Close()
	}
}

// drop gives everything back; of a line whose threads have ended, or never started.
func (l *line) drop() {
	l.letGo()
	l.unplug()
	closeAll(l.in, l.out, l.bell, l.door)
}

// plug makes a new pseudo terminal.
func (l *line) plug() error {
	far, path, near, err := leg.Pty()
	if err != nil {
		return fmt.Errorf("emulator: %w", err)
	}
	defer near.Close()
	defer far.Close()
	fd, err := unix.FcntlInt(far.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err == nil {
		err = unix.SetNonblock(fd, true)
	}
	if err != nil {
		return fmt.Errorf("emulator: pseudo terminal: %w", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.port, l.path = fd, path
	return nil
}

func (l *line) unplug() {
	l.mu.Lock()
	defer l.mu.Unlock()
	closeAll(l.port, l.socket)
	l.port, l.socket = -1, -1
	l.connected.Store(false)
}

func (l *line) terminal() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.path
}

// ring ends a wait of the thread that reads the port.
func (l *line) ring() { _, _ = unix.Write(l.bell, []byte{1, 0, 0, 0, 0, 0, 0, 0}) }

// ask lets the thread that reads the port do something.
func (l *line) ask(do func() error) error {
	o := order{do, make(chan error, 1)}
	select {
	case <-l.over:
		return errEnded
	case l.orders <- o:
	}
	l.ring()
	select {
	case err := <-o.done:
		return err
	case <-l.over:
		return errEnded
	}
}

var errEnded = errors.New("emulator: it has ended")
