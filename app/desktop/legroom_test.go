package desktop

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"osseo/app/trial"
	"osseo/haptics"
	"osseo/haptics/leg"
)

// says fails unless the room says all of these.
func says(t *testing.T, r *legRoom, want ...string) {
	t.Helper()
	said := textOf(r.ui.root)
	for _, w := range want {
		if !strings.Contains(said, w) {
			t.Errorf("the room does not say %q: %s", w, said)
		}
	}
}

// buttonsOf are the words of what can be pressed.
func buttonsOf(root fyne.CanvasObject) map[string]*press {
	all := map[string]*press{}
	visible(root, fyne.Position{}, [2]fyne.Position{}, func(s seen) {
		if p, ok := s.o.(*press); ok {
			all[p.words] = p
		}
	})
	return all
}

func TestALegIsConnectedTestedAndUsed(t *testing.T) {
	h, l, r := legHouse(t, nil)
	if r.state != looking || r.chosen != onUSB {
		t.Fatalf("state %v, mark on %q", r.state, r.chosen)
	}
	says(t, r, "Not connected")
	h.keys(fyne.KeyReturn)
	if r.state != ready || len(l.opened) != 1 || l.opened[0] != onUSB {
		t.Fatalf("state %v, opened %v", r.state, l.opened)
	}
	says(t, r, "✓ Skills lab 2 is ready", "8 of 8 tests passed", "-20.0 mm", "1000 Hz", "458 µs", "210 µs", "3100 µs", "56 µs", "31 °C",
		"1.0.0, protocol 1", "140 N at the peak", "swelling under the skin", "It can", "released")
	one := l.opens[onUSB].(*oneLeg)
	h.keys(fyne.KeyReturn)
	lob, ok := h.room.(*lobby)
	if !ok || one.closed != 1 {
		t.Fatalf("room %T, port given back %d times", h.room, one.closed)
	}
	if words, _ := lob.legWords(); words != "● Skills lab 2 ready" {
		t.Errorf("the lobby says %q", words)
	}
	h.keys(fyne.KeyReturn)
	if b := h.bedside(t); b.desk.setup.Device != onUSB || !strings.Contains(b.keyWords(), "the tool on the leg") && !b.pointing() {
		t.Errorf("the case runs on %q; keys: %s", b.desk.setup.Device, b.keyWords())
	}
}

// Each trouble has a title, its sentence, a remedy without command lines for a window, and a way on.
func TestEveryTroubleIsNamedWithItsRemedy(t *testing.T) {
	for _, d := range everyTrouble() {
		t.Run(string(d.Trouble), func(t *testing.T) {
			h, _, r := legHouse(t, func(l *legs) { l.opens[onUSB] = d })
			h.keys(fyne.KeyReturn)
			if r.state != failed {
				t.Fatalf("state %v", r.state)
			}
			says(t, r, "✕ "+troubleTitles[d.Trouble], full(d.What))
			for _, step := range remedies(d) {
				if strings.Contains(step, "osseo device") || step == "" {
					t.Errorf("step %q is no remedy for a window", step)
				}
				says(t, r, step)
			}
			can := buttonsOf(r.ui.root)
			if can["Try again"] == nil || can["Virtual leg"] == nil || can["Save diagnosis"] == nil {
				t.Errorf("buttons %v", can)
			}
			if (can["Save the rule"] != nil) != (d.File != nil) {
				t.Errorf("rule %v, button %v", d.File, can["Save the rule"])
			}
			if h.leg.setup() != trial.Virtual {
				t.Errorf("cases run on %q", h.leg.setup())
			}
			h.keys(fyne.KeyEscape, fyne.KeyReturn)
			if b := h.bedside(t); b.desk.setup.Device != trial.Virtual {
				t.Errorf("the case runs on %q", b.desk.setup.Device)
			}
		})
	}
	for _, trouble := range leg.Troubles {
		if troubleTitles[trouble] == "" {
			t.Errorf("%s has no title", trouble)
		}
	}
}

