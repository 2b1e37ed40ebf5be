package desktop

import (
	"fmt"

	"fyne.io/fyne/v2"

	"osseo/scenarios"
)

// clocks follow the three targets of a case: decide, through the cortex, first drug. Times are s since the case began; a
// negative one has not happened.
type clocks struct {
	target                      scenarios.Clock
	decided, bone, pop, treated float64
}

func newClocks(target scenarios.Clock) *clocks {
	return &clocks{target: target, decided: -1, bone: -1, pop: -1, treated: -1}
}

// did notes an action that succeeded.
func (c *clocks) did(kind scenarios.ActionKind, at float64) {
	switch kind {
	case scenarios.Decide:
		first(&c.decided, at)
	case scenarios.Drug:
		first(&c.treated, at)
	case scenarios.Withdraw:
		c.bone, c.pop = -1, -1
	}
}

// felt notes what the bone did.
func (c *clocks) felt(name string, at float64) {
	switch name {
	case "contact":
		first(&c.bone, at)
	case "breakthrough":
		first(&c.pop, at)
	}
}

func first(t *float64, at float64) {
	if *t < 0 {
		*t = at
	}
}

// reading is one clock as it is shown.
type reading struct {
	name   string
	text   string
	share  float32 // of the target, 0..1
	colour fyne.ThemeColorName
}

// read returns the three clocks at a time, s since the case began.
func (c *clocks) read(now float64) [3]reading {
	return [3]reading{
		span("Decide", 0, c.decided, now, c.target.DecideS, "%.0f"),
		span("Cortex", c.bone, c.pop, now, c.target.CortexS, "%.1f"),
		span("First drug", c.pop, c.treated, now, c.target.DrugS, "%.0f"),
	}
}

// span reads one clock that began at from and ended at end, each negative when it has not.
func span(name string, from, end, now, target float64, format string) reading {
	if from < 0 {
		return reading{name, fmt.Sprintf("– / %.0f s", target), 0, colourMuted}
	}
	running := end < 0
	if running {
		end = now
	}
	took := max(0, end-from)
	r := reading{name: name, share: 1, colour: colourForce}
	if target > 0 {
		r.share = float32(took / target)
	}
	sign := ""
	switch {
	case target > 0 && took > target:
		r.colour, sign = colourBad, " !"
	case !running:
		r.colour, sign = colourGood, " ✓"
	}
	r.text = fmt.Sprintf(format+" / %.0f s%s", took, target, sign)
	return r
}
