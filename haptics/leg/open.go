package leg

import (
	"errors"
	"io"
	"io/fs"
	"strings"
	"syscall"
	"time"

	"go.bug.st/serial"
)

// BaudRate is the rate of a leg on a UART unless its maker says otherwise. On USB it means nothing.
const BaudRate = 1_000_000

// SocketPrefix is that of the name of a leg that is no serial port: an emulated one behind a socket of this machine.
const SocketPrefix = "unix:"

// readTimeout is how long the reader waits for bytes before it looks whether it is still wanted.
const readTimeout = 50 * time.Millisecond

// stream is an open port. Read returns (0, nil) when nothing came for a while. Close ends a Read under way.
type stream = io.ReadWriteCloser

// port is a serial port with its guard, which keeps a second program out and the lines still.
type port struct {
	serial.Port
	guard io.Closer
}

func (p port) Close() error {
	err := p.Port.Close()
	if p.guard != nil {
		_ = p.guard.Close() // after the port, so that the lines were told to stay before the last descriptor goes
	}
	return err
}

// openPort opens a serial port without resetting the board behind it: many boards take an edge on DTR or RTS for a reset.
// The lines go up once, at the first opening after plugging in, and stay up; so the second opening makes no edge.
func openPort(path string, baud int) (stream, *Diagnosis) {
	if name, ok := strings.CutPrefix(path, SocketPrefix); ok {
		return openSocket(path, name)
	}
	g, err := keep(path)
	if err != nil {
		return nil, here.explain(path, err)
	}
	if holders := here.holders(path); len(holders) > 0 {
		closeGuard(g)
		return nil, busy(path, holders, nil)
	}
	s, err := serial.Open(path, &serial.Mode{BaudRate: baud})
	if err != nil {
		closeGuard(g)
		return nil, here.explain(path, err)
	}
	if err := s.SetReadTimeout(readTimeout); err != nil {
		_ = s.Close()
		closeGuard(g)
		return nil, here.explain(path, err)
	}
	return port{s, g}, nil
}

// quick is a port that can be written to without waiting.
type quick interface {
	tryWrite(b []byte) int // how many bytes were taken at once
}

// quickOf is the quick side of a port, or nil.
func quickOf(s stream) quick {
	if p, ok := s.(port); ok {
		q, _ := p.guard.(quick)
		return q
	}
	q, _ := s.(quick)
	return q
}

func closeGuard(g io.Closer) {
	if g != nil {
		_ = g.Close()
	}
}

// errHeld is the guard's: another program holds the port by the same guard.
var errHeld = errors.New("leg: the port is locked by another program")

// explain turns the error of an opening into a diagnosis.
func (at place) explain(path string, err error) *Diagnosis {
	var s *serial.PortError
	code := serial.PortErrorCode(-1)
	if errors.As(err, &s) {
		code = s.Code()
	}
	switch {
	case errors.Is(err, fs.ErrNotExist), code == serial.PortNotFound, errors.Is(err, syscall.ENXIO), errors.Is(err, syscall.ENODEV):
		have, _ := at.ports()
		return notThere(path, err, have)
	case errors.Is(err, fs.ErrPermission), code == serial.PermissionDenied:
		p := at.describe(path)
		return noPermission(&p, err)
	case code == serial.PortBusy, errors.Is(err, errHeld), errors.Is(err, syscall.EBUSY):
		return busy(path, at.holders(path), err)
	case code == serial.InvalidSerialPort, errors.Is(err, syscall.EISDIR), errors.Is(err, syscall.ENOTTY):
		return notSerial(path, err)
	}
	return unknown(path, err)
}
