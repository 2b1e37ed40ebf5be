//go:build !headless && !linux

package main

// ordinary does nothing: here opening a leg prefers nobody.
func ordinary() {}
