package leg

import (
	"fmt"
	"strings"
)

// Trouble names what is wrong with a leg or the way to it.
type Trouble string

// The troubles.
const (
	NotThere     Trouble = "not-there"       // no such port
	ChargeOnly   Trouble = "charge-only"     // nothing on USB looks like a leg: cable without data wires, or no power
	NotSerial    Trouble = "not-serial"      // the path is not a serial port
	NoPermission Trouble = "no-permission"   // the port may not be opened by this user
	Busy         Trouble = "busy"            // another program has the port
	ModemManager Trouble = "modem-manager"   // ModemManager probes the port as if it were a modem
	NoAnswer     Trouble = "no-answer"       // not a single byte came
	Garbled      Trouble = "garbled"         // bytes came, but no whole frame
	WrongVersion Trouble = "wrong-version"   // the leg speaks another version of the protocol
	WrongDevice  Trouble = "wrong-device"    // what answers is no leg, or one that states impossible limits
	SlowLatency  Trouble = "latency-timer"   // an FTDI bridge keeps bytes back for up to 16 ms
	SlowLink     Trouble = "slow-link"       // fewer states a second than a servo needs
	Unplugged    Trouble = "unplugged"       // the port went away while it was in use
	LegFault     Trouble = "leg-fault"       // the leg itself refuses force and says why
	Unknown      Trouble = "unknown-trouble" // the operating system's words are all there is
)

// Troubles are all of them, in the order a person meets them.
var Troubles = []Trouble{
	NotThere, ChargeOnly, NotSerial, NoPermission, Busy, ModemManager, NoAnswer, Garbled, WrongVersion, WrongDevice,
	SlowLatency, SlowLink, Unplugged, LegFault, Unknown,
}

// Diagnosis is one trouble with its remedy: what to show to a person. It is an error.
type Diagnosis struct {
	Trouble Trouble           `json:"trouble"`
	Port    string            `json:"port"`
	What    string            `json:"what"`            // one sentence
	Remedy  []string          `json:"remedy"`          // steps, in order
	File    *File             `json:"file,omitempty"`  // a file that cures it, to be saved where its Path says
	Facts   map[string]string `json:"facts,omitempty"` // what was seen
	Warning bool              `json:"warning"`         // the leg can be used all the same

	cause error
}

// File is a file that is offered to be saved.
type File struct {
	Path    string `json:"path"` // where it belongs
	Content string `json:"content"`
	After   string `json:"after"` // command to run when it is saved
}

// Error says it in one line: what, and the first thing to do.
func (d *Diagnosis) Error() string {
	text := "leg: " + d.What
	if len(d.Remedy) > 0 {
		text += ": " + d.Remedy[0]
	}
	return text
}

// Unwrap is what the operating system said, or nil.
func (d *Diagnosis) Unwrap() error { return d.cause }

// Text is the whole diagnosis in lines.
func (d *Diagnosis) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", d.Trouble, d.What)
	for n, r := range d.Remedy {
		fmt.Fprintf(&b, "  %d. %s\n", n+1, r)
	}
	if d.File != nil {
		fmt.Fprintf(&b, "  file %s:\n    %s\n  then: %s\n", d.File.Path,
			strings.ReplaceAll(strings.TrimRight(d.File.Content, "\n"), "\n", "\n    "), d.File.After)
	}
	return b.String()
}

// udevPath is where the rule for a leg belongs, and udevReload what makes it count.
const (
	udevPath   = "/etc/udev/rules.d/60-osseo-leg.rules"
	udevReload = "sudo udevadm control --reload && sudo udevadm trigger; then plug the leg out and in"
)

