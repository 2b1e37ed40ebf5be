package virtual

import (
	"math"

	"osseo/haptics"
)

// The axes beside the axial one. All constants are the hand's and the handle's, not the bone's.
const (
	// Inertia of handle and forearm about the tool axis, kg.m2. Assumed: forearm 1.5e-3, handle 0.5e-3.
	twistInertia = 2e-3
	// How hard the wrist drives the rate it wants, N.m.s/rad. Assumed: 2 N.m slows a brisk twist of 9 rad/s by half.
	twistGrip = 0.45
	// Most torque of a twisting hand, N.m: 4.2 +/- 1.3 with push, Seo 2008.
	twistMost = 5.5
	// Friction of the twist bearing, N.m. Assumed.
	twistFriction = 0.01

	// Rotational stiffness of the grip, N.m/rad, against the tilt stiffness of the purchase. Assumed: a push of 5 N at
	// the end of a 0.1 m handle turns a hand by some 4 degrees.
	tiltGrip = 7.0
	// Time in which a hand takes up a tilt, s. Assumed: 60 ms.
	tiltLag  = 0.06
	tiltMost = 60 * math.Pi / 180

	// Sideways stiffness of the hand at the tool's entry, N/m. Assumed: low end of the arm's axial one.
	lateralGrip = 600.0
	// N.s/m; 60 N.s/m settles in 0.1 s.
	lateralDrag = 60.0
	lateralMost = 80e-3 // m, half width of the plate
)

// axes holds twist, tilt and the place on the plate.
type axes struct {
	twist, spin  float64 // rad, rad/s
	torque       float64 // what resists the twist, N.m
	tiltX, tiltY tilt
	u, v         float64
	placed       bool
	holdU, holdV float64 // where the tool stood when it was let go
}

func (a *axes) step(c *haptics.Command, g *Grip, dt float64) {
	a.turn(c.Torque, g, dt)
	grip := tiltGrip
	if g.Loose {
		grip = 0
	}
	a.tiltX.step(g.TiltX, grip, c.TiltStiffness, dt)
	a.tiltY.step(g.TiltY, grip, c.TiltStiffness, dt)
	a.slide(c, g, dt)
}

// turn integrates the handle. The resisting torque behaves as friction: it stops a twist but never drives one.
func (a *axes) turn(resist float64, g *Grip, dt float64) {
	drive := 0.0
	if !g.Loose {
		drive = min(max(twistGrip*(g.TwistRate-a.spin), -twistMost), twistMost)
	}
	brake := math.Abs(resist) + twistFriction
	spin := a.spin + drive*dt/twistInertia
	a.torque = min(math.Abs(resist), math.Abs(spin)*twistInertia/dt)
	if loss := brake * dt / twistInertia; math.Abs(spin) <= loss {
		spin = 0
	} else {
		spin -= math.Copysign(loss, spin)
	}
	a.spin = spin
	a.twist += spin * dt
}

// slide moves the tool on the plate: the hand's spring against the lateral force of the command. A tool let go is held
// where it stands by the skin.
func (a *axes) slide(c *haptics.Command, g *Grip, dt float64) {
	if !a.placed {
		a.u, a.v, a.placed = g.U, g.V, true
	}
	toU, toV := g.U, g.V
	if g.Loose {
		toU, toV = a.holdU, a.holdV
	} else {
		a.holdU, a.holdV = a.u, a.v
	}
	k := dt / (lateralDrag + lateralGrip*dt)
	a.u += k * (lateralGrip*(toU-a.u) + c.LateralU)
	a.v += k * (lateralGrip*(toV-a.v) + c.LateralV)
	a.u = min(max(a.u, -lateralMost), lateralMost)
	a.v = min(max(a.v, -lateralMost), lateralMost)
}

// tilt is one tilt axis: the grip turns it, the purchase of the needle resists about the angle at which it was taken.
type tilt struct {
	angle  float64 // rad
	anchor float64 // rad, where the purchase is at rest
	hold   float64 // N.m/rad, tilt stiffness of the last substep
}

func (t *tilt) step(want, grip, hold, dt float64) {
	switch {
	case hold <= 0:
		t.anchor = t.angle
	case hold > t.hold:
		// A growing purchase takes up no moment of its own: the moment stays what it was.
		t.anchor = t.angle - t.hold/hold*(t.angle-t.anchor)
	}
	t.hold = max(hold, 0)
	drag := tiltGrip * tiltLag
	t.angle += dt / (drag + (grip+t.hold)*dt) * (grip*(want-t.angle) - t.hold*(t.angle-t.anchor))
	t.angle = min(max(t.angle, -tiltMost), tiltMost)
}
