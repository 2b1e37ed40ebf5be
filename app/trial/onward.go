package trial

import (
	"sync/atomic"

	"osseo/haptics"
	"osseo/haptics/virtual"
)

// onward is a leg whose ticks count on when it is armed again, and whose missing senses are made up for by what the person
// at the window says. Exchange neither allocates nor waits.
type onward struct {
	haptics.Device
	intent *virtual.Intent // nil = nobody to ask
	lacks  haptics.Capability

	armed atomic.Bool // since the last exchange
	tick  int64       // added to the leg's
	time  float64     // s, added to the leg's
	last  haptics.Sample
}

// saidByHand are the senses a person at the window can stand in for.
const saidByHand = haptics.CanPlate | haptics.CanTrigger | haptics.CanHandBehind

func newOnward(d haptics.Device, i *virtual.Intent) *onward {
	return &onward{Device: d, intent: i, lacks: saidByHand &^ d.Info().Capabilities}
}

// Arm readies the leg. It may be called while another goroutine exchanges with a leg that has given up.
func (o *onward) Arm() error {
	if err := o.Device.Arm(); err != nil {
		return err
	}
	o.armed.Store(true)
	return nil
}

// Exchange is that of the leg, counted on.
func (o *onward) Exchange(c *haptics.Command, s *haptics.Sample) error {
	if err := o.Device.Exchange(c, s); err != nil {
		return err
	}
	if o.armed.Swap(false) && o.last != (haptics.Sample{}) {
		o.tick, o.time = o.last.Tick+1-s.Tick, o.last.Time-s.Time
	}
	s.Tick += o.tick
	s.Time += o.time
	if o.intent != nil && o.lacks != 0 {
		o.ask(s)
	}
	o.last = *s
	return nil
}

// ask fills in what the leg cannot sense.
func (o *onward) ask(s *haptics.Sample) {
	if o.lacks&haptics.CanPlate != 0 {
		s.U, s.V = o.intent.Point()
	}
	if o.lacks&haptics.CanTrigger != 0 {
		s.Trigger = o.intent.Trigger()
	}
	if o.lacks&haptics.CanHandBehind != 0 && o.intent.Behind() {
		s.Switches |= haptics.HandBehind
	}
}

// lacking says in words what a leg without a capability does not render or sense.
var lacking = [...]struct {
	can  haptics.Capability
	what string
}{
	{haptics.CanTwist, "resistance to twisting"},
	{haptics.CanTilt, "tilt of the tool"},
	{haptics.CanTiltStiffness, "the hold of bone against tilting"},
	{haptics.CanPlate, "where the needle stands: the point you mark counts"},
	{haptics.CanTrigger, "the trigger: Space is the trigger"},
	{haptics.CanVibrate, "the drill's vibration"},
	{haptics.CanTransient, "the crack of the pop as the leg's own pulse"},
	{haptics.CanSyringe, "pressure in the syringe"},
	{haptics.CanSwelling, "swelling under the skin"},
	{haptics.CanHandBehind, "a hand behind the leg: the one you name counts"},
	{haptics.CanEmergencyStop, "an emergency stop"},
}

// Lacks says in words what a leg of these capabilities does not render or sense.
func Lacks(c haptics.Capability) []string {
	var out []string
	for _, l := range lacking {
		if c&l.can == 0 {
			out = append(out, l.what)
		}
	}
	return out
}
