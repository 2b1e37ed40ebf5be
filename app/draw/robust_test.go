package draw

import (
	"image"
	"image/color"
	"math"
	"testing"
)

// odd are numbers that a view may hold when something upstream has gone wrong.
var odd = []float64{math.NaN(), math.Inf(1), math.Inf(-1), 1e300, -1e300, 1e-300, 0, -1}

// painters fill every number of every view with x.
func painters(x float64) map[string]func(*image.RGBA) {
	needle := NeedleShape{LengthMM: x, DiameterMM: x, TipMM: x, MarkMM: x, Worn: x}
	return map[string]func(*image.RGBA){
		"section": func(d *image.RGBA) {
			Section(d, SectionView{
				Scale: x, Layers: []Layer{{Skin, x}, {Fat, 3}, {Tissue(200), 2}, {Marrow, x}}, Needle: needle, TipMM: x, EntryMM: x, TiltDeg: x,
				BendDeg: x, TurnRad: x, StyletMM: x, HoleMM: x, TrailMM: x, Fluid: x, Swelling: x, Labels: true, Ring: true, Note: "note",
			})
		},
		"section-hidden": func(d *image.RGBA) { Section(d, SectionView{Hidden: true, TipMM: x, TiltDeg: x, Needle: needle}) },
		"limb": func(d *image.RGBA) {
			Limb(d, LimbView{
				Who: Newborn, Zoom: x, Labels: true, Inside: true, ToleranceMM: x, ShowIdeal: true, ShowHover: true, Hover: Point{x, x},
				ShowChosen: true, Chosen: Point{x, -x}, ShowNeedle: true, Needle: needle, At: Point{x, x}, TipMM: x, TiltU: x, TiltV: x,
				TurnRad: x, StyletMM: x, Swelling: x,
			})
		},
		"chart": func(d *image.RGBA) {
			s := []float64{0, x, 1, x, 2}
			Chart(d, ChartView{
				Title: "t", X: Axis{Label: "x", Min: x, Max: x, Auto: true, Factor: x}, Y: Axis{Min: -x, Max: x, Auto: true, Unit: "N"},
				Bands: []Band{{x, 2, Skin, "b"}}, Levels: []Level{{Y: x, Label: "l"}}, Series: []Series{
					{X: s, Y: s, Head: true, Label: "s", Width: x},
					{X: s, Y: s[:2], Dashed: true, Right: &Axis{Min: x}},
				}, Events: []Event{{X: x, Y: x, Dot: true, Label: "e"}, {X: 1, Label: "e"}},
				ShowCursor: true, Cursor: x,
			})
		},
		"spark": func(d *image.RGBA) { Spark(d, SparkView{Scores: []float64{x, 10, x}, Pass: x}) },
		"monitor": func(d *image.RGBA) {
			Monitor(d, MonitorView{Rhythm: "sinus", TimeS: x, HR: 80, SpO2: 90, CRTS: x, Remarks: "r"})
		},
		"bar":    func(d *image.RGBA) { Bar(d, BarView{Label: "l", Value: "v", Part: x, Asked: x, From: x, To: x}) },
		"bubble": func(d *image.RGBA) { BubbleLevel(d, LevelView{TiltU: x, TiltV: x, AllowedDeg: x}) },
		"case": func(d *image.RGBA) {
			CasePicture(d, CaseView{Who: Who(99), Needle: needle, Vehicle: true, Muted: true})
		},
		"needle": func(d *image.RGBA) { NeedleIcon(d, NeedleIconView{Needle: needle}) },
	}
}

// Nothing may panic for any number or size, nor touch a pixel outside its rectangle: all share one window.
func TestNoNumberOrSizeGetsOut(t *testing.T) {
	guard := color.RGBA{1, 2, 3, 4}
	for _, size := range []image.Point{{0, 0}, {1, 1}, {3, 70}, {70, 3}, {90, 60}} {
		for _, x := range odd {
			for name, paint := range painters(x) {
				whole := canvas(size.X+8, size.Y+8)
				for i := 0; i < len(whole.Pix); i += 4 {
					copy(whole.Pix[i:], []uint8{guard.R, guard.G, guard.B, guard.A})
				}
				inner := image.Rect(4, 4, 4+size.X, 4+size.Y)
				paint(whole.SubImage(inner).(*image.RGBA))
				for y := range whole.Rect.Dy() {
					for px := range whole.Rect.Dx() {
						if !image.Pt(px, y).In(inner) && whole.RGBAAt(px, y) != guard {
							t.Fatalf("%s with %g at %v wrote outside its rectangle at %d,%d", name, x, size, px, y)
						}
					}
				}
			}
		}
	}
	for _, paint := range painters(1) {
		paint(nil)
		paint(&image.RGBA{})
	}
}

// A picture leaves no hole: every pixel is painted and opaque.
func TestPicturesAreOpaque(t *testing.T) {
	for name, paint := range painters(1) {
		img := canvas(120, 90)
		paint(img)
		for i := 3; i < len(img.Pix); i += 4 {
			if img.Pix[i] != 255 {
				t.Errorf("%s leaves pixel %d with alpha %d", name, i/4, img.Pix[i])
				break
			}
		}
	}
}

// Under the race detector pools forget at random, hence the wide limit; without it each takes 4 to 8.
//
// Frames run 60 times a second beside a 1 kHz loop: what moves may not feed the collector.
func TestFramesHardlyAllocate(t *testing.T) {
	img := canvas(200, 120)
	section := SectionView{Layers: adultLayers(), TipMM: 8, HoleMM: 8, TiltDeg: 4, Labels: true}
	limb := LimbView{ShowIdeal: true, ShowHover: true, ShowNeedle: true}
	monitor := MonitorView{Rhythm: "sinus", HR: 80, SpO2: 97, TimeS: 3}
	for name, paint := range map[string]func(){
		"section": func() { Section(img, section) },
		"limb":    func() { Limb(img, limb) },
		"monitor": func() { Monitor(img, monitor) },
	} {
		paint()
		if n := testing.AllocsPerRun(20, paint); n > 40 {
			t.Errorf("%s allocates %.0f times a frame, want at most 40", name, n)
		}
	}
}

// The same view gives the same picture, whatever was drawn between.
func TestPicturesRepeat(t *testing.T) {
	a, b := canvas(160, 110), canvas(160, 110)
	v := SectionView{Layers: infantLayers(), TipMM: 5, Labels: true, Needle: NeedleShape{LengthMM: 15}}
	Section(a, v)
	Section(b, SectionView{Layers: adultLayers(), TipMM: 12, Swelling: 1})
	Section(b, v)
	for i := range a.Pix {
		if a.Pix[i] != b.Pix[i] {
			t.Fatalf("byte %d is %d the first time and %d the second", i, a.Pix[i], b.Pix[i])
		}
	}
}
