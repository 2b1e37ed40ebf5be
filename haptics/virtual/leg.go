package virtual

import (
	"errors"
	"fmt"
	"io"
	"math"
	"sync/atomic"

	"osseo/haptics"
)

// The fixed substep of the leg. It is the same whatever the tick rate, so that the tick rate does not change the motion.
const (
	SubstepHz = 20000.0       // Hz
	substep   = 1 / SubstepHz // s
)

// The range of tick rates a leg can be asked for, Hz.
const (
	MinTickHz = 50.0
	MaxTickHz = SubstepHz
)

// Errors of Exchange and Arm.
var (
	ErrNotArmed = errors.New("virtual: leg is not armed: call Arm before Exchange")
	ErrClosed   = errors.New("virtual: leg is closed: make a new one")
	ErrEnd      = fmt.Errorf("virtual: the recording that drives the leg has ended: %w", io.EOF)
)

// Options of a leg. The zero value is the leg of every case.
type Options struct {
	TickHz  float64 // rate of Exchange, Hz, MinTickHz..MaxTickHz, clamped; 0 = 1000
	Start   float64 // where the tool starts, m, within the travel; 0 = -20 mm, the tip 20 mm above the skin
	Mass    float64 // moving mass of the stage without tool and arm, kg, 0.05..5; 0 = 0.4
	Viscous float64 // friction of the stage, N.s/m, 0..50; 0 = 1.5, negative = none
	Coulomb float64 // friction of the stage, N, 0..10; 0 = 0.4, negative = none
	Force   float64 // greatest force of the motor, N, 1..1000; 0 = that of the reference leg
}

// Stage of the reference leg. Assumed: a ball-screw-free (capstan) stage of the reference leg in docs/wire.md; light and
// of low friction, since a needle let go must be held by the tissue and not by the machine.
const (
	defaultTickHz  = 1000.0
	defaultStart   = -20e-3
	defaultMass    = 0.4
	defaultViscous = 1.5
	defaultCoulomb = 0.4
)

const capabilities = haptics.CanAxial | haptics.CanTwist | haptics.CanTilt | haptics.CanTiltStiffness |
	haptics.CanPlate | haptics.CanTrigger | haptics.CanVibrate | haptics.CanTransient |
	haptics.CanHandBehind | haptics.CanEmergencyStop

// Leg is the in-process leg. Exchange belongs to one goroutine; Halt and PressEmergencyStop to any.
type Leg struct {
	info   haptics.Info
	hand   Hand
	tape   *Playback // the hand when it is a recording
	tickHz float64
	start  float64

	stage stage
	axes  axes
	burst burst
	cmd   haptics.Command
	feel  Feel
	grip  Grip
	ticks int64
	steps int64

	state atomic.Int32
	stop  atomic.Bool
}

const (
	stateIdle int32 = iota
	stateArmed
	stateClosed
)

var _ haptics.Device = (*Leg)(nil)

// New makes a leg held by hand. A nil hand is a leg nobody touches.
func New(hand Hand, o Options) *Leg {
	limits := haptics.ReferenceLimits()
	limits.RenderRate = SubstepHz
	limits.Force = orDefault(o.Force, limits.Force, 1, 1000)
	l := &Leg{
		info: haptics.Info{
			Kind: "virtual", Name: "virtual leg", Firmware: "in-process",
			Capabilities: capabilities, Limits: limits,
		},
		hand:   hand,
		tickHz: orDefault(o.TickHz, defaultTickHz, MinTickHz, MaxTickHz),
		start:  orDefault(o.Start, defaultStart, limits.TravelOut, limits.TravelIn),
	}
	l.stage = stage{
		mass:     orDefault(o.Mass, defaultMass, 0.05, 5),
		viscous:  orDefault(o.Viscous, defaultViscous, 0, 50),
		coulomb:  orDefault(o.Coulomb, defaultCoulomb, 0, 10),
		least:    limits.TravelOut,
		most:     limits.TravelIn,
		strength: limits.Force,
	}
	if hand == nil {
		l.hand = nobody{}
	}
	if tape, ok := hand.(*Playback); ok {
		l.tape = tape
		l.info.Kind, l.info.Name = "playback", "recorded leg"
	}
	l.reset()
	return l
}

func orDefault(x, whenZero, least, most float64) float64 {
	if x == 0 || math.IsNaN(x) {
		x = whenZero
	}
	return min(max(x, least), most)
}

