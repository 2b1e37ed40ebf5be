package desktop

import (
	"fmt"
	"math"
	"slices"

	"osseo/scenarios"
)

// phase is one of the five parts of a case. The learner may turn to any of them at any time.
type phase int

const (
	assess phase = iota
	choose
	insert
	confirm
	treat
	phases
)

var phaseNames = [phases]string{"Assess", "Choose", "Insert", "Confirm", "Treat"}

// deed is one thing that can be done in a phase: a button.
type deed struct {
	words  string
	second string
	action scenarios.Action
	local  func() // done by the window alone when not nil
	hex    string // swatch of a needle, "#RRGGBB"
	chosen bool
	half   bool // short enough to share a line
}

// deeds returns what can be done in a phase, in a good order. The first nine have the keys 1 to 9, the tenth 0.
func (b *bedside) deeds(p phase) []deed {
	switch p {
	case assess:
		return b.assessing()
	case choose:
		return b.choosing()
	case insert:
		return b.inserting()
	case confirm:
		return b.confirming()
	default:
		return b.treating()
	}
}

func act(words string, kind scenarios.ActionKind) deed {
	return deed{words: words, action: scenarios.Action{Kind: kind}}
}

func (b *bedside) assessing() []deed {
	out := []deed{act("IO is indicated", scenarios.Decide)}
	for _, c := range scenarios.Checks() {
		out = append(out, deed{
			words:  checkWords(c),
			action: scenarios.Action{Kind: scenarios.Check, Value: c.ID, Side: b.side},
			chosen: b.checked[c.ID+b.side],
		})
	}
	return append(out, b.turning())
}

// checkWords are the words of a check on a button, shorter than in the catalogue where that is long.
func checkWords(c scenarios.Term) string {
	if c.ID == "earlier-io" {
		return "Earlier needle here"
	}
	return c.Title
}

func (b *bedside) turning() deed {
	return deed{words: "Turn to the " + opposite(b.side) + " limb", local: func() { b.turn(opposite(b.side)) }}
}

func opposite(side string) string {
	if side == "left" {
		return "right"
	}
	return "left"
}

func (b *bedside) choosing() []deed {
	var out []deed
	for _, site := range b.sites() {
		out = append(out, deed{
			words:  siteWords(b.side, site),
			action: scenarios.Action{Kind: scenarios.ChooseSite, Value: site, Side: b.side},
			chosen: b.plan.site == site && b.plan.side == b.side,
		})
	}
	out = append(out, b.turning())
	for _, d := range b.kase.Tray.Drivers {
		out = append(out, deed{
			words: scenarios.Title(d), action: scenarios.Action{Kind: scenarios.ChooseDriver, Value: d},
			chosen: b.plan.driver == d,
		})
	}
	for _, id := range b.kase.Tray.Needles {
		n, ok := scenarios.NeedleByID(id)
		if !ok {
			continue
		}
		out = append(out, deed{
			words: n.Title, second: n.Label, hex: n.Hex,
			action: scenarios.Action{Kind: scenarios.ChooseNeedle, Value: id}, chosen: b.plan.needle == id,
		})
	}
	return out
}

func (b *bedside) inserting() []deed {
	out := []deed{
		act("Clean the skin", scenarios.Clean),
		{words: "Other hand beside the limb", action: scenarios.Action{Kind: scenarios.SteadyHand, Value: "beside"}},
		{words: "Other hand behind the limb", action: scenarios.Action{Kind: scenarios.SteadyHand, Value: "behind"}},
		{words: "Mark seen", half: true, action: scenarios.Action{Kind: scenarios.CheckMark, Value: "seen"}},
		{words: "Not seen", half: true, action: scenarios.Action{Kind: scenarios.CheckMark, Value: "not-seen"}},
		act("Needle out, other bone", scenarios.Withdraw),
	}
	return out
}

func (b *bedside) confirming() []deed {
	out := []deed{
		act("Stylet out", scenarios.StyletRemove),
		act("Does it stand?", scenarios.CheckStands),
		act("Aspirate", scenarios.Aspirate),
	}
	for _, mg := range b.lidocaine() {
		out = append(out, deed{
			words:  fmt.Sprintf("Lidocaine %g mg", mg),
			action: scenarios.Action{Kind: scenarios.Lidocaine, Number: mg},
		})
	}
	out = append(out, b.flushing()...)
	return append(
		out,
		deed{words: "It swells", half: true, action: scenarios.Action{Kind: scenarios.Watch, Value: "swelling"}},
		deed{words: "No swelling", half: true, action: scenarios.Action{Kind: scenarios.Watch, Value: "none"}},
	)
}

// lidocaine offers two doses: 0.5 mg/kg up to 40 mg and half of it for a child, 20 and 40 mg for an adult
// (scenarios.Drugs; literature.md section 4).
func (b *bedside) lidocaine() []float64 {
	if kg := b.kase.Patient.WeightKG; kg < 40 {
		full := max(1, math.Round(kg*0.5))
		return slices.Compact([]float64{math.Max(1, math.Round(full/2)), full})
	}
	return []float64{20, 40}
}

// flushing offers the volume of the plan and half of it.
func (b *bedside) flushing() []deed {
	ml := b.kase.Plan.FlushML
	if ml <= 0 {
		ml = 10
	}
	var out []deed
	for _, x := range []float64{math.Max(1, math.Round(ml/2)), ml} {
		out = append(out, deed{
			words: fmt.Sprintf("Flush %g mL", x), half: true, action: scenarios.Action{Kind: scenarios.Flush, Number: x},
		})
	}
	return out
}

func (b *bedside) treating() []deed {
	var out []deed
	for _, d := range b.kase.Tray.Drugs {
		out = append(out, deed{words: scenarios.Title(d), action: scenarios.Action{Kind: scenarios.Drug, Value: d}})
	}
	out = append(out, b.flushing()...)
	return append(
		out,
		act("Secure the needle", scenarios.Secure),
		act("Write it down", scenarios.Document),
		act("Finish the case", scenarios.Finish),
	)
}

// after returns the phase that usually follows a successful action, and whether one does.
func after(kind scenarios.ActionKind) (phase, bool) {
	switch kind {
	case scenarios.Locate:
		return insert, true
	case scenarios.Watch:
		return treat, true
	case scenarios.Withdraw:
		return assess, true
	}
	return 0, false
}
