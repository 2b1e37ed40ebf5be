package physics

import (
	"encoding/binary"
	"fmt"
	"math"
	"reflect"
	"testing"
)

// bounds are the documented ranges of what a tick answers, lo to hi, by field; what is missing need only be small and
// finite.
var bounds = map[string][2]float64{
	"Force":         {-2 * maxForce, maxForce},
	"Reaction":      {-maxForce, maxForce},
	"Stiffness":     {0, 500e3 + 2*hubStiffness},
	"Damping":       {0, 200},
	"Anchor":        {-2, 0.3},
	"Torque":        {-maxTorque, maxTorque},
	"LateralU":      {-maxAside, maxAside},
	"LateralV":      {-maxAside, maxAside},
	"TiltStiffness": {0, 30},
	"Vibration":     {0, 30},
	"VibrationHz":   {0, 1000},
	"Tip":           {-0.5, 0.6},
	"MotorRPS":      {0, 100},
	"MarkMM":        {-600, 500},
	"FarGap":        {-0.6, 3},
	"Extension":     {0, 0.6},
}

// unbounded names the first thing in an answer that is not finite, outside its range or at odds with the rest; "" when all is well.
func unbounded(in Input, o Output) string {
	v := reflect.ValueOf(o)
	for i := range v.NumField() {
		if v.Field(i).Kind() != reflect.Float64 {
			continue
		}
		name, x := v.Type().Field(i).Name, v.Field(i).Float()
		b, ok := bounds[name]
		if !ok {
			b = [2]float64{-10, 10}
		}
		if !(x >= b[0] && x <= b[1]) { // also NaN
			return fmt.Sprintf("%s %g is outside %g to %g", name, x, b[0], b[1])
		}
	}
	sum := clamp(o.Force+max(0, o.Stiffness*(in.Depth-o.Anchor)+o.Damping*in.Velocity), -maxForce, maxForce)
	switch {
	case int(o.Zone) >= len(zoneNames):
		return fmt.Sprintf("zone %d", o.Zone)
	case o.Events>>len(eventNames) != 0:
		return fmt.Sprintf("events %b", o.Events)
	case o.Transient.Kind > BoneTap:
		return fmt.Sprintf("burst %d", o.Transient.Kind)
	case o.Transient.Kind != NoTransient && !(o.Transient.Decay > 0 && o.Transient.Decay < 1 && o.Transient.Amplitude >= 0 && o.Transient.Amplitude <= 100):
		return fmt.Sprintf("burst %+v", o.Transient)
	case !(math.Abs(o.Reaction-sum) <= 1e-6*(1+math.Abs(sum))):
		return fmt.Sprintf("reaction %g is not the sum %g of its parts", o.Reaction, sum)
	}
	return ""
}

// afterwards names the first thing in what is told after a tick that is not finite or negative where it may not be.
func afterwards(m *Model, s *State) string {
	sum := reflect.ValueOf(s.Summary())
	for i := range sum.NumField() {
		if f := sum.Field(i); f.Kind() == reflect.Float64 {
			name := sum.Type().Field(i).Name
			if x := f.Float(); !(x >= 0 && x < 1e6) && !(name == "ForceAfter" && x >= -maxForce) && !(name == "BreakDepth" && x > -1) {
				return fmt.Sprintf("summary: %s %g", name, x)
			}
		}
	}
	p := m.Purchase(s)
	for _, x := range []float64{p.HoldN, p.HoldNm, p.NeedNm, p.Wobble} {
		if !(x >= 0 && x < 1e9) {
			return fmt.Sprintf("purchase: %+v", p)
		}
	}
	if x := m.Flow(s, 40e3); !(x >= 0 && x < 1) {
		return fmt.Sprintf("flow %g m3/s", x)
	}
	if st := &s.steel; st.wear > 1 || st.slip > m.needle.Length || st.fold > m.needle.Length*(1+1e-9) {
		return fmt.Sprintf("wear %g, slip %g, fold %g", st.wear, st.slip, st.fold)
	}
	return ""
}

// script reads ticks from bytes: what changes, and to what, from ordinary values to any 64 bits.
type script struct {
	data []byte
	in   Input
}

