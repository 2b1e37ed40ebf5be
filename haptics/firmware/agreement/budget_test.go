package agreement

import (
	"os/exec"
	"regexp"
	"strconv"
	"testing"
)

// What one evaluation may cost. An STM32F405 has 16,800 cycles for each of 10,000 a second; at 2 cycles an instruction from
// flash (assumed: no cycle has been counted) this leaves half of them to the line and to what was not thought of.
const mostInstructions = 4200

// The firmware builds for both boards, and its evaluation and its stack leave room.
func TestCostsOfTheFirmware(t *testing.T) {
	for _, tool := range []string{"make", "awk", "arm-none-eabi-gcc", "qemu-system-arm"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("SKIPPED, the firmware's costs are not counted here: %s is not installed: run tools/setup.sh", tool)
		}
	}
	out, err := exec.CommandContext(t.Context(), "make", "-s", "-C", "..", "all").CombinedOutput()
	if err != nil {
		t.Fatalf("make firmware: %v\n%s", err, out)
	}
	t.Logf("%s", out)
	if most := number(t, out, `evaluation: mean \d+, most (\d+)`); most < 200 || most > mostInstructions {
		t.Errorf("an evaluation takes up to %d instructions, allowed %d", most, mostInstructions)
	}
	for _, board := range []string{"emu", "stm32f405"} {
		if deepest := number(t, out, board+`: deepest stack there can be (\d+) of`); deepest < 400 || deepest > 4096 {
			t.Errorf("%s: the stack may get %d bytes deep, allowed 4096", board, deepest)
		}
	}
	seen, can := number(t, out, `stack used, bytes: (\d+) of`), number(t, out, `emu: deepest stack there can be (\d+) of`)
	// 256 bytes below the first frame are not painted and count as used.
	if seen > can+256 {
		t.Errorf("%d bytes of stack were used, and the call graph knows of %d only", seen, can)
	}
}

func number(t *testing.T, out []byte, pattern string) int {
	t.Helper()
	m := regexp.MustCompile(pattern).FindSubmatch(out)
	if m == nil {
		t.Fatalf("make firmware does not say %q:\n%s", pattern, out)
	}
	n, err := strconv.Atoi(string(m[1]))
	if err != nil {
		t.Fatal(err)
	}
	return n
}
