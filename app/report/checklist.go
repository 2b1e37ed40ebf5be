package report

import (
	"bytes"
	"fmt"
	"math"

	"codeberg.org/go-pdf/fpdf"

	"osseo/app/draw"
	"osseo/scenarios/grading"
)

// The checklist and the charts share what the page leaves, mm.
const (
	chartsLeast  = 108.0 // charts need at least this much height
	footTop      = 277.0
	roomyRow     = 8.2 // title and evidence on two lines
	twoLineRow   = 6.8 // the least height for two lines
	smallestRow  = 3.6
	pointsWidth  = 15.0
	checklistTop = 5.0
)

// checklist writes every item with sign, evidence, time and points in the right column.
func (p *page) checklist(y float64) float64 {
	x := margin + leftWidth + gutter
	w := pageWidth - margin - x
	p.caption(x, y, "CHECKLIST")
	y += checklistTop
	items := p.in.Grade.Items
	if len(items) == 0 {
		p.ink(draw.Light.Muted)
		p.face(false, 9)
		p.say(x, y, w, "L", "No item was judged.")
		return y + 5
	}
	h := min(roomyRow, (footTop-chartsLeast-y)/float64(len(items)))
	h = max(h, smallestRow)
	for i := range items {
		p.item(x, y, w, h, &items[i])
		y += h
	}
	return y
}

// item writes one line, or two where there is room.
func (p *page) item(x, y, w, h float64, r *grading.Result) {
	two := h >= twoLineRow
	size := min(9, h*2.3)
	if two {
		size = 9
	}
	switch {
	case r.Points >= r.Of:
		p.sign(x, y+0.4, true, draw.Light.Fulfilled)
	case r.Points > 0:
		p.half(x, y+0.4, draw.Light.Force)
	default:
		p.sign(x, y+0.4, false, draw.Light.Failed)
	}
	p.ink(draw.Light.Text)
	p.face(true, size)
	p.say(x+w-pointsWidth, y, pointsWidth, "R", fmt.Sprintf("%g/%g", round1(r.Points), round1(r.Of)))
	room := w - 4.5 - pointsWidth
	title := r.Title
	if title == "" {
		title = r.ID
	}
	p.face(r.Points < r.Of, size)
	text := room
	if !two {
		text = min(room*0.5, p.GetStringWidth(title)+1.5)
	}
	p.say(x+4.5, y, text, "L", title)
	if r.Critical && r.Points < r.Of && two {
		at := x + 4.5 + p.GetStringWidth(p.fit(title, text)) + 1.5
		p.ink(draw.Light.Failed)
		p.face(false, size)
		p.say(at, y, max(5, x+w-pointsWidth-at), "L", "critical")
	}
	p.ink(draw.Light.Muted)
	p.face(false, size-1.5)
	evidence := r.Evidence
	if r.AtS != nil && !math.IsNaN(*r.AtS) {
		evidence = joined(evidence, clock(*r.AtS))
	}
	if two {
		p.say(x+4.5, y+3.7, w-4.5, "L", evidence)
	} else {
		p.say(x+4.5+text, y+0.15, room-text, "L", evidence)
	}
}

func round1(x float64) float64 { return math.Round(x*10) / 10 }

// clock is a time of the case, m:ss.
func clock(s float64) string {
	whole := int(math.Max(0, math.Min(s, 1e6)))
	return fmt.Sprintf("%d:%02d", whole/60, whole%60)
}

// charts puts both plots into what is left of the page.
func (p *page) charts(y float64, depthPNG, timePNG []byte) {
	p.rule(y)
	y += 2
	width := pageWidth - 2*margin
	const captions = 2 * 4.5
	depthFull, timeFull := width*float64(depthHeight/plotWidth), width*float64(timeHeight/plotWidth)
	scale := min(1, (footTop-2-y-captions)/(depthFull+timeFull))
	p.caption(margin, y, "FORCE AGAINST DEPTH")
	p.picture("depth", depthPNG, y+4.5, width*scale, depthFull*scale)
	y += 4.5 + depthFull*scale
	p.caption(margin, y, "FORCE AND DEPTH OVER TIME")
	p.picture("time", timePNG, y+4.5, width*scale, timeFull*scale)
}

func (p *page) picture(name string, png []byte, y, w, h float64) {
	p.RegisterImageOptionsReader(name, fpdf.ImageOptions{ImageType: "PNG"}, bytes.NewReader(png))
	p.ImageOptions(name, (pageWidth-w)/2, y, w, h, false, fpdf.ImageOptions{ImageType: "PNG"}, 0, "")
}

// foot writes how the servo did, what made the recording, and the disclaimer.
func (p *page) foot() {
	in, width := p.in, pageWidth-2*margin
	p.rule(footTop)
	p.ink(draw.Light.Muted)
	p.face(false, 7)
	p.say(margin, footTop+1.2, width, "L", loopLine(in))
	p.say(margin, footTop+4.6, width, "L", recordingLine(in))
	p.ink(draw.Light.Text)
	p.face(true, 7.5)
	p.say(margin, footTop+9, width, "L", disclaimer)
}

func loopLine(in *Input) string {
	l := in.Loop
	if l.Scheduler == "offline" || l.RateHz == 0 {
		return "Servo: not tied to a clock, as fast as the machine allowed."
	}
	return fmt.Sprintf("Servo: %.1f Hz, lateness p50 %.0f, p99 %.0f, p99.9 %.0f, max %.0f us, %d overruns, %d ticks dropped, scheduling %s.",
		l.RateHz, l.LateP50, l.LateP99, l.LateP999, l.LateMax, l.Overruns, l.Dropped, l.Scheduler)
}

func recordingLine(in *Input) string {
	file := in.Recording
	if file == "" {
		file = "not kept"
	}
	return "Recording: " + joined(file, named("", in.End), fmt.Sprintf("%d ticks", len(in.Rows)), named("state ", in.StateHash),
		fmt.Sprintf("bone %d", in.Seed), named("program ", joined(in.Build, in.Arch))) + "."
}