func (c *script) next() byte {
	if len(c.data) == 0 {
		return 0
	}
	b := c.data[0]
	c.data = c.data[1:]
	return b
}

// value is a number from the script: one byte within a span, or eight bytes as they are.
func (c *script) value(wild bool, span float64) float64 {
	if wild {
		var raw [8]byte
		for i := range raw {
			raw[i] = c.next()
		}
		return math.Float64frombits(binary.LittleEndian.Uint64(raw[:]))
	}
	return (float64(c.next()) - 128) / 128 * span
}

// tick changes one field and returns the time to the next tick, s.
func (c *script) tick() (Input, float64) {
	what := c.next()
	wild := what&0x80 != 0
	in := &c.in
	dt := []float64{1e-3, 1e-4, 4e-3, 20e-3}[what>>5&3]
	switch what & 0x0f {
	case 0, 1:
		in.Depth = c.value(wild, 0.06)
	case 2:
		in.Velocity = c.value(wild, 0.3)
	case 3:
		in.Twist = c.value(wild, 30)
	case 4:
		in.TiltX = c.value(wild, 0.8)
	case 5:
		in.TiltY = c.value(wild, 0.8)
	case 6:
		in.U = c.value(wild, 0.04)
	case 7:
		in.V = c.value(wild, 0.02)
	case 8:
		in.Trigger = c.value(wild, 1)
	case 9:
		in.Load = c.value(wild, 100)
	case 10:
		in.Stylet = !in.Stylet
	case 11: // a deliberate push
		step := math.Abs(c.value(false, 2*mm))
		in.Depth += step
		in.Velocity = step / dt
	case 12: // nothing changes
	default:
		dt = c.value(wild, 20e-3)
	}
	return *in, dt
}

// play runs a script with whatever a seed draws and returns what was wrong, "" when nothing was.
func play(t testing.TB, seed uint64, data []byte) string {
	t.Helper()
	m := drawOf(seed).model(t)
	s := m.Start()
	c := script{data: data, in: Input{Stylet: seed&1 == 0, Depth: -1 * mm}}
	for tick := 0; len(c.data) > 0; tick++ {
		in, dt := c.tick()
		o := m.Step(&s, in, dt)
		if bad := unbounded(s.last, o); bad != "" {
			return fmt.Sprintf("tick %d: %s; %+v", tick, bad, o)
		}
		if bad := afterwards(m, &s); bad != "" {
			return fmt.Sprintf("tick %d: %s", tick, bad)
		}
	}
	return ""
}

// Any input, finite or not, to any needle in any patient is answered finitely and within bounds.
func FuzzInsertion(f *testing.F) {
	f.Add(uint64(1), []byte{11, 200, 11, 220, 3, 140, 11, 255, 3, 90, 11, 255, 8, 255, 12, 11, 255, 11, 255})
	f.Add(uint64(2), []byte{0x80, 0, 0, 0, 0, 0, 0, 0xf8, 0x7f, 11, 255, 0x82, 255, 255, 255, 255, 255, 255, 0xef, 0x7f})
	f.Add(uint64(77), []byte{0, 128, 8, 255, 9, 255, 12, 12, 12, 0, 180, 4, 255, 7, 200, 10, 0, 0, 0, 255})
	f.Fuzz(func(t *testing.T, seed uint64, data []byte) {
		if bad := play(t, seed, data); bad != "" {
			t.Fatalf("seed %d: %s", seed, bad)
		}
	})
}

// The same with scripts drawn at random, a few thousand each time the tests run.
func TestAnyoneIsAnsweredWithinBounds(t *testing.T) {
	for seed := range uint64(3000) {
		d := drawOf(seed ^ 0xf00d)
		data := make([]byte, d.IntN(400))
		for i := range data {
			data[i] = byte(d.Uint64())
			if d.IntN(3) == 0 {
				data[i] = 11 // pushes, so that it gets somewhere
			}
		}
		if bad := play(t, seed, data); bad != "" {
			t.Errorf("seed %d: %s", seed, bad)
		}
	}
}
