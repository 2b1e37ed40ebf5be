package desktop

import (
	"errors"
	"testing"

	"fyne.io/fyne/v2"

	"osseo/haptics"
	"osseo/haptics/leg"
)

// legs is a computer with the ports a test gives it.
type legs struct {
	ports    []leg.Port
	broken   error
	opens    map[string]any // *oneLeg or error by device; nothing = not there
	opened   []string
	released []string
	changed  func(*leg.Diagnosis)
}

func (l *legs) Ports() ([]leg.Port, error) { return l.ports, l.broken }

func (l *legs) Open(device string, changed func(*leg.Diagnosis)) (Link, error) {
	l.opened, l.changed = append(l.opened, device), changed
	switch x := l.opens[device].(type) {
	case *oneLeg:
		return x, nil
	case error:
		return nil, x
	}
	return nil, &leg.Diagnosis{Trouble: leg.NotThere, Port: device, What: "there is no port " + device, Remedy: []string{"plug it in"}}
}

func (l *legs) Release(device string) { l.released = append(l.released, device) }

// oneLeg is a leg that answers.
type oneLeg struct {
	card    leg.Card
	can     haptics.Capability
	figures leg.Figures
	tests   []leg.TestOutcome
	broken  error // of the self-test
	closed  int
}

func (o *oneLeg) Card() leg.Card                       { return o.card }
func (o *oneLeg) Info() haptics.Info                   { return haptics.Info{Kind: o.card.Kind, Capabilities: o.can} }
func (o *oneLeg) Figures() leg.Figures                 { return o.figures }
func (o *oneLeg) SelfTest() ([]leg.TestOutcome, error) { return o.tests, o.broken }
func (o *oneLeg) Close() error                         { o.closed++; return nil }

func goodLeg(name string) *oneLeg {
	return &oneLeg{
		card: leg.Card{
			Name: name, Kind: "serial", Board: "stm32f405", Firmware: "1.0.0", Build: "b139474b32fe7944", Protocol: 1,
			Calibration: "e1e60001", Serial: "656d750000000001",
			Capabilities: []string{"axial", "twist", "tilt", "tilt-stiffness", "plate", "trigger", "vibration", "transient"},
			Limits:       leg.CardLimits{Force: 140, Continuous: 60, Torque: 1.5, TravelInMM: 60, TravelOutMM: -40, Speed: 2},
		},
		can: ^haptics.Capability(0) &^ (haptics.CanSyringe | haptics.CanSwelling | haptics.CanHandBehind | haptics.CanEmergencyStop),
		figures: leg.Figures{
			RateHz: 1000.2, States: 5000, GapP99US: 1210, GapMaxUS: 4100, RTTP50US: 458, RTTP99US: 752,
			Clock: leg.Clock{JitterUS: 56}, Mode: "idle", Fault: "none", TemperatureC: 31, SupplyV: 24,
		},
		tests: []leg.TestOutcome{
			{Test: "codec", Passed: true, Value: 1, Least: 1, Most: 1},
			{Test: "stage", Passed: true, Value: -200000, Least: -400000, Most: 600000},
			{Test: "load-cell", Passed: true, Least: -2000, Most: 2000},
			{Test: "temperature", Passed: true, Value: 31, Least: -10, Most: 79},
			{Test: "supply", Passed: true, Value: 24000, Least: 20000, Most: 28000},
			{Test: "render-rate", Passed: true, Value: 10000, Least: 5000, Most: 20000},
			{Test: "stack", Passed: true, Value: 7512, Least: 256, Most: 65535},
			{Test: "emergency-stop", Passed: true, Value: 1, Least: 1, Most: 1},
		},
	}
}

const onUSB = "/dev/ttyACM0"

func usbPort() leg.Port {
	return leg.Port{Name: onUSB, Title: "Osseo leg", USB: true, Driver: "cdc_acm", Likely: true, Mode: "0660", Writable: true}
}

// legHouse is a house with one leg on USB, in the leg room.
func legHouse(t testing.TB, change func(*legs)) (*house, *legs, *legRoom) {
	t.Helper()
	l := &legs{ports: []leg.Port{usbPort()}, opens: map[string]any{onUSB: goodLeg("Skills lab 2")}}
	if change != nil {
		change(l)
	}
	h := newHouse(t, func(_ *house, d *Deps) { d.Legs = l })
	h.win.Resize(fyne.NewSize(1440, 900))
	h.keys(fyne.KeyF2)
	r, ok := h.room.(*legRoom)
	if !ok {
		t.Fatalf("F2 leads to %T", h.room)
	}
	return h, l, r
}

