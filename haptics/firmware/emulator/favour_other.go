//go:build !linux

package emulator

// Favour does nothing here.
func (e *Emulator) Favour() {}
