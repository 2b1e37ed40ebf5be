package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image/png"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"osseo/app/draw"
	"osseo/app/recording"
	"osseo/physics"
	"osseo/scenarios/grading"
)

// aRun is an insertion that goes through the far wall: skin at 1 s, bone, a pop at 94 N, and a plunge.
func aRun() []recording.Row {
	var rows []recording.Row
	for i := range 9000 {
		s := float64(i) / 1000
		r := recording.Row{Tick: int64(i), Time: s}
		switch {
		case s < 1:
			r.Tip = -0.004 + 0.004*s
		case s < 2.5:
			r.Tip = 0.008 * (s - 1) / 1.5
			r.Rendered = 6 + 2*math.Sin(8*s)
		case s < 6:
			r.Tip = 0.008 + 0.0032*(s-2.5)/3.5
			r.Rendered = 10 + 84*math.Sqrt((s-2.5)/3.5) + 3*math.Sin(60*s)
		case s < 6.14:
			r.Tip = 0.0112 + 0.0268*(s-6)/0.14
			r.Rendered = 25 - 3*(s-6)/0.14
		default:
			r.Tip = 0.038 + 0.001*math.Min(1, s-6.14)
			r.Rendered = 22 + 28*math.Min(1, s-6.14)
		}
		switch i {
		case 1000:
			r.Events = uint32(physics.SkinPuncture)
		case 2500:
			r.Events = uint32(physics.Contact)
		case 2700:
			r.Events = uint32(physics.Slip)
		case 6000:
			r.Events = uint32(physics.Breakthrough)
		case 6140:
			r.Events = uint32(physics.FarContact)
		}
		rows = append(rows, r)
	}
	rows[5999].Rendered = 94
	rows[6000].Rendered = 94
	return rows
}

func at(s float64) *float64 { return &s }

func anInput() Input {
	return Input{
		Name: "trial", Title: "Adult trauma, no power", Patient: "Man of 34 years, 82 kg", Learner: "Zoë Müller", Mode: "practise",
		Hand: "live", Tool: "manual, Jamshidi 15G 45 mm", Place: "right proximal tibia",
		StartedAt: time.Date(2026, 11, 21, 3, 10, 20, 0, time.UTC), PassAt: 80,
		Grade: grading.Report{
			Score: 61.4, CriticalFailures: []string{"tip"},
			Advice: []string{
				"Ease to about 60 N once the needle stands in the bone by itself.", "Rest a finger on the skin as a stop, 1 cm above it.",
				"More twist, less push: you turned 0.6 rev/s; experts turn 1.5.",
			},
			Items: []grading.Result{
				{ID: "decide", Title: "Decision within 90 s", Points: 10, Of: 10, AtS: at(52), Evidence: "decided at 52 s"},
				{ID: "contra", Title: "Contraindications looked for", Points: 10, Of: 10, AtS: at(58), Evidence: "both shins, 2 of 2 found"},
				{ID: "needle", Title: "Right needle for the patient", Points: 5, Of: 5, AtS: at(61), Evidence: "jamshidi-45"},
				{ID: "site", Title: "Site within 10 mm", Points: 10, Of: 10, AtS: at(63), Evidence: "6 mm distal"},
				{ID: "behind", Title: "No hand behind the leg", Points: 10, Of: 10, Evidence: "none seen"},
				{ID: "mark", Title: "5 mm mark checked on bone", Points: 0, Of: 5, Evidence: "not looked at"},
				{ID: "tilt", Title: "Within 10° of vertical", Points: 5, Of: 10, AtS: at(67), Evidence: "14° while cutting"},
				{ID: "tip", Title: "Tip in marrow", Points: 0, Of: 25, AtS: at(81), Evidence: "far cortex, 2.1 mm into the far wall", Critical: true},
				{ID: "stands", Title: "Stylet out, stood by itself", Points: 5, Of: 5, AtS: at(90), Evidence: "stood"},
				{ID: "flush", Title: "Noticed that the flush did not run", Points: 0, Of: 10, AtS: at(122), Evidence: "drug given anyway", Critical: true},
			},
		},
		Ending: "The tip stopped 2.1 mm into the far wall. You were pushing 94 N when the near wall gave; the needle ran on 26.8 mm in 0.14 s.",
		Rows:   aRun(),
		Layers: []Layer{
			{"skin", 0, 0.0018, draw.Skin},
			{"fat", 0.0018, 0.0078, draw.Fat},
			{"near wall", 0.008, 0.0112, draw.NearCortex},
			{"marrow", 0.0112, 0.0369, draw.Marrow},
			{"far wall", 0.0369, 0.0405, draw.FarCortex},
			{"deep tissue", 0.0405, 0.06, draw.DeepTissue},
		},
		Expert:    []Point{{0, 0}, {0.0018, 7}, {0.008, 8}, {0.009, 46}, {0.011, 57}, {0.0112, 17}, {0.0162, 14}},
		Loop:      recording.Loop{RateHz: 1000, LateP50: 21, LateP99: 39, LateP999: 53, LateMax: 230, Scheduler: "fifo"},
		Recording: "2026-11-21-0310.osseo", End: "closed: finished", StateHash: "9f3c21aa00b1c2d4", Seed: 24362, Build: "dev", Arch: "linux/amd64",
	}
}

