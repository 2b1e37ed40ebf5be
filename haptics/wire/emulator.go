package wire

import "math"

// Injection is a fault a leg can be told to have. A leg with a motor answers Unsupported to all of them.
type Injection uint8

// The injections, and what Count and Value mean.
const (
	NoInjection     Injection = iota // ends every injection under way
	InjectCorrupt                    // next Count states: one byte changed after the checks were computed
	InjectDrop                       // next Count states: not sent
	InjectDuplicate                  // next Count states: sent twice
	InjectDelay                      // next Count states: sent Value us late, at most 50000
	InjectFreeze                     // the leg does nothing on the link for Value us, at most 5 s; rendering goes on
	InjectJump                       // the encoder jumps by Value counts of 0.1 um and stays so
	InjectStuck                      // for Value us sensor Count (0 encoder, 1 load cell) does not change
	InjectHot                        // the temperature sensor reads Value degree Celsius until NoInjection
	InjectReset                      // the leg starts anew 10 ms after the answer
	InjectUnplug                     // nothing a leg can do to itself: Unsupported
	injections
)

var injectionNames = [...]string{
	"none", "corrupt", "drop", "duplicate", "delay", "freeze", "encoder-jump", "sensor-stuck", "over-temperature", "reset",
	"unplug",
}

// String returns the injection's name.
func (i Injection) String() string {
	if int(i) < len(injectionNames) {
		return injectionNames[i]
	}
	return "unknown"
}

// Injections returns the names of all injections in order.
func Injections() []string { return append([]string(nil), injectionNames[:]...) }

// Inject asks for a fault.
type Inject struct {
	Kind  Injection
	Count uint16
	Value int32
}

// Append appends the frame.
func (i Inject) Append(dst []byte, sequence uint8, micros uint32) []byte {
	var w writer
	w.u8(uint8(i.Kind))
	w.u8(0)
	w.u16(i.Count)
	w.u32(uint32(i.Value))
	return w.append(dst, TypeInject, sequence, micros)
}

// DecodeInject reads an inject frame. A kind this package does not know is no error: a leg answers it with Unsupported.
func DecodeInject(f Frame) (i Inject, err error) {
	b, err := f.payload(TypeInject)
	if err != nil {
		return i, err
	}
	r := reader{b}
	i.Kind = Injection(r.u8())
	reserved := r.u8()
	i.Count, i.Value = r.u16(), int32(r.u32())
	if reserved != 0 {
		return Inject{}, ErrRange
	}
	return i, nil
}

// Grip is what the simulated hand of an emulated leg does until the next one: the fields of virtual.Grip in its order, so
// that one converts into the other.
type Grip struct {
	Effort    float64 // N, positive inward
	Mass      float64 // kg, > 0
	Stiffness float64 // N/m, >= 0
	Damping   float64 // N.s/m, >= 0
	Rest      float64 // m
	TwistRate float64 // rad/s
	TiltX     float64 // rad
	TiltY     float64 // rad
	U, V      float64 // m
	Trigger   float64 // 0..1
	Behind    bool
	Loose     bool
	StyletOut bool
}

const (
	gripBehind = 1 << iota
	gripLoose
	gripStylet
	gripStep
)

// Append appends the frame. Numbers beyond their field are cut; one that is not finite is an error.
func (g *Grip) Append(dst []byte, sequence uint8, micros uint32) ([]byte, error) {
	return g.append(dst, sequence, micros, 0)
}

// AppendStep is Append with the flag that makes the leg's clock go by steps: the first such grip stops it, each further
// one lets a millisecond pass, one without the flag lets it run again.
func (g *Grip) AppendStep(dst []byte, sequence uint8, micros uint32) ([]byte, error) {
	return g.append(dst, sequence, micros, gripStep)
}

func (g *Grip) append(dst []byte, sequence uint8, micros uint32, flags uint8) ([]byte, error) {
	sum := g.Effort*0 + g.Mass*0 + g.Stiffness*0 + g.Damping*0 + g.Rest*0 + g.TwistRate*0 + g.TiltX*0 + g.TiltY*0 +
		g.U*0 + g.V*0 + g.Trigger*0
	if sum != 0 {
		return dst, ErrNumber
	}
	var w writer
	w.signed16(g.Effort, unitForce)
	w.unsigned16(g.Mass, unitMass)
	w.unsigned16(g.Stiffness, 1)
	w.unsigned16(g.Damping, unitDamping)
	w.signed32(g.Rest, unitPosition)
	w.signed16(g.TwistRate, unitSpin)
	w.signed16(g.TiltX, unitTilt)
	w.signed16(g.TiltY, unitTilt)
	w.signed16(g.U, unitPlate)
	w.signed16(g.V, unitPlate)
	w.u8(uint8(counts(g.Trigger, unitTrigger, 0, 200)))
	for i, on := range [...]bool{g.Behind, g.Loose, g.StyletOut} {
		if on {
			flags |= 1 << i
		}
	}
	w.u8(flags)
	return w.append(dst, TypeGrip, sequence, micros), nil
}

// DecodeGrip reads a grip frame, but for the flag of AppendStep.
func DecodeGrip(f Frame) (g Grip, err error) {
	b, err := f.payload(TypeGrip)
	if err != nil {
		return g, err
	}
	r := reader{b}
	g.Effort = r.signed16(unitForce)
	g.Mass = r.unsigned16(unitMass)
	g.Stiffness = r.unsigned16(1)
	g.Damping = r.unsigned16(unitDamping)
	g.Rest = r.signed32(unitPosition)
	g.TwistRate = r.signed16(unitSpin)
	g.TiltX, g.TiltY = r.signed16(unitTilt), r.signed16(unitTilt)
	g.U, g.V = r.signed16(unitPlate), r.signed16(unitPlate)
	trigger := r.u8()
	g.Trigger = float64(trigger) * unitTrigger
	flags := r.u8()
	g.Behind, g.Loose, g.StyletOut = flags&gripBehind != 0, flags&gripLoose != 0, flags&gripStylet != 0
	ok := trigger <= 200 && flags < gripStep<<1
	within(&ok, g.TiltX, mostTilt)
	within(&ok, g.TiltY, mostTilt)
	if !ok {
		return Grip{}, ErrRange
	}
	return g, nil
}

// Stage puts the simulated stage of an emulated leg somewhere, at rest; only while idle or stopped. Stop presses the
// emergency stop, in any mode.
type Stage struct {
	Position float64 // m; NaN leaves the stage where it is
	Stop     bool
}

const (
	stageStop = 1 << iota
	stageMove
)

// Append appends the frame.
func (s Stage) Append(dst []byte, sequence uint8, micros uint32) []byte {
	flags := uint8(0)
	if s.Stop {
		flags |= stageStop
	}
	if !math.IsNaN(s.Position) {
		flags |= stageMove
	}
	var w writer
	w.signed32(s.Position, unitPosition)
	w.u8(flags)
	w.u8(0)
	return w.append(dst, TypeStage, sequence, micros)
}

// DecodeStage reads a stage frame.
func DecodeStage(f Frame) (s Stage, err error) {
	b, err := f.payload(TypeStage)
	if err != nil {
		return s, err
	}
	r := reader{b}
	s.Position = r.signed32(unitPosition)
	flags, reserved := r.u8(), r.u8()
	if flags >= stageMove<<1 || reserved != 0 {
		return Stage{}, ErrRange
	}
	s.Stop = flags&stageStop != 0
	if flags&stageMove == 0 {
		s.Position = math.NaN()
	}
	return s, nil
}
