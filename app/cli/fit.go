package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"osseo/app/study/validate"
)

func fitCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "fit", Short: "Rerun how free parameters of the model were tuned", Args: cobra.NoArgs,
		Example: "  osseo fit hand",
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(fitHandCommand())
	return cmd
}

func fitHandCommand() *cobra.Command {
	var (
		o      validate.FitOptions
		asJSON bool
	)
	cmd := &cobra.Command{
		Use: "hand", Short: "Tune the stiffness of simulated arms to the published plunge of drills",
		Long: "Starts from rounded priors, drills with the same virtual people again and again, and moves the six free parameters of the\n" +
			"arm (how stiff it is for its push, by skill; what a second hand adds; how that differs between attempts; tendon and palm)\n" +
			"to the least misfit of ten published figures. Prints start, fitted value, what the program uses, and what is left.",
		Example: "  osseo fit hand\n  osseo fit hand --n 200 --seed 2 --json", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case o.N < 2 || o.N > 10_000:
				return fmt.Errorf("--n %d: allowed 2..10000", o.N)
			case o.Rounds < 1 || o.Rounds > 50:
				return fmt.Errorf("--rounds %d: allowed 1..50", o.Rounds)
			case o.Jobs < 0 || o.Jobs > 1024:
				return fmt.Errorf("--jobs %d: allowed 1..1024, 0 for one per core", o.Jobs)
			}
			var b *bar
			o.Progress = func(done, of int) {
				if b == nil {
					b = newBar(cmd.ErrOrStderr(), of)
				}
				b.show(done)
			}
			r, err := validate.FitHand(cmd.Context(), o)
			if b != nil {
				b.clear()
			}
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), r)
			}
			printFit(cmd, r)
			return nil
		},
	}
	f := cmd.Flags()
	f.IntVar(&o.N, "n", 24, "people of each condition, 2..10000")
	f.Uint64Var(&o.Seed, "seed", 1, "seed of the people")
	f.IntVar(&o.Rounds, "rounds", 4, "steps of the descent at most, 1..50")
	f.IntVar(&o.Jobs, "jobs", 0, "people at a time, 1..1024 (default: one per core); does not change the result")
	f.BoolVar(&asJSON, "json", false, "print one JSON document")
	return cmd
}

func printFit(cmd *cobra.Command, r *validate.HandFit) {
	w := cmd.OutOrStdout()
	fmt.Fprintf(w, "%d people a condition, seed %d, %d rounds: misfit %.2f to %.2f\n\n", r.N, r.Seed, r.Rounds, r.Before, r.After)
	fmt.Fprintf(w, "%-46s %9s %9s %9s %9s\n", "parameter", "start", "fitted", "in use", "apart")
	for _, p := range r.Parameters {
		name := p.Name
		if p.Unit != "" {
			name += ", " + p.Unit
		}
		fmt.Fprintf(w, "%-46s %9.3g %9.3g %9.3g %8.0f%%\n", name, p.Start, p.Fitted, p.Profile, 100*(p.Fitted/p.Profile-1))
	}
	fmt.Fprintf(w, "\n%-46s %9s %9s %9s %9s\n", "plunge, mm", "published", "start", "fitted", "residual")
	for _, t := range r.Targets {
		fmt.Fprintf(w, "%-46s %9.1f %9.2f %9.2f %+8.0f%%\n", t.What, t.Published, t.Start, t.Fitted, 100*t.Residual)
	}
}
