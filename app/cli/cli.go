package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"osseo/app/trial"
)

// Exit codes.
const (
	Done    = 0
	NotTrue = 1
	BadUse  = 2
	Device  = 3
)

// errNotTrue says that what was checked does not hold; the command has already said why.
var errNotTrue = errors.New("does not hold")

// Env is where a command reads and writes.
type Env struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Window         func(ctx context.Context, device string) error // nil in a build without one
}

// Run runs one command line and returns the exit code.
func Run(ctx context.Context, args []string, env Env) int {
	root := newRoot(env)
	out := &printer{w: env.Stdout}
	root.SetArgs(args)
	root.SetIn(env.Stdin)
	root.SetOut(out)
	root.SetErr(env.Stderr)
	cmd, err := root.ExecuteContextC(ctx)
	if out.err != nil && (err == nil || errors.Is(err, errNotTrue)) {
		err = fmt.Errorf("the output is not whole: %w", out.err)
	}
	switch {
	case err == nil:
		return Done
	case errors.Is(err, errNotTrue):
		return NotTrue
	}
	switch text := err.Error(); {
	case strings.HasPrefix(text, "required flag"), strings.Contains(text, "flags in the group"): // cobra has no type for these
		err = wrongUse(cmd, err)
	case ctx.Err() != nil && (errors.Is(err, context.Canceled) || errors.Is(err, context.Cause(ctx))):
		err = fmt.Errorf("%s was broken off, its result is missing", cmd.CommandPath())
	}
	fmt.Fprintln(env.Stderr, "osseo:", err)
	if errors.Is(err, trial.ErrDevice) {
		return Device
	}
	return BadUse
}

// printer remembers the first failure to write, so that a full disk is not taken for success.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) Write(b []byte) (int, error) {
	n, err := p.w.Write(b)
	if err != nil && p.err == nil {
		p.err = err
	}
	return n, err
}

func newRoot(env Env) *cobra.Command {
	var device string
	root := &cobra.Command{
		Use:   "osseo",
		Short: "Train intraosseous access: no arguments opens the window",
		Long: "Osseo trains intraosseous access on a force-feedback leg or its virtual twin.\n" +
			"No arguments opens the window; without a display it runs one case with a simulated hand.\n" +
			"It is a training aid, not a medical device, and gives no advice on a real patient.",
		Example:       "  osseo\n  osseo --device emulated\n  osseo trial --case adult-arrest --hand expert --seed 7 --json\n  osseo case list",
		Args:          cobra.NoArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(cmd *cobra.Command, _ []string) error { return open(cmd, env, device) },
	}
	root.Flags().StringVar(&device, "device", trial.Virtual, "the leg to begin with: virtual, emulated, or a port (osseo device list)")
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetFlagErrorFunc(wrongFlag)
	root.AddCommand(trialCommand(), replayCommand(), gradeCommand(), caseCommand(), rubricCommand(), benchCommand(), bookCommand(), deviceCommand(),
		reportCommand(), servoCommand(), studyCommand(), plungeCommand(), flowCommand(), compareCommand(), validateCommand(), fitCommand(), figuresCommand())
	explainUse(root)
	return root
}

// open opens the window, or does without one.
func open(cmd *cobra.Command, env Env, device string) error {
	if env.Window != nil && hasDisplay() {
		return env.Window(cmd.Context(), device)
	}
	why := "this build has no window"
	if env.Window != nil {
		why = "there is no display"
	}
	fmt.Fprintf(env.Stderr, "osseo: %s: running one case with a simulated hand instead\n", why)
	return demo(cmd, device)
}

// printJSON writes one JSON document.
func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// onTerminal reports whether w is a terminal, where progress may be drawn.
func onTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
