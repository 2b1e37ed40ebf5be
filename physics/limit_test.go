package physics

import "testing"

// A limiter keeps the point out of the far wall whatever the hand does: a ring by the skin, a step by the bone. Neither hinders
// the pop. The ring is set from the skin and takes the skin's give with it; the step does not mind how much tissue there is.
func TestLimitersHoldThePointBack(t *testing.T) {
	deepest := func(tissue float64, change func(*Needle)) (float64, bool) {
		n, err := ToolByID("stepped-18g")
		if err != nil {
			t.Fatal(err)
		}
		change(&n)
		a := plain(1.5 * mm)
		a.Strength, a.Medulla = 0.5, 9*mm
		a.setSoft(tissue, 1*mm, 0)
		b := benchOf(t, a, "manual-18g")
		b.model = remodel(t, a, n)
		b.force, b.amp, b.hz, b.reflex = 45, 1.57, 1.5, 0
		b.run(1e-3, 6)
		return b.out.Tip - b.model.Column(0, 0).NearTop, b.state.wall[0].broken
	}
	for _, tissue := range []float64{3 * mm, 9 * mm} {
		free, _ := deepest(tissue, func(n *Needle) { n.Step = 0 })
		step, broke := deepest(tissue, func(*Needle) {})
		if !broke || step > 8.5*mm || step < 7*mm {
			t.Errorf("%.0f mm of tissue: the stepped needle went %.2f mm into bone, wall broken %v; want 8", tissue/mm, step/mm, broke)
		}
		if free < 10*mm {
			t.Errorf("%.0f mm of tissue: without a step it went %.2f mm; want through the cavity", tissue/mm, free/mm)
		}
		ring, broke := deepest(tissue, func(n *Needle) { n.Step, n.StopDepth = 0, tissue+6*mm })
		if !broke || ring > 6*mm+5.5*mm || ring < 3*mm {
			t.Errorf("%.0f mm of tissue: the ring let it %.2f mm into bone, wall broken %v; want 6 and the skin's give", tissue/mm, ring/mm, broke)
		}
	}
}
