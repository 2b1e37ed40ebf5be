package draw

import "image"

// SparkView is the progress of a learner: scores in order of time.
type SparkView struct {
	Theme  *Theme
	Scale  float64
	Scores []float64 // 0..100
	Pass   float64   // 0 = no line
}

// Spark draws the scores as a small line with the pass mark and the newest score as a dot, green when passed.
func Spark(dst *image.RGBA, v SparkView) {
	t := themeOr(v.Theme)
	x := make([]float64, len(v.Scores))
	for i := range x {
		x[i] = float64(i)
	}
	chart := ChartView{
		Theme: v.Theme, Scale: v.Scale, Bare: true, Empty: "No trials yet",
		X:      Axis{Min: 0, Max: max(float64(len(x)-1), 1)},
		Y:      Axis{Min: 0, Max: 105},
		Series: []Series{{X: x, Y: v.Scores, Color: t.Depth}},
	}
	if v.Pass > 0 {
		chart.Levels = []Level{{Y: v.Pass, Label: "pass " + whole(v.Pass)}}
	}
	if n := len(v.Scores); n > 0 {
		col := t.Failed
		if v.Scores[n-1] >= v.Pass {
			col = t.Fulfilled
		}
		chart.Events = []Event{{X: x[n-1], Y: v.Scores[n-1], Dot: true, Color: col}}
	}
	Chart(dst, chart)
}
