package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"osseo/app/study/validate"
)

func validateCommand() *cobra.Command {
	var (
		o      validate.Options
		asJSON bool
		docs   string
	)
	cmd := &cobra.Command{
		Use: "validate", Short: "Compare the model with published figures; exit 1 when a row fails",
		Long: "Computes the cases A1 to A46 with the one model and its one set of parameters and compares them with published\n" +
			"bands. Statistical rows take 500 virtual people each, with the seeds 1 to 500; --n takes fewer for a quick look, or more.\n" +
			"Rows are printed as they are finished.",
		Example: "  osseo validate\n  osseo validate --only A4 --json\n  osseo validate --n 100 --docs /tmp/look\n  osseo validate --docs docs", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.Jobs < 0 || o.Jobs > 1024 {
				return fmt.Errorf("--jobs %d: allowed 0..1024", o.Jobs)
			}
			if cmd.Flags().Changed("n") && (o.People < 20 || o.People > 100_000) {
				return fmt.Errorf("--n %d: allowed 20..100000", o.People)
			}
			if docs != "" { // before the work, not after it
				if err := os.MkdirAll(docs, 0o755); err != nil {
					return fmt.Errorf("--docs: %w: choose another directory", err)
				}
			}
			stdout, stderr := cmd.OutOrStdout(), cmd.ErrOrStderr()
			o.Progress = progressOf(stderr)
			if !asJSON {
				o.Row = func(r *validate.Row) {
					clearLine(stderr)
					printRow(stdout, r)
				}
			}
			rows, err := validate.Run(cmd.Context(), o)
			if err != nil {
				return err
			}
			if docs != "" {
				if err := writeValidation(docs, rows); err != nil {
					return err
				}
			}
			if asJSON {
				err = printJSON(stdout, rows)
			} else {
				printTotal(stdout, rows)
			}
			if err == nil && validate.Passed(rows) < len(rows) {
				return errNotTrue
			}
			return err
		},
	}
	cmd.Flags().StringSliceVar(&o.Only, "only", nil, "rows to compute, such as A4 or A4,A16; none = all")
	cmd.Flags().BoolVar(&o.Quick, "quick", false, "only rows that need no crowd of virtual hands")
	cmd.Flags().IntVar(&o.People, "n", 500, "virtual people of a statistical row, 20..100000")
	cmd.Flags().IntVar(&o.Jobs, "jobs", 0, "how many at a time, 0 = one for each processor")
	cmd.Flags().StringVar(&docs, "docs", "", "write validation.md and its plots into this directory")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return cmd
}

// progressOf tells how far it is: in one line that is written over on a terminal, else a line a row.
func progressOf(w io.Writer) func(done, of int, id string) {
	form := "%d of %d %s\n"
	if onTerminal(w) {
		form = "\r%d of %d %-8s"
	}
	return func(done, of int, id string) {
		fmt.Fprintf(w, form, done, of, id)
		if done == of && onTerminal(w) {
			fmt.Fprintln(w)
		}
	}
}

// clearLine takes the progress off a terminal before something else is written there.
func clearLine(w io.Writer) {
	if onTerminal(w) {
		fmt.Fprint(w, "\r\x1b[K")
	}
}

func printRow(w io.Writer, r *validate.Row) {
	fmt.Fprintf(w, "%-4s %-4s %s\n", r.ID, mark(r.Pass), r.Input)
	for _, c := range r.Checks {
		fmt.Fprintf(w, "     %-4s %s: %s, published %s\n", mark(c.Pass), c.What, validate.Amount(c.Value, c.CI95, c.Unit), validate.Range(c.Band, c.Unit))
	}
}

// printTotal says how many rows pass and which do not.
func printTotal(w io.Writer, rows []validate.Row) {
	fmt.Fprintf(w, "%d of %d rows pass\n", validate.Passed(rows), len(rows))
	var missed []string
	for i := range rows {
		if !rows[i].Pass {
			missed = append(missed, rows[i].ID)
		}
	}
	if len(missed) > 0 {
		fmt.Fprintf(w, "failing: %s\n", strings.Join(missed, " "))
	}
}

func mark(pass bool) string {
	if pass {
		return "pass"
	}
	return "FAIL"
}

// writeValidation writes the page and the plots beside it.
func writeValidation(dir string, rows []validate.Row) error {
	for name, text := range validate.Pages(rows) {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return fmt.Errorf("validate: %w", err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			return fmt.Errorf("validate: %w", err)
		}
	}
	return nil
}
