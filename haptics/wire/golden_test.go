package wire

import (
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"osseo/haptics"
)

var update = flag.Bool("update", false, "rewrite testdata/frames.txt")

const goldenFile = "testdata/frames.txt"

// vector is one line of testdata/frames.txt.
type vector struct {
	name   string
	frame  []byte
	decode func(Frame) (any, error)
	want   any
	fields string // what the firmware's tests must read out of it: raw counts in the order of docs/wire.md
}

func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}

func as[T any](decode func(Frame) (T, error)) func(Frame) (any, error) {
	return func(f Frame) (any, error) { return decode(f) }
}

// referenceCommand has every field different from zero and on a count.
func referenceCommand() Command {
	c := Command{Shot: 5}
	c.Force, c.Stiffness, c.Damping, c.Anchor, c.Most = -12.34, 38000, 4.56, -1234567*unitPosition, 149.99
	c.Torque, c.LateralU, c.LateralV, c.TiltStiffness = 0.789, -3.21, 6.54, 12.5
	c.Vibration, c.VibrationHz = 1.23, 250
	c.Transient = haptics.Transient{Kind: 2, Amplitude: 88.8, Decay: 10e-3}
	return c
}

func referenceState() State {
	s := State{Answers: 200, Force: 80.01, Mode: Active, Temperature: -7}
	s.Position, s.Velocity, s.Twist = 123456*unitPosition, -654321*unitVelocity, -2345678*unitTwist
	s.TiltX, s.TiltY, s.U, s.V = 1234*unitTilt, -4321*unitTilt, -555*unitPlate, 777*unitPlate
	s.Trigger, s.Load, s.Syringe = 150*unitTrigger, 79.5, -1230
	s.Switches = haptics.HandBehind | haptics.EmergencyStop
	return s
}

func vectors() []vector {
	command, state := referenceCommand(), referenceState()
	quiet := Command{}
	faulted := State{Mode: Faulted, Fault: LinkLost, Answers: 3}
	extreme := Command{Shot: 15}
	extreme.Force, extreme.Stiffness, extreme.Damping, extreme.Anchor, extreme.Most = -327.67, 65535, 655.35, -0x7FFFFFFF*unitPosition, 655.35
	extreme.Transient.Kind = 15
	grip := Grip{
		Effort: -55.5, Mass: 1.234, Stiffness: 2500, Damping: 35.5, Rest: -200001 * unitPosition,
		TwistRate: -900 * unitSpin, TiltX: 100 * unitTilt, TiltY: -200 * unitTilt, U: 30 * unitPlate, V: -40 * unitPlate,
		Trigger: 0.5, Behind: true, StyletOut: true,
	}
	identity := Identity{
		Nonce: 0xBEEF, Protocol: 1, Board: BoardEmulator, Firmware: [3]uint8{1, 2, 3}, Capabilities: 0xFFF,
		Build: [8]byte{0xDE, 0xAD, 0, 0xBE, 0xEF, 1, 2, 3}, Calibration: 0x01020304, Serial: [8]byte{9, 8, 7, 6, 5, 4, 3, 2},
		Name: "emulated leg",
	}
	limits := Limits{Nonce: 0xBEEF, Limits: haptics.ReferenceLimits()}
	ack := Ack{Of: TypeArm, Sequence: 9, Result: Refused, Why: WrongCalibration, Detail: -2}
	pong := Pong{Token: 0xCAFEBABE, Received: 1 << 40, Sent: 1<<40 + 77}
	status := Status{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ActedEnergy | ActedHeat}
	fault := Fault{Code: SpeedCode, Mode: Active, Answers: 77, At: 123456789012, Value: 2100000, Limit: -2000000}
	outcome := Outcome{Test: TestSupply, Passed: true, Left: 3, Value: 24100, Least: 22000, Most: 26000}
	return []vector{
		{"hello", Hello{1, 1, 0xBEEF}.Append(nil, 1, 1000), as(DecodeHello), Hello{1, 1, 0xBEEF}, "1,1,48879"},
		{"arm", Arm{0x01020304, 0xA5C3}.Append(nil, 2, 2000), as(DecodeArm), Arm{0x01020304, 0xA5C3}, "16909060,42435"},
		{"halt", AppendHalt(nil, 0, 0), nil, nil, ""},
		{"clear", AppendClear(nil, 255, 0xFFFFFFFF), nil, nil, ""},
		{
			"command", must(command.Append(nil, 17, 305419896)), as(DecodeCommand), command,
			"-1234,38000,456,-1234567,14999,789,-321,654,1250,123,250,2,5,8880,100",
		},
		{"command-quiet", must(quiet.Append(nil, 0, 0)), as(DecodeCommand), quiet, "0,0,0,0,0,0,0,0,0,0,0,0,0,0,0"},
		{
			"command-extreme", must(extreme.Append(nil, 255, 1)), as(DecodeCommand), extreme,
			"-32767,65535,65535,-2147483647,65535,0,0,0,0,0,0,15,15,0,0",
		},
		{"ping", Ping{0xCAFEBABE}.Append(nil, 3, 3000), as(DecodePing), Ping{0xCAFEBABE}, "3405691582"},
		{"self-test", SelfTest{AllTests}.Append(nil, 4, 4000), as(DecodeSelfTest), SelfTest{AllTests}, "255"},
		{
			"inject", Inject{InjectDelay, 10, -30000}.Append(nil, 5, 5000), as(DecodeInject),
			Inject{InjectDelay, 10, -30000},
			"4,10,-30000",
		},
		{
			"grip", must(grip.Append(nil, 6, 6000)), as(DecodeGrip), grip,
			"-5550,1234,2500,3550,-200001,-900,100,-200,30,-40,100,5",
		},
		{
			"grip-step", must(grip.AppendStep(nil, 6, 6000)), as(DecodeGrip), grip,
			"-5550,1234,2500,3550,-200001,-900,100,-200,30,-40,100,13",
		},
		{"stage", Stage{-0.02, true}.Append(nil, 7, 7000), as(DecodeStage), Stage{-0.02, true}, "-200000,3"},
		{
			"identity", identity.Append(nil, 8, 8000), as(DecodeIdentity), identity,
			"48879,1,1,1,2,3,4095,dead00beef010203,16909060,0908070605040302,emulated leg",
		},
		{
			"limits", limits.Append(nil, 9, 9000), as(DecodeLimits), limits,
			"48879,15000,6000,0,0,0,1500,0,40000,2000,0,20000,100000,2000000,600000,-400000,20000",
		},
		{"ack", ack.Append(nil, 10, 10000), as(DecodeAck), ack, "2,9,2,2,-2"},
		{
			"state", state.Append(nil, 11, 11000), as(DecodeState), state,
			"200,123456,-654321,-2345678,1234,-4321,-555,777,150,7950,8001,-123,5,3,0,-7",
		},
		{"state-fault", faulted.Append(nil, 12, 12000), as(DecodeState), faulted, "3,0,0,0,0,0,0,0,0,0,0,0,0,4,1,0"},
		{"pong", pong.Append(nil, 13, 13000), as(DecodePong), pong, "3405691582,1099511627776,1099511627853"},
		{"result", outcome.Append(nil, 14, 14000), as(DecodeOutcome), outcome, "4,1,3,24100,22000,26000"},
		{"status", status.Append(nil, 15, 15000), as(DecodeStatus), status, "1,2,3,4,5,6,7,8,9,10,66"},
		{"fault", fault.Append(nil, 16, 16000), as(DecodeFault), fault, "2,3,77,123456789012,2100000,-2000000"},
	}
}

