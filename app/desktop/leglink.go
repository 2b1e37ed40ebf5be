package desktop

import (
	"errors"

	"osseo/app/trial"
	"osseo/haptics/leg"
)

// connect opens the chosen leg and tests it.
func (r *legRoom) connect() {
	legs := r.shell.deps.Legs
	if legs == nil || r.state == connecting || r.state == selfTesting {
		return
	}
	r.drop()
	r.state, r.trouble, r.note = connecting, nil, ""
	r.card, r.tests = nil, nil
	serial, device, freed := r.serial, r.chosen, r.shell.freed
	r.showList()
	r.show()
	r.shell.later(func() func() {
		r.shell.waitFreed(freed)
		link, err := legs.Open(device, func(d *leg.Diagnosis) { r.shell.onWindow(func() { r.changed(serial, d) }) })
		return func() { r.opened(serial, link, err) }
	})
}

// opened takes the leg that answered, or why none did.
func (r *legRoom) opened(serial int, link Link, err error) {
	if r.stale(serial) {
		if link != nil {
			r.shell.later(func() func() { _ = link.Close(); return func() {} })
		}
		return
	}
	if err != nil {
		r.fail(err)
		return
	}
	r.link = link
	card := link.Card()
	r.card, r.lacks = &card, trial.Lacks(link.Info().Capabilities)
	r.selfTest()
}

// fail names a trouble; cases run on the virtual leg until it is over.
func (r *legRoom) fail(err error) {
	var d *leg.Diagnosis
	if !errors.As(err, &d) {
		d = &leg.Diagnosis{
			Trouble: leg.Unknown, Port: r.chosen, What: sentence(err),
			Remedy: []string{"try again; if it stays, save the diagnosis and give it to those who look after the leg"},
		}
	}
	r.state, r.trouble = failed, d
	r.shell.leg = choiceOfLeg{}
	r.showList()
	r.show()
}

// selfTest lets the leg test itself. It renders no force.
func (r *legRoom) selfTest() {
	if r.link == nil || r.state == selfTesting {
		return
	}
	r.state, r.trouble, r.tests, r.note = selfTesting, nil, nil, ""
	serial, link := r.serial, r.link
	r.showList()
	r.show()
	r.shell.later(func() func() {
		tests, err := link.SelfTest()
		return func() { r.tested(serial, tests, err) }
	})
}

// tested takes what came of the self-test. A leg that passed is the one cases run on.
func (r *legRoom) tested(serial int, tests []leg.TestOutcome, err error) {
	if r.stale(serial) || r.state != selfTesting {
		return
	}
	r.tests = tests
	if err != nil {
		r.fail(err)
		r.measure()
		return
	}
	r.state = ready
	r.shell.leg = choiceOfLeg{device: r.chosen, name: r.card.Name, held: r.card.Kind == "serial"}
	r.showList()
	r.measure()
	r.show()
}

// changed is told when the link goes and when it is back.
func (r *legRoom) changed(serial int, d *leg.Diagnosis) {
	switch {
	case r.stale(serial):
	case d != nil:
		r.state, r.trouble, r.figures = away, d, nil
		r.showList()
		r.show()
	default:
		r.selfTest()
	}
}

// measure brings the figures of the link up to date.
func (r *legRoom) measure() {
	if r.left || r.link == nil || r.state == away {
		return
	}
	f := r.link.Figures()
	r.figures = &f
	r.showFigures()
}
