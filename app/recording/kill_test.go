package recording

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

const childPath = "OSSEO_TEST_RECORD_INTO"

func TestMain(m *testing.M) {
	if path := os.Getenv(childPath); path != "" {
		recordUntilKilled(path)
		return
	}
	os.Exit(m.Run())
}

// recordUntilKilled records at 1 kHz for ever and tells, line by line, how many ticks were made and how many are durable.
func recordUntilKilled(path string) {
	w, err := Create(path, aHeader(), Options{})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	tick := int64(0)
	for range time.Tick(5 * time.Millisecond) {
		for range 5 {
			r := aRow(tick)
			w.Tick(&r)
			tick++
		}
		fmt.Println(tick, w.Durable())
	}
}

// TestKill kills a recording program at odd moments. What it said is durable comes back, and nothing older than a quarter
// of a second is lost.
func TestKill(t *testing.T) {
	for i, after := range []int64{1, 130, 251, 600, 1111} {
		path := filepath.Join(t.TempDir(), fmt.Sprint(i))
		made, durable := runAndKill(t, path, after)
		m := load(t, path)
		e := m.End()
		t.Logf("made %d, told durable %d, recovered %d: %s", made, durable, e.Ticks, e.Reason)
		if e.Ticks < durable || e.Clean || e.Footer != nil || e.Open || len(e.Refused) > 0 || e.Missing > 0 {
			t.Errorf("made %d, durable %d: %+v", made, durable, e)
		}
		for j, r := range m.Rows() {
			if r != aRow(int64(j)) {
				t.Fatalf("row %d is wrong", j)
			}
		}
	}
}

// runAndKill starts a recording child, kills it once it made so many ticks and returns what it last said.
func runAndKill(t *testing.T, path string, after int64) (made, durable int64) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childPath+"="+path)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	defer child.Wait() //nolint:errcheck // it was killed
	lag := int64(0)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, err := fmt.Sscan(lines.Text(), &made, &durable); err != nil {
			t.Fatalf("child said %q: %v", lines.Text(), err)
		}
		lag = max(lag, made-durable)
		if made >= after {
			break
		}
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for lines.Scan() { // what it said before it died
		fmt.Sscan(lines.Text(), &made, &durable) //nolint:errcheck // the last line may be torn
	}
	// A quarter of a second of rows, and as much again for the scheduler and the disk of a busy machine.
	if limit := int64(2 * batchRows); lag > limit {
		t.Errorf("up to %d ticks were not durable, at most %d allowed", lag, limit)
	}
	return made, durable
}
