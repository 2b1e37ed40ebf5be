//go:build unix

package servo

import (
	"os/signal"
	"syscall"
)

// ignoreBrokenPipe makes a write to the pipes of a window that is gone an error instead of the end of the process: the
// recording is still open.
func ignoreBrokenPipe() { signal.Ignore(syscall.SIGPIPE) }
