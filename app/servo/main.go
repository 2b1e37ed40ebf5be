package servo

import (
	"context"
	"flag"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// MainWith is Main with another runner.
func MainWith(ctx context.Context, stdin io.Reader, stdout io.Writer, args []string, runner Runner) error {
	flags := flag.NewFlagSet("servo", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	name := flags.String("memory", "", "memory shared with the window, as the window names it")
	if err := flags.Parse(args); err != nil {
		return err
	}
	memory, err := openMemory(*name)
	if err != nil {
		return err
	}
	if err := memory.check(); err != nil {
		return err
	}
	if stdout == io.Writer(os.Stdout) {
		os.Stdout = os.Stderr // a stray print must not reach the control channel
	}
	ignoreBrokenPipe()
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	return serve(ctx, stdin, stdout, memory, runner)
}