// udevRule is a file as a diagnosis offers it.
func udevRule() *leg.File {
	return &leg.File{
		Path: "/etc/udev/rules.d/60-osseo-leg.rules", After: "sudo udevadm control --reload && sudo udevadm trigger; then plug the leg out and in",
		Content: "# Osseo leg: access for the person at the screen, no modem probing, no latency timer.\n" +
			`SUBSYSTEM=="tty", ATTRS{idVendor}=="1209", ATTRS{idProduct}=="0551", TAG+="uaccess", GROUP="dialout", MODE="0660", ENV{ID_MM_DEVICE_IGNORE}="1"` + "\n",
	}
}

// everyTrouble is a diagnosis of each kind, as haptics/leg words them.
func everyTrouble() []*leg.Diagnosis {
	const p = onUSB
	return []*leg.Diagnosis{
		{Trouble: leg.NotThere, What: "there is no port " + p, Remedy: []string{"`osseo device list` shows the ports there are"}},
		{Trouble: leg.ChargeOnly, What: "no USB serial port is there: the cable only charges, or the leg has no power", Remedy: []string{"take another cable: many charge only and have no data wires"}},
		{Trouble: leg.NotSerial, What: p + " is not a serial port", Remedy: []string{"`osseo device list` shows the ports; a leg is a ttyACM or ttyUSB on Linux"}},
		{Trouble: leg.NoPermission, What: "you may not open " + p, Remedy: []string{"save the rule below as /etc/udev/rules.d/60-osseo-leg.rules (needs an administrator, once), then plug the leg out and in", "or join the group of the port: sudo usermod -aG dialout $USER, then log out and in"}, File: udevRule()},
		{Trouble: leg.Busy, What: "picocom (process 4711) has " + p + " open", Remedy: []string{"close the other program; two on one port would both lose bytes"}},
		{Trouble: leg.ModemManager, What: "ModemManager is probing " + p + " as if it were a modem", Remedy: []string{"wait ten seconds and connect again", "save the rule below: it tells ModemManager to leave the leg alone"}, File: udevRule()},
		{Trouble: leg.NoAnswer, What: "nothing on " + p + " answered for 3.0 s", Remedy: []string{"is this the leg's port? `osseo device list` says what each is"}},
		{Trouble: leg.Garbled, What: "4711 bytes came from " + p + " and not one of 99 frames was whole", Remedy: []string{"set both ends to the same rate"}},
		{Trouble: leg.WrongVersion, What: "the leg on " + p + " speaks protocol version 3, this program version 1", Remedy: []string{"update Osseo: the leg's firmware is newer than this program"}},
		{Trouble: leg.WrongDevice, What: "the leg on " + p + " cannot be used: it has no axial stage", Remedy: []string{"write firmware and calibration anew: `osseo device firmware " + p + "`"}},
		{Trouble: leg.SlowLatency, What: "the USB bridge keeps bytes back for up to 16 ms (latency timer); a 1 kHz link needs 1 ms", Remedy: []string{"save the rule below, then plug the leg out and in"}, File: udevRule(), Warning: true},
		{Trouble: leg.SlowLink, What: "the leg on " + p + " sends 480 states a second, 1000 wanted", Remedy: []string{"close other programs"}, Warning: true},
		{Trouble: leg.Unplugged, What: p + " went away while it was in use", Remedy: []string{"plug the leg in again"}},
		{Trouble: leg.LegFault, What: "the leg answered arm with refused: fault-present", Remedy: []string{"`osseo device check " + p + "` says more"}},
		{Trouble: leg.Unknown, What: p + " cannot be opened: input/output error", Remedy: []string{"plug the leg out and in"}},
		{Trouble: NoEmulator, What: "the emulator (QEMU for Arm) is not installed on this computer", Remedy: []string{"an administrator types, once: sudo apt-get install qemu-system-arm; then try again"}},
	}
}

var errDiskFull = errors.New("osseo: no space left on device")
