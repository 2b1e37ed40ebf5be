package report

import (
	"bytes"
	"fmt"
	"image/color"
	"math"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"osseo/app/draw"
	"osseo/assets"
	"osseo/scenarios/grading"
)

// The page, mm.
const (
	margin     = 14.0
	pageWidth  = 210.0
	pageHeight = 297.0
	leftWidth  = 62.0
	gutter     = 8.0
)

// disclaimer stands on every report.
const disclaimer = "Training aid, not a medical device. The bone is simulated; nothing here is advice on a real patient."

// page lays one report out.
type page struct {
	*fpdf.Fpdf
	in    *Input
	knows func(rune) bool // whether the text face has a letter
}

// newPage is the PDF as bytes.
func newPage(in *Input, s *style, depthPNG, timePNG []byte) ([]byte, error) {
	p := &page{fpdf.New("P", "mm", "A4", ""), in, s.knows}
	date := in.StartedAt
	if date.IsZero() {
		date = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	p.SetCreationDate(date)
	p.SetModificationDate(date)
	p.SetCatalogSort(true)
	p.SetTitle("Osseo: "+in.Title, true)
	p.SetCreator("Osseo "+in.Build, true)
	p.SetAutoPageBreak(false, 0)
	p.SetMargins(margin, margin, margin)
	p.SetCellMargin(0)
	p.AddUTF8FontFromBytes("noto", "", assets.Regular)
	p.AddUTF8FontFromBytes("noto", "B", assets.Bold)
	p.AddPage()

	top := p.head()
	bottom := max(p.result(top), p.checklist(top))
	p.charts(bottom+4, depthPNG, timePNG)
	p.foot()
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		return nil, fmt.Errorf("report: page: %w", err)
	}
	return b.Bytes(), nil
}

// ink sets the colour of text and shapes.
func (p *page) ink(c color.NRGBA) {
	p.SetTextColor(int(c.R), int(c.G), int(c.B))
	p.SetFillColor(int(c.R), int(c.G), int(c.B))
	p.SetDrawColor(int(c.R), int(c.G), int(c.B))
}

func (p *page) face(bold bool, size float64) {
	style := ""
	if bold {
		style = "B"
	}
	p.SetFont("noto", style, size)
}

// say writes one line at a place, cut with dots where it is wider than w.
func (p *page) say(x, y, w float64, align, text string) {
	p.SetXY(x, y)
	p.CellFormat(w, p.lineHeight(), p.fit(p.shown(text), w), "", 0, align+"M", false, 0, "")
}

// lineHeight is the height of a line of the current size, mm.
func (p *page) lineHeight() float64 {
	_, mm := p.GetFontSize()
	return mm * 1.3
}

// shown puts a question mark for every letter the face lacks: a gap would hide that something was said.
func (p *page) shown(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return ' '
		}
		if !p.knows(r) {
			return '?'
		}
		return r
	}, text)
}

// fit cuts a text to a width.
func (p *page) fit(text string, w float64) string {
	if p.GetStringWidth(text) <= w+0.05 {
		return text
	}
	letters := []rune(text)
	for len(letters) > 0 && p.GetStringWidth(string(letters)+"…") > w {
		letters = letters[:len(letters)-1]
	}
	return strings.TrimRight(string(letters), " ,;") + "…"
}

// block writes text over several lines, at most most of them, and returns where it ends.
func (p *page) block(x, y, w float64, text string, most int) float64 {
	h := p.lineHeight()
	lines := p.SplitText(p.shown(text), w)
	if len(lines) > most {
		lines = append(lines[:most-1:most-1], p.fit(strings.Join(lines[most-1:], " "), w))
	}
	for _, l := range lines {
		p.say(x, y, w+1, "L", l)
		y += h
	}
	return y
}

// head writes what was done, by whom and when; it returns where the rest may begin.
func (p *page) head() float64 {
	in, width := p.in, pageWidth-2*margin
	p.ink(draw.Light.Muted)
	p.face(true, 8)
	p.say(margin, 11, width, "L", "OSSEO · TRIAL REPORT")
	if !in.StartedAt.IsZero() {
		p.say(margin, 11, width, "R", in.StartedAt.Format("2 January 2006, 15:04 MST"))
	}
	p.ink(draw.Light.Text)
	p.face(true, 17)
	p.say(margin, 16, width, "L", in.Title)
	p.ink(draw.Light.Muted)
	p.face(false, 9)
	p.say(margin, 24.5, width, "L", joined(in.Patient, in.Tool, in.Place))
	p.say(margin, 28.8, width, "L", joined(named("Learner: ", in.Learner), named("mode: ", in.Mode), named("hand: ", in.Hand)))
	p.rule(34.5)
	return 37.5
}

