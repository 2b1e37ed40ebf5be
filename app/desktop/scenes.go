package desktop

import (
	"image"
	"math"

	"fyne.io/fyne/v2"

	"osseo/app/draw"
	"osseo/physics"
	"osseo/scenarios"
)

// drawn is the theme of the pictures that goes with the window's.
func drawn() *draw.Theme {
	if l, ok := fyne.CurrentApp().Settings().Theme().(look); ok && l.light {
		return &draw.Light
	}
	return &draw.Dark
}

// paintSection draws the cut through skin and bone with the needle as it is now.
func (b *bedside) paintSection() painter {
	th := drawn()
	return func(dst *image.RGBA, scale float64) {
		if b.inside {
			draw.Section(dst, b.sectionView(th, scale))
			return
		}
		draw.Limb(dst, b.outsideView(th, scale))
	}
}

// outsideView is what a clinician sees: the skin, the needle as far as it stands out, its mark, the other hand.
func (b *bedside) outsideView(th *draw.Theme, scale float64) draw.LimbView {
	s := &b.snap
	v := b.limbView(th, scale)
	v.Zoom, v.ShowIdeal, v.ShowHover, v.Labels, v.Inside = 4.5, false, false, false, false
	v.ShowNeedle, v.Needle = b.plan.needle != "", b.bone.needle
	v.At = draw.Point{U: s.U, V: s.V}
	if !b.hand.grip && !b.inserted() {
		v.At = draw.Point{U: b.plan.at.u, V: b.plan.at.v}
	}
	v.TipMM, v.TiltU, v.TiltV, v.TurnRad = s.Tip*1000, s.TiltX*180/math.Pi, s.TiltY*180/math.Pi, s.Twist
	if b.did[scenarios.StyletRemove] {
		v.StyletMM = b.bone.needle.LengthMM * 1.1
	}
	return v
}

func (b *bedside) sectionView(th *draw.Theme, scale float64) draw.SectionView {
	s := &b.snap
	v := draw.SectionView{
		Theme: th, Scale: scale, Layers: b.bone.layers, Seed: uint32(b.desk.setup.Seed), Needle: b.bone.needle,
		NoNeedle: b.plan.needle == "", TipMM: s.Tip * 1000, EntryMM: clamp((s.U-b.plan.at.u)*1000, -20, 20),
		TiltDeg: s.TiltX * 180 / math.Pi, TurnRad: s.Twist, Held: b.hand.grip,
		Labels: true,
	}
	if !b.hand.grip && !b.inserted() {
		v.TipMM = min(v.TipMM, -4)
	}
	if b.deep > b.bone.near && b.bone.near > 0 {
		v.HoleMM = b.deep * 1000
	}
	if b.did[scenarios.StyletRemove] {
		v.StyletMM = b.bone.needle.LengthMM * 1.1
	}
	v.Swelling = s.Swelling
	if b.did[scenarios.Flush] && physics.Zone(s.Zone) == physics.InMedulla {
		v.Fluid = 1
	}
	return v
}

// paintDepth draws force against depth.
func (b *bedside) paintDepth() painter {
	th := drawn()
	return func(dst *image.RGBA, scale float64) {
		t := &b.trace
		draw.Chart(dst, draw.ChartView{
			Theme: th, Scale: scale,
			X:     draw.Axis{Label: "depth along the needle, mm", Min: 0, Max: max(b.bone.depth+0.004, 0.02), Factor: 1000},
			Y:     draw.Axis{Unit: "N", Min: 0, Max: 30, Auto: true},
			Bands: b.bone.bands, Series: []draw.Series{{X: t.depth, Y: t.force, Color: th.Force, Head: true}},
			Events: labels(t.marks, func(m moment) float64 { return m.depth }, true, th),
			Empty:  "Force against depth appears here.",
		})
	}
}

// scopeSeconds is how far back the scope of force over time looks.
const scopeSeconds = 10

// paintTime draws the force of the last seconds.
func (b *bedside) paintTime() painter {
	th := drawn()
	return func(dst *image.RGBA, scale float64) {
		t := &b.trace
		to := max(b.snap.Time, scopeSeconds)
		from := to - scopeSeconds
		first := len(t.at)
		for first > 0 && t.at[first-1] >= from {
			first--
		}
		var marks []moment
		for _, m := range t.marks {
			if m.at >= from {
				marks = append(marks, m)
			}
		}
		draw.Chart(dst, draw.ChartView{
			Theme: th, Scale: scale,
			X:      draw.Axis{Label: "time, s", Min: from, Max: to},
			Y:      draw.Axis{Unit: "N", Min: 0, Max: 30, Auto: true},
			Series: []draw.Series{{X: t.at[first:], Y: t.force[first:], Color: th.Force, Head: true}},
			Events: b.timeLabels(marks, th),
			Empty:  "Force over time appears here.",
		})
	}
}

// timeLabels leaves out in an exam what a clinician would not know.
func (b *bedside) timeLabels(marks []moment, th *draw.Theme) []draw.Event {
	if !b.inside {
		return nil
	}
	return labels(marks, func(m moment) float64 { return m.at }, false, th)
}

// vitals are what the monitor shows at a time.
func vitals(c *scenarios.Case, at float64) scenarios.Vitals {
	var v scenarios.Vitals
	for _, x := range c.Vitals {
		if x.AtS <= at {
			v = x
		}
	}
	return v
}
