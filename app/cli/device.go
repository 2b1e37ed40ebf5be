package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"osseo/app/trial"
	"osseo/haptics/leg"
	"osseo/haptics/wire"
)

func deviceCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "device", Short: "Find, check and watch a mannequin leg, run an emulated one; nothing here renders force",
		Example: "  osseo device list\n  osseo device check /dev/ttyACM0 --json\n  osseo device check emulated",
	}
	cmd.AddCommand(deviceList(), deviceCheck(), deviceMonitor(), deviceFirmware(), deviceEmulate(), deviceInject())
	return cmd
}

// deviceListing is what `osseo device list --json` prints.
type deviceListing struct {
	Ports     []leg.Port       `json:"ports"`
	Diagnoses []*leg.Diagnosis `json:"diagnoses"` // what can be seen without opening a port
}

func deviceList() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "list", Short: "List the serial ports with what they are, without opening one", Example: "  osseo device list --json",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ports, err := leg.Ports()
			if err != nil {
				return fmt.Errorf("%w: %w", trial.ErrDevice, err)
			}
			out := deviceListing{Ports: orEmpty(ports), Diagnoses: []*leg.Diagnosis{}}
			for i := range ports {
				out.Diagnoses = append(out.Diagnoses, ports[i].Warnings()...)
			}
			if _, d := leg.Choose(); d != nil {
				out.Diagnoses = append(out.Diagnoses, d)
			}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), out)
			}
			return printPorts(cmd.OutOrStdout(), &out)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return cmd
}

func printPorts(w io.Writer, l *deviceListing) error {
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	for i := range l.Ports {
		p := &l.Ports[i]
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", p.Name, p.Title, p.Driver, p.Serial)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, d := range l.Diagnoses {
		fmt.Fprint(w, d.Text())
	}
	return nil
}

func deviceCheck() *cobra.Command {
	var (
		seconds float64
		save    string
		baud    int
		asJSON  bool
	)
	cmd := &cobra.Command{
		Use: "check [PORT]", Short: "Open a leg, run its self-test, watch its link; exit 3 with a named diagnosis when it cannot be used",
		Example: "  osseo device check\n  osseo device check /dev/ttyACM0 --save diagnosis.json", Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !(seconds >= 0.2 && seconds <= 600) {
				return fmt.Errorf("--seconds %g: allowed 0.2..600", seconds)
			}
			port, end, err := trial.LegPort(cmd.Context(), firstOf(args))
			if err != nil {
				return err
			}
			defer end()
			r := leg.Check(cmd.Context(), port, leg.Options{Baud: baud, PingHz: 50}, time.Duration(seconds*float64(time.Second)))
			if err := saveReport(save, &r); err != nil {
				return err
			}
			if asJSON {
				err = printJSON(cmd.OutOrStdout(), &r)
			} else {
				printCheck(cmd.OutOrStdout(), &r)
			}
			if err == nil && !r.Usable {
				err = fmt.Errorf("%w: the leg cannot be used: %s", trial.ErrDevice, worst(&r))
			}
			return err
		},
	}
	cmd.Flags().Float64Var(&seconds, "seconds", 2, "how long to watch the link, 0.2..600")
	cmd.Flags().StringVar(&save, "save", "", "file to save the whole diagnosis in, for those who look after the leg")
	cmd.Flags().IntVar(&baud, "baud", leg.BaudRate, "bit/s of a leg on a UART")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return cmd
}

func firstOf(args []string) string {
	if len(args) == 0 {
		return ""
	}
	return args[0]
}

// worst is the name of the first trouble that is no warning.
func worst(r *leg.Report) leg.Trouble {
	for _, d := range r.Diagnoses {
		if !d.Warning {
			return d.Trouble
		}
	}
	return leg.Unknown
}

func printCheck(w io.Writer, r *leg.Report) {
	if r.Leg != nil {
		printCard(w, r.Port, r.Leg)
		l := &r.Leg.Limits
		fmt.Fprintf(w, "limits: %.0f N (%.0f N for ever), %.2f N.m, %.0f N/m, %.0f..%.0f mm\n",
			l.Force, l.Continuous, l.Torque, l.Stiffness, l.TravelOutMM, l.TravelInMM)
		if len(r.Leg.Missing) > 0 {
			fmt.Fprintf(w, "not rendered or sensed by this leg: %v\n", r.Leg.Missing)
		}
	}
	for _, t := range r.SelfTest {
		sign := "✓"
		if !t.Passed {
			sign = "✗"
		}
		fmt.Fprintf(w, "  %s %s: %d, allowed %d..%d\n", sign, t.Test, t.Value, t.Least, t.Most)
	}
	if r.Link != nil {
		printFigures(w, r.Link)
	}
	for _, d := range r.Diagnoses {
		fmt.Fprint(w, d.Text())
	}
	if r.Usable {
		fmt.Fprintln(w, "The leg can be used.")
	}
}

