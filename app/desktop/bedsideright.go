package desktop

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"osseo/app/trial"
	"osseo/scenarios"
)

// buildRight is the guide above, what can be done now below. In an exam there is no guide.
func (b *bedside) buildRight() *fyne.Container {
	u := &b.ui
	u.steps = container.New(&column{gap: 3, ranks: ranks{}, folded: map[fyne.CanvasObject]bool{}})
	u.deeds = container.New(&column{gap: 4, folded: map[fyne.CanvasObject]bool{}})
	u.inBag = muted("")
	u.inBag.most = 2
	var tabs []fyne.CanvasObject
	for p := range phases {
		t := newPress(phaseNames[p], "", b.shell, func() { b.goTo(p) })
		t.tight = true
		u.tabs[p] = t
		tabs = append(tabs, t)
	}
	list := scrolling(u.deeds)
	do := ranked(7, ranks{list: {least: 150}}, small("Do · Page Up, Page Down"), even(3, tabs...), u.inBag, list)
	if b.mode == trial.Exam {
		return panel(do)
	}
	guide := ranked(6, ranks{u.steps: {grow: 1, least: 40}}, small("Steps"), u.steps)
	return panel(ranked(12, ranks{guide: {grow: 1, least: 182}, do: {least: 260}}, guide, rule(), do))
}

// scrolling is a list as high as its content where there is room, and one that scrolls where there is not.
func scrolling(content *fyne.Container) *fyne.Container {
	sc := container.NewVScroll(content)
	return container.New(&scrolled{content}, sc)
}

type scrolled struct{ content *fyne.Container }

// Layout implements fyne.Layout.
func (s *scrolled) Layout(o []fyne.CanvasObject, size fyne.Size) { o[0].Resize(size) }

// MinSize implements fyne.Layout.
func (s *scrolled) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(100, 60) }

func (s *scrolled) containerHeight(_ *fyne.Container, width float32) float32 {
	return heightFor(s.content, width)
}

// deedKeys are the keys of the buttons in their order.
var deedKeys = []struct {
	key fyne.KeyName
	cap string
}{
	{fyne.Key1, "1"},
	{fyne.Key2, "2"},
	{fyne.Key3, "3"},
	{fyne.Key4, "4"},
	{fyne.Key5, "5"},
	{fyne.Key6, "6"},
	{fyne.Key7, "7"},
	{fyne.Key8, "8"},
	{fyne.Key9, "9"},
	{fyne.Key0, "0"},
	{fyne.KeyMinus, "-"},
	{fyne.KeyEqual, "="},
}

// showDeeds sets the buttons of the present phase.
func (b *bedside) showDeeds() {
	u := &b.ui
	for p := range phases {
		u.tabs[p].state(p == b.phase, false, false)
	}
	u.shown = u.shown[:0]
	var objects []fyne.CanvasObject
	var halves []fyne.CanvasObject
	flush := func() {
		if len(halves) > 0 {
			objects = append(objects, even(4, halves...))
			halves = nil
		}
	}
	for i, d := range b.deeds(b.phase) {
		p := b.deedPress(i, d)
		u.shown = append(u.shown, p)
		if !d.half {
			flush()
			objects = append(objects, p)
			continue
		}
		if halves = append(halves, p); len(halves) == 2 {
			flush()
		}
	}
	flush()
	u.deeds.Objects = objects
	u.inBag.set(b.chosenWords(), colourMuted)
	u.deeds.Refresh()
}

func (b *bedside) deedPress(i int, d deed) *press {
	cap := ""
	if i < len(deedKeys) {
		cap = deedKeys[i].cap
	}
	p := newPress(d.words, cap, b.shell, func() { b.doDeed(d) })
	p.second, p.chosen, p.narrow = d.second, d.chosen && d.action.Kind != scenarios.Check, true
	p.done = d.local == nil && b.isDone(d)
	if d.hex != "" {
		p.paint = func() *canvas.Rectangle {
			r := canvas.NewRectangle(hexColour(d.hex))
			r.CornerRadius = 2
			return r
		}
	}
	return p
}

// isDone reports whether a button's tick is to be shown: its own check for checks, its kind for the rest.
func (b *bedside) isDone(d deed) bool {
	switch d.action.Kind {
	case scenarios.Check, scenarios.ChooseSite, scenarios.ChooseDriver, scenarios.ChooseNeedle:
		return d.chosen
	}
	last := b.lastDone[d.action.Kind]
	return b.did[d.action.Kind] && last.Value == d.action.Value && last.Number == d.action.Number
}

