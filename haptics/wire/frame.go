package wire

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// Version is the protocol this package speaks. Header, checks, Hello and Identity are the same in every version.
const Version = 1

// Sizes, bytes.
const (
	MaxFrame   = 64 // on the wire, delimiter included
	MaxPayload = MaxFrame - overhead
	ServoFrame = 40 // of Command and State, which go 1000 times a second

	header   = 7 // version, type, sequence, time
	trailer  = 3 // CRC-8, CRC-16
	overhead = header + trailer + 2
	maxPlain = MaxFrame - 2
)

// Type is what a frame says. Bit 7 is set in what a leg sends.
type Type uint8

// The types. docs/wire.md tells the payload of each.
const (
	TypeHello    Type = 0x01
	TypeArm      Type = 0x02
	TypeHalt     Type = 0x03
	TypeCommand  Type = 0x04
	TypePing     Type = 0x05
	TypeSelfTest Type = 0x06
	TypeInject   Type = 0x07
	TypeClear    Type = 0x08
	TypeGrip     Type = 0x0A // emulator only
	TypeStage    Type = 0x0B // emulator only

	TypeIdentity Type = 0x81
	TypeLimits   Type = 0x82
	TypeAck      Type = 0x83
	TypeState    Type = 0x84
	TypePong     Type = 0x85
	TypeResult   Type = 0x86
	TypeStatus   Type = 0x87
	TypeFault    Type = 0x88
)

// lengths are the payload bytes of each type; -1 is no type of this version.
var lengths = func() (l [256]int) {
	for i := range l {
		l[i] = -1
	}
	for t, n := range map[Type]int{
		TypeHello: 4, TypeArm: 6, TypeHalt: 0, TypeCommand: 28, TypePing: 4, TypeSelfTest: 2, TypeInject: 8, TypeClear: 0,
		TypeGrip: 24, TypeStage: 6, TypeIdentity: 50, TypeLimits: 48, TypeAck: 8, TypeState: 28, TypePong: 20, TypeResult: 16,
		TypeStatus: 28, TypeFault: 20,
	} {
		l[t] = n
	}
	return l
}()

var typeNames = map[Type]string{
	TypeHello: "hello", TypeArm: "arm", TypeHalt: "halt", TypeCommand: "command", TypePing: "ping", TypeSelfTest: "self-test",
	TypeInject: "inject", TypeClear: "clear", TypeGrip: "grip", TypeStage: "stage", TypeIdentity: "identity",
	TypeLimits: "limits", TypeAck: "ack", TypeState: "state", TypePong: "pong", TypeResult: "result", TypeStatus: "status",
	TypeFault: "fault",
}

// String returns the type's name in docs/wire.md.
func (t Type) String() string {
	if n, ok := typeNames[t]; ok {
		return n
	}
	return fmt.Sprintf("type 0x%02x", uint8(t))
}

// Frame is one frame that passed every check. Payload is valid until the next call of the decoder that gave it.
type Frame struct {
	Type     Type
	Sequence uint8  // counts the sender's frames of this type, modulo 256
	Time     uint32 // sender's clock when it was sent, us modulo 2^32
	Payload  []byte
}

// AppendFrame appends the bytes of a frame, delimiter included. It returns dst as it is when the payload is longer than
// MaxPayload.
func AppendFrame(dst []byte, t Type, sequence uint8, micros uint32, payload []byte) []byte {
	if len(payload) > MaxPayload {
		return dst
	}
	var plain [maxPlain]byte
	b := append(plain[:0], Version, byte(t), sequence)
	b = binary.LittleEndian.AppendUint32(b, micros)
	b = append(b, payload...)
	b = append(b, crc8(b))
	b = binary.LittleEndian.AppendUint16(b, crc16(b))
	return append(appendStuffed(dst, b), 0)
}

// Errors of frames that are whole but mean nothing this package accepts.
var (
	ErrType   = errors.New("wire: frame of another type than asked for")
	ErrLength = errors.New("wire: payload has not the length of its type: leg and program speak different dialects")
	ErrRange  = errors.New("wire: a field is out of its range in docs/wire.md: the frame is damaged or the leg is not one of ours")
	ErrNumber = errors.New("wire: a number to be sent is not finite")
)

// payload returns the payload of f when it is of type t and of its length.
func (f Frame) payload(t Type) ([]byte, error) {
	if f.Type != t {
		return nil, ErrType
	}
	if len(f.Payload) != lengths[t] {
		return nil, ErrLength
	}
	return f.Payload, nil
}
