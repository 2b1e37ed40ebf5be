package desktop

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"osseo/app/trial"
	"osseo/haptics/leg"
	"osseo/physics"
	"osseo/scenarios"
)

// lobby is the room where a learner chooses who, what and how.
type lobby struct {
	shell    *shell
	gallery  *gallery
	learners []Learner
	scores   []Score
	next     *scenarios.Case
	why      string
	weakest  string
	driver   int // index into filters, 0 = all
	trouble  string
	opening  bool
	loading  bool

	root   *fyne.Container
	side   *fyne.Container
	leg    *press
	ports  []leg.Port // as of the last look
	looked bool
	left   bool
	stop   chan struct{} // closed with it
	who    *press
	how    [3]*press
	drives *press
	empty  *prose
	entry  *nameEntry
}

var modes = [3]struct {
	mode       trial.Mode
	cap, words string
	second     string
	key        fyne.KeyName
}{
	{trial.Learn, "L", "Learn", "guided, bone shown, why at each step", fyne.KeyL},
	{trial.Practise, "P", "Practise", "hints when you ask, counted", fyne.KeyP},
	{trial.Exam, "E", "Exam", "only what you could see, graded", fyne.KeyE},
}

var driverFilters = []physics.DriverKind{"", physics.Powered, physics.Manual, physics.Spring}

func newLobby(s *shell) *lobby {
	l := &lobby{shell: s, stop: make(chan struct{})}
	l.gallery = newGallery(s.deps.Cases, s, l.choose, l.start)
	l.next, l.why = advice(s.deps.Cases, nil)
	l.build()
	l.pick(s.state.kase)
	l.reload()
	l.lookOut()
	return l
}

func (l *lobby) view() fyne.CanvasObject { return l.root }

func (l *lobby) leave() {
	if !l.left {
		l.left = true
		close(l.stop)
	}
}

func (l *lobby) mayClose(func()) bool { return true }

func (l *lobby) held(fyne.KeyName, bool) {}

// build lays the room out once; what changes is in side.
func (l *lobby) build() {
	s := l.shell
	l.who = newPress("", "", s, l.askWho)
	about := newPress("About", "F1", s, s.about)
	brand := bold("Osseo", sizeTitle)
	brand.most = 1
	gap := gapOf(1)
	l.leg = newPress("", "F2", s, s.toLegRoom)
	head := spread(10, gap, container.New(fixedWidth(80), brand), gap, l.leg, l.who, about)
	l.drives = newPress("All drivers", "F", s, l.nextFilter)
	l.empty = body("")
	l.empty.Hide()
	title := bold("Choose a case", sizeTitle)
	top := spread(8, title, title, l.drives)
	cases := panel(ranked(12, ranks{l.gallery.scroll: {grow: 1}}, top, l.empty, l.gallery.scroll))
	l.side = container.New(padded{})
	l.root = container.New(&frame{head: 56, right: 300}, tint(colourPanel, 16, 8, head), cases, l.side)
}

// frame is a head over a wide part and a narrow column at its right.
type frame struct{ head, right float32 }

// Layout implements fyne.Layout.
func (f *frame) Layout(o []fyne.CanvasObject, size fyne.Size) {
	place(o[0], 0, 0, size.Width, f.head)
	y, h := f.head+gutter, size.Height-f.head-2*gutter
	w := size.Width - f.right - 3*gutter
	place(o[1], gutter, y, w, h)
	place(o[2], 2*gutter+w, y, f.right, h)
}

// MinSize implements fyne.Layout.
func (f *frame) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(leastWidth, leastHeight) }

func place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(max(0, w), max(0, h)))
}

// reload asks the book for learners and scores, off the window's goroutine.
func (l *lobby) reload() {
	book := l.shell.deps.Book
	if book == nil {
		l.trouble = "There is no gradebook: what you do is graded, but not remembered."
		l.refresh()
		return
	}
	learner := l.shell.state.learner
	l.loading = true
	l.shell.later(func() func() {
		learners, err := book.Learners()
		known := slices.ContainsFunc(learners, func(x Learner) bool { return x.ID == learner })
		if !known && len(learners) > 0 {
			learner = learners[0].ID
		}
		var scores []Score
		if err == nil && len(learners) > 0 {
			scores, err = book.Scores(learner)
		}
		weakest := ""
		if len(scores) > 0 && err == nil {
			weakest, err = book.Weakest(learner)
		}
		return func() { l.weakest = weakest; l.loaded(learners, learner, scores, err) }
	})
	l.refresh()
}

