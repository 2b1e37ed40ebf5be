package cli

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"osseo/scenarios"
)

func rubricCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "rubric", Short: "Check rubric files", Example: "  osseo rubric check mine.yaml"}
	cmd.AddCommand(&cobra.Command{
		Use: "check FILE", Short: "Check a rubric: every mistake with line, column, value and allowed range",
		Example: "  osseo rubric check mine.yaml", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := os.ReadFile(args[0])
			if err != nil {
				return fmt.Errorf("rubric file: %w", err)
			}
			r, err := scenarios.ParseRubric(args[0], text)
			var problems scenarios.Problems
			if errors.As(err, &problems) {
				fmt.Fprintln(cmd.OutOrStdout(), problems.Error())
				return errNotTrue
			}
			if err == nil {
				fmt.Fprintf(cmd.OutOrStdout(), "%s: good: %d items, pass %g\n", args[0], len(r.Items), r.Pass)
			}
			return err
		},
	})
	return cmd
}
