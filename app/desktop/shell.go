package desktop

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"osseo/assets"
)

// room is one picture of the whole window with its own keys.
type room interface {
	view() fyne.CanvasObject
	typed(name fyne.KeyName)
	held(name fyne.KeyName, down bool)
	// leave stops everything the room has running; it is called once.
	leave()
	// mayClose is asked when the window is to be closed; a room that has something to lose asks first and calls closing itself.
	mayClose(closing func()) bool
}

// shell owns the window and shows one room at a time.
type shell struct {
	deps  Deps
	app   fyne.App
	win   fyne.Window
	room  room
	ask   *question
	stay  *memory
	state choice // what the learner chose in the lobby, kept between rooms
	leg   choiceOfLeg
	freed chan struct{} // closed when the leg room has given its port back; nil when it never had one
	gone  bool          // the window is closed

	inline bool // tests: nothing runs beside the window
}

// Run opens the window and returns when it is closed.
func Run(d Deps) error {
	if len(d.Cases) == 0 && len(d.Notices) == 0 {
		d.Notices = []string{"No case could be read. Run `osseo case check` to see why."}
	}
	if d.Station == nil {
		return errNoStation
	}
	s := newShell(d)
	s.win.Show()
	s.app.Run()
	return nil
}

func newShell(d Deps) *shell { return openShell(d, false) }

// newShellInline is a shell in which nothing runs beside the caller, for tests.
func newShellInline(d Deps) *shell { return openShell(d, true) }

func openShell(d Deps, inline bool) *shell {
	if d.App == nil {
		d.App = app.NewWithID("org.osseo.trainer")
	}
	if d.Sound == nil {
		d.Sound = silence{}
	}
	if d.Tape == nil {
		d.Tape = ReadTape
	}
	s := &shell{deps: d, app: d.App, inline: inline}
	s.stay = &memory{s.app.Preferences()}
	s.app.Settings().SetTheme(look{light: s.stay.light()})
	s.app.SetIcon(fyne.NewStaticResource("osseo.png", assets.IconPNG))
	s.win = s.app.NewWindow("Osseo")
	s.win.SetPadded(false)
	s.win.SetMaster()
	s.win.Resize(s.stay.size())
	s.win.SetCloseIntercept(s.close)
	c := s.win.Canvas()
	c.SetOnTypedKey(func(e *fyne.KeyEvent) { s.typed(e.Name) })
	if keys, ok := c.(desktop.Canvas); ok {
		keys.SetOnKeyDown(func(e *fyne.KeyEvent) { s.held(e.Name, true) })
		keys.SetOnKeyUp(func(e *fyne.KeyEvent) { s.held(e.Name, false) })
	}
	s.setVolume()
	s.state = s.stay.choice()
	if c := (choiceOfLeg{device: d.Device}); d.Legs != nil && !c.virtual() {
		s.leg = c
		s.toLegRoom()
		return s
	}
	s.enter(newLobby(s))
	return s
}

// enter leaves the present room and shows another.
func (s *shell) enter(r room) {
	if s.room != nil {
		s.room.leave()
	}
	s.room = r
	s.win.Canvas().Unfocus()
	s.win.SetContent(container.New(whole{}, tint(colourGround, 0, 0, r.view())))
	s.win.Canvas().Unfocus()
}

// typed hands a key to whoever is to have it: an open question first.
func (s *shell) typed(name fyne.KeyName) {
	if s.ask != nil {
		s.ask.typed(name)
		return
	}
	s.room.typed(name)
}

func (s *shell) held(name fyne.KeyName, down bool) {
	if s.ask == nil || !down {
		s.room.held(name, down)
	}
}

// close is asked for by the window manager.
func (s *shell) close() {
	if s.ask != nil {
		s.ask.close()
	}
	if s.room.mayClose(s.closing) {
		s.closing()
	}
}

// closing closes the window for good.
func (s *shell) closing() {
	s.stay.keepSize(s.win.Canvas().Size())
	s.stay.keepChoice(s.state)
	s.gone = true
	s.room.leave()
	s.deps.Sound.Drill(0)
	s.win.SetCloseIntercept(nil)
	s.win.Close()
}

// whole gives its one thing the whole window, and the window a least size at which nothing is cut.
type whole struct{}

const (
	leastWidth  = float32(960)
	leastHeight = float32(640)
)

// Layout implements fyne.Layout.
func (whole) Layout(o []fyne.CanvasObject, size fyne.Size) { o[0].Resize(size) }

// MinSize implements fyne.Layout.
func (whole) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(leastWidth, leastHeight) }

// question is asked over the room; while it stands it has the keyboard. Enter takes the first answer, Escape the last.
type question struct {
	shell   *shell
	pop     *widget.PopUp
	answers []answer
}

type answer struct {
	words string
	cap   string
	do    func()
}

// askOne puts a question over the room.
func (s *shell) askOne(title, text string, answers ...answer) {
	if s.ask != nil {
		s.ask.close()
	}
	q := &question{shell: s, answers: answers}
	buttons := []fyne.CanvasObject{}
	for i, a := range answers {
		b := newPress(a.words, a.cap, s, func() { q.take(i) })
		b.strong = i == 0
		buttons = append(buttons, b)
	}
	words := body(text)
	content := stack(12, bold(title, sizeTitle), words, line(8, buttons...))
	plate := container.New(fixed{width: 500}, panel(content))
	q.pop = widget.NewModalPopUp(plate, s.win.Canvas())
	s.ask = q
	q.pop.Show()
	s.win.Canvas().Unfocus()
}

func (q *question) typed(name fyne.KeyName) {
	switch name {
	case fyne.KeyReturn, fyne.KeyEnter:
		q.take(0)
	case fyne.KeyEscape:
		q.take(len(q.answers) - 1)
	}
}

func (q *question) take(i int) {
	q.close()
	if do := q.answers[i].do; do != nil {
		do()
	}
}

func (q *question) close() {
	q.pop.Hide()
	if q.shell.ask == q {
		q.shell.ask = nil
	}
}

// fixed gives its one thing a width and the height it needs at that width.
type fixed struct{ width float32 }

// Layout implements fyne.Layout.
func (f fixed) Layout(o []fyne.CanvasObject, size fyne.Size) { o[0].Resize(size) }

// MinSize implements fyne.Layout.
func (f fixed) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(f.width, heightFor(o[0], f.width))
}
