package leg

import (
	"cmp"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

func (at place) ports() ([]Port, error) {
	entries, err := os.ReadDir(filepath.Join(at.sys, "class/tty"))
	if err != nil {
		return nil, fmt.Errorf("leg: list ports: %w", err)
	}
	var all []Port
	mm := at.runs(modemManager)
	for _, e := range entries {
		if p, ok := at.port(e.Name()); ok {
			p.ModemManaging = mm
			all = append(all, p)
		}
	}
	slices.SortStableFunc(all, func(a, b Port) int {
		return cmp.Or(-compareBool(a.Likely, b.Likely), -compareBool(a.USB, b.USB), strings.Compare(a.Name, b.Name))
	})
	return all, nil
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// port describes one entry of /sys/class/tty; ok is false for those that are no hardware.
func (at place) port(name string) (p Port, ok bool) {
	class := filepath.Join(at.sys, "class/tty", name)
	device, err := filepath.EvalSymlinks(filepath.Join(class, "device"))
	if err != nil {
		return p, false
	}
	if strings.HasPrefix(name, "ttyS") && line(filepath.Join(class, "type")) == "0" {
		return p, false // a place for a chip that is not there
	}
	p = Port{Name: filepath.Join(at.dev, name), Title: "built-in serial port", Driver: target(filepath.Join(device, "driver"))}
	for dir := device; strings.HasPrefix(dir, at.sys+"/"); dir = filepath.Dir(dir) {
		if v := line(filepath.Join(dir, "idVendor")); v != "" {
			p.USB, p.Vendor, p.Product = true, v, line(filepath.Join(dir, "idProduct"))
			p.Serial = line(filepath.Join(dir, "serial"))
			p.Title = strings.TrimSpace(line(filepath.Join(dir, "manufacturer")) + " " + line(filepath.Join(dir, "product")))
			break
		}
	}
	if p.USB && p.Title == "" {
		p.Title = "USB device " + p.Vendor + ":" + p.Product
	}
	p.Likely = strings.Contains(strings.ToLower(p.Title), "osseo")
	p.LatencyMS, _ = strconv.Atoi(line(filepath.Join(device, "latency_timer")))
	p.ModemIgnored = at.ignored(line(filepath.Join(class, "dev")))
	at.rights(&p)
	return p, true
}

// rights fills in who may open p and who has it open.
func (at place) rights(p *Port) {
	info, err := os.Stat(p.Name)
	if err != nil {
		return
	}
	p.Mode = fmt.Sprintf("%04o", info.Mode().Perm())
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		p.Group = strconv.Itoa(int(s.Gid))
		if g, err := user.LookupGroupId(p.Group); err == nil {
			p.Group = g.Name
		}
	}
	p.Writable = unix.Access(p.Name, unix.R_OK|unix.W_OK) == nil
	p.HeldBy = at.holders(p.Name)
	p.Held = len(p.HeldBy) > 0
}

// describe is port for any path, one that is no entry of /sys/class/tty too.
func (at place) describe(path string) Port {
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return Port{Name: path}
	}
	if p, ok := at.port(filepath.Base(real)); ok && p.Name == real {
		p.ModemManaging = at.runs(modemManager)
		p.Name = path
		return p
	}
	p := Port{Name: path, Title: "serial port without hardware"}
	at.rights(&p)
	return p
}

// ignored reports whether udev told ModemManager to leave the device major:minor alone.
func (at place) ignored(number string) bool {
	if number == "" {
		return false
	}
	text, err := os.ReadFile(filepath.Join(at.run, "udev/data/c"+number))
	return err == nil && strings.Contains(string(text), "E:ID_MM_DEVICE_IGNORE=1")
}

// holders are the other processes that have path open, as far as this user may see.
func (at place) holders(path string) []Holder {
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return nil
	}
	var all []Holder
	at.processes(func(pid int) {
		if pid == os.Getpid() {
			return
		}
		dir := filepath.Join(at.proc, strconv.Itoa(pid))
		fds, err := os.ReadDir(filepath.Join(dir, "fd"))
		if err != nil {
			return // another user's
		}
		for _, fd := range fds {
			if to, err := os.Readlink(filepath.Join(dir, "fd", fd.Name())); err == nil && to == real {
				all = append(all, Holder{PID: pid, Name: line(filepath.Join(dir, "comm"))})
				return
			}
		}
	})
	return all
}

// runs reports whether a process of this name is there.
func (at place) runs(name string) bool {
	found := false
	at.processes(func(pid int) {
		found = found || line(filepath.Join(at.proc, strconv.Itoa(pid), "comm")) == name
	})
	return found
}

func (at place) processes(each func(pid int)) {
	entries, err := os.ReadDir(at.proc)
	if err != nil {
		return
	}
	for _, e := range entries {
		if pid, err := strconv.Atoi(e.Name()); err == nil {
			each(pid)
		}
	}
}

// line is the first line of a small file, or nothing.
func line(path string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	first, _, _ := strings.Cut(string(text), "\n")
	return strings.TrimSpace(first)
}

// target is the last part of what a link points to, or nothing.
func target(link string) string {
	to, err := os.Readlink(link)
	if err != nil {
		return ""
	}
	return filepath.Base(to)
}
