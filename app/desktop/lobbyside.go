package desktop

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// sideColumn is what stands beside the gallery: who is new is asked for a name, everyone else sees what to do next.
func (l *lobby) sideColumn() fyne.CanvasObject {
	var parts []fyne.CanvasObject
	if notes := l.notes(); notes != nil {
		parts = append(parts, notes)
	}
	if l.shell.deps.Book != nil && l.trouble == "" && len(l.learners) == 0 && !l.loading {
		return stack(gutter, append(parts, l.welcome(), l.howPanel())...)
	}
	ten := l.lastTen()
	parts = append(parts, l.nextPanel(), l.howPanel(), ten)
	return ranked(gutter, ranks{ten: {grow: 1, fold: 1}}, parts...)
}

// notes are what a person should know before starting, each with a sign.
func (l *lobby) notes() fyne.CanvasObject {
	all := append([]string(nil), l.shell.deps.Notices...)
	if l.trouble != "" {
		all = append(all, l.trouble)
	}
	if len(all) == 0 {
		return nil
	}
	words := newProse("! "+strings.Join(all, "\n! "), sizeSmall, colourBad)
	words.most = 8
	return panel(stack(6, small("Please note"), words))
}

// nextPanel is the one obvious action: start the chosen case.
func (l *lobby) nextPanel() fyne.CanvasObject {
	k := l.gallery.chosen
	if k == nil {
		return panel(stack(8, small("Next for you"), body("There is no case to start.")))
	}
	title, why := "Chosen", patientLine(k.kase)+", "+withLine(k.kase)+"."
	if k.kase == l.next {
		title, why = "Next for you", l.why
	}
	if k.kase.Minutes > 0 {
		why += " About " + plural(int(k.kase.Minutes+0.5), "minute") + "."
	}
	start := newPress("Start", "Enter", l.shell, l.start).main()
	if l.opening {
		start.say("Preparing the leg …")
		start.off = true
	}
	reason := newProse(why, sizeBody, colourMuted)
	reason.most = 4
	if c := l.shell.leg; !c.virtual() {
		arms := newProse(c.title()+": starting arms it. Keep hands off its stage until you take the tool.", sizeSmall, colourForce)
		arms.most = 3
		return panel(stack(8, small(title), bold(k.kase.Title, sizeBody), reason, arms, line(8, start)))
	}
	return panel(stack(8, small(title), bold(k.kase.Title, sizeBody), reason, line(8, start)))
}

// howPanel chooses the mode.
func (l *lobby) howPanel() fyne.CanvasObject {
	parts := []fyne.CanvasObject{small("How")}
	for i, m := range modes {
		p := newPress(m.words, m.cap, l.shell, func() { l.setMode(m.mode) })
		p.second, p.chosen = m.second, l.shell.state.mode == m.mode
		l.how[i] = p
		parts = append(parts, p)
	}
	return panel(stack(6, parts...))
}

// lastTen is how it went lately.
func (l *lobby) lastTen() fyne.CanvasObject {
	if len(l.scores) == 0 {
		return panel(stack(8, small("Your last ten"), newProse("Your scores will appear here.", sizeBody, colourMuted)))
	}
	line := newPicture(fyne.NewSize(80, 120), paintSpark(func() []Score { return l.scores }, l.pass()))
	last := l.scores[len(l.scores)-1]
	words := "Last: not passed."
	if last.Passed {
		words = "Last: passed."
	}
	if l.weakest != "" {
		words += " Weakest: " + lower(l.weakest) + "."
	}
	return panel(stack(8, small("Your last ten"), line, newProse(words, sizeBody, colourMuted)))
}

func (l *lobby) pass() float64 {
	for _, c := range l.shell.deps.Cases {
		if c.Rubric.Pass > 0 {
			return c.Rubric.Pass
		}
	}
	return 80
}

// welcome asks a newcomer for a name: the one obvious action of the first run.
func (l *lobby) welcome() fyne.CanvasObject {
	name := newNameEntry(l.addLearner)
	go1 := newPress("Begin", "Enter", l.shell, func() { l.addLearner(name.Text) }).main()
	words := body("Osseo teaches putting a needle into bone. Give a name or a number so that your progress can be kept; it stays on this computer.")
	l.entry = name
	l.shell.later(func() func() { return l.focusName })
	return panel(stack(10, small("Welcome"), words, name, line(8, go1)))
}

// focusName puts the keyboard into the name field while it is shown.
func (l *lobby) focusName() {
	if l.shell.room == room(l) && len(l.learners) == 0 {
		l.shell.focus(l.entry)
	}
}

// nameEntry is a field that hands over its text on Enter.
type nameEntry struct{ widget.Entry }

func newNameEntry(done func(string)) *nameEntry {
	e := &nameEntry{}
	e.ExtendBaseWidget(e)
	e.PlaceHolder = "Name or number"
	e.OnSubmitted = done
	return e
}

func (l *lobby) addLearner(name string) {
	name = strings.TrimSpace(name)
	if name == "" {
		return
	}
	book := l.shell.deps.Book
	l.shell.later(func() func() {
		made, err := book.AddLearner(name)
		return func() {
			if err != nil {
				l.trouble = "The learner could not be kept: " + err.Error()
				l.refresh()
				return
			}
			l.shell.state.learner, l.shell.state.kase = made.ID, ""
			l.shell.win.Canvas().Unfocus()
			l.reload()
		}
	})
}

// askWho lets another learner take over, or a new one begin.
func (l *lobby) askWho() {
	if l.shell.deps.Book == nil {
		return
	}
	s := l.shell
	var pop *widget.PopUp
	shut := func() { pop.Hide(); s.ask = nil; s.win.Canvas().Unfocus() }
	var buttons []fyne.CanvasObject
	for _, x := range l.learners {
		b := newPress(x.Name, "", s, func() { shut(); s.state.learner = x.ID; l.reload() })
		b.second, b.chosen = plural(x.Trials, "trial"), x.ID == s.state.learner
		buttons = append(buttons, b)
	}
	name := newNameEntry(func(t string) { shut(); l.addLearner(t) })
	list := fyne.CanvasObject(stack(6, buttons...))
	if len(buttons) > 5 {
		list = boundedScroll(stack(6, buttons...), 260)
	}
	cancel := newPress("Back", "Esc", s, shut)
	add := newPress("Add", "Enter", s, func() { shut(); l.addLearner(name.Text) }).main()
	content := stack(12, bold("Who is practising?", sizeTitle), list, small("Someone new"), name, line(8, add, cancel))
	pop = widget.NewModalPopUp(container.New(fixed{width: 400}, panel(content)), s.win.Canvas())
	s.ask = &question{shell: s, pop: pop, answers: []answer{{}, {do: func() { s.win.Canvas().Unfocus() }}}}
	pop.Show()
	s.win.Canvas().Focus(name)
}

// bar is a thin upright line of a colour, the mark of what is now.
func bar(colour fyne.ThemeColorName) *canvas.Rectangle {
	r := canvas.NewRectangle(theme.Color(colour))
	r.SetMinSize(fyne.NewSize(3, 10))
	return r
}
