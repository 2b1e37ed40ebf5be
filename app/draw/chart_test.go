package draw

import (
	"math"
	"testing"
)

func forceDepth(n int) (x, y []float64) {
	for i := range n {
		d := float64(i) / float64(n) * 30e-3
		f := 0.0
		switch mm := d * 1e3; {
		case mm < 2:
			f = 8 * (mm / 2) * (mm / 2)
		case mm < 7:
			f = 4.5 + 0.1*mm
		case mm < 10.2:
			f = 30 + 20*(mm-7)/3.2 + 3*math.Sin(mm*9)
		case mm < 27:
			f = 9 + math.Sin(mm*2)
		default:
			f = 9 + 18*(mm-27)
		}
		x, y = append(x, d), append(y, f)
	}
	return x, y
}

func forceChart(n int) ChartView {
	x, y := forceDepth(n)
	ex, ey := forceDepth(300)
	for i := range ey {
		ey[i] *= 0.7
	}
	return ChartView{
		X: Axis{Label: "depth along the needle, mm", Max: 0.034, Factor: 1000},
		Y: Axis{Unit: "N", Auto: true, Max: 20},
		Bands: []Band{
			{0, 1.8e-3, Skin, "skin"},
			{1.8e-3, 6.8e-3, Fat, "fat"},
			{6.8e-3, 10.2e-3, NearCortex, "near cortex"},
			{10.2e-3, 27e-3, Marrow, "marrow"},
			{27e-3, 31e-3, FarCortex, "far cortex"},
			{31e-3, 34e-3, DeepTissue, ""},
		},
		Series: []Series{{X: ex[:200], Y: ey[:200], Color: Dark.Muted, Dashed: true, Label: "expert on this bone stops here"}, {X: x, Y: y, Head: true, Label: "stopped here"}},
		Events: []Event{{X: 10.2e-3, Y: 50, Dot: true, Label: "pop at 50 N", Color: Dark.Force}, {X: 2e-3, Label: "skin"}, {X: 7e-3, Label: "bone"}},
	}
}

func TestChartShots(t *testing.T) {
	onlyForShots(t)
	img := canvas(800, 500)
	v := forceChart(5000)
	Chart(img, v)
	shot(t, "chart-depth", img)
	v.Theme = &Light
	v.ShowCursor, v.Cursor = true, 0.02
	Chart(img, v)
	shot(t, "chart-depth-light", img)
	x, y := forceDepth(4000)
	depth := make([]float64, len(x))
	for i := range x {
		depth[i] = x[i] * 1e3
		x[i] = float64(i) / 400
	}
	wide := canvas(1000, 240)
	Chart(wide, ChartView{
		X: Axis{Label: "time, s", Auto: true}, Y: Axis{Unit: "N", Auto: true, Max: 20},
		Series: []Series{{X: x, Y: depth, Color: Dark.Depth, Right: &Axis{Max: 40}, Label: "depth"}, {X: x, Y: y, Head: true, Label: "force"}},
		Events: []Event{{X: 0.66, Label: "skin 0:58"}, {X: 2.3, Label: "bone 1:07"}, {X: 2.5, Label: "bite 1:08"}, {X: 3.4, Label: "pop 1:21", Color: Dark.Force}, {X: 9, Label: "drug, no flow 2:02", Color: Dark.Failed}},
	})
	shot(t, "chart-time", wide)
	spark := canvas(320, 110)
	Spark(spark, SparkView{Scores: []float64{22, 30, 28, 48, 61, 55, 78, 74, 86, 62}, Pass: 80})
	shot(t, "spark", spark)
}
