//go:build !linux

package leg

func favour() {}
