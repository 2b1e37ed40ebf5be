package virtual

import "math"

// Robot is a machine doing the task: constant force or constant feed, straight, without noise, and a stop within
// milliseconds of the drop. It is the yardstick for hands (a force-drop stop overshoots about 1 mm, Zhu 2026).
type Robot struct {
	progress
	task  Task
	sense sense
	wait  int
	since float64
	rest  float64 // m, where the axis is driven to
	force float64 // N, feed-forward
	swung float64
	past  int // walls behind
}

var _ Operator = (*Robot)(nil)

// The axis. Assumed: a stiff linear axis of a bench rig.
const (
	robotMass      = 2.0   // kg
	robotStiffness = 20e3  // N/m
	robotDamping   = 300.0 // N.s/m
	robotSoft      = 400.0 // N.s/m, damping of the axis under force control
	robotApproach  = 10e-3 // m/s
	robotRise      = 0.5   // N, rise of force over which a stop is judged
	robotStop      = 8e3   // N/m; skin and fat before they give are 1-4 N/mm
	robotMost      = 40.0  // N, greatest push of the approach
	robotWeber     = 0.25
	robotLunge     = 0.3e-3 // m
	robotTwistHz   = 1.5
)

// NewRobot makes a robot. It has no use for a seed: it is always the same.
func NewRobot(t Task) *Robot {
	if t.Driver == "" {
		t.Driver = Manual
	}
	if t.GiveUp <= 0 {
		t.GiveUp = 30
	}
	if least, most := t.pushRange(); t.Force <= 0 {
		t.Force = (least + most) / 2
	}
	r := &Robot{task: t}
	r.clear()
	return r
}

func (r *Robot) enter(p Phase, now float64) {
	r.since = now
	r.phase.Store(int32(p))
}

// Act drives the axis for one substep.
func (r *Robot) Act(f *Feel, dt float64, g *Grip) {
	r.sense.touch(f, dt)
	if r.wait == 0 {
		r.sense.consider(f)
		r.wait = perThought
	}
	r.wait--
	*g = Grip{
		Mass: robotMass, Stiffness: robotStiffness, Damping: robotDamping,
		TiltX: r.task.TiltX, TiltY: r.task.TiltY, U: r.task.U, V: r.task.V, Behind: r.task.Behind,
	}
	switch r.Phase() {
	case Waiting:
		r.rest = f.Position
		if f.Time >= r.task.Start {
			r.enter(Approaching, f.Time)
		}
	case Approaching:
		r.approach(f, dt)
	case AtBone:
		if !r.task.WaitAtBone || r.goAhead.Load() {
			r.ready.Store(false)
			r.sense.settle(f)
			r.began.set(f.Time)
			r.enter(Cutting, f.Time)
		} else {
			r.ready.Store(true)
		}
	case Cutting:
		r.cut(f, dt, g)
	case Stopping:
		r.stopped.set(f.Time)
		r.enter(Holding, f.Time)
	case Holding:
		if r.release.Load() || (!r.task.KeepHold && f.Time-r.since > holdFor) {
			r.enter(Released, f.Time)
		}
	case Released, GaveUp:
		*g = Grip{Mass: toolMass, Loose: true, U: g.U, V: g.V, TiltX: g.TiltX, TiltY: g.TiltY, Behind: g.Behind}
		return
	}
	g.Rest = r.rest
}

// approach feeds until a stop is as stiff as no soft tissue is, or nothing yields at all.
func (r *Robot) approach(f *Feel, dt float64) {
	r.rest += robotApproach * dt
	if r.sense.hard(robotRise) < robotStop && r.sense.force < robotMost {
		return
	}
	r.touched.set(f.Time)
	r.rest = f.Position
	r.enter(AtBone, f.Time)
}

// cut feeds or pushes until the force drops.
func (r *Robot) cut(f *Feel, dt float64, g *Grip) {
	since := f.Time - r.since
	if r.task.Driver == Powered || r.task.Driver == Spring && since > pressFor {
		g.Trigger = 1
	}
	if r.task.Driver == Manual {
		r.swung += 2 * math.Pi * robotTwistHz * dt
		g.TwistRate = math.Pi / 2 * 2 * math.Pi * robotTwistHz * math.Cos(r.swung)
	}
	if r.task.Feed > 0 {
		r.rest += r.task.Feed * dt
	} else {
		r.force += (r.task.Force - r.force) * min(1, dt/0.1)
		r.rest = f.Position
		g.Effort, g.Stiffness, g.Damping = r.force, 0, robotSoft
	}
	fired := r.task.Driver == Spring && since > pressFor+afterHit
	dropped := r.task.Driver != Spring && since > settleIn && r.sense.dropped(robotWeber, robotLunge, doubtful)
	if r.task.Depth > 0 && r.task.Driver != Spring {
		dropped = f.Position >= r.task.Depth
	}
	if dropped {
		r.past++
	}
	switch {
	case dropped && r.past < r.task.Walls:
		r.sense.settle(f)
		r.since = f.Time
	case fired || dropped:
		r.noticed.set(f.Time)
		r.rest = f.Position
		r.enter(Stopping, f.Time)
	case since > r.task.GiveUp:
		r.enter(GaveUp, f.Time)
	}
}
