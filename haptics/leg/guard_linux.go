package leg

import (
	"io"
	"os"

	"golang.org/x/sys/unix"
)

// guard is a second descriptor of the port. Its lock keeps other programs of this kind out where the kernel's exclusive
// mode does not: that lets an administrator in, whose closing would even lift it for everybody.
type guard struct{ fd int }

// keep locks the port and tells it to leave its lines up when it is closed.
func keep(path string) (io.Closer, error) {
	fd, err := unix.Open(path, unix.O_RDWR|unix.O_NOCTTY|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, &os.PathError{Op: "open", Path: path, Err: err}
	}
	t, err := unix.IoctlGetTermios(fd, unix.TCGETS)
	if err != nil {
		unix.Close(fd)
		return nil, &os.PathError{Op: "open", Path: path, Err: unix.ENOTTY}
	}
	if err := unix.Flock(fd, unix.LOCK_EX|unix.LOCK_NB); err != nil {
		unix.Close(fd)
		return nil, errHeld
	}
	if t.Cflag&unix.HUPCL != 0 {
		t.Cflag &^= unix.HUPCL
		_ = unix.IoctlSetTermios(fd, unix.TCSETS, t) // a port that will not have it kicks its board, no worse
	}
	return guard{fd}, nil
}

func (g guard) Close() error { return unix.Close(g.fd) }

// tryWrite writes what the port takes at once.
func (g guard) tryWrite(b []byte) int {
	n, err := unix.Write(g.fd, b)
	if err != nil {
		return 0 // full, or gone, which the reader notices
	}
	return n
}
