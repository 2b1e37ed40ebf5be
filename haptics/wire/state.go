package wire

import (
	"math"

	"osseo/haptics"
)

// Mode is the state of a leg's state machine.
type Mode uint8

// The modes. Force only in Active, and on the way out of it.
const (
	Boot    Mode = iota
	Idle         // motor free
	Armed        // ready; no valid command yet
	Active       // renders
	Faulted      // sticky; the first reason counts
	Stopped      // emergency stop
	modes
)

var modeNames = [...]string{"boot", "idle", "armed", "active", "fault", "emergency-stop"}

// String returns the mode's name.
func (m Mode) String() string {
	if int(m) < len(modeNames) {
		return modeNames[m]
	}
	return "unknown"
}

// Code is why a leg went into Faulted.
type Code uint8

// The codes.
const (
	NoCode          Code = iota
	LinkLost             // no valid command for 20 ms
	SpeedCode            // faster than the limit
	TravelCode           // outside the travel
	JumpCode             // the encoder jumped
	StuckCode            // a sensor does not move although it must
	HotCode              // the stage is too warm
	StopCode             // emergency stop
	TestCode             // the self-test failed
	OscillationCode      // leg and hand swing each other up
	ForceCode            // the load cell sees more than the leg may give
	OverrunCode          // rendering could not keep its rate
	SupplyCode           // supply voltage out of range
	InternalCode         // the controller itself: docs/wire.md tells what
	codes
)

var codeNames = [...]string{
	"none", "link", "over-speed", "over-travel", "encoder-jump", "sensor-stuck", "over-temperature", "emergency-stop",
	"self-test", "oscillation", "over-force", "overrun", "supply", "internal",
}

// String returns the code's name.
func (c Code) String() string {
	if int(c) < len(codeNames) {
		return codeNames[c]
	}
	return "unknown"
}

// Reason is the nearest of the loop's own reasons.
func (c Code) Reason() haptics.Reason {
	switch c {
	case NoCode:
		return haptics.NoFault
	case LinkLost:
		return haptics.Stale
	case SpeedCode, JumpCode:
		return haptics.OverSpeed
	case TravelCode:
		return haptics.OverTravel
	case StopCode:
		return haptics.Stopped
	case OscillationCode:
		return haptics.Oscillation
	default:
		return haptics.LostDevice
	}
}

// State is what a leg measured. Sample.Tick is not sent, Sample.Time neither: the frame's Time is the leg's clock.
// Sample.Twist begins anew after a whole turn of its field; Twist makes it cumulative.
type State struct {
	haptics.Sample
	Answers     uint8   // sequence of the newest command the leg renders
	Force       float64 // axial force the motor was told to give, N, positive outward, vibration and transient included
	Mode        Mode
	Fault       Code
	Temperature int8 // of the stage, degree Celsius
}

// Widest values believed.
const (
	mostPosition = 0.5         // m
	mostTilt     = math.Pi / 2 // rad
	mostPlate    = 0.2         // m
)

// Append appends the frame.
func (s *State) Append(dst []byte, sequence uint8, micros uint32) []byte {
	var w writer
	w.u8(s.Answers)
	w.signed24(s.Position, unitPosition)
	w.signed24(s.Velocity, unitVelocity)
	w.low24(counts(math.Remainder(s.Twist, twistWrap), unitTwist, -1<<23, 1<<23))
	w.signed16(s.TiltX, unitTilt)
	w.signed16(s.TiltY, unitTilt)
	w.signed16(s.U, unitPlate)
	w.signed16(s.V, unitPlate)
	w.u8(uint8(counts(s.Trigger, unitTrigger, 0, 200)))
	w.signed16(s.Load, unitForce)
	w.signed16(s.Force, unitForce)
	w.signed16(s.Syringe, unitPressure)
	w.u8(uint8(s.Switches))
	w.u8(uint8(s.Mode)<<5 | uint8(s.Fault)&0x1F)
	w.u8(uint8(s.Temperature))
	return w.append(dst, TypeState, sequence, micros)
}

// DecodeState reads a state frame.
func DecodeState(f Frame) (s State, err error) {
	b, err := f.payload(TypeState)
	if err != nil {
		return s, err
	}
	r := reader{b}
	s.Answers = r.u8()
	s.Position = r.signed24(unitPosition)
	s.Velocity = r.signed24(unitVelocity)
	s.Twist = r.signed24(unitTwist)
	s.TiltX = r.signed16(unitTilt)
	s.TiltY = r.signed16(unitTilt)
	s.U = r.signed16(unitPlate)
	s.V = r.signed16(unitPlate)
	trigger := r.u8()
	s.Trigger = float64(trigger) * unitTrigger
	s.Load = r.signed16(unitForce)
	s.Force = r.signed16(unitForce)
	s.Syringe = r.signed16(unitPressure)
	s.Switches = haptics.Switches(r.u8())
	mode := r.u8()
	s.Mode, s.Fault = Mode(mode>>5), Code(mode&0x1F)
	s.Temperature = int8(r.u8())
	ok := trigger <= 200 && s.Mode < modes && s.Fault < codes && (s.Fault != NoCode || s.Mode != Faulted)
	within(&ok, s.Position, mostPosition)
	within(&ok, s.TiltX, mostTilt)
	within(&ok, s.TiltY, mostTilt)
	within(&ok, s.U, mostPlate)
	within(&ok, s.V, mostPlate)
	if !ok {
		return State{}, ErrRange
	}
	return s, nil
}

// Twist makes the twist of successive states cumulative. The zero value is ready.
type Twist struct {
	last  float64 // rad, as sent
	total float64 // rad
	began bool
}

// Add takes the twist of a state and returns the cumulative one, rad. Right as long as the handle turns by less than
// half a wrap, 146 rad, between two states.
func (t *Twist) Add(sent float64) float64 {
	if !t.began {
		t.began, t.last, t.total = true, sent, sent
		return sent
	}
	t.total += math.Remainder(sent-t.last, twistWrap)
	t.last = sent
	return t.total
}
