//go:build linux

package leg_test

import (
	"bufio"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"osseo/haptics"
	"osseo/haptics/leg"
	"osseo/haptics/wire"
)

// hostPort tells a copy of this test that it is the host to be killed.
const hostPort = "OSSEO_TEST_HOST_PORT"

// TestHostToBeKilled is that copy: it leans on the leg with 80 N until it dies or faults, and says what happens.
func TestHostToBeKilled(t *testing.T) {
	path := os.Getenv(hostPort)
	if path == "" {
		t.Skip("runs as a child of the tests below")
	}
	l, err := leg.Open(path, leg.Options{Hand: heavy{}, Lockstep: true})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for range 20 { // a machine that stops this process for 20 ms makes a fault by itself
		if err = l.Arm(); err == nil {
			if _, err = lean(t, l, 600); err == nil {
				break
			}
		}
		_ = l.Halt()
	}
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println("HOST leaning")
	_, err = lean(t, l, 60_000)
	var f haptics.Fault
	if !errors.As(err, &f) {
		t.Fatalf("ended with %v", err)
	}
	fmt.Println("HOST fault", f.Reason)
	for range 20 {
		_ = l.Halt()
		if err = l.Arm(); err == nil {
			if _, err = lean(t, l, 50); err == nil {
				break
			}
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println("HOST armed again")
}

// startHostProcess starts the copy and returns when it leans.
func startHostProcess(t *testing.T, port string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run", "^TestHostToBeKilled$", "-test.v")
	cmd.Env = append(os.Environ(), hostPort+"="+port)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	lines := bufio.NewScanner(out)
	waitLine(t, lines, "HOST leaning")
	return cmd, lines
}

func waitLine(t *testing.T, lines *bufio.Scanner, want string) {
	t.Helper()
	var seen []string
	for lines.Scan() {
		if strings.Contains(lines.Text(), want) {
			return
		}
		seen = append(seen, lines.Text())
	}
	t.Fatalf("the host never said %q but:\n%s", want, strings.Join(seen, "\n"))
}

func TestHostKilledAt80NewtonEndsAtZeroForce(t *testing.T) {
	e := emulate(t)
	cmd, _ := startHostProcess(t, e.Port())
	port, err := os.OpenFile(e.Port(), os.O_RDWR|syscall.O_NOCTTY|syscall.O_NONBLOCK, 0) // not read while the host lives
	if err != nil {
		t.Fatal(err)
	}
	defer port.Close()
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	var (
		d      wire.Decoder
		states []wire.State
		times  []uint32
		fault  *wire.Fault
		buffer = make([]byte, 4096)
	)
	_ = port.SetReadDeadline(time.Now().Add(600 * time.Millisecond))
	for {
		n, err := port.Read(buffer)
		if err != nil {
			break
		}
		for f, rest, ok := d.Next(buffer[:n]); ok; f, rest, ok = d.Next(rest) {
			if s, err := wire.DecodeState(f); err == nil {
				states, times = append(states, s), append(times, f.Time)
			}
			if x, err := wire.DecodeFault(f); err == nil {
				fault = &x
			}
		}
	}
	if fault == nil || fault.Code != wire.LinkLost || len(states) < 200 {
		t.Fatalf("fault %+v, %d states", fault, len(states))
	}
	last := uint32(fault.At) - uint32(fault.Value) // of the last command, by the leg's clock
	most, zeroAt := 0.0, uint32(0)
	for i, s := range states {
		most = max(most, math.Abs(s.Force))
		if s.Force != 0 {
			zeroAt = times[i] - last
		}
		if late := int32(times[i] - last); late > 101_000 && (s.Force != 0 || s.Mode != wire.Faulted) {
			t.Fatalf("%d us after the last command the leg is %s and gives %g N", late, s.Mode, s.Force)
		}
	}
	t.Logf("host killed at %.1f N: fault %s after %d us, last force %d us after the last command", most, fault.Code, fault.Value, zeroAt)
	if most < 60 {
		t.Errorf("only %g N were rendered when the host was killed, 80 wanted", most)
	}
}

func TestHostStoppedForASecondFaultsAndCanArmAgain(t *testing.T) {
	e := emulate(t)
	cmd, lines := startHostProcess(t, e.Port())
	if err := cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Second)
	if err := cmd.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	waitLine(t, lines, "HOST fault stale")
	waitLine(t, lines, "HOST armed again")
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
}
