package virtual

import "math"

// How a live hand follows its intent.
const (
	liveRise   = 0.150  // s, time constant of effort building. Assumed: muscle 30-40 ms plus a deliberate build-up
	liveFall   = 0.080  // s, relaxing is faster than building
	liveFollow = 0.35   // s, of the arm's rest point
	liveTurn   = 0.05   // s, of the twist rate
	livePoint  = 0.15   // m/s, moving the tool over the skin
	liveTilt   = 1.2    // rad/s
	liveFinger = 0.03   // s, of the trigger
	liveParted = 1.0    // N, push at which the fingers part
	liveLift   = 0.08   // m/s, taking the tool out once nothing holds it
	liveClear  = -15e-3 // m, how far above the skin that ends
)

// liveArm is an arm between a novice's and a trained person's, without scatter; see the profiles for its sources.
var liveArm = arm{mass: 1.2, base: 500, gain: 110, tendon: 40e3, ratio: 0.5}

// liveMost is the greatest push of a live hand, N: what it may ask for is bounded by the Intent, and the person may tire.
var liveMost = math.Inf(1)

// Live is a hand that follows an Intent with the speed and the impedance of an arm.
type Live struct {
	intent *Intent
	arm    arm
	turn   float64 // rad/s
	placed bool
	rocked float64 // rad, phase of the wrist while the tool is taken out
}

var _ Hand = (*Live)(nil)

// NewLive makes a hand that follows intent, which another goroutine or process writes.
func NewLive(intent *Intent) *Live { return &Live{intent: intent, arm: liveArm} }

// Act follows the intent.
func (l *Live) Act(f *Feel, dt float64, g *Grip) {
	l.aim(dt, g)
	g.StyletOut = l.intent.StyletOut()
	g.Behind = l.intent.Behind()
	if l.intent.Lift() && f.Position > liveClear {
		l.takeOut(f, dt, g)
		return
	}
	if !l.intent.Hold() {
		l.open(f, dt, g)
		return
	}
	if !l.arm.held {
		l.arm.grasp(f.Position)
	}
	l.arm.push(l.intent.Effort(), liveRise, liveFall, liveFollow, liveMost, f, dt, g)
	l.turn += (l.intent.Twist() - l.turn) * min(1, dt/liveTurn)
	g.TwistRate = l.turn
	g.Trigger += (l.intent.Trigger() - g.Trigger) * min(1, dt/liveFinger)
}

// open lets go: fingers relax before they part, so that a tool pressed on springy skin is not shot back.
func (l *Live) open(f *Feel, dt float64, g *Grip) {
	l.turn = 0
	if !l.arm.held || math.Abs(l.arm.effort) < liveParted {
		l.arm.letGo(g)
		return
	}
	l.arm.push(0, liveRise, liveFall, liveFollow, liveMost, f, dt, g)
	g.TwistRate, g.Trigger = 0, 0
}

// takeOut pulls the tool back with the wrist turning to and fro, which is how a needle leaves bone; in the air it is carried
// at the speed of a hand.
func (l *Live) takeOut(f *Feel, dt float64, g *Grip) {
	if !l.arm.held {
		l.arm.grasp(f.Position)
	}
	pull := -MaxPull
	if f.Velocity < -liveLift {
		pull = 0
	}
	l.arm.push(pull, liveRise, liveFall, 0.1, liveMost, f, dt, g)
	l.rocked += 2 * math.Pi * 1.5 * dt
	g.TwistRate = 9 * math.Cos(l.rocked)
	g.Trigger = 0
}

// aim moves point and tilt at the speed of a hand. The first intent is taken as it is.
func (l *Live) aim(dt float64, g *Grip) {
	x, y := l.intent.Tilt()
	u, v := l.intent.Point()
	if !l.placed {
		l.placed = true
		g.TiltX, g.TiltY, g.U, g.V = x, y, u, v
		return
	}
	g.TiltX = towards(g.TiltX, x, liveTilt*dt)
	g.TiltY = towards(g.TiltY, y, liveTilt*dt)
	g.U = towards(g.U, u, livePoint*dt)
	g.V = towards(g.V, v, livePoint*dt)
}

// towards moves x to goal by at most step.
func towards(x, goal, step float64) float64 {
	if goal > x {
		return min(x+step, goal)
	}
	return max(x-step, goal)
}
