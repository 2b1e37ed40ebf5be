package desktop

import (
	"fmt"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"osseo/app/trial"
	"osseo/physics"
	"osseo/scenarios"
)

// bedside is the room in which one case runs, from opening to finish.
type bedside struct {
	shell *shell
	desk  *desk
	kase  *scenarios.Case
	mode  trial.Mode

	side     string // the limb looked at
	checked  map[string]bool
	did      map[scenarios.ActionKind]bool
	wrong    map[scenarios.ActionKind]bool
	lastDone map[scenarios.ActionKind]scenarios.Action
	times    map[scenarios.ActionKind]int // how often a kind of action was done
	plan     plan
	phase    phase
	cross    point // where the learner's finger is on the limb, m from the ideal point
	inside   bool  // the inside of the bone is shown
	hints    int

	hand   *hand
	clocks *clocks
	diary  diary
	trace  trace
	snap   trial.Snapshot
	bone   geometry
	deep   float64 // deepest tip in this bone, m

	last    time.Time
	began   time.Time
	frames  int
	anim    *fyne.Animation
	stopped bool // no more ticks: the case ended or the leg is gone
	away    bool // the leg is unplugged
	pulled  bool // it was, since it was armed
	arming  bool // the leg is being armed again
	busy    bool // the case is being closed and graded

	ui bedsideUI
}

// plan is what the learner has chosen so far.
type plan struct {
	site, side, driver, needle string
	located                    bool
	at                         point
	beside                     bool // the tip has left the bone: there is only flesh under it
}

// point is a place on the bone's surface, m from the ideal point: u distal, v medial.
type point struct{ u, v float64 }

func newBedside(s *shell, k *desk) *bedside {
	b := &bedside{
		shell: s, desk: k, kase: k.setup.Case, mode: k.setup.Mode,
		checked: map[string]bool{}, did: map[scenarios.ActionKind]bool{}, wrong: map[scenarios.ActionKind]bool{},
		lastDone: map[scenarios.ActionKind]scenarios.Action{}, times: map[scenarios.ActionKind]int{},
		hand: newHand(), clocks: newClocks(k.setup.Case.Clock),
		inside: k.setup.Mode == trial.Learn, side: "right",
	}
	if k.opened.Seed != 0 {
		k.setup.Seed = k.opened.Seed
	}
	b.cross = point{0.03, 0.02}
	b.began = time.Now()
	b.measure()
	b.build()
	b.diary.add(0, "The clock runs.", plainly)
	if k.opened.Notice != "" {
		b.diary.add(0, k.opened.Notice, badly)
	}
	go b.listen(k.station.Events())
	b.anim = fyne.NewAnimation(time.Second, func(float32) { b.tick(time.Now()) })
	b.anim.RepeatCount = fyne.AnimationRepeatForever
	b.anim.Curve = fyne.AnimationLinear
	b.anim.Start()
	return b
}

// listen brings the station's events to the window's goroutine until the desk is closed.
func (b *bedside) listen(events <-chan trial.Event) {
	for {
		select {
		case e, ok := <-events:
			if !ok {
				return
			}
			b.shell.onWindow(func() { b.event(e) })
		case <-b.desk.closed:
			return
		}
	}
}

func (b *bedside) view() fyne.CanvasObject { return b.ui.root }

// leave implements room.
func (b *bedside) leave() {
	b.halt()
	b.desk.finish("window-gone", func(trial.Closed, error) {})
}

// halt stops the ticking and the noise; the station is still open.
func (b *bedside) halt() {
	b.stopped = true
	b.anim.Stop()
	b.hand.take(false)
	b.shell.deps.Sound.Drill(0)
}

// mayClose implements room.
func (b *bedside) mayClose(closing func()) bool {
	if b.stopped && !b.busy {
		return true
	}
	b.hand.release()
	b.shell.askOne(
		"Close Osseo?", "The case is still running. What has been recorded so far is kept and can be replayed.",
		answer{"Go on with the case", "Enter", nil},
		answer{"Close", "Esc", func() { b.end("window-gone", func(trial.Closed, error) { closing() }) }},
	)
	return false
}

