package draw

import "testing"

func adultLayers() []Layer {
	return []Layer{{Skin, 1.8}, {Fat, 5}, {Periosteum, 0.3}, {NearCortex, 3.2}, {Marrow, 17}, {FarCortex, 4}}
}

func infantLayers() []Layer {
	return []Layer{{Skin, 1.2}, {Fat, 4}, {Periosteum, 0.2}, {NearCortex, 1.5}, {Marrow, 9.6}, {FarCortex, 1.7}}
}

func TestSectionShots(t *testing.T) {
	onlyForShots(t)
	img := canvas(800, 500)
	v := SectionView{Layers: adultLayers(), Labels: true, Needle: NeedleShape{LengthMM: 25}, TipMM: 9, TiltDeg: 6, HoleMM: 9, TurnRad: 1, Ring: true}
	Section(img, v)
	shot(t, "section-adult", img)
	v = SectionView{Layers: infantLayers(), Labels: true, Needle: NeedleShape{LengthMM: 15, Tip: Bevel}, TipMM: 11, StyletMM: 4, HoleMM: 14, Fluid: 0.6, Note: "Gentle. Let the drill work, wait for the give."}
	Section(img, v)
	shot(t, "section-infant", img)
	v = SectionView{Layers: adultLayers(), Labels: true, Hidden: true, Needle: NeedleShape{LengthMM: 25, HubShape: ManualHub, Hub: hex(0x98A6B4)}, TipMM: 9, TiltDeg: -8}
	Section(img, v)
	shot(t, "section-hidden", img)
	v = SectionView{Theme: &Light, Layers: []Layer{{Skin, 2.2}, {Fat, 24}, {Muscle, 4}, {Periosteum, 0.3}, {NearCortex, 3}, {Marrow, 16}, {FarCortex, 4}}, Labels: true, Needle: NeedleShape{LengthMM: 45}, TipMM: 20, TiltDeg: 12, BendDeg: 9, Swelling: 0.7}
	Section(img, v)
	shot(t, "section-obese-light", img)
	v = SectionView{Layers: infantLayers(), Labels: true, Held: true, Needle: NeedleShape{LengthMM: 15}, TipMM: 5.2, TiltDeg: 6, HoleMM: 6, TurnRad: 2, Note: "Tip biting"}
	Section(img, v)
	shot(t, "section-held", img)
	v = SectionView{Layers: adultLayers(), Labels: true, Needle: NeedleShape{LengthMM: 35, HubShape: ManualHub}, TipMM: 31, BendDeg: 8, HoleMM: 31, Ring: true, Failed: true, TrailMM: 4}
	Section(img, v)
	shot(t, "section-manual", img)
	v = SectionView{Layers: adultLayers(), Labels: true, Theme: &Light}
	small := canvas(320, 190)
	v.Labels = false
	v.Theme = nil
	Section(small, v)
	shot(t, "section-small", small)
}
