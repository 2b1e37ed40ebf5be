package leg

// Port is a serial port as the operating system shows it. Listing does not open it.
type Port struct {
	Name     string `json:"name"`  // what Open takes
	Title    string `json:"title"` // what it is, in words
	USB      bool   `json:"usb"`
	Vendor   string `json:"vendor"`  // four hexadecimal digits
	Product  string `json:"product"` // four hexadecimal digits
	Serial   string `json:"serial"`
	Driver   string `json:"driver"` // cdc_acm, ftdi_sio, cp210x ...; empty when unknown
	Likely   bool   `json:"likely"` // calls itself an Osseo leg
	Group    string `json:"group"`  // group that may open it, where there is such a thing
	Mode     string `json:"mode"`
	Writable bool   `json:"writable"` // by this user

	LatencyMS     int      `json:"latency_ms"`    // of an FTDI bridge; 0 = none
	ModemIgnored  bool     `json:"modem_ignored"` // ModemManager has been told to leave it alone
	ModemManaging bool     `json:"modem_manager"` // ModemManager runs
	Held          bool     `json:"held"`          // another process has it open, as far as can be seen
	HeldBy        []Holder `json:"held_by,omitempty"`
}

// Holder is a process that has a port open.
type Holder struct {
	PID  int    `json:"pid"`
	Name string `json:"name"`
}

// modemManager is its process name.
const modemManager = "ModemManager"

// place is where the operating system keeps what is to be known of ports; tests make their own.
type place struct {
	dev, sys, proc, run string
}

var here = place{dev: "/dev", sys: "/sys", proc: "/proc", run: "/run"}

// Ports lists the serial ports, likely legs first. Nothing is opened, so no board is kicked.
func Ports() ([]Port, error) { return here.ports() }

// Warnings are the troubles of a port that can be seen without opening it.
func (p *Port) Warnings() []*Diagnosis {
	var all []*Diagnosis
	if p.Held {
		all = append(all, busy(p.Name, p.HeldBy, nil))
	}
	if p.Mode != "" && !p.Writable {
		all = append(all, noPermission(p, nil))
	}
	if p.ModemManaging && p.USB && !p.ModemIgnored {
		all = append(all, modemManagerRuns(p))
	}
	if p.LatencyMS > slowestLatencyMS {
		all = append(all, slowLatency(p))
	}
	return all
}

// slowestLatencyMS is the latency timer a 1 kHz link bears, ms.
const slowestLatencyMS = 2
