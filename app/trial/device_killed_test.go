//go:build linux

package trial

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"osseo/app/recording"
	"osseo/haptics"
	"osseo/haptics/virtual"
	"osseo/haptics/wire"
)

// runPort and runFile tell a copy of this test that it is the program to be killed.
const (
	runPort = "OSSEO_TEST_RUN_PORT"
	runFile = "OSSEO_TEST_RUN_FILE"
)

// pressing pushes a needle through skin onto bone with 80 N, slowly enough for every limit.
type pressing struct{}

func (pressing) Act(_ *virtual.Feel, _ float64, g *virtual.Grip) {
	*g = virtual.Grip{Effort: 80, Mass: 1.2, Damping: 400}
}

// strong is when more than 50 N were rendered last, and how long in one go.
type strong struct{ ticks atomic.Int64 }

func (s *strong) Tick(now *Snapshot) {
	if now.Force > 50 && now.Fault == 0 {
		s.ticks.Add(1)
	} else {
		s.ticks.Store(0)
	}
}

// TestRunToBeKilled is that program: it runs a case on the leg until it renders more than 50 N for 0.7 s, and says so. A
// machine that stops it for 20 ms on the way makes a fault of the link, and it begins again.
func TestRunToBeKilled(t *testing.T) {
	port, file := os.Getenv(runPort), os.Getenv(runFile)
	if port == "" {
		t.Skip("runs as a child of the test below")
	}
	defer haptics.Quiet(quietHeap)()
	for try := range 20 {
		s := &strong{}
		record := fmt.Sprintf("%s-%d", file, try)
		l, _, err := StartLive(context.Background(), Setup{
			CaseRef: "adult-trauma-manual", Hand: LiveHand, Device: port, Record: record,
			TickHz: 500, // at another rate than its own the leg is not stepped: its clock goes on when its host is dead
		}, pressing{}, Parts{Tap: s})
		if err != nil {
			t.Fatal(err)
		}
		for l.loop.Fault().Reason == haptics.NoFault && s.ticks.Load() < 350 {
			time.Sleep(time.Millisecond)
		}
		if s.ticks.Load() >= 350 {
			fmt.Println("RUN pushes", record)
			time.Sleep(time.Minute)
		}
		_, _ = l.Finish("fault")
	}
}

func TestARunKilledAt80NewtonLeavesAReadableRecording(t *testing.T) {
	e := emulate(t)
	cmd := exec.Command(os.Args[0], "-test.run", "^TestRunToBeKilled$", "-test.v")
	cmd.Env = append(os.Environ(), runPort+"="+e.Port(), runFile+"="+t.TempDir()+"/run.osseo")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	file, said := "", []string{}
	for lines := bufio.NewScanner(out); file == "" && lines.Scan(); {
		_, file, _ = strings.Cut(lines.Text(), "RUN pushes ")
		said = append(said, lines.Text())
	}
	if file == "" {
		t.Fatalf("the run never pushed:\n%s", strings.Join(said, "\n"))
	}
	port, err := os.OpenFile(e.Port(), os.O_RDWR|syscall.O_NOCTTY|syscall.O_NONBLOCK, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer port.Close()
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()

	last, fault := lastState(t, port)
	if fault == nil || fault.Code != wire.LinkLost || last.Force != 0 || last.Mode != wire.Faulted {
		t.Errorf("the leg ends %s with %g N, fault %+v", last.Mode, last.Force, fault)
	}
	m, err := recording.Load(file)
	if err != nil {
		t.Fatal(err)
	}
	rows, end := m.Rows(), m.End()
	if end.Clean || end.Reason == "" || end.Footer != nil || len(rows) < 350 {
		t.Fatalf("%d rows, end %+v: want a recording that says it was cut off", len(rows), end)
	}
	if f := rows[len(rows)-1].Rendered; f < 50 {
		t.Errorf("the last force recorded is %.1f N, it was killed above 50", f)
	}
	if _, err := Examine(m); err != nil {
		t.Errorf("what was recorded cannot be examined: %v", err)
	}
	t.Logf("killed at %.1f N; %d rows are readable: %s", rows[len(rows)-1].Rendered, len(rows), end.Reason)
}

// lastState reads what a leg sends for 0.6 s.
func lastState(t *testing.T, port *os.File) (last wire.State, fault *wire.Fault) {
	t.Helper()
	var d wire.Decoder
	buffer := make([]byte, 4096)
	if err := port.SetReadDeadline(time.Now().Add(600 * time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	for {
		n, err := port.Read(buffer)
		if err != nil {
			return last, fault
		}
		for f, rest, ok := d.Next(buffer[:n]); ok; f, rest, ok = d.Next(rest) {
			if s, err := wire.DecodeState(f); err == nil {
				last = s
			}
			if x, err := wire.DecodeFault(f); err == nil {
				fault = &x
			}
		}
	}
}

// The cable is pulled while a run pushes on the emulated leg, and put in again: the leg is back without force, and goes on
// only when it is armed again.
func TestUnpluggedWhileRunningOnTheEmulatedLeg(t *testing.T) {
	e := emulate(t)
	link := t.TempDir() + "/leg"
	relink := func() {
		_ = os.Remove(link)
		if err := os.Symlink(e.Port(), link); err != nil {
			t.Fatal(err)
		}
	}
	relink()
	defer haptics.Quiet(quietHeap)()
	events := make(chan Event, 256)
	l, _, err := StartLive(context.Background(), Setup{CaseRef: "adult-trauma-manual", Hand: LiveHand, Device: link},
		pressing{}, Parts{Emit: func(x Event) {
			select {
			case events <- x:
			default:
			}
		}})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Finish("abandoned") //nolint:errcheck // what was tested is over
	time.Sleep(200 * time.Millisecond)
	if err := e.Unplug(); err != nil {
		t.Fatal(err)
	}
	_ = os.Remove(link)
	await(t, events, LegAway)
	for end := time.Now().Add(time.Second); l.loop.Fault().Reason == haptics.NoFault && time.Now().Before(end); {
		time.Sleep(time.Millisecond) // the tick sees it next
	}
	if l.loop.Fault().Reason == haptics.NoFault {
		t.Error("no fault without a cable")
	}
	if err := l.Rearm(); err == nil {
		t.Error("armed without a cable")
	}
	if err := e.Plug(); err != nil {
		t.Fatal(err)
	}
	relink()
	await(t, events, LegBack)
	device, ok := l.leg.Device.(started)
	if !ok {
		t.Fatalf("the leg is a %T", l.leg.Device)
	}
	// Its clock may have stood since the cable was pulled: then its watchdog acts now.
	quiet := func() bool {
		m := device.Figures().Mode
		return m == wire.Idle.String() || m == wire.Faulted.String()
	}
	for end := time.Now().Add(5 * time.Second); !quiet() && time.Now().Before(end); {
		time.Sleep(time.Millisecond)
	}
	if !quiet() {
		t.Errorf("the leg is %s though nobody armed it", device.Figures().Mode)
	}
	for range 20 { // a machine that stops the run for 20 ms makes a fault at once
		if err = l.Rearm(); err == nil {
			return
		}
	}
	t.Errorf("arming again: %v", err)
}

func await(t *testing.T, events <-chan Event, name string) {
	t.Helper()
	limit := time.After(20 * time.Second)
	for {
		select {
		case x := <-events:
			if x.Name == name {
				return
			}
		case <-limit:
			t.Fatalf("no %s within 20 s", name)
		}
	}
}