// Info identifies the leg.
func (l *Leg) Info() haptics.Info { return l.info }

// Arm readies the leg. After a Halt the tool is where it was left; a recording starts again.
func (l *Leg) Arm() error {
	if l.state.Load() == stateClosed {
		return ErrClosed
	}
	l.ticks, l.steps = 0, 0
	l.cmd = haptics.Command{}
	l.burst = burst{}
	l.stage.v = 0
	if l.tape != nil {
		l.tape.Rewind()
	}
	l.state.Store(stateArmed)
	return nil
}

// Reset puts the tool back to its start. Call it only between Halt and Arm.
func (l *Leg) Reset() { l.reset() }

func (l *Leg) reset() {
	l.stage.x, l.stage.v, l.stage.load = l.start, 0, 0
	l.axes = axes{}
	l.feel = Feel{Position: l.start}
	l.grip = Grip{Mass: 1}
}

// Exchange renders c for one tick and returns what the leg then measures. It never waits and does not allocate.
// A command that is not finite is refused and the last one is rendered on, as the firmware does.
func (l *Leg) Exchange(c *haptics.Command, s *haptics.Sample) error {
	if l.state.Load() != stateArmed {
		if l.state.Load() == stateClosed {
			return ErrClosed
		}
		return ErrNotArmed
	}
	if l.tape != nil {
		return l.tape.next(s)
	}
	if finite(c) {
		l.cmd = *c
		l.burst.start(c.Transient)
	}
	if l.stop.Load() {
		l.cmd = haptics.Command{}
		l.burst = burst{}
	}
	tick := l.ticks
	l.ticks++
	until := int64(math.Round(float64(l.ticks) * (SubstepHz / l.tickHz)))
	for ; l.steps < until; l.steps++ {
		l.substep()
	}
	l.sample(tick, s)
	return nil
}

func (l *Leg) substep() {
	f := &l.feel
	f.Time = float64(l.steps) * substep
	l.hand.Act(f, substep, &l.grip)
	extra := l.burst.step(&l.cmd, substep)
	f.Force = l.stage.step(&l.cmd, &l.grip, extra, substep)
	l.axes.step(&l.cmd, &l.grip, substep)
	f.Position, f.Velocity = l.stage.x, l.stage.v
	f.Torque = l.axes.torque
	f.SlideU, f.SlideV = l.axes.u-l.grip.U, l.axes.v-l.grip.V
	f.Vibrates = l.cmd.Vibration
	f.Twist = l.axes.twist
}

func (l *Leg) sample(tick int64, s *haptics.Sample) {
	*s = haptics.Sample{
		Tick: tick, Time: float64(tick) / l.tickHz,
		Position: l.stage.x, Velocity: l.stage.v,
		Twist: l.axes.twist, TiltX: l.axes.tiltX.angle, TiltY: l.axes.tiltY.angle,
		U: l.axes.u, V: l.axes.v,
		Trigger: min(max(l.grip.Trigger, 0), 1), Load: l.stage.load,
	}
	if l.grip.Behind {
		s.Switches |= haptics.HandBehind
	}
	if l.grip.StyletOut {
		s.Switches |= haptics.StyletOut
	}
	if l.stop.Load() {
		s.Switches |= haptics.EmergencyStop
	}
}

// PressEmergencyStop cuts motor power until it is pulled out again; the leg goes on measuring.
func (l *Leg) PressEmergencyStop(pressed bool) { l.stop.Store(pressed) }

// Halt makes the leg inert: it renders nothing more until it is armed again. The loop has ramped the force before; a leg
// in this process has no motor that could snap.
func (l *Leg) Halt() error {
	l.state.CompareAndSwap(stateArmed, stateIdle)
	return nil
}

// Close releases the leg.
func (l *Leg) Close() error {
	l.state.Store(stateClosed)
	return nil
}

// finite reports whether every number of c is finite: the sum is not when one of them is not.
func finite(c *haptics.Command) bool {
	sum := c.Force*0 + c.Stiffness*0 + c.Damping*0 + c.Anchor*0 + c.Torque*0 + c.LateralU*0 + c.LateralV*0 +
		c.TiltStiffness*0 + c.Vibration*0 + c.VibrationHz*0 + c.Transient.Amplitude*0 + c.Transient.Decay*0
	return sum == 0
}

// nobody holds nothing.
type nobody struct{}

func (nobody) Act(_ *Feel, _ float64, g *Grip) { *g = Grip{Mass: toolMass, Loose: true} }
