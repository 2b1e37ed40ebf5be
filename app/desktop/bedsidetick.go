package desktop

import (
	"fmt"
	"math"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"osseo/app/trial"
	"osseo/physics"
	"osseo/scenarios"
)

// tick is one frame: the hand's wish goes out, the newest tick comes in, and what changed is drawn. Pictures of the needle
// are drawn at every frame, scopes at every second, numbers and the monitor a few times a second.
func (b *bedside) tick(now time.Time) {
	if b.stopped {
		return
	}
	dt := clamp(now.Sub(b.last).Seconds(), 0, 0.1)
	if b.last.IsZero() {
		dt = 0
	}
	b.last = now
	b.frames++
	b.desk.wish(b.hand.tick(dt))
	b.sample()
	b.drillSound()
	b.draw()
}

func (b *bedside) sample() {
	var ok bool
	b.trace.fresh, ok = b.desk.sample(&b.snap, b.trace.fresh[:0], b.trace.tick)
	if !ok {
		return
	}
	b.trace.add()
	b.deep = max(b.deep, b.snap.Tip)
	if beside := physics.Zone(b.snap.Zone) == physics.BesideBone; beside != b.plan.beside {
		b.plan.beside = beside
		b.measure()
	}
}

func (b *bedside) drillSound() {
	b.shell.deps.Sound.Drill(clamp(b.snap.Rev/physics.DefaultDriver(physics.Powered).NoLoadRPS, 0, 1))
}

// draw repaints what is due in this frame.
func (b *bedside) draw() {
	u := &b.ui
	showing := u.section.Visible()
	if showing && b.sectionMoves() {
		u.section.pic.redraw()
	}
	if b.frames%2 == 0 && (b.hand.grip || b.frames%30 == 0) {
		u.time.redraw()
		if u.depth.Visible() {
			u.depth.redraw()
		}
	}
	if b.frames%4 == 0 {
		u.monitor.redraw()
	}
	if b.frames%10 == 0 { // every new number costs Fyne a texture that it keeps for a minute
		b.showNumbers()
	}
	if u.dirty || b.diary.changed {
		b.showDiary()
	}
	if u.dirty {
		u.dirty = false
		b.refresh()
	}
}

// sectionMoves reports whether the needle can have moved; a needle at rest is repainted a few times a second only.
func (b *bedside) sectionMoves() bool {
	return b.hand.grip || b.snap.Rev > 0 || b.frames%20 == 0
}

// showNumbers brings the head, the gauges and the facts up to date.
func (b *bedside) showNumbers() {
	u, s := &b.ui, &b.snap
	for i, r := range b.clocks.read(s.Time) {
		u.clocks[i].show(r)
	}
	if b.frames%60 == 0 || b.ui.leg.ink != colourGood || s.Fault != 0 {
		b.showLeg()
	}
	b.showAlarm()
	if words := vitals(b.kase, s.Time).Remarks; words != u.remark.text {
		u.remark.set(words, colourMuted)
		u.left.Refresh() // a line more or less
	}
	u.push.value.set(fmt.Sprintf("%.0f N", math.Round(s.Effort)+0), colourForce)
	u.push.bar.set(float32(s.Effort/maxEffort), colourForce)
	b.showTurn()
	b.showTilt()
	b.showFacts()
}

func (b *bedside) showLeg() {
	s := &b.snap
	words, colour := "● "+b.legName(), colourGood
	if b.shell.win.Canvas().Size().Width >= wideHeader {
		words += " · " + hertz(s)
	} else if s.RateHz > 0 {
		words += fmt.Sprintf(" · %.0f Hz", s.RateHz)
	}
	switch {
	case s.Fault != 0:
		words, colour = "✕ Force is off", colourBad
	case s.Dropped > 0:
		words, colour = fmt.Sprintf("! %d ticks not recorded", s.Dropped), colourBad
	case s.RateHz > 0 && s.RateHz < 900:
		words, colour = fmt.Sprintf("! Leg slow: %.0f Hz", s.RateHz), colourForce
	case !s.Running:
		words, colour = "○ Leg starting", colourMuted
	}
	b.ui.leg.tell(words, colour)
}

