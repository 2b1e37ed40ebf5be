//go:build windows

package recording

import (
	"os"

	"golang.org/x/sys/windows"
)

// lockAt is far beyond any recording: a lock on Windows forbids others to read what it covers.
const lockAt = 1 << 30

// lock takes the file for one writer until it is closed.
func lock(file *os.File) error {
	return take(file, windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY)
}

// locked reports whether a writer holds the file.
func locked(file *os.File) bool {
	err := take(file, windows.LOCKFILE_FAIL_IMMEDIATELY)
	return err == windows.ERROR_LOCK_VIOLATION
}

func take(file *os.File, how uint32) error {
	return windows.LockFileEx(windows.Handle(file.Fd()), how, 0, 1, 0, &windows.Overlapped{OffsetHigh: lockAt})
}
