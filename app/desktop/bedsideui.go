package desktop

import (
	"fmt"
	"image"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"osseo/app/draw"
	"osseo/app/trial"
)

// bedsideUI is everything on the bedside's screen that changes while the case runs.
type bedsideUI struct {
	root *fyne.Container

	clocks [3]clockFace
	leg    *press
	who    *fyne.Container

	monitor *picture
	remark  *prose
	left    *fyne.Container
	log     *fyne.Container

	limb, section *pad
	limbView      draw.LimbView // as last painted, for the pointer
	limbBounds    image.Rectangle
	limbScale     float64
	scene         *fyne.Container
	facts         *prose
	factsBox      *fyne.Container
	coach         *prose
	coachBox      *fyne.Container
	alarm         *fyne.Container
	alarmShown    string // what it says
	curtain       *fyne.Container
	curtainText   *prose

	steps *fyne.Container
	deeds *fyne.Container
	inBag *prose
	tabs  [phases]*press
	take  *press
	shown []*press

	push, turn  gauge
	lean        *prose
	bubble      *picture
	keysHelp    *prose
	depth, time *picture
	scopes      *fyne.Container

	dirty bool // steps, tray or diary are to be shown anew
}

// clockFace is one target: a name, the time, a bar.
type clockFace struct {
	name, time *prose
	bar        *meter
}

func newClockFace() (clockFace, *fyne.Container) {
	f := clockFace{name: muted(""), time: muted(""), bar: newMeter(colourForce)}
	f.name.most, f.time.most = 1, 1
	f.time.align = fyne.TextAlignTrailing
	names := container.New(fixedWidth(62), f.name)
	return f, container.New(fixedWidth(150), stack(4, spread(2, f.time, names, f.time), f.bar))
}

func (f *clockFace) show(r reading) {
	f.name.set(r.name, colourMuted)
	f.time.set(r.text, r.colour)
	f.bar.set(r.share, r.colour)
}

// gauge is one thing the hand does.
type gauge struct {
	name, value *prose
	bar         *meter
}

func newGauge(name string, colour fyne.ThemeColorName) (gauge, *fyne.Container) {
	g := gauge{name: body(name), value: newProse("", sizeBody, colour), bar: newMeter(colour)}
	g.name.most, g.value.most = 1, 1
	g.value.align, g.value.style.Bold = fyne.TextAlignTrailing, true
	names := container.New(fixedWidth(50), g.name)
	return g, stack(3, spread(2, g.value, names, g.value), g.bar)
}

// newLean is the tilt as a number and as a bubble.
func (b *bedside) newLean() (*prose, *fyne.Container) {
	name, value := body("Tilt"), newProse("", sizeBody, colourGood)
	name.most, value.most = 1, 1
	value.align, value.style.Bold = fyne.TextAlignTrailing, true
	b.ui.bubble = newPicture(fyne.NewSize(42, 42), b.paintBubble())
	return value, spread(8, value, container.New(fixedWidth(50), name), value, b.ui.bubble)
}

func (b *bedside) build() {
	u := &b.ui
	head := b.buildHead()
	left := b.buildLeft()
	centre := b.buildCentre()
	right := b.buildRight()
	hands := b.buildHands()
	scopes := b.buildScopes()
	u.curtainText = bold("", sizeTitle)
	u.curtainText.align = fyne.TextAlignCenter
	veil := canvas.NewRectangle(theme.Color(colourGround))
	u.curtain = container.New(padded{40, 200}, veil, u.curtainText)
	u.curtain.Hide()
	u.root = container.New(deck{}, head, left, centre, right, hands, scopes, u.curtain)
	b.refresh()
}

// busy covers the room with one sentence.
func (u *bedsideUI) busy(words string) {
	u.curtainText.set(words, colourText)
	u.curtain.Show()
	u.root.Refresh()
}

// deck is the bedside's plan: a head; the patient, the picture and the steps; the hand and the scopes below the first two.
type deck struct{}

