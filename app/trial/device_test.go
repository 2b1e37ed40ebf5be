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

// TestCasesOnALeg runs every case on a leg and on the virtual leg, prints the table of docs/leg.md and compares. It takes as
// long as the cases: OSSEO_LEG=emulated steps the emulated leg; with OSSEO_REALTIME=1, and for twin and ports, the run goes
// by the clock, and a machine that stops the leg or the run for 20 ms fails it, as it would a trainee's.
func TestCasesOnALeg(t *testing.T) {
	device := os.Getenv("OSSEO_LEG")
	if device == "" {
		t.Skip("takes minutes: set OSSEO_LEG to emulated, twin or the port of an emulated leg")
	}
	hand := os.Getenv("OSSEO_HAND")
	if hand == "" {
		hand = "expert"
	}
	live := device != Emulated || os.Getenv("OSSEO_REALTIME") != ""
	table := legTableHead
	for _, c := range scenarios.List() {
		t.Run(c.ID, func(t *testing.T) {
			in, on := caseOn(t, c.ID, hand, Virtual, false), caseOn(t, c.ID, hand, device, live)
			table += legRow(c.ID, in) + legRow("", on)
			if on.Grade.Passed != in.Grade.Passed || on.Outcome.Zone != in.Outcome.Zone {
				t.Errorf("the leg gives %v in %s, the virtual leg %v in %s", on.Grade.Passed, on.Outcome.Zone, in.Grade.Passed, in.Outcome.Zone)
			}
			if d := math.Abs(on.Grade.Score - in.Grade.Score); d > 5 {
				t.Errorf("scores %g and %g", on.Grade.Score, in.Grade.Score)
			}
			if d := math.Abs(on.PeakForceN - in.PeakForceN); d > 0.05*in.PeakForceN {
				t.Errorf("peaks %g and %g N, 5 %% apart allowed", on.PeakForceN, in.PeakForceN)
			}
		})
	}
	t.Logf("\n%s", table)
}

// caseOn runs one case.
func caseOn(t *testing.T, id, hand, device string, live bool) *Result {
	t.Helper()
	setup := Setup{CaseRef: id, Hand: hand, Device: device}
	if device == "twin" {
		setup.Device = twinPort(t, twin.Options{Board: wire.BoardEmulator, Watchdog: 200 * time.Millisecond})
	}
	var (
		r   *Result
		err error
	)
	if live {
		r, err = RunLive(context.Background(), setup)
	} else {
		r, _, err = Run(context.Background(), setup, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return r
}

const legTableHead = "| case | leg | score | passed | zone | peak N | plunge mm | insertion s | procedure s |\n|---|---|---|---|---|---|---|---|---|\n"

func legRow(id string, r *Result) string {
	some := func(x *float64) float64 {
		if x == nil {
			return math.NaN()
		}
		return *x
	}
	return fmt.Sprintf("| %s | %s | %.1f | %v | %s | %.2f | %.2f | %.3f | %.2f |\n", id, r.Device, r.Grade.Score, r.Grade.Passed,
		r.Outcome.Zone, r.PeakForceN, some(r.PlungeMM), some(r.InsertionS), some(r.ProcedureS))
}
