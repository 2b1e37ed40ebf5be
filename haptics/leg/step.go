package leg

import (
	"runtime"
	"time"

	"osseo/haptics"
	"osseo/haptics/wire"
)

// stepPatience is how long a step may take by the wall clock. Nothing moves meanwhile: the leg's clock stands still.
const stepPatience = 4 * time.Second

// stand stops the clock of an emulated leg that has just been armed. From here on each Exchange is a millisecond of it,
// however long the host takes, so that the same commands bring the same motion on any machine.
func (l *Leg) stand(k *link) *Diagnosis {
	hand := wire.Grip(k.hand.grip) // the reader does not touch it: it lets the hand act in steps only
	if _, err := k.put(wire.TypeGrip, func(dst []byte, n uint8, us uint32) []byte {
		b, _ := hand.AppendStep(dst, n, us) // the numbers were sent before
		return b
	}); err != nil {
		return k.notSent(err)
	}
	// What the leg sent before its clock stood comes before this answer.
	if _, d := k.request(wire.TypeClear, wire.AppendClear); d != nil {
		return d
	}
	k.states.take()
	k.hand.began = false
	*k.grips.slot() = hand
	k.grips.give()
	k.stepping.Store(true)
	return nil
}

// step is Exchange with a leg whose clock goes by steps.
func (l *Leg) step(k *link, c *haptics.Command, s *haptics.Sample) error {
	number, err := k.sendStep(l.next(k, c))
	if err != nil {
		return l.stopFor(haptics.LostDevice, 0, 0, "the port takes no bytes")
	}
	for deadline := time.Now().Add(stepPatience); ; {
		now, fresh := k.states.take()
		if fresh && l.disarmed(now.Mode) {
			return l.refuse(&now.State)
		}
		if fresh && now.Answers == number {
			l.hold(now, s, float64(l.tick)*stepTime)
			return nil
		}
		left := time.Until(deadline)
		if k.over() {
			return l.stopFor(haptics.LostDevice, 0, 0, "the port is gone")
		}
		if left <= 0 || !k.nextState(left) && !k.over() {
			return l.stopFor(haptics.Stale, stepPatience.Seconds(), stepPatience.Seconds(), "the leg is silent")
		}
	}
}

// stepTime is how long a step is, s.
const stepTime = 1e-3

// sendStep sends a command and the newest grip, which lets the leg's clock go on, in one write.
func (k *link) sendStep(c *counted) (number uint8, err error) {
	for !k.busy.CompareAndSwap(false, true) {
		runtime.Gosched()
	}
	defer k.busy.Store(false)
	o, now := &k.out, k.now()
	o.b = append(o.b[:0], o.left...)
	o.left = o.left[:0]
	number = o.number(wire.TypeCommand)
	if o.b, err = c.Append(o.b, number, micros(now)); err != nil {
		return number, err
	}
	g, _ := k.grips.take()
	if o.b, err = g.AppendStep(o.b, o.number(wire.TypeGrip), micros(now)); err != nil {
		return number, err
	}
	k.noteSent(number, now, c.count)
	n, err := k.port.Write(o.b)
	k.figures.written.Add(int64(n))
	return number, err
}
