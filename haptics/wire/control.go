package wire

// Arm readies a leg for commands. It repeats what the host believes of the leg.
type Arm struct {
	Calibration uint32 // of the Identity
	Digest      uint16 // of the Limits
}

// Append appends the frame.
func (a Arm) Append(dst []byte, sequence uint8, micros uint32) []byte {
	var w writer
	w.u32(a.Calibration)
	w.u16(a.Digest)
	return w.append(dst, TypeArm, sequence, micros)
}

// DecodeArm reads an arm frame.
func DecodeArm(f Frame) (a Arm, err error) {
	b, err := f.payload(TypeArm)
	if err != nil {
		return a, err
	}
	r := reader{b}
	return Arm{Calibration: r.u32(), Digest: r.u16()}, nil
}

// AppendHalt appends a frame that makes the leg inert by a ramp. It may be sent at any time, and twice.
func AppendHalt(dst []byte, sequence uint8, micros uint32) []byte {
	return AppendFrame(dst, TypeHalt, sequence, micros, nil)
}

// AppendClear appends a frame that clears a fault whose cause is gone; the leg is idle then.
func AppendClear(dst []byte, sequence uint8, micros uint32) []byte {
	return AppendFrame(dst, TypeClear, sequence, micros, nil)
}

// Result is how a request ended.
type Result uint8

// The results.
const (
	Done        Result = iota
	Unsupported        // this leg cannot do that
	Refused            // not now; Why says why
	results
)

var resultNames = [...]string{"ack", "unsupported", "refused"}

// String returns the result's name.
func (r Result) String() string {
	if int(r) < len(resultNames) {
		return resultNames[r]
	}
	return "unknown"
}

// Why is the reason of a refusal.
type Why uint8

// The reasons.
const (
	NoWhy            Why = iota
	WrongMode            // not in this mode
	WrongCalibration     // Arm names another calibration, or the leg has none
	WrongLimits          // Arm names other limits
	FaultPresent         // there is a fault: Clear first
	CausePresent         // the cause of the fault is still there
	WrongRange           // a field is out of its range
	TestNeeded           // the self-test has not passed
	NotStill             // the tool moves
	whys
)

var whyNames = [...]string{
	"none", "wrong mode", "wrong calibration", "wrong limits", "fault present", "cause present", "out of range",
	"self-test needed", "tool moves",
}

// String returns the reason in words.
func (y Why) String() string {
	if int(y) < len(whyNames) {
		return whyNames[y]
	}
	return "unknown"
}

// Ack answers Arm, Halt, Clear, SelfTest, Inject, Grip (only when refused) and Stage.
type Ack struct {
	Of       Type
	Sequence uint8 // of the frame answered
	Result   Result
	Why      Why
	Detail   int32 // of a refusal: mode, fault code or value
}

// Append appends the frame.
func (a Ack) Append(dst []byte, sequence uint8, micros uint32) []byte {
	var w writer
	w.u8(uint8(a.Of))
	w.u8(a.Sequence)
	w.u8(uint8(a.Result))
	w.u8(uint8(a.Why))
	w.u32(uint32(a.Detail))
	return w.append(dst, TypeAck, sequence, micros)
}

// DecodeAck reads an ack frame.
func DecodeAck(f Frame) (a Ack, err error) {
	b, err := f.payload(TypeAck)
	if err != nil {
		return a, err
	}
	r := reader{b}
	a = Ack{Of: Type(r.u8()), Sequence: r.u8(), Result: Result(r.u8()), Why: Why(r.u8()), Detail: int32(r.u32())}
	if a.Result >= results || a.Why >= whys || a.Of&0x80 != 0 {
		return Ack{}, ErrRange
	}
	return a, nil
}

// Ping asks for the leg's clock.
type Ping struct{ Token uint32 }

// Append appends the frame.
func (p Ping) Append(dst []byte, sequence uint8, micros uint32) []byte {
	var w writer
	w.u32(p.Token)
	return w.append(dst, TypePing, sequence, micros)
}

// DecodePing reads a ping frame.
func DecodePing(f Frame) (p Ping, err error) {
	b, err := f.payload(TypePing)
	if err != nil {
		return p, err
	}
	r := reader{b}
	return Ping{Token: r.u32()}, nil
}

// Pong answers Ping.
type Pong struct {
	Token    uint32
	Received uint64 // leg's clock at the last byte of the ping, us since it started
	Sent     uint64 // leg's clock at the first byte of this frame, us
}

// Append appends the frame.
func (p Pong) Append(dst []byte, sequence uint8, micros uint32) []byte {
	var w writer
	w.u32(p.Token)
	w.u64(p.Received)
	w.u64(p.Sent)
	return w.append(dst, TypePong, sequence, micros)
}

// DecodePong reads a pong frame.
func DecodePong(f Frame) (p Pong, err error) {
	b, err := f.payload(TypePong)
	if err != nil {
		return p, err
	}
	r := reader{b}
	p = Pong{Token: r.u32(), Received: r.u64(), Sent: r.u64()}
	if p.Sent < p.Received || p.Sent-p.Received > 10e6 {
		return Pong{}, ErrRange
	}
	return p, nil
}
