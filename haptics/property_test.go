package haptics

import (
	"encoding/binary"
	"math"
	"testing"

	"pgregory.net/rapid"
)

// wild draws numbers a broken leg or renderer may give, beside ordinary ones of the scale given.
func wild(scale float64) *rapid.Generator[float64] {
	return rapid.OneOf(
		rapid.Float64Range(-scale, scale), rapid.Float64Range(-scale, scale), rapid.Float64Range(-10*scale, 10*scale),
		rapid.SampledFrom([]float64{0, 0, scale, -scale, 1e300, -1e300, 5e-324, math.MaxFloat64}),
	)
}

var poison = rapid.SampledFrom([]float64{math.NaN(), math.Inf(1), math.Inf(-1)})

// drawCommand draws a command; one in a hundred is not finite.
func drawCommand(t *rapid.T) Command {
	c := Command{
		Force: wild(200).Draw(t, "force"), Stiffness: wild(60e3).Draw(t, "stiffness"), Damping: wild(50).Draw(t, "damping"),
		Anchor: wild(0.06).Draw(t, "anchor"), Most: wild(200).Draw(t, "most"), Torque: wild(3).Draw(t, "torque"),
		LateralU: wild(100).Draw(t, "u"), LateralV: wild(100).Draw(t, "v"), TiltStiffness: wild(100).Draw(t, "tilt"),
		Vibration: wild(40).Draw(t, "vibration"), VibrationHz: wild(1e4).Draw(t, "hz"),
		Transient: Transient{
			Kind: uint8(rapid.IntRange(0, 3).Draw(t, "kind")), Amplitude: wild(200).Draw(t, "amplitude"),
			Decay: wild(0.02).Draw(t, "decay"),
		},
	}
	if rapid.IntRange(0, 99).Draw(t, "poisoned") == 0 {
		c.Anchor = poison.Draw(t, "poison")
	}
	return c
}

// mover draws motions: mostly what a tool can do, now and then what only a broken encoder can.
type mover struct{ x, v float64 }

func (m *mover) draw(t *rapid.T, l Limits, dt float64, jumps bool) (x, v float64) {
	m.v = min(max(m.v+rapid.Float64Range(-1, 1).Draw(t, "accel"), -l.Speed), l.Speed)
	m.x += m.v * dt
	if m.x < l.TravelOut || m.x > l.TravelIn {
		m.x = min(max(m.x, l.TravelOut), l.TravelIn)
		m.v = 0
	}
	if !jumps {
		return m.x, m.v
	}
	switch rapid.IntRange(0, 300).Draw(t, "glitch") {
	case 0:
		return poison.Draw(t, "position"), m.v
	case 1:
		return m.x, poison.Draw(t, "velocity")
	case 2:
		return wild(0.1).Draw(t, "jump"), m.v
	case 3:
		return m.x, wild(5).Draw(t, "speed")
	}
	return m.x, m.v
}

func TestAnyInputObeysTheLimits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := ReferenceLimits()
		if rapid.Bool().Draw(t, "hot motor") {
			l.PeakS = 0.05
		}
		dt := rapid.SampledFrom([]float64{1e-3, 1e-3, 1e-4, 4e-3, 20e-3}).Draw(t, "dt")
		g := NewGovernor(l)
		e := envelope{limits: l.complete()}
		g.Arm()
		m := mover{x: rapid.Float64Range(l.TravelOut, l.TravelIn).Draw(t, "start")}
		sticky := Fault{}
		for k := range rapid.IntRange(1, 120).Draw(t, "ticks") {
			act(t, g)
			s := Sample{Tick: int64(k), Time: float64(k) * dt}
			s.Position, s.Velocity = m.draw(t, l, dt, true)
			c := drawCommand(t)
			i := g.Apply(&s, &c, dt)
			if err := e.check(g, &s, &c, i, dt); err != nil {
				t.Fatalf("tick %d: %v\nsample %+v\ncommand %+v\n%+v", k, err, s, c, i)
			}
			if sticky.Reason != NoFault && g.Fault() != sticky {
				t.Fatalf("first fault %v was replaced by %v", sticky, g.Fault())
			}
			sticky = g.Fault()
		}
		endsAtZero(t, g, &e, m, dt)
	})
}

