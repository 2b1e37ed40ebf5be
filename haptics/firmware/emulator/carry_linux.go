package emulator

import (
	"errors"

	"golang.org/x/sys/unix"

	"osseo/haptics/wire"
)

// fromLeg passes on what the firmware sends, by whole frames, until QEMU ends.
func (l *line) fromLeg() {
	l.ownThread()
	defer l.ring()
	defer l.ended.Store(true)
	var d wire.Decoder
	buffer, kept, began := make([]byte, 4096), 0, false
	for {
		n, err := unix.Read(l.in, buffer[kept:])
		if errors.Is(err, unix.EINTR) {
			continue
		}
		if n <= 0 {
			return
		}
		if !began {
			began = true
			close(l.began)
		}
		if l.awaited.Load() != 0 {
			l.listen(&d, buffer[kept:kept+n])
		}
		kept += n
		whole := wholeFrames(buffer[:kept])
		if whole == 0 {
			_ = unix.Nanosleep(&unix.Timespec{Nsec: gather}, nil) // not time.Sleep, which needs other threads
			continue
		}
		l.give(buffer[:whole], false)
		kept = copy(buffer, buffer[whole:kept])
	}
}

// wholeFrames is how many bytes of b are whole frames. What is longer than a frame and ends in none is passed on as it is.
func wholeFrames(b []byte) int {
	for n := len(b); n > 0; n-- {
		if b[n-1] == 0 {
			return n
		}
	}
	if len(b) > wire.MaxFrame {
		return len(b)
	}
	return 0
}

// give writes to the port, where what was sent by the host is only sent back if that is wanted. What the port does not
// take is lost, as on a line without flow control.
func (l *line) give(b []byte, echo bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if fd := l.host(); fd >= 0 && l.connected.Load() && l.echoing.Load() == echo {
		_, _ = unix.Write(fd, b)
	}
}

// listen looks for the answer to an injection of this process.
func (l *line) listen(d *wire.Decoder, b []byte) {
	for f, rest, ok := d.Next(b); ok; f, rest, ok = d.Next(rest) {
		a, err := wire.DecodeAck(f)
		if err == nil && a.Of == wire.TypeInject && int32(a.Sequence)+1 == l.awaited.Load() {
			l.awaited.Store(0)
			l.answers <- a
		}
	}
}

// toLeg passes on what the host sends, until QEMU ends.
func (l *line) toLeg() {
	l.ownThread()
	buffer := make([]byte, 4096)
	for !l.ended.Load() {
		n := l.next(buffer)
		if l.echoing.Load() {
			l.give(buffer[:n], true)
		} else {
			l.send(buffer[:n])
		}
		l.obey()
		if !l.inside && len(l.extra) > 0 {
			l.send(l.extra)
			l.extra = l.extra[:0]
		}
	}
}

// host is the descriptor of whoever talks: one by the door goes before one at the terminal.
func (l *line) host() int {
	if l.socket >= 0 {
		return l.socket
	}
	return l.port
}

// next waits for bytes of the host, an order or the end.
func (l *line) next(buffer []byte) int {
	patience := -1
	if !l.connected.Load() {
		l.wait(-1, lookEvery)
		patience = 0
	}
	fd := l.host()
	got := l.wait(fd, patience)
	if fd < 0 {
		return 0
	}
	n := 0
	if got&unix.POLLIN != 0 {
		n, _ = unix.Read(fd, buffer)
	}
	switch {
	case fd == l.port:
		l.connected.Store(got&unix.POLLHUP == 0)
	case got != 0 && n <= 0:
		l.leave()
	}
	return max(n, 0)
}

// wait is poll on the bell, the door and a descriptor, which is left out below 0; patience in ms.
func (l *line) wait(fd, patience int) (got int16) {
	set := [3]unix.PollFd{
		{Fd: int32(l.bell), Events: unix.POLLIN}, {Fd: int32(l.door), Events: unix.POLLIN}, {Fd: int32(fd), Events: unix.POLLIN},
	}
	_, _ = unix.Poll(set[:], patience)
	if set[0].Revents != 0 {
		var count [8]byte
		_, _ = unix.Read(l.bell, count[:])
	}
	if set[1].Revents != 0 {
		l.enter()
	}
	return set[2].Revents
}

func (l *line) obey() {
	for {
		select {
		case o := <-l.orders:
			o.done <- o.do()
		default:
			return
		}
	}
}

// send writes to QEMU, all of it: a pipe that is full is a leg that reads nothing.
func (l *line) send(b []byte) {
	if len(b) > 0 {
		l.inside = b[len(b)-1] != 0
	}
	for len(b) > 0 {
		n, err := unix.Write(l.out, b)
		if err != nil && !errors.Is(err, unix.EINTR) {
			return
		}
		b = b[max(n, 0):]
	}
}
