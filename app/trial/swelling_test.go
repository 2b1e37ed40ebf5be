package trial

import (
	"testing"

	"osseo/physics"
)

// A flush through a needle in tissue swells the limb and that of a needle in the marrow does not; the next limb is flat again.
func TestFlushSwellsTheLimb(t *testing.T) {
	flushed := func(past float64) *bone {
		who := physics.Patient{Age: 30, Sex: physics.Male, Weight: 75, Set: map[string]float64{"soft_tissue_mm": 8}}
		a, err := physics.SampleAnatomy(who, physics.ProximalTibia, 1)
		if err != nil {
			t.Fatal(err)
		}
		n, err := physics.NeedleByID("ez-25")
		if err != nil {
			t.Fatal(err)
		}
		n.Driver = physics.Powered
		m, err := physics.NewModel(a, n, physics.Driver{Kind: physics.Powered, NoLoadRPS: 20, StallTorque: 20, Battery: 1}, physics.DefaultRendering())
		if err != nil {
			t.Fatal(err)
		}
		b := &bone{}
		b.put(m, Placement{Site: string(physics.ProximalTibia), Side: "left"})
		goal := a.At(0, 0).NearBottom + past
		for x := 0.0; x < goal+4e-3 && b.out.Tip < goal; x += 8e-6 {
			b.out = m.Step(&b.state, physics.Input{Depth: x, Velocity: 8e-3, Trigger: 1, Stylet: true}, 1e-3)
		}
		b.flush(10_000)
		return b
	}
	if b := flushed(6e-3); b.swelling != 0 || b.tissue != (physics.Tissue{}) || b.out.Zone != physics.InMedulla {
		t.Errorf("in %v the limb swells by %.2f: %+v", b.out.Zone, b.swelling, b.tissue)
	}
	b := flushed(-5e-3)
	if b.swelling < 0.5 || b.tissue.Near < 9e-6 {
		t.Errorf("in %v the limb swells by %.2f: %+v", b.out.Zone, b.swelling, b.tissue)
	}
	b.put(b.model, Placement{Site: string(physics.ProximalTibia), Side: "right"})
	if b.swelling != 0 || b.tissue != (physics.Tissue{}) {
		t.Errorf("the other leg begins swollen by %.2f", b.swelling)
	}
}