func (p *page) rule(y float64) {
	p.ink(draw.Light.Hairline)
	p.SetLineWidth(0.25)
	p.Line(margin, y, pageWidth-margin, y)
}

// result writes score, verdict, where the tip ended and the advice in the left column.
func (p *page) result(y float64) float64 {
	in := p.in
	x := margin
	p.caption(x, y, "RESULT")
	y += 5
	if in.NotGraded != "" {
		p.ink(draw.Light.Failed)
		p.face(true, 12)
		p.say(x, y+1, leftWidth, "L", "Not graded")
		p.ink(draw.Light.Text)
		p.face(false, 9)
		y = p.block(x, y+8, leftWidth, in.NotGraded, 4)
	} else {
		y = p.score(x, y)
	}
	if in.Ending != "" {
		p.ink(draw.Light.Text)
		p.face(false, 9)
		y = p.block(x, y+1.5, leftWidth, in.Ending, 6)
	}
	if len(in.Grade.Advice) > 0 {
		y += 3
		p.caption(x, y, "DO NEXT TIME")
		y += 5
		p.ink(draw.Light.Text)
		p.face(false, 9)
		for i, a := range in.Grade.Advice {
			if i == 3 {
				break
			}
			p.say(x, y, 6, "L", fmt.Sprintf("%d.", i+1))
			y = p.block(x+5, y, leftWidth-5, a, 4) + 0.8
		}
	}
	return y
}

func (p *page) caption(x, y float64, text string) {
	p.ink(draw.Light.Muted)
	p.face(true, 7.5)
	p.say(x, y, leftWidth, "L", text)
}

// score writes the number and the verdict.
func (p *page) score(x, y float64) float64 {
	in := p.in
	p.ink(draw.Light.Text)
	p.face(true, 34)
	number := fmt.Sprintf("%.0f", math.Floor(in.Grade.Score+1e-9))
	w := p.GetStringWidth(number)
	p.say(x, y, w+1, "L", number)
	p.ink(draw.Light.Muted)
	p.face(false, 9)
	p.say(x+w+4, y+8.6, leftWidth-w-4, "L", fmt.Sprintf("of 100 · pass %g", in.PassAt))
	y += 17
	verdict, c := "Passed", draw.Light.Fulfilled
	if !in.Grade.Passed {
		verdict, c = "Not passed: "+whyNot(&in.Grade, in.PassAt), draw.Light.Failed
	}
	p.sign(x, y+0.7, in.Grade.Passed, c)
	p.ink(c)
	p.face(true, 10)
	return p.block(x+5, y, leftWidth-5, verdict, 4)
}

// whyNot says in words why a trial did not pass.
func whyNot(g *grading.Report, passAt float64) string {
	var critical []string
	for _, id := range g.CriticalFailures {
		title := id
		for _, r := range g.Items {
			if r.ID == id && r.Title != "" {
				title = lowerFirst(r.Title)
			}
		}
		critical = append(critical, title)
	}
	if len(critical) > 0 {
		return "failed on " + strings.Join(critical, "; ")
	}
	return fmt.Sprintf("%.0f of the %g points needed", math.Floor(g.Score+1e-9), passAt)
}

// lowerFirst makes the first letter small unless the word is written in capitals.
func lowerFirst(s string) string {
	r := []rune(s)
	if len(r) > 1 && strings.ToUpper(string(r[:2])) != string(r[:2]) {
		return strings.ToLower(string(r[:1])) + string(r[1:])
	}
	return s
}

// sign draws a tick or a cross in a ring, 3.2 mm wide: never told by colour alone.
func (p *page) sign(x, y float64, good bool, c color.NRGBA) {
	p.ink(c)
	p.SetLineWidth(0.35)
	p.Circle(x+1.6, y+1.6, 1.6, "D")
	p.SetLineWidth(0.45)
	if good {
		p.Line(x+0.85, y+1.7, x+1.4, y+2.3)
		p.Line(x+1.4, y+2.3, x+2.4, y+1.0)
		return
	}
	p.Line(x+1.0, y+1.0, x+2.2, y+2.2)
	p.Line(x+2.2, y+1.0, x+1.0, y+2.2)
}

// half draws the sign of an item that got some of its points.
func (p *page) half(x, y float64, c color.NRGBA) {
	p.ink(c)
	p.SetLineWidth(0.35)
	p.Circle(x+1.6, y+1.6, 1.6, "D")
	p.SetLineWidth(0.5)
	p.Line(x+1.6, y+0.8, x+1.6, y+1.8)
	p.Circle(x+1.6, y+2.4, 0.16, "F")
}

func joined(parts ...string) string {
	var all []string
	for _, s := range parts {
		if s != "" {
			all = append(all, s)
		}
	}
	return strings.Join(all, "  ·  ")
}

func named(name, value string) string {
	if value == "" {
		return ""
	}
	return name + value
}
