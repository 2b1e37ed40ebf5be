//go:build !linux

package emulator

import "os/exec"

// tieToParent does nothing where there is no such tie.
func tieToParent(*exec.Cmd) {}
