package servo

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"osseo/app/trial"
	"osseo/scenarios"
)

// maxLine bounds one message, bytes. A graded result is about 20 kB and a case file about 10 kB.
const maxLine = 1 << 20

// What the window can ask for.
const (
	doBegin  = "begin"
	doAct    = "act"
	doFinish = "finish"
	doArm    = "arm"
	doHalt   = "halt"
	doPing   = "ping"
)

// request is one line from the window to the servo.
type request struct {
	ID       uint64            `json:"id"`
	Do       string            `json:"do"`
	Setup    *trial.Setup      `json:"setup,omitempty"`
	CaseText string            `json:"case_text,omitempty"` // the case file as the window read it
	Action   *scenarios.Action `json:"action,omitempty"`
	Reason   string            `json:"reason,omitempty"`
}

// message is one line from the servo to the window: a hello, an event, or the reply to request ID.
type message struct {
	ID          uint64                 `json:"id,omitempty"`
	Error       string                 `json:"error,omitempty"`
	Hello       *hello                 `json:"hello,omitempty"`
	Event       *trial.Event           `json:"event,omitempty"`
	Opened      *trial.Opened          `json:"opened,omitempty"`
	Observation *scenarios.Observation `json:"observation,omitempty"`
	Closed      *trial.Closed          `json:"closed,omitempty"`
}

// hello is the servo's first line: it shows that both ends look at the same memory in the same way.
type hello struct {
	Version int    `json:"version"`
	Layout  uint64 `json:"layout,string"`
	Nonce   uint64 `json:"nonce,string"`
	PID     int    `json:"pid"`
}

func (h *hello) check(nonce uint64) error {
	switch {
	case h.Version != Version || h.Layout != fingerprint():
		return fmt.Errorf("servo: the servo speaks version %d, layout %#x, this window %d, %#x: different builds; "+
			"close all windows of osseo and start it again", h.Version, h.Layout, Version, fingerprint())
	case h.Nonce != nonce:
		return fmt.Errorf("servo: the servo holds memory %#x instead of %#x: it belongs to another window; start again",
			h.Nonce, nonce)
	}
	return nil
}

// encode returns v as one line. A number JSON cannot carry (not finite) is an error, never a broken line.
func encode(v any) ([]byte, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("servo: cannot be sent: %w", err)
	}
	if len(b) >= maxLine {
		return nil, fmt.Errorf("servo: message of %d bytes, at most %d can be sent", len(b), maxLine)
	}
	return append(b, '\n'), nil
}

// encodeMessage returns m as a line, or what can be said of it when it cannot be sent whole.
func encodeMessage(m *message) []byte {
	line, err := encode(m)
	if err == nil {
		return line
	}
	rest := message{ID: m.ID, Error: err.Error()}
	switch {
	case m.Closed != nil:
		rest.Error = fmt.Sprintf("%v; the recording is whole: grade it with osseo grade %s", err, m.Closed.File)
	case m.Event != nil:
		rest = message{Event: &trial.Event{Kind: m.Event.Kind, Name: m.Event.Name, Text: m.Event.Text}}
	}
	line, err = encode(&rest)
	if err != nil { // a text of a megabyte; nothing of it is worth sending
		line, _ = encode(&message{ID: m.ID, Error: "servo: answer too long to be sent"})
	}
	return line
}

// errLine is a line longer than maxLine: whoever sends it does not speak this protocol.
var errLine = errors.New("servo: line too long")

// readLines calls each for every line of r until it ends; the slice is valid during the call only. It returns nil at the
// end of the stream.
func readLines(r io.Reader, each func(line []byte)) error {
	s := bufio.NewScanner(r)
	s.Buffer(make([]byte, 0, 16<<10), maxLine)
	for s.Scan() {
		each(s.Bytes())
	}
	if errors.Is(s.Err(), bufio.ErrTooLong) {
		return fmt.Errorf("%w: more than %d bytes", errLine, maxLine)
	}
	return s.Err()
}

// decode reads one line into v.
func decode(line []byte, v any) error {
	if err := json.Unmarshal(line, v); err != nil {
		return fmt.Errorf("servo: %q is not a message: %w", line[:min(len(line), 80)], err)
	}
	return nil
}
