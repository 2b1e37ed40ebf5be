package desktop

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"

	"osseo/app/trial"
	"osseo/physics"
	"osseo/scenarios"
)

// BenchmarkPictures paints what is painted while a needle goes in, at the sizes of a window of 1440x900: the section at
// every frame, each scope at every second one, the monitor at every third.
func BenchmarkPictures(bm *testing.B) {
	h := newHouse(bm, nil)
	h.keys(fyne.KeyL, fyne.KeyReturn)
	b := h.bedside(bm)
	b.act(scenarios.Action{Kind: scenarios.ChooseNeedle, Value: "ez-25"})
	for i := range int64(20000) {
		b.trace.fresh = append(b.trace.fresh, trial.Point{Tick: i + 1, Time: float32(i) / 1000, Depth: float32(i) * 1e-6, Force: float32(i % 40)})
	}
	b.trace.add()
	b.snap.Zone, b.snap.Tip, b.snap.Time = uint8(physics.InCortex), 0.008, 20
	for _, p := range []struct {
		name  string
		paint painter
		w, h  int
	}{
		{"section", b.paintSection(), 780, 548},
		{"force-depth", b.paintDepth(), 370, 220},
		{"force-time", b.paintTime(), 370, 220},
		{"monitor", b.paintMonitor(), 267, 150},
		{"limb", b.paintLimb(), 780, 548},
	} {
		bm.Run(p.name, func(bm *testing.B) {
			dst := image.NewRGBA(image.Rect(0, 0, p.w, p.h))
			p.paint(dst, 1)
			bm.ReportAllocs()
			for i := range bm.N {
				b.snap.Tip = 0.008 + float64(i%100)*1e-5
				p.paint(dst, 1)
			}
		})
	}
}