// udevRule gives the person at the screen the port, keeps ModemManager away and lets an FTDI bridge send at once. vendor
// and product, four hexadecimal digits each, narrow it to one kind of device; empty means every USB serial port of the
// two kinds a leg can have.
func udevRule(vendor, product string) *File {
	match := `SUBSYSTEM=="tty", KERNEL=="ttyACM*|ttyUSB*"`
	if vendor != "" {
		match = fmt.Sprintf(`SUBSYSTEM=="tty", ATTRS{idVendor}==%q, ATTRS{idProduct}==%q`,
			strings.ToLower(vendor), strings.ToLower(product))
	}
	return &File{
		Path: udevPath, After: udevReload,
		Content: "# Osseo leg: access for the person at the screen, no modem probing, no latency timer.\n" +
			match + `, TAG+="uaccess", GROUP="dialout", MODE="0660", ENV{ID_MM_DEVICE_IGNORE}="1"` + "\n" +
			`ACTION=="add", SUBSYSTEM=="usb-serial", DRIVER=="ftdi_sio", ATTR{latency_timer}="1"` + "\n",
	}
}

func notThere(port string, cause error, have []Port) *Diagnosis {
	d := &Diagnosis{
		Trouble: NotThere, Port: port, cause: cause,
		What: fmt.Sprintf("there is no port %s", port),
		Remedy: []string{
			"`osseo device list` shows the ports there are",
			"plug the leg in, switch it on and wait for two seconds: the name may have changed",
		},
	}
	if len(have) > 0 {
		names := make([]string, len(have))
		for i := range have {
			names[i] = have[i].Name
		}
		d.Remedy[0] = "take one of " + strings.Join(names, ", ")
	}
	return d
}

func slowLink(port string, hz float64) *Diagnosis {
	return &Diagnosis{
		Trouble: SlowLink, Port: port, Warning: true,
		What:   fmt.Sprintf("the leg on %s sends %.0f states a second, 1000 wanted", port, hz),
		Remedy: []string{"close other programs, take no hub between leg and computer", "an emulated leg needs a core of its own"},
	}
}

// nothingThere is for a search that finds no port at all.
func nothingThere() *Diagnosis {
	return &Diagnosis{
		Trouble: ChargeOnly, What: "no USB serial port is there: the cable only charges, or the leg has no power",
		Remedy: []string{
			"switch the leg on and look whether its lamp is lit",
			"take another cable: many charge only and have no data wires",
			"plug it into the computer itself, not into a hub or a screen",
		},
	}
}

func notSerial(port string, cause error) *Diagnosis {
	return &Diagnosis{
		Trouble: NotSerial, Port: port, cause: cause, What: port + " is not a serial port",
		Remedy: []string{"`osseo device list` shows the ports; a leg is a ttyACM or ttyUSB on Linux, COM on Windows, cu.usbmodem on macOS"},
	}
}

func noPermission(p *Port, cause error) *Diagnosis {
	group := p.Group
	if group == "" {
		group = "dialout"
	}
	return &Diagnosis{
		Trouble: NoPermission, Port: p.Name, cause: cause, What: "you may not open " + p.Name,
		Remedy: []string{
			"save the rule below as " + udevPath + " (needs an administrator, once), then plug the leg out and in",
			fmt.Sprintf("or join the group of the port: sudo usermod -aG %s $USER, then log out and in", group),
		},
		File: udevRule(p.Vendor, p.Product), Facts: map[string]string{"group": group, "mode": p.Mode},
	}
}

func busy(port string, holders []Holder, cause error) *Diagnosis {
	d := &Diagnosis{
		Trouble: Busy, Port: port, cause: cause, What: "another program has " + port + " open",
		Remedy: []string{"close the other program; two on one port would both lose bytes"},
	}
	if len(holders) == 0 {
		d.Remedy = append(d.Remedy, "its name is hidden from you: sudo fuser -v "+port+" shows it")
		return d
	}
	h := holders[0]
	d.What = fmt.Sprintf("%s (process %d) has %s open", h.Name, h.PID, port)
	d.Facts = map[string]string{"program": h.Name, "pid": fmt.Sprint(h.PID)}
	if h.Name == modemManager {
		d.Trouble = ModemManager
		d.What = "ModemManager is probing " + port + " as if it were a modem"
		d.Remedy = []string{
			"wait ten seconds and connect again",
			"save the rule below: it tells ModemManager to leave the leg alone",
		}
		d.File = udevRule("", "")
	}
	return d
}

