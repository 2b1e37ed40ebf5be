package desktop

import (
	"time"

	"osseo/app/trial"
	"osseo/haptics"
	"osseo/haptics/leg"
)

// Legs finds and opens legs. Its methods may wait; the window calls them off Fyne's goroutine.
type Legs interface {
	// Ports lists the serial ports, likely legs first, and opens none.
	Ports() ([]leg.Port, error)
	// Open opens the leg of a device name as trial.Setup has it; trial.Emulated is started when it does not run. It may
	// take 15 s. changed is told on any goroutine when the link goes (why) and comes back (nil). An error that is a
	// *leg.Diagnosis has a remedy.
	Open(device string, changed func(*leg.Diagnosis)) (Link, error)
	// Release ends what was started for a device.
	Release(device string)
}

// Link is an open leg, without force. All methods but Figures may wait.
type Link interface {
	Card() leg.Card
	Info() haptics.Info
	Figures() leg.Figures
	SelfTest() ([]leg.TestOutcome, error)
	Close() error
}

// choiceOfLeg is the leg that cases run on.
type choiceOfLeg struct {
	device string // as trial.Setup has it; empty = the virtual leg
	name   string
	held   bool // a person moves its tool, not the window
}

func (c choiceOfLeg) virtual() bool { return c.device == "" || c.device == trial.Virtual }

// setup is the name of the device for trial.Setup.
func (c choiceOfLeg) setup() string {
	if c.virtual() {
		return trial.Virtual
	}
	return c.device
}

// title is the leg in a few words.
func (c choiceOfLeg) title() string {
	switch {
	case c.virtual():
		return "Virtual leg"
	case c.device == trial.Emulated:
		return "Emulated leg"
	case c.name == "":
		return "Leg"
	}
	return shortened(c.name, 22)
}

func shortened(text string, runes int) string {
	if r := []rune(text); len(r) > runes {
		return string(r[:runes-1]) + "…"
	}
	return text
}

// freeing is how long a case that begins waits for the leg room to give the port back.
const freeing = 3 * time.Second

// waitFreed waits until the leg room has given the port back; call it off the window's goroutine.
func (s *shell) waitFreed(freed <-chan struct{}) {
	if freed == nil {
		return
	}
	select {
	case <-freed:
	case <-time.After(freeing):
	}
}
