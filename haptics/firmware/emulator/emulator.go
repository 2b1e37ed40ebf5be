package emulator

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"sync"
	"time"
)

// Machine is the QEMU machine the firmware is built for. Its serial port takes 16 bytes at a time, which is what carries
// 40-byte frames both ways 1000 times a second.
const Machine = "lm3s6965evb"

// startTimeout is how long QEMU may take to name its port.
const startTimeout = 10 * time.Second

// ErrMissing says that this machine cannot run an emulated leg.
var ErrMissing = errors.New("emulator: qemu-system-arm is not installed: run tools/setup.sh, or apt-get install qemu-system-arm")

// Emulator is one running QEMU.
type Emulator struct {
	port    string
	process *os.Process
	ended   chan struct{}
	err     error // of QEMU, after ended
	noise   tail
}

var portLine = regexp.MustCompile(`char device redirected to (\S+)`)

// Start runs the firmware of this source tree or program. The emulator ends with ctx, with Kill and with this process.
func Start(ctx context.Context) (*Emulator, error) {
	elf, err := Firmware(ctx)
	if err != nil {
		return nil, err
	}
	return StartFirmware(ctx, elf)
}

// StartFirmware is Start with the firmware of a file.
func StartFirmware(ctx context.Context, elf string) (*Emulator, error) {
	qemu, err := exec.LookPath("qemu-system-arm")
	if err != nil {
		return nil, ErrMissing
	}
	if _, err := os.Stat(elf); err != nil {
		return nil, fmt.Errorf("emulator: firmware: %w: build it with make firmware", err)
	}
	e := &Emulator{ended: make(chan struct{})}
	named := make(chan string, 1)
	started := make(chan error, 1)
	cmd := exec.Command(qemu, "-M", Machine, "-display", "none", "-monitor", "none", "-serial", "pty", "-kernel", elf)
	go e.run(cmd, named, started)
	if err := <-started; err != nil {
		return nil, fmt.Errorf("emulator: start %s: %w", qemu, err)
	}
	stop := context.AfterFunc(ctx, func() { _ = e.Kill() })
	select {
	case e.port = <-named:
		return e, nil
	case <-e.ended:
		err = fmt.Errorf("emulator: QEMU ended before it named its port: %v: %s", e.err, e.noise.String())
	case <-time.After(startTimeout):
		err = fmt.Errorf("emulator: QEMU named no port within %s: %s", startTimeout, e.noise.String())
	case <-ctx.Done():
		err = context.Cause(ctx)
	}
	stop()
	_ = e.Kill()
	return nil, err
}

// run owns QEMU from start to end, on a thread of its own: QEMU is told to die with the thread that started it.
func (e *Emulator) run(cmd *exec.Cmd, named chan<- string, started chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	defer close(e.ended)
	tieToParent(cmd)
	out, in := io.Pipe()
	cmd.Stdout, cmd.Stderr = in, in
	e.err = cmd.Start()
	if e.err == nil {
		e.process = cmd.Process
	}
	started <- e.err
	if e.err != nil {
		return
	}
	go e.listen(out, named)
	e.err = cmd.Wait()
	_ = in.Close()
}

// listen takes what QEMU says: once the name of its port.
func (e *Emulator) listen(r io.Reader, named chan<- string) {
	lines := bufio.NewScanner(r)
	told := false
	for lines.Scan() {
		e.noise.add(lines.Text())
		if m := portLine.FindStringSubmatch(lines.Text()); m != nil && !told {
			told = true
			named <- m[1]
		}
	}
	_, _ = io.Copy(io.Discard, r)
}

// Port is the path of the pseudo terminal.
func (e *Emulator) Port() string { return e.port }

// Ended is closed when QEMU has ended, for whatever reason.
func (e *Emulator) Ended() <-chan struct{} { return e.ended }

// Process is QEMU's process number; tests stop and continue it.
func (e *Emulator) Process() int { return e.process.Pid }

// Kill ends QEMU at once, as pulling the plug does, and waits for its end. It may be called more than once.
func (e *Emulator) Kill() error {
	err := e.process.Kill()
	<-e.ended
	if errors.Is(err, os.ErrProcessDone) {
		return nil
	}
	return err
}

// tail keeps the last words of a process.
type tail struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (t *tail) add(line string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.b.Len() < 4096 {
		t.b.WriteString(line + "; ")
	}
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.b.String()
}
