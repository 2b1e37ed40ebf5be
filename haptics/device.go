package haptics

// Sample is one reading of a leg.
type Sample struct {
	Tick     int64   // counts from 0 at arming
	Time     float64 // s since arming, by the loop's own clock
	Position float64 // axial position of the tool: tip below undeformed skin if nothing resisted, m, positive inward
	Velocity float64 // m/s, positive inward
	Twist    float64 // cumulative angle of the handle, rad
	TiltX    float64 // towards u (distal), rad
	TiltY    float64 // towards v (medial), rad
	U, V     float64 // where the tool stands on the site plate, m
	Trigger  float64 // 0..1
	Load     float64 // push of the hand on the tool by the load cell, N, positive inward
	Syringe  float64 // pressure at the syringe port, Pa above ambient
	Switches Switches
}

// Switches are the on-off sensors of a leg.
type Switches uint8

// The switches.
const (
	HandBehind    Switches = 1 << iota // a hand is behind the leg
	StyletOut                          // the stylet has been taken out
	EmergencyStop                      // motor power is cut
)

// Command is what a leg renders until the next one.
//
// The axial force on the tool is Force + max(0, Stiffness*(position-Anchor) + Damping*velocity), N, positive outward
// (towards the hand), and never more than Most. The leg evaluates it at its own rate, 5 kHz or more.
type Command struct {
	Force         float64 // feed-forward, N, positive outward
	Stiffness     float64 // N/m, >= 0
	Damping       float64 // N.s/m, >= 0
	Anchor        float64 // m
	Most          float64 // greatest axial force of this command at any position, N; 0 = the leg's own limit; set by the governor
	Torque        float64 // resisting twist, N.m
	LateralU      float64 // N
	LateralV      float64 // N
	TiltStiffness float64 // N.m/rad, >= 0
	Vibration     float64 // amplitude, N, >= 0
	VibrationHz   float64 // Hz, >= 0
	Transient     Transient
}

// At returns the axial force of c at a position and velocity, N, positive outward.
func (c *Command) At(position, velocity float64) float64 {
	spring := float64(c.Stiffness*(position-c.Anchor)) + float64(c.Damping*velocity)
	force := c.Force + max(0, spring)
	if c.Most > 0 {
		force = min(force, c.Most)
	}
	return force
}

// Transient is a decaying burst a leg plays by itself. Kind 0 is none.
type Transient struct {
	Kind      uint8
	Amplitude float64 // N
	Decay     float64 // s
}

// Capability is one thing a leg can do; a leg without one says so and the program says what is not rendered.
type Capability uint32

// The capabilities.
const (
	CanAxial Capability = 1 << iota
	CanTwist
	CanTilt
	CanTiltStiffness
	CanPlate
	CanTrigger
	CanVibrate
	CanTransient
	CanSyringe
	CanSwelling
	CanHandBehind
	CanEmergencyStop
)

// Info identifies a leg.
type Info struct {
	Kind         string // "virtual", "emulated", "serial", "playback"
	Name         string
	Firmware     string
	Capabilities Capability
	Limits       Limits
}

// Device is a leg.
//
// Exchange hands over the command and returns with the newest sample; it waits no longer than the device needs, does not
// allocate, and may be called only between Arm and Halt, from one goroutine. Halt makes the leg inert by a bounded ramp
// and may be called from any goroutine at any time; Close releases it. Halt is not Close.
type Device interface {
	Info() Info
	Arm() error
	Exchange(c *Command, s *Sample) error
	Halt() error
	Close() error
}

// Renderer turns a sample into the command the governor will judge. It must not allocate, lock or wait. dt is the nominal
// period, s.
type Renderer interface {
	Render(s *Sample, dt float64, c *Command)
}

// Observer sees every tick after the command was sent. It must not allocate, lock or wait.
type Observer interface {
	Observe(s *Sample, sent *Command, i Intervention)
}
