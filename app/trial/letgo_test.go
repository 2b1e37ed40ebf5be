package trial

import (
	"testing"

	"osseo/haptics"
	"osseo/haptics/virtual"
)

// abrupt drills with a constant push until the hub stands on the skin, then opens the hand at once.
type abrupt struct{ until float64 }

func (h abrupt) Act(f *virtual.Feel, _ float64, g *virtual.Grip) {
	*g = virtual.Grip{Mass: 1.2, Stiffness: 0, Damping: 30, Effort: 35, Trigger: 1}
	if f.Time > h.until {
		*g = virtual.Grip{Mass: 0.3, Loose: true}
	}
}

// A needle pushed to the hub and let go stays where it is: the bone's grip holds it against the springy skin under the hub,
// and the force dies away within a quarter of a second.
func TestANeedleLetGoDoesNotRing(t *testing.T) {
	c := Conditions()[1] // powered-adult
	model, _, err := c.motion()
	if err != nil {
		t.Fatal(err)
	}
	const letGo = 8.0
	leg := virtual.New(abrupt{letGo}, virtual.Options{})
	r := &recordingBone{model: model, state: model.Start()}
	var late, before float64
	watch := watcher(func(s *haptics.Sample, c *haptics.Command) {
		f := c.At(s.Position, s.Velocity)
		switch {
		case s.Time < letGo:
			before = f
		case s.Time > letGo+0.15:
			late = max(late, f, -f)
		}
	})
	loop := haptics.NewLoop(leg, r, haptics.NewGovernor(leg.Info().Limits), watch, DefaultTickHz)
	for range int((letGo + 1) * DefaultTickHz) {
		if loop.Advance() {
			t.Fatal(loop.Err())
		}
	}
	t.Logf("force before %.1f N, a quarter of a second after letting go at most %.2f N", before, late)
	if before < 20 {
		t.Fatalf("the hub was never pressed: %.1f N", before)
	}
	if late > 2 {
		t.Errorf("rings with %.1f N", late)
	}
}

type watcher func(*haptics.Sample, *haptics.Command)

func (w watcher) Observe(s *haptics.Sample, c *haptics.Command, _ haptics.Intervention) { w(s, c) }
