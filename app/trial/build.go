package trial

import "runtime"

// Build names the program that made a recording; the linker sets it.
var Build = "dev"

// Arch is where it runs. Recordings replay bit for bit on the same Build and Arch, within a tolerance elsewhere.
func Arch() string { return runtime.GOOS + "/" + runtime.GOARCH }
