package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"osseo/app/study"
)

// studyFlags are the flags that study and compare share.
type studyFlags struct {
	plan                 study.Plan
	people, depth, point string
	asJSON               bool
}

func (s *studyFlags) add(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&s.people, "population", "", "whom: `SPEC`, for example age=3..9mo,sex=any (docs/study.md)")
	f.IntVar(&s.plan.N, "n", 500, "rows, 1..1000000")
	f.StringVar(&s.plan.Hand, "hand", "trained", "novice, trained, expert or robot")
	f.StringVar(&s.depth, "depth", "stop-at-pop", "stop-at-pop, hub-to-skin, or mm of needle below the skin")
	f.StringVar(&s.point, "offset-mm", "", "point, mm `DISTAL,MEDIAL` of the ideal one, or fingers:1 or fingers:2 below the tuberosity (default: as the hand finds it)")
	f.Uint64Var(&s.plan.Seed, "seed", 0, "seed of the first row (default: the case's own, or 1)")
	f.IntVar(&s.plan.Jobs, "jobs", 0, "rows at a time, 1..1024 (default: one per core); does not change the result")
	f.BoolVar(&s.asJSON, "json", false, "print one JSON document")
}

// parse completes the plan. otherwise is the population where neither one nor a case is given; empty = none.
func (s *studyFlags) parse(cmd *cobra.Command, otherwise string) error {
	var err error
	if s.plan.Case == "" && !cmd.Flags().Changed("population") {
		s.people = otherwise
	}
	if s.plan.Case == "" {
		people, err := study.ParseSpec(s.people)
		if err != nil {
			return err
		}
		s.plan.People = &people
	}
	if s.plan.Depth, err = study.ParseDepth(s.depth); err != nil {
		return err
	}
	s.plan.Point, err = study.ParsePoint(s.point)
	return err
}

func studyCommand() *cobra.Command {
	var (
		s   studyFlags
		csv string
	)
	cmd := &cobra.Command{
		Use:   "study --case ID | --population SPEC",
		Short: "Run many virtual trials and sum them up, with 95 % intervals",
		Example: "  osseo study --case adult-arrest --hand novice --n 200\n" +
			"  osseo study --population age=0..6mo --needle ez-25 --depth hub-to-skin --n 1000 --json\n" +
			"  osseo study --population age=18..80y,bmi=47,site=proximal-humerus --needle by-weight --csv rows.csv",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := s.parse(cmd, ""); err != nil {
				return err
			}
			sum, err := runStudy(cmd, &s, csv)
			if sum == nil || (err != nil && sum.N == 0) {
				return err
			}
			if s.asJSON {
				return errors.Join(err, printJSON(cmd.OutOrStdout(), sum))
			}
			printStudy(cmd.OutOrStdout(), sum)
			return err
		},
	}
	f := cmd.Flags()
	s.add(cmd)
	f.StringVar(&s.plan.Case, "case", "", "id of a built-in case or a case file: every row is a whole run of it")
	f.StringVar(&s.plan.Driver, "driver", "", "manual, powered or spring (default: the needle's, or powered; the case's plan)")
	f.StringVar(&s.plan.Needle, "needle", "", "needle id, or by-weight (default: by-weight; the case's plan)")
	f.StringVar(&csv, "csv", "", "`FILE` for the rows, one line each; - is standard output")
	cmd.MarkFlagsMutuallyExclusive("case", "population")
	cmd.MarkFlagsOneRequired("case", "population")
	return cmd
}

// runStudy runs the study and writes its rows.
func runStudy(cmd *cobra.Command, s *studyFlags, csv string) (*study.Summary, error) {
	rows, finish, err := openCSV(cmd, csv, s.asJSON)
	if err != nil {
		return nil, err
	}
	bar := newBar(cmd.ErrOrStderr(), s.plan.N)
	sum, err := study.Run(cmd.Context(), s.plan, rows, bar.show)
	bar.clear()
	if errors.Is(err, context.Canceled) {
		err = fmt.Errorf("study broken off after %d of %d rows", sum.N, s.plan.N)
	}
	return sum, errors.Join(err, finish())
}

