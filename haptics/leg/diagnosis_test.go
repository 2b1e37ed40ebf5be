//go:build linux

package leg_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"osseo/haptics/leg"
	"osseo/haptics/leg/twin"
)

// troubleOf opens what must not open and returns the diagnosis; every one must say what to do.
func troubleOf(t *testing.T, path string) *leg.Diagnosis {
	t.Helper()
	l, err := leg.Open(path, leg.Options{Answer: 400 * time.Millisecond})
	if err == nil {
		_ = l.Close()
		t.Fatalf("%s was opened", path)
	}
	var d *leg.Diagnosis
	if !errors.As(err, &d) {
		t.Fatalf("%v is no diagnosis", err)
	}
	if d.What == "" || len(d.Remedy) == 0 || d.Port != path || !strings.Contains(d.Text(), d.Remedy[0]) {
		t.Errorf("diagnosis without remedy: %+v", d)
	}
	return d
}

func wantTrouble(t *testing.T, d *leg.Diagnosis, want leg.Trouble) {
	t.Helper()
	if d.Trouble != want {
		t.Errorf("trouble %s, want %s: %v", d.Trouble, want, d)
	}
}

func TestPortThatIsNotThere(t *testing.T) {
	wantTrouble(t, troubleOf(t, "/dev/ttyACM77"), leg.NotThere)
}

func TestPathThatIsNoSerialPort(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/dev/null", t.TempDir(), file} {
		wantTrouble(t, troubleOf(t, path), leg.NotSerial)
	}
}

// bare is a pseudo-terminal whose far end is the test's.
func bare(t *testing.T, serve func(far *os.File)) string {
	t.Helper()
	far, path, keep, err := leg.Pty()
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() { defer close(done); serve(far) }()
	t.Cleanup(func() { _ = far.Close(); _ = keep.Close(); <-done })
	return path
}

func TestSilentPort(t *testing.T) {
	wantTrouble(t, troubleOf(t, bare(t, func(*os.File) {})), leg.NoAnswer)
}

func TestPortThatTalksRubbish(t *testing.T) {
	path := bare(t, func(far *os.File) {
		b := make([]byte, 64)
		for k := range b {
			b[k] = byte(k * 7)
		}
		for {
			if _, err := far.Write(b); err != nil {
				return
			}
			time.Sleep(5 * time.Millisecond)
		}
	})
	d := troubleOf(t, path)
	wantTrouble(t, d, leg.Garbled)
	if d.Facts["bytes"] == "0" {
		t.Errorf("facts %v", d.Facts)
	}
}

func TestLegOfAnotherProtocol(t *testing.T) {
	p := plug(t, twin.Options{Version: 2})
	d := troubleOf(t, p.path)
	wantTrouble(t, d, leg.WrongVersion)
	if d.Facts["leg"] != "2" || !strings.Contains(d.Remedy[0], "update Osseo") {
		t.Errorf("a newer leg is diagnosed as %v", d.Text())
	}
}

func TestLegWithImpossibleLimits(t *testing.T) {
	p := plug(t, twin.Options{})
	limits := p.twin.Limits()
	limits.Speed = 400 // beyond what haptics.Limits.Check believes
	p.out()
	p = plug(t, twin.Options{Limits: limits})
	wantTrouble(t, troubleOf(t, p.path), leg.WrongDevice)
}

func TestTwoProgramsOnOnePort(t *testing.T) {
	p := plug(t, twin.Options{})
	l := open(t, p, leg.Options{})
	d := troubleOf(t, p.path)
	wantTrouble(t, d, leg.Busy)
	_ = l.Close()
	again, err := leg.Open(p.path, leg.Options{})
	if err != nil {
		t.Fatalf("a port given back cannot be opened: %v", err)
	}
	_ = again.Close()
}

func TestBusyPortNamesItsHolder(t *testing.T) {
	path := bare(t, func(*os.File) {})
	ctx, end := context.WithCancel(t.Context())
	defer end()
	cmd := exec.CommandContext(ctx, "sleep", "30")
	held, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stdin = held
	if err := cmd.Start(); err != nil {
		t.Skipf("SKIPPED: no other process to hold the port: %v", err)
	}
	_ = held.Close()
	defer func() { end(); _ = cmd.Wait() }()
	d := troubleOf(t, path)
	wantTrouble(t, d, leg.Busy)
	if d.Facts["program"] != "sleep" {
		t.Errorf("held by %v, want sleep", d.Facts)
	}
}

func TestCheckReportsAWholeLeg(t *testing.T) {
	p := plug(t, twin.Options{})
	r := leg.Check(t.Context(), p.path, leg.Options{}, 300*time.Millisecond)
	if r.Leg == nil || r.Leg.Name != "Osseo twin" || len(r.SelfTest) != 8 || r.Link == nil || r.Link.States == 0 {
		t.Fatalf("report %+v", r)
	}
	for _, d := range r.Diagnoses {
		if !d.Warning {
			t.Errorf("a good leg is diagnosed: %v", d)
		}
	}
	if !r.Usable || p.twin.Force.Load() != 0 {
		t.Error("a check rendered force, or a good leg cannot be used")
	}
}
