package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"osseo/app/trial"
)

// explainUse makes every command of the tree answer wrong use with what is wrong, what is allowed and where to look.
func explainUse(cmd *cobra.Command) {
	switch check := cmd.Args; {
	case cmd.HasSubCommands():
		if !cmd.Runnable() {
			cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
		}
		cmd.Args = noOther
	case check != nil:
		cmd.Args = func(cmd *cobra.Command, args []string) error {
			if err := check(cmd, args); err != nil {
				return wrongUse(cmd, err)
			}
			return nil
		}
	}
	for _, c := range cmd.Commands() {
		explainUse(c)
	}
}

// noOther refuses a name that a command does not hold.
func noOther(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return wrongUse(cmd, fmt.Errorf("unknown command %q for %q, allowed %s", args[0], cmd.CommandPath(), strings.Join(names(cmd), ", ")))
}

func names(cmd *cobra.Command) []string {
	var out []string
	for _, c := range cmd.Commands() {
		if !c.Hidden && c.Name() != "help" {
			out = append(out, c.Name())
		}
	}
	return out
}

// wrongUse adds where the right use is shown.
func wrongUse(cmd *cobra.Command, err error) error {
	return fmt.Errorf("%w: `%s --help` shows the flags and an example", err, cmd.CommandPath())
}

// wrongFlag says in words what a flag wants.
func wrongFlag(cmd *cobra.Command, err error) error {
	var bad *pflag.InvalidValueError
	if !errors.As(err, &bad) {
		return wrongUse(cmd, err)
	}
	f := bad.GetFlag()
	want := "a value of another kind"
	switch f.Value.Type() {
	case "int":
		want = "a whole number"
	case "uint64":
		want = "a whole number, 0..18446744073709551615"
	case "float64":
		want = "a number"
	case "bool":
		want = "true or false"
	}
	return wrongUse(cmd, fmt.Errorf("--%s %q: allowed %s (%s)", f.Name, bad.GetValue(), want, f.Usage))
}

// checkTickHz refuses a rate of zero, which elsewhere stands for the default.
func checkTickHz(hz float64) error {
	if hz == 0 {
		return fmt.Errorf("--tick-hz 0: allowed %g..%g: leave it out for %g", trial.MinTickHz, trial.MaxTickHz, trial.DefaultTickHz)
	}
	return nil
}
