package desktop

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"osseo/app/trial"
	"osseo/haptics"
)

// legName is the leg this case runs on.
func (b *bedside) legName() string {
	if b.desk.setup.Device == "" || b.desk.setup.Device == trial.Virtual {
		return choiceOfLeg{}.title()
	}
	return b.shell.leg.title()
}

// byPerson reports whether the tool on the leg is moved by a person in front of it.
func (b *bedside) byPerson() bool { return !b.onVirtualLeg() && b.shell.leg.held }

func (b *bedside) onVirtualLeg() bool {
	return b.desk.setup.Device == "" || b.desk.setup.Device == trial.Virtual
}

// linked is told that the leg went or came back, or is armed again.
func (b *bedside) linked(e *trial.Event) {
	e.At = b.snap.Time
	switch e.Name {
	case trial.LegAway:
		b.away, b.pulled = true, true
		e.Text = "The leg was unplugged."
	case trial.LegBack:
		b.away = false
	case trial.LegArmed:
		b.away, b.pulled = false, false
		b.desk.intent.SetHold(b.hand.grip)
	}
	b.ui.alarmShown = ""
}

// slack takes the hand off a tool whose leg renders nothing: when force comes back, nobody pushes yet.
func (b *bedside) slack() {
	b.hand.release()
	b.hand.out.effort, b.hand.out.trigger, b.hand.out.twist = 0, 0, 0
	b.desk.wish(b.hand.out)
	b.desk.intent.SetHold(false)
}

// alarmWords say why there is no force and the one thing to do next; armable says whether that is to arm the leg.
func (b *bedside) alarmWords() (why, next string, armable bool) {
	reason := haptics.Reason(b.snap.Fault)
	if b.pulled { // whatever the loop met first
		reason = haptics.LostDevice
	}
	why, next = faultSaid(reason)
	if b.desk.setup.Device == trial.Emulated && (reason == haptics.Stale || reason == haptics.LateWrite) {
		why, next = "The emulated leg fell behind: this computer is too busy for it.", "Close other programs."
	}
	switch {
	case b.arming:
		return why, "Arming …", false
	case reason == haptics.Panicked:
		return why, next, false
	case b.away:
		return why, next + " Then arm it.", false
	case reason == haptics.LostDevice:
		return why, "It is back. Arm it: force ramps in from zero.", true
	}
	return why, next + " Then arm the leg: force ramps in from zero.", true
}

// showAlarm shows over the picture that force is off, as long as it is.
func (b *bedside) showAlarm() {
	u := &b.ui
	if b.snap.Fault == 0 {
		if u.alarm.Visible() {
			u.alarm.Hide()
			u.alarmShown = ""
			u.scene.Refresh()
		}
		return
	}
	why, next, armable := b.alarmWords()
	if said := fmt.Sprint(why, next, armable); said != u.alarmShown {
		u.alarmShown = said
		u.alarm.Objects[1] = b.alarmBox(why, next, armable)
		u.alarm.Show()
		u.scene.Refresh()
	}
}

func (b *bedside) alarmBox(why, next string, armable bool) fyne.CanvasObject {
	title := newProse("✕ Force is off. "+why, sizeBody, colourBad)
	title.style.Bold = true
	arm := newPress("Arm the leg", "R", b.shell, b.rearm)
	arm.strong, arm.off = armable, !armable
	buttons := []fyne.CanvasObject{arm}
	if !b.onVirtualLeg() {
		buttons = append(buttons, newPress("Start again on the virtual leg", "V", b.shell, b.onVirtual))
	}
	return stack(8, title, body(next), line(8, buttons...))
}

// rearm arms the leg again: only the trainee does.
func (b *bedside) rearm() {
	if b.busy || b.stopped || b.arming || b.snap.Fault == 0 {
		return
	}
	b.slack()
	b.arming = true
	b.showAlarm()
	b.desk.rearm(func(err error) {
		b.arming = false
		if b.busy || b.stopped {
			return
		}
		if err != nil {
			b.diary.add(b.snap.Time, "Not armed: "+lower(sentence(err)), badly)
		}
		b.showAlarm()
		b.refreshSoon()
	})
}

// onVirtual gives the case up and begins it anew on the virtual leg.
func (b *bedside) onVirtual() {
	if b.busy || b.stopped || b.snap.Fault == 0 || b.onVirtualLeg() {
		return
	}
	s, c, seed := b.shell, b.kase, b.desk.setup.Seed
	b.end("fault", func(trial.Closed, error) {
		s.toVirtual()
		s.again(c, seed)
	})
}

// askAboutLeg says how the leg does, and offers its room.
func (b *bedside) askAboutLeg() {
	if b.busy {
		return
	}
	b.hand.release()
	b.shell.askOne(
		b.legName(), b.legFacts(),
		answer{"Go on", "Enter", nil},
		answer{"Leave for the leg room", "", func() {
			b.end("abandoned", func(trial.Closed, error) { b.shell.toLegRoom() })
		}},
		answer{"Back", "Esc", nil},
	)
}

// legFacts is what is known of leg and loop, a line each.
func (b *bedside) legFacts() string {
	s := &b.snap
	lines := []string{
		fmt.Sprintf("Loop: %.0f Hz, late %.0f µs (99 of 100), %.0f µs at worst, %s.", s.RateHz, s.LateP99, s.LateMax,
			plural(int(s.Overruns), "overrun")),
	}
	if k := s.Link; k != (trial.LinkNow{}) {
		lines = append(lines,
			fmt.Sprintf("Link: %.0f Hz, there and back %.0f µs, %d lost, %d damaged.", k.RateHz, k.RTTUS, k.Lost, k.Damaged),
			fmt.Sprintf("Stage: %.0f °C.", k.Celsius))
	}
	if s.Dropped > 0 {
		lines = append(lines, fmt.Sprintf("! %d ticks were not recorded.", s.Dropped))
	}
	if b.desk.opened.Notice != "" {
		lines = append(lines, b.desk.opened.Notice)
	}
	if s.Fault != 0 {
		why, next, _ := b.alarmWords()
		lines = append(lines, "✕ Force is off. "+why+" "+next)
	}
	return strings.Join(lines, "\n")
}
