package servo

import (
	"fmt"
	"os/exec"
	"strconv"
	"syscall"
	"unsafe"

	"golang.org/x/sys/windows"
)

// memory is the window's end of new shared memory. It stays mapped as long as the process lives: whoever still holds an
// Intent after Close then writes where nobody reads, instead of faulting. That is 200 kB for each servo started.
type memory struct {
	*shared
	handle windows.Handle
}

// newMemory makes a section of the page file that has no name: an inherited handle is the only way to it.
func newMemory() (*memory, error) {
	inherit := windows.SecurityAttributes{InheritHandle: 1}
	inherit.Length = uint32(unsafe.Sizeof(inherit))
	h, err := windows.CreateFileMapping(windows.InvalidHandle, &inherit, windows.PAGE_READWRITE, 0, uint32(sharedSize), nil)
	if err != nil {
		return nil, fmt.Errorf("servo: no shared memory: %w", err)
	}
	m, err := mapSection(h)
	if err != nil {
		windows.CloseHandle(h)
		return nil, err
	}
	return &memory{shared: m, handle: h}, nil
}

// hand gives the memory to a process about to start and returns what it has to be told.
func (m *memory) hand(cmd *exec.Cmd) string {
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.HideWindow = true
	cmd.SysProcAttr.AdditionalInheritedHandles = append(cmd.SysProcAttr.AdditionalInheritedHandles, syscall.Handle(m.handle))
	return strconv.FormatUint(uint64(m.handle), 10)
}

// handed releases what only the other process needs from now on.
func (m *memory) handed() { windows.CloseHandle(m.handle) }

// openMemory maps the memory a window handed over.
func openMemory(name string) (*shared, error) {
	h, err := strconv.ParseUint(name, 10, 64)
	if err != nil || h == 0 {
		return nil, fmt.Errorf("servo: --memory %q is not an inherited handle: start the window with osseo, it starts the "+
			"servo", name)
	}
	defer windows.CloseHandle(windows.Handle(h))
	return mapSection(windows.Handle(h))
}

// mapSection maps a section; one smaller than this build needs is refused by the system.
func mapSection(h windows.Handle) (*shared, error) {
	at, err := windows.MapViewOfFile(h, windows.FILE_MAP_READ|windows.FILE_MAP_WRITE, 0, 0, uintptr(sharedSize))
	if err != nil {
		return nil, fmt.Errorf("servo: mapping %d bytes of shared memory (window and servo may be different builds): %w",
			sharedSize, err)
	}
	return *(**shared)(unsafe.Pointer(&at)), nil
}