// What can be seen of a port without opening it is told before anything is opened.
func TestWarningsOfAPortAreToldBeforeConnecting(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*leg.Port)
		want   string
	}{
		"busy":          {func(p *leg.Port) { p.Held, p.HeldBy = true, []leg.Holder{{PID: 41, Name: "picocom"}} }, "icocom (process 41) has"},
		"no permission": {func(p *leg.Port) { p.Writable, p.Group = false, "dialout" }, "usermod -aG dialout"},
		"modem manager": {func(p *leg.Port) { p.ModemManaging = true }, "ModemManager"},
		"latency timer": {func(p *leg.Port) { p.LatencyMS = 16 }, "16 ms"},
	} {
		t.Run(name, func(t *testing.T) {
			_, l, r := legHouse(t, func(l *legs) { c.change(&l.ports[0]) })
			says(t, r, c.want)
			if len(l.opened) != 0 {
				t.Errorf("opened %v", l.opened)
			}
		})
	}
}

func TestPortsComeAndGo(t *testing.T) {
	h, l, r := legHouse(t, func(l *legs) { l.ports = nil })
	says(t, r, "No leg found. Plug it in", "Virtual leg")
	if can := buttonsOf(r.ui.root); can["Choose a case"] == nil {
		t.Errorf("nothing to do next: %v", can)
	}
	l.ports = []leg.Port{usbPort()}
	r.look()
	if can := buttonsOf(r.ui.root); can["● Osseo leg"] == nil {
		t.Errorf("the leg is not listed: %v", can)
	}
	says(t, r, "Virtual leg")
	l.broken = errors.New("leg: list ports: permission denied")
	l.ports = nil
	r.look()
	says(t, r, "permission denied")
	h.keys(fyne.KeyUp, fyne.KeyUp, fyne.KeyUp, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown)
	if r.chosen != trial.Virtual {
		t.Errorf("the arrows end on %q", r.chosen)
	}
}

func TestUnpluggedInTheRoomComesBack(t *testing.T) {
	h, l, r := legHouse(t, nil)
	h.keys(fyne.KeyReturn)
	l.changed(&leg.Diagnosis{Trouble: leg.Unplugged, Port: onUSB, What: onUSB + " went away while it was in use", Remedy: []string{"plug the leg in again"}})
	if r.state != away {
		t.Fatalf("state %v", r.state)
	}
	says(t, r, "✕ The leg was unplugged", "Plug the leg in again.")
	r.measure() // figures of nothing are not shown
	h.keys(fyne.KeyReturn)
	if _, ok := h.room.(*legRoom); !ok {
		t.Fatal("a leg that is away is used")
	}
	l.changed(nil)
	if r.state != ready {
		t.Fatalf("state %v after it came back", r.state)
	}
	old := l.changed
	h.keys(fyne.KeyD)
	if r.state != looking || !h.leg.virtual() || len(l.released) != 1 {
		t.Fatalf("after Disconnect: %v, %q, released %v", r.state, h.leg.setup(), l.released)
	}
	old(&leg.Diagnosis{Trouble: leg.Unplugged, What: "late"})
	if r.state != looking {
		t.Error("news of a link that was given up is believed")
	}
}

func TestAFailedSelfTestIsShownAndRunAgain(t *testing.T) {
	one := goodLeg("Leg")
	one.tests[2] = leg.TestOutcome{Test: "load-cell", Value: 3200, Least: -2000, Most: 2000}
	one.tests[7] = leg.TestOutcome{Test: "emergency-stop", Least: 1, Most: 1}
	one.broken = &leg.Diagnosis{Trouble: leg.LegFault, What: "the leg's self-test failed: load-cell", Remedy: []string{"take hands and tool off the leg"}}
	h, _, r := legHouse(t, func(l *legs) { l.opens[onUSB] = one })
	h.keys(fyne.KeyReturn)
	if r.state != failed || !h.leg.virtual() {
		t.Fatalf("state %v, cases on %q", r.state, h.leg.setup())
	}
	says(t, r, "✕ The leg reports a fault", "3.2, allowed -2.0 to 2.0 N", "pressed", "1000 Hz")
	one.broken, one.tests = nil, goodLeg("").tests
	h.keys(fyne.KeyReturn)
	if r.state != ready || h.leg.setup() != onUSB {
		t.Fatalf("state %v after the test was run again", r.state)
	}
}