// Layout implements fyne.Layout.
func (deck) Layout(o []fyne.CanvasObject, size fyne.Size) {
	const head = float32(56)
	left := clampF(size.Width*0.205, 214, 400)
	right := clampF(size.Width*0.225, 300, 460)
	y := head + gutter
	all := size.Height - y - gutter
	low := clampF(all*0.32, 214, 420)
	high := all - low - gutter
	mid := size.Width - left - right - 4*gutter
	place(o[0], 0, 0, size.Width, head)
	place(o[1], gutter, y, left, high)
	place(o[2], 2*gutter+left, y, mid, high)
	place(o[3], size.Width-right-gutter, y, right, all)
	place(o[4], gutter, y+high+gutter, left, low)
	place(o[5], 2*gutter+left, y+high+gutter, mid, low)
	place(o[6], 0, head, size.Width, size.Height-head)
}

// MinSize implements fyne.Layout.
func (deck) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(leastWidth, leastHeight) }

func clampF(x, lo, hi float32) float32 { return min(max(x, lo), hi) }

// buildHead is the case, the clocks, the leg, the way out. The patient gives way first, then the mode.
func (b *bedside) buildHead() *fyne.Container {
	u := &b.ui
	title := bold(b.kase.Title, sizeTitle)
	title.most = 1
	mode := chip(newProse(modeWord(b.mode), sizeSmall, colourText))
	p := b.kase.Patient
	state := "not awake"
	if p.Awake {
		state = "awake, feels pain"
	}
	u.who = chip(newProse(patientLine(b.kase)+" · "+state, sizeSmall, colourText))
	row := &header{title: title, mode: mode, who: u.who}
	objects := []fyne.CanvasObject{title, mode, u.who}
	for i := range u.clocks {
		face, box := newClockFace()
		u.clocks[i] = face
		objects = append(objects, box)
	}
	u.leg = newPress("● "+b.legName(), "F2", b.shell, b.askAboutLeg)
	u.leg.ink = colourGood
	leave := newPress("Leave", "Esc", b.shell, b.askLeave)
	row.leg, row.name = u.leg, b.legName()
	objects = append(objects, u.leg, leave)
	return tint(colourPanel, 16, 6, container.New(row, objects...))
}

func modeWord(m trial.Mode) string { return strings.ToUpper(string(m[:1])) + string(m[1:]) }

// header sets the title at the left and everything else at the right, and leaves out what does not fit: patient, mode.
type header struct {
	title, mode, who, leg fyne.CanvasObject
	name                  string // of the leg
}

// wideHeader is the width from which the leg's pill has room for its lateness.
const wideHeader = float32(1200)

// legWidth is the room kept for the leg's pill, so that its numbers do not push their neighbours about.
func legWidth(name string, width float32) float32 {
	longest := "● " + name + " · 1000 Hz"
	if width >= wideHeader {
		longest += " · late p99 9999 µs"
	}
	return fyne.MeasureText(longest, sizeBody, fyne.TextStyle{}).Width + 60
}

// Layout implements fyne.Layout.
func (h *header) Layout(o []fyne.CanvasObject, size fyne.Size) {
	const gap = float32(12)
	least := func(x fyne.CanvasObject) float32 {
		if x == h.leg {
			return max(legWidth(h.name, size.Width), x.MinSize().Width)
		}
		return x.MinSize().Width
	}
	width := func(x fyne.CanvasObject) float32 { return least(x) + gap }
	used := float32(0)
	for _, x := range o {
		if x != h.title && x != h.mode && x != h.who {
			used += width(x)
		}
	}
	title := h.title.(*prose).fullWidth() + 4
	left := size.Width - used - min(title, 300) - gap
	for _, x := range []fyne.CanvasObject{h.mode, h.who} {
		if w := width(x); w <= left {
			x.Show()
			left -= w
		} else {
			x.Hide()
		}
	}
	t := min(title, min(title, 300)+left)
	place(h.title, 0, (size.Height-24)/2, t, 24)
	x := t + gap
	for _, c := range []fyne.CanvasObject{h.mode, h.who} {
		if c.Visible() {
			w := c.MinSize().Width
			place(c, x, 0, w, size.Height)
			x += w + gap
		}
	}
	right := size.Width
	for i := len(o) - 1; i >= 0; i-- {
		c := o[i]
		if c == h.title || c == h.mode || c == h.who {
			continue
		}
		w := least(c)
		right -= w
		hh := min(size.Height, max(c.MinSize().Height, heightFor(c, w)))
		place(c, right, (size.Height-hh)/2, w, hh)
		right -= gap
	}
}

// MinSize implements fyne.Layout.
func (h *header) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(600, 36) }

