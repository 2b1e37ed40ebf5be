package desktop

import (
	"math"
	"strings"

	"fyne.io/fyne/v2"

	"osseo/app/trial"
	"osseo/scenarios"
)

// goTo turns to a phase.
func (b *bedside) goTo(p phase) {
	b.phase = (p + phases) % phases
	b.refresh()
}

// doDeed does what a button says.
func (b *bedside) doDeed(d deed) {
	if b.busy || b.stopped {
		return
	}
	if d.local != nil {
		d.local()
		return
	}
	if d.action.Kind == scenarios.Withdraw && b.inserted() {
		b.askWithdraw(d.action)
		return
	}
	b.act(d.action)
}

// askWithdraw asks once: what lies in the bone is given up.
func (b *bedside) askWithdraw(a scenarios.Action) {
	b.hand.release()
	b.shell.askOne(
		"Take the needle out?", "The same bone cannot be used again; another attempt needs another bone.",
		answer{"Take it out", "Enter", func() { b.act(a) }},
		answer{"Leave it in", "Esc", nil},
	)
}

// act asks the station for one step of the procedure and tells what was seen.
func (b *bedside) act(a scenarios.Action) {
	if b.busy || b.stopped {
		return
	}
	b.desk.act(a, func(seen scenarios.Observation, err error) {
		if b.busy {
			return
		}
		if err != nil {
			b.diary.add(b.snap.Time, sentence(err), badly)
			b.refreshSoon()
			return
		}
		b.acted(a, seen)
	})
}

// acted notes what an action that was possible has changed.
func (b *bedside) acted(a scenarios.Action, seen scenarios.Observation) {
	t := plainly
	if b.mode != trial.Exam {
		switch {
		case seen.Wrong:
			t = badly
		case seen.Good:
			t = goodly
		}
	}
	if seen.Text != "" {
		b.diary.add(b.snap.Time, seen.Text, t)
	}
	b.did[a.Kind] = true
	b.lastDone[a.Kind] = a
	b.times[a.Kind]++
	if b.mode != trial.Exam {
		b.wrong[a.Kind] = seen.Wrong
	}
	b.clocks.did(a.Kind, b.snap.Time)
	b.changed(a)
	if p, ok := after(a.Kind); ok {
		b.phase = p
	}
	b.refresh()
}

// changed carries an action into what the room shows.
func (b *bedside) changed(a scenarios.Action) {
	switch a.Kind {
	case scenarios.Check:
		b.checked[a.Value+a.Side] = true
	case scenarios.ChooseSite:
		b.plan.site, b.plan.side, b.plan.located = a.Value, a.Side, false
		b.measure()
	case scenarios.ChooseDriver:
		b.plan.driver = a.Value
	case scenarios.ChooseNeedle:
		b.plan.needle = a.Value
		if n, ok := scenarios.NeedleByID(a.Value); ok {
			b.plan.driver = string(n.Driver)
		}
		b.measure()
	case scenarios.Locate:
		b.plan.located, b.plan.at = true, point{a.U, a.V}
		b.desk.intent.SetPoint(a.U, a.V)
		b.measure()
	case scenarios.SteadyHand:
		b.desk.intent.SetBehind(a.Value == "behind")
	case scenarios.Insert:
		b.taken(true)
	case scenarios.Release:
		b.taken(false)
		if b.clocks.pop >= 0 {
			b.phase = confirm
		}
	case scenarios.StyletRemove:
		b.desk.intent.SetStyletOut(true)
	case scenarios.Withdraw:
		b.withdrawn()
	case scenarios.Finish:
		b.end("finished", b.shell.debrief(b))
	}
}

func (b *bedside) withdrawn() {
	b.taken(false)
	b.plan.located, b.plan.site = false, ""
	b.deep = 0
	b.trace.reset()
	b.desk.intent.SetStyletOut(false)
	for _, k := range []scenarios.ActionKind{
		scenarios.ChooseSite, scenarios.Locate, scenarios.Clean, scenarios.SteadyHand, scenarios.Insert,
		scenarios.CheckMark, scenarios.Release, scenarios.StyletRemove, scenarios.CheckStands,
	} {
		b.did[k], b.times[k] = false, 0
	}
	b.measure()
}

// taken puts the tool in the hand or lets go of it.
func (b *bedside) taken(held bool) {
	b.hand.take(held)
	if held && !b.did[scenarios.Release] {
		b.hand.out.tilt = startTilt(b.desk.setup.Seed)
	}
	b.desk.intent.SetHold(held)
	b.desk.wish(b.hand.out)
	b.shell.win.Canvas().Unfocus()
}

// startTilt is how a hand happens to pick a tool up: 3 to 7 degrees to one side, fixed by the seed of the case.
func startTilt(seed uint64) float64 {
	x := seed*0x9E3779B97F4A7C15 + 0x85EBCA6B
	x ^= x >> 29
	deg := 3 + float64(x%1000)/250
	if x>>32&1 == 0 {
		deg = -deg
	}
	return deg * math.Pi / 180
}

// takeOrLetGo is the T key.
func (b *bedside) takeOrLetGo() {
	kind := scenarios.Insert
	if b.hand.grip {
		kind = scenarios.Release
	}
	if b.phase != insert {
		b.goTo(insert)
	}
	b.act(scenarios.Action{Kind: kind})
}

// gripped is a press on the section: without the tool in the hand it says how to take it.
func (b *bedside) gripped() {
	if !b.hand.grip {
		b.diary.add(b.snap.Time, "The tool is not in your hand. Take it with T.", plainly)
		b.refreshSoon()
	}
}

// hint shows the inside of the bone; outside learn mode it is counted.
func (b *bedside) hint() {
	switch b.mode {
	case trial.Exam:
		b.diary.add(b.snap.Time, "There are no hints in an exam.", plainly)
	case trial.Learn:
		b.inside = !b.inside
	default:
		b.inside = !b.inside
		if b.inside {
			b.hints++
			b.act(scenarios.Action{Kind: scenarios.Hint})
		}
	}
	b.refresh()
}

// sentence makes of an error what a person reads: without the names of packages and actions in front.
func sentence(err error) string {
	text := err.Error()
	for {
		front, rest, ok := strings.Cut(text, ": ")
		if !ok || rest == "" || strings.Trim(front, "abcdefghijklmnopqrstuvwxyz-") != "" {
			return upper(text)
		}
		text = rest
	}
}

// typed implements room.
func (b *bedside) typed(name fyne.KeyName) {
	if b.busy {
		return
	}
	switch name {
	case fyne.KeyEscape:
		b.askLeave()
		return
	case fyne.KeyPageDown:
		b.goTo(b.phase + 1)
	case fyne.KeyPageUp:
		b.goTo(b.phase - 1)
	case fyne.KeyT:
		b.takeOrLetGo()
	case fyne.KeyH:
		b.hint()
	case fyne.KeyF2:
		b.askAboutLeg()
	case fyne.KeyR:
		b.rearm()
	case fyne.KeyV:
		b.onVirtual()
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyUp, fyne.KeyDown:
		if b.pointing() {
			b.nudge(name)
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		if b.pointing() {
			b.locate()
		}
	}
	for i, k := range deedKeys {
		if k.key == name && i < len(b.ui.shown) {
			b.ui.shown[i].Tapped(nil)
			return
		}
	}
}

// held implements room: keys that act as long as they are down.
func (b *bedside) held(name fyne.KeyName, down bool) { b.hand.key(name, down && !b.busy) }
