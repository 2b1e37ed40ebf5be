package haptics

import "fmt"

// Reason is why the loop stopped force.
type Reason uint8

// The reasons, first one sticks.
const (
	NoFault   Reason = iota
	NonFinite        // Value is which number of Sample or Command it was, from 1: NaN itself fits no file
	OverSpeed
	OverTravel
	Oscillation
	LostDevice
	Stale // the device gave no new sample for 20 ms
	LateWrite
	Stopped // emergency stop
	Protocol
	Panicked // the renderer or the observer panicked
)

var reasonNames = [...]string{
	"none", "non-finite", "over-speed", "over-travel", "oscillation", "lost-device", "stale", "late-write",
	"emergency-stop", "protocol", "panic",
}

// String returns the reason's name in recordings and on screen.
func (r Reason) String() string {
	if int(r) < len(reasonNames) {
		return reasonNames[r]
	}
	return "unknown"
}

// Fault is why force went to zero. It is a value: the loop keeps the first and ignores the rest until re-armed.
type Fault struct {
	Reason Reason
	Tick   int64
	Value  float64 // what was seen, in the unit of Limit
	Limit  float64
}

// Error says what happened in words a person can act on.
func (f Fault) Error() string {
	return fmt.Sprintf("haptics: %s at tick %d: %.4g, limit %.4g", f.Reason, f.Tick, f.Value, f.Limit)
}

// Intervention is what the governor changed in one command; Causes is empty when it changed nothing.
type Intervention struct {
	Causes    Causes
	Value     float64 // the asked value of the first cause, in the unit of Threshold
	Threshold float64
	Fault     Fault // Reason NoFault unless this tick's motion or command is a fault
}

// Causes is a set of governor stages that acted.
type Causes uint16

// The stages, in the order they are applied.
const (
	ByFinite Causes = 1 << iota
	ByGate
	ByRamp
	ByEnergy
	ByOscillation
	BySpeed
	BySlew
	ByClamp
	ByTravel
)

var causeNames = [...]string{"finite", "gate", "ramp", "energy", "oscillation", "over-speed", "slew", "clamp", "travel"}

// note marks a stage as acting; the first one's numbers are kept.
func (i *Intervention) note(cause Causes, value, threshold float64) {
	if i.Causes == 0 {
		i.Value, i.Threshold = value, threshold
	}
	i.Causes |= cause
}

// Names appends the names of the causes in c to dst.
func (c Causes) Names(dst []string) []string {
	for i, n := range causeNames {
		if c&(1<<i) != 0 {
			dst = append(dst, n)
		}
	}
	return dst
}
