package wire

import "encoding/binary"

// Decoder finds frames in a stream of bytes. The zero value is ready. It forgets everything at each delimiter, so that
// damage costs the frames it touches and no more.
type Decoder struct {
	buffer [MaxFrame]byte
	n      int
	long   bool // more bytes than a frame holds since the last delimiter
	count  Counts
}

// Counts is what a Decoder has seen.
type Counts struct {
	Bytes       uint64
	Frames      uint64 // accepted
	Stuffing    uint64 // refused: stuffing broken, or shorter than a header and checks
	Long        uint64 // refused: more than MaxFrame bytes without a delimiter
	CRC         uint64 // refused: CRC-16 or CRC-8 differs
	CRC8        uint64 // of those, the ones CRC-16 alone would have accepted
	Version     uint64 // refused: checks hold, but another protocol version
	Unknown     uint64 // skipped: checks hold, unknown type
	Length      uint64 // refused: checks hold, but not the length of its type
	LastVersion uint8  // version of the last frame counted in Version
}

// Damaged is the number of refused frames that damage on the way explains.
func (c Counts) Damaged() uint64 { return c.Stuffing + c.Long + c.CRC + c.Length }

// Counts returns what the decoder has seen.
func (d *Decoder) Counts() Counts { return d.count }

// Reset forgets a frame begun; counts stay.
func (d *Decoder) Reset() { d.n, d.long = 0, false }

// Next takes bytes of p until a frame is complete and returns it with the bytes not yet taken. Without a complete frame
// ok is false and all of p has been taken. It never fails: what is no frame is counted and skipped.
func (d *Decoder) Next(p []byte) (f Frame, rest []byte, ok bool) {
	for i, x := range p {
		if x != 0 {
			if d.n < MaxFrame-1 {
				d.buffer[d.n] = x
				d.n++
			} else {
				d.long = true
			}
			continue
		}
		f, ok = d.end()
		if ok {
			d.count.Bytes += uint64(i + 1)
			return f, p[i+1:], true
		}
	}
	d.count.Bytes += uint64(len(p))
	return Frame{}, nil, false
}

// end judges what came before a delimiter.
func (d *Decoder) end() (Frame, bool) {
	b, long := d.buffer[:d.n], d.long
	d.Reset()
	if long {
		d.count.Long++
		return Frame{}, false
	}
	if len(b) == 0 { // delimiters between frames mean nothing
		return Frame{}, false
	}
	plain, ok := unstuff(b)
	if !ok || len(plain) < header+trailer {
		d.count.Stuffing++
		return Frame{}, false
	}
	return d.judge(plain)
}

// judge checks a plain frame.
func (d *Decoder) judge(b []byte) (Frame, bool) {
	n := len(b)
	if crc16(b[:n-2]) != binary.LittleEndian.Uint16(b[n-2:]) {
		d.count.CRC++
		return Frame{}, false
	}
	if crc8(b[:n-3]) != b[n-3] {
		d.count.CRC++
		d.count.CRC8++
		return Frame{}, false
	}
	if b[0] != Version {
		d.count.Version++
		d.count.LastVersion = b[0]
		return Frame{}, false
	}
	f := Frame{Type: Type(b[1]), Sequence: b[2], Time: binary.LittleEndian.Uint32(b[3:]), Payload: b[header : n-trailer]}
	switch lengths[f.Type] {
	case len(f.Payload):
		d.count.Frames++
		return f, true
	case -1:
		d.count.Unknown++
	default:
		d.count.Length++
	}
	return Frame{}, false
}
