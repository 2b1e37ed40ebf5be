package emulator

import (
	"fmt"
	"os"
	"sync/atomic"

	"golang.org/x/sys/unix"

	"osseo/haptics/leg"
)

// doors counts those of this process.
var doors atomic.Int64

// open makes the door: a socket without a file, so that nothing is left behind by a process that is killed.
func (l *line) open() error {
	fd, err := unix.Socket(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, 0)
	if err == nil {
		l.door = fd
		l.name = fmt.Sprintf("@osseo-leg-%d-%d", os.Getpid(), doors.Add(1))
		err = unix.Bind(fd, &unix.SockaddrUnix{Name: l.name})
	}
	if err == nil {
		err = unix.Listen(fd, 4)
	}
	if err != nil {
		return fmt.Errorf("emulator: socket: %w", err)
	}
	return nil
}

func (l *line) address() string { return leg.SocketPrefix + l.name }

// enter lets one host in, of the same user, where there is none; others are sent away.
func (l *line) enter() {
	fd, _, err := unix.Accept4(l.door, unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK)
	if err != nil {
		return
	}
	who, err := unix.GetsockoptUcred(fd, unix.SOL_SOCKET, unix.SO_PEERCRED)
	l.mu.Lock()
	defer l.mu.Unlock()
	if err != nil || int(who.Uid) != os.Getuid() || l.socket >= 0 || l.port < 0 {
		closeAll(fd)
		return
	}
	l.socket = fd
	l.connected.Store(true)
}

// leave lets it go.
func (l *line) leave() {
	l.mu.Lock()
	defer l.mu.Unlock()
	closeAll(l.socket)
	l.socket = -1
	l.connected.Store(false)
}
