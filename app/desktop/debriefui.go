package desktop

import (
	"fmt"
	"image"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"osseo/app/draw"
	"osseo/physics"
	"osseo/scenarios/grading"
)

// debriefUI is what changes on the debrief's screen.
type debriefUI struct {
	root        *fyne.Container
	result      *fyne.Container
	list        *fyne.Container
	depth       *picture
	strip       *pad
	section     *picture
	moment      *prose
	slider      *widget.Slider
	save        *press
	stripView   draw.ChartView // as last painted, for the pointer
	stripBounds image.Rectangle
	silent      bool // the slider is being moved by the room
}

func (u *debriefUI) slide(d *debrief) {
	u.silent = true
	u.slider.Max = max(1, d.tape.Rows[len(d.tape.Rows)-1].Time)
	u.slider.SetValue(d.tape.Rows[d.at].Time)
	u.silent = false
}

func zone(z uint8) physics.Zone { return physics.Zone(z) }

func (d *debrief) build() {
	u := &d.ui
	s := d.shell
	title := bold("Debrief", sizeTitle)
	title.most = 1
	gap := gapOf(1)
	u.save = newPress("Save report", "S", s, d.report)
	head := spread(10, gap, container.New(fixedWidth(86), title),
		chip(newProse(d.kase.Title+" · "+modeWord(d.setup.Mode), sizeSmall, colourText)), gap,
		newPress("Back", "Esc", s, d.back), u.save, newPress("Try again", "R", s, d.again).main())
	u.result = container.New(padded{})
	u.list = container.New(padded{})
	u.depth = newPicture(fyne.NewSize(160, 120), d.paintDepth())
	u.strip = newPad(newPicture(fyne.NewSize(160, 60), d.paintStrip()), s)
	u.strip.onPress = func(at fyne.Position) { d.scrubAt(at.X) }
	u.strip.onDrag = func(dx, _ float32) { d.scrubAt(u.strip.from.X + dx) }
	u.section = newPicture(fyne.NewSize(120, 90), d.paintSection())
	u.moment = body("")
	u.moment.most = 2
	u.slider = widget.NewSlider(0, 1)
	u.slider.OnChanged = func(v float64) {
		if !u.silent {
			d.scrubTo(v)
		}
	}
	u.slider.Step = 0.001
	plot := container.New(padded{12, 10}, box(colourPanel, colourLine, 8),
		ranked(6, ranks{u.depth: {grow: 1}}, small("Force against depth"), u.depth))
	replay := panel(ranked(4, ranks{u.strip: {grow: 1}}, small("Replay · ← →"), u.strip, container.New(under{}, u.slider)))
	mark := panel(ranked(6, ranks{u.section: {grow: 1}}, small("At the mark"), u.moment, u.section))
	u.root = container.New(
		review{}, tint(colourPanel, 16, 8, head), u.result, plot, u.list, replay, mark,
	)
	d.refresh()
}

// under sets the slider below the plot of the strip, whose axes take 46 units at the left and 14 at the right.
type under struct{}

// Layout implements fyne.Layout. Fyne's slider keeps some room for its handle at both ends.
func (under) Layout(o []fyne.CanvasObject, size fyne.Size) {
	const handle = 12
	place(o[0], 46-handle, 0, size.Width-46-14+2*handle, size.Height)
}

// MinSize implements fyne.Layout.
func (under) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

// review is the debrief's plan: result, plot and checklist above, replay and the moment below.
type review struct{}

// Layout implements fyne.Layout.
func (review) Layout(o []fyne.CanvasObject, size fyne.Size) {
	const head = float32(56)
	left := clampF(size.Width*0.235, 236, 420)
	right := clampF(size.Width*0.25, 270, 520)
	y := head + gutter
	all := size.Height - y - gutter
	low := clampF(all*0.34, 200, 560)
	high := all - low - gutter
	mid := size.Width - left - right - 4*gutter
	place(o[0], 0, 0, size.Width, head)
	place(o[1], gutter, y, left, high)
	place(o[2], 2*gutter+left, y, mid, high)
	place(o[3], size.Width-right-gutter, y, right, high)
	place(o[4], gutter, y+high+gutter, left+gutter+mid, low)
	place(o[5], size.Width-right-gutter, y+high+gutter, right, low)
}

// MinSize implements fyne.Layout.
func (review) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(leastWidth, leastHeight) }

// refresh shows result and checklist anew.
func (d *debrief) refresh() {
	u := &d.ui
	u.result.Objects = []fyne.CanvasObject{panel(d.resultColumn())}
	u.list.Objects = []fyne.CanvasObject{panel(d.checklist())}
	u.moment.set(d.momentWords(), colourText)
	if d.tape == nil {
		u.slider.Disable()
	} else {
		u.slider.Enable()
		u.slide(d)
	}
	u.result.Refresh()
	u.list.Refresh()
	u.root.Refresh()
	for _, p := range []*picture{u.depth, u.strip.pic, u.section} {
		p.redraw()
	}
}

