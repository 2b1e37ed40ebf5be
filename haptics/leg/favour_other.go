//go:build !linux

package leg

func favour() {}

func preferred() {}
