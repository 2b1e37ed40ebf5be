package report

import (
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"time"

	"osseo/app/draw"
	"osseo/app/recording"
	"osseo/scenarios/grading"
)

// Input is everything a report says.
type Input struct {
	Name string // of the files, without a directory; empty = "report"

	Title     string    // of the case
	Patient   string    // "Man of 58 years, 82 kg"
	Learner   string    // empty = not named
	Mode      string    // learn, practise, exam
	Hand      string    // who moved the tool; empty = not named
	Tool      string    // "powered driver, EZ-IO 25 mm"
	Place     string    // "right proximal tibia"
	StartedAt time.Time // zero = not printed; also the date inside the PDF

	Grade     grading.Report
	PassAt    float64 // least score that passes, 0..100
	NotGraded string  // why there is no grade; empty when there is one
	Ending    string  // where the tip ended, one or two sentences

	Rows   []recording.Row
	TickHz float64 // ticks per second of the rows, 0 = 1000
	From   float64 // s, where the plots begin; From = To = 0: the last insertion
	To     float64 // s, where they end
	Layers []Layer // along the needle from the skin on
	Expert []Point // the force of an expert in the same bone, dashed; may be empty

	Loop      recording.Loop
	Recording string // name of the file; empty = not kept
	End       string // why the recording ends
	StateHash string
	Seed      uint64
	Build     string
	Arch      string
}

// Layer is one tissue along the needle.
type Layer struct {
	Name     string // as printed
	From, To float64
	Tissue   draw.Tissue
}

// Point is one moment of an insertion.
type Point struct {
	Depth float64 // of the true tip below the skin, m
	Force float64 // N
}

// prepare checks what cannot be printed and fills in what was left out.
func (in *Input) prepare() error {
	if in.Name == "" {
		in.Name = "report"
	}
	if in.Name != filepath.Base(in.Name) || strings.ContainsAny(in.Name, `/\`) || strings.HasPrefix(in.Name, ".") {
		return fmt.Errorf("report: name %q: a plain file name without a directory is needed", in.Name)
	}
	if in.TickHz == 0 {
		in.TickHz = 1000
	}
	if !(in.TickHz > 0) || math.IsInf(in.TickHz, 0) {
		return fmt.Errorf("report: %g ticks a second, more than 0 needed", in.TickHz)
	}
	if in.From > in.To || math.IsNaN(in.From) || math.IsNaN(in.To) {
		return fmt.Errorf("report: plots from %g s to %g s: the end must not come first", in.From, in.To)
	}
	for _, l := range in.Layers {
		if !(l.From <= l.To) || math.IsInf(l.From, 0) || math.IsInf(l.To, 0) {
			return fmt.Errorf("report: layer %q from %g m to %g m: the end must not come first", l.Name, l.From, l.To)
		}
	}
	if in.Title == "" {
		return errors.New("report: the title of the case is missing")
	}
	return nil
}
