package draw

import "testing"

func BenchmarkSection(b *testing.B) {
	img := canvas(800, 500)
	v := SectionView{Layers: adultLayers(), Labels: true, Needle: NeedleShape{LengthMM: 25}, TiltDeg: 6, Held: true}
	Section(img, v)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		v.TipMM = float64(i%300)/10 - 4
		v.HoleMM = v.TipMM
		v.TurnRad = float64(i) * 0.3
		Section(img, v)
	}
}

func BenchmarkChart(b *testing.B) {
	img := canvas(800, 500)
	v := forceChart(5000)
	b.ReportAllocs()
	for b.Loop() {
		Chart(img, v)
	}
}

func BenchmarkLimbKept(b *testing.B) {
	img := canvas(800, 500)
	v := LimbView{Labels: true, ShowIdeal: true, ShowHover: true, ShowNeedle: true}
	Limb(img, v)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		v.Hover.U = float64(i%100) / 5000
		Limb(img, v)
	}
}

func BenchmarkMonitor(b *testing.B) {
	img := canvas(300, 190)
	v := MonitorView{Rhythm: "sinus", HR: 90, SpO2: 97, Sys: 120, Dia: 70, CRTS: 2}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		v.TimeS = float64(i) / 60
		Monitor(img, v)
	}
}

func BenchmarkLimbNew(b *testing.B) {
	img := canvas(800, 500)
	for _, who := range []Who{Adult, Infant, Obese} {
		b.Run(map[Who]string{Adult: "adult", Infant: "infant", Obese: "obese"}[who], func(b *testing.B) {
			v := LimbView{Who: who, Inside: true, Zoom: 1.8}
			k := v.key()
			k.scene()
			for b.Loop() {
				k.build(img)
			}
		})
	}
}

func BenchmarkSectionNew(b *testing.B) {
	img := canvas(800, 500)
	v := SectionView{Layers: adultLayers()}
	k := v.key()
	for b.Loop() {
		k.build(img)
	}
}