// showTurn shows what the driver does: revolutions of a drill, the twist of a wrist, the state of a spring.
func (b *bedside) showTurn() {
	g, s := &b.ui.turn, &b.snap
	switch b.driver() {
	case physics.Powered:
		g.name.set("Drill", colourText)
		g.value.set(fmt.Sprintf("%.0f rpm", s.Rev*60), colourDepth)
		g.bar.set(float32(s.Rev*60/1500), colourDepth)
	case physics.Spring:
		g.name.set("Spring", colourText)
		word := "set"
		if physics.Events(s.Events).Has(physics.Fire) {
			word = "fired"
		}
		g.value.set(word, colourDepth)
		g.bar.set(float32(b2f(word == "set")), colourDepth)
	default:
		g.name.set("Twist", colourText)
		rate := math.Abs(s.TwistRate)
		g.value.set(fmt.Sprintf("%.1f rev/s", rate/(2*math.Pi)), colourDepth)
		g.bar.set(float32(rate/20), colourDepth)
	}
}

func (b *bedside) driver() physics.DriverKind {
	if b.plan.driver == "" {
		return physics.DriverKind(b.desk.opened.Driver)
	}
	return physics.DriverKind(b.plan.driver)
}

func (b *bedside) showTilt() {
	if b.mode == trial.Exam {
		return
	}
	deg, allowed := b.tilt(), b.allowedTilt()
	sign, colour := "✓", colourGood
	if deg > allowed {
		sign, colour = "!", colourBad
	}
	words := fmt.Sprintf("%.0f° %s", deg, sign)
	if words != b.ui.lean.text || b.hand.grip {
		b.ui.bubble.redraw()
	}
	b.ui.lean.set(words, colour)
}

// allowedTilt is how far from the perpendicular the case allows, degrees.
func (b *bedside) allowedTilt() float64 {
	if deg := b.kase.Plan.TiltDeg; deg > 0 {
		return deg
	}
	return 10
}

// tilt is the lean of the tool from the perpendicular, degrees, >= 0.
func (b *bedside) tilt() float64 {
	return math.Hypot(b.snap.TiltX, b.snap.TiltY) * 180 / math.Pi
}

var zoneWords = map[physics.Zone]string{
	physics.Outside: "above the skin", physics.InSoftTissue: "in soft tissue", physics.InCortex: "in the near wall",
	physics.InMedulla: "in the marrow", physics.InFarCortex: "in the far wall", physics.InDeepTissue: "beyond the bone",
	physics.InGrowthPlate: "in the growth plate", physics.InJoint: "in the joint", physics.BesideBone: "beside the bone",
}

// showFacts tells in the corner of the picture what only the inside shows.
func (b *bedside) showFacts() {
	u, s := &b.ui, &b.snap
	if !b.inside || !u.section.Visible() {
		u.factsBox.Hide()
		u.coachBox.Hide()
		return
	}
	text := fmt.Sprintf("Tip %s\n%.1f mm deep", zoneWords[physics.Zone(s.Zone)], s.Tip*1000)
	if s.Tip < 0 {
		text = fmt.Sprintf("Tip %.0f mm above the skin", -s.Tip*1000)
	}
	if s.Tip >= b.bone.inner && b.bone.inner > 0 {
		text += fmt.Sprintf("\nTo far wall %.1f mm", s.FarGap*1000)
	}
	had := u.factsBox.Visible()
	words, colour := b.advise()
	if !had || lines(text) != lines(u.facts.text) || words != u.coach.text {
		defer u.scene.Refresh() // the boxes are as high as their words
	}
	u.facts.set(text, colourText)
	u.factsBox.Show()
	u.coach.set(words, colour)
	show(u.coachBox, words != "" && b.mode == trial.Learn)
}

func show(o fyne.CanvasObject, yes bool) {
	if yes != o.Visible() {
		if yes {
			o.Show()
		} else {
			o.Hide()
		}
	}
}

func lines(text string) int { return strings.Count(text, "\n") }

