package physics

// Input is what the leg measured at one tick. All fields are finite or are replaced by the last finite value.
type Input struct {
	Depth    float64 // axial position of the tool: where the tip would be below undeformed skin if nothing resisted, m, positive inward
	Velocity float64 // axial velocity of the tool, m/s, positive inward
	Twist    float64 // cumulative angle about the axis from the hand, rad; the powered driver adds its own
	TiltX    float64 // tilt towards u (distal) against the bone normal, rad, in (-pi/2, pi/2)
	TiltY    float64 // tilt towards v (medial), rad
	U, V     float64 // where the tool enters, on the bone surface in the site's frame (u distal, v medial), m, 0 is the ideal point
	Trigger  float64 // driver trigger, 0..1; a spring driver fires at 0.5 rising
	Stylet   bool    // the stylet is in the needle
	Load     float64 // axial push of the hand on the tool, N, positive inward; only the spring driver's recoil uses it
}

// Output is what the tool feels and what is true at one tick. Every field is finite for any input.
//
// The axial reaction on the tool is Force + max(0, Stiffness*(Depth-Anchor) + Damping*Velocity), N, positive outward,
// which the leg renders between ticks; Reaction is that sum at this tick's input.
type Output struct {
	Force     float64 // feed-forward part: friction and tissue, N, positive outward
	Stiffness float64 // contact stiffness, N/m, >= 0
	Damping   float64 // contact damping, N.s/m, >= 0
	Anchor    float64 // material front the spring pushes against, m
	Reaction  float64 // Force plus spring part at this input, N, positive outward

	Torque        float64 // resisting twist of the hand, N.m, opposes the hand's motion
	LateralU      float64 // lateral reaction on the tool, N, along u
	LateralV      float64 // N, along v
	TiltStiffness float64 // how hard the purchase resists tilting, N.m/rad, >= 0
	Vibration     float64 // amplitude felt in the handle, N
	VibrationHz   float64 // Hz
	Transient     Transient

	Tip       float64 // true tip along the axis below undeformed skin, m
	TipU      float64 // true tip on the surface, m, including slip and bend
	TipV      float64 // m
	Zone      Zone
	Events    Events  // what happened within this tick
	MotorRPS  float64 // revolutions per second of the needle by the driver, >= 0
	MarkMM    float64 // distance of the 5 mm mark above the skin, mm; negative when buried
	FarGap    float64 // tip to the inner face of the far cortex, m; negative beyond it
	Extension float64 // how far a fired spring driver has thrown the needle beyond its housing, m
}

// TransientKind names the short bursts a leg plays by itself on its own clock.
type TransientKind uint8

// The transients.
const (
	NoTransient TransientKind = iota
	PopCrack
	SpringHit
	BoneTap
)

// Transient is a decaying burst a leg plays without waiting for further ticks.
type Transient struct {
	Kind      TransientKind
	Amplitude float64 // N, >= 0
	Decay     float64 // time constant, s, > 0 when Kind is set
}

// Zone is where the tip truly is.
type Zone uint8

// The zones, in the order the contract lists them.
const (
	Outside Zone = iota
	InSoftTissue
	InCortex
	InMedulla
	InFarCortex
	InDeepTissue
	InGrowthPlate
	InJoint
	BesideBone
)

var zoneNames = [...]string{
	"outside", "skin-soft-tissue", "cortex", "medulla", "far-cortex", "deep-tissue", "growth-plate", "joint", "beside-bone",
}

// String returns the zone's name in files and on the command line.
func (z Zone) String() string {
	if int(z) < len(zoneNames) {
		return zoneNames[z]
	}
	return "unknown"
}

// Events is a set of things that happened within one tick.
type Events uint32

// The events.
const (
	SkinPuncture Events = 1 << iota
	Contact             // tip touched bone
	Seat                // tip has bitten: it no longer skates at this load
	Slip                // tip began to skate
	FalseDrop           // force fell with the tip still outside the marrow
	Breakthrough        // near cortex gave way: the pop
	FarContact
	FarBreakthrough
	Bend
	Yield
	StyletSlip
	Clog
	HubShear
	Break
	Stall // the motor stopped under load
	Fire  // the spring driver fired
)

var eventNames = [...]string{
	"skin-puncture", "contact", "seat", "slip", "false-drop", "breakthrough", "far-contact", "far-breakthrough",
	"bend", "yield", "stylet-slip", "clog", "hub-shear", "break", "stall", "fire",
}

// Has reports whether every event of x is in e.
func (e Events) Has(x Events) bool { return e&x == x }

// Names appends the names of the events in e to dst, in order of their bits.
func (e Events) Names(dst []string) []string {
	for i, n := range eventNames {
		if e&(1<<i) != 0 {
			dst = append(dst, n)
		}
	}
	return dst
}
