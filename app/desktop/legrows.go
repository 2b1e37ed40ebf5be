package desktop

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"osseo/haptics/leg"
)

// fact is a row of a name and a value that takes what the name leaves, at the right.
func fact(name, value string, colour fyne.ThemeColorName) (*prose, fyne.CanvasObject) {
	n, v := newProse(name, sizeBody, colourMuted), newProse(value, sizeBody, colour)
	n.most = 1
	v.align = fyne.TextAlignTrailing
	return v, container.New(pair{}, n, v)
}

// pair sets a name at its width and a value in the rest of the row; a value that needs more goes below.
type pair struct{}

const pairGap = float32(8)

func (pair) widths(o []fyne.CanvasObject, width float32) (name, value float32, below bool) {
	n, v := o[0].(*prose), o[1].(*prose)
	name = n.fullWidth() + 1
	value = width - name - pairGap
	if v.fullWidth() > value && (strings.Contains(v.text, " ") || name > width*0.6) {
		return width, width, true
	}
	return name, value, false
}

// Layout implements fyne.Layout.
func (p pair) Layout(o []fyne.CanvasObject, size fyne.Size) {
	name, value, below := p.widths(o, size.Width)
	v := o[1].(*prose)
	h := v.lineHeight()
	place(o[0], 0, 0, name, h)
	if below {
		v.align = fyne.TextAlignLeading
		place(v, 0, h, value, size.Height-h)
		return
	}
	v.align = fyne.TextAlignTrailing
	place(v, size.Width-value, 0, value, h)
}

// MinSize implements fyne.Layout.
func (pair) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(60, o[0].MinSize().Height)
}

func (p pair) containerHeight(c *fyne.Container, width float32) float32 {
	_, value, below := p.widths(c.Objects, width)
	v := c.Objects[1].(*prose)
	if below {
		return v.lineHeight() + v.heightFor(value)
	}
	return v.lineHeight()
}

// signed sets a sign before a row, at its top.
type signed struct{}

// Layout implements fyne.Layout.
func (signed) Layout(o []fyne.CanvasObject, size fyne.Size) {
	place(o[0], 0, 0, signWidth, 20)
	place(o[1], signWidth, 0, size.Width-signWidth, size.Height)
}

// MinSize implements fyne.Layout.
func (signed) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(signWidth+60, o[1].MinSize().Height)
}

func (signed) containerHeight(c *fyne.Container, width float32) float32 {
	return heightFor(c.Objects[1], width-signWidth)
}

// testRows are the self-tests with what came of each.
func (r *legRoom) testRows() []fyne.CanvasObject {
	if len(r.tests) == 0 {
		words := "Not tested yet."
		if r.state == selfTesting {
			words = "Running …"
		}
		return []fyne.CanvasObject{newProse(words, sizeBody, colourMuted)}
	}
	var rows []fyne.CanvasObject
	for i := range r.tests {
		name, value := testLine(&r.tests[i])
		sign, colour, ink := "✓", colourGood, colourText
		if !r.tests[i].Passed {
			sign, colour, ink = "✕", colourBad, colourBad
		}
		_, row := fact(name, value, ink)
		mark := newProse(sign, sizeBody, colour)
		mark.style.Bold = true
		rows = append(rows, container.New(signed{}, mark, row))
	}
	return rows
}

// figureRow is one number of the link: its name, its value and whether it is as it should be.
type figureRow struct {
	name  string
	value func(f *leg.Figures) string
	good  func(f *leg.Figures) bool // nil = nothing to judge
}

// period is how often a leg tells its state, us.
const period = 1000

// What a link should reach. docs/leg.md: 1000 states a second; a servo bears a state that is a tick or two late.
const (
	leastRate    = 950.0  // Hz
	mostRTT      = 3000.0 // us
	hottestStage = 79.0   // °C, the greatest the self-test allows
)

