package desktop

import (
	"testing"

	"osseo/app/draw"
	"osseo/physics"
)

// Beside the bone an anatomy has no walls: the picture shows a hand's breadth of flesh, not the metre that stands for none.
func TestFleshBesideTheBoneHasASensibleDepth(t *testing.T) {
	anatomy, err := physics.SampleAnatomy(physics.Patient{Age: 40, Sex: physics.Male, Weight: 80}, physics.ProximalTibia, 1)
	if err != nil {
		t.Fatal(err)
	}
	col := anatomy.At(0, 3*anatomy.FaceHalfWidth)
	if col.Place != physics.OffBone {
		t.Fatalf("the point lies on %v", col.Place)
	}
	layers := elsewhere([]draw.Layer{{Tissue: draw.Skin}, {Tissue: draw.Fat}, {Tissue: draw.NearCortex}}, col)
	if n := len(layers); n != 3 || layers[2].Tissue != draw.Muscle || layers[2].ThicknessMM > 50 {
		t.Errorf("layers %+v", layers)
	}
}
