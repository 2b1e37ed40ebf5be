package desktop

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"osseo/app/trial"
	"osseo/haptics/leg"
)

// statusPanel says how it stands and what to do next.
func (r *legRoom) statusPanel() fyne.CanvasObject {
	title, words, colour := r.standing()
	head := newProse(title, sizeTitle, colour)
	head.style.Bold, head.most = true, 2
	parts := []fyne.CanvasObject{head}
	if words != "" {
		parts = append(parts, body(words))
	}
	if d := r.told(); d != nil {
		if steps := remedies(d); len(steps) > 0 {
			parts = append(parts, body(strings.Join(numbered(steps), "\n")))
		}
		if d.File != nil {
			parts = append(parts, r.fileBox(d.File))
		}
	}
	if r.note != "" {
		parts = append(parts, newProse(r.note, sizeBody, colourDepth))
	}
	list := stack(8, parts...)
	r.ui.words = container.NewVScroll(list)
	held := container.New(&scrolled{list}, r.ui.words)
	return panel(ranked(10, ranks{held: {grow: 1, least: 40}}, held, line(8, r.buttons()...)))
}

// fileBox shows a file that cures a trouble.
func (r *legRoom) fileBox(f *leg.File) fyne.CanvasObject {
	text := newProse(strings.TrimSpace(f.Content), sizeSmall, colourText)
	text.style.Monospace = true
	return container.New(padded{10, 8}, box(colourGround, colourLine, 6), stack(4, muted("The rule, "+f.Path), text))
}

// told is the trouble to be shown: the one met, else what can be seen of the port without opening it.
func (r *legRoom) told() *leg.Diagnosis {
	if r.trouble != nil {
		return r.trouble
	}
	if p := r.port(); p != nil && (r.state == looking || r.state == ready) {
		for _, d := range p.Warnings() {
			if r.state == looking || d.Warning {
				return d
			}
		}
	}
	return nil
}

// port is the one under the mark, nil when the mark is on no port.
func (r *legRoom) port() *leg.Port {
	for i := range r.ports {
		if r.ports[i].Name == r.chosen {
			return &r.ports[i]
		}
	}
	return nil
}

// standing says how it stands, with a sign.
func (r *legRoom) standing() (title, words string, colour fyne.ThemeColorName) {
	d := r.told()
	switch r.state {
	case connecting:
		if r.chosen == trial.Emulated {
			return "… Starting the emulated leg", "Its firmware starts and says who it is; this takes some seconds.", colourForce
		}
		return "… Connecting to " + r.chosen, "The leg has three seconds to say who it is.", colourForce
	case selfTesting:
		return "… Self-test", "The leg tests itself. Nothing moves; keep hands and tool off it.", colourForce
	case failed:
		return "✕ " + troubleTitle(d.Trouble), full(d.What), colourBad
	case away:
		return "✕ " + troubleTitle(d.Trouble), full(d.What) + " The room waits for it; the virtual leg (V) is always there.", colourBad
	case ready:
		words = fmt.Sprintf("%d of %d tests passed. Cases run on this leg from now on; starting a case arms it.", passedOf(r.tests), len(r.tests))
		if len(r.lacks) > 0 {
			words += " It does not render or sense: " + strings.Join(r.lacks, "; ") + "."
		}
		if d != nil {
			words += " " + full(d.What)
		}
		return "✓ " + upper(shortened(r.card.Name, 40)) + " is ready", words, colourGood
	}
	switch {
	case r.chosen == trial.Virtual:
		return "○ Virtual leg", "Cases run on the leg inside this program: same bone, same grading, your hand by mouse and keys.", colourText
	case r.chosen == trial.Emulated:
		return "○ Emulated leg", "A leg's own firmware runs emulated on this computer, with a simulated stage; your hand by mouse and keys.", colourText
	case d != nil:
		sign := "✕ "
		if d.Warning {
			sign = "! "
		}
		return sign + troubleTitle(d.Trouble), full(d.What), colourBad
	}
	return "○ Not connected", r.chosen + ": nothing has been opened yet.", colourText
}

func passedOf(all []leg.TestOutcome) int {
	n := 0
	for i := range all {
		if all[i].Passed {
			n++
		}
	}
	return n
}

// buttons are what can be done now; the first is the one obvious thing.
func (r *legRoom) buttons() []fyne.CanvasObject {
	s := r.shell
	words, off := "Connect", false
	switch {
	case r.state == connecting || r.state == selfTesting:
		words, off = "Please wait …", true
	case r.state == away:
		words, off = "Waiting for the leg …", true
	case r.state == ready, r.state == looking && r.chosen == trial.Virtual:
		words = "Choose a case"
	case r.state == failed && r.link != nil:
		words = "Test again"
	case r.state == failed:
		words = "Try again"
	}
	r.ui.main = newPress(words, "Enter", s, r.next).main()
	r.ui.main.off = off
	out := []fyne.CanvasObject{r.ui.main}
	if r.state == ready {
		out = append(out, newPress("Test again", "T", s, r.selfTest), newPress("Disconnect", "D", s, r.disconnect))
	}
	if d := r.told(); d != nil && d.File != nil {
		out = append(out, newPress("Save the rule", "U", s, r.saveRule))
	}
	if r.state == ready || r.state == failed || r.state == away || r.told() != nil {
		out = append(out, newPress("Save diagnosis", "S", s, r.saveDiagnosis))
	}
	return out
}