func modemManagerRuns(p *Port) *Diagnosis {
	return &Diagnosis{
		Trouble: ModemManager, Port: p.Name, Warning: true,
		What:   "ModemManager runs and is not told to leave " + p.Name + " alone: it may write into the link after plugging in",
		Remedy: []string{"save the rule below, then plug the leg out and in"},
		File:   udevRule(p.Vendor, p.Product),
	}
}

func slowLatency(p *Port) *Diagnosis {
	return &Diagnosis{
		Trouble: SlowLatency, Port: p.Name, Warning: true,
		What: fmt.Sprintf("the USB bridge keeps bytes back for up to %d ms (latency timer); a 1 kHz link needs 1 ms", p.LatencyMS),
		Remedy: []string{
			"save the rule below, then plug the leg out and in",
			fmt.Sprintf("or until the next plugging: echo 1 | sudo tee /sys/bus/usb-serial/devices/%s/latency_timer", base(p.Name)),
		},
		File: udevRule(p.Vendor, p.Product), Facts: map[string]string{"latency_timer_ms": fmt.Sprint(p.LatencyMS)},
	}
}

func noAnswer(port string, waited float64) *Diagnosis {
	return &Diagnosis{
		Trouble: NoAnswer, Port: port, What: fmt.Sprintf("nothing on %s answered for %.1f s", port, waited),
		Remedy: []string{
			"is this the leg's port? `osseo device list` says what each is",
			"switch the leg off and on; its lamp must blink slowly",
			"a board without firmware is silent: `osseo device firmware " + port + "` says what is needed",
		},
	}
}

func garbled(port string, bytes, frames int64) *Diagnosis {
	return &Diagnosis{
		Trouble: Garbled, Port: port,
		What: fmt.Sprintf("%d bytes came from %s and not one of %d frames was whole", bytes, port, frames),
		Remedy: []string{
			"set both ends to the same rate: the leg's is printed beside its connector (1,000,000 unless changed)",
			"take a shorter or shielded cable, away from the motor's wires",
			"is this the leg's port? another device may be talking",
		},
		Facts: map[string]string{"bytes": fmt.Sprint(bytes), "broken_frames": fmt.Sprint(frames)},
	}
}

func wrongVersion(port string, theirs, ours int) *Diagnosis {
	d := &Diagnosis{
		Trouble: WrongVersion, Port: port,
		What:   fmt.Sprintf("the leg on %s speaks protocol version %d, this program version %d", port, theirs, ours),
		Remedy: []string{"update the leg's firmware: `osseo device firmware " + port + "`"},
		Facts:  map[string]string{"leg": fmt.Sprint(theirs), "program": fmt.Sprint(ours)},
	}
	if theirs > ours {
		d.Remedy = []string{"update Osseo: the leg's firmware is newer than this program"}
	}
	return d
}

func wrongDevice(port, why string, cause error) *Diagnosis {
	return &Diagnosis{
		Trouble: WrongDevice, Port: port, cause: cause, What: "the leg on " + port + " cannot be used: " + why,
		Remedy: []string{
			"check that leg and calibration belong together",
			"write firmware and calibration anew: `osseo device firmware " + port + "`",
		},
	}
}

func unplugged(port string, cause error) *Diagnosis {
	return &Diagnosis{
		Trouble: Unplugged, Port: port, cause: cause, What: port + " went away while it was in use",
		Remedy: []string{
			"plug the leg in again: the program finds it by itself; force returns when you arm it again",
			"if it happens by itself: take another cable, and no hub",
		},
	}
}

func unknown(port string, cause error) *Diagnosis {
	return &Diagnosis{
		Trouble: Unknown, Port: port, cause: cause, What: fmt.Sprintf("%s cannot be opened: %v", port, cause),
		Remedy: []string{"plug the leg out and in; if it stays, send the saved diagnosis to those who look after the leg"},
	}
}

// base is the last part of a path.
func base(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }
