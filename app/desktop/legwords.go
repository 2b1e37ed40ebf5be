package desktop

import (
	"fmt"
	"strings"

	"osseo/haptics"
	"osseo/haptics/leg"
)

// NoEmulator is the trouble of a computer that cannot run the emulated leg.
const NoEmulator leg.Trouble = "no-emulator"

// troubleTitles are the troubles in a few words.
var troubleTitles = map[leg.Trouble]string{
	leg.NotThere:     "The leg is not there",
	leg.ChargeOnly:   "No leg found",
	leg.NotSerial:    "This is no port of a leg",
	leg.NoPermission: "You may not open this port",
	leg.Busy:         "Another program has the leg",
	leg.ModemManager: "ModemManager is in the way",
	leg.NoAnswer:     "Nothing answers",
	leg.Garbled:      "Only garbage comes",
	leg.WrongVersion: "The leg's firmware does not fit",
	leg.WrongDevice:  "This leg cannot be used",
	leg.SlowLatency:  "The USB bridge holds data back",
	leg.SlowLink:     "The link is slow",
	leg.Unplugged:    "The leg was unplugged",
	leg.LegFault:     "The leg reports a fault",
	leg.Unknown:      "The port does not open",
	NoEmulator:       "The emulated leg cannot run here",
}

// atHand are remedies for somebody at the window, where those of the diagnosis speak of commands or of names of ports.
var atHand = map[leg.Trouble][]string{
	leg.NotThere: {
		"plug the leg in and switch it on: it appears in the list by itself",
		"choose it in the list: its name may have changed",
	},
	leg.NotSerial: {"choose another entry of the list: a leg is a ttyACM or ttyUSB on Linux, COM on Windows, cu.usbmodem on macOS"},
	leg.NoAnswer: {
		"is this the leg? the list says what each port is",
		"switch the leg off and on: its lamp must blink slowly",
		"a board without firmware is silent: whoever looks after the leg writes it (docs/leg.md)",
	},
	leg.WrongVersion: {"ask those who look after the leg to write the firmware that belongs to this program (docs/leg.md)"},
	leg.WrongDevice: {
		"check that leg and calibration belong together",
		"save the diagnosis and give it to those who look after the leg",
	},
	leg.LegFault: {
		"take hands and tool off the leg, release the emergency stop, let the motor cool",
		"test again; if it stays, save the diagnosis and give it to those who look after the leg",
	},
}

// remedies are the steps against a trouble, as sentences.
func remedies(d *leg.Diagnosis) []string {
	steps := d.Remedy
	for _, r := range d.Remedy {
		if own, ok := atHand[d.Trouble]; ok && (strings.Contains(r, "`osseo") || d.Trouble == leg.NotThere) {
			steps = own
			break
		}
	}
	out := make([]string, len(steps))
	for i, r := range steps {
		out[i] = full(r)
	}
	return out
}

// full is text as a sentence: a capital letter, a full stop.
func full(text string) string {
	text = upper(strings.TrimSpace(text))
	if text == "" || strings.ContainsAny(text[len(text)-1:], ".!?…") {
		return text
	}
	return text + "."
}

// troubleTitle is a trouble in a few words.
func troubleTitle(t leg.Trouble) string {
	if title, ok := troubleTitles[t]; ok {
		return title
	}
	return "The leg cannot be used"
}

// portWords says of a port what a person needs to choose: what it is and whether it can be used.
func portWords(p *leg.Port) string {
	words := p.Name
	if p.USB && p.Driver != "" {
		words += " · " + p.Driver
	}
	switch {
	case p.Held && len(p.HeldBy) > 0:
		words += " · used by " + p.HeldBy[0].Name
	case p.Held:
		words += " · in use"
	case p.Mode != "" && !p.Writable:
		words += " · may not be opened"
	}
	return words
}

// testWords are the self-tests in words, with the unit of what they measured (docs/wire.md) and the size of one.
var testWords = map[string]struct {
	name, unit string
	one        float64
	digits     int
}{
	"codec":          {"Messages", "", 0, 0},
	"stage":          {"Stage position", "mm", 1e-4, 1},
	"load-cell":      {"Load cell", "N", 1e-3, 1},
	"temperature":    {"Temperature", "°C", 1, 0},
	"supply":         {"Supply", "V", 1e-3, 1},
	"render-rate":    {"Rendering", "Hz", 1, 0},
	"stack":          {"Memory left", "bytes", 1, 0},
	"emergency-stop": {"Emergency stop", "", 0, 0},
}

// testLine is one self-test: name, and what came of it. The allowed range is told when it failed.
func testLine(o *leg.TestOutcome) (name, value string) {
	w, ok := testWords[o.Test]
	if !ok {
		w.name, w.one = upper(o.Test), 1
	}
	number := func(n int32) string { return fmt.Sprintf("%.*f", w.digits, float64(n)*w.one) }
	switch {
	case o.Test == "emergency-stop" && !o.Passed:
		value = "pressed"
	case o.Test == "emergency-stop":
		value = "released"
	case w.one == 0 && o.Passed:
		value = "in order"
	case w.one == 0:
		value = "failed"
	case o.Passed:
		value = number(o.Value) + " " + w.unit
	default:
		value = fmt.Sprintf("%s, allowed %s to %s %s", number(o.Value), number(o.Least), number(o.Most), w.unit)
	}
	return w.name, strings.TrimSpace(value)
}

// canWords are the capabilities by the names a card has for them.
var canWords = map[string]string{
	"axial": "push", "twist": "twist", "tilt": "tilt", "tilt-stiffness": "hold against tilting", "plate": "place of the needle",
	"trigger": "trigger", "vibration": "vibration", "transient": "pop", "syringe": "syringe", "swelling": "swelling",
	"hand-behind": "hand behind the leg", "emergency-stop": "emergency stop",
}

func capable(names []string) string {
	words := make([]string, len(names))
	for i, n := range names {
		words[i] = n
		if w, ok := canWords[n]; ok {
			words[i] = w
		}
	}
	return strings.Join(words, ", ")
}

func limitWords(l *leg.CardLimits) string {
	return fmt.Sprintf("%.0f N at the peak, %.0f N lasting, %.1f N·m, %.0f to %.0f mm, at most %.1f m/s",
		l.Force, l.Continuous, l.Torque, l.TravelOutMM, l.TravelInMM, l.Speed)
}

// faultWords say for each reason what stopped force and what to do about it before arming again.
var faultWords = map[haptics.Reason][2]string{
	haptics.LostDevice:  {"The leg was unplugged.", "Plug it in again: it is found by itself."},
	haptics.Stale:       {"The leg stopped answering.", "Look at its lamp and its cable."},
	haptics.LateWrite:   {"The leg takes no more commands.", "Look at its cable; plug it out and in."},
	haptics.Stopped:     {"The emergency stop is pressed.", "Turn it to release it."},
	haptics.OverSpeed:   {"The tool moved faster than a hand does.", "Hold the tool still."},
	haptics.OverTravel:  {"The tool left the range of the stage.", "Bring the tool back into its range."},
	haptics.Oscillation: {"The tool began to swing.", "Hold the tool more firmly."},
	haptics.NonFinite:   {"The leg sent a number that is none.", "Test the leg in its room if this happens again."},
	haptics.Protocol:    {"The leg reports a fault of its own.", "Free the tool, let the motor cool."},
	haptics.Panicked:    {"The program stopped the bone by a mistake of its own.", "Leave the case and start it again."},
}

// faultLine is the fault of a name, in one line.
func faultLine(name string) string {
	for r, words := range faultWords {
		if r.String() == name {
			return "Force is off. " + words[0]
		}
	}
	return "Force is off: " + name + "."
}

// faultSaid is what stopped force and what to do first.
func faultSaid(r haptics.Reason) (what, first string) {
	if w, ok := faultWords[r]; ok {
		return w[0], w[1]
	}
	return "Force stopped: " + r.String() + ".", "Take the hand off the tool."
}