const goldenHead = `# Frames every implementation of docs/wire.md must read and write, one a line:
# name, type, sequence, time in us, payload, bytes on the wire, fields as counts in the order of the specification.
`

func TestGoldenFrames(t *testing.T) {
	var text strings.Builder
	text.WriteString(goldenHead)
	for _, v := range vectors() {
		f := decodeOne(t, v.frame)
		fmt.Fprintf(&text, "%s %d %d %d %s %s %s\n", v.name, f.Type, f.Sequence, f.Time, dash(hex.EncodeToString(f.Payload)),
			hex.EncodeToString(v.frame), dash(strings.ReplaceAll(v.fields, " ", "_")))
		if v.decode == nil {
			continue
		}
		got, err := v.decode(f)
		if err != nil {
			t.Errorf("%s: %v", v.name, err)
		}
		if !near(got, v.want) {
			t.Errorf("%s: got  %+v\nwant %+v", v.name, got, v.want)
		}
	}
	if *update {
		if err := os.WriteFile(goldenFile, []byte(text.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != text.String() {
		t.Errorf("%s differs from what is encoded now; a change of the wire needs another Version\n%s", goldenFile, text.String())
	}
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func decodeOne(t testing.TB, b []byte) Frame {
	t.Helper()
	var d Decoder
	f, rest, ok := d.Next(b)
	if !ok || len(rest) != 0 {
		t.Fatalf("%x is not one frame: %+v", b, d.Counts())
	}
	f.Payload = append([]byte(nil), f.Payload...)
	return f
}

// near is equality but for the last bits of floating-point numbers.
func near(a, b any) bool {
	return equal(reflect.ValueOf(a), reflect.ValueOf(b))
}

func equal(a, b reflect.Value) bool {
	switch a.Kind() {
	case reflect.Float64:
		x, y := a.Float(), b.Float()
		return x == y || max(x-y, y-x) <= 1e-9*max(x, -x) || x != x && y != y
	case reflect.Struct:
		for i := range a.NumField() {
			if !equal(a.Field(i), b.Field(i)) {
				return false
			}
		}
		return true
	}
	return a.Equal(b)
}
