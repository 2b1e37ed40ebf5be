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
			"OSSEO_EMULATED_PORT set to that name and --device emulated; the second name is a serial port to the same leg. Lines\n" +
			"of the input pull the cable and put it in again (unplug, plug) and put in the faults of `osseo device inject`, each\n" +
			"answered on a line. The leg ends with its input.",
		Example: "  osseo device emulate", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			e, err := emulator.Start(cmd.Context())
			if err != nil {
				return fmt.Errorf("%w: %w", trial.ErrDevice, err)
			}
			e.Favour()
			defer e.Kill() //nolint:errcheck // it ends with this process in any case
			fmt.Fprintln(cmd.OutOrStdout(), e.Line())
			fmt.Fprintln(cmd.OutOrStdout(), e.Port())
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
			if line == "" {
				continue
			}
			answer, err := injectLine(e, line)
			if err != nil {
				fmt.Fprintln(cmd.ErrOrStderr(), "osseo:", err)
				continue
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s: %s\n", line, answer)
		}
	}
}
