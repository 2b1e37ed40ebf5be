package trial

import (
	"errors"
	"fmt"

	"osseo/haptics"
	"osseo/haptics/leg"
	"osseo/haptics/virtual"
)

// Virtual is the device of a run in this process.
const Virtual = "virtual"

// LiveHand is the hand of a person: the window's, or the one on a leg.
const LiveHand = "live"

// openLeg opens the leg a setup names. hand moves the virtual leg and an emulated one; a leg with a stage of its own is
// moved by the person in front of it.
func openLeg(s Setup, hand virtual.Hand) (haptics.Device, error) {
	if s.Device == Virtual {
		return virtual.New(hand, virtual.Options{TickHz: s.TickHz}), nil
	}
	if _, recorded := hand.(*virtual.Playback); recorded {
		return nil, fmt.Errorf("trial: a recorded hand moves the virtual leg only, not %s: use --device virtual", s.Device)
	}
	l, err := leg.Open(s.Device, leg.Options{Hand: hand, NeedHand: s.Hand != LiveHand})
	if err != nil {
		return nil, deviceError(err)
	}
	return l, nil
}

// deviceError marks an error as the leg's, with everything a diagnosis knows.
func deviceError(err error) error {
	var d *leg.Diagnosis
	if errors.As(err, &d) {
		return fmt.Errorf("%w\n%w\n%s", ErrDevice, err, d.Text())
	}
	return fmt.Errorf("trial: %w: %w", ErrDevice, err)
}
