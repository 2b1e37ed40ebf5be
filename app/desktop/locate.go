package desktop

import (
	"fyne.io/fyne/v2"

	"osseo/scenarios"
)

// pointing reports whether the limb is shown and a place on it can be chosen.
func (b *bedside) pointing() bool { return b.phase == assess || b.phase == choose }

// step of the crosshair per key, m.
const nudgeM = 0.002

// nudge moves the finger with the arrows: right is distal, down is lateral.
func (b *bedside) nudge(name fyne.KeyName) {
	du, dv := limbArrow(b.side, name)
	b.cross.u = clamp(b.cross.u+du*nudgeM, -0.12, 0.12)
	b.cross.v = clamp(b.cross.v+dv*nudgeM, -0.08, 0.08)
	b.ui.limb.pic.Refresh()
}

// pointAt follows the pointer.
func (b *bedside) pointAt(at fyne.Position) {
	if p, ok := b.limbPoint(at); ok {
		b.cross = p
		b.ui.limb.pic.Refresh()
	}
}

// chooseAt is a press on the limb.
func (b *bedside) chooseAt(at fyne.Position) {
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
