package cli

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"osseo/app/trial"
	"osseo/haptics"
)

func benchCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "bench", Short: "Measure the model and the loop on this machine",
		Example: "  osseo bench step\n  osseo bench loop --seconds 20 --json\n  osseo bench link --seconds 10 --json",
	}
	cmd.AddCommand(benchStep(), benchPop(), benchStudy(), benchLoop(), benchLink())
	return cmd
}

func benchStep() *cobra.Command {
	var (
		seconds float64
		asJSON  bool
	)
	cmd := &cobra.Command{
		Use: "step", Short: "Time one model step per tick in twelve conditions",
		Long: "Times one step of the model per 1 kHz tick on the motion of a robot's insertion, each step by itself, less the cost of\n" +
			"reading the clock. Then says where the time goes, by the lines of the outline of Step: a third of the time is spent\n" +
			"on the same steps, untimed, under the runtime's CPU profiler, which looks a hundred times a second. A stage's share is\n" +
			"that of the samples within it and what it calls, with a 95 % interval, and its time that share of the mean; what the\n" +
			"compiler inlines keeps its name. More --seconds narrow it.",
		Example: "  osseo bench step --seconds 6 --json", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !(seconds >= 0.1 && seconds <= 600) {
				return fmt.Errorf("--seconds %g: allowed 0.1..600", seconds)
			}
			b, err := trial.BenchStep(cmd.Context(), time.Duration(seconds*float64(time.Second)))
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), b)
			}
			printStepBench(cmd, &b)
			return nil
		},
	}
	cmd.Flags().Float64Var(&seconds, "seconds", 6, "how long to measure in all, 0.1..600")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return cmd
}

func printStepBench(cmd *cobra.Command, b *trial.StepBench) {
	w := cmd.OutOrStdout()
	fmt.Fprintf(w, "%-24s %10s %8s %8s %8s %8s %7s\n", "ns per tick", "mean", "p50", "p99", "p99.9", "max", "allocs")
	line := func(name string, x *trial.StepBench) {
		fmt.Fprintf(w, "%-24s %10.0f %8.0f %8.0f %8.0f %8.0f %7.2g\n", name, x.Mean, x.P50, x.P99, x.P999, x.Max, x.Allocs)
	}
	names := make([]string, 0, len(b.Conditions))
	for n := range b.Conditions {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		x := b.Conditions[n]
		line(n, &x)
	}
	line("all", b)
	names = names[:0]
	for n := range b.Stages.Lines {
		names = append(names, n)
	}
	slices.SortFunc(names, func(x, y string) int {
		return cmp.Or(cmp.Compare(b.Stages.Lines[y].Share, b.Stages.Lines[x].Share), cmp.Compare(x, y))
	})
	fmt.Fprintf(w, "\n%-24s %10s %18s\n", fmt.Sprintf("of %.0f ns, %d samples", b.Mean, b.Stages.Samples), "ns", "share, %")
	for _, n := range names {
		s := b.Stages.Lines[n]
		fmt.Fprintf(w, "%-24s %10.0f %10.1f +- %4.1f\n", n, s.NS, 100*s.Share, 100*s.CI95)
	}
}

func benchLoop() *cobra.Command {
	var (
		seconds, hz float64
		asJSON      bool
	)
	cmd := &cobra.Command{
		Use: "loop", Short: "Run the servo in real time on the virtual leg and measure its lateness",
		Example: "  osseo bench loop --seconds 20 --json", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !(seconds >= 1 && seconds <= 3600) {
				return fmt.Errorf("--seconds %g: allowed 1..3600", seconds)
			}
			if err := checkTickHz(hz); err != nil {
				return err
			}
			stats, err := trial.BenchLoop(cmd.Context(), time.Duration(seconds*float64(time.Second)), hz)
			if err != nil {
				return err
			}
			if stats.Notice != "" {
				fmt.Fprintln(cmd.ErrOrStderr(), "osseo:", stats.Notice)
			}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), stats)
			}
			printLoopBench(cmd, &stats)
			return nil
		},
	}
	cmd.Flags().Float64Var(&seconds, "seconds", 20, "how long to run, 1..3600")
	cmd.Flags().Float64Var(&hz, "tick-hz", trial.DefaultTickHz, "rate of the loop, 100..20000")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return cmd
}

func printLoopBench(cmd *cobra.Command, s *haptics.Stats) {
	fmt.Fprintf(cmd.OutOrStdout(), "%.1f s at %.2f Hz (%s): lateness p50 %.0f p99 %.0f p99.9 %.0f max %.0f us, %d overruns\n",
		s.Seconds, s.RateHz, s.Scheduler, s.LateP50US, s.LateP99US, s.LateP999US, s.LateMaxUS, s.Overruns)
}
