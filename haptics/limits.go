package haptics

import (
	"fmt"
	"math"
)

// Limits are what a leg may be asked for. All are > 0 but where a zero is given a meaning.
type Limits struct {
	Force       float64 // N, greatest |axial force|, vibration and transient included
	Torque      float64 // N.m
	Stiffness   float64 // N/m
	Damping     float64 // N.s/m
	Rise        float64 // N/s, fastest growth of |force|
	Fall        float64 // N/s, fastest decay of |force|; may be larger: a pop must not be smeared
	Speed       float64 // m/s, above which motion is a fault
	TravelIn    float64 // m, greatest position
	TravelOut   float64 // m, least position (negative)
	RenderRate  float64 // Hz, how often the leg evaluates the local spring
	ContinuousN float64 // N, bearable for ever

	PeakS         float64 // s the motor bears Force from cold; 0 = the motor does not heat
	Lateral       float64 // N, each of u and v; 0 = half of Force
	TiltStiffness float64 // N.m/rad; 0 = 50
	Vibration     float64 // N, amplitude; 0 = a fifth of Force
	Transient     float64 // N, amplitude; 0 = 0.6 of Force
}

// Defaults of the limits a leg need not state. Assumed: shares of the axial limit that leave most of it to the reaction
// of the bone; docs/safety.md.
const (
	lateralShare     = 0.5
	vibrationShare   = 0.2
	transientShare   = 0.6
	defaultTiltLimit = 50.0 // N.m/rad
)

// The widest limits a leg can claim; more is a wrong leg or a wrong unit.
const (
	mostForce  = 1000.0 // N
	mostTravel = 1.0    // m
	mostSpeed  = 20.0   // m/s
	mostOther  = 1e7    // the unit of the limit
)

// ReferenceLimits are those of the leg the project is designed for: 150 N peak, 1.5 N.m, 60 mm below the skin.
//
// Rise: 20 kN/s is 20 N in a millisecond, what a tool at 1 m/s meets on a wall of 20 N/mm; full force takes 7.5 ms, so no
// single wrong command is a blow. Fall: 100 kN/s lets 120 N go in two ticks at 1 kHz, so that a pop is not smeared; letting
// go of force is the safe direction. Speed: a hard pop reaches 1 m/s for a few ms; 2 m/s is no hand.
func ReferenceLimits() Limits {
	return Limits{
		Force: 150, Torque: 1.5, Stiffness: 40e3, Damping: 20, Rise: 20e3, Fall: 100e3, Speed: 2,
		TravelIn: 60e-3, TravelOut: -40e-3, RenderRate: 20e3, ContinuousN: 60,
	}
}

// Check returns an error that names the first limit which is not finite, not in its range, or contradicts another.
func (l Limits) Check() error {
	for _, x := range []struct {
		name        string
		value       float64
		least, most float64 // least is exclusive
	}{
		{"force", l.Force, 0, mostForce},
		{"torque", l.Torque, 0, mostForce},
		{"stiffness", l.Stiffness, 0, mostOther},
		{"damping", l.Damping, 0, mostOther},
		{"rise", l.Rise, 0, mostOther},
		{"fall", l.Fall, 0, mostOther},
		{"speed", l.Speed, 0, mostSpeed},
		{"travel in", l.TravelIn, l.TravelOut, mostTravel},
		{"travel out", l.TravelOut, -mostTravel, mostTravel},
		{"render rate", l.RenderRate, 0, mostOther},
		{"continuous force", l.ContinuousN, 0, mostForce},
		{"peak time", l.PeakS, -1e-300, 3600},
		{"lateral force", l.Lateral, -1e-300, mostForce},
		{"tilt stiffness", l.TiltStiffness, -1e-300, mostOther},
		{"vibration", l.Vibration, -1e-300, mostForce},
		{"transient", l.Transient, -1e-300, mostForce},
	} {
		if !(x.value > x.least && x.value <= x.most) {
			return fmt.Errorf("haptics: limit %s is %g, allowed %g to %g: check that leg and calibration belong together",
				x.name, x.value, max(x.least, -mostTravel), x.most)
		}
	}
	return nil
}

// complete fills the limits a leg need not state. Limits that do not pass Check give no authority at all.
func (l Limits) complete() Limits {
	if l.Check() != nil {
		return Limits{}
	}
	fill := func(x *float64, value float64) {
		if *x == 0 {
			*x = value
		}
	}
	fill(&l.Lateral, lateralShare*l.Force)
	fill(&l.TiltStiffness, defaultTiltLimit)
	fill(&l.Vibration, vibrationShare*l.Force)
	fill(&l.Transient, transientShare*l.Force)
	return l
}

// finite reports whether x is a number.
func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
