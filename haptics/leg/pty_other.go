//go:build !linux

package leg

import (
	"errors"
	"os"
)

// Pty makes a pseudo-terminal on Linux.
func Pty() (far *os.File, path string, keepOpen *os.File, err error) {
	return nil, "", nil, errors.New("leg: pseudo-terminals are made on Linux only")
}