// advise is the one line of coaching for the moment, in learn mode.
func (b *bedside) advise() (string, fyne.ThemeColorName) {
	s := &b.snap
	e := physics.Events(s.Events)
	if !b.hand.grip {
		if b.inserted() && b.clocks.pop < 0 {
			return "Not through the wall yet. Take the tool again with T.", colourForce
		}
		if b.clocks.pop < 0 && b.plan.located {
			return "Take the tool with T, then bring it to the skin.", colourForce
		}
		return "", colourForce
	}
	if e.Has(physics.Contact) && !e.Has(physics.Breakthrough) && !b.did[scenarios.CheckMark] {
		return "Tip on bone. Is the mark still above the skin? Say so before you cut.", colourForce
	}
	switch physics.Zone(s.Zone) {
	case physics.InFarCortex, physics.InDeepTissue:
		return "Too deep: ease off and let go.", colourBad
	case physics.InMedulla:
		return "The pop. Stop here: let go with T.", colourForce
	case physics.InCortex:
		return b.cutting(), colourForce
	case physics.BesideBone, physics.InJoint, physics.InGrowthPlate:
		return "This is not the flat face of the bone. Come out and look again.", colourBad
	}
	if e.Has(physics.Contact) {
		return b.cutting(), colourForce
	}
	return "Press through the skin until you feel bone.", colourForce
}

func (b *bedside) cutting() string {
	switch b.driver() {
	case physics.Powered:
		return "Gentle. Let the drill work, wait for the give."
	case physics.Spring:
		return "Press firmly, hold still, fire with Space."
	}
	return "Twist to and fro with Q or E, push evenly, wait for the give."
}

// showDiary sets the lines of what just happened, newest first.
func (b *bedside) showDiary() {
	b.diary.changed = false
	l := b.ui.log.Layout.(*column)
	l.ranks, l.folded = ranks{}, map[fyne.CanvasObject]bool{}
	b.ui.log.Objects = nil
	for i, e := range b.diary.entries {
		colour := colourText
		switch {
		case e.tone == badly:
			colour = colourBad
		case i > 0:
			colour = colourMuted
		}
		p := newProse(e.words(), sizeBody, colour)
		p.most = 4
		l.ranks[p] = rank{fold: i, least: p.lineHeight()} // the newest line shrinks, older ones fold
		b.ui.log.Objects = append(b.ui.log.Objects, p)
	}
	b.ui.log.Refresh()
}

// refreshSoon shows steps, buttons and diary anew at the next frame.
func (b *bedside) refreshSoon() { b.ui.dirty = true }

// refresh shows everything that depends on what the learner did.
func (b *bedside) refresh() {
	u := &b.ui
	limb := b.pointing()
	show(u.limb, limb)
	show(u.section, !limb)
	show(u.factsBox, false)
	show(u.coachBox, false)
	show(u.depth, b.inside)
	u.scopes.Refresh()
	if u.steps != nil && b.mode != trial.Exam {
		b.showSteps()
	}
	b.showDeeds()
	b.showDiary()
	b.showNumbers()
	u.take.say("Take the tool in hand")
	if b.hand.grip {
		u.take.say("Let go")
	}
	u.take.state(b.hand.grip, false, false)
	u.keysHelp.set(b.keyWords(), colourMuted)
	if limb {
		u.limb.pic.redraw()
	} else {
		u.section.pic.redraw()
	}
	u.root.Refresh()
}

// keyWords is the help under the gauges, for what the keys do now.
func (b *bedside) keyWords() string {
	if b.pointing() {
		return "Point on the limb, or move with the arrows; Enter chooses the place."
	}
	turn := "Q E twist"
	switch b.driver() {
	case physics.Powered:
		turn = "Space drill"
	case physics.Spring:
		turn = "Space fire"
	}
	if b.byPerson() {
		words := "Push, turn and tilt with the tool on the leg."
		if b.mode != trial.Exam {
			words += " H inside"
		}
		return words
	}
	words := "↓ push  ↑ ease · " + turn + " · A D tilt · or drag on the bone."
	if b.mode != trial.Exam {
		words += " H inside"
	}
	return words
}
