package cli

import (
	"bufio"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"osseo/app/trial"
	"osseo/haptics/firmware/emulator"
)

func deviceEmulate() *cobra.Command {
	return &cobra.Command{
		Use: "emulate", Short: "Run the emulated leg by itself and print its port; other programs use it until the input ends",
		Long: "Runs the leg's firmware under QEMU and prints the name to open it by. Other programs use it with\n" +
			"OSSEO_EMULATED_PORT set to that name and --device emulated. Lines of the input pull the cable and put it in again:\n" +
			"unplug, plug. The leg ends with its input.",
		Example: "  osseo device emulate\n  OSSEO_EMULATED_PORT=unix:@osseo-leg-4711-1 osseo --device emulated", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			e, err := emulator.Start(cmd.Context())
			if err != nil {
				return fmt.Errorf("%w: %w", trial.ErrDevice, err)
			}
			e.Favour()
			defer e.Kill() //nolint:errcheck // it ends with this process in any case
			fmt.Fprintln(cmd.OutOrStdout(), e.Line())
			said := make(chan string)
			go func() {
				defer close(said)
				for in := bufio.NewScanner(cmd.InOrStdin()); in.Scan(); {
					said <- strings.TrimSpace(in.Text())
				}
			}()
			return serveEmulator(cmd, e, said)
		},
	}
}

// serveEmulator does what the input says until it, the context or QEMU ends.
func serveEmulator(cmd *cobra.Command, e *emulator.Emulator, said <-chan string) error {
	for {
		select {
		case <-cmd.Context().Done():
			return nil
		case <-e.Ended():
			return fmt.Errorf("%w: the emulator ended by itself: start it again", trial.ErrDevice)
		case line, more := <-said:
			if !more {
				return nil
			}
			var err error
			switch line {
			case "":
				continue
			case "unplug":
				err = e.Unplug()
			case "plug":
				err = e.Plug()
			default:
				err = fmt.Errorf("%q, allowed unplug, plug", line)
			}
			if err != nil {
				fmt.Fprintln(cmd.ErrOrStderr(), "osseo:", err)
			}
		}
	}
}
