//go:build unix

package recording

import (
	"os"

	"golang.org/x/sys/unix"
)

// lock takes the file for one writer until it is closed.
func lock(file *os.File) error {
	return unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB)
}

// locked reports whether a writer holds the file.
func locked(file *os.File) bool {
	err := unix.Flock(int(file.Fd()), unix.LOCK_SH|unix.LOCK_NB)
	return err == unix.EWOULDBLOCK
}