// resultColumn is the score, the verdict in words, where the tip was, what to do next time, progress.
func (d *debrief) resultColumn() fyne.CanvasObject {
	r := d.closed.Report
	score, of := bold("–", sizeFigure), muted("not graded")
	if d.graded() {
		score.text = fmt.Sprintf("%.0f", r.Score)
		of.text = fmt.Sprintf("of 100 · pass %.0f", d.pass())
	}
	of.size = sizeBody
	score.most, of.most = 1, 1
	verdict, colour := d.verdict()
	says := newProse(verdict, sizeBody, colour)
	says.style.Bold = true
	was := body(d.tipWords())
	next := body(strings.Join(numbered(d.closed.Advice), "\n"))
	next.most = 12
	line := newPicture(fyne.NewSize(80, 90), paintSpark(func() []Score { return d.scores }, d.pass()))
	parts := []fyne.CanvasObject{
		small("Result"),
		spread(10, of, container.New(fixedWidth(score.fullWidth()+4), score), of),
		says, was,
	}
	folds := ranks{next: {least: 60}}
	if len(d.closed.Advice) > 0 {
		parts = append(parts, gapOf(2), small("Do next time"), next)
	}
	if len(d.notes) > 0 {
		n := newProse("! "+strings.Join(d.notes, "\n! "), sizeSmall, colourBad)
		n.most = 6
		parts = append(parts, n)
	}
	if len(d.scores) > 0 {
		progress := stack(4, small("Progress"), line)
		folds[progress] = rank{fold: 1}
		parts = append(parts, progress)
	}
	return ranked(8, folds, parts...)
}

func numbered(sentences []string) []string {
	out := make([]string, len(sentences))
	for i, s := range sentences {
		out[i] = fmt.Sprintf("%d. %s", i+1, s)
	}
	return out
}

func (d *debrief) graded() bool { return len(d.closed.Report.Items) > 0 }

func (d *debrief) pass() float64 {
	if p := d.kase.Rubric.Pass; p > 0 {
		return p
	}
	return 80
}

// verdict says passed or not, and why, with a sign.
func (d *debrief) verdict() (string, fyne.ThemeColorName) {
	r := d.closed.Report
	switch {
	case !d.graded():
		return "! Not graded: the recording is not whole enough to judge.", colourForce
	case r.Passed:
		return "✓ Passed", colourGood
	}
	for _, id := range r.CriticalFailures {
		for _, item := range r.Items {
			if item.ID == id {
				return "✕ Not passed: " + lower(item.Title), colourBad
			}
		}
	}
	return fmt.Sprintf("✕ Not passed: %.0f points are needed", d.pass()), colourBad
}

// tipWords say where the tip truly was and how hard it came there.
func (d *debrief) tipWords() string {
	r := d.closed.Result
	if r == nil {
		return "What happened before the end can be seen in the replay."
	}
	words := fmt.Sprintf("The tip ended %s.", zoneSentence(r.Outcome.Zone))
	if b := r.Breakthru; b != nil {
		words += fmt.Sprintf(" You pushed %.0f N when the near wall gave way", b.ForceBefore)
		if r.PlungeMM != nil {
			words += fmt.Sprintf("; the needle ran on %.1f mm", *r.PlungeMM)
		}
		words += "."
	} else {
		words += " The near wall never gave way."
	}
	if r.FarGapMM != nil && *r.FarGapMM >= 0 && r.Outcome.Zone == physics.InMedulla.String() {
		words += fmt.Sprintf(" %.1f mm were left to the far wall.", *r.FarGapMM)
	}
	return words
}

func zoneSentence(name string) string {
	for z, words := range zoneWords {
		if z.String() == name {
			return words
		}
	}
	return name
}

// checklist is every item of the rubric with its sign, points, evidence and time.
func (d *debrief) checklist() fyne.CanvasObject {
	rows := []fyne.CanvasObject{}
	for _, item := range d.closed.Report.Items {
		rows = append(rows, itemLine(item))
	}
	if len(rows) == 0 {
		rows = append(rows, newProse("There is nothing to list: the case was not graded.", sizeBody, colourMuted))
	}
	list := container.NewVScroll(stack(7, rows...))
	scroll := container.New(&scrolled{list.Content.(*fyne.Container)}, list)
	return ranked(8, ranks{scroll: {grow: 1, least: 60}}, small("Checklist"), scroll)
}

func itemLine(item grading.Result) fyne.CanvasObject {
	sign, colour := "!", colourForce
	switch {
	case item.Points >= item.Of:
		sign, colour = "✓", colourGood
	case item.Points <= 0:
		sign, colour = "✕", colourBad
	}
	mark := newProse(sign, sizeBody, colour)
	mark.style.Bold = true
	title := body(item.Title)
	title.most = 2
	if item.Critical && item.Points < item.Of {
		title.text += " (critical)"
		title.style.Bold = true
	}
	evidence := item.Evidence
	if item.AtS != nil {
		evidence = strings.TrimSpace(evidence + " · " + clockText(*item.AtS))
	}
	points := bold(fmt.Sprintf("%.3g/%.3g", item.Points, item.Of), sizeBody)
	points.align, points.most = fyne.TextAlignTrailing, 1
	right := container.New(fixedWidth(48), points)
	text := stack(1, title)
	if evidence != "" {
		e := muted(evidence)
		e.most = 3
		text.Add(e)
	}
	return container.New(itemRow{}, container.New(fixedWidth(20), mark), text, right)
}

// itemRow sets a sign, text and points, all at the top.
type itemRow struct{}

const (
	signWidth   = float32(22)
	pointsWidth = float32(62)
)

// Layout implements fyne.Layout.
func (itemRow) Layout(o []fyne.CanvasObject, size fyne.Size) {
	place(o[0], 0, 0, signWidth, 20)
	place(o[1], signWidth, 0, size.Width-signWidth-pointsWidth, size.Height)
	place(o[2], size.Width-pointsWidth, 0, pointsWidth-14, 20)
}

// MinSize implements fyne.Layout.
func (itemRow) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(signWidth+pointsWidth+60, o[1].MinSize().Height)
}

func (itemRow) containerHeight(c *fyne.Container, width float32) float32 {
	return heightFor(c.Objects[1], width-signWidth-pointsWidth)
}
