//go:build linux && !headless

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"image/color"
	"image/png"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"osseo/app/recording"
	"osseo/app/trial"
	"osseo/physics"
	"osseo/scenarios"
)

// screen is a virtual display with the real program on it, driven as a person would.
type screen struct {
	t       *testing.T
	display string
	program string
	data    string // XDG_DATA_HOME of the program
	shots   string
	args    []string // of the program
	extra   []string // of its environment
	app     *exec.Cmd
}

// Screenshots go where OSSEO_SHOTS says (make shots), else to out/shots.
func shotDir(t *testing.T) string {
	dir := os.Getenv("OSSEO_SHOTS")
	if dir == "" {
		dir = filepath.Join("out", "shots")
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

func need(t *testing.T, programs ...string) {
	t.Helper()
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			t.Skipf("NOT TESTED: the real window needs %s: run `make setup`", p)
		}
	}
}

func newScreen(t *testing.T, size string) *screen {
	t.Helper()
	need(t, "Xvfb", "xdotool", "import")
	s := &screen{t: t, data: t.TempDir(), shots: shotDir(t), program: filepath.Join(t.TempDir(), "osseo")}
	if out, err := exec.Command("go", "build", "-o", s.program, ".").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	x := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", size+"x24", "-nolisten", "tcp")
	x.ExtraFiles = []*os.File{w}
	if err := x.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Process.Kill(); _ = x.Wait() })
	_ = w.Close()
	line, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb named no display: %v", err)
	}
	s.display = ":" + strings.TrimSpace(line)
	return s
}

func (s *screen) env() []string {
	return append(append(os.Environ(), s.extra...), "DISPLAY="+s.display, "XDG_DATA_HOME="+s.data,
		"XDG_CONFIG_HOME="+filepath.Join(s.data, "config"), "HOME="+s.data, "LANG=C", "LC_ALL=C")
}

// open starts the program and waits for its window.
func (s *screen) open() {
	s.t.Helper()
	s.app = exec.Command(s.program, s.args...)
	s.app.Env = s.env()
	s.app.Stderr = os.Stderr
	if err := s.app.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(s.close)
	s.xdotool("search", "--sync", "--onlyvisible", "--name", "Osseo", "windowfocus")
	s.wait("the first frame", func() bool { return s.drawn() })
}

func (s *screen) close() {
	if s.app.ProcessState == nil {
		_ = s.app.Process.Signal(syscall.SIGTERM)
		done := make(chan struct{})
		go func() { _ = s.app.Wait(); close(done) }()
		select {
		case <-done:
		case <-time.After(10 * time.Second):
			_ = s.app.Process.Kill()
		}
	}
}

func (s *screen) xdotool(args ...string) {
	s.t.Helper()
	c := exec.Command("xdotool", args...)
	c.Env = s.env()
	if out, err := c.CombinedOutput(); err != nil {
		s.t.Fatalf("xdotool %v: %v\n%s", args, err, out)
	}
}

func (s *screen) keys(names ...string) {
	s.t.Helper()
	for _, n := range names {
		s.xdotool("key", n)
		pause(350 * time.Millisecond) // a person's pace; the window draws between
	}
}

// pause lets the other processes of this test go on; there is nothing to wait for but time.
func pause(d time.Duration) { <-time.After(d) }

// drawn reports whether more than a plain ground is to be seen.
func (s *screen) drawn() bool {
	c := exec.Command("import", "-window", "root", "png:-")
	c.Env = s.env()
	out, err := c.Output()
	if err != nil {
		return false
	}
	picture, err := png.Decode(bytes.NewReader(out))
	if err != nil {
		return false
	}
	seen := map[color.Color]bool{}
	for y := 0; y < picture.Bounds().Dy(); y += 7 {
		for x := 0; x < picture.Bounds().Dx(); x += 7 {
			seen[picture.At(x, y)] = true
		}
	}
	return len(seen) > 100
}

// shot leaves a screenshot.
func (s *screen) shot(name string) {
	s.t.Helper()
	c := exec.Command("import", "-window", "root", "-strip", filepath.Join(s.shots, name+".png"))
	c.Env = s.env()
	if out, err := c.CombinedOutput(); err != nil {
		s.t.Fatalf("screenshot: %v\n%s", err, out)
	}
}

// wait waits until done, for at most 20 s.
func (s *screen) wait(what string, done func() bool) {
	s.t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); pause(100 * time.Millisecond) {
		if done() {
			return
		}
	}
	s.shot("failed")
	s.t.Fatalf("waited 20 s for %s; see %s", what, filepath.Join(s.shots, "failed.png"))
}

// recording is the newest recording of the program, as far as it is on disk; nil when there is none.
func (s *screen) recording() *recording.Memory {
	var newest string
	_ = filepath.WalkDir(s.data, func(p string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(p, ".osseo") && p > newest {
			newest = p
		}
		return nil
	})
	if newest == "" {
		return nil
	}
	m, err := recording.Load(newest)
	if err != nil {
		return nil
	}
	return m
}

