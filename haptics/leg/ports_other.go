//go:build !linux

package leg

import (
	"fmt"
	"strings"

	"go.bug.st/serial"
)

func (at place) ports() ([]Port, error) {
	names, err := serial.GetPortsList()
	if err != nil {
		return nil, fmt.Errorf("leg: list ports: %w", err)
	}
	var all []Port
	for _, n := range names {
		p := at.describe(n)
		if !strings.HasPrefix(n, "/dev/tty.") { // on macOS each port is there twice; the cu. one does not wait for a carrier
			all = append(all, p)
		}
	}
	return all, nil
}

func (at place) describe(path string) Port {
	return Port{Name: path, Title: "serial port", USB: strings.Contains(path, "usb")}
}

func (at place) holders(string) []Holder { return nil }
