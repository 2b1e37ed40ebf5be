package draw

import (
	"image"
	"image/color"
	"math"
	"strconv"
)

func boxOf(x0, y0, x1, y1 float64) image.Rectangle {
	f := func(x float64) int { return int(clamp(x, -reach, reach)) }
	return image.Rect(f(math.Floor(x0)), f(math.Floor(y0)), f(math.Ceil(x1)), f(math.Ceil(y1)))
}

// MM writes a length with one decimal, and none from 10 mm on.
func MM(mm float64) string {
	if math.Abs(mm) >= 9.95 {
		return strconv.FormatFloat(mm, 'f', 0, 64) + " mm"
	}
	return strconv.FormatFloat(mm, 'f', 1, 64) + " mm"
}

type label struct {
	text   string
	y, own float64 // px: where it is written and where it belongs
	colour color.NRGBA
}

// buildLabels names the layers at the left edge. Labels of thin layers step aside and keep a line to their layer.
func (k *sectionKey) buildLabels(p *pen, g *ground) {
	u := k.scale
	size := clamp(g.h/34, 10.5*u, 14*u)
	step := size * 1.62
	var labels []label
	var beds [maxLayers + 2]bedding
	edge := 30 * u
	for _, b := range k.beds(g, edge, &beds) {
		if b.tissue == Air {
			continue
		}
		mid := b.top + min(b.depth, g.h-b.top)/2
		text := title(b.tissue.String())
		for _, l := range k.layers {
			if l.Tissue == b.tissue && b.tissue != DeepTissue {
				text += " " + MM(l.ThicknessMM)
				break
			}
		}
		if mid < g.h-4*u {
			labels = append(labels, label{text: text, y: mid, own: mid, colour: k.theme.Of(b.tissue)})
		}
	}
	spread(labels, step, g.h-size)
	for _, l := range labels {
		k.drawLabel(p, l, size, edge)
	}
}

// spread moves labels apart to at least step, keeping their order and the last above the foot.
func spread(labels []label, step, foot float64) {
	for range 24 {
		moved := false
		for i := 1; i < len(labels); i++ {
			if gap := labels[i].y - labels[i-1].y; gap < step-0.01 {
				labels[i-1].y -= (step - gap) / 2
				labels[i].y += (step - gap) / 2
				moved = true
			}
		}
		if n := len(labels); n > 0 && labels[n-1].y > foot {
			labels[n-1].y = foot
			moved = true
		}
		if !moved {
			return
		}
	}
}

func (k *sectionKey) drawLabel(p *pen, l label, size, edge float64) {
	u := k.scale
	style := Style{Size: size, Bold: true}
	w := TextWidth(l.text, style)
	x := 12 * u
	if math.Abs(l.y-l.own) > size*0.5 {
		p.move(x+w+10*u, l.y)
		p.line(x+w+24*u, l.own)
		p.stroke(1.2*u, color.NRGBA{255, 255, 255, 170})
		p.fillCircle(x+w+24*u, l.own, 2.4*u, color.NRGBA{255, 255, 255, 220})
	}
	p.roundRect(x-6*u, l.y-size*0.75, x+w+20*u, l.y+size*0.75, 4*u)
	p.fill(color.NRGBA{0x0B, 0x10, 0x16, 175})
	p.roundRect(x-1*u, l.y-size*0.32, x+7*u, l.y+size*0.32, 2*u)
	p.fill(l.colour)
	middle(p.dst, x+13*u, l.y, l.text, style, color.NRGBA{0xF2, 0xF5, 0xF8, 255})
}

func title(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return string(s[0]-'a'+'A') + s[1:]
}

// note writes one line at the foot of the picture.
func (s *sectionPen) note() {
	style := Style{Size: 14 * s.u, Bold: true}
	w := TextWidth(s.v.Note, style)
	x, y := max((s.g.w-w)/2-10*s.u, 4*s.u), s.g.h-24*s.u
	s.roundRect(x-2*s.u, y-15*s.u, x+w+22*s.u, y+15*s.u, 6*s.u)
	s.fill(color.NRGBA{0x0B, 0x10, 0x16, 215})
	c := s.t.Force
	if s.t.Light {
		c = Dark.Force
	}
	middle(s.dst, x+10*s.u, y, s.v.Note, style, c)
}