// askLeave asks once whether to give the case up.
func (b *bedside) askLeave() {
	if b.busy {
		return
	}
	b.hand.release()
	b.shell.askOne(
		"Leave the case?", "The clock keeps running. What you did so far is kept and judged as it stands.",
		answer{"Go on", "Enter", nil},
		answer{"Leave the case", "Esc", func() { b.end("abandoned", b.shell.debrief(b)) }},
	)
}

// end closes the recording and grades the case.
func (b *bedside) end(reason string, done func(trial.Closed, error)) {
	if b.busy {
		return
	}
	b.halt()
	b.busy = true
	b.ui.busy("Closing the recording and grading …")
	b.desk.finish(reason, func(c trial.Closed, err error) {
		b.busy = false
		done(c, err)
	})
}

// event is something the station tells.
func (b *bedside) event(e trial.Event) {
	if b.busy {
		return
	}
	switch e.Kind {
	case "observation", "model":
		return // told by the answer to the action
	case "physics":
		b.clocks.felt(e.Name, e.At)
		b.sound(e.Name)
	case "leg":
		b.linked(&e)
	case "fault":
		b.slack()
		e.Text = faultLine(e.Name)
	case "ended":
		b.lost(e)
		return
	}
	tone := plainly
	if e.Kind == "fault" || slices.Contains(badEvents, e.Name) {
		tone = badly
	}
	if e.Text != "" && b.tells(e) {
		b.diary.add(e.At, e.Text, tone)
	}
	b.refreshSoon()
}

var badEvents = []string{"false-drop", "far-contact", "far-breakthrough", "yield", "stylet-slip", "clog", "hub-shear", "break", "slip"}

// hiddenInExam are events a clinician would not know of.
var hiddenInExam = []string{"false-drop", "far-contact", "far-breakthrough", "seat", "clog"}

func (b *bedside) tells(e trial.Event) bool {
	return b.mode == trial.Learn || b.inside || e.Kind != "physics" || !slices.Contains(hiddenInExam, e.Name)
}

func (b *bedside) sound(name string) {
	switch name {
	case "breakthrough", "far-breakthrough":
		b.shell.deps.Sound.Pop()
	case "fire":
		b.shell.deps.Sound.Hit()
	}
}

// lost says that the leg is gone, what is kept, and what to do.
func (b *bedside) lost(e trial.Event) {
	if b.stopped {
		return
	}
	b.halt()
	text := e.Text
	if text == "" {
		text = "The servo stopped; force is off. What was recorded is kept and can be replayed."
	}
	kept := fmt.Sprintf("The case was at %s.", clockText(b.snap.Time))
	c, seed := b.kase, b.desk.setup.Seed
	b.ui.busy("The leg is gone.")
	b.shell.askOne(
		"The leg stopped", text+"\n"+kept,
		answer{"Start the case again", "Enter", func() { b.shell.again(c, seed) }},
		answer{"Back to the lobby", "Esc", b.shell.toLobby},
	)
}

// again opens a case from whatever room this is; when that fails, the lobby says why.
func (s *shell) again(c *scenarios.Case, seed uint64) {
	s.begin(c, seed, func(err error) {
		l := newLobby(s)
		s.enter(l)
		l.trouble = "The case did not open: " + firstLine(err)
		l.refresh()
		if !s.leg.virtual() {
			s.askLeg(c, seed, err)
		}
	})
}

// turn looks at the other limb.
func (b *bedside) turn(side string) {
	b.side = side
	b.refresh()
}

// sites are the sites the case offers on the limb looked at, in the order of the catalogue.
func (b *bedside) sites() []string {
	var out []string
	for _, s := range scenarios.Sites() {
		for _, l := range b.kase.Limbs {
			if l.Site == s.ID && (l.Side == b.side || l.Side == "") {
				out = append(out, s.ID)
				break
			}
		}
	}
	if len(out) == 0 {
		out = append(out, b.kase.Plan.Site)
	}
	return out
}

// site is the site looked at: the chosen one, or the first the limb offers.
func (b *bedside) site() string {
	if b.plan.site != "" {
		return b.plan.site
	}
	return b.sites()[0]
}

// inserted reports whether the needle is in the skin.
func (b *bedside) inserted() bool { return physics.Zone(b.snap.Zone) != physics.Outside }

func clockText(s float64) string {
	n := int(max(0, s))
	return fmt.Sprintf("%d:%02d", n/60, n%60)
}
