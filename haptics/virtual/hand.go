package virtual

// Feel is what a hand holding the tool can sense.
type Feel struct {
	Time     float64 // s since arming
	Force    float64 // axial force of the leg on the tool, N, positive outward
	Position float64 // m
	Velocity float64 // m/s
	Torque   float64 // N.m
	SlideU   float64 // m the tool entry has been dragged by lateral force
	SlideV   float64 // m
	Vibrates float64 // amplitude in the handle, N
	Twist    float64 // cumulative angle of the handle, rad: the wrist knows where it is
}

// Grip is what a hand does.
type Grip struct {
	Effort    float64 // voluntary axial push, N, positive inward
	Mass      float64 // effective mass of arm and tool, kg, > 0
	Stiffness float64 // arm stiffness about Rest, N/m, >= 0; rises with effort
	Damping   float64 // N.s/m, >= 0
	Rest      float64 // where the arm's spring is at rest, m
	TwistRate float64 // rad/s of the handle
	TiltX     float64 // rad
	TiltY     float64 // rad
	U, V      float64 // where the hand puts the tool, m
	Trigger   float64 // 0..1
	Behind    bool    // the other hand is behind the leg
	Loose     bool    // the tool is let go: no force, no torque; the tissue alone carries it
	StyletOut bool
}

// Hand moves the tool. Act is called once per fixed substep, must not allocate or block, and fills g completely.
type Hand interface {
	Act(f *Feel, dt float64, g *Grip)
}