// act does now and then what the loop may do to a governor.
func act(t *rapid.T, g *Governor) {
	switch rapid.IntRange(0, 60).Draw(t, "act") {
	case 0:
		g.Stop()
	case 1:
		g.Arm()
	case 2:
		g.Trip(Fault{Reason: LostDevice})
	case 3:
		g.Trip(Fault{Reason: Oscillation})
	}
}

// endsAtZero stops the governor and expects nothing after the longest ramp, whatever is asked.
func endsAtZero(t *rapid.T, g *Governor, e *envelope, m mover, dt float64) {
	g.Stop()
	start := max(math.Abs(g.Force()), g.start) // a ramp already on its way began at g.start
	asked := drawCommand(t)
	for k := range int(RampOut/dt) + 4 {
		s, c := Sample{Tick: 1e6 + int64(k), Position: m.x}, asked
		i := g.Apply(&s, &c, dt)
		if err := e.check(g, &s, &c, i, dt); err != nil {
			t.Fatalf("ramp out tick %d: %v", k, err)
		}
		if math.Abs(g.Force()) > start+tolerance {
			t.Fatalf("ramp out from %g N reached %g N", start, g.Force())
		}
	}
	s, c := Sample{Position: m.x}, asked
	g.Apply(&s, &c, dt)
	if !g.Idle() || c != (Command{}) {
		t.Fatalf("after the ramp out idle is %v and %+v is let through", g.Idle(), c)
	}
}

// The energy that leaves the leg in any span of time is bounded, for any command and any motion a tool can make.
func TestAnyMotionGetsBoundedEnergy(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := ReferenceLimits()
		const dt = 1e-3
		g := NewGovernor(l)
		g.Arm()
		g.gain = 1 // the ramp in would hide the rest for 200 ticks
		m := mover{}
		var taken, highest float64
		var from Sample
		var sent Command
		for k := range rapid.IntRange(50, 300).Draw(t, "ticks") {
			s := Sample{Tick: int64(k), Time: float64(k) * dt}
			s.Position, s.Velocity = m.draw(t, l, dt, false)
			if k > 0 {
				f := (sent.At(from.Position, from.Velocity) + sent.At(s.Position, s.Velocity)) / 2
				taken += f*(s.Position-from.Position) + energyLeak*dt
			}
			highest = max(highest, taken)
			if given := highest - taken; given > energyBank+energyAllowance+l.Rise*dt*l.Speed*dt+tolerance {
				t.Fatalf("tick %d: the leg has given %g J more than it took, allowed %g", k, given, energyBank+energyAllowance)
			}
			// The worst renderer: pushes along with every motion.
			c := Command{Force: math.Copysign(200, -s.Velocity), Damping: rapid.Float64Range(0, 20).Draw(t, "damping")}
			g.Apply(&s, &c, dt)
			from, sent = s, c
		}
	})
}

// FuzzGovernor feeds bytes as samples and commands.
func FuzzGovernor(f *testing.F) {
	f.Add([]byte{})
	f.Add(make([]byte, 400))
	seed := []byte{}
	for _, x := range []float64{0.01, 0.5, 80, 2e4, 10, 0.005, 1, 3, -4, 20, 10, 100, 30, 0.005} {
		seed = binary.LittleEndian.AppendUint64(seed, math.Float64bits(x))
	}
	f.Add(append(seed, seed...))
	f.Fuzz(func(t *testing.T, data []byte) {
		l := ReferenceLimits()
		const dt = 1e-3
		g := NewGovernor(l)
		e := envelope{limits: l.complete()}
		g.Arm()
		g.gain = 1
		next := func() (x float64) {
			if len(data) >= 8 {
				x = math.Float64frombits(binary.LittleEndian.Uint64(data))
				data = data[8:]
			} else {
				data = nil
			}
			return x
		}
		for k := int64(0); len(data) > 0; k++ {
			s := Sample{Tick: k, Position: next(), Velocity: next()}
			c := Command{
				Force: next(), Stiffness: next(), Damping: next(), Anchor: next(), Torque: next(), LateralU: next(),
				TiltStiffness: next(), Vibration: next(), VibrationHz: next(),
				Transient: Transient{Kind: uint8(k), Amplitude: next(), Decay: next()}, Most: next(),
			}
			i := g.Apply(&s, &c, dt)
			if err := e.check(g, &s, &c, i, dt); err != nil {
				t.Fatalf("tick %d: %v\nsample %+v\ncommand %+v", k, err, s, c)
			}
		}
	})
}
