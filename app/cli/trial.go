package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"osseo/app/trial"
)

func trialCommand() *cobra.Command {
	var (
		s        trial.Setup
		set      []string
		realtime bool
		asJSON   bool
	)
	cmd := &cobra.Command{
		Use:   "trial --case ID|FILE",
		Short: "Run one case with a simulated or recorded hand and grade it",
		Example: "  osseo trial --case adult-arrest --hand expert --seed 7 --json\n" +
			"  osseo trial --case obese-burns --needle ez-15 --record run.osseo\n" +
			"  osseo trial --case adult-arrest --hand run.osseo --tick-hz 250\n" +
			"  osseo trial --case adult-arrest --set hand.tilt_deg=25 --set tray.battery=0",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			err := checkTickHz(s.TickHz)
			if err != nil {
				return err
			}
			if s.Set, err = parseSet(set); err != nil {
				return err
			}
			result, err := runTrial(cmd, s, realtime)
			if err != nil {
				return err
			}
			if cmd.Context().Err() != nil {
				err = fmt.Errorf("the trial was broken off at %.1f s, its grade is of what was done until then", float64(result.Recording.Ticks)/result.TickHz)
			}
			if asJSON {
				return errors.Join(err, printJSON(cmd.OutOrStdout(), result))
			}
			printResult(cmd.OutOrStdout(), result)
			return err
		},
	}
	f := cmd.Flags()
	f.StringVar(&s.CaseRef, "case", "", "id of a built-in case (osseo case list) or a case file")
	f.StringVar(&s.Hand, "hand", "trained", "novice, trained, expert, robot, or a recording whose hand is repeated")
	f.StringVar(&s.Driver, "driver", "", "manual, powered or spring (default: the case's plan)")
	f.StringVar(&s.Needle, "needle", "", "needle id (default: the case's plan)")
	f.StringVar(&s.Device, "device", "virtual", "virtual, emulated, or the port of a leg (osseo device list), which runs at the speed of the clock")
	f.Uint64Var(&s.Seed, "seed", 0, "seed of patient and hand (default: the case's own)")
	f.Float64Var(&s.TickHz, "tick-hz", trial.DefaultTickHz, "rate of the loop, 100..20000")
	f.StringArrayVar(&set, "set", nil, "path=value: overrides a value of the case, or of the hand (hand.tilt_deg=25)")
	f.BoolVar(&realtime, "realtime", false, "run at the speed of the clock instead of as fast as possible")
	f.StringVar(&s.Record, "record", "", "file to record into; it must not exist")
	f.BoolVar(&asJSON, "json", false, "print one JSON document")
	must(cmd.MarkFlagRequired("case"))
	return cmd
}

// must is for mistakes in this package, not of its users.
func must(err error) {
	if err != nil {
		panic("cli: " + err.Error())
	}
}

func parseSet(pairs []string) (map[string]string, error) {
	set := map[string]string{}
	for _, p := range pairs {
		path, value, ok := strings.Cut(p, "=")
		if !ok || path == "" {
			return nil, fmt.Errorf("--set %q: write path=value, for example --set patient.weight_kg=3.1", p)
		}
		set[path] = value
	}
	return set, nil
}

func runTrial(cmd *cobra.Command, s trial.Setup, realtime bool) (*trial.Result, error) {
	if realtime || s.Device != "" && s.Device != trial.Virtual && s.Device != trial.Emulated {
		return trial.RunLive(cmd.Context(), s)
	}
	var progress func(float64)
	if w := cmd.ErrOrStderr(); onTerminal(w) {
		progress = func(at float64) { fmt.Fprintf(w, "\r%6.1f s simulated", at) }
		defer fmt.Fprint(w, "\r                    \r")
	}
	result, _, err := trial.Run(cmd.Context(), s, progress)
	return result, err
}

// printResult says a result in words.
func printResult(w io.Writer, r *trial.Result) {
	verdict := "not passed"
	if r.Grade.Passed {
		verdict = "passed"
	}
	fmt.Fprintf(w, "%s, seed %d, %s hand, %s %s: %.0f of 100, %s\n", r.Case, r.Seed, r.Hand, r.Driver, r.Needle, r.Grade.Score, verdict)
	fmt.Fprintf(w, "tip: %s", r.Outcome.Zone)
	if r.Breakthru != nil {
		fmt.Fprintf(w, "; pop at %.1f mm, %.1f N to %.1f N", r.Breakthru.DepthMM, r.Breakthru.ForceBefore, r.Breakthru.ForceAfter)
	}
	if r.PlungeMM != nil {
		fmt.Fprintf(w, "; ran on %.1f mm", *r.PlungeMM)
	}
	if r.InsertionS != nil {
		fmt.Fprintf(w, "; %.1f s in the cortex", *r.InsertionS)
	}
	fmt.Fprintf(w, "; peak %.1f N\n\n", r.PeakForceN)
	for _, i := range r.Grade.Items {
		sign := "✓"
		switch {
		case i.Points == 0 && i.Of > 0:
			sign = "✗"
		case i.Points < i.Of:
			sign = "!"
		}
		fmt.Fprintf(w, "  %s %4.1f/%-4.1f %s: %s\n", sign, i.Points, i.Of, i.Title, i.Evidence)
	}
	for _, id := range r.Grade.CriticalFailures {
		fmt.Fprintf(w, "\nCritical: %s\n", id)
	}
	for n, a := range r.Grade.Advice {
		fmt.Fprintf(w, "\n%d. %s", n+1, a)
	}
	if r.Recording.File != "" {
		fmt.Fprintf(w, "\n\nRecording: %s", r.Recording.File)
	}
	fmt.Fprintln(w)
}
