package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"osseo/app/study"
)

func plungeCommand() *cobra.Command {
	var (
		d      study.Drilling
		bone   string
		asJSON bool
	)
	cmd := &cobra.Command{
		Use:   "plunge --tool TOOL --bone SPEC",
		Short: "Drill through both walls of a tubular bone and say how far past the far one",
		Example: "  osseo plunge --tool drill-4.5mm --bone strength=0.44 --hand expert --technique two-hand --n 200\n" +
			"  osseo plunge --tool kwire-2.0mm --sharpness 0.3 --bone age=20..60y --hand novice --json",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var err error
			if d.Bone, err = study.ParseSpec(bone); err != nil {
				return err
			}
			bar := newBar(cmd.ErrOrStderr(), d.N)
			sum, err := study.Drill(cmd.Context(), d, bar.show)
			bar.clear()
			if errors.Is(err, context.Canceled) {
				err = fmt.Errorf("broken off after %d of %d bones", sum.N, d.N)
			}
			if sum == nil || sum.N == 0 {
				return err
			}
			if asJSON {
				return errors.Join(err, printJSON(cmd.OutOrStdout(), sum))
			}
			printPlunge(cmd, sum)
			return err
		},
	}
	f := cmd.Flags()
	f.StringVar(&d.Tool, "tool", "drill-3.2mm", strings.Join(study.PlungeTools, ", "))
	f.Float64Var(&d.Sharpness, "sharpness", 1, "of the tip, 0 worn to 1 new")
	f.StringVar(&bone, "bone", "age=20..60y", "`SPEC` of the bones; cortex=5mm,medulla=13mm sets a tube, strength=0.44 a synthetic one (docs/study.md)")
	f.StringVar(&d.Hand, "hand", "trained", "novice, trained, expert or robot")
	f.StringVar(&d.Technique, "technique", study.Techniques[0], strings.Join(study.Techniques, ", "))
	f.IntVar(&d.N, "n", 200, "bones, 1..1000000")
	f.Uint64Var(&d.Seed, "seed", 0, "seed (default: 1)")
	f.IntVar(&d.Jobs, "jobs", 0, "bones at a time, 1..1024 (default: one per core); does not change the result")
	f.BoolVar(&asJSON, "json", false, "print one JSON document")
	return cmd
}

func printPlunge(cmd *cobra.Command, s *study.DrillSummary) {
	w := cmd.OutOrStdout()
	fmt.Fprintf(w, "%d bones %q, %s (sharpness %g), %s hand, %s, seed %d\n\n", s.N, s.Bone, s.Tool, s.Sharpness, s.Hand, s.Technique, s.Seed)
	printShare(w, "through both walls", s.Through)
	printSpread(w, "past the far wall, mm", s.PlungeMM)
	printSpread(w, "time, s", s.TimeS)
	printSpread(w, "force on first wall, N", s.ForceFirst)
	printSpread(w, "force on second wall, N", s.ForceSecond)
	printSpread(w, "peak on first wall, N", s.PeakFirst)
	printSpread(w, "peak on second wall, N", s.PeakSecond)
	printSpread(w, "past the first wall, mm", s.InnerPlunge)
	printSpread(w, "peak torque, N.m", s.PeakTorqueNm)
	fmt.Fprintf(w, "\n%.1f bones/s with %d at a time\n", s.RowsPerS, s.Jobs)
}
