package cli

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"osseo/app/trial"
	"osseo/haptics/virtual"
)

func benchPop() *cobra.Command {
	var (
		n                int
		hand             string
		asJSON, markdown bool
	)
	cmd := &cobra.Command{
		Use: "pop", Short: "Measure the pop in twelve conditions, from the model to the command",
		Long: "Simulated people go into N bones (seeds 1 to N) in each of the twelve conditions of bench step, with the virtual leg,\n" +
			"through loop and governor. Printed are medians over the bones: how many walls gave way and how many of these pops were\n" +
			"felt, force before and after, what is left (target 15-40 %), clarity in Weber units (just noticeable differences,\n" +
			"target at least 1), how long the model's force and the command take for 90 % of the drop, and by how many ticks the\n" +
			"command lies behind the model (target at most 2: worst bone, worst of nine levels of the drop; the leg has the command\n" +
			"with the next exchange, one tick later). A robot stops within milliseconds and so takes its push from what is left.\n" +
			"Exit 1 when a condition misses a target.",
		Example: "  osseo bench pop\n  osseo bench pop --n 100 --json", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if n < 1 || n > 10000 {
				return fmt.Errorf("--n %d: allowed 1..10000", n)
			}
			b, err := trial.BenchPop(cmd.Context(), hand, n)
			if err != nil {
				return err
			}
			switch w := cmd.OutOrStdout(); {
			case asJSON:
				err = printJSON(w, b)
			case markdown:
				printPopTable(w, &b)
			default:
				printPops(w, &b)
			}
			if err == nil && len(b.Misses) > 0 {
				return errNotTrue
			}
			return err
		},
	}
	cmd.Flags().IntVar(&n, "n", 40, "bones of each condition, 1..10000")
	cmd.Flags().StringVar(&hand, "hand", "expert", "who: "+strings.Join(virtual.Skills, ", "))
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	cmd.Flags().BoolVar(&markdown, "markdown", false, "print the table of docs/model.md")
	return cmd
}

// popColumns are what is printed of a condition, after its name.
var popColumns = []struct {
	name string
	text func(*trial.PopCondition) string
}{
	{"gave way", func(c *trial.PopCondition) string { return strconv.Itoa(c.Pops) }},
	{"felt", func(c *trial.PopCondition) string { return strconv.Itoa(c.Felt) }},
	{"before, N", func(c *trial.PopCondition) string { return middle(c.Before, 1) }},
	{"after, N", func(c *trial.PopCondition) string { return middle(c.After, 1) }},
	{"left, %", func(c *trial.PopCondition) string { return middle(c.Residual, 100) }},
	{"clarity, Weber", func(c *trial.PopCondition) string { return middle(c.Clarity, 1) }},
	{"fall, ms", func(c *trial.PopCondition) string { return middle(c.Fall, 1) }},
	{"sent, ticks", func(c *trial.PopCondition) string { return middle(c.SentFall, 1) }},
	{"lag, ticks", func(c *trial.PopCondition) string { return greatest(c.Lag) }},
}

func printPops(w io.Writer, b *trial.PopBench) {
	fmt.Fprintf(w, "%-23s", fmt.Sprintf("%s, %d bones", b.Hand, b.N))
	for _, k := range popColumns {
		fmt.Fprintf(w, " %*s", max(6, len(k.name)), k.name)
	}
	fmt.Fprintln(w)
	for _, c := range trial.Conditions() {
		x := b.Conditions[c.Name]
		fmt.Fprintf(w, "%-23s", c.Name)
		for _, k := range popColumns {
			fmt.Fprintf(w, " %*s", max(6, len(k.name)), k.text(&x))
		}
		fmt.Fprintln(w)
		for _, m := range x.Misses {
			fmt.Fprintf(w, "  misses: %s\n", m)
		}
	}
	fmt.Fprintf(w, "%d of %d conditions meet every target\n", len(b.Conditions)-len(b.Misses), len(b.Conditions))
}

// printPopTable prints the same for a page.
func printPopTable(w io.Writer, b *trial.PopBench) {
	fmt.Fprintf(w, "| %s, %d bones |", b.Hand, b.N)
	for _, k := range popColumns {
		fmt.Fprintf(w, " %s |", k.name)
	}
	fmt.Fprintf(w, " misses |\n|---|%s---|\n", strings.Repeat("---|", len(popColumns)))
	for _, c := range trial.Conditions() {
		x := b.Conditions[c.Name]
		fmt.Fprintf(w, "| %s |", c.Name)
		for _, k := range popColumns {
			fmt.Fprintf(w, " %s |", k.text(&x))
		}
		fmt.Fprintf(w, " %s |\n", strings.Join(x.Misses, "; "))
	}
}

func middle(s trial.Spread, times float64) string {
	if s.Median == nil {
		return "-"
	}
	return fmt.Sprintf("%.3g", *s.Median*times)
}

func greatest(s trial.Spread) string {
	if s.Max == nil {
		return "-"
	}
	return fmt.Sprintf("%.0f", *s.Max)
}
