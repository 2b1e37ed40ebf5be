// Osseo trains intraosseous access: a bone model at 1 kHz, a force-feedback leg or its virtual twin, cases and grades.
// No arguments opens the window; every command is described by `osseo --help`. It is a training aid, not a medical device.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"osseo/app/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := cli.Run(ctx, os.Args[1:], cli.Env{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Window: window})
	stop()
	os.Exit(code)
}
