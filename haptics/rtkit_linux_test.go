package haptics

import (
	"bufio"
	"os/exec"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"
	"github.com/godbus/dbus/v5/prop"
	"golang.org/x/sys/unix"
)

// kit is a RealtimeKit daemon that grants nothing and keeps what it was asked.
type kit struct{ asked chan plea }

// plea is what it was asked for.
type plea struct {
	thread   uint64
	priority uint32
}

func (k *kit) MakeThreadRealtime(thread uint64, priority uint32) *dbus.Error {
	k.asked <- plea{thread, priority}
	return nil
}

// privateBus starts a bus of this test's own and makes it the system bus of this process.
func privateBus(t *testing.T) *dbus.Conn {
	t.Helper()
	daemon, err := exec.LookPath("dbus-daemon")
	if err != nil {
		t.Skip("dbus-daemon is missing: apt-get install dbus-daemon")
	}
	cmd := exec.Command(daemon, "--session", "--nofork", "--print-address")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	address = strings.TrimSpace(address)
	t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
	bus, err := dbus.Connect(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bus.Close() })
	return bus
}

func TestRealtimeKitIsAskedForTheThread(t *testing.T) {
	bus := privateBus(t)
	var was unix.Rlimit
	if err := unix.Prlimit(0, unix.RLIMIT_RTTIME, nil, &was); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = unix.Prlimit(0, unix.RLIMIT_RTTIME, &was, nil) })
	if err := realtimeKit(77); err == nil {
		t.Error("without a daemon there is no error")
	}
	k := &kit{make(chan plea, 1)}
	if err := bus.Export(k, kitPath, kitName); err != nil {
		t.Fatal(err)
	}
	if _, err := prop.Export(bus, kitPath, prop.Map{kitName: {"MaxRealtimePriority": {Value: int32(15), Emit: prop.EmitFalse}}}); err != nil {
		t.Fatal(err)
	}
	if _, err := bus.RequestName(kitName, dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	if err := realtimeKit(77); err != nil {
		t.Fatal(err)
	}
	if p := <-k.asked; p != (plea{77, 15}) {
		t.Errorf("asked for %+v; the daemon allows 15", p)
	}
	var now unix.Rlimit
	if err := unix.Prlimit(0, unix.RLIMIT_RTTIME, nil, &now); err != nil || now.Cur > kitRTTime {
		t.Errorf("promised to pause after %d us, %v; RealtimeKit wants %d or less", now.Cur, err, kitRTTime)
	}
}