// kept is where the tests leave their files to be looked at, a temporary directory unless OSSEO_REPORTS names one.
func kept(t *testing.T) string {
	if dir := os.Getenv("OSSEO_REPORTS"); dir != "" {
		return dir
	}
	return t.TempDir()
}

func write(t *testing.T, in Input) []string {
	t.Helper()
	files, err := Write(kept(t), in)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestFiles(t *testing.T) {
	files := write(t, anInput())
	var names []string
	for _, f := range files {
		names = append(names, filepath.Base(f))
	}
	want := []string{"trial.pdf", "trial-force-depth.png", "trial-force-depth.svg", "trial-force-time.png", "trial-force-time.svg"}
	if !slices.Equal(names, want) {
		t.Fatalf("files = %v, want %v", names, want)
	}
	if b := read(t, files[0]); !bytes.HasPrefix(b, []byte("%PDF-")) || bytes.Count(b, []byte("/Type /Page\n")) != 1 {
		t.Error("the PDF is not one page")
	}
	for _, f := range []string{files[1], files[3]} {
		img, err := png.Decode(bytes.NewReader(read(t, f)))
		if err != nil || img.Bounds().Dx() < 1200 {
			t.Errorf("%s: %v", f, err)
		}
	}
	for _, f := range []string{files[2], files[4]} {
		d := xml.NewDecoder(bytes.NewReader(read(t, f)))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f, err)
			}
		}
	}
	svg := string(read(t, files[2]))
	for _, word := range []string{"pop at 94 N", "! far wall", "! slipped", "tip ends here", "marrow", "depth of the tip along the needle, mm"} {
		if !strings.Contains(svg, word) {
			t.Errorf("%q is not in the plot", word)
		}
	}
}

// words are the words of a PDF, where the tool for it is here.
func words(t *testing.T, pdf string) string {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext (poppler-utils) is not installed: the words on the page are not checked")
	}
	out, err := exec.Command("pdftotext", "-raw", pdf, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(string(out)), " ")
}

func TestWhatThePageSays(t *testing.T) {
	page := words(t, write(t, anInput())[0])
	for _, w := range []string{
		"Adult trauma, no power", "Man of 34 years, 82 kg", "Zoë Müller", "right proximal tibia", "21 November 2026, 03:10 UTC", "61 of 100", "pass 80",
		"Not passed: failed on tip in marrow", "2.1 mm into the far wall.", "1. Ease to about 60 N", "3. More twist", "Decision within 90 s", "0:52", "10/10",
		"Within 10° of vertical", "5/10", "critical", "1:21", "0/25", "1000.0 Hz", "max 230 us", "scheduling fifo", "closed: finished", "9f3c21aa00b1c2d4",
		"Training aid, not a medical device.",
	} {
		if !strings.Contains(page, w) {
			t.Errorf("%q is not on the page", w)
		}
	}
	if t.Failed() {
		t.Log(page)
	}
}

func TestSameInputSameBytes(t *testing.T) {
	a, b := anInput(), anInput()
	x, err := render(&a)
	if err != nil {
		t.Fatal(err)
	}
	y, err := render(&b)
	if err != nil {
		t.Fatal(err)
	}
	for i := range x {
		if !bytes.Equal(x[i].bytes, y[i].bytes) {
			t.Errorf("%s differs between two writings", x[i].name)
		}
	}
}

