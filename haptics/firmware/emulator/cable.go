package emulator

import (
	"fmt"
	"time"

	"osseo/haptics/wire"
)

// answerTime is how long the firmware may take to answer an injection.
const answerTime = 2 * time.Second

// Inject puts a fault into the firmware beside whatever the host sends, and returns its answer: done, refused, or
// unsupported. Unplug is done by the cable, since a leg cannot do it to itself.
func (e *Emulator) Inject(i wire.Inject) (wire.Result, error) {
	if i.Kind == wire.InjectUnplug {
		return wire.Done, e.Unplug()
	}
	return e.inject(i)
}

// Unplug pulls the cable: the port is gone, the firmware runs on. Twice does nothing more.
func (e *Emulator) Unplug() error {
	return e.line.ask(func() error { e.line.unplug(); return nil })
}

// Plug puts the cable in again, on another port: Port names it.
func (e *Emulator) Plug() error {
	return e.line.ask(func() error { e.line.unplug(); return e.line.plug() })
}

// Echo makes the port send back what is written to it, on the same way but for QEMU, and ends that. It is what a round
// trip is compared with.
func (e *Emulator) Echo(on bool) error {
	return e.line.ask(func() error { e.line.echoing.Store(on); return nil })
}

func (e *Emulator) inject(i wire.Inject) (wire.Result, error) {
	e.injecting.Lock()
	defer e.injecting.Unlock()
	e.injected++
	number := e.injected
	frame := i.Append(nil, number, 0)
	l := e.line
	err := l.ask(func() error {
		l.awaited.Store(int32(number) + 1)
		l.extra = append(l.extra, frame...)
		return nil
	})
	if err != nil {
		return 0, err
	}
	select {
	case a := <-l.answers:
		return a.Result, nil
	case <-l.over:
		return 0, errEnded
	case <-time.After(answerTime):
		l.awaited.Store(0)
		return 0, fmt.Errorf("emulator: no answer to %s within %s", i.Kind, answerTime)
	}
}
