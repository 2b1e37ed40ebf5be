// Package cli is the commands of osseo: what they take, print and exit with. It knows no window; `osseo` without arguments
// calls the Window it was handed.
//
//	code := cli.Run(ctx, os.Args[1:], cli.Env{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr})
//
// Exit codes: 0 done; 1 the thing checked does not hold; 2 wrong use or bad input; 3 device fault.
package cli