var figureRows = []figureRow{
	{"Rate", func(f *leg.Figures) string { return fmt.Sprintf("%.0f Hz", f.RateHz) }, func(f *leg.Figures) bool { return f.RateHz >= leastRate }},
	{"Late, 99 of 100", func(f *leg.Figures) string { return micro(max(0, f.GapP99US-period)) }, nil},
	{"Late at worst", func(f *leg.Figures) string { return micro(max(0, f.GapMaxUS-period)) }, nil},
	{"There and back", func(f *leg.Figures) string { return micro(f.RTTP50US) }, func(f *leg.Figures) bool { return f.RTTP50US < mostRTT }},
	{"The same, 99 of 100", func(f *leg.Figures) string { return micro(f.RTTP99US) }, nil},
	{"Jitter", func(f *leg.Figures) string { return micro(f.Clock.JitterUS) }, nil},
	{"Lost", func(f *leg.Figures) string { return count(f.Lost) }, func(f *leg.Figures) bool { return few(f.Lost, f) }},
	{"Came twice", func(f *leg.Figures) string { return count(f.Duplicated) }, func(f *leg.Figures) bool { return few(f.Duplicated, f) }},
	{"Damaged (CRC)", func(f *leg.Figures) string { return count(f.CRCErrors + f.Broken) }, func(f *leg.Figures) bool { return few(f.CRCErrors+f.Broken, f) }},
	{"Temperature", func(f *leg.Figures) string { return fmt.Sprintf("%.0f °C", f.TemperatureC) }, func(f *leg.Figures) bool { return f.TemperatureC <= hottestStage }},
	{"Supply", func(f *leg.Figures) string { return fmt.Sprintf("%.1f V", f.SupplyV) }, nil},
	{"Mode", modeOfLeg, func(f *leg.Figures) bool { return f.Fault == "" || f.Fault == "none" }},
}

// few says that no more than one in a thousand went wrong.
func few(n int64, f *leg.Figures) bool { return n == 0 || float64(n) <= 1e-3*float64(f.States) }

func micro(us float64) string { return fmt.Sprintf("%.0f µs", us) }

func count(n int64) string { return fmt.Sprintf("%d", n) }

func modeOfLeg(f *leg.Figures) string {
	if f.Fault != "" && f.Fault != "none" {
		return "fault: " + f.Fault
	}
	return f.Mode
}

// figureObjects are the rows of the link, without numbers yet.
func (r *legRoom) figureObjects() []fyne.CanvasObject {
	r.ui.figures = r.ui.figures[:0]
	var rows []fyne.CanvasObject
	for _, row := range figureRows {
		v, o := fact(row.name, "–", colourText)
		v.most = 1
		r.ui.figures = append(r.ui.figures, v)
		rows = append(rows, o)
	}
	return rows
}

// showFigures sets the numbers of the link; a number that is not as it should be has a sign.
func (r *legRoom) showFigures() {
	if len(r.ui.figures) != len(figureRows) {
		return
	}
	for i, row := range figureRows {
		v := r.ui.figures[i]
		if r.figures == nil {
			v.set("–", colourMuted)
			continue
		}
		words, colour := row.value(r.figures), colourText
		if row.good != nil && r.figures.States > 100 && !row.good(r.figures) {
			words, colour = "! "+words, colourBad
		}
		v.set(words, colour)
	}
}

// cardRows say who the leg is and what it can do.
func (r *legRoom) cardRows() []fyne.CanvasObject {
	c := r.card
	var rows []fyne.CanvasObject
	for _, x := range [][2]string{
		{"Name", c.Name},
		{"Board", c.Board},
		{"Firmware", fmt.Sprintf("%s, protocol %d", c.Firmware, c.Protocol)},
		{"Build", c.Build},
		{"Calibration", c.Calibration},
		{"Serial", c.Serial},
		{"Limits", limitWords(&c.Limits)},
		{"Not rendered or sensed", orNothing(r.lacks)},
		{"It can", capable(c.Capabilities)},
	} {
		_, row := fact(x[0], x[1], colourText)
		rows = append(rows, row)
	}
	return rows
}

func orNothing(words []string) string {
	if len(words) == 0 {
		return "nothing is missing"
	}
	return strings.Join(words, "; ")
}