// TestOddRuns writes reports of runs that lack something: every one must come out, on one page.
func TestOddRuns(t *testing.T) {
	for name, change := range map[string]func(*Input){
		"passed": func(in *Input) {
			in.Grade.Passed, in.Grade.Score, in.Grade.CriticalFailures, in.Grade.Advice = true, 100, nil, nil
			in.Ending = "The tip lies in the marrow, 12.4 mm from the far wall."
		},
		"too-few-points": func(in *Input) { in.Grade.CriticalFailures = nil; in.Grade.Score = 79.96 },
		"not-graded": func(in *Input) {
			in.NotGraded, in.Grade = "312 ticks are missing from the recording: the disk could not keep up.", grading.Report{}
			in.Ending = ""
		},
		"no-rows":       func(in *Input) { in.Rows, in.Expert = nil, nil },
		"never-in-skin": func(in *Input) { in.Rows = in.Rows[:900]; in.Layers = nil },
		"bare":          func(in *Input) { *in = Input{Name: in.Name, Title: "x"} },
		"not-finite": func(in *Input) {
			for i := range in.Rows {
				in.Rows[i].Rendered, in.Rows[i].Tip = math.NaN(), math.Inf(1)
			}
			in.Grade.Items[0].AtS = at(math.NaN())
		},
		"one-row": func(in *Input) { in.Rows = in.Rows[:1] },
		"many-items": func(in *Input) {
			for i := range 18 {
				in.Grade.Items = append(in.Grade.Items, grading.Result{
					ID: fmt.Sprint(i), Title: fmt.Sprintf("A further item with a rather long title, number %d", i), Points: 1, Of: 1.5,
					Evidence: "with evidence that is much longer than what fits on one line of the checklist, whatever it says", AtS: at(100),
				})
			}
		},
		"long-words": func(in *Input) {
			in.Title = strings.Repeat("A very long title ", 12)
			in.Ending = strings.Repeat("The tip stopped somewhere. ", 30)
			in.Grade.Advice = []string{strings.Repeat("Push less. ", 60), strings.Repeat("x", 400), "Гладко ≥ 5 µm"}
			in.Patient, in.Learner = strings.Repeat("p", 300), strings.Repeat("ü", 200)
		},
	} {
		t.Run(name, func(t *testing.T) {
			in := anInput()
			in.Name = name
			change(&in)
			if b := read(t, write(t, in)[0]); bytes.Count(b, []byte("/Type /Page\n")) != 1 {
				t.Error("not one page")
			}
		})
	}
}

func TestWrongInput(t *testing.T) {
	for want, change := range map[string]func(*Input){
		"name":  func(in *Input) { in.Name = "../escape" },
		"title": func(in *Input) { in.Title = "" },
		"ticks": func(in *Input) { in.TickHz = math.NaN() },
		"plots": func(in *Input) { in.From, in.To = 5, 4 },
		"layer": func(in *Input) { in.Layers[0].From = 1 },
	} {
		in := anInput()
		change(&in)
		if _, err := Write(t.TempDir(), in); err == nil || !strings.HasPrefix(err.Error(), "report: "+want) && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: err = %v", want, err)
		}
	}
}

func TestUnwritable(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Write(path, anInput()); err == nil || !strings.Contains(err.Error(), "choose another directory") {
		t.Errorf("err = %v", err)
	}
}

func TestWindowIsTheLastInsertion(t *testing.T) {
	rows := make([]recording.Row, 60_000)
	for i := range rows {
		rows[i].Tick = int64(i)
	}
	rows[5_000].Events = uint32(physics.SkinPuncture)
	rows[7_000].Events = uint32(physics.Bend)
	rows[30_000].Events = uint32(physics.SkinPuncture)
	rows[35_000].Events = uint32(physics.Breakthrough)
	in := Input{Title: "x", Rows: rows, TickHz: 1000}
	if w := window(&in); w[0].Tick != 29_500 || w[len(w)-1].Tick != 37_000 {
		t.Errorf("window %d to %d", w[0].Tick, w[len(w)-1].Tick)
	}
	in.From, in.To = 4, 8
	if w := window(&in); w[0].Tick != 4_000 || w[len(w)-1].Tick != 8_000 {
		t.Errorf("window %d to %d", w[0].Tick, w[len(w)-1].Tick)
	}
	in.From, in.To = 100, 200
	if w := window(&in); len(w) != 0 {
		t.Errorf("%d rows beyond the end", len(w))
	}
}

func TestThinningKeepsThePeak(t *testing.T) {
	in := Input{Title: "x", Rows: aRun(), TickHz: 1000}
	tr := newTrace(&in)
	peak := slices.MaxFunc(tr.samples, func(a, b sample) int { return int(math.Copysign(1, a.force-b.force)) })
	if peak.force < 93.8 || len(tr.samples) > 6000 || len(tr.samples) < 100 {
		t.Errorf("peak %g N in %d samples", peak.force, len(tr.samples))
	}
}
