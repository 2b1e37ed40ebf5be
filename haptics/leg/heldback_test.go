//go:build linux

package leg_test

import (
	"strings"
	"testing"

	"osseo/haptics"
	"osseo/haptics/leg"
	"osseo/haptics/virtual"
)

type gentle struct{}

func (gentle) Act(_ *virtual.Feel, _ float64, g *virtual.Grip) {
	*g = virtual.Grip{Effort: 10, Mass: 1.2, Stiffness: 200, Damping: 40, Rest: -20e-3}
}

// The leg's own governor tells what it changed: nothing of a spring somebody leans on, and what nobody else has bounded.
func TestALegTellsWhatItHeldBack(t *testing.T) {
	l := openEmulated(t, emulate(t), leg.Options{Hand: gentle{}})
	if err := l.Arm(); err != nil {
		t.Fatal(err)
	}
	if _, err := lean(t, l, 400); err != nil {
		t.Fatal(err)
	}
	if got := l.Figures().HeldBack; got != "" {
		t.Errorf("leaning on a spring of 10 N/mm, the leg held back by %s", got)
	}
	for range 80 {
		c, s := haptics.Command{Force: 300}, haptics.Sample{}
		if err := l.Exchange(&c, &s); err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{"slew", "clamp"} {
		if got := l.Figures().HeldBack; !strings.Contains(got, want) {
			t.Errorf("asked for 300 N past the host's governor, the leg held back by %q, not by %s", got, want)
		}
	}
}
