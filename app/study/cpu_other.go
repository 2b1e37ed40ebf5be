//go:build !unix

package study

// processorTime is not known here.
func processorTime() (float64, bool) { return 0, false }
