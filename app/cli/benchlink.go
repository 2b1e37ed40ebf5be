package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"osseo/app/trial"
	"osseo/haptics"
	"osseo/haptics/leg"
	"osseo/haptics/leg/twin"
	"osseo/haptics/wire"
)

// linkBench is what `osseo bench link --json` prints.
type linkBench struct {
	Peer    string  `json:"peer"` // twin: a leg in Go behind a pseudo-terminal; otherwise the port of a leg
	Seconds float64 `json:"seconds"`
	Frames  int64   `json:"frames"` // commands and states

	RTTP50US float64 `json:"rtt_p50_us"` // a ping to its pong, which the leg answers at once
	RTTP99US float64 `json:"rtt_p99_us"`
	RTTMaxUS float64 `json:"rtt_max_us"`

	Lost          int64   `json:"lost"`
	Duplicated    int64   `json:"duplicated"`
	CRCErrors     int64   `json:"crc_errors"`
	Broken        int64   `json:"broken"`         // frames damaged otherwise
	AcceptedWrong int64   `json:"accepted_wrong"` // frames taken that the peer never sent; of a leg: with impossible fields
	RateHz        float64 `json:"rate_hz"`        // states taken per second

	CommandHz   float64 `json:"command_hz"`    // commands sent per second
	Skipped     int64   `json:"skipped"`       // commands overtaken before they were sent
	AnswerP50US float64 `json:"answer_p50_us"` // command to the first state that answers it: the leg's millisecond is in it
	AnswerP99US float64 `json:"answer_p99_us"`
	AnswerMaxUS float64 `json:"answer_max_us"`

	EchoP50US *float64 `json:"echo_p50_us"` // as many bytes only sent back, same pseudo-terminal, before and after; null on a port
	EchoP99US *float64 `json:"echo_p99_us"`
	EchoMaxUS *float64 `json:"echo_max_us"`

	Clock     leg.Clock `json:"clock"`
	LateMaxUS float64   `json:"loop_late_max_us"` // of the loop that sends the commands
	Sched     string    `json:"sched"`
}

func benchLink() *cobra.Command {
	var (
		seconds, corrupt float64
		port             string
		asJSON           bool
	)
	cmd := &cobra.Command{
		Use: "link", Short: "Exchange frames at 1 kHz and measure the round trip, beside a plain echo on the same port",
		Long: "Without --port the peer is a leg in Go behind a pseudo-terminal of this machine. With --port it is the leg there\n" +
			"(emulated starts one); it is armed with commands of no force. The echo goes through the same pseudo-terminal before\n" +
			"and after; a port of its own has none.",
		Example: "  osseo bench link --seconds 10 --json\n  osseo bench link --port emulated --seconds 60 --json", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !(seconds >= 1 && seconds <= 3600) {
				return fmt.Errorf("--seconds %g: allowed 1..3600", seconds)
			}
			if !(corrupt >= 0 && corrupt <= 0.2) || corrupt > 0 && port != "" {
				return fmt.Errorf("--corrupt %g: allowed 0..0.2, and only without --port", corrupt)
			}
			long := time.Duration(seconds * float64(time.Second))
			var (
				b   linkBench
				err error
			)
			switch {
			case port == "":
				b, err = benchTwin(cmd.Context(), long, corrupt)
			case port == trial.Emulated && os.Getenv(trial.EmulatedPort) == "":
				b, err = benchEmulated(cmd.Context(), long)
			default:
				b, err = benchPort(cmd.Context(), port, long)
			}
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), &b)
			}
			printLinkBench(cmd.OutOrStdout(), &b)
			return nil
		},
	}
	cmd.Flags().Float64Var(&seconds, "seconds", 10, "how long to exchange frames, 1..3600")
	cmd.Flags().StringVar(&port, "port", "", "port of a leg, or emulated (default: a leg in Go behind a pseudo-terminal)")
	cmd.Flags().Float64Var(&corrupt, "corrupt", 0, "share of bytes damaged each way, 0..0.2")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return cmd
}

// benchTwin measures against a leg in Go, with an echo before and after on the same pseudo-terminal.
func benchTwin(ctx context.Context, long time.Duration, corrupt float64) (linkBench, error) {
	far, path, keep, err := leg.Pty()
	if err != nil {
		return linkBench{}, fmt.Errorf("%w: %w: give --port", trial.ErrDevice, err)
	}
	defer keep.Close()
	defer far.Close()
	defer haptics.Quiet(1 << 30)()
	before, err := echoOn(ctx, far, path, long/8)
	if err != nil {
		return linkBench{}, err
	}
	witness := twin.NewWitness()
	noise := twin.NewNoise(far, 1)
	noise.Corrupt = corrupt
	t := twin.New(twin.Options{Sent: witness.Saw, Watchdog: time.Second, Board: wire.BoardEmulator}) // nothing moves
	serving, end := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() { defer close(done); _ = t.Serve(serving, noise) }()
	var wrong int64
	b, err := exchange(ctx, path, long, func(f wire.Frame) {
		if !witness.Knows(wire.AppendFrame(nil, f.Type, f.Sequence, f.Time, f.Payload)) {
			wrong++
		}
	})
	end()
	_ = far.SetReadDeadline(time.Now())
	<-done
	if err != nil {
		return b, err
	}
	_ = far.SetReadDeadline(time.Time{})
	after, err := echoOn(ctx, far, path, long/8)
	if err != nil {
		return b, err
	}
	b.Peer, b.AcceptedWrong = "twin", wrong
	b.beside(before, after)
	return b, nil
}

