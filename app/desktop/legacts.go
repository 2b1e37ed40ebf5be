package desktop

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"osseo/app/trial"
	"osseo/haptics/leg"
)

// escape leaves the room; a leg that is not ready is not used.
func (r *legRoom) escape() { r.back() }

// next does the one obvious thing.
func (r *legRoom) next() {
	switch {
	case r.state == connecting, r.state == selfTesting, r.state == away:
	case r.state == ready, r.state == looking && r.chosen == trial.Virtual:
		r.back()
	case r.state == failed && r.link != nil:
		r.selfTest()
	default:
		r.connect()
	}
}

// disconnect gives the leg back: cases run on the virtual leg again.
func (r *legRoom) disconnect() {
	if r.state != ready {
		return
	}
	r.giveUp()
	r.state, r.trouble, r.note = looking, nil, ""
	r.showList()
	r.show()
}

// typed implements room.
func (r *legRoom) typed(name fyne.KeyName) {
	switch name {
	case fyne.KeyEscape:
		r.escape()
	case fyne.KeyReturn, fyne.KeyEnter:
		r.next()
	case fyne.KeyUp:
		r.step(-1)
	case fyne.KeyDown:
		r.step(1)
	case fyne.KeyE:
		if r.shell.deps.Legs != nil {
			r.choose(trial.Emulated)
		}
	case fyne.KeyV:
		r.choose(trial.Virtual)
	case fyne.KeyT:
		if r.state == ready {
			r.selfTest()
		}
	case fyne.KeyD:
		r.disconnect()
	case fyne.KeyU:
		r.saveRule()
	case fyne.KeyS:
		r.saveDiagnosis()
	case fyne.KeyPageDown:
		r.scroll(120)
	case fyne.KeyPageUp:
		r.scroll(-120)
	}
}

// scroll moves whatever does not fit, for a window too low for it.
func (r *legRoom) scroll(dy float32) {
	for _, sc := range append([]*container.Scroll{r.ui.words}, r.ui.scrolls[:]...) {
		if sc == nil {
			continue
		}
		most := max(0, sc.Content.Size().Height-sc.Size().Height)
		sc.Offset.Y = clampF(sc.Offset.Y+dy, 0, most)
		sc.Refresh()
	}
}

// toEnd shows the last words of the status.
func (r *legRoom) toEnd() {
	r.ui.words.ScrollToBottom()
}

// step moves the mark in the list. A leg that is in use stays: it is disconnected first, or left by its own key.
func (r *legRoom) step(by int) {
	if r.state == ready || r.state == connecting || r.state == selfTesting {
		return
	}
	all := r.devices()
	i := slices.Index(all, r.chosen)
	r.choose(all[min(max(i+by, 0), len(all)-1)])
}

// report is all the room knows of the leg, for somebody else to help.
func (r *legRoom) report() leg.Report {
	out := leg.Report{
		Port: r.chosen, Usable: r.state == ready, Diagnoses: []*leg.Diagnosis{}, System: leg.Port{Name: r.chosen},
		Leg: r.card, SelfTest: r.tests, Link: r.figures, CheckedAt: time.Now().UTC().Format(time.RFC3339),
	}
	if p := r.port(); p != nil {
		out.System = *p
		out.Diagnoses = append(out.Diagnoses, p.Warnings()...)
	}
	if r.trouble != nil {
		out.Diagnoses = append(out.Diagnoses, r.trouble)
	}
	return out
}

// saveDiagnosis writes all that is known to a file and says where it is.
func (r *legRoom) saveDiagnosis() {
	report := r.report()
	text, err := json.MarshalIndent(&report, "", "  ")
	if err != nil {
		r.say("! The diagnosis was not saved: " + err.Error())
		return
	}
	name := "osseo-leg-" + time.Now().Format("20060102-150405") + ".json"
	r.save(name, append(text, '\n'), func(path string) string {
		return "Diagnosis saved: " + path + ". Give this file to those who look after the leg."
	})
}

// saveRule writes the file that cures the trouble and says what to do with it.
func (r *legRoom) saveRule() {
	d := r.told()
	if d == nil || d.File == nil {
		return
	}
	f := *d.File
	name := f.Path[strings.LastIndexAny(f.Path, `/\`)+1:]
	r.save(name, []byte(f.Content), func(path string) string {
		return "Rule saved: " + path + ". An administrator types, once:\nsudo cp '" + path + "' " + f.Path + "\n" + f.After
	})
}

var errNoPlace = errors.New("desktop: this build saves no files")

// save writes a file off the window's goroutine and tells where it is, or why it is not.
func (r *legRoom) save(name string, text []byte, told func(path string) string) {
	keep := r.shell.deps.Save
	if keep == nil {
		r.say("! Not saved: " + sentence(errNoPlace) + ".")
		return
	}
	r.shell.later(func() func() {
		path, err := keep(name, text)
		return func() {
			if r.left {
				return
			}
			if err != nil {
				r.say("! Not saved: " + sentence(err) + ".")
				return
			}
			r.say("✓ " + told(path))
		}
	})
}

func (r *legRoom) say(words string) {
	r.note = words
	r.show()
	r.toEnd()
}
