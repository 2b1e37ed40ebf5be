//go:build unix

package servo

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"

	"golang.org/x/sys/unix"
)

// memory is the window's end of new shared memory. It stays mapped as long as the process lives: whoever still holds an
// Intent after Close then writes where nobody reads, instead of faulting. That is 200 kB for each servo started.
type memory struct {
	*shared
	file *os.File
}

// newMemory makes shared memory that has no name: an inherited descriptor is the only way to it.
func newMemory() (*memory, error) {
	f, err := newMemoryFile(sharedSize)
	if err != nil {
		return nil, fmt.Errorf("servo: no shared memory: %w", err)
	}
	m, err := mapFile(f)
	if err != nil {
		f.Close()
		return nil, err
	}
	return &memory{shared: m, file: f}, nil
}

// hand gives the memory to a process about to start and returns what it has to be told.
func (m *memory) hand(cmd *exec.Cmd) string {
	cmd.ExtraFiles = append(cmd.ExtraFiles, m.file)
	return strconv.Itoa(2 + len(cmd.ExtraFiles)) // 0, 1 and 2 are the standard streams
}

// handed releases what only the other process needs from now on.
func (m *memory) handed() { m.file.Close() }

// openMemory maps the memory a window handed over.
func openMemory(name string) (*shared, error) {
	fd, err := strconv.ParseUint(name, 10, 16)
	if err != nil || fd < 3 {
		return nil, fmt.Errorf("servo: --memory %q is not an inherited descriptor (3 or more): start the window with osseo, "+
			"it starts the servo", name)
	}
	f := os.NewFile(uintptr(fd), "shared memory")
	defer f.Close()
	return mapFile(f)
}

// mapFile maps f after making sure that every byte of it exists: touching one past the end would kill the process.
func mapFile(f *os.File) (*shared, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("servo: shared memory: %w", err)
	}
	if info.Size() != int64(sharedSize) {
		return nil, fmt.Errorf("servo: shared memory has %d bytes, this build needs %d: window and servo are different "+
			"builds; close all windows of osseo and start it again", info.Size(), sharedSize)
	}
	b, err := unix.Mmap(int(f.Fd()), 0, sharedSize, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	if err != nil {
		return nil, fmt.Errorf("servo: mapping %d bytes of shared memory: %w", sharedSize, err)
	}
	return overlay(b), nil
}

// newTempFile makes a file that nobody else can open, in the first of dirs that lets us. Its blocks are written, not
// merely promised: a full disk is an error here and not a fault in the tick.
func newTempFile(size int, dirs ...string) (*os.File, error) {
	var last error
	for _, dir := range dirs {
		f, err := os.CreateTemp(dir, "osseo-servo-*") // O_EXCL, 0600
		if err != nil {
			last = err
			continue
		}
		os.Remove(f.Name())
		if _, err = f.Write(make([]byte, size)); err == nil {
			return f, nil
		}
		f.Close()
		last = err
	}
	return nil, last
}