// beside notes the echoes before and after.
func (b *linkBench) beside(before, after leg.Echo) {
	p50, p99, most := (before.P50US+after.P50US)/2, max(before.P99US, after.P99US), max(before.MaxUS, after.MaxUS)
	b.EchoP50US, b.EchoP99US, b.EchoMaxUS = &p50, &p99, &most
}

// echoOn measures a plain echo.
func echoOn(ctx context.Context, far *os.File, path string, long time.Duration) (leg.Echo, error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = io.Copy(struct{ io.Writer }{far}, struct{ io.Reader }{far})
	}()
	e, err := leg.MeasureEcho(ctx, path, 1000, long)
	_ = far.SetReadDeadline(time.Now())
	<-done
	_ = far.SetReadDeadline(time.Time{})
	if err != nil {
		err = fmt.Errorf("%w: %w", trial.ErrDevice, err)
	}
	return e, err
}

// benchEmulated measures against the firmware under QEMU, with an echo before and after on its pseudo-terminal: the same
// way but for QEMU.
func benchEmulated(ctx context.Context, long time.Duration) (linkBench, error) {
	e, err := trial.StartEmulator(ctx)
	if err != nil {
		return linkBench{}, err
	}
	defer e.Kill() //nolint:errcheck // it ends with this process in any case
	defer haptics.Quiet(1 << 30)()
	echo := func() (leg.Echo, error) {
		if err := e.Echo(true); err != nil {
			return leg.Echo{}, fmt.Errorf("%w: %w", trial.ErrDevice, err)
		}
		m, err := leg.MeasureEcho(ctx, e.Port(), 1000, long/8)
		if err = errors.Join(err, e.Echo(false)); err != nil {
			err = fmt.Errorf("%w: %w", trial.ErrDevice, err)
		}
		return m, err
	}
	before, err := echo()
	if err != nil {
		return linkBench{}, err
	}
	b, err := exchange(ctx, e.Port(), long, nil)
	if err != nil {
		return b, err
	}
	after, err := echo()
	b.Peer = trial.Emulated
	b.beside(before, after)
	return b, err
}

// benchPort measures against the leg on a port.
func benchPort(ctx context.Context, name string, long time.Duration) (linkBench, error) {
	port, end, err := trial.LegPort(ctx, name)
	if err != nil {
		return linkBench{}, err
	}
	defer end()
	defer haptics.Quiet(1 << 30)()
	b, err := exchange(ctx, port, long, nil)
	b.Peer = name
	return b, err
}

// exchange runs the servo's exchange at 1 kHz with commands of no force, and measures the link meanwhile.
func exchange(ctx context.Context, path string, long time.Duration, accepted func(wire.Frame)) (linkBench, error) {
	l, err := openLeg(path, leg.Options{PingHz: 250, Accepted: accepted})
	if err != nil {
		return linkBench{}, err
	}
	defer l.Close() //nolint:errcheck // nothing is rendered
	ctx, cancel := context.WithTimeout(ctx, long)
	defer cancel()
	runtime.GC()
	before := l.Figures()
	began := time.Now()
	loop := haptics.NewLoop(l, rest{}, haptics.NewGovernor(l.Info().Limits), nil, 1000)
	stats, err := loop.Run(ctx)
	took := time.Since(began).Seconds()
	f := l.Figures()
	if err != nil {
		var d *leg.Diagnosis
		if errors.As(err, &d) {
			return linkBench{}, fmt.Errorf("%w: %w\n%s", trial.ErrDevice, err, d.Text())
		}
		return linkBench{}, fmt.Errorf("%w: %w (loop %s, late by up to %.0f us; longest gap between states %.0f us)",
			trial.ErrDevice, err, stats.Scheduler, stats.LateMaxUS, f.GapMaxUS)
	}
	return linkBench{
		Seconds: took, Frames: f.Commands + f.States, RateHz: f.RateHz, CommandHz: float64(f.Commands-before.Commands) / took,
		RTTP50US: f.RTTP50US, RTTP99US: f.RTTP99US, RTTMaxUS: f.RTTMaxUS,
		AnswerP50US: f.AnswerP50US, AnswerP99US: f.AnswerP99US, AnswerMaxUS: f.AnswerMaxUS,
		Lost: f.Lost, Duplicated: f.Duplicated, CRCErrors: f.CRCErrors, Broken: f.Broken, AcceptedWrong: f.Refused,
		Skipped: f.Skipped, Clock: f.Clock, LateMaxUS: stats.LateMaxUS, Sched: stats.Scheduler,
	}, nil
}

// rest renders nothing.
type rest struct{}

func (rest) Render(_ *haptics.Sample, _ float64, c *haptics.Command) { *c = haptics.Command{} }

func printLinkBench(w io.Writer, b *linkBench) {
	fmt.Fprintf(w, "%s, %.1f s: %d frames, %.1f states and %.1f commands a second\n", b.Peer, b.Seconds, b.Frames, b.RateHz, b.CommandHz)
	fmt.Fprintf(w, "  round trip  p50 %6.0f  p99 %6.0f  max %6.0f us\n", b.RTTP50US, b.RTTP99US, b.RTTMaxUS)
	if b.EchoP50US != nil {
		fmt.Fprintf(w, "  plain echo  p50 %6.0f  p99 %6.0f  max %6.0f us\n", *b.EchoP50US, *b.EchoP99US, *b.EchoMaxUS)
	}
	fmt.Fprintf(w, "  to answer   p50 %6.0f  p99 %6.0f  max %6.0f us\n", b.AnswerP50US, b.AnswerP99US, b.AnswerMaxUS)
	fmt.Fprintf(w, "  lost %d, twice %d, CRC errors %d, otherwise damaged %d, accepted wrong %d, commands overtaken %d\n",
		b.Lost, b.Duplicated, b.CRCErrors, b.Broken, b.AcceptedWrong, b.Skipped)
}
