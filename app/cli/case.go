package cli

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"osseo/app/trial"
	"osseo/scenarios"
)

func caseCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "case",
		Short:   "List, show and check training cases",
		Example: "  osseo case list --json\n  osseo case check mine.yaml",
	}
	cmd.AddCommand(caseList(), caseShow(), caseCheck(), caseSchema())
	return cmd
}

// caseLine is one row of `case list --json` (design CONTRACT).
type caseLine struct {
	ID         string `json:"id"`
	Title      string `json:"title"`
	Situation  string `json:"situation"`
	Driver     string `json:"driver"`
	Site       string `json:"site"`
	Difficulty int    `json:"difficulty"`
}

func caseList() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "list", Short: "List the built-in cases", Example: "  osseo case list --json", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			lines := []caseLine{}
			for _, c := range scenarios.List() {
				lines = append(lines, caseLine{c.ID, c.Title, c.Situation, c.Plan.Driver, c.Plan.Site, c.Difficulty})
			}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), lines)
			}
			for _, l := range lines {
				fmt.Fprintf(cmd.OutOrStdout(), "%-24s %s %-8s %-16s %s\n", l.ID, strings.Repeat("●", l.Difficulty)+strings.Repeat("○", 3-l.Difficulty), l.Driver, l.Site, l.Title)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return cmd
}

func caseShow() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "show ID|FILE", Short: "Show one case as its file, or as JSON", Example: "  osseo case show adult-arrest > mine.yaml",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := trial.LoadCase(args[0])
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), c)
			}
			_, err = fmt.Fprint(cmd.OutOrStdout(), c.Text)
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return cmd
}

func caseCheck() *cobra.Command {
	return &cobra.Command{
		Use: "check FILE...", Short: "Check case files: every mistake with line, column, value and allowed range",
		Example: "  osseo case check mine.yaml yours.yaml", Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			bad := false
			for _, file := range args {
				text, err := os.ReadFile(file)
				if err != nil {
					return fmt.Errorf("case file: %w", err)
				}
				c, err := scenarios.Parse(file, text)
				var problems scenarios.Problems
				switch {
				case errors.As(err, &problems):
					bad = true
					fmt.Fprintln(cmd.OutOrStdout(), problems.Error())
				case err != nil:
					return err
				default:
					fmt.Fprintf(cmd.OutOrStdout(), "%s: good: %q, %d steps, %d rubric items\n", file, c.ID, len(c.Steps), len(c.Rubric.Items))
				}
			}
			if bad {
				return errNotTrue
			}
			return nil
		},
	}
}

func caseSchema() *cobra.Command {
	return &cobra.Command{
		Use: "schema", Short: "Print the JSON Schema of a case file, for editors",
		Example: "  osseo case schema > case.schema.json", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := cmd.OutOrStdout().Write(scenarios.Schema())
			return err
		},
	}
}
