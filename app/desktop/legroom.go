package desktop

import (
	"time"

	"fyne.io/fyne/v2"

	"osseo/app/trial"
	"osseo/haptics/leg"
)

// legState is how far the leg room is with a leg.
type legState int

const (
	looking     legState = iota // nothing is open
	connecting                  // a port is being opened
	selfTesting                 // the leg runs its self-test
	ready                       // it can be used
	failed                      // it cannot, and the trouble says why
	away                        // it was open and is gone
)

// legRoom is the room where a leg is found, connected, tested and watched. While a leg is connected here the room holds its
// port; leaving the room gives it back for the servo.
type legRoom struct {
	shell   *shell
	back    func() // where Escape leads
	ports   []leg.Port
	broken  error // of listing
	listed  bool
	chosen  string // device name of the entry under the mark
	state   legState
	link    Link
	card    *leg.Card
	lacks   []string
	tests   []leg.TestOutcome
	figures *leg.Figures
	trouble *leg.Diagnosis
	note    string // what was saved, or why not
	serial  int    // counts connections: what belongs to an older one is dropped
	left    bool
	stop    chan struct{}
	ui      legUI
}

// How often the room looks.
const (
	lookEvery    = time.Second            // at the ports
	measureEvery = 500 * time.Millisecond // at the link
)

func newLegRoom(s *shell, back func()) *legRoom {
	r := &legRoom{shell: s, back: back, stop: make(chan struct{}), chosen: s.leg.setup()}
	r.build()
	r.look()
	if !s.leg.virtual() {
		r.connect()
	}
	if !s.inline {
		go r.watch()
	}
	return r
}

func (r *legRoom) view() fyne.CanvasObject { return r.ui.root }
func (r *legRoom) held(fyne.KeyName, bool) {}
func (r *legRoom) mayClose(func()) bool    { return true }

func (r *legRoom) stale(serial int) bool { return r.left || serial != r.serial }

func (s *shell) toLegRoom() { s.enter(newLegRoom(s, s.toLobby)) }
func (s *shell) toLobby()   { s.enter(newLobby(s)) }
func (s *shell) release(device string) {
	s.later(func() func() { s.deps.Legs.Release(device); return func() {} })
}

// leave implements room: the port is given back.
func (r *legRoom) leave() {
	if r.left {
		return
	}
	r.left = true
	close(r.stop)
	r.drop()
}

// drop closes the link off the window's goroutine; shell.freed is closed when the port is free.
func (r *legRoom) drop() {
	r.serial++
	link := r.link
	r.link, r.figures = nil, nil
	if link == nil {
		return
	}
	freed := make(chan struct{})
	r.shell.freed = freed
	r.shell.later(func() func() {
		_ = link.Close()
		close(freed)
		return func() {}
	})
}

// watch looks at ports and link until the room is left.
func (r *legRoom) watch() {
	look, measure := time.NewTicker(lookEvery), time.NewTicker(measureEvery)
	defer look.Stop()
	defer measure.Stop()
	for {
		select {
		case <-r.stop:
			return
		case <-look.C:
			ports, err := r.shell.deps.Legs.Ports()
			fyne.Do(func() { r.listing(ports, err) })
		case <-measure.C:
			fyne.Do(r.measure)
		}
	}
}

// look lists the ports.
func (r *legRoom) look() {
	if r.shell.deps.Legs == nil {
		r.listing(nil, nil)
		return
	}
	r.shell.later(func() func() {
		ports, err := r.shell.deps.Legs.Ports()
		return func() { r.listing(ports, err) }
	})
}

// listing takes a list of ports.
func (r *legRoom) listing(ports []leg.Port, err error) {
	if r.left {
		return
	}
	first := !r.listed
	r.listed, r.broken = true, err
	changed := first || !samePorts(ports, r.ports)
	r.ports = ports
	if r.state == looking && first && r.chosen == trial.Virtual {
		r.suggest()
	}
	if changed {
		r.showList()
		r.show()
	}
}

func samePorts(a, b []leg.Port) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Name != b[i].Name || a[i].Title != b[i].Title || portWords(&a[i]) != portWords(&b[i]) ||
			len(a[i].Warnings()) != len(b[i].Warnings()) {
			return false
		}
	}
	return true
}

// suggest puts the mark on the port that is likely the leg, else on the only one on USB.
func (r *legRoom) suggest() {
	var usb []string
	for i := range r.ports {
		if r.ports[i].Likely {
			r.chosen = r.ports[i].Name
			return
		}
		if r.ports[i].USB {
			usb = append(usb, r.ports[i].Name)
		}
	}
	if len(usb) == 1 {
		r.chosen = usb[0]
	}
}

// choose puts the mark on an entry; a leg that is connected is given up for it.
func (r *legRoom) choose(device string) {
	if device == r.chosen && r.state != failed {
		return
	}
	r.giveUp()
	r.chosen, r.state, r.trouble, r.note = device, looking, nil, ""
	r.showList()
	r.show()
}

// giveUp closes what is open and makes the virtual leg the one cases run on.
func (r *legRoom) giveUp() {
	r.drop()
	r.card, r.tests, r.lacks = nil, nil, nil
	if was := r.shell.leg; !was.virtual() {
		r.shell.leg = choiceOfLeg{}
		r.shell.release(was.device)
	} else if r.chosen == trial.Emulated && r.shell.deps.Legs != nil {
		r.shell.release(r.chosen)
	}
}
