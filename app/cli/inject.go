package cli

import (
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"osseo/app/trial"
	"osseo/haptics/firmware/emulator"
	"osseo/haptics/leg"
	"osseo/haptics/wire"
)

// injected is what came of one fault, as `osseo device inject --json` prints it.
type injected struct {
	Fault      string  `json:"fault"`
	Answer     string  `json:"answer"` // ack, refused or unsupported
	Lost       int64   `json:"lost"`   // states, within the time it was watched, as the others
	Duplicated int64   `json:"duplicated"`
	Reordered  int64   `json:"reordered"`
	Damaged    int64   `json:"damaged"`
	GapMS      float64 `json:"longest_gap_ms"` // between two states
	LegFault   string  `json:"leg_fault"`      // of the leg; none
	Mode       string  `json:"mode"`
}

// watched is how long the link is looked at after a fault.
const watched = 400 * time.Millisecond

func deviceInject() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "inject PORT FAULT...", Short: "Put faults into an emulated leg, one after the other, and say how each was answered",
		Long: "Faults: corrupt=N, drop=N and duplicate=N states; delay=N,MS; freeze=MS; encoder-jump=MM; sensor-stuck=0|1,MS (encoder,\n" +
			"load cell); over-temperature=CELSIUS; reset; unplug; none ends those under way. A leg with a motor answers all of them\n" +
			"with unsupported, and none can unplug itself: `osseo device emulate` can. Nothing here renders force.",
		Example: "  osseo device inject emulated drop=10 freeze=100ms over-temperature=95 --json", Args: cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			faults := make([]wire.Inject, 0, len(args)-1)
			for _, text := range args[1:] {
				i, err := emulator.ParseInjection(text)
				if err != nil {
					return err
				}
				faults = append(faults, i)
			}
			port, end, err := trial.LegPort(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer end()
			out, err := injectAll(port, args[1:], faults)
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), out)
			}
			return printInjected(cmd.OutOrStdout(), out)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return cmd
}

// injectAll puts each fault into a leg that holds none from the last.
func injectAll(port string, names []string, faults []wire.Inject) ([]injected, error) {
	out := []injected{}
	for n, i := range faults {
		l, err := openLeg(port, leg.Options{PingHz: 50})
		if err != nil {
			return nil, err
		}
		one, err := injectOne(l, names[n], i)
		_ = l.Close()
		if err != nil {
			return nil, fmt.Errorf("%w: %s: %w", trial.ErrDevice, names[n], err)
		}
		out = append(out, one)
	}
	return out, nil
}

// injectOne watches the link while a fault is there, then ends it and clears what it left in the leg.
func injectOne(l *leg.Leg, name string, i wire.Inject) (injected, error) {
	before := l.Figures()
	answer, err := l.Inject(i)
	if err != nil {
		return injected{}, err
	}
	long := watched
	if i.Kind == wire.InjectFreeze || i.Kind == wire.InjectStuck {
		long += time.Duration(i.Value) * time.Microsecond
	}
	time.Sleep(long)
	f := l.Figures()
	out := injected{
		Fault: name, Answer: answer.String(), Lost: f.Lost - before.Lost, Duplicated: f.Duplicated - before.Duplicated,
		Reordered: f.Reordered - before.Reordered, Damaged: f.CRCErrors + f.Broken - before.CRCErrors - before.Broken,
		GapMS: f.GapMaxUS / 1e3, LegFault: f.Fault, Mode: f.Mode,
	}
	if answer == wire.Unsupported {
		return out, nil
	}
	if _, err := l.Inject(wire.Inject{}); err != nil {
		return out, err
	}
	return out, errors.Join(l.Arm(), l.Halt()) // arming clears a fault whose cause is gone
}

func printInjected(w io.Writer, all []injected) error {
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "fault\tanswer\tlost\ttwice\treordered\tdamaged\tlongest gap\tthe leg")
	for i := range all {
		x := &all[i]
		fmt.Fprintf(t, "%s\t%s\t%d\t%d\t%d\t%d\t%.1f ms\t%s, fault %s\n", x.Fault, x.Answer, x.Lost, x.Duplicated, x.Reordered,
			x.Damaged, x.GapMS, x.Mode, x.LegFault)
	}
	return t.Flush()
}

// injectLine puts a fault into a running emulator beside whatever its host does, and returns the leg's answer. The cable is
// pulled and put in by this process; plugged in, the serial port has another name.
func injectLine(e *emulator.Emulator, text string) (string, error) {
	if text == "plug" {
		err := e.Plug()
		return wire.Done.String() + " " + e.Port(), err
	}
	i, err := emulator.ParseInjection(text)
	if err != nil {
		return "", err
	}
	answer, err := e.Inject(i)
	return answer.String(), err
}
