package leg

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// Pty makes a pseudo-terminal in raw mode: a serial port that leads back into this machine. What is written to the path
// comes out of the far end and the other way round. keepOpen, closed by the caller, keeps the far end readable while
// nobody has the path open.
func Pty() (far *os.File, path string, keepOpen *os.File, err error) {
	far, err = os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, "", nil, fmt.Errorf("leg: pseudo-terminal: %w", err)
	}
	path, err = unlock(far)
	if err == nil {
		keepOpen, err = os.OpenFile(path, os.O_RDWR|unix.O_NOCTTY|unix.O_CLOEXEC, 0)
	}
	if err == nil {
		err = raw(keepOpen)
	}
	if err != nil {
		far.Close()
		return nil, "", nil, fmt.Errorf("leg: pseudo-terminal: %w", err)
	}
	return far, path, keepOpen, nil
}

func unlock(far *os.File) (path string, err error) {
	conn, err := far.SyscallConn()
	if err != nil {
		return "", err
	}
	var n uint32
	inner := conn.Control(func(fd uintptr) {
		if err = unix.IoctlSetPointerInt(int(fd), unix.TIOCSPTLCK, 0); err == nil {
			n, err = unix.IoctlGetUint32(int(fd), unix.TIOCGPTN)
		}
	})
	if inner != nil {
		err = inner
	}
	return fmt.Sprintf("/dev/pts/%d", n), err
}

// raw takes echo and line editing away.
func raw(f *os.File) error {
	conn, err := f.SyscallConn()
	if err != nil {
		return err
	}
	inner := conn.Control(func(fd uintptr) {
		var t *unix.Termios
		if t, err = unix.IoctlGetTermios(int(fd), unix.TCGETS); err != nil {
			return
		}
		t.Iflag, t.Oflag, t.Lflag = 0, 0, 0
		t.Cflag = t.Cflag&^unix.HUPCL | unix.CS8 | unix.CREAD
		t.Cc[unix.VMIN], t.Cc[unix.VTIME] = 1, 0
		err = unix.IoctlSetTermios(int(fd), unix.TCSETS, t)
	})
	if inner != nil {
		err = inner
	}
	return err
}
