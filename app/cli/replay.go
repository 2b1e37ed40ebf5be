package cli

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"osseo/app/trial"
	"osseo/scenarios"
	"osseo/scenarios/grading"
)

func replayCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "replay FILE",
		Short:   "Run a recording through the model again and compare; exit 1 if it diverges",
		Example: "  osseo replay run.osseo --json",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			r, _, err := trial.Replay(args[0])
			if err != nil {
				return err
			}
			if asJSON {
				err = printJSON(cmd.OutOrStdout(), r)
			} else {
				printReplay(cmd, r)
			}
			if err == nil && !r.Identical {
				err = errNotTrue
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return cmd
}

func printReplay(cmd *cobra.Command, r *trial.ReplayReport) {
	w := cmd.OutOrStdout()
	fmt.Fprintf(w, "%s: %d ticks, %s\n", r.File, r.Ticks, r.End)
	how := "within tolerance (made by another build or machine)"
	if r.Exact {
		how = "to the bit"
	}
	switch {
	case r.Identical:
		fmt.Fprintf(w, "replays %s, state %s\n", how, r.StateHash)
	case r.Diverged != nil && r.Diverged.What == "state_hash":
		fmt.Fprintf(w, "diverges at tick %d: the model's state is not the recorded one\n", r.Diverged.Tick)
	case r.Diverged != nil:
		fmt.Fprintf(w, "diverges at tick %d: %s recorded %g, computed %g\n", r.Diverged.Tick, r.Diverged.What, r.Diverged.Recorded, r.Diverged.Computed)
	default:
		fmt.Fprintf(w, "final state differs: recorded %s, computed %s\n", r.Recorded, r.StateHash)
	}
}

func gradeCommand() *cobra.Command {
	var (
		asJSON bool
		file   string
	)
	cmd := &cobra.Command{
		Use:     "grade FILE",
		Short:   "Grade a recording from its case and what it shows, nothing else",
		Example: "  osseo grade run.osseo\n  osseo grade run.osseo --rubric mine.yaml --json",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			rubric, err := readRubric(file)
			if err != nil {
				return err
			}
			_, e, err := trial.Replay(args[0])
			if err != nil {
				return err
			}
			if !e.End.Whole() {
				fmt.Fprintf(cmd.ErrOrStderr(), "osseo: the recording is not whole (%s): graded on what is there\n", e.End.Reason)
			}
			result, err := e.Result(rubric)
			if err != nil {
				return err
			}
			result.Recording.File = args[0]
			if asJSON {
				return printJSON(cmd.OutOrStdout(), result)
			}
			printResult(cmd.OutOrStdout(), result)
			return nil
		},
	}
	cmd.Flags().StringVar(&file, "rubric", "", "rubric file to grade by (default: the case's own)")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return cmd
}

func readRubric(file string) (*grading.Rubric, error) {
	if file == "" {
		return nil, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("rubric file: %w", err)
	}
	r, err := scenarios.ParseRubric(file, text)
	return &r, err
}
