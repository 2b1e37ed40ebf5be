package twin

import (
	"math"
	"time"

	"osseo/haptics"
	"osseo/haptics/wire"
)

// take does what one frame asks for.
func (t *Twin) take(f wire.Frame) {
	switch f.Type {
	case wire.TypeHello:
		if h, err := wire.DecodeHello(f); err == nil {
			t.introduce(h)
		}
	case wire.TypeCommand:
		if c, err := wire.DecodeCommand(f); err == nil {
			t.obey(c, f.Sequence)
		}
	case wire.TypePing:
		if p, err := wire.DecodePing(f); err == nil {
			received := t.now()
			t.put(wire.TypePong, func(dst []byte, n uint8, us uint32) []byte {
				return wire.Pong{Token: p.Token, Received: received, Sent: t.now()}.Append(dst, n, us)
			})
		}
	case wire.TypeGrip:
		if g, err := wire.DecodeGrip(f); err == nil {
			t.grip = g
		}
	case wire.TypeArm:
		a, err := wire.DecodeArm(f)
		t.answer(f, err, func() wire.Why { return t.arm(a) })
	case wire.TypeHalt:
		t.answer(f, nil, t.halt)
	case wire.TypeClear:
		t.answer(f, nil, t.clear)
	case wire.TypeStage:
		s, err := wire.DecodeStage(f)
		t.answer(f, err, func() wire.Why { return t.place(s) })
	case wire.TypeSelfTest:
		t.test(f)
	case wire.TypeInject:
		t.ack(f, wire.Unsupported, wire.NoWhy)
	}
}

func (t *Twin) ack(f wire.Frame, r wire.Result, y wire.Why) {
	t.put(wire.TypeAck, wire.Ack{Of: f.Type, Sequence: f.Sequence, Result: r, Why: y}.Append)
}

// answer acks f with what do says; a frame out of range is refused.
func (t *Twin) answer(f wire.Frame, err error, do func() wire.Why) {
	y := wire.WrongRange
	if err == nil {
		y = do()
	}
	r := wire.Done
	if y != wire.NoWhy {
		r = wire.Refused
	}
	t.ack(f, r, y)
}

func (t *Twin) introduce(h wire.Hello) {
	i := wire.Identity{
		Nonce: h.Nonce, Protocol: t.o.Version, Board: t.o.Board, Firmware: [3]uint8{0, 1, 0}, Name: "Osseo twin",
		Capabilities: t.leg.Info().Capabilities, Calibration: calibration, Serial: [8]byte{'t', t.o.Serial},
	}
	l := wire.Limits{Nonce: h.Nonce, Limits: t.limits}
	t.put(wire.TypeIdentity, i.Append)
	t.put(wire.TypeLimits, l.Append)
}

func (t *Twin) arm(a wire.Arm) wire.Why {
	switch {
	case t.mode == wire.Faulted || t.mode == wire.Stopped:
		return wire.FaultPresent
	case t.mode != wire.Idle:
		return wire.WrongMode
	case a.Calibration != calibration:
		return wire.WrongCalibration
	case a.Digest != wire.Digest(&t.limits):
		return wire.WrongLimits
	}
	t.mode, t.last, t.shot, t.ramp = wire.Armed, time.Now(), 0, time.Time{}
	return wire.NoWhy
}

func (t *Twin) halt() wire.Why {
	if (t.mode == wire.Armed || t.mode == wire.Active) && t.ramp.IsZero() {
		t.ramp = time.Now()
		t.last = t.ramp.Add(rampOut) // commands may stop now
	}
	return wire.NoWhy
}

func (t *Twin) clear() wire.Why {
	if t.sample.Switches&haptics.EmergencyStop != 0 {
		return wire.CausePresent
	}
	if t.mode == wire.Faulted || t.mode == wire.Stopped {
		t.mode, t.code = wire.Idle, wire.NoCode
	}
	return wire.NoWhy
}

// place puts the stage to where every stage of haptics/virtual starts; other places are out of range.
func (t *Twin) place(s wire.Stage) wire.Why {
	t.leg.PressEmergencyStop(s.Stop)
	if s.Stop && t.mode != wire.Stopped {
		t.mode, t.code = wire.Stopped, wire.StopCode
	}
	if !math.IsNaN(s.Position) {
		if t.mode == wire.Armed || t.mode == wire.Active {
			return wire.WrongMode
		}
		t.leg.Reset()
	}
	return wire.NoWhy
}

func (t *Twin) obey(c wire.Command, number uint8) {
	if t.mode == wire.Armed {
		t.mode = wire.Active
	}
	t.answers = number
	if t.ramp.IsZero() {
		t.last, t.command = time.Now(), c
	}
}

func (t *Twin) test(f wire.Frame) {
	s, err := wire.DecodeSelfTest(f)
	if err != nil || t.mode != wire.Idle {
		t.ack(f, wire.Refused, wire.WrongMode)
		return
	}
	for n := wire.TestCodec; n <= wire.TestStop; n++ {
		if s.Mask&(1<<n) != 0 {
			o := wire.Outcome{Test: n, Passed: true, Left: uint8(wire.TestStop - n), Value: 1, Least: 1, Most: 1}
			t.put(wire.TypeResult, o.Append)
		}
	}
	t.ack(f, wire.Done, wire.NoWhy)
}
