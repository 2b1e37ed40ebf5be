package desktop

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// prose is text that wraps at words, knows its height for a width, and ends in an ellipsis where there is no more room.
type prose struct {
	widget.BaseWidget
	text   string
	colour fyne.ThemeColorName
	size   float32
	style  fyne.TextStyle
	align  fyne.TextAlign
	most   int // lines at most, 0 = as many as needed

	// What was measured last: Fyne asks for sizes at every frame.
	line     float32 // height of a line, 0 = not measured
	full     float32 // width on one line, of fullOf
	fullOf   string
	broken   []string // lines of brokenOf at brokenAt
	brokenOf string
	brokenAt float32
}

func newProse(text string, size float32, colour fyne.ThemeColorName) *prose {
	p := &prose{text: text, size: size, colour: colour}
	p.ExtendBaseWidget(p)
	return p
}

func body(text string) *prose  { return newProse(text, sizeBody, colourText) }
func muted(text string) *prose { return newProse(text, sizeSmall, colourMuted) }

func bold(text string, size float32) *prose {
	p := newProse(text, size, colourText)
	p.style.Bold = true
	return p
}

// small is a label in small capitals.
func small(text string) *prose {
	p := newProse(strings.ToUpper(text), sizeSmall, colourMuted)
	p.style.Bold, p.most = true, 1
	return p
}

// set changes text and colour; it costs nothing when neither changed.
func (p *prose) set(text string, colour fyne.ThemeColorName) {
	if p.text == text && p.colour == colour {
		return
	}
	p.text, p.colour = text, colour
	p.Refresh()
}

func (p *prose) lineHeight() float32 {
	if p.line == 0 {
		p.line = fyne.MeasureText("Mg", p.size, p.style).Height * 1.08
	}
	return p.line
}

// heightFor returns the height at which no word is cut at a width.
func (p *prose) heightFor(width float32) float32 {
	return float32(len(p.wrap(width))) * p.lineHeight()
}

// wrap breaks the text into lines no wider than width; a word wider than the line stands alone.
func (p *prose) wrap(width float32) []string {
	if p.broken == nil || p.brokenOf != p.text || p.brokenAt != width {
		p.broken, p.brokenOf, p.brokenAt = p.breakLines(width), p.text, width
	}
	return p.broken
}

func (p *prose) breakLines(width float32) []string {
	var lines []string
	for _, para := range strings.Split(p.text, "\n") {
		line := ""
		for _, word := range strings.Fields(para) {
			longer := word
			if line != "" {
				longer = line + " " + word
			}
			if line != "" && fyne.MeasureText(longer, p.size, p.style).Width > width {
				lines = append(lines, line)
				longer = word
			}
			line = longer
		}
		lines = append(lines, line)
	}
	return p.shorten(lines, p.most, width)
}

// shorten keeps at most n lines (0 = all) and says with an ellipsis that there were more.
func (p *prose) shorten(lines []string, n int, width float32) []string {
	if n <= 0 || len(lines) <= n {
		return lines
	}
	lines = append([]string(nil), lines[:n]...)
	lines[n-1] = ellipsis(lines[n-1]+" …", width, p.size, p.style)
	return lines
}

// ellipsis shortens one line until it fits.
func ellipsis(line string, width, size float32, style fyne.TextStyle) string {
	if fyne.MeasureText(line, size, style).Width <= width {
		return line
	}
	runes := []rune(strings.TrimSuffix(line, " …"))
	for len(runes) > 0 {
		runes = runes[:len(runes)-1]
		short := strings.TrimRight(string(runes), " ,.;:") + "…"
		if fyne.MeasureText(short, size, style).Width <= width {
			return short
		}
	}
	return "…"
}

// CreateRenderer implements fyne.Widget.
func (p *prose) CreateRenderer() fyne.WidgetRenderer { return &proseRenderer{p: p} }

type proseRenderer struct {
	p     *prose
	texts []fyne.CanvasObject
	laid  fyne.Size
	said  string
}

// MinSize is one line of a few letters whatever the text, so that a number that changes moves nothing: the column gives
// prose the height it needs.
func (r *proseRenderer) MinSize() fyne.Size {
	return fyne.NewSize(20, r.p.lineHeight())
}

func (r *proseRenderer) Layout(size fyne.Size) {
	r.laid, r.said = size, r.p.text
	h := r.p.lineHeight()
	lines := r.p.wrap(size.Width)
	lines = r.p.shorten(lines, max(1, int((size.Height+1)/h)), size.Width)
	r.texts = r.texts[:0]
	for i, line := range lines {
		t := canvas.NewText(ellipsis(line, size.Width, r.p.size, r.p.style), theme.Color(r.p.colour))
		t.TextSize, t.TextStyle, t.Alignment = r.p.size, r.p.style, r.p.align
		t.Move(fyne.NewPos(0, float32(i)*h))
		t.Resize(fyne.NewSize(size.Width, h))
		r.texts = append(r.texts, t)
	}
}

func (r *proseRenderer) Refresh() {
	r.Layout(r.p.Size())
	canvas.Refresh(r.p)
}

func (r *proseRenderer) Objects() []fyne.CanvasObject { return r.texts }
func (r *proseRenderer) Destroy()                     {}

// fullWidth is the width at which the text stands on one line.
func (p *prose) fullWidth() float32 {
	if p.full == 0 || p.fullOf != p.text {
		p.full, p.fullOf = fyne.MeasureText(p.text, p.size, p.style).Width, p.text
	}
	return p.full
}
