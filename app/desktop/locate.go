package desktop

import (
	"fyne.io/fyne/v2"

	"osseo/scenarios"
)

// pointing reports whether the limb is shown and a place on it can be chosen.
func (b *bedside) pointing() bool { return b.phase == assess || b.phase == choose }

// nudgeStep is how far an arrow moves the finger, units of Fyne.
const nudgeStep = 4

// nudge moves the finger with the arrows, as far as the limb reaches.
func (b *bedside) nudge(name fyne.KeyName) {
	d := map[fyne.KeyName][2]float64{fyne.KeyLeft: {-1, 0}, fyne.KeyRight: {1, 0}, fyne.KeyUp: {0, -1}, fyne.KeyDown: {0, 1}}[name]
	b.cross = b.shifted(b.cross, d[0]*nudgeStep, d[1]*nudgeStep)
	b.cross.u, b.cross.v = clamp(b.cross.u, -0.2, 0.2), clamp(b.cross.v, -0.1, 0.1)
	b.ui.limb.pic.redraw()
}

// pointAt follows the pointer.
func (b *bedside) pointAt(at fyne.Position) {
	if b.phase != choose {
		return
	}
	if p, ok := b.limbPoint(at); ok {
		b.cross = p
		b.ui.limb.pic.redraw()
	}
}

// chooseAt is a press on the limb.
func (b *bedside) chooseAt(at fyne.Position) {
	if b.phase != choose {
		b.goTo(choose) // the first press looks nearer
		return
	}
	if p, ok := b.limbPoint(at); ok {
		b.cross = p
		b.locate()
	}
}

// locate chooses the place under the finger; the site and limb looked at are chosen with it when none was.
func (b *bedside) locate() {
	if b.plan.site == "" || b.plan.side != b.side {
		b.act(scenarios.Action{Kind: scenarios.ChooseSite, Value: b.site(), Side: b.side})
	}
	b.act(scenarios.Action{Kind: scenarios.Locate, U: b.cross.u, V: b.cross.v, Side: b.side, Value: b.site()})
}

// measure takes up the geometry of what is planned.
func (b *bedside) measure() {
	p := b.plan
	if p.site == "" {
		p.site = b.site()
	}
	b.bone = measured(b.desk.setup, p)
}
