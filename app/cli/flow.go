package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"osseo/app/study"
)

func flowCommand() *cobra.Command {
	var (
		f      study.Infusion
		people string
		site   string
		asJSON bool
	)
	cmd := &cobra.Command{
		Use:   "flow --patient SPEC --site ID",
		Short: "Let an infusion run through a needle, and say how much, where to, and what it hurts",
		Example: "  osseo flow --patient age=18..80y --site proximal-tibia --pressure-mmhg 300 --n 500\n" +
			"  osseo flow --patient age=0..1y --site distal-femur --gauge 18G --gravity-cm 80 --blood-loss-ml-kg 20 --json\n" +
			"  osseo flow --patient age=40 --fault far-wall --pressure-mmhg 300 --minutes 20",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var err error
			if f.People, err = study.ParseSpec(people); err != nil {
				return err
			}
			if cmd.Flags().Changed("site") {
				if !slices.Contains(study.Sites(), site) {
					return fmt.Errorf("--site %q: allowed %s", site, strings.Join(study.Sites(), ", "))
				}
				f.People = f.People.At(site)
			}
			if err := checkFlow(cmd, &f); err != nil {
				return err
			}
			bar := newBar(cmd.ErrOrStderr(), f.N)
			sum, err := study.Infuse(cmd.Context(), f, bar.show)
			bar.clear()
			if errors.Is(err, context.Canceled) {
				err = fmt.Errorf("broken off after %d of %d people", sum.N, f.N)
			}
			if sum == nil || sum.N == 0 {
				return err
			}
			if asJSON {
				return errors.Join(err, printJSON(cmd.OutOrStdout(), sum))
			}
			printFlow(cmd, sum)
			return err
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&people, "patient", "", "whom: `SPEC`, for example age=18..80y (docs/study.md)")
	fl.StringVar(&site, "site", study.Sites()[0], strings.Join(study.Sites(), ", "))
	fl.StringVar(&f.Gauge, "gauge", study.Gauges[0], strings.Join(study.Gauges, " or "))
	fl.Float64Var(&f.PressureMMHg, "pressure-mmhg", 0, "pressure bag, mmHg, 1..600")
	fl.Float64Var(&f.GravityCM, "gravity-cm", 0, "height of the bag above the needle, cm, 1..300 (default: 100, with neither bag nor syringe)")
	fl.Float64Var(&f.ThumbN, "syringe-n", 0, "10 mL syringes instead, pushed with so many N, 1..200 (36 is a firm thumb)")
	fl.StringVar(&f.Line, "line", study.Lines[0], "between bag and needle: "+strings.Join(study.Lines, ", "))
	fl.StringVar(&f.Fluid, "fluid", study.Fluids[0], strings.Join(study.Fluids, " or "))
	fl.StringVar(&f.Fault, "fault", study.Faults[0], "of the needle: "+strings.Join(study.Faults, ", "))
	fl.Float64Var(&f.LidocaineMG, "lidocaine-mg", 0, "lidocaine into the marrow before, mg, 0..200")
	fl.BoolVar(&f.CPR, "cpr", false, "chest compressions carry the drug, not a beating heart")
	fl.Float64Var(&f.Minutes, "minutes", 5, "how long it runs, 0.1..120")
	fl.Float64Var(&f.BloodLoss, "blood-loss-ml-kg", 0, "blood lost before, mL/kg, 0..60")
	fl.Float64Var(&f.FlushML, "flush-ml", -1, "flush before the infusion, mL, 0..50 (default: 10, 5 in children)")
	fl.Lookup("flush-ml").DefValue = "0" // its -1 stands for the default that the text names
	fl.IntVar(&f.N, "n", 500, "people, 1..1000000")
	fl.Uint64Var(&f.Seed, "seed", 0, "seed (default: 1)")
	fl.IntVar(&f.Jobs, "jobs", 0, "people at a time, 1..1024 (default: one per core); does not change the result")
	fl.BoolVar(&asJSON, "json", false, "print one JSON document")
	cmd.MarkFlagsMutuallyExclusive("pressure-mmhg", "gravity-cm", "syringe-n")
	must(cmd.MarkFlagRequired("patient"))
	return cmd
}

// checkFlow refuses the zeros that elsewhere stand for a default, and what lies outside of a range.
func checkFlow(cmd *cobra.Command, f *study.Infusion) error {
	for _, x := range []struct {
		flag        string
		value       float64
		least, most float64
	}{
		{"pressure-mmhg", f.PressureMMHg, 1, 600},
		{"gravity-cm", f.GravityCM, 1, 300},
		{"syringe-n", f.ThumbN, 1, 200},
		{"minutes", f.Minutes, 0.1, 120},
		{"flush-ml", f.FlushML, 0, 50},
		{"lidocaine-mg", f.LidocaineMG, 0, 200},
		{"blood-loss-ml-kg", f.BloodLoss, 0, 60},
	} {
		if cmd.Flags().Changed(x.flag) && !(x.value >= x.least && x.value <= x.most) {
			return fmt.Errorf("--%s %g: allowed %g..%g", x.flag, x.value, x.least, x.most)
		}
	}
	return nil
}

func printFlow(cmd *cobra.Command, s *study.FlowSummary) {
	w := cmd.OutOrStdout()
	fmt.Fprintf(w, "%d people %q, %s, %s, %.0f mmHg of %s for %g min, fault %s, seed %d\n\n", s.N, s.Patient, strings.Join(s.Sites, "|"), s.Gauge, s.HeadMMHg, s.Fluid, s.Minutes, s.Fault, s.Seed)
	printShare(w, "no flow before the flush", s.NoFlowShare)
	printSpread(w, "flow, mL/min", s.Flow)
	printSpread(w, "right after the flush", s.Start)
	printSpread(w, "at the end", s.End)
	printSpread(w, "volume, mL", s.VolumeML)
	printSpread(w, "pressure on marrow, mmHg", s.MarrowMMHg)
	printSpread(w, "pain of the flush, of 10", s.PainFlush)
	printSpread(w, "pain of the infusion", s.PainRunning)
	printSpread(w, "drug's arterial peak, s", s.DrugPeakS)
	printSpread(w, "drug arrived in 3 min", s.DrugArrived)
	printLeak(w, s)
	fmt.Fprintf(w, "%-26s %7.2f\n", "needle alone, mL/min", s.NeedleAlone)
	fmt.Fprintf(w, "\n%.1f people/s with %d at a time\n", s.RowsPerS, s.Jobs)
}

// printLeak prints what went beside the marrow, when anything did.
func printLeak(w io.Writer, s *study.FlowSummary) {
	if s.LeakShare.Most == nil || *s.LeakShare.Most == 0 {
		fmt.Fprintln(w, "nothing leaks")
		return
	}
	printSpread(w, "share that leaks", s.LeakShare)
	printSpread(w, "swelling, mL", s.SwellingML)
	printShare(w, "swelling noticed", s.Noticed)
	printSpread(w, "  after, s", s.NoticedS)
	printSpread(w, "pressure in tissue, mmHg", s.Compartment)
	printShare(w, "over 30 mmHg", s.Dangerous)
	printSpread(w, "  after, s", s.DangerousS)
}
