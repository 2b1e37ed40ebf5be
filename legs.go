//go:build !headless

package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"osseo/app/desktop"
	"osseo/app/trial"
	"osseo/haptics/leg"
)

// legs finds and opens legs for the window, and keeps its emulated one.
type legs struct {
	exe string
	mu  sync.Mutex
	one *emulated
}

var _ desktop.Legs = (*legs)(nil)

// Ports lists the serial ports.
func (l *legs) Ports() ([]leg.Port, error) { return leg.Ports() }

// Open opens a leg. It is never armed here.
func (l *legs) Open(device string, changed func(*leg.Diagnosis)) (desktop.Link, error) {
	port := device
	if device == trial.Emulated {
		var err error
		if port, err = l.emulator(); err != nil {
			return nil, noEmulator(err)
		}
	}
	one, err := leg.Open(port, leg.Options{PingHz: 50, Changed: changed})
	ordinary()
	if err != nil {
		return nil, err
	}
	return link{one}, nil
}

// Release ends the emulator when it was asked for.
func (l *legs) Release(device string) {
	if device != trial.Emulated {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.one != nil {
		l.one.end()
		l.one = nil
	}
}

// emulator is the port of the emulated leg, which is started when it does not run: by us, or by whoever set EmulatedPort.
func (l *legs) emulator() (string, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.one != nil && !l.one.runs() {
		l.one.end()
		l.one = nil
	}
	if running := os.Getenv(trial.EmulatedPort); running != "" {
		return running, nil
	}
	one, err := startEmulated(l.exe)
	if err != nil {
		return "", err
	}
	l.one = one
	return one.port, nil
}

// noEmulator names what this computer needs to run the emulated leg.
func noEmulator(err error) *leg.Diagnosis {
	d := &leg.Diagnosis{
		Trouble: desktop.NoEmulator, Port: trial.Emulated, What: err.Error(),
		Remedy: []string{
			"whoever looks after this computer builds its firmware once: make firmware (docs/leg.md)",
			"the virtual leg needs nothing: same bone, same grading",
		},
	}
	if strings.Contains(err.Error(), "qemu-system-arm") {
		d.What = "the emulator (QEMU for Arm) is not installed on this computer"
		d.Remedy[0] = "an administrator types, once: sudo apt-get install qemu-system-arm; then try again"
	}
	return d
}

// link is a leg as its room sees it.
type link struct{ *leg.Leg }

// SelfTest runs the leg's self-tests.
func (l link) SelfTest() ([]leg.TestOutcome, error) {
	all, err := l.Leg.SelfTest()
	out := make([]leg.TestOutcome, len(all))
	for i, o := range all {
		out[i] = leg.TestOutcome{Test: o.Test.String(), Passed: o.Passed, Value: o.Value, Least: o.Least, Most: o.Most}
	}
	return out, err
}

// emulated is the emulated leg in a process of its own, which nothing that the window does makes late: `osseo device
// emulate`. It ends with its input, so it ends with the window, however that goes. The servo finds its name in its own
// environment.
type emulated struct {
	process *exec.Cmd
	input   io.Closer
	port    string
	ended   chan struct{}
}

// startingUp is how long the firmware may take to be built and to say its first word.
const startingUp = 15 * time.Second

func startEmulated(exe string) (*emulated, error) {
	e := &emulated{process: exec.Command(exe, "device", "emulate"), ended: make(chan struct{})}
	in, err := e.process.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("osseo: no pipe to the emulated leg: %w", err)
	}
	e.input = in
	var noise bytes.Buffer
	e.process.Stderr = &noise
	out, err := e.process.StdoutPipe()
	if err == nil {
		err = e.process.Start()
	}
	if err != nil {
		return nil, fmt.Errorf("osseo: the emulated leg does not start: %w", err)
	}
	named := make(chan string, 1)
	go func() {
		defer close(e.ended)
		line, _ := bufio.NewReader(out).ReadString('\n')
		named <- strings.TrimSpace(line)
		_ = e.process.Wait()
	}()
	select {
	case e.port = <-named:
	case <-time.After(startingUp):
	}
	if e.port == "" {
		e.end()
		return nil, errors.New(lastWords(noise.String(), startingUp))
	}
	return e, os.Setenv(trial.EmulatedPort, e.port)
}

// lastWords are what the emulator said of its trouble, without the names of packages in front.
func lastWords(noise string, waited time.Duration) string {
	lines := strings.Split(strings.TrimSpace(noise), "\n")
	last := strings.TrimPrefix(lines[len(lines)-1], "osseo: ")
	if last = strings.TrimPrefix(strings.TrimPrefix(last, "device: "), "emulator: "); last == "" {
		return fmt.Sprintf("the emulated leg said nothing for %v", waited)
	}
	return last
}

// runs reports whether the leg is still there.
func (e *emulated) runs() bool {
	select {
	case <-e.ended:
		return false
	default:
		return true
	}
}

// end ends the emulator and forgets its name.
func (e *emulated) end() {
	_ = os.Unsetenv(trial.EmulatedPort)
	_ = e.input.Close()
	select {
	case <-e.ended:
	case <-time.After(2 * time.Second):
		_ = e.process.Process.Kill()
		<-e.ended
	}
}

// saveFile writes a file where a person finds it, the home directory, and returns its path.
func saveFile(name string, text []byte) (string, error) {
	dir, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("osseo: no home directory to save in: %w", err)
	}
	path := filepath.Join(dir, filepath.Base(name))
	if err := os.WriteFile(path, text, 0o644); err != nil {
		return "", fmt.Errorf("osseo: %w", err)
	}
	return path, nil
}