func TestFiguresOutOfRangeHaveASign(t *testing.T) {
	one := goodLeg("Leg")
	one.figures.RateHz, one.figures.Lost, one.figures.CRCErrors, one.figures.TemperatureC = 480, 900, 700, 95
	one.figures.Fault = "over-temperature"
	h, _, r := legHouse(t, func(l *legs) { l.opens[onUSB] = one })
	h.keys(fyne.KeyReturn)
	says(t, r, "! 480 Hz", "! 900", "! 700", "! 95 °C", "! fault: over-temperature")
}

func TestDiagnosisAndRuleAreSaved(t *testing.T) {
	saved := map[string]string{}
	l := &legs{ports: []leg.Port{usbPort()}, opens: map[string]any{onUSB: everyTrouble()[3]}}
	var full error
	h := newHouse(t, func(_ *house, d *Deps) {
		d.Legs = l
		d.Save = func(name string, text []byte) (string, error) {
			saved[name] = string(text)
			return "/home/nurse/" + name, full
		}
	})
	h.keys(fyne.KeyF2, fyne.KeyReturn)
	r := h.room.(*legRoom)
	h.keys(fyne.KeyU)
	if !strings.Contains(saved["60-osseo-leg.rules"], `GROUP="dialout"`) {
		t.Errorf("saved %v", saved)
	}
	says(t, r, "sudo cp '/home/nurse/60-osseo-leg.rules' /etc/udev/rules.d/60-osseo-leg.rules", "udevadm control --reload")
	h.keys(fyne.KeyS)
	for name, text := range saved {
		var report leg.Report
		if strings.HasSuffix(name, ".json") {
			if err := json.Unmarshal([]byte(text), &report); err != nil || report.Port != onUSB || len(report.Diagnoses) == 0 || report.Usable {
				t.Errorf("%s: %+v, %v", name, report, err)
			}
			says(t, r, "/home/nurse/"+name)
		}
	}
	if len(saved) != 2 {
		t.Errorf("saved %d files", len(saved))
	}
	full = errDiskFull
	h.keys(fyne.KeyS)
	says(t, r, "Not saved: No space left on device")
}

func TestEmulatedLegByKeys(t *testing.T) {
	h, l, r := legHouse(t, func(l *legs) {
		l.ports = nil
		one := goodLeg("emulated leg")
		one.card.Kind = "emulated"
		l.opens[trial.Emulated] = one
	})
	h.keys(fyne.KeyE, fyne.KeyReturn)
	if r.state != ready || h.leg.setup() != trial.Emulated || h.leg.held {
		t.Fatalf("state %v, %+v", r.state, h.leg)
	}
	h.keys(fyne.KeyReturn, fyne.KeyReturn)
	if b := h.bedside(t); b.legName() != "Emulated leg" || b.byPerson() {
		t.Errorf("leg %q", b.legName())
	}
	h.bedside(t).end("abandoned", func(trial.Closed, error) { h.toLegRoom() })
	h.keys(fyne.KeyV, fyne.KeyReturn)
	if !h.leg.virtual() || len(l.released) == 0 {
		t.Errorf("the virtual leg was chosen, cases run on %q, released %v", h.leg.setup(), l.released)
	}
}

