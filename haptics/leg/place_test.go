//go:build linux

package leg

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// machine is a made-up /sys, /proc, /dev and /run.
func machine(t *testing.T) place {
	t.Helper()
	root := t.TempDir()
	at := place{
		dev: filepath.Join(root, "dev"), sys: filepath.Join(root, "sys"), proc: filepath.Join(root, "proc"), run: filepath.Join(root, "run"),
	}
	for _, dir := range []string{at.dev, at.proc, filepath.Join(at.sys, "class/tty"), filepath.Join(at.run, "udev/data")} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return at
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
}

// usb plugs a USB serial device into the machine.
func (at place) usb(t *testing.T, name, vendor, product, title, driver string) (device string) {
	t.Helper()
	usb := filepath.Join(at.sys, "devices/usb1/1-1")
	device = filepath.Join(usb, "1-1:1.0", name)
	put(t, filepath.Join(usb, "idVendor"), vendor)
	put(t, filepath.Join(usb, "idProduct"), product)
	put(t, filepath.Join(usb, "product"), title)
	put(t, filepath.Join(device, "uevent"), "")
	put(t, filepath.Join(at.sys, "class/tty", name, "dev"), "166:0")
	put(t, filepath.Join(at.dev, name), "")
	for link, to := range map[string]string{
		filepath.Join(at.sys, "class/tty", name, "device"): device,
		filepath.Join(device, "driver"):                    "/bus/" + driver,
	} {
		if err := os.Symlink(to, link); err != nil {
			t.Fatal(err)
		}
	}
	return device
}

func (at place) process(t *testing.T, pid int, name string, open ...string) {
	t.Helper()
	put(t, filepath.Join(at.proc, strconv.Itoa(pid), "comm"), name)
	for n, file := range open {
		dir := filepath.Join(at.proc, strconv.Itoa(pid), "fd")
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(file, filepath.Join(dir, strconv.Itoa(n))); err != nil {
			t.Fatal(err)
		}
	}
}

func only(t *testing.T, at place) Port {
	t.Helper()
	all, err := at.ports()
	if err != nil || len(all) != 1 {
		t.Fatalf("ports %+v, %v", all, err)
	}
	return all[0]
}

func warned(p *Port, want Trouble) *Diagnosis {
	for _, d := range p.Warnings() {
		if d.Trouble == want {
			return d
		}
	}
	return nil
}

func TestPortsAreDescribedWithoutOpeningThem(t *testing.T) {
	at := machine(t)
	at.usb(t, "ttyACM0", "1209", "0551", "Osseo leg", "cdc_acm")
	put(t, filepath.Join(at.sys, "class/tty/ttyS7/type"), "0") // a place without a chip
	if err := os.Symlink(at.sys, filepath.Join(at.sys, "class/tty/ttyS7/device")); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(at.sys, "class/tty/tty1/dev"), "4:1") // a screen
	p := only(t, at)
	if !p.USB || !p.Likely || p.Vendor != "1209" || p.Product != "0551" || p.Title != "Osseo leg" || p.Driver != "cdc_acm" {
		t.Errorf("port %+v", p)
	}
}

func TestModemManagerIsNamedUnlessItWasToldToStayAway(t *testing.T) {
	at := machine(t)
	at.usb(t, "ttyACM0", "1209", "0551", "Osseo leg", "cdc_acm")
	p := only(t, at)
	if warned(&p, ModemManager) != nil {
		t.Error("named though it does not run")
	}
	at.process(t, 41, modemManager)
	p = only(t, at)
	d := warned(&p, ModemManager)
	if d == nil || d.File == nil || !strings.Contains(d.File.Content, "ID_MM_DEVICE_IGNORE") || !strings.Contains(d.File.Content, `"1209"`) {
		t.Fatalf("ModemManager: %+v", d)
	}
	put(t, filepath.Join(at.run, "udev/data/c166:0"), "E:ID_MM_DEVICE_IGNORE=1")
	p = only(t, at)
	if warned(&p, ModemManager) != nil {
		t.Error("named though it has been told to stay away")
	}
}

func TestModemManagerThatHoldsThePort(t *testing.T) {
	at := machine(t)
	at.usb(t, "ttyACM0", "1209", "0551", "Osseo leg", "cdc_acm")
	at.process(t, 41, modemManager, filepath.Join(at.dev, "ttyACM0"))
	at.process(t, 42, "other", "/dev/null")
	p := only(t, at)
	if d := busy(p.Name, p.HeldBy, nil); len(p.HeldBy) != 1 || d.Trouble != ModemManager || d.File == nil {
		t.Errorf("held by %v: %v", p.HeldBy, d)
	}
}

func TestLatencyTimerOfABridge(t *testing.T) {
	at := machine(t)
	device := at.usb(t, "ttyUSB0", "0403", "6001", "FT232R", "ftdi_sio")
	put(t, filepath.Join(device, "latency_timer"), "16")
	p := only(t, at)
	d := warned(&p, SlowLatency)
	if d == nil || d.Facts["latency_timer_ms"] != "16" || !strings.Contains(d.File.Content, `ATTR{latency_timer}="1"`) {
		t.Fatalf("latency timer: %+v", d)
	}
	put(t, filepath.Join(device, "latency_timer"), "1")
	p = only(t, at)
	if warned(&p, SlowLatency) != nil {
		t.Error("1 ms is slow")
	}
}

func TestPermissionIsExplainedWithRuleAndGroup(t *testing.T) {
	at := machine(t)
	at.usb(t, "ttyACM0", "1209", "0551", "Osseo leg", "cdc_acm")
	d := at.explain(filepath.Join(at.dev, "ttyACM0"), fmt.Errorf("open: %w", fs.ErrPermission))
	if d.Trouble != NoPermission || d.File == nil || d.File.Path != udevPath || !strings.Contains(d.File.Content, `TAG+="uaccess"`) ||
		!strings.Contains(d.Remedy[1], "usermod -aG") || !errors.Is(d, fs.ErrPermission) {
		t.Errorf("permission: %s", d.Text())
	}
}

func TestNothingOnUSBIsACableOrPower(t *testing.T) {
	all, err := machine(t).ports()
	if err != nil {
		t.Fatal(err)
	}
	if _, d := choose(all); d == nil || d.Trouble != ChargeOnly {
		t.Errorf("no port: %v", d)
	}
	one := []Port{{Name: "a", USB: true}, {Name: "b"}}
	if p, d := choose(one); d != nil || p != "a" {
		t.Errorf("one USB port: %q, %v", p, d)
	}
	if _, d := choose(append(one, Port{Name: "c", USB: true})); d == nil || d.Trouble != NotThere {
		t.Errorf("two ports: %v", d)
	}
	if p, d := choose(append(one, Port{Name: "c", USB: true, Likely: true})); d != nil || p != "c" {
		t.Errorf("a leg among others: %q, %v", p, d)
	}
}
