package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"osseo/app/study"
)

func benchStudy() *cobra.Command {
	var (
		caseID, population string
		n, rounds, jobs    int
		asJSON             bool
	)
	cmd := &cobra.Command{
		Use: "study", Short: "Count the virtual trials a second on one core and on more",
		Long: "Does the first N rows of a study with one job and with --jobs in turn, round after round, so that whatever else the\n" +
			"machine does meets both alike, and prints the medians: rows a second, rows per second of processor time (which a busy\n" +
			"machine hardly changes), and how many times as fast more jobs are. The rows are the same each time.",
		Example: "  osseo bench study\n  osseo bench study --case adult-arrest --n 40 --jobs 2 --json", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if rounds < 1 || rounds > 100 || jobs < 2 || jobs > 1024 {
				return fmt.Errorf("--rounds %d, --jobs %d: allowed 1..100 rounds and 2..1024 jobs", rounds, jobs)
			}
			p := study.Plan{Case: caseID, N: n, Hand: "expert"}
			what := caseID
			if caseID == "" {
				people, err := study.ParseSpec(population)
				if err != nil {
					return err
				}
				p.People, what = &people, population
			}
			t, err := study.Measure(cmd.Context(), p, []int{1, jobs}, rounds)
			if err != nil {
				return err
			}
			t.What = what
			if asJSON {
				return printJSON(cmd.OutOrStdout(), t)
			}
			printThroughput(cmd, &t)
			return nil
		},
	}
	cmd.Flags().StringVar(&caseID, "case", "", "measure whole runs of this case instead of insertions")
	cmd.Flags().StringVar(&population, "population", "age=18..80y", "whom to draw, as in osseo study")
	cmd.Flags().IntVar(&n, "n", 60, "rows of each measurement, 1..1000000")
	cmd.Flags().IntVar(&rounds, "rounds", 3, "how often to measure, 1..100, besides one to warm up")
	cmd.Flags().IntVar(&jobs, "jobs", 2, "how many at a time against one, 2..1024")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return cmd
}

func printThroughput(cmd *cobra.Command, t *study.Throughput) {
	w := cmd.OutOrStdout()
	fmt.Fprintf(w, "%s, %d rows, median of %d rounds\n", t.What, t.Rows, t.Rounds)
	names := make([]string, 0, len(t.PerS))
	for name := range t.PerS {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return len(a)*10 - len(b)*10 + strings.Compare(a, b) })
	for _, name := range names {
		fmt.Fprintf(w, "%4s at a time: %7.1f rows/s", name, t.PerS[name])
		if per, ok := t.PerCPUS[name]; ok {
			fmt.Fprintf(w, ", %7.1f per second of processor time", per)
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "%.2f times as fast\n", t.Scaling)
}
