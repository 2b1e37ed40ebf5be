//go:build linux

package leg_test

import (
	"errors"
	"os"
	"os/exec"
	"testing"
	"time"

	"osseo/haptics"
	"osseo/haptics/firmware/emulator"
	"osseo/haptics/haptictest"
	"osseo/haptics/leg"
	"osseo/haptics/virtual"
	"osseo/haptics/wire"
)

// emulate starts the firmware under QEMU. It skips, loudly, only where QEMU is absent.
func emulate(t testing.TB) *emulator.Emulator {
	t.Helper()
	if _, err := exec.LookPath("qemu-system-arm"); err != nil {
		t.Skip("SKIPPED, the firmware was not tested: qemu-system-arm is not installed; tools/setup.sh installs it")
	}
	e, err := emulator.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Kill() })
	e.Favour()
	return e
}

// openEmulated opens a leg whose clock goes with the exchanges, so that a busy machine is no fault of the link.
func openEmulated(t testing.TB, e *emulator.Emulator, o leg.Options) *leg.Leg {
	t.Helper()
	o.Stepped, o.Patient = true, true
	l, err := leg.Open(e.Port(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

func TestDeviceTestsOnTheFirmware(t *testing.T) {
	e := emulate(t)
	haptictest.RunDeviceTests(t, func(t testing.TB) haptics.Device {
		l, err := leg.Open(e.Port(), leg.Options{Hand: pusher(10), Stepped: lockstep(t), Patient: lockstep(t)})
		if err != nil {
			t.Fatal(err)
		}
		return l
	})
}

// live opens a leg at the speed of its own clock and leans on it for some ticks. A machine that keeps this process from
// running for 20 ms is a fault of the link, as it should be, and no reason for a test to fail: it gets some tries.
func live(t *testing.T, e *emulator.Emulator, ticks int) *leg.Leg {
	t.Helper()
	l, err := leg.Open(e.Port(), leg.Options{Hand: heavy{}, Lockstep: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	for range 20 {
		if err = l.Arm(); err == nil {
			if _, err = lean(t, l, ticks); err == nil {
				return l
			}
		}
		_ = l.Halt()
	}
	t.Fatal(err)
	return nil
}

// lean exchanges commands of a spring that a hand leans on.
func lean(t *testing.T, l *leg.Leg, ticks int) (s haptics.Sample, err error) {
	t.Helper()
	for range ticks {
		c := haptics.Command{Stiffness: 10e3, Damping: 15, Anchor: -19e-3}
		if err = l.Exchange(&c, &s); err != nil {
			return s, err
		}
	}
	return s, nil
}

// heavy leans with 80 N.
type heavy struct{}

func (heavy) Act(_ *virtual.Feel, _ float64, g *virtual.Grip) {
	*g = virtual.Grip{Effort: 80, Mass: 1.2, Stiffness: 200, Damping: 40, Rest: -20e-3}
}

func TestFirmwareFaultsReachTheLoopByName(t *testing.T) {
	e := emulate(t)
	l := openEmulated(t, e, leg.Options{Hand: heavy{}})
	for _, x := range []struct {
		inject wire.Inject
		reason haptics.Reason
	}{
		{wire.Inject{Kind: wire.InjectJump, Value: 100_000}, haptics.OverSpeed}, // 10 mm
		{wire.Inject{Kind: wire.InjectHot, Value: 95}, haptics.LostDevice},
	} {
		t.Run(x.inject.Kind.String(), func(t *testing.T) {
			if err := l.Arm(); err != nil {
				t.Fatal(err)
			}
			if _, err := lean(t, l, 300); err != nil {
				t.Fatal(err)
			}
			done := make(chan error, 1)
			go func() { // beside the exchange, as a person at the emulator would
				r, err := l.Inject(x.inject)
				if err == nil && r != wire.Done {
					err = errors.New(r.String())
				}
				done <- err
			}()
			_, err := lean(t, l, 2000)
			if err := <-done; err != nil {
				t.Fatal(err)
			}
			var f haptics.Fault
			if !errors.As(err, &f) || f.Reason != x.reason {
				t.Errorf("after %s: %v, want %s", x.inject.Kind, err, x.reason)
			}
			_ = l.Halt()
			if _, err := l.Inject(wire.Inject{}); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestKilledEmulatorIsUnpluggedAndComesBackWithoutForce(t *testing.T) {
	e := emulate(t)
	link := t.TempDir() + "/leg"
	if err := os.Symlink(e.Port(), link); err != nil {
		t.Fatal(err)
	}
	told := make(chan *leg.Diagnosis, 32)
	l, err := leg.Open(link, leg.Options{Hand: heavy{}, Stepped: true, Changed: func(d *leg.Diagnosis) { told <- d }})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if err := l.Arm(); err != nil {
		t.Fatal(err)
	}
	if _, err := lean(t, l, 300); err != nil {
		t.Fatal(err)
	}
	_ = e.Kill()
	_ = os.Remove(link)
	_, err = lean(t, l, 1000)
	var f haptics.Fault
	if !errors.As(err, &f) || f.Reason != haptics.LostDevice && f.Reason != haptics.Stale {
		t.Fatalf("killed: %v", err)
	}
	if d := <-told; d.Trouble != leg.Unplugged {
		t.Fatalf("told %v", d)
	}
	e = emulate(t)
	if err := os.Symlink(e.Port(), link); err != nil {
		t.Fatal(err)
	}
	for d := range told {
		if d == nil {
			break
		}
	}
	var s haptics.Sample
	if l.Exchange(&haptics.Command{Force: 20}, &s) == nil {
		t.Fatal("force without arming")
	}
	if f := l.Figures(); f.Mode != wire.Idle.String() {
		t.Errorf("the leg that came back is %s", f.Mode)
	}
	if err := l.Arm(); err != nil {
		t.Fatal(err)
	}
	if _, err := lean(t, l, 50); err != nil {
		t.Fatal(err)
	}
}

func TestLegThatStartsAnewIsNotedAndCanBeArmedAgain(t *testing.T) {
	e := emulate(t)
	l := live(t, e, 100)
	go func() { _, _ = l.Inject(wire.Inject{Kind: wire.InjectReset}) }()
	_, err := lean(t, l, 3000)
	var f haptics.Fault
	if !errors.As(err, &f) {
		t.Fatalf("a leg that started anew: %v", err)
	}
	_ = l.Halt()
	if !within(3*time.Second, func() bool { return l.Arm() == nil }) {
		t.Fatalf("arming again: %v", l.Arm())
	}
	if _, err := lean(t, l, 50); err != nil {
		t.Fatal(err)
	}
}
