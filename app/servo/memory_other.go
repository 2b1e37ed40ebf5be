//go:build unix && !linux

package servo

import "os"

// newMemoryFile makes an unlinked file: these systems have no memory without a name that a child can inherit.
func newMemoryFile(size int) (*os.File, error) { return newTempFile(size, os.TempDir()) }
