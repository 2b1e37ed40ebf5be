package servo

import (
	"os"
	"slices"
	"testing"
	"time"

	"osseo/app/trial"
)

func startBench(b *testing.B, ref string) *Client {
	b.Helper()
	b.Setenv(roleVar, "servo")
	c, err := Start(b.Context(), []string{os.Args[0]})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { c.Close() })
	if _, err := c.Begin(trial.Setup{CaseRef: ref}); err != nil {
		b.Fatal(err)
	}
	return c
}

// From a write of the intent here, through a servo that looks all the time, to the snapshot that shows it here: twice the
// way between the processes. A servo at 1 kHz adds up to one tick.
func BenchmarkIntentAndBack(b *testing.B) {
	c := startBench(b, "echo")
	var s trial.Snapshot
	effort := 0.0
	var took []time.Duration
	for b.Loop() {
		effort = float64(int(effort+1) % 100)
		start := time.Now()
		c.Intent().SetEffort(effort)
		for s.Effort = -1; s.Effort != effort; {
			c.Snapshot(&s)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took) // the mean is that of the other work on this machine
	b.ReportMetric(float64(took[len(took)/2]), "ns-p50")
}

// A request and its reply on the control channel.
func BenchmarkPing(b *testing.B) {
	c := startBench(b, "plain")
	for b.Loop() {
		if _, err := c.Ping(); err != nil {
			b.Fatal(err)
		}
	}
}
