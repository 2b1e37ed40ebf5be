package wire

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"testing"
)

// A million states and commands cross a line on which each byte is damaged with probability 1 %. What arrives must be
// byte for byte something that was sent, in its place; and the first frame after damage whose own bytes and whose
// delimiter before it are whole must arrive.
//
// CRC-16 finds all damage within 16 bits. Of wider damage it misses one in 65536, and 6 % of 40-byte frames are damaged
// in two bytes or more: about one wrong frame in a million. The CRC-8 over the same bytes misses one in 256 of those.
func TestCorruptionIsNeverAccepted(t *testing.T) {
	frames := 1_000_000
	if testing.Short() {
		frames = 100_000
	}
	const seed = 20261121
	rng := rand.New(rand.NewPCG(seed, 1))
	damage := rand.New(rand.NewPCG(seed, 2))
	var d Decoder
	var wrong, arrived, must, hit int
	whole := true // the delimiter before the present frame
	buffer, sent := make([]byte, 0, MaxFrame), make([]byte, 0, MaxFrame)
	for k := range frames {
		sent = randomServoFrame(sent[:0], rng, uint8(k), uint32(k)*1000)
		buffer = append(buffer[:0], sent...)
		hurt := false
		for i := range buffer {
			if r := damage.Uint64(); r%100 == 0 {
				buffer[i] ^= byte(1 + r>>32%255)
				hurt = true
			}
		}
		if hurt {
			hit++
		}
		found := false
		for f, rest, ok := d.Next(buffer); ok; f, rest, ok = d.Next(rest) {
			again := AppendFrame(nil, f.Type, f.Sequence, f.Time, f.Payload)
			if bytes.Equal(again, sent) {
				found = true
			} else {
				wrong++
			}
		}
		if found {
			arrived++
		}
		if whole && !hurt {
			must++
			if !found {
				t.Fatalf("seed %d: frame %d was whole, the delimiter before it too, and it did not arrive", seed, k)
			}
		}
		whole = buffer[len(buffer)-1] == 0
	}
	n := d.Counts()
	t.Logf("seed %d: %d frames, %d damaged, %d arrived (%d had to), %d wrong; CRC-16 alone would have let %d wrong ones through; %+v",
		seed, frames, hit, arrived, must, wrong, n.CRC8, n)
	if wrong != 0 {
		t.Errorf("%d wrong frames accepted", wrong)
	}
	if hit < frames/4 || n.CRC == 0 || n.Stuffing == 0 {
		t.Errorf("the line did not damage enough to say anything: %d of %d frames", hit, frames)
	}
}

func randomServoFrame(dst []byte, rng *rand.Rand, sequence uint8, micros uint32) []byte {
	var payload [28]byte
	for i := 0; i < len(payload); i += 4 {
		x := rng.Uint32()
		if x&7 == 0 { // real payloads are full of zeros
			x = 0
		}
		binary.LittleEndian.PutUint32(payload[i:], x)
	}
	kind := TypeCommand
	if sequence&1 == 0 {
		kind = TypeState
	}
	return AppendFrame(dst, kind, sequence, micros, payload[:])
}

// Drops, duplicates, cuts, garbage and joins between whole frames: every whole frame arrives, nothing else does.
func TestGarbageBetweenFrames(t *testing.T) {
	const seed = 7
	rng := rand.New(rand.NewPCG(seed, 3))
	var d Decoder
	accepted := 0
	for k := range 50_000 {
		sent := randomServoFrame(nil, rng, uint8(k), uint32(k))
		garbage := make([]byte, rng.IntN(100))
		for i := range garbage {
			garbage[i] = byte(rng.Uint32())
		}
		if rng.IntN(4) == 0 {
			garbage = append(garbage, sent[:rng.IntN(len(sent)-1)]...)
		}
		stream := append(append(garbage, 0), sent...)
		found := 0
		for f, rest, ok := d.Next(stream); ok; f, rest, ok = d.Next(rest) {
			accepted++
			if bytes.Equal(AppendFrame(nil, f.Type, f.Sequence, f.Time, f.Payload), sent) {
				found++
			}
		}
		if found != 1 {
			t.Fatalf("seed %d, round %d: the frame after garbage arrived %d times", seed, k, found)
		}
	}
	if accepted != 50_000 {
		t.Errorf("seed %d: %d frames accepted of 50000 sent", seed, accepted)
	}
}

func FuzzDecode(f *testing.F) {
	for _, v := range vectors() {
		f.Add(v.frame)
	}
	f.Add([]byte{0, 0, 0})
	f.Add(bytes.Repeat([]byte{0xFF}, 200))
	f.Fuzz(func(t *testing.T, b []byte) {
		var d Decoder
		for frame, rest, ok := d.Next(b); ok; frame, rest, ok = d.Next(rest) {
			for _, v := range vectors() {
				if v.decode == nil {
					continue
				}
				if _, err := v.decode(frame); err != nil {
					continue
				}
				again := decodeOne(t, AppendFrame(nil, frame.Type, frame.Sequence, frame.Time, frame.Payload))
				if again.Type != frame.Type || !bytes.Equal(again.Payload, frame.Payload) {
					t.Fatalf("%x does not survive", frame.Payload)
				}
			}
		}
		if n := d.Counts(); n.Bytes != uint64(len(b)) {
			t.Fatalf("%d bytes taken of %d", n.Bytes, len(b))
		}
	})
}