func (b *bedside) buildLeft() *fyne.Container {
	u := &b.ui
	story := body(strings.Join(b.kase.Story, "\n"))
	u.monitor = newPicture(fyne.NewSize(180, 150), b.paintMonitor())
	u.remark = muted("")
	u.log = container.New(&column{gap: 5, ranks: ranks{}, folded: map[fyne.CanvasObject]bool{}})
	log := ranked(6, ranks{u.log: {grow: 1, least: 60}}, small("What just happened"), u.log)
	u.left = panel(ranked(10, ranks{story: {least: 58}, u.remark: {fold: 1}, u.monitor: {least: 84}, log: {grow: 1, least: 110}},
		small("Patient"), story, u.monitor, u.remark, log))
	return u.left
}

func (b *bedside) buildCentre() *fyne.Container {
	u := &b.ui
	u.limb = newPad(newPicture(fyne.NewSize(200, 120), b.paintLimb()), b.shell)
	u.limb.onMove = b.pointAt
	u.limb.onPress = b.chooseAt
	u.section = newPad(newPicture(fyne.NewSize(200, 120), b.paintSection()), b.shell)
	u.section.onPress = func(fyne.Position) { b.gripped() }
	u.section.onDrag = func(dx, dy float32) {
		if b.hand.grip {
			b.hand.dragTo(float64(dx), float64(dy))
		}
	}
	u.section.onDrop = b.hand.drop
	u.facts = body("")
	u.factsBox = container.New(padded{10, 8}, box(colourPanel, colourLine, 6), u.facts)
	u.coach = bold("", sizeBody)
	u.coachBox = container.New(padded{10, 7}, box(colourPanel, colourLine, 6), u.coach)
	u.alarm = container.New(padded{14, 12}, box(colourPanel, colourBad, 8), stack(0))
	u.alarm.Hide()
	u.scene = container.New(scene{}, u.limb, u.section, u.factsBox, u.coachBox, u.alarm)
	return bare(u.scene)
}

// scene is a picture with facts in its upper right corner and a word of advice in its upper left one; an alarm stands below.
type scene struct{}

// Layout implements fyne.Layout.
func (scene) Layout(o []fyne.CanvasObject, size fyne.Size) {
	place(o[0], 0, 0, size.Width, size.Height)
	place(o[1], 0, 0, size.Width, size.Height)
	facts := clampF(size.Width*0.34, 158, 250)
	h := heightFor(o[2], facts)
	place(o[2], size.Width-facts-10, 10, facts, h)
	coach := clampF(size.Width*0.5-44, 150, 400)
	h = heightFor(o[3], coach)
	place(o[3], 10, 10, coach, h)
	alarm := min(size.Width-20, 620)
	h = heightFor(o[4], alarm)
	place(o[4], (size.Width-alarm)/2, size.Height-h-10, alarm, h)
}

// MinSize implements fyne.Layout.
func (scene) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 120) }

func (b *bedside) buildHands() *fyne.Container {
	u := &b.ui
	var push, turn, lean *fyne.Container
	u.push, push = newGauge("Push", colourForce)
	u.turn, turn = newGauge("Turn", colourDepth)
	u.lean, lean = b.newLean()
	u.take = newPress("Take the tool in hand", "T", b.shell, b.takeOrLetGo)
	parts := []fyne.CanvasObject{small("Hand"), push, turn, lean, u.take}
	if b.mode == trial.Exam {
		parts = []fyne.CanvasObject{small("Hand"), push, turn, u.take}
	}
	return panel(stack(8, parts...))
}

func (b *bedside) buildScopes() *fyne.Container {
	u := &b.ui
	u.depth = newPicture(fyne.NewSize(120, 90), b.paintDepth())
	u.time = newPicture(fyne.NewSize(120, 90), b.paintTime())
	u.scopes = even(6, u.depth, u.time)
	u.keysHelp = muted("")
	u.keysHelp.most = 1
	return container.New(padded{10, 8}, box(colourPanel, colourLine, 8),
		ranked(4, ranks{u.scopes: {grow: 1}}, u.keysHelp, u.scopes))
}

func hertz(s *trial.Snapshot) string {
	return fmt.Sprintf("%.0f Hz · late p99 %.0f µs", s.RateHz, s.LateP99)
}