func (l *lobby) loaded(learners []Learner, learner string, scores []Score, err error) {
	l.loading = false
	l.learners, l.scores, l.trouble = learners, scores, ""
	if err != nil {
		l.trouble = "The gradebook does not open, so results will not be remembered: " + err.Error()
	}
	if len(learners) > 0 {
		l.shell.state.learner = learner
	}
	l.next, l.why = advice(l.shell.deps.Cases, scores)
	tops := best(scores)
	for _, k := range l.gallery.cards {
		b, ok := tops[k.kase.ID]
		k.score(b, ok)
	}
	if l.shell.state.kase == "" && l.next != nil {
		l.pick(l.next.ID)
	}
	l.refresh()
}

// me returns the learner, if one is known.
func (l *lobby) me() (Learner, bool) {
	for _, x := range l.learners {
		if x.ID == l.shell.state.learner {
			return x, true
		}
	}
	return Learner{}, false
}

// refresh shows what changed in the side column and the head.
func (l *lobby) refresh() {
	name := "Who is practising?"
	if l.loading {
		name = "Opening the gradebook …"
	}
	if me, ok := l.me(); ok {
		name = fmt.Sprintf("%s · %s", me.Name, plural(me.Trials, "trial"))
	} else if l.shell.deps.Book == nil {
		name = "Guest"
	}
	l.who.say(name)
	l.leg.tell(l.legWords())
	l.side.Objects = []fyne.CanvasObject{l.sideColumn()}
	l.side.Refresh()
	l.root.Refresh()
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

// choose selects a card.
func (l *lobby) choose(k *card) {
	if l.gallery.chosen == k {
		return
	}
	l.gallery.choose(k)
	if k != nil {
		l.shell.state.kase = k.kase.ID
	}
	l.refresh()
}

// pick selects a case by its id, the first one when it is not shown.
func (l *lobby) pick(id string) {
	for _, k := range l.gallery.shown {
		if k.kase.ID == id {
			l.gallery.choose(k)
			return
		}
	}
	if len(l.gallery.shown) > 0 {
		l.gallery.choose(l.gallery.shown[0])
	} else {
		l.gallery.choose(nil)
	}
}

func (l *lobby) nextFilter() {
	l.driver = (l.driver + 1) % len(driverFilters)
	want := driverFilters[l.driver]
	l.gallery.filter(func(c *scenarios.Case) bool { return want == "" || c.Plan.Driver == string(want) })
	words := "All drivers"
	if want != "" {
		words = scenarios.Title(string(want))
	}
	l.drives.say(words)
	l.pick(l.shell.state.kase)
	l.empty.set("No case uses this driver. Press F for the next one.", colourMuted)
	if len(l.gallery.shown) == 0 {
		l.empty.Show()
	} else {
		l.empty.Hide()
	}
	l.refresh()
}

// typed implements room.
func (l *lobby) typed(name fyne.KeyName) {
	switch name {
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyUp, fyne.KeyDown:
		if k := l.gallery.beside(name); k != nil {
			l.shell.win.Canvas().Focus(k)
			l.choose(k)
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		l.start()
	case fyne.KeyF:
		l.nextFilter()
	case fyne.KeyF1:
		l.shell.about()
	case fyne.KeyF2:
		l.shell.toLegRoom()
	case fyne.KeyW:
		l.askWho()
	}
	for i := range modes {
		if modes[i].key == name {
			l.setMode(modes[i].mode)
		}
	}
}

func (l *lobby) setMode(m trial.Mode) {
	l.shell.state.mode = m
	l.refresh()
}

// start opens the chosen case.
func (l *lobby) start() {
	if l.opening || l.gallery.chosen == nil {
		return
	}
	if _, ok := l.me(); !ok && l.shell.deps.Book != nil && l.trouble == "" {
		l.askWho()
		return
	}
	l.opening = true
	l.refresh()
	kase := l.gallery.chosen.kase
	l.shell.begin(kase, 0, func(err error) {
		l.opening = false
		l.trouble = "The case did not open: " + firstLine(err)
		l.refresh()
		if !l.shell.leg.virtual() {
			l.shell.askLeg(kase, 0, err)
		}
	})
}
