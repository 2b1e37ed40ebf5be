package recording

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Errors a caller may want to tell apart; each is wrapped in a message that says what to do.
var (
	ErrExists       = errors.New("file exists")
	ErrBusy         = errors.New("another program is recording into it")
	ErrNotRecording = errors.New("not an Osseo recording")
	ErrVersion      = errors.New("recording of another version")
	ErrHeader       = errors.New("header of the recording is damaged")
)

// Create starts a recording in a new file. It makes missing parent directories and never overwrites: an existing file is
// ErrExists, or ErrBusy while another program records into it. The file is locked until Close.
func Create(path string, h Header, o Options) (*Writer, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, fmt.Errorf("recording: directory of %s: %w: %s", path, err, remedy(err))
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL|os.O_APPEND, 0o644)
	if err != nil {
		return nil, createError(path, err)
	}
	w, err := startFile(file, path, h, o)
	if err != nil {
		file.Close()    //nolint:errcheck // nothing was recorded
		os.Remove(path) //nolint:errcheck // made a moment ago, holds nothing
		return nil, err
	}
	syncDirectory(filepath.Dir(path))
	return w, nil
}

func startFile(file *os.File, path string, h Header, o Options) (*Writer, error) {
	if err := lock(file); err != nil {
		return nil, fmt.Errorf("recording: %s: %w (%w): choose another name", path, ErrBusy, err)
	}
	return newWriter(file, path, h, o)
}

func createError(path string, err error) error {
	if !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("recording: %w: %s", err, remedy(err))
	}
	if beingWritten(path) {
		return fmt.Errorf("recording: %s: %w: choose another name", path, ErrBusy)
	}
	return fmt.Errorf("recording: %s: %w and recordings are never overwritten: choose another name", path, ErrExists)
}

// beingWritten reports whether a program holds the lock of a recording.
func beingWritten(path string) bool {
	file, err := os.Open(path)
	if err != nil {
		return false
	}
	defer file.Close() //nolint:errcheck // only read
	return locked(file)
}

// syncDirectory makes the new name durable where the system can.
func syncDirectory(dir string) {
	d, err := os.Open(dir)
	if err != nil {
		return
	}
	defer d.Close() //nolint:errcheck // only read
	_ = d.Sync()    // not every system can; the file itself is synced
}
