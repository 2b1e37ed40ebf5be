package leg

import (
	"errors"
	"io"
	"sync"

	"golang.org/x/sys/unix"
)

// socket is a stream to a leg in another process of this machine: an emulated one. Its reader and writer block in the
// kernel, each on its own thread, as those of a serial port do; a connection of package net would wake them by way of an
// ordinary thread of the runtime.
type socket struct {
	fd   int
	uses sync.RWMutex // held while the descriptor is used, so that its number is not another file's
	gone bool
}

// openSocket connects to a name as emulators make it.
func openSocket(path, name string) (stream, *Diagnosis) {
	fd, err := unix.Socket(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err == nil {
		wait := unix.NsecToTimeval(int64(readTimeout))
		if err = unix.SetsockoptTimeval(fd, unix.SOL_SOCKET, unix.SO_RCVTIMEO, &wait); err == nil {
			err = unix.Connect(fd, &unix.SockaddrUnix{Name: name})
		}
		if err != nil {
			_ = unix.Close(fd)
		}
	}
	if err != nil {
		have, _ := here.ports()
		return nil, notThere(path, err, have)
	}
	return &socket{fd: fd}, nil
}

// Read returns (0, nil) when nothing came for readTimeout.
func (s *socket) Read(b []byte) (int, error) {
	s.uses.RLock()
	defer s.uses.RUnlock()
	if s.gone {
		return 0, errClosing
	}
	n, err := unix.Read(s.fd, b)
	switch {
	case errors.Is(err, unix.EAGAIN), errors.Is(err, unix.EINTR):
		return 0, nil
	case err != nil:
		return 0, err
	case n == 0:
		return 0, io.EOF
	}
	return n, nil
}

func (s *socket) Write(b []byte) (int, error) {
	s.uses.RLock()
	defer s.uses.RUnlock()
	if s.gone {
		return 0, errClosing
	}
	sent := 0
	for sent < len(b) {
		n, err := unix.SendmsgN(s.fd, b[sent:], nil, nil, unix.MSG_NOSIGNAL)
		if err != nil && !errors.Is(err, unix.EINTR) {
			return sent, err
		}
		sent += max(n, 0)
	}
	return sent, nil
}

// tryWrite writes what the other end takes at once. It belongs to Exchange.
func (s *socket) tryWrite(b []byte) int {
	if !s.uses.TryRLock() {
		return 0 // closing
	}
	defer s.uses.RUnlock()
	if s.gone {
		return 0
	}
	n, err := unix.SendmsgN(s.fd, b, nil, nil, unix.MSG_DONTWAIT|unix.MSG_NOSIGNAL)
	if err != nil {
		return 0
	}
	return n
}

// Close ends a Read and a Write under way.
func (s *socket) Close() error {
	_ = unix.Shutdown(s.fd, unix.SHUT_RDWR)
	s.uses.Lock()
	defer s.uses.Unlock()
	if s.gone {
		return nil
	}
	s.gone = true
	return unix.Close(s.fd)
}
