package emulator

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"time"
)

// Machine is the QEMU machine the firmware is built for. Its serial port takes 16 bytes at a time, which is what carries
// 40-byte frames both ways 1000 times a second.
const Machine = "lm3s6965evb"

// startTimeout is how long the firmware may take to send its first byte.
const startTimeout = 10 * time.Second

// ErrMissing says that this machine cannot run an emulated leg.
var ErrMissing = errors.New("emulator: qemu-system-arm is not installed: run tools/setup.sh, or apt-get install qemu-system-arm")

// Emulator is one running QEMU.
type Emulator struct {
	line    *line
	process *os.Process
	ended   chan struct{}
	err     error // of QEMU, after ended
	noise   tail

	injecting sync.Mutex // one at a time
	injected  uint8
}

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
	if e.line, err = newLine(); err != nil {
		return nil, err
	}
	started := make(chan error, 1)
	cmd := exec.Command(qemu, "-M", Machine, "-display", "none", "-monitor", "none", "-kernel", elf)
	e.line.attach(cmd)
	go e.run(cmd, started)
	if err := <-started; err != nil {
		return nil, fmt.Errorf("emulator: start %s: %w", qemu, err)
	}
	stop := context.AfterFunc(ctx, func() { _ = e.Kill() })
	select {
	case <-e.line.began:
		return e, nil
	case <-e.ended:
		err = fmt.Errorf("emulator: QEMU ended before the firmware said anything: %v: %s", e.err, e.noise.String())
	case <-time.After(startTimeout):
		err = fmt.Errorf("emulator: the firmware said nothing within %s: %s", startTimeout, e.noise.String())
	case <-ctx.Done():
		err = context.Cause(ctx)
	}
	stop()
	_ = e.Kill()
	return nil, err
}

// run owns QEMU from start to end, on a thread of its own: QEMU is told to die with the thread that started it.
func (e *Emulator) run(cmd *exec.Cmd, started chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	defer close(e.ended)
	tieToParent(cmd)
	cmd.Stderr = &e.noise
	e.err = cmd.Start()
	if e.err == nil {
		e.process = cmd.Process
		e.line.start()
	} else {
		e.line.drop()
	}
	started <- e.err
	if e.err != nil {
		return
	}
	e.err = cmd.Wait()
	<-e.line.over
}

// Port is the path of the pseudo terminal.
func (e *Emulator) Port() string { return e.line.terminal() }

// Line is another way to the same leg, for haptics/leg to open: a socket, which no worker of the kernel delays. On systems
// without it, it is the port.
func (e *Emulator) Line() string { return e.line.address() }

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

// tail keeps the first words of a process.
type tail struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write keeps what there is room for.
func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if room := 4096 - t.b.Len(); room > 0 {
		t.b.Write(b[:min(len(b), room)])
	}
	return len(b), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.b.String()
}
