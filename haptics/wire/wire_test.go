package wire

import (
	"bytes"
	"math"
	"math/rand/v2"
	"testing"

	"osseo/haptics"
	"osseo/haptics/virtual"
)

func TestChecksOfTheSpecification(t *testing.T) {
	if got := crc16([]byte("123456789")); got != 0x29B1 {
		t.Errorf("CRC-16 of 123456789 is %#04x, the specification says 0x29B1", got)
	}
	if got := crc8([]byte("123456789")); got != 0x4B {
		t.Errorf("CRC-8 of 123456789 is %#02x, the specification says 0x4B", got)
	}
}

// A grip is sent as it is: the two types must stay convertible.
var _ = Grip(virtual.Grip{})

func TestFramesFit(t *testing.T) {
	for _, v := range vectors() {
		if len(v.frame) > MaxFrame {
			t.Errorf("%s: %d bytes on the wire, most is %d", v.name, len(v.frame), MaxFrame)
		}
		servo := v.name == "grip" || len(v.name) >= 5 && (v.name[:5] == "state" || v.name[:5] == "comma")
		if servo && len(v.frame) > ServoFrame {
			t.Errorf("%s: %d bytes on the wire, most is %d", v.name, len(v.frame), ServoFrame)
		}
		if i := bytes.IndexByte(v.frame, 0); i != len(v.frame)-1 {
			t.Errorf("%s: first zero at %d of %d", v.name, i, len(v.frame))
		}
	}
}

func TestEveryCommandAndStateSurvives(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	u := func(most float64) float64 { return (2*rng.Float64() - 1) * most }
	close := func(name string, got, want, unit float64) {
		t.Helper()
		if math.Abs(got-want) > unit*0.5000001 {
			t.Fatalf("%s: %g became %g, more than half a count of %g away", name, want, got, unit)
		}
	}
	for range 20000 {
		var c Command
		c.Force, c.Anchor, c.Torque = u(300), u(200), u(30)
		c.Stiffness, c.Damping = math.Abs(u(65000)), math.Abs(u(600))
		b, err := c.Append(nil, 1, 2)
		if err != nil {
			t.Fatal(err)
		}
		got, err := DecodeCommand(decodeOne(t, b))
		if err != nil {
			t.Fatal(err)
		}
		close("force", got.Force, c.Force, unitForce)
		close("anchor", got.Anchor, c.Anchor, unitPosition)
		close("torque", got.Torque, c.Torque, unitTorque)
		close("stiffness", got.Stiffness, c.Stiffness, 1)
		close("damping", got.Damping, c.Damping, unitDamping)
		var s State
		s.Position, s.Velocity, s.Load, s.Twist = u(0.4), u(8), u(300), u(290)
		s.Force, s.TiltX = u(300), u(1.5)
		gotS, err := DecodeState(decodeOne(t, s.Append(nil, 1, 2)))
		if err != nil {
			t.Fatal(err)
		}
		close("position", gotS.Position, s.Position, unitPosition)
		close("velocity", gotS.Velocity, s.Velocity, unitVelocity)
		close("twist", gotS.Twist, s.Twist, unitTwist)
		close("load", gotS.Load, s.Load, unitForce)
		close("tilt", gotS.TiltX, s.TiltX, unitTilt)
	}
}

func TestWildNumbersAreCutOrRefused(t *testing.T) {
	for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		c := Command{Command: haptics.Command{Anchor: x}}
		if b, err := c.Append(nil, 0, 0); err == nil || len(b) != 0 {
			t.Errorf("a command with anchor %g was encoded", x)
		}
	}
	c := Command{Command: haptics.Command{Force: 1e300, Stiffness: -5, Most: 1e-9}}
	b, err := c.Append(nil, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	got, err := DecodeCommand(decodeOne(t, b))
	if err != nil || got.Force != 327.67 || got.Stiffness != 0 || got.Most != unitForce {
		t.Errorf("wild command became %+v, %v", got, err)
	}
}

func TestTwistGoesOnBeyondItsField(t *testing.T) {
	var w Twist
	for turn := 0.0; turn < 3000; turn += 40 {
		s := State{Sample: haptics.Sample{Twist: turn}}
		got, err := DecodeState(decodeOne(t, s.Append(nil, 0, 0)))
		if err != nil {
			t.Fatal(err)
		}
		if total := w.Add(got.Twist); math.Abs(total-turn) > unitTwist {
			t.Fatalf("twist of %g rad arrives as %g", turn, total)
		}
	}
}

func TestOtherVersionsAreRefusedByName(t *testing.T) {
	b := Hello{1, 1, 7}.Append(nil, 0, 0)
	plain, _ := unstuff(b[:len(b)-1])
	plain[0] = 9
	plain = plain[:len(plain)-trailer]
	plain = append(plain, crc8(plain))
	crc := crc16(plain)
	plain = append(plain, byte(crc), byte(crc>>8))
	var d Decoder
	if _, _, ok := d.Next(append(appendStuffed(nil, plain), 0)); ok {
		t.Fatal("a frame of version 9 was accepted")
	}
	if n := d.Counts(); n.Version != 1 || n.LastVersion != 9 || n.Damaged() != 0 {
		t.Errorf("counts are %+v", n)
	}
}

func TestUnknownTypesAreSkipped(t *testing.T) {
	stream := AppendFrame(nil, 0x7E, 1, 2, []byte{1, 2, 3})
	stream = Ping{5}.Append(stream, 3, 4)
	var d Decoder
	f, _, ok := d.Next(stream)
	if !ok || f.Type != TypePing || d.Counts().Unknown != 1 {
		t.Errorf("got %v %v, %+v", f, ok, d.Counts())
	}
}

func TestSequence(t *testing.T) {
	var s Sequence
	for _, c := range []struct {
		number uint8
		time   uint32
		want   Verdict
		lost   uint64
	}{
		{250, 1000, Fresh, 0},
		{250, 1000, Duplicate, 0},
		{251, 2000, Fresh, 0},
		{254, 5000, Fresh, 2},
		{252, 3000, Stale, 2},
		{0, 7000, Fresh, 3},
		{200, 8000, Stale, 3},
		{1, 0x90000000, Stale, 3},
	} {
		if got := s.Judge(Frame{Sequence: c.number, Time: c.time}); got != c.want || s.Lost != c.lost {
			t.Errorf("frame %d at %d: verdict %d, lost %d; want %d, %d", c.number, c.time, got, s.Lost, c.want, c.lost)
		}
	}
}

func TestNothingAllocates(t *testing.T) {
	c, s := referenceCommand(), referenceState()
	buffer := make([]byte, 0, 256)
	var d Decoder
	if n := testing.AllocsPerRun(200, func() {
		b, _ := c.Append(buffer, 1, 2)
		b = s.Append(b, 1, 2)
		for f, rest, ok := d.Next(b); ok; f, rest, ok = d.Next(rest) {
			if f.Type == TypeCommand {
				_, _ = DecodeCommand(f)
			} else if _, err := DecodeState(f); err != nil {
				t.Fatal(err)
			}
		}
	}); n != 0 {
		t.Errorf("a round of command and state allocates %g times", n)
	}
}

func BenchmarkCommand(b *testing.B) {
	c := referenceCommand()
	buffer := make([]byte, 0, 256)
	var d Decoder
	for b.Loop() {
		buffer, _ = c.Append(buffer[:0], 1, 2)
		f, _, _ := d.Next(buffer)
		_, _ = DecodeCommand(f)
	}
}
