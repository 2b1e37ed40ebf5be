package trial

import (
	"context"
	"errors"
	"fmt"
	"os"

	"osseo/haptics"
	"osseo/haptics/firmware/emulator"
	"osseo/haptics/leg"
	"osseo/haptics/virtual"
)

// Virtual is the device of a run in this process.
const Virtual = "virtual"

// LiveHand is the hand of a person: the window's, or the one on a leg.
const LiveHand = "live"

// Emulated is the leg's firmware under QEMU, started for the run.
const Emulated = "emulated"

// openLeg opens the leg a setup names. hand moves the virtual leg and an emulated one; a leg with a stage of its own is
// moved by the person in front of it. changed, when not nil, is told when its link goes (why) and comes back (nil).
func openLeg(s Setup, hand virtual.Hand, changed func(*leg.Diagnosis)) (haptics.Device, error) {
	if s.Device == Virtual {
		return virtual.New(hand, virtual.Options{TickHz: s.TickHz}), nil
	}
	if _, recorded := hand.(*virtual.Playback); recorded {
		return nil, errTape(s.Device)
	}
	port, end, err := legLine(context.Background(), s.Device)
	if err != nil {
		return nil, err
	}
	l, err := leg.Open(port, leg.Options{
		Hand: hand, NeedHand: s.Hand != LiveHand, Changed: changed,
		// A window and an emulator share the machine: the leg's clock goes by the ticks of the servo, so that a busy machine
		// makes the run slow and never breaks it off. A leg with a motor is not stepped.
		Stepped: s.Hand == LiveHand && s.TickHz == DefaultTickHz,
	})
	if err != nil {
		end()
		return nil, deviceError(err)
	}
	return started{l, end}, nil
}

// openOffline opens the leg of a run without a clock: an emulated one is stepped.
func openOffline(s Setup, hand virtual.Hand) (haptics.Device, error) {
	if s.Device == Virtual {
		return openLeg(s, hand, nil)
	}
	if s.TickHz != DefaultTickHz {
		return nil, fmt.Errorf("trial: tick rate %g Hz: an emulated leg is stepped at %g Hz", s.TickHz, DefaultTickHz)
	}
	if _, recorded := hand.(*virtual.Playback); recorded {
		return nil, errTape(s.Device)
	}
	line, end := os.Getenv(EmulatedPort), func() {}
	if line == "" {
		e, err := emulator.Start(context.Background()) // at ordinary priority: it has time
		if err != nil {
			return nil, fmt.Errorf("trial: %w: %w", ErrDevice, err)
		}
		line, end = e.Line(), func() { _ = e.Kill() }
	}
	l, err := leg.Open(line, leg.Options{Hand: hand, NeedHand: true, Stepped: true, Patient: true})
	if err != nil {
		end()
		return nil, deviceError(err)
	}
	return started{l, end}, nil
}

func errTape(device string) error {
	return fmt.Errorf("trial: a recorded hand moves the virtual leg only, not %s: use --device virtual", device)
}

// started is a leg with what was started for it.
type started struct {
	*leg.Leg
	end func()
}

// Close gives the leg back and ends what was started for it.
func (s started) Close() error {
	err := s.Leg.Close()
	s.end()
	return err
}

// EmulatedPort is the environment variable that names the port of an emulator which runs already: the window starts one
// and its servo, which has the same environment, opens that.
const EmulatedPort = "OSSEO_EMULATED_PORT"

// LegPort returns the port to open for the name of a leg, and what to call when it is not needed any more. The name
// Emulated means the emulator that EmulatedPort names, or starts one; any other is a port by itself.
func LegPort(ctx context.Context, name string) (port string, end func(), err error) {
	if name != Emulated {
		return name, func() {}, nil
	}
	if running := os.Getenv(EmulatedPort); running != "" {
		return running, func() {}, nil
	}
	e, err := StartEmulator(ctx)
	if err != nil {
		return "", nil, err
	}
	return e.Port(), func() { _ = e.Kill() }, nil
}

// legLine is LegPort, but for an emulator it starts itself: that is reached by its socket, which a busy machine does not
// delay as it does a pseudo terminal.
func legLine(ctx context.Context, name string) (line string, end func(), err error) {
	if name != Emulated || os.Getenv(EmulatedPort) != "" {
		return LegPort(ctx, name)
	}
	e, err := StartEmulator(ctx)
	if err != nil {
		return "", nil, err
	}
	return e.Line(), func() { _ = e.Kill() }, nil
}

// StartEmulator starts the leg's firmware under QEMU, preferred by the scheduler where that is permitted.
func StartEmulator(ctx context.Context) (*emulator.Emulator, error) {
	e, err := emulator.Start(ctx)
	if err != nil {
		return nil, fmt.Errorf("trial: %w: %w", ErrDevice, err)
	}
	e.Favour()
	return e, nil
}

// deviceError marks an error as the leg's, with everything a diagnosis knows.
func deviceError(err error) error {
	var d *leg.Diagnosis
	if errors.As(err, &d) {
		return fmt.Errorf("%w: %w\n%s", ErrDevice, err, d.Text())
	}
	return fmt.Errorf("trial: %w: %w", ErrDevice, err)
}
