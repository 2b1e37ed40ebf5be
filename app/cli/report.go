package cli

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"osseo/app/draw"
	"osseo/app/report"
	"osseo/app/trial"
	"osseo/physics"
	"osseo/scenarios"
)

func reportCommand() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use: "report FILE --out DIR", Short: "Write the report of a recording: a PDF page and its plots as PNG and SVG",
		Example: "  osseo report run.osseo --out report/", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			files, err := writeReport(cmd.Context(), args[0], dir)
			for _, f := range files {
				fmt.Fprintln(cmd.OutOrStdout(), f)
			}
			return err
		},
	}
	cmd.Flags().StringVar(&dir, "out", "", "directory for the report; it is made if needed")
	must(cmd.MarkFlagRequired("out"))
	return cmd
}

// WriteReport writes the report of a recording into dir and returns the files, the PDF first.
func WriteReport(file, dir string) ([]string, error) {
	return writeReport(context.Background(), file, dir)
}

func writeReport(ctx context.Context, file, dir string) ([]string, error) {
	_, e, err := trial.Replay(file)
	if err != nil {
		return nil, err
	}
	in, err := reportInput(e, file)
	if err != nil {
		return nil, err
	}
	// The expert beside it is a help, not the report: without it the page is still true.
	if points, err := trial.ExpertTrace(ctx, e.Setup); err == nil {
		for _, p := range points {
			in.Expert = append(in.Expert, report.Point{Depth: float64(p.Depth), Force: float64(p.Force)})
		}
	}
	return report.Write(dir, *in)
}

// reportInput is what the page shows of the evidence.
func reportInput(e *trial.Evidence, file string) (*report.Input, error) {
	result, err := e.Result(nil)
	if err != nil {
		return nil, err
	}
	c := e.Setup.Case
	in := &report.Input{
		Name:    strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)),
		Title:   c.Title,
		Patient: fmt.Sprintf("%s, %s, %g kg", c.Patient.AgeText, c.Patient.Sex, c.Patient.WeightKG),
		Mode:    string(e.Setup.Mode), Hand: e.Setup.Hand,
		Tool:  fmt.Sprintf("%s, %s", scenarios.Title(result.Driver), scenarios.Title(result.Needle)),
		Grade: result.Grade, PassAt: c.Rubric.Pass, Ending: ending(result),
		Rows: e.Recording.Rows(), TickHz: e.Setup.TickHz,
		Recording: filepath.Base(file), End: e.End.Reason, StateHash: e.Hash, Seed: e.Header.Seed, Build: e.Header.Build,
		Arch: e.Header.Arch,
	}
	if t, err := time.Parse(time.RFC3339, e.Header.StartedAt); err == nil {
		in.StartedAt = t
	}
	if f := e.End.Footer; f != nil {
		in.Loop = f.Loop
	}
	if !e.End.Whole() {
		in.NotGraded = "the recording is not whole: " + e.End.Reason
	}
	if a := e.Last(); a != nil {
		in.Place = a.Placement.Side + " " + scenarios.Title(a.Placement.Site)
		in.Layers = layers(a)
	}
	return in, nil
}

// ending says in words where the tip came to lie.
func ending(r *trial.Result) string {
	s := "The tip ended in the zone " + r.Outcome.Zone + "."
	if r.PlungeMM != nil && r.Breakthru != nil {
		s += fmt.Sprintf(" The near wall gave way at %.0f N and the needle ran on %.1f mm.", r.Breakthru.ForceBefore, *r.PlungeMM)
	}
	if r.FarGapMM != nil {
		s += fmt.Sprintf(" %.1f mm were left to the far wall.", *r.FarGapMM)
	}
	return s
}

// layers are the tissues along the needle of an attempt, from the skin on.
func layers(a *trial.Attempt) []report.Layer {
	c := a.Anatomy.At(a.ContactU, a.ContactV)
	if c.Place == physics.OffBone || a.ContactS != a.ContactS {
		return nil
	}
	var out []report.Layer
	from := 0.0
	for _, l := range []struct {
		name   string
		to     float64
		tissue draw.Tissue
	}{
		{"skin", c.SkinBottom, draw.Skin},
		{"fat", c.FatBottom, draw.Fat},
		{"muscle", c.Bone, draw.Muscle},
		{"near cortex", c.NearBottom, draw.NearCortex},
		{"marrow", c.FarTop, draw.Marrow},
		{"far cortex", c.FarBottom, draw.FarCortex},
	} {
		if l.to-from > 0.3e-3 {
			out = append(out, report.Layer{Name: l.name, From: from, To: l.to, Tissue: l.tissue})
		}
		from = max(from, l.to)
	}
	return out
}
