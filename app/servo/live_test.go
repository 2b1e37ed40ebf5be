package servo

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"osseo/app/recording"
	"osseo/app/trial"
	"osseo/scenarios"
)

// readAll returns how a recording ends and its last row.
func readAll(t *testing.T, file string) (recording.End, recording.Row) {
	t.Helper()
	r, err := recording.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var last recording.Row
	for r.Next() {
		last = *r.Row()
	}
	return r.End(), last
}

func TestLiveCase(t *testing.T) {
	c := start(t, "real")
	file := filepath.Join(t.TempDir(), "run.osseo")
	theCase, err := trial.LoadCase(aCase)
	if err != nil {
		t.Fatal(err)
	}
	opened, err := c.Begin(trial.Setup{Case: theCase, CaseRef: aCase, Hand: "live", Record: file})
	if err != nil || opened.Case != aCase || opened.File != file {
		t.Fatalf("begin: %+v, %v", opened, err)
	}
	push(c, 40)
	s := until(t, c, "a push that is felt", func(s *trial.Snapshot) bool { return s.Force > 25 && s.Effort > 25 })
	if s.Tip <= 0 || !s.Running {
		t.Errorf("pushed, but %+v", s)
	}
	if seen, err := c.Act(scenarios.Action{Kind: scenarios.Decide}); err != nil || seen.Text == "" {
		t.Errorf("decide: %+v, %v", seen, err)
	}
	awaitEvent(t, c, "contact")
	closed, err := c.Finish(Finished)
	if err != nil || closed.File != file || closed.Result == nil || len(closed.Report.Items) == 0 {
		t.Fatalf("finish: %+v, %v", closed, err)
	}
	t.Logf("loop %+v", closed.Result.Loop)
	end, last := readAll(t, file)
	if !end.Clean || end.Footer == nil || end.Footer.Reason != Finished || end.Last < s.Tick {
		t.Errorf("recording ends %+v", end)
	}
	if last.Rendered > 0.5 || last.Rendered < -0.5 {
		t.Errorf("the last force is %g N", last.Rendered)
	}
}

func TestLiveRefusals(t *testing.T) {
	c := start(t, "real")
	for name, setup := range map[string]trial.Setup{
		"case":  {CaseRef: "no-such-case"},
		"file":  {Case: &scenarios.Case{Text: "id: [}"}, CaseRef: "broken.yaml"},
		"hand":  {CaseRef: aCase, Hand: "expert"},
		"place": {CaseRef: aCase, Record: filepath.Join(os.Args[0], "run.osseo")},
	} {
		if _, err := c.Begin(setup); err == nil {
			t.Errorf("%s: begins", name)
			c.Finish(Abandoned)
		} else {
			t.Log(err)
		}
	}
	if _, err := c.Begin(trial.Setup{CaseRef: aCase}); err != nil {
		t.Errorf("after refusals: %v", err)
	}
}

func TestLiveServoKilled(t *testing.T) {
	c := start(t, "real")
	file := filepath.Join(t.TempDir(), "run.osseo")
	if _, err := c.Begin(trial.Setup{CaseRef: aCase, Record: file}); err != nil {
		t.Fatal(err)
	}
	push(c, 40)
	s := until(t, c, "a second", func(s *trial.Snapshot) bool { return s.Tick >= 1000 })
	c.cmd.Process.Kill()
	if e := awaitEvent(t, c, "servo-gone"); !strings.Contains(e.Text, file) {
		t.Errorf("event %+v", e)
	}
	end, _ := readAll(t, file)
	if end.Clean || end.Last < s.Tick-500 || end.Reason == "" {
		t.Errorf("killed at tick %d, recording ends %+v", s.Tick, end)
	}
	t.Logf("killed at tick %d, kept to %d: %s", s.Tick, end.Last, end.Reason)
}

func TestLiveWindowKilled(t *testing.T) {
	lines := listen(t)
	file := filepath.Join(t.TempDir(), "run.osseo")
	t.Setenv(roleVar, "window")
	t.Setenv(servoVar, "real")
	t.Setenv(recordVar, file)
	window := exec.Command(os.Args[0])
	window.Stderr = os.Stderr
	if err := window.Start(); err != nil {
		t.Fatal(err)
	}
	await(t, lines, "pushing")
	if err := window.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	await(t, lines, "end real")
	_ = window.Wait()
	end, last := readAll(t, file)
	if !end.Clean || end.Footer == nil || end.Footer.Reason != WindowGone {
		t.Errorf("recording ends %+v", end)
	}
	if last.Rendered > 0.5 || last.Rendered < -0.5 {
		t.Errorf("the last force is %g N", last.Rendered)
	}
}

// Arming again reaches the runner, and what it says comes back.
func TestRearm(t *testing.T) {
	c := start(t, "servo")
	if err := c.Rearm(); err == nil {
		t.Error("armed without a case")
	}
	begin(t, c, "plain")
	if err := c.Rearm(); err == nil || !strings.Contains(err.Error(), "nothing stopped it") {
		t.Errorf("armed without a fault: %v", err)
	}
	if err := c.Halt(); err != nil {
		t.Fatal(err)
	}
	if err := c.Rearm(); err != nil {
		t.Errorf("after a halt: %v", err)
	}
	r := start(t, "real")
	if _, err := r.Begin(trial.Setup{CaseRef: aCase}); err != nil {
		t.Fatal(err)
	}
	until(t, r, "a tick", func(s *trial.Snapshot) bool { return s.Tick > 5 })
	if err := r.Rearm(); err == nil || !strings.Contains(err.Error(), "nothing stopped it") {
		t.Errorf("a running case was armed: %v", err)
	}
}
