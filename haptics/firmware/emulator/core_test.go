package emulator

import (
	"os/exec"
	"testing"
)

// The firmware's own tests, with sanitizers, on this machine: golden frames, governor, modes, faults, random input.
func TestFirmwareCore(t *testing.T) {
	for _, tool := range []string{"make", "gcc"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("SKIPPED, the firmware's core is not tested here: %s is not installed: run tools/setup.sh", tool)
		}
	}
	out, err := exec.CommandContext(t.Context(), "make", "-s", "-C", "..", "test").CombinedOutput()
	if err != nil {
		t.Fatalf("make firmware-test: %v\n%s", err, out)
	}
	t.Logf("%s", out)
}