// TestOpenedWithALeg is osseo --device: the room connects by itself.
func TestOpenedWithALeg(t *testing.T) {
	l := &legs{opens: map[string]any{trial.Emulated: goodLeg("emulated leg")}}
	h := newHouse(t, func(_ *house, d *Deps) { d.Legs, d.Device = l, trial.Emulated })
	if r, ok := h.room.(*legRoom); !ok || r.state != ready {
		t.Fatalf("room %T, %+v", h.room, h.leg)
	}
}

func TestCaseThatDoesNotBeginOnALegOffersTheVirtualOne(t *testing.T) {
	h, _, _ := legHouse(t, nil)
	h.keys(fyne.KeyReturn, fyne.KeyReturn)
	h.station.refuse = errors.New("device: leg: /dev/ttyACM0 is busy: close the other program\nbusy: ...")
	h.keys(fyne.KeyReturn)
	if h.ask == nil {
		t.Fatal("nothing is asked")
	}
	h.station.refuse = nil
	h.ask.take(1)
	if b := h.bedside(t); b.desk.setup.Device != trial.Virtual {
		t.Errorf("the case runs on %q", b.desk.setup.Device)
	}
}

// A fault in a case says what to do; only the trainee arms the leg, and only when it is back.
func TestFaultInACaseIsArmedAgainByTheTrainee(t *testing.T) {
	h, _, _ := legHouse(t, nil)
	h.keys(fyne.KeyReturn, fyne.KeyReturn, fyne.KeyReturn)
	b := h.bedside(t)
	h.keys(fyne.KeyR) // without a fault: nothing
	if h.station.rearmed != 0 {
		t.Fatal("armed without a fault")
	}
	h.keys(fyne.KeyT)
	h.held(fyne.KeyDown, true)
	at := time.Now()
	for i := range 60 {
		b.tick(at.Add(time.Duration(i) * time.Second / 60))
	}
	h.station.snap.Fault = uint8(haptics.Stale) // silence may come before the news that the cable is out
	b.event(trial.Event{Kind: "fault", Name: haptics.LostDevice.String(), Text: "Force is off: lost-device (0, limit 0.02)."})
	b.event(trial.Event{Kind: "leg", Name: trial.LegAway, Text: "x"})
	b.sample()
	b.showNumbers()
	said := textOf(b.ui.root)
	for _, want := range []string{"✕ Force is off. The leg was unplugged.", "Plug it in again: it is found by itself. Then arm it."} {
		if !strings.Contains(said, want) {
			t.Errorf("the bedside does not say %q: %s", want, said)
		}
	}
	if h.intent.Hold() || h.intent.Effort() != 0 {
		t.Error("the hand pushes on without force")
	}
	b.event(trial.Event{Kind: "leg", Name: trial.LegBack, Text: "The leg is back."})
	b.showNumbers()
	can := buttonsOf(b.ui.root)
	if can["Arm the leg"] == nil || can["Arm the leg"].off || can["Start again on the virtual leg"] == nil {
		t.Fatalf("buttons %v", can)
	}
	h.station.noArm = errors.New("device: leg: the leg holds a fault: over-temperature: let the motor cool")
	h.keys(fyne.KeyR)
	if !strings.Contains(b.diary.entries[0].text, "over-temperature") {
		t.Errorf("diary %+v", b.diary.entries[0])
	}
	h.station.noArm = nil
	h.keys(fyne.KeyR)
	b.event(trial.Event{Kind: "leg", Name: trial.LegArmed, Text: "The leg is armed again."})
	h.station.snap.Fault = 0
	b.sample()
	b.showNumbers()
	if h.station.rearmed != 2 || b.ui.alarm.Visible() || !h.intent.Hold() || h.intent.Effort() != 0 {
		t.Errorf("armed %d times, alarm %v, held %v, effort %g", h.station.rearmed, b.ui.alarm.Visible(), h.intent.Hold(), h.intent.Effort())
	}
	h.station.snap.Fault = uint8(haptics.Stale)
	b.sample()
	b.showNumbers()
	h.keys(fyne.KeyV)
	if b2 := h.bedside(t); b2 == b || b2.desk.setup.Device != trial.Virtual || !h.leg.virtual() {
		t.Error("V does not start again on the virtual leg")
	}
}

