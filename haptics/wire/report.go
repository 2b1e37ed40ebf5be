package wire

// Status is sent 20 times a second, unasked.
type Status struct {
	Received  uint32 // frames accepted since start
	Damaged   uint32 // frames refused: stuffing, length or CRC
	Missing   uint16 // commands missing from the sequence since arming
	Repeated  uint16 // commands seen twice or out of order since arming
	Renders   uint32 // evaluations of the local spring since start
	Slowest   uint16 // longest time between two of them since arming, us
	Stack     uint16 // deepest stack use since start, bytes
	Supply    uint16 // mV
	Gap       uint16 // longest time between two valid commands since arming, us; 65535 = that or more
	Overflows uint16 // bytes lost in the receiver since start
	Acted     Stages // what the leg's own governor changed since the last status
}

// Stages is a set of stages of a leg's own governor.
type Stages uint16

// The stages. Bit 0 is not used: every start and stop has a ramp.
const (
	ActedEnergy Stages = 2 << iota
	ActedOscillation
	ActedSpeed
	ActedSlew
	ActedClamp
	ActedHeat
	ActedTravel
	ActedImpulse
	actedEnd
)

var stageNames = [...]string{"energy", "oscillation", "over-speed", "slew", "clamp", "heat", "travel", "impulse"}

// Names appends the names of the stages in s to dst.
func (s Stages) Names(dst []string) []string {
	for i, n := range stageNames {
		if s&(2<<i) != 0 {
			dst = append(dst, n)
		}
	}
	return dst
}

// Append appends the frame.
func (s *Status) Append(dst []byte, sequence uint8, micros uint32) []byte {
	var w writer
	w.u32(s.Received)
	w.u32(s.Damaged)
	w.u16(s.Missing)
	w.u16(s.Repeated)
	w.u32(s.Renders)
	w.u16(s.Slowest)
	w.u16(s.Stack)
	w.u16(s.Supply)
	w.u16(s.Gap)
	w.u16(s.Overflows)
	w.u16(uint16(s.Acted))
	return w.append(dst, TypeStatus, sequence, micros)
}

// DecodeStatus reads a status frame.
func DecodeStatus(f Frame) (s Status, err error) {
	b, err := f.payload(TypeStatus)
	if err != nil {
		return s, err
	}
	r := reader{b}
	s = Status{
		Received: r.u32(), Damaged: r.u32(), Missing: r.u16(), Repeated: r.u16(), Renders: r.u32(),
		Slowest: r.u16(), Stack: r.u16(), Supply: r.u16(), Gap: r.u16(), Overflows: r.u16(), Acted: Stages(r.u16()),
	}
	if s.Acted&1 != 0 || s.Acted >= actedEnd {
		return Status{}, ErrRange
	}
	return s, nil
}

// Fault tells the first fault since the last Clear; it is sent when it happens and ten times a second until cleared.
type Fault struct {
	Code    Code
	Mode    Mode   // before the fault
	Answers uint8  // newest command then
	At      uint64 // leg's clock, us
	Value   int32  // what was seen, in the unit of the code in docs/wire.md
	Limit   int32
}

// Append appends the frame.
func (t Fault) Append(dst []byte, sequence uint8, micros uint32) []byte {
	var w writer
	w.u8(uint8(t.Code))
	w.u8(uint8(t.Mode))
	w.u8(t.Answers)
	w.u8(0)
	w.u64(t.At)
	w.u32(uint32(t.Value))
	w.u32(uint32(t.Limit))
	return w.append(dst, TypeFault, sequence, micros)
}

// DecodeFault reads a fault frame.
func DecodeFault(f Frame) (t Fault, err error) {
	b, err := f.payload(TypeFault)
	if err != nil {
		return t, err
	}
	r := reader{b}
	t.Code, t.Mode, t.Answers = Code(r.u8()), Mode(r.u8()), r.u8()
	reserved := r.u8()
	t.At, t.Value, t.Limit = r.u64(), int32(r.u32()), int32(r.u32())
	if t.Code == NoCode || t.Code >= codes || t.Mode >= modes || reserved != 0 {
		return Fault{}, ErrRange
	}
	return t, nil
}

// Test is one self-test.
type Test uint8

// The self-tests, and the bits of SelfTest.Mask counted from bit 0 in this order.
const (
	TestCodec       Test = iota // a frame known in advance is encoded and decoded
	TestStage                   // position within the travel, not moving
	TestLoad                    // the load cell reads little while nothing pushes
	TestTemperature             // in its range
	TestSupply                  // in its range
	TestRender                  // rendering keeps its rate
	TestStack                   // there is room left
	TestStop                    // the emergency stop's line reads released
	tests
)

var testNames = [...]string{"codec", "stage", "load-cell", "temperature", "supply", "render-rate", "stack", "emergency-stop"}

// String returns the test's name.
func (t Test) String() string {
	if int(t) < len(testNames) {
		return testNames[t]
	}
	return "unknown"
}

// AllTests is the mask of all self-tests.
const AllTests = 1<<tests - 1

// SelfTest asks for self-tests; only while idle. Each is answered by an Outcome, then by an Ack.
type SelfTest struct{ Mask uint16 }

// Append appends the frame.
func (s SelfTest) Append(dst []byte, sequence uint8, micros uint32) []byte {
	var w writer
	w.u16(s.Mask)
	return w.append(dst, TypeSelfTest, sequence, micros)
}

// DecodeSelfTest reads a self-test frame.
func DecodeSelfTest(f Frame) (s SelfTest, err error) {
	b, err := f.payload(TypeSelfTest)
	if err != nil {
		return s, err
	}
	r := reader{b}
	s.Mask = r.u16()
	if s.Mask == 0 || s.Mask > AllTests {
		return SelfTest{}, ErrRange
	}
	return s, nil
}

// Outcome is the result of one self-test.
type Outcome struct {
	Test        Test
	Passed      bool
	Left        uint8 // tests still to come
	Value       int32 // in the unit of the test in docs/wire.md
	Least, Most int32
}

// Append appends the frame.
func (o Outcome) Append(dst []byte, sequence uint8, micros uint32) []byte {
	var w writer
	w.u8(uint8(o.Test))
	passed := uint8(0)
	if o.Passed {
		passed = 1
	}
	w.u8(passed)
	w.u8(o.Left)
	w.u8(0)
	w.u32(uint32(o.Value))
	w.u32(uint32(o.Least))
	w.u32(uint32(o.Most))
	return w.append(dst, TypeResult, sequence, micros)
}

// DecodeOutcome reads a result frame.
func DecodeOutcome(f Frame) (o Outcome, err error) {
	b, err := f.payload(TypeResult)
	if err != nil {
		return o, err
	}
	r := reader{b}
	o.Test = Test(r.u8())
	passed := r.u8()
	o.Left = r.u8()
	reserved := r.u8()
	o.Passed = passed == 1
	o.Value, o.Least, o.Most = int32(r.u32()), int32(r.u32()), int32(r.u32())
	if o.Test >= tests || passed > 1 || reserved != 0 || o.Left >= uint8(tests) {
		return Outcome{}, ErrRange
	}
	return o, nil
}
