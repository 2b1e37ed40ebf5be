package leg

import (
	"errors"
	"io"
	"testing"
	"time"

	"osseo/haptics"
	"osseo/haptics/wire"
)

// deaf is a stream that gives a state each millisecond and takes nothing: a write hangs until it is closed.
type deaf struct {
	k      int
	shut   chan struct{}
	writes chan struct{} // a write has begun
}

func (d *deaf) Read(b []byte) (int, error) {
	select {
	case <-d.shut:
		return 0, io.EOF
	case <-time.After(time.Millisecond):
	}
	d.k++
	s := wire.State{Mode: wire.Active}
	return copy(b, s.Append(nil, uint8(d.k), uint32(d.k)*1000)), nil
}

func (d *deaf) Write([]byte) (int, error) {
	select {
	case d.writes <- struct{}{}:
	default:
	}
	<-d.shut
	return 0, io.ErrClosedPipe
}

func (d *deaf) Close() error {
	select {
	case <-d.shut:
	default:
		close(d.shut)
	}
	return nil
}

// Only the write is late: states come all the time, and silence is not watched here. The servo is never held by it.
func TestLegThatStopsReadingIsALateWrite(t *testing.T) {
	d := &deaf{shut: make(chan struct{}), writes: make(chan struct{}, 1)}
	l := &Leg{patience: lateWrite, stale: 3600, lost: make(chan *link, 1), armedAt: time.Now().Add(time.Hour)}
	k := newLink("a deaf leg", d, &Options{PingHz: 10})
	k.onEnd = func() {}
	l.link.Store(k)
	l.state.Store(armed)
	k.serve()
	k.both.Add(2)
	go k.read()
	go k.write()
	defer k.close()

	var s haptics.Sample
	if err := l.Exchange(&haptics.Command{Force: 1}, &s); err != nil {
		t.Fatal(err)
	}
	<-d.writes
	hung := time.Now()
	for {
		err := l.Exchange(&haptics.Command{Force: 1}, &s)
		if err == nil {
			if time.Since(hung) > 10*time.Second {
				t.Fatal("a write that hangs for 10 s is no fault")
			}
			time.Sleep(100 * time.Microsecond)
			continue
		}
		var f haptics.Fault
		if !errors.As(err, &f) || f.Reason != haptics.LateWrite || f.Limit != lateWrite || f.Value <= lateWrite {
			t.Fatalf("a leg that takes no bytes: %v", err)
		}
		// The write began just before it was seen to.
		if took := time.Since(hung).Seconds(); took < lateWrite-2e-3 {
			t.Errorf("a fault after %.1f ms of the write, 20 ms are borne", took*1e3)
		}
		break
	}
	var f haptics.Fault
	if again := l.Exchange(&haptics.Command{}, &s); !errors.As(again, &f) || f.Reason != haptics.LateWrite {
		t.Errorf("the fault does not stick: %v", again)
	}
}
