package virtual

// How a live hand follows its intent.
const (
	liveRise   = 0.150 // s, time constant of effort building. Assumed: muscle 30-40 ms plus a deliberate build-up
	liveFall   = 0.080 // s, relaxing is faster than building
	liveFollow = 0.35  // s, of the arm's rest point
	liveTurn   = 0.05  // s, of the twist rate
	livePoint  = 0.15  // m/s, moving the tool over the skin
	liveTilt   = 1.2   // rad/s
	liveFinger = 0.03  // s, of the trigger
)

// liveArm is the arm of a trained person, without scatter; see the profiles for its sources.
var liveArm = arm{mass: 1.2, base: 500, gain: 110, ratio: 0.5, brake: 1}

// Live is a hand that follows an Intent with the speed and the impedance of an arm.
type Live struct {
	intent *Intent
	arm    arm
	turn   float64 // rad/s
	placed bool
}

var _ Hand = (*Live)(nil)

// NewLive makes a hand that follows intent, which another goroutine or process writes.
func NewLive(intent *Intent) *Live { return &Live{intent: intent, arm: liveArm} }

// Act follows the intent.
func (l *Live) Act(f *Feel, dt float64, g *Grip) {
	l.aim(dt, g)
	g.StyletOut = l.intent.StyletOut()
	g.Behind = l.intent.Behind()
	if !l.intent.Hold() {
		l.turn = 0
		l.arm.letGo(g)
		return
	}
	if !l.arm.held {
		l.arm.grasp(f.Position)
	}
	l.arm.push(l.intent.Effort(), liveRise, liveFall, liveFollow, f, dt, g)
	l.turn += (l.intent.Twist() - l.turn) * min(1, dt/liveTurn)
	g.TwistRate = l.turn
	g.Trigger += (l.intent.Trigger() - g.Trigger) * min(1, dt/liveFinger)
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
