package cli

import (
	"github.com/spf13/cobra"

	"osseo/app/servo"
)

// servoCommand is the second process; the window starts it.
func servoCommand() *cobra.Command {
	return &cobra.Command{
		Use: "servo", Short: "The servo process; the window starts it", Hidden: true, DisableFlagParsing: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			return servo.Main(cmd.Context(), cmd.InOrStdin(), cmd.OutOrStdout(), args)
		},
	}
}
