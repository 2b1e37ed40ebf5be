package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"osseo/app/study"
)

func compareCommand() *cobra.Command {
	var (
		s       studyFlags
		needles []string
	)
	cmd := &cobra.Command{
		Use:   "compare --needle A --needle B",
		Short: "Put two needles into the same bones with the same hands, and give the differences with 95 % intervals",
		Example: "  osseo compare --needle ez-25 --needle manual-15g --n 300\n" +
			"  osseo compare --needle ez-15 --needle ez-25 --population age=0..6mo --depth hub-to-skin --json",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if len(needles) != 2 {
				return fmt.Errorf("--needle is given %d times: give it twice, once for each needle", len(needles))
			}
			if slices.Contains(needles, "") {
				return fmt.Errorf("--needle \"\": allowed a needle of the catalogue, such as ez-25")
			}
			if err := s.parse(cmd, adults); err != nil {
				return err
			}
			bar := newBar(cmd.ErrOrStderr(), s.plan.N)
			c, err := study.Compare(cmd.Context(), s.plan, needles[0], needles[1], bar.show)
			bar.clear()
			if errors.Is(err, context.Canceled) {
				err = fmt.Errorf("broken off after %d of %d pairs", c.N, s.plan.N)
			}
			if c == nil || c.N == 0 {
				return err
			}
			if s.asJSON {
				return errors.Join(err, printJSON(cmd.OutOrStdout(), c))
			}
			printComparison(cmd.OutOrStdout(), c)
			return err
		},
	}
	s.add(cmd)
	f := cmd.Flags()
	f.StringArrayVar(&needles, "needle", nil, "needle id; give it twice")
	f.StringVar(&s.plan.Case, "case", "", "id of a built-in case or a case file, instead of a population")
	cmd.MarkFlagsMutuallyExclusive("case", "population")
	must(cmd.MarkFlagRequired("needle"))
	return cmd
}

// adults are the people of a comparison that names none.
const adults = "age=18..80y"

func printComparison(w io.Writer, c *study.Comparison) {
	fmt.Fprintf(w, "%d bones and hands (%s), %s against %s, seed %d\n\n", c.N, c.Hand, c.NeedleB, c.NeedleA, c.Seed)
	fmt.Fprintf(w, "%-26s %12s %12s %12s   95 %%\n", "", c.NeedleA, c.NeedleB, "difference")
	line := func(name string, d study.Difference, scale float64) {
		if d.N == 0 {
			return
		}
		fmt.Fprintf(w, "%-26s %12.2f %12.2f %+12.2f   %+.2f to %+.2f\n", name,
			scale**d.A, scale**d.B, scale**d.Difference, scale*d.CI95[0], scale*d.CI95[1])
	}
	line("tip in the marrow, %", c.Success, 100)
	line("technical complication, %", c.Complication, 100)
	line("needle damaged, %", c.Damaged, 100)
	line("slipped, %", c.Slipped, 100)
	line("stands by itself, %", c.Stands, 100)
	line("leaks, %", c.Leaks, 100)
	line("insertion, s", c.InsertionS, 1)
	line("peak force, N", c.PeakForceN, 1)
	line("plunge, mm", c.PlungeMM, 1)
	line("pop, just noticeable", c.ClarityWeber, 1)
	line("gravity flow, mL/min", c.Gravity, 1)
	line("bag flow, mL/min", c.Bag300, 1)
	line("score", c.Score, 1)
	fmt.Fprintf(w, "\n%.1f rows/s with %d at a time\n", c.RowsPerS, c.Jobs)
}