// openCSV is where rows go; an empty name is nowhere.
func openCSV(cmd *cobra.Command, name string, asJSON bool) (study.Sink, func() error, error) {
	var w io.Writer
	shut := func() error { return nil }
	switch name {
	case "":
		return nil, shut, nil
	case "-":
		if asJSON {
			return nil, nil, fmt.Errorf("--csv - and --json both want standard output: give --csv a file")
		}
		w = cmd.OutOrStdout()
	default:
		f, err := os.Create(name)
		if err != nil {
			return nil, nil, fmt.Errorf("--csv: %w", err)
		}
		w, shut = f, f.Close
	}
	c := study.NewCSV(w)
	return c.Write, func() error { return errors.Join(c.Flush(), shut()) }, nil
}

// bar draws progress on a terminal, and nothing elsewhere.
type bar struct {
	w     io.Writer
	n     int
	began time.Time
	last  chan time.Time // one token: whoever holds it draws
}

func newBar(w io.Writer, n int) *bar {
	b := &bar{n: n, began: time.Now()}
	if onTerminal(w) {
		b.w = w
		b.last = make(chan time.Time, 1)
		b.last <- time.Time{}
	}
	return b
}

// show draws at most ten times a second; it may be called from any goroutine.
func (b *bar) show(done int) {
	if b.w == nil {
		return
	}
	select {
	case last := <-b.last:
		now := time.Now()
		if now.Sub(last) >= 100*time.Millisecond {
			b.draw(done, now.Sub(b.began))
			last = now
		}
		b.last <- last
	default:
	}
}

func (b *bar) draw(done int, took time.Duration) {
	const width = 30
	full := width * done / max(b.n, 1)
	left := time.Duration(float64(took) / float64(max(done, 1)) * float64(b.n-done)).Round(time.Second)
	fmt.Fprintf(b.w, "\r%s%s %d/%d, %s left ", strings.Repeat("█", full), strings.Repeat("░", width-full), done, b.n, left)
}

func (b *bar) clear() {
	if b.w != nil {
		fmt.Fprint(b.w, "\r\x1b[K")
	}
}

// printStudy says a summary in words.
func printStudy(w io.Writer, s *study.Summary) {
	whom := ""
	if s.Case != nil {
		whom = "case " + *s.Case
	} else {
		whom = "people of " + fmt.Sprintf("%q", *s.Population)
	}
	fmt.Fprintf(w, "%d rows, %s, %s hand, %s %s, seed %d\n\n", s.N, whom, s.Hand, s.Driver, s.Needle, s.Seed)
	printShare(w, "tip in the marrow", s.Success)
	for _, z := range study.ByRate(s.Zones) {
		if z != "medulla" && s.Zones[z] > 0 {
			fmt.Fprintf(w, "    %-22s %5.1f %%\n", z, 100*s.Zones[z])
		}
	}
	printShare(w, "technical complication", s.Complication.Share)
	printShare(w, "needle damaged", s.Damaged)
	printShare(w, "slipped on the bone", s.Slipped)
	printShare(w, "stands by itself", s.Stands)
	printShare(w, "leaks", s.Leaks)
	if s.Passed != nil {
		printShare(w, "passed", *s.Passed)
	}
	fmt.Fprintln(w)
	printSpread(w, "insertion, s", s.InsertionS)
	printSpread(w, "procedure, s", s.ProcedureS)
	printSpread(w, "peak force, N", s.PeakForceN)
	printSpread(w, "plunge, mm", s.PlungeMM)
	printSpread(w, "pop, just noticeable", s.ClarityWeber)
	printSpread(w, "gravity flow, mL/min", s.Gravity)
	printSpread(w, "bag flow, mL/min", s.Bag300)
	printSpread(w, "score", s.Score)
	fmt.Fprintf(w, "\n%.1f rows/s with %d at a time\n", s.RowsPerS, s.Jobs)
}

func printShare(w io.Writer, name string, s study.Share) {
	if s.Of == 0 {
		return
	}
	fmt.Fprintf(w, "%-26s %5.1f %%  (%.1f to %.1f)\n", name, 100*s.Rate, 100*s.CI95[0], 100*s.CI95[1])
}

func printSpread(w io.Writer, name string, s study.Spread) {
	if s.N == 0 {
		return
	}
	fmt.Fprintf(w, "%-26s %7.2f ± %-7.2f median %.2f, 5-95 %%: %.2f to %.2f\n", name, *s.Mean, *s.SD, *s.Median, *s.P5, *s.P95)
}