func printCard(w io.Writer, port string, c *leg.Card) {
	fmt.Fprintf(w, "%s: %s (%s, board %s), firmware %s build %s, protocol %d, calibration %s, serial %s\n",
		port, c.Name, c.Kind, c.Board, c.Firmware, c.Build, c.Protocol, c.Calibration, c.Serial)
}

func printFigures(w io.Writer, f *leg.Figures) {
	fmt.Fprintf(w, "link: %.1f Hz, round trip p50 %.0f p99 %.0f max %.0f us, lost %d, twice %d, damaged %d, clock %+.1f ppm, jitter %.0f us, longest gap %.0f us, %s, fault %s, %.0f °C\n",
		f.RateHz, f.RTTP50US, f.RTTP99US, f.RTTMaxUS, f.Lost, f.Duplicated, f.CRCErrors+f.Broken, f.Clock.DriftPPM,
		f.Clock.JitterUS, f.GapMaxUS, f.Mode, f.Fault, f.TemperatureC)
}

func deviceMonitor() *cobra.Command {
	var (
		seconds float64
		asJSON  bool
	)
	cmd := &cobra.Command{
		Use: "monitor [PORT]", Short: "Show once a second how a link does; with --json one JSON document a line",
		Example: "  osseo device monitor /dev/ttyACM0 --seconds 60 --json", Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !(seconds >= 1 && seconds <= 7*24*3600) {
				return fmt.Errorf("--seconds %g: allowed 1..604800", seconds)
			}
			port, end, err := trial.LegPort(cmd.Context(), firstOf(args))
			if err != nil {
				return err
			}
			defer end()
			return monitor(cmd, port, time.Duration(seconds*float64(time.Second)), asJSON)
		},
	}
	cmd.Flags().Float64Var(&seconds, "seconds", 3600, "how long, 1..604800")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON document a line")
	return cmd
}

func monitor(cmd *cobra.Command, port string, long time.Duration, asJSON bool) error {
	l, err := openLeg(port, leg.Options{PingHz: 50, Changed: func(d *leg.Diagnosis) {
		if d != nil {
			fmt.Fprint(cmd.ErrOrStderr(), d.Text())
		} else {
			fmt.Fprintln(cmd.ErrOrStderr(), "osseo: the leg is back")
		}
	}})
	if err != nil {
		return err
	}
	defer l.Close() //nolint:errcheck // it was never armed
	end, each := time.After(long), time.NewTicker(time.Second)
	defer each.Stop()
	for {
		select {
		case <-cmd.Context().Done():
			return nil
		case <-end:
			return nil
		case <-each.C:
		}
		f := l.Figures()
		if !asJSON {
			printFigures(cmd.OutOrStdout(), &f)
		} else if err := json.NewEncoder(cmd.OutOrStdout()).Encode(&f); err != nil {
			return err
		}
	}
}

// openLeg opens the leg at port, or the only one there is when port is empty.
func openLeg(port string, o leg.Options) (*leg.Leg, error) {
	if port == "" {
		var d *leg.Diagnosis
		if port, d = leg.Choose(); d != nil {
			return nil, fmt.Errorf("%w: %w\n%s", trial.ErrDevice, d, d.Text())
		}
	}
	l, err := leg.Open(port, o)
	var d *leg.Diagnosis
	if errors.As(err, &d) {
		return nil, fmt.Errorf("%w: %w\n%s", trial.ErrDevice, err, d.Text())
	}
	return l, err
}

// firmwareInfo is what `osseo device firmware --json` prints.
type firmwareInfo struct {
	Leg      leg.Card `json:"leg"`
	Protocol int      `json:"protocol_of_program"`
	Matches  bool     `json:"matches"`
}

func deviceFirmware() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "firmware [PORT]", Short: "Say which firmware a leg runs and whether it fits this program",
		Example: "  osseo device firmware /dev/ttyACM0 --json", Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			port, end, err := trial.LegPort(cmd.Context(), firstOf(args))
			if err != nil {
				return err
			}
			defer end()
			l, err := openLeg(port, leg.Options{})
			if err != nil {
				return err
			}
			defer l.Close() //nolint:errcheck // it was never armed
			i := firmwareInfo{Leg: l.Card(), Protocol: wire.Version, Matches: true}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), &i)
			}
			printCard(cmd.OutOrStdout(), l.Path(), &i.Leg)
			fmt.Fprintf(cmd.OutOrStdout(), "It speaks protocol %d, as this program does. `make firmware` builds the firmware of this version.\n", wire.Version)
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return cmd
}

// saveReport writes the whole diagnosis to a file, if one is asked for.
func saveReport(file string, r *leg.Report) error {
	if file == "" {
		return nil
	}
	text, err := json.MarshalIndent(r, "", "  ")
	if err == nil {
		err = os.WriteFile(file, append(text, '\n'), 0o644)
	}
	if err != nil {
		return fmt.Errorf("--save: %w", err)
	}
	return nil
}
