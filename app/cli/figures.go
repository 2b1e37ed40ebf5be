package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"osseo/app/figures"
)

func figuresCommand() *cobra.Command {
	var (
		out       string
		list, png bool
	)
	cmd := &cobra.Command{
		Use: "figures [NAME...]", Short: "Draw the mechanisms of docs/model.md by running the model",
		Long: "Computes and draws one figure for each mechanism of docs/model.md, or those that are named, as SVG (or PNG). Every\n" +
			"curve comes from the model; equal programs give equal files.",
		Example: "  osseo figures\n  osseo figures --list\n  osseo figures --out /tmp pop skating", Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			chosen, err := chooseFigures(args)
			if err != nil {
				return err
			}
			if list {
				for _, f := range chosen {
					fmt.Fprintf(cmd.OutOrStdout(), "%-12s %s\n", f.Name, f.Title)
				}
				return nil
			}
			if err := os.MkdirAll(out, 0o755); err != nil {
				return fmt.Errorf("figures: %w", err)
			}
			for i, f := range chosen {
				if err := cmd.Context().Err(); err != nil {
					return err
				}
				file, err := writeFigure(out, f, png)
				if err != nil {
					return err
				}
				fmt.Fprintf(cmd.ErrOrStderr(), "%d of %d %s\n", i+1, len(chosen), file)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&out, "out", "docs/img/model", "directory to write to")
	cmd.Flags().BoolVar(&list, "list", false, "only print names and titles")
	cmd.Flags().BoolVar(&png, "png", false, "write PNG instead of SVG")
	return cmd
}

// chooseFigures are the named ones, or all.
func chooseFigures(names []string) ([]figures.Figure, error) {
	if len(names) == 0 {
		return figures.All(), nil
	}
	var out []figures.Figure
	for _, n := range names {
		f, err := figures.ByName(strings.TrimSuffix(n, ".svg"))
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

func writeFigure(dir string, f figures.Figure, png bool) (string, error) {
	draw, ending := f.SVG, ".svg"
	if png {
		draw, ending = f.PNG, ".png"
	}
	data, err := draw()
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, f.Name+ending)
	if err := os.WriteFile(file, data, 0o644); err != nil {
		return "", fmt.Errorf("figures: %w", err)
	}
	return file, nil
}
