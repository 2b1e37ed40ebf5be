package wire

import (
	"encoding/binary"
	"math"
)

// Units of the fixed-point fields: value of one count. Chosen so that a count is below what a hand or a sensor notices
// and the range beyond what a leg can do; docs/wire.md.
const (
	unitForce    = 10e-3                 // N
	unitDamping  = 10e-3                 // N.s/m
	unitPosition = 0.1e-6                // m
	unitVelocity = 1e-6                  // m/s
	unitPlate    = 10e-6                 // m
	unitTorque   = 1e-3                  // N.m
	unitTiltHold = 10e-3                 // N.m/rad
	unitTilt     = 0.01 * math.Pi / 180  // rad: centidegree
	unitTwist    = 0.002 * math.Pi / 180 // rad
	unitSpin     = 0.1 * math.Pi / 180   // rad/s
	unitPressure = 10                    // Pa
	unitDecay    = 100e-6                // s
	unitMass     = 1e-3                  // kg
	unitTrigger  = 1.0 / 200             //
	unitPeak     = 10e-3                 // s
	twistWrap    = unitTwist * (1 << 24) // rad, after which the twist of a State begins anew
)

// counts returns x in units, rounded, within least..most. What is not a number is 0.
func counts(x, unit float64, least, most int64) int64 {
	n := math.Round(x / unit)
	switch {
	case n != n:
		return 0
	case n <= float64(least):
		return least
	case n >= float64(most):
		return most
	}
	return int64(n)
}

// writer fills a payload.
type writer struct {
	b [MaxPayload]byte
	n int
}

func (w *writer) u8(x uint8) {
	w.b[w.n] = x
	w.n++
}

func (w *writer) u16(x uint16) {
	binary.LittleEndian.PutUint16(w.b[w.n:], x)
	w.n += 2
}

func (w *writer) u32(x uint32) {
	binary.LittleEndian.PutUint32(w.b[w.n:], x)
	w.n += 4
}

func (w *writer) u64(x uint64) {
	binary.LittleEndian.PutUint64(w.b[w.n:], x)
	w.n += 8
}

func (w *writer) bytes(b []byte) { w.n += copy(w.b[w.n:], b) }

func (w *writer) unsigned16(x, unit float64) { w.u16(uint16(counts(x, unit, 0, math.MaxUint16))) }
func (w *writer) signed16(x, unit float64) {
	w.u16(uint16(counts(x, unit, -math.MaxInt16, math.MaxInt16)))
}

func (w *writer) signed32(x, unit float64) {
	w.u32(uint32(counts(x, unit, -math.MaxInt32, math.MaxInt32)))
}
func (w *writer) unsigned32(x, unit float64) { w.u32(uint32(counts(x, unit, 0, math.MaxUint32))) }

func (w *writer) signed24(x, unit float64) { w.low24(counts(x, unit, -1<<23+1, 1<<23-1)) }

func (w *writer) low24(x int64) {
	w.u16(uint16(x))
	w.u8(uint8(x >> 16))
}

func (w *writer) append(dst []byte, t Type, sequence uint8, micros uint32) []byte {
	return AppendFrame(dst, t, sequence, micros, w.b[:w.n])
}

// reader takes a payload apart; the payload has the length of its type, which is checked before.
type reader struct{ b []byte }

func (r *reader) u8() uint8 {
	x := r.b[0]
	r.b = r.b[1:]
	return x
}

func (r *reader) u16() uint16 {
	x := binary.LittleEndian.Uint16(r.b)
	r.b = r.b[2:]
	return x
}

func (r *reader) u32() uint32 {
	x := binary.LittleEndian.Uint32(r.b)
	r.b = r.b[4:]
	return x
}

func (r *reader) u64() uint64 {
	x := binary.LittleEndian.Uint64(r.b)
	r.b = r.b[8:]
	return x
}

func (r *reader) bytes(dst []byte) {
	n := copy(dst, r.b)
	r.b = r.b[n:]
}

func (r *reader) i24() int32 {
	low := uint32(r.u16())
	return int32(low<<8|uint32(r.u8())<<24) >> 8
}

func (r *reader) unsigned16(unit float64) float64 { return float64(r.u16()) * unit }
func (r *reader) signed16(unit float64) float64   { return float64(int16(r.u16())) * unit }
func (r *reader) signed24(unit float64) float64   { return float64(r.i24()) * unit }
func (r *reader) signed32(unit float64) float64   { return float64(int32(r.u32())) * unit }
func (r *reader) unsigned32(unit float64) float64 { return float64(r.u32()) * unit }

// within notes in ok whether |x| is at most most, with room for a rounding.
func within(ok *bool, x, most float64) {
	if !(math.Abs(x) <= most*(1+1e-9)) {
		*ok = false
	}
}
