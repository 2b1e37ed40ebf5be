//go:build linux

package trial

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"testing"
	"time"

	"osseo/haptics/leg"
	"osseo/haptics/leg/twin"
	"osseo/haptics/virtual"
	"osseo/haptics/wire"
	"osseo/scenarios"
)

// twinPort is a leg in Go on a pseudo-terminal, moved by grips as the emulator is.
func twinPort(t testing.TB, o twin.Options) string {
	t.Helper()
	far, path, keep, err := leg.Pty()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); _ = twin.New(o).Serve(ctx, far) }()
	t.Cleanup(func() { cancel(); _ = far.Close(); _ = keep.Close(); <-done })
	return path
}

// leaning pushes gently from the start.
type leaning struct{}

func (leaning) Act(_ *virtual.Feel, _ float64, g *virtual.Grip) {
	*g = virtual.Grip{Effort: 15, Mass: 1.2, Stiffness: 300, Damping: 30, Rest: -5e-3}
}

func TestARunOnASerialLegIsRecordedAndExamined(t *testing.T) {
	path := twinPort(t, twin.Options{Board: wire.BoardEmulator, Watchdog: 2 * time.Second})
	setup, err := Prepare(Setup{CaseRef: "adult-arrest", Hand: LiveHand, Device: path})
	if err != nil {
		t.Fatal(err)
	}
	setup.Record = t.TempDir() + "/run.osseo"
	l, _, err := StartLive(context.Background(), setup, leaning{}, Parts{Emit: func(Event) {}})
	if err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(20 * time.Second); l.Now() < 1.5 && time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		select {
		case <-l.Done():
			t.Fatal("the loop ended by itself")
		default:
		}
	}
	c, err := l.Finish("finished")
	if err != nil {
		t.Fatal(err)
	}
	if c.Result == nil || c.Result.Device != path || c.Result.Recording.Ticks < 1000 {
		t.Fatalf("closed %+v", c)
	}
}

func TestALegThatIsNotThereIsADeviceErrorWithItsRemedy(t *testing.T) {
	_, err := RunLive(context.Background(), Setup{CaseRef: "adult-arrest", Device: "/dev/ttyACM77"})
	var d *leg.Diagnosis
	if !errors.Is(err, ErrDevice) || !errors.As(err, &d) || d.Trouble != leg.NotThere {
		t.Fatalf("error %v", err)
	}
	if _, _, err := Run(context.Background(), Setup{CaseRef: "adult-arrest", Device: "/dev/ttyACM77"}, nil); err == nil {
		t.Error("a leg was driven faster than the clock")
	}
}

// TestCasesOnALeg runs every case on a leg and on the virtual leg and compares what came of them. It takes the time the
// cases take: OSSEO_LEG=twin, emulated or a port runs it.
func TestCasesOnALeg(t *testing.T) {
	device := os.Getenv("OSSEO_LEG")
	if device == "" {
		t.Skip("takes minutes: set OSSEO_LEG to twin, emulated or the port of an emulated leg")
	}
	hand := os.Getenv("OSSEO_HAND")
	if hand == "" {
		hand = "expert"
	}
	for _, c := range scenarios.List() {
		t.Run(c.ID, func(t *testing.T) {
			setup := Setup{CaseRef: c.ID, Hand: hand, Device: device}
			if device == "twin" {
				setup.Device = twinPort(t, twin.Options{Board: wire.BoardEmulator, Watchdog: 200 * time.Millisecond})
			}
			on, err := RunLive(context.Background(), setup)
			if err != nil {
				t.Fatal(err)
			}
			setup.Device = Virtual
			in, _, err := Run(context.Background(), setup, nil)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%s", legRow(in))
			t.Logf("%s", legRow(on))
			if on.Grade.Passed != in.Grade.Passed || on.Outcome.Zone != in.Outcome.Zone {
				t.Errorf("the leg gives %v in %s, the virtual leg %v in %s", on.Grade.Passed, on.Outcome.Zone, in.Grade.Passed, in.Outcome.Zone)
			}
			if d := math.Abs(on.Grade.Score - in.Grade.Score); d > 10 {
				t.Errorf("scores %g and %g", on.Grade.Score, in.Grade.Score)
			}
		})
	}
}

func legRow(r *Result) string {
	plunge, seconds := math.NaN(), math.NaN()
	if r.PlungeMM != nil {
		plunge = *r.PlungeMM
	}
	if r.InsertionS != nil {
		seconds = *r.InsertionS
	}
	return fmt.Sprintf("%-12.12s score %5.1f passed %-5v zone %-10s peak %6.1f N plunge %5.2f mm insertion %5.2f s late p99 %.0f us",
		r.Device, r.Grade.Score, r.Grade.Passed, r.Outcome.Zone, r.PeakForceN, plunge, seconds, r.Loop.LateP99)
}
