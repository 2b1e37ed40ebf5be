package physics

import "testing"

// A model without a term leaves the model it was made of as it was, and differs from it where the term works.
func TestWithoutLeavesTheModelAlone(t *testing.T) {
	a, err := SampleAnatomy(Patient{Age: 30, Sex: Male, Weight: 75, Bone: NormalBone}, ProximalTibia, 1)
	if err != nil {
		t.Fatal(err)
	}
	n, err := NeedleByID("ez-25")
	if err != nil {
		t.Fatal(err)
	}
	m, err := NewModel(a, n, DefaultDriver(Powered), DefaultRendering())
	if err != nil {
		t.Fatal(err)
	}
	before := m.terms
	for term := Breakout; term <= Skin; term++ {
		if less := m.Without(term); less.terms == before {
			t.Errorf("term %d: nothing was taken away", term)
		}
	}
	if m.terms != before {
		t.Error("the model itself has changed")
	}
	if same := m.Without(); *same != *m {
		t.Error("without nothing is not the same model")
	}
}
