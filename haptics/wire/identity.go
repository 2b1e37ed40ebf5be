package wire

import (
	"bytes"
	"fmt"

	"osseo/haptics"
)

// Hello asks a leg who it is. It may be sent at any time and changes nothing.
type Hello struct {
	Least, Newest uint8  // protocol versions the host speaks
	Nonce         uint16 // repeated in the answers, so that old ones are known
}

// Append appends the frame.
func (h Hello) Append(dst []byte, sequence uint8, micros uint32) []byte {
	var w writer
	w.u8(h.Least)
	w.u8(h.Newest)
	w.u16(h.Nonce)
	return w.append(dst, TypeHello, sequence, micros)
}

// DecodeHello reads a hello frame.
func DecodeHello(f Frame) (h Hello, err error) {
	b, err := f.payload(TypeHello)
	if err != nil {
		return h, err
	}
	r := reader{b}
	h = Hello{Least: r.u8(), Newest: r.u8(), Nonce: r.u16()}
	if h.Least > h.Newest {
		return Hello{}, ErrRange
	}
	return h, nil
}

// Board is what the firmware was built for.
type Board uint8

// The boards.
const (
	BoardHost     Board = iota // tests
	BoardEmulator              // Cortex-M3 under QEMU, simulated stage and hand
	BoardSTM32F405
)

// String returns the board's name.
func (b Board) String() string {
	switch b {
	case BoardHost:
		return "host"
	case BoardEmulator:
		return "emu"
	case BoardSTM32F405:
		return "stm32f405"
	}
	return fmt.Sprintf("board %d", uint8(b))
}

// Identity answers Hello, followed by a Limits frame.
type Identity struct {
	Nonce        uint16
	Protocol     uint8
	Board        Board
	Firmware     [3]uint8 // major, minor, patch
	Capabilities haptics.Capability
	Build        [8]byte // first bytes of the hash of what the firmware was built from
	Calibration  uint32  // identifies the calibration; 0 = none, and the leg will not arm
	Serial       [8]byte // of the controller
	Name         string  // at most 16 bytes of ASCII
}

const nameLength = 16

// Version is the firmware version as people write it.
func (i *Identity) Version() string {
	return fmt.Sprintf("%d.%d.%d", i.Firmware[0], i.Firmware[1], i.Firmware[2])
}

// Append appends the frame.
func (i *Identity) Append(dst []byte, sequence uint8, micros uint32) []byte {
	var w writer
	w.u16(i.Nonce)
	w.u8(i.Protocol)
	w.u8(uint8(i.Board))
	w.bytes(i.Firmware[:])
	w.u8(0)
	w.u32(uint32(i.Capabilities))
	w.u16(0)
	w.bytes(i.Build[:])
	w.u32(i.Calibration)
	w.bytes(i.Serial[:])
	var name [nameLength]byte
	copy(name[:], i.Name)
	w.bytes(name[:])
	return w.append(dst, TypeIdentity, sequence, micros)
}

// DecodeIdentity reads an identity frame. It allocates the name.
func DecodeIdentity(f Frame) (i Identity, err error) {
	b, err := f.payload(TypeIdentity)
	if err != nil {
		return i, err
	}
	r := reader{b}
	i.Nonce = r.u16()
	i.Protocol = r.u8()
	i.Board = Board(r.u8())
	r.bytes(i.Firmware[:])
	reserved := r.u8()
	i.Capabilities = haptics.Capability(r.u32())
	reserved |= uint8(r.u16())
	r.bytes(i.Build[:])
	i.Calibration = r.u32()
	r.bytes(i.Serial[:])
	var name [nameLength]byte
	r.bytes(name[:])
	text := bytes.TrimRight(name[:], "\x00")
	for _, x := range text {
		if x < ' ' || x > '~' {
			return Identity{}, ErrRange
		}
	}
	if reserved != 0 {
		return Identity{}, ErrRange
	}
	i.Name = string(text)
	return i, nil
}

// Limits are a leg's limits, sent after Identity.
type Limits struct {
	Nonce uint16
	haptics.Limits
}

// Append appends the frame.
func (l *Limits) Append(dst []byte, sequence uint8, micros uint32) []byte {
	var w writer
	w.u16(l.Nonce)
	w.limits(&l.Limits)
	return w.append(dst, TypeLimits, sequence, micros)
}

func (w *writer) limits(l *haptics.Limits) {
	w.unsigned16(l.Force, unitForce)
	w.unsigned16(l.ContinuousN, unitForce)
	w.unsigned16(l.Lateral, unitForce)
	w.unsigned16(l.Vibration, unitForce)
	w.unsigned16(l.Transient, unitForce)
	w.unsigned16(l.Torque, unitTorque)
	w.unsigned16(l.TiltStiffness, unitTiltHold)
	w.unsigned16(l.Stiffness, 1)
	w.unsigned16(l.Damping, unitDamping)
	w.unsigned16(l.PeakS, unitPeak)
	w.u16(0)
	w.unsigned32(l.Rise, 1)
	w.unsigned32(l.Fall, 1)
	w.unsigned32(l.Speed, unitVelocity)
	w.signed32(l.TravelIn, unitPosition)
	w.signed32(l.TravelOut, unitPosition)
	w.unsigned32(l.RenderRate, 1)
}

// Digest is the CRC-16 of the limits as they are sent, without the nonce. An Arm must repeat it: a host that read other
// limits than the leg has does not get it armed.
func Digest(l *haptics.Limits) uint16 {
	var w writer
	w.limits(l)
	return crc16(w.b[:w.n])
}

// DecodeLimits reads a limits frame. It checks fields, not sense: haptics.Limits.Check does that.
func DecodeLimits(f Frame) (l Limits, err error) {
	b, err := f.payload(TypeLimits)
	if err != nil {
		return l, err
	}
	r := reader{b}
	l.Nonce = r.u16()
	l.Force = r.unsigned16(unitForce)
	l.ContinuousN = r.unsigned16(unitForce)
	l.Lateral = r.unsigned16(unitForce)
	l.Vibration = r.unsigned16(unitForce)
	l.Transient = r.unsigned16(unitForce)
	l.Torque = r.unsigned16(unitTorque)
	l.TiltStiffness = r.unsigned16(unitTiltHold)
	l.Stiffness = r.unsigned16(1)
	l.Damping = r.unsigned16(unitDamping)
	l.PeakS = r.unsigned16(unitPeak)
	reserved := r.u16()
	l.Rise = r.unsigned32(1)
	l.Fall = r.unsigned32(1)
	l.Speed = r.unsigned32(unitVelocity)
	l.TravelIn = r.signed32(unitPosition)
	l.TravelOut = r.signed32(unitPosition)
	l.RenderRate = r.unsigned32(1)
	if reserved != 0 {
		return Limits{}, ErrRange
	}
	return l, nil
}
