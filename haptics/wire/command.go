package wire

import (
	"math"

	"osseo/haptics"
)

// MaxTransients is how many transients can be told apart before their numbers repeat.
const MaxTransients = 16

// Command is a haptics.Command on its way to a leg.
//
// A leg plays a transient when its Shot differs from that of the last one it played since it was armed. The host counts
// Shot up for each new transient, from 1 after arming, and repeats the transient in the next commands, so that a lost
// frame does not lose a pop.
type Command struct {
	haptics.Command
	Shot uint8 // number of the transient, modulo MaxTransients
}

// Append appends the frame. Numbers beyond the range of their field are cut to it; a number that is not finite is an
// error and nothing is appended.
func (c *Command) Append(dst []byte, sequence uint8, micros uint32) ([]byte, error) {
	if !c.finite() {
		return dst, ErrNumber
	}
	var w writer
	w.signed16(c.Force, unitForce)
	w.unsigned16(c.Stiffness, 1)
	w.unsigned16(c.Damping, unitDamping)
	w.signed32(c.Anchor, unitPosition)
	w.u16(most(c.Most))
	w.signed16(c.Torque, unitTorque)
	w.signed16(c.LateralU, unitForce)
	w.signed16(c.LateralV, unitForce)
	w.unsigned16(c.TiltStiffness, unitTiltHold)
	w.unsigned16(c.Vibration, unitForce)
	w.unsigned16(c.VibrationHz, 1)
	w.u8(c.Transient.Kind&0x0F | c.Shot<<4)
	w.unsigned16(c.Transient.Amplitude, unitForce)
	w.u8(uint8(counts(c.Transient.Decay, unitDecay, 0, math.MaxUint8)))
	return w.append(dst, TypeCommand, sequence, micros), nil
}

// most keeps a small cap a cap: 0 on the wire means none.
func most(x float64) uint16 {
	if x <= 0 {
		return 0
	}
	return uint16(max(1, counts(x, unitForce, 0, math.MaxUint16)))
}

func (c *Command) finite() bool {
	sum := c.Force*0 + c.Stiffness*0 + c.Damping*0 + c.Anchor*0 + c.Most*0 + c.Torque*0 + c.LateralU*0 + c.LateralV*0 +
		c.TiltStiffness*0 + c.Vibration*0 + c.VibrationHz*0 + c.Transient.Amplitude*0 + c.Transient.Decay*0
	return sum == 0
}

// DecodeCommand reads a command frame.
func DecodeCommand(f Frame) (c Command, err error) {
	b, err := f.payload(TypeCommand)
	if err != nil {
		return c, err
	}
	r := reader{b}
	c.Force = r.signed16(unitForce)
	c.Stiffness = r.unsigned16(1)
	c.Damping = r.unsigned16(unitDamping)
	c.Anchor = r.signed32(unitPosition)
	c.Most = r.unsigned16(unitForce)
	c.Torque = r.signed16(unitTorque)
	c.LateralU = r.signed16(unitForce)
	c.LateralV = r.signed16(unitForce)
	c.TiltStiffness = r.unsigned16(unitTiltHold)
	c.Vibration = r.unsigned16(unitForce)
	c.VibrationHz = r.unsigned16(1)
	kind := r.u8()
	c.Transient.Kind, c.Shot = kind&0x0F, kind>>4
	c.Transient.Amplitude = r.unsigned16(unitForce)
	c.Transient.Decay = float64(r.u8()) * unitDecay
	return c, nil
}
