//go:build unix

package study

import "syscall"

// processorTime is what this process has had so far, s.
func processorTime() (float64, bool) {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0, false
	}
	s := func(t syscall.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)*1e-6 }
	return s(u.Utime) + s(u.Stime), true
}
