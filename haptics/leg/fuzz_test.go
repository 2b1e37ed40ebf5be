package leg

import (
	"io"
	"testing"
	"time"

	"osseo/haptics"
	"osseo/haptics/virtual"
	"osseo/haptics/wire"
)

// said is a stream that says something and ends.
type said struct {
	pieces [][]byte
}

func (s *said) Read(b []byte) (int, error) {
	if len(s.pieces) == 0 {
		return 0, io.EOF
	}
	n := copy(b, s.pieces[0])
	if s.pieces[0] = s.pieces[0][n:]; len(s.pieces[0]) == 0 {
		s.pieces = s.pieces[1:]
	}
	return n, nil
}

func (s *said) Write(b []byte) (int, error) { return len(b), nil }
func (s *said) Close() error                { return nil }

// FuzzReader lets a leg say anything, cut anywhere, while it is armed: what Exchange then hands to the servo is a sample
// within the ranges of the wire, or an error that names its fault.
func FuzzReader(f *testing.F) {
	state := wire.State{Mode: wire.Active, Sample: haptics.Sample{Position: 0.01, Load: 20}}
	fault := wire.Fault{Code: wire.LinkLost, Mode: wire.Active, Value: 20001, Limit: 20000}
	var talk []byte
	for n := range uint8(4) {
		talk = state.Append(talk, n, 1000*uint32(n))
	}
	f.Add(talk, uint8(7))
	f.Add(fault.Append(talk, 1, 5000), uint8(40))
	f.Add(wire.Pong{Token: 1, Received: 1, Sent: 2}.Append(nil, 1, 1), uint8(0))
	f.Add(wire.Ack{Of: wire.TypeArm}.Append(nil, 1, 1), uint8(3))
	f.Fuzz(func(t *testing.T, b []byte, cut uint8) {
		s := &said{}
		for size := int(cut) + 1; len(b) > 0; {
			n := min(size, len(b))
			s.pieces, b = append(s.pieces, b[:n]), b[n:]
		}
		l := &Leg{patience: 3600, stale: 3600, lost: make(chan *link, 1), armedAt: time.Now().Add(time.Hour)}
		k := newLink("anything", s, &Options{PingHz: 10, Hand: still{}})
		l.link.Store(k)
		l.state.Store(armed)
		k.onFault = l.faulted
		k.serve()
		k.both.Add(1)
		k.read()
		var got haptics.Sample
		if err := l.Exchange(&haptics.Command{Force: 1}, &got); err != nil {
			if l.why.Load() == nil {
				t.Fatalf("an error without a reason: %v", err)
			}
			return
		}
		for _, x := range [...]float64{got.Position, got.Velocity, got.Twist, got.TiltX, got.TiltY, got.U, got.V, got.Trigger, got.Load, got.Syringe} {
			if x*0 != 0 {
				t.Fatalf("not finite: %+v", got)
			}
		}
		if got.Position < -0.5 || got.Position > 0.5 || got.Trigger < 0 || got.Trigger > 1 {
			t.Fatalf("out of range: %+v", got)
		}
		_ = k.report()
	})
}

// still holds the tool.
type still struct{}

func (still) Act(_ *virtual.Feel, _ float64, g *virtual.Grip) {
	*g = virtual.Grip{Mass: 1, Damping: 20}
}
