package cli

import (
	"errors"
	"fmt"
	"os"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"osseo/app/gradebook"
)

func bookCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "book", Short: "Read the gradebook: learners, sessions, one session",
		Example: "  osseo book learners\n  osseo book sessions --learner Ana --json\n  osseo book show 0198",
	}
	store := cmd.PersistentFlags().String("store", "", "gradebook file (default: the one the window uses)")
	asJSON := cmd.PersistentFlags().Bool("json", false, "print one JSON document")
	cmd.AddCommand(bookLearners(store, asJSON), bookSessions(store, asJSON), bookShow(store, asJSON))
	return cmd
}

// withBook opens the gradebook for as long as f runs.
func withBook(store string, f func(*gradebook.Book) error) error {
	if store == "" {
		var err error
		if store, err = gradebook.DefaultPath(); err != nil {
			return err
		}
	} else if _, err := os.Stat(store); err != nil {
		return fmt.Errorf("--store: %w: give the file of a gradebook, or leave it out for the one the window uses", err)
	}
	b, err := gradebook.Open(store)
	if err != nil {
		return err
	}
	err = f(b)
	if closed := b.Close(); err == nil {
		err = closed
	}
	if errors.Is(err, gradebook.ErrNotFound) {
		err = fmt.Errorf("%w: `osseo book learners` and `osseo book sessions` show what there is", err)
	}
	return err
}

func bookLearners(store *string, asJSON *bool) *cobra.Command {
	return &cobra.Command{
		Use: "learners", Short: "List the learners", Example: "  osseo book learners --json", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withBook(*store, func(b *gradebook.Book) error {
				all, err := b.Learners()
				if err != nil {
					return err
				}
				if *asJSON {
					return printJSON(cmd.OutOrStdout(), orEmpty(all))
				}
				w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 4, 2, ' ', 0)
				for _, l := range all {
					fmt.Fprintf(w, "%s\t%d trials\t%s\n", l.Name, l.Trials, l.ID)
				}
				return w.Flush()
			})
		},
	}
}

func bookSessions(store *string, asJSON *bool) *cobra.Command {
	var learner string
	cmd := &cobra.Command{
		Use: "sessions", Short: "List the sessions, oldest first", Example: "  osseo book sessions --learner Ana --json", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withBook(*store, func(b *gradebook.Book) error {
				id := ""
				if learner != "" {
					l, err := b.Learner(learner)
					if err != nil {
						return err
					}
					id = l.ID
				}
				all, err := b.Trials(id)
				if err != nil {
					return err
				}
				if *asJSON {
					return printJSON(cmd.OutOrStdout(), orEmpty(all))
				}
				w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 4, 2, ' ', 0)
				for i := range all {
					fmt.Fprintln(w, sessionLine(&all[i]))
				}
				return w.Flush()
			})
		},
	}
	cmd.Flags().StringVar(&learner, "learner", "", "name or id of one learner (default: everyone)")
	return cmd
}

// sessionLine is one session in a table.
func sessionLine(t *gradebook.Trial) string {
	grade := "not gradable"
	if t.Graded {
		grade = fmt.Sprintf("%3.0f not passed", t.Score)
		if t.Passed {
			grade = fmt.Sprintf("%3.0f passed", t.Score)
		}
	}
	return fmt.Sprintf("%s\t%s\t%s\t%s\t%s\t%s", t.StartedAt.Local().Format("2006-01-02 15:04"), t.Case, t.Mode, grade, t.Zone, t.ID)
}

func bookShow(store *string, asJSON *bool) *cobra.Command {
	return &cobra.Command{
		Use: "show ID", Short: "Show one session; the first letters of its id are enough", Example: "  osseo book show 0198 --json",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return withBook(*store, func(b *gradebook.Book) error {
				t, err := b.Trial(args[0])
				if err != nil {
					return err
				}
				if *asJSON {
					return printJSON(cmd.OutOrStdout(), t)
				}
				fmt.Fprintf(cmd.OutOrStdout(), "%s\nrecording: %s\n%s\n", sessionLine(&t), t.Recording, t.Report)
				return nil
			})
		},
	}
}

// orEmpty prints an empty list as [] and not as null.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
