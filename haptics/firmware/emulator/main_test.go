package emulator

import (
	"os"
	"runtime"
	"testing"
)

// Threads of a cable come back from the kernel some thousand times a second, and each time need a slot of the scheduler:
// see haptics.Quiet.
func TestMain(m *testing.M) {
	runtime.GOMAXPROCS(max(16, runtime.NumCPU()))
	os.Exit(m.Run())
}