func TestLegFactsInACase(t *testing.T) {
	h, b := start(t, fyne.KeyL, nil)
	h.station.snap = trial.Snapshot{Running: true, RateHz: 1000, Link: trial.LinkNow{RateHz: 998, RTTUS: 458, Lost: 3, Damaged: 1, Celsius: 31}}
	b.desk.opened.Notice = "This leg does not render or sense: swelling under the skin."
	b.sample()
	for _, want := range []string{"998 Hz", "3 lost", "1 damaged", "31 °C", "swelling"} {
		if !strings.Contains(b.legFacts(), want) {
			t.Errorf("%q is not said: %s", want, b.legFacts())
		}
	}
	h.keys(fyne.KeyF2)
	if h.ask == nil {
		t.Fatal("F2 says nothing")
	}
	h.keys(fyne.KeyReturn)
	if h.ask != nil || b.stopped {
		t.Fatal("Enter does not go on")
	}
}

func TestLegRoomLayout(t *testing.T) {
	long := "The skills laboratory's force-feedback mannequin leg with a very long name, second floor"
	check := func(name string, change func(*legs), keys ...fyne.KeyName) {
		h, _, r := legHouse(t, change)
		h.deps.Save = func(name string, _ []byte) (string, error) { return "/home/a-long-user-name/" + name, nil }
		h.keys(keys...)
		checkLayout(t, h, name)
		for _, p := range buttonsOf(r.ui.root) {
			if p.cap == "" && !p.narrow {
				t.Errorf("%s: [%s] shows no key", name, p.words)
			}
		}
	}
	check("empty", func(l *legs) { l.ports = nil })
	check("ready", func(l *legs) {
		one := goodLeg(long)
		one.can = haptics.CanAxial
		l.opens[onUSB] = one
		l.ports[0].Title = long
		for i := range 9 {
			p := usbPort()
			p.Name = fmt.Sprintf("/dev/serial/by-id/usb-A-maker-with-a-long-name_FT232R_USB_UART_%d-if00-port0", i)
			l.ports = append(l.ports, p)
		}
	}, fyne.KeyReturn, fyne.KeyS)
	for _, d := range everyTrouble() {
		check(string(d.Trouble), func(l *legs) { l.opens[onUSB] = d }, fyne.KeyReturn, fyne.KeyU, fyne.KeyS)
	}
}

func TestAlarmLayout(t *testing.T) {
	h, _, _ := legHouse(t, nil)
	h.keys(fyne.KeyReturn, fyne.KeyReturn, fyne.KeyReturn)
	b := h.bedside(t)
	for reason := range faultWords {
		h.station.snap.Fault = uint8(reason)
		b.sample()
		for _, size := range sizes {
			h.win.Resize(size)
			b.refresh()
			b.showNumbers()
			for _, f := range faults(b.ui.alarm, size) {
				t.Errorf("%s at %v: %s", reason, size, f)
			}
			if bottom := b.ui.alarm.Position().Y + b.ui.alarm.Size().Height; b.ui.alarm.Position().Y < 0 || bottom > b.ui.scene.Size().Height {
				t.Errorf("%s at %v: the alarm reaches from %.0f to %.0f of %.0f", reason, size, b.ui.alarm.Position().Y, bottom, b.ui.scene.Size().Height)
			}
		}
	}
}

func TestTabReachesTheLegRoom(t *testing.T) {
	h, _, r := legHouse(t, nil)
	h.keys(fyne.KeyReturn)
	reached := map[fyne.Focusable]bool{}
	for range 40 {
		h.win.Canvas().FocusNext()
		reached[h.win.Canvas().Focused()] = true
	}
	for words, p := range buttonsOf(r.ui.root) {
		if !reached[p] {
			t.Errorf("Tab never reaches [%s]", words)
		}
	}
}
