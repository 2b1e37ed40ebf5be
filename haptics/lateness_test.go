package haptics

import (
	"encoding/json"
	"os"
	"strconv"
	"testing"
)

// TestLateness is the loop's half of tools/bench-loop.sh: it prints the statistics of a loop in real time and judges
// nothing, since that takes cyclictest beside it.
func TestLateness(t *testing.T) {
	seconds, _ := strconv.ParseFloat(os.Getenv("OSSEO_BENCH_SECONDS"), 64)
	if seconds == 0 {
		t.Skip("run tools/bench-loop.sh, which sets OSSEO_BENCH_SECONDS")
	}
	stats, err := Bench(t.Context(), seconds, 1000, newFakeLeg(), wall{10e3, 10})
	if err != nil {
		t.Fatal(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(stats); err != nil {
		t.Fatal(err)
	}
}
