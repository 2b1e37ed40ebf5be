package desktop

import (
	"image"
	"math"

	"osseo/app/draw"
	"osseo/app/trial"
	"osseo/physics"
)

// moments are the events of the tape as the charts mark them.
func (d *debrief) moments() []moment {
	if d.tape == nil {
		return nil
	}
	var out []moment
	for i := range d.tape.Rows {
		r := &d.tape.Rows[i]
		if r.Events != 0 {
			out = append(out, moment{r.Time, r.Tip, r.Force, physics.Events(r.Events)})
		}
	}
	return out
}

// paintDepth draws force against depth with the layers, the events, an expert's trace and the moment shown.
func (d *debrief) paintDepth() painter {
	th := drawn()
	var x, y []float64
	var of *Tape
	return func(dst *image.RGBA, scale float64) {
		if d.tape != of {
			x, y, of = x[:0], y[:0], d.tape
			for i := range d.tape.Rows {
				if r := &d.tape.Rows[i]; r.Tip > -0.003 {
					x, y = append(x, r.Tip), append(y, r.Force)
				}
			}
		}
		v := draw.ChartView{
			Theme: th, Scale: scale,
			X:     draw.Axis{Label: "depth along the needle, mm", Min: 0, Max: max(d.bone.depth+0.004, 0.02), Factor: 1000},
			Y:     draw.Axis{Unit: "N", Min: 0, Max: 30, Auto: true},
			Bands: d.bone.bands, Empty: "There is no recording to draw.",
		}
		if ex, ey := expertLine(d.expert); len(ex) > 0 {
			v.Series = append(v.Series, draw.Series{X: ex, Y: ey, Color: th.Muted, Dashed: true, Width: 1.5, Label: "expert, same bone"})
		}
		v.Series = append(v.Series, draw.Series{X: x, Y: y, Color: th.Force})
		v.Events = labels(d.moments(), func(m moment) float64 { return m.depth }, true, th)
		if d.tape != nil {
			v.ShowCursor, v.Cursor = true, d.tape.Rows[d.at].Tip
		}
		draw.Chart(dst, v)
	}
}

func expertLine(points []trial.Point) (x, y []float64) {
	for _, p := range points {
		if p.Depth > -0.003 {
			x, y = append(x, float64(p.Depth)), append(y, float64(p.Force))
		}
	}
	return x, y
}

// paintStrip draws force and depth over the whole case.
func (d *debrief) paintStrip() painter {
	th := drawn()
	return func(dst *image.RGBA, scale float64) {
		v := draw.ChartView{
			Theme: th, Scale: scale, X: draw.Axis{Unit: "s", Min: 0, Max: 1, Auto: true},
			Y: draw.Axis{Unit: "N", Min: 0, Max: 30, Auto: true}, Empty: "There is no recording to replay.",
		}
		if d.tape != nil {
			var t, f, depth []float64
			for i := range d.tape.Rows {
				r := &d.tape.Rows[i]
				t, f, depth = append(t, r.Time), append(f, r.Force), append(depth, -r.Tip)
			}
			right := &draw.Axis{Min: -max(d.bone.depth, 0.01), Max: 0.01}
			v.Series = []draw.Series{
				{X: t, Y: depth, Color: th.Depth, Width: 1.5, Right: right, Label: "depth"},
				{X: t, Y: f, Color: th.Force, Width: 1.5, Label: "force"},
			}
			v.Events = labels(d.moments(), func(m moment) float64 { return m.at }, false, th)
			v.ShowCursor, v.Cursor = true, d.tape.Rows[d.at].Time
		}
		d.ui.stripView, d.ui.stripBounds = v, dst.Rect
		draw.Chart(dst, v)
	}
}

// paintSection draws the cut at the moment shown.
func (d *debrief) paintSection() painter {
	th := drawn()
	return func(dst *image.RGBA, scale float64) {
		v := draw.SectionView{
			Theme: th, Scale: scale, Layers: d.bone.layers, Seed: uint32(d.setup.Seed), Needle: d.bone.needle,
			NoNeedle: true, Labels: float64(dst.Rect.Dy())/scale > 150,
		}
		if d.tape != nil {
			r := &d.tape.Rows[d.at]
			v.NoNeedle, v.TipMM, v.TiltDeg = false, r.Tip*1000, r.TiltX*180/math.Pi
			v.Ring, v.Failed = true, wrongZone(zone(r.Zone))
			if !r.Stylet {
				v.StyletMM = d.bone.needle.LengthMM * 1.1
			}
		}
		draw.Section(dst, v)
	}
}

func wrongZone(z physics.Zone) bool {
	switch z {
	case physics.InFarCortex, physics.InDeepTissue, physics.InGrowthPlate, physics.InJoint, physics.BesideBone:
		return true
	}
	return false
}