// chosenWords says what lies ready, in words.
func (b *bedside) chosenWords() string {
	site, tool := "No site yet", "no needle yet"
	if b.plan.site != "" {
		site = siteWords(b.plan.side, b.plan.site)
		if b.plan.located {
			site += " ✓"
		}
	}
	if b.plan.needle != "" {
		tool = scenarios.Title(b.plan.needle)
	}
	return site + " · " + tool
}

func siteWords(side, site string) string {
	return upper(side) + " " + lower(scenarios.Title(site))
}

// showSteps sets the guide: what is done folds first, then what lies far ahead; the present step is the only marked one.
func (b *bedside) showSteps() {
	u := &b.ui
	l := u.steps.Layout.(*column)
	l.ranks, l.folded = ranks{}, map[fyne.CanvasObject]bool{}
	now := b.currentStep()
	u.steps.Objects = nil
	for i, s := range b.kase.Steps {
		o := b.stepLine(i, s, i == now)
		switch {
		case i < now:
			l.ranks[o] = rank{fold: 100 + now - i}
		case i > now:
			l.ranks[o] = rank{fold: i}
		}
		u.steps.Objects = append(u.steps.Objects, o)
	}
	u.steps.Refresh()
}

// currentStep is the first step not done, or the number of steps.
func (b *bedside) currentStep() int {
	for i := range b.kase.Steps {
		if !b.stepDone(i) {
			return i
		}
	}
	return len(b.kase.Steps)
}

// stepDone reports whether the action of a step was done as often as the guide has asked for it up to there: the flush after
// a drug is not done by the flush before it.
func (b *bedside) stepDone(i int) bool {
	kind := b.kase.Steps[i].Done
	asked := 0
	for _, s := range b.kase.Steps[:i+1] {
		if s.Done == kind {
			asked++
		}
	}
	return b.did[kind] && b.times[kind] >= asked
}

func (b *bedside) stepLine(i int, s scenarios.Step, now bool) fyne.CanvasObject {
	sign, colour := fmt.Sprintf("%d", i+1), colourMuted
	switch {
	case b.wrong[s.Done] && b.stepDone(i):
		sign, colour = "!", colourBad
	case b.stepDone(i):
		sign, colour = "✓", colourGood
	case now:
		colour = colourForce
	}
	mark := newProse(sign, sizeBody, colour)
	mark.style.Bold = true
	marks := container.New(fixedWidth(22), mark)
	title := body(s.Title)
	if !now {
		if !b.stepDone(i) {
			title.colour = colourMuted
		}
		title.most = 1
		return container.New(padded{9, 3}, spread(4, title, marks, title))
	}
	title.style.Bold = true
	text := stack(3, title)
	if b.mode == trial.Learn {
		text.Add(muted(s.How))
		if s.Why != "" {
			text.Add(newProse("Why: "+s.Why, sizeSmall, colourMuted))
		}
	}
	back := canvas.NewRectangle(theme.Color(colourRaised))
	back.CornerRadius = 5
	edge := bar(colourForce)
	return container.New(marked{}, back, edge, container.New(topped{}, marks, text))
}

// marked is a plate with a bar at its left edge.
type marked struct{}

// Layout implements fyne.Layout.
func (marked) Layout(o []fyne.CanvasObject, size fyne.Size) {
	place(o[0], 0, 0, size.Width, size.Height)
	place(o[1], 0, 0, 3, size.Height)
	place(o[2], 9, 6, size.Width-16, size.Height-12)
}

// MinSize implements fyne.Layout.
func (marked) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := o[2].MinSize()
	return fyne.NewSize(m.Width+16, m.Height+12)
}

func (marked) containerHeight(c *fyne.Container, width float32) float32 {
	return heightFor(c.Objects[2], width-16) + 12
}

// topped sets a narrow thing beside a wide one, both at the top.
type topped struct{}

// Layout implements fyne.Layout.
func (topped) Layout(o []fyne.CanvasObject, size fyne.Size) {
	w := o[0].MinSize().Width
	place(o[0], 0, 0, w, 22)
	place(o[1], w+4, 0, size.Width-w-4, size.Height)
}

// MinSize implements fyne.Layout.
func (topped) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(a.Width+b.Width+4, max(a.Height, b.Height))
}

func (topped) containerHeight(c *fyne.Container, width float32) float32 {
	return heightFor(c.Objects[1], width-c.Objects[0].MinSize().Width-4)
}
