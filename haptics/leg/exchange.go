package leg

import (
	"fmt"
	"math"
	"time"

	"osseo/haptics"
	"osseo/haptics/wire"
)

var nan = math.NaN()

// Exchange hands c to the writer and copies the newest state. Each exchange is one tick; no new state for
// haptics.StaleAfter, a write that takes as long, a leg that says fault and a port that is gone are errors that hold a
// haptics.Fault. It does not wait, lock or allocate, except in lockstep and with an emulated leg that is stepped: there it waits
// for the leg, up to stepPatience when stepped.
func (l *Leg) Exchange(c *haptics.Command, s *haptics.Sample) error {
	// Why first: who arms again, on another goroutine, takes the state away before the reason.
	if w := l.why.Load(); w != nil {
		return w.err
	}
	if l.state.Load() != armed {
		return l.reason()
	}
	k := l.link.Load()
	if !finite(c) {
		return errNumber
	}
	if k.stepping.Load() {
		return l.step(k, c, s)
	}
	l.send(k, c)
	if l.options.Lockstep {
		k.nextState(lockstepWait)
	}
	now := k.now()
	if began := k.writing.Load(); began != 0 && float64(now-began) > l.patience*1e9 {
		return l.stopFor(haptics.LateWrite, float64(now-began)/1e9, l.patience, "the port takes no bytes")
	}
	seen, fresh := k.states.take()
	if age := float64(now-seen.at) / 1e9; !fresh && age > l.stale {
		return l.stopFor(haptics.Stale, age, l.stale, "the leg is silent")
	}
	if fresh {
		k.figures.age.add(now - seen.at)
	}
	if l.disarmed(seen.Mode) {
		return l.refuse(&seen.State)
	}
	l.hold(seen, s, time.Since(l.armedAt).Seconds())
	return nil
}

// hold is what Exchange returns: the state, at a time after that of the last one.
func (l *Leg) hold(seen *seen, s *haptics.Sample, at float64) {
	*s = seen.Sample
	s.Tick, s.Time = l.tick, at
	if s.Time <= l.sample.Time && l.tick > 0 {
		s.Time = math.Nextafter(l.sample.Time, math.Inf(1))
	}
	l.tick++
	l.ticks.Store(l.tick)
	l.sample = *s
}

// modeGrace is how long after arming the newest state may still be an idle one from before.
const modeGrace = 100 * time.Millisecond

// disarmed reports whether a leg of this mode renders nothing any more.
func (l *Leg) disarmed(m wire.Mode) bool {
	switch m {
	case wire.Armed, wire.Active:
		return false
	case wire.Faulted, wire.Stopped:
		return true
	}
	return time.Since(l.armedAt) > modeGrace
}

var errNumber error = &fault{haptics.Fault{Reason: haptics.NonFinite}, ErrNumber}

// send sends c.
func (l *Leg) send(k *link, c *haptics.Command) { k.dispatch(l.next(k, c)) }

// next is c as it is sent, with the number of its transient.
func (l *Leg) next(k *link, c *haptics.Command) *counted {
	if c.Transient.Kind != 0 && c.Transient.Amplitude > 0 {
		l.shot = l.shot%(wire.MaxTransients-1) + 1
		l.pop, l.popLeft = c.Transient, repeats
	}
	out := k.commands.slot()
	out.Command = wire.Command{Command: *c, Shot: l.shot}
	out.Transient = haptics.Transient{}
	if l.popLeft > 0 {
		l.popLeft--
		out.Transient = l.pop
	}
	l.sends++
	out.count = l.sends
	k.torque.Store(math.Float64bits(c.Torque))
	k.vibration.Store(math.Float64bits(c.Vibration))
	return out
}

// fault is an error the loop believes: it holds a haptics.Fault and what else is known.
type fault struct {
	haptics.Fault
	why error
}

func (f *fault) Error() string {
	if f.why == nil {
		return f.Fault.Error()
	}
	return fmt.Sprintf("%v (%s)", f.why, f.Reason)
}

func (f *fault) Unwrap() []error {
	if f.why == nil {
		return []error{f.Fault}
	}
	return []error{f.Fault, f.why}
}

// stopFor makes every further Exchange fail; the first reason sticks. It allocates once: force is over.
func (l *Leg) stopFor(r haptics.Reason, value, limit float64, words string) error {
	l.why.CompareAndSwap(nil, &stop{&fault{
		haptics.Fault{Reason: r, Tick: l.tick, Value: value, Limit: limit},
		fmt.Errorf("leg: %s for %.0f ms, limit %.0f ms", words, value*1e3, limit*1e3),
	}})
	return l.reason()
}

// refuse answers a leg that is not armed any more: by a fault, the emergency stop or a reset of its own.
func (l *Leg) refuse(s *wire.State) error {
	r := s.Fault.Reason()
	words := "the leg reports " + s.Fault.String()
	switch {
	case s.Mode == wire.Stopped:
		r, words = haptics.Stopped, "the emergency stop is pressed"
	case s.Fault == wire.NoCode:
		r, words = haptics.LostDevice, "the leg is "+s.Mode.String()+" though it was armed: it has started anew"
	}
	l.why.CompareAndSwap(nil, &stop{&fault{
		haptics.Fault{Reason: r, Tick: l.tick, Value: float64(s.Fault)}, fmt.Errorf("leg: %s", words),
	}})
	return l.reason()
}

// faulted is called by the reader when the leg tells a fault: with its numbers, before Exchange sees the mode.
func (l *Leg) faulted(f wire.Fault) {
	if l.state.Load() != armed {
		return
	}
	l.why.CompareAndSwap(nil, &stop{&fault{
		haptics.Fault{Reason: f.Code.Reason(), Tick: l.ticks.Load(), Value: float64(f.Value), Limit: float64(f.Limit)},
		fmt.Errorf("leg: the leg reports %s: %d, limit %d", f.Code, f.Value, f.Limit),
	}})
}

// finite reports whether every number of c is finite: the sum is not when one of them is not.
func finite(c *haptics.Command) bool {
	sum := c.Force*0 + c.Stiffness*0 + c.Damping*0 + c.Anchor*0 + c.Most*0 + c.Torque*0 + c.LateralU*0 + c.LateralV*0 +
		c.TiltStiffness*0 + c.Vibration*0 + c.VibrationHz*0 + c.Transient.Amplitude*0 + c.Transient.Decay*0
	return sum == 0
}
