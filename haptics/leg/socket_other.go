//go:build !linux

package leg

import "errors"

func openSocket(path, _ string) (stream, *Diagnosis) {
	return nil, notThere(path, errors.New("leg: sockets of emulated legs are only on Linux"), nil)
}
