package desktop

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"osseo/app/trial"
)

// legUI is what changes on the leg room's screen.
type legUI struct {
	root    *fyne.Container
	list    *fyne.Container
	entries map[string]*press
	status  *fyne.Container
	words   *container.Scroll // of the status
	main    *press
	tests   *fyne.Container
	live    *fyne.Container
	about   *fyne.Container
	scrolls [3]*container.Scroll // of tests, live, about
	figures []*prose             // of live, in the order of figureRows
}

func (r *legRoom) build() {
	u := &r.ui
	u.entries = map[string]*press{}
	s := r.shell
	title := bold("Leg", sizeTitle)
	title.most = 1
	gap := gapOf(1)
	hint := muted("Force is rendered in a case only, and only after you start it.")
	hint.most = 1
	head := spread(10, gap, container.New(fixedWidth(46), title), container.New(fixedWidth(420), hint), gap,
		newPress("Back", "Esc", s, r.escape))
	u.list, u.status = container.New(padded{}), container.New(padded{})
	u.tests, u.live, u.about = container.New(padded{}), container.New(padded{}), container.New(padded{})
	u.root = container.New(legPlan{}, tint(colourPanel, 16, 8, head), u.list, u.status, u.tests, u.live, u.about)
	r.showList()
	r.show()
}

// legPlan is the room's plan: the list at the left; at the right the status, and below it, once a leg has answered, its
// self-test, its link and itself.
type legPlan struct{}

// Layout implements fyne.Layout.
func (legPlan) Layout(o []fyne.CanvasObject, size fyne.Size) {
	const head = float32(56)
	left := clampF(size.Width*0.245, 236, 380)
	y := head + gutter
	all := size.Height - y - gutter
	x := left + 2*gutter
	right := size.Width - x - gutter
	place(o[0], 0, 0, size.Width, head)
	place(o[1], gutter, y, left, all)
	if !o[3].Visible() {
		place(o[2], x, y, right, min(all, heightFor(o[2], right)))
		return
	}
	high := clampF(heightFor(o[2], right), 120, all*0.5)
	place(o[2], x, y, right, high)
	y += high + gutter
	low := size.Height - y - gutter
	third := (right - 2*gutter) / 3
	for i := range 3 {
		place(o[3+i], x+float32(i)*(third+gutter), y, third, low)
	}
}

// MinSize implements fyne.Layout.
func (legPlan) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(leastWidth, leastHeight) }

// showList sets the entries: ports, the emulated leg, the virtual one.
func (r *legRoom) showList() {
	u := &r.ui
	parts := []fyne.CanvasObject{small("Legs · ↑ ↓")}
	if none := r.noneWords(); none != "" {
		parts = append(parts, newProse(none, sizeBody, colourMuted))
	}
	for i := range r.ports {
		p := &r.ports[i]
		title := p.Title
		if p.Likely {
			title = "● " + title
		}
		parts = append(parts, r.entry(p.Name, title, "", portWords(p)))
	}
	parts = append(parts, gapOf(2), small("Without hardware"))
	if r.shell.deps.Legs != nil {
		parts = append(parts, r.entry(trial.Emulated, "Emulated leg", "E", "its firmware, emulated"))
	}
	parts = append(parts, r.entry(trial.Virtual, "Virtual leg", "V", "in this program, always there"))
	list := stack(6, parts...)
	scroll := container.NewVScroll(list)
	held := container.New(&scrolled{list}, scroll)
	u.list.Objects = []fyne.CanvasObject{panel(ranked(0, ranks{held: {grow: 1, least: 60}}, held))}
	u.list.Refresh()
}

// noneWords is said when no port could be a leg.
func (r *legRoom) noneWords() string {
	switch {
	case r.broken != nil:
		return "The ports cannot be listed: " + sentence(r.broken) + "."
	case r.shell.deps.Legs == nil:
		return "This build opens no legs on a cable."
	case !r.listed:
		return "Looking for legs …"
	}
	for i := range r.ports {
		if r.ports[i].USB {
			return ""
		}
	}
	return "No leg found. Plug it in and switch it on: it appears here by itself. If it does not, take another cable: some only charge."
}

// entry is one line of the list; the same button as long as the room is open, so that it keeps the keyboard.
func (r *legRoom) entry(device, title, cap, second string) *press {
	p := r.ui.entries[device]
	if p == nil {
		p = newPress(title, cap, r.shell, func() { r.choose(device) })
		p.narrow = true
		r.ui.entries[device] = p
	}
	p.words, p.second = title, second
	p.chosen, p.done = device == r.chosen, device == r.chosen && r.state == ready
	p.Refresh()
	return p
}

// devices are the entries in the order of the list.
func (r *legRoom) devices() []string {
	var all []string
	for i := range r.ports {
		all = append(all, r.ports[i].Name)
	}
	if r.shell.deps.Legs != nil {
		all = append(all, trial.Emulated)
	}
	return append(all, trial.Virtual)
}

// show sets the status and, once a leg has answered, what is known of it.
func (r *legRoom) show() {
	u := &r.ui
	u.status.Objects = []fyne.CanvasObject{r.statusPanel()}
	show(u.tests, r.card != nil)
	show(u.live, r.card != nil)
	show(u.about, r.card != nil)
	if r.card != nil {
		u.tests.Objects = []fyne.CanvasObject{u.listed(0, "Self-test · no force", r.testRows()...)}
		u.live.Objects = []fyne.CanvasObject{u.listed(1, "Link, live", r.figureObjects()...)}
		u.about.Objects = []fyne.CanvasObject{u.listed(2, "This leg", r.cardRows()...)}
		r.showFigures()
	}
	for _, c := range []*fyne.Container{u.status, u.tests, u.live, u.about, u.root} {
		c.Refresh()
	}
}

// listed is a panel with a heading and rows that scroll when there are too many.
func (u *legUI) listed(place int, title string, rows ...fyne.CanvasObject) fyne.CanvasObject {
	list := stack(5, rows...)
	sc := container.NewVScroll(list)
	u.scrolls[place] = sc
	held := container.New(&scrolled{list}, sc)
	return panel(ranked(8, ranks{held: {grow: 1, least: 40}}, small(title), held))
}
