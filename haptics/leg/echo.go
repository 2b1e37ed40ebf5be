package leg

import (
	"context"
	"fmt"
	"io"
	"time"

	"osseo/haptics/wire"
)

// Echo is what a port does to bytes that only come back: the floor under every round trip of frames.
type Echo struct {
	Trips int64
	P50US float64
	P99US float64
	MaxUS float64
}

// MeasureEcho sends as many bytes as a servo frame has, hz times a second for d, to a far end that only sends them back,
// and measures how long they take. The port must be free.
func MeasureEcho(ctx context.Context, path string, hz float64, d time.Duration) (Echo, error) {
	s, diagnosis := openPort(path, BaudRate)
	if diagnosis != nil {
		return Echo{}, diagnosis
	}
	defer s.Close() //nolint:errcheck // only measured
	var t tally
	frame := make([]byte, wire.ServoFrame)
	period := time.Duration(float64(time.Second) / hz)
	for next, end := time.Now(), time.Now().Add(d); next.Before(end) && ctx.Err() == nil; next = next.Add(period) {
		time.Sleep(time.Until(next))
		sent := time.Now()
		if _, err := s.Write(frame); err != nil {
			return Echo{}, unplugged(path, err)
		}
		if err := readFull(s, frame); err != nil {
			return Echo{}, err
		}
		t.add(int64(time.Since(sent)))
	}
	return Echo{
		Trips: int64(t.total.Load()), P50US: t.quantile(0.5), P99US: t.quantile(0.99), MaxUS: float64(t.most.Load()) / 1e3,
	}, nil
}

// readFull is io.ReadFull for a port that gives nothing at its timeout.
func readFull(r io.Reader, b []byte) error {
	for empty := 0; len(b) > 0; {
		n, err := r.Read(b)
		if err != nil {
			return fmt.Errorf("leg: echo: %w", err)
		}
		if n == 0 {
			if empty++; empty > 40 {
				return fmt.Errorf("leg: echo: nothing came back for %v", 40*readTimeout)
			}
		}
		b = b[n:]
	}
	return nil
}