// did waits until the recording holds an action.
func (s *screen) did(kind scenarios.ActionKind) {
	s.t.Helper()
	s.wait("the action "+string(kind), func() bool {
		m := s.recording()
		if m == nil {
			return false
		}
		for _, k := range m.Marks() {
			var a scenarios.Action
			if k.Kind == "action" && json.Unmarshal([]byte(k.JSON), &a) == nil && a.Kind == kind {
				return true
			}
		}
		return false
	})
}

// happened reports whether the recording holds an event of the bone.
func (s *screen) happened(e physics.Events) bool {
	m := s.recording()
	if m == nil {
		return false
	}
	for _, r := range m.Rows() {
		if physics.Events(r.Events).Has(e) {
			return true
		}
	}
	return false
}

// sessions asks the program itself what it has stored.
func (s *screen) sessions() []map[string]any {
	c := exec.Command(s.program, "book", "sessions", "--json")
	c.Env = s.env()
	out, err := c.Output()
	if err != nil {
		s.t.Fatalf("book sessions: %v", err)
	}
	var all []map[string]any
	if err := json.Unmarshal(out, &all); err != nil {
		s.t.Fatal(err)
	}
	return all
}

// A newcomer types a name, starts the first case in learn mode and goes through it by keyboard, pointing at the site with
// the mouse.
func TestAWholeCaseInTheRealWindow(t *testing.T) {
	if testing.Short() {
		t.Skip("NOT TESTED: the real window, with -short")
	}
	s := newScreen(t, "1440x900")
	s.open()
	s.shot("lobby-first")
	s.xdotool("type", "--delay", "60", "Ana")
	s.keys("Return")
	pause(time.Second)
	s.shot("lobby")
	s.keys("Return")
	s.wait("the recording", func() bool { return s.recording() != nil })
	pause(time.Second)
	s.shot("bedside-assess")
	s.before()
	s.insertion()
	s.after()
	s.debrief()
}

// before goes from the decision to the tool in the hand.
func (s *screen) before() {
	s.t.Helper()
	s.keys("1")
	s.did(scenarios.Decide)
	s.keys("2", "3", "4", "5", "6", "7")
	s.did(scenarios.Check)
	s.keys("Next", "1")
	s.did(scenarios.ChooseSite)
	s.keys("4", "7")
	s.did(scenarios.ChooseNeedle)
	pause(time.Second) // the picture comes nearer
	s.shot("bedside-locate")
	s.xdotool("mousemove", "705", "340", "click", "1")
	s.did(scenarios.Locate)
	s.keys("1", "2")
	s.did(scenarios.SteadyHand)
	s.keys("t")
	s.did(scenarios.Insert)
}

// insertion pushes to the bone, drills to the pop and lets go.
func (s *screen) insertion() {
	s.t.Helper()
	s.xdotool("keydown", "Down")
	pause(1200 * time.Millisecond)
	s.xdotool("keyup", "Down")
	s.wait("the bone", func() bool { return s.happened(physics.Contact) })
	s.shot("bedside-bone")
	s.keys("4")
	s.did(scenarios.CheckMark)
	s.xdotool("keydown", "space")
	pause(700 * time.Millisecond)
	s.shot("bedside-insert")
	s.wait("the pop", func() bool { // a push that is not kept up relaxes
		s.xdotool("keydown", "Down")
		pause(300 * time.Millisecond)
		s.xdotool("keyup", "Down")
		return s.happened(physics.Breakthrough)
	})
	s.xdotool("keyup", "space")
	s.shot("bedside-pop")
	s.keys("t")
	s.did(scenarios.Release)
}

// after confirms, treats and ends the case.
func (s *screen) after() {
	s.t.Helper()
	s.keys("1")
	s.did(scenarios.StyletRemove)
	s.keys("2", "3")
	s.did(scenarios.Aspirate)
	s.keys("7", "9")
	s.did(scenarios.Watch)
	s.shot("bedside-confirm")
	// The drugs of the tray have the first keys, then two flushes, secure, write down, finish.
	s.keys("1")
	s.did(scenarios.Drug)
	s.keys("6", "7", "8")
	s.did(scenarios.Document)
}

// debrief ends the case and checks that what was stored is what happened.
func (s *screen) debrief() {
	s.t.Helper()
	s.keys("9")
	s.wait("the stored trial", func() bool { return len(s.sessions()) == 1 })
	pause(3 * time.Second) // the expert's trace is computed
	s.shot("debrief")
	got := s.sessions()[0]
	if got["zone"] != "medulla" || got["graded"] != true || got["case"] != "adult-arrest" {
		s.t.Errorf("stored: zone %v graded %v case %v", got["zone"], got["graded"], got["case"])
	}
	file, _ := got["recording"].(string)
	r, e, err := trial.Replay(file)
	if err != nil {
		s.t.Fatal(err)
	}
	if !r.Identical || !r.Clean {
		s.t.Errorf("replay: %+v", r)
	}
	result, err := e.Result(nil)
	if err != nil || result.Grade.Score != got["score"] {
		s.t.Errorf("stored score %v, graded from the file %v (%v)", got["score"], result.Grade.Score, err)
	}
	s.keys("Left", "Left", "Left")
	s.shot("debrief-scrubbed")
	s.keys("Escape")
	pause(time.Second)
	s.shot("lobby-after")
}
