package trial

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"osseo/haptics"
	"osseo/haptics/leg"
)

// Names of events of the kind "leg".
const (
	LegAway  = "leg-away"
	LegBack  = "leg-back"
	LegArmed = "leg-armed"
)

// tellLink turns what a leg tells of its link into events.
func tellLink(emit func(Event)) func(*leg.Diagnosis) {
	return func(d *leg.Diagnosis) {
		if d == nil {
			emit(Event{Kind: "leg", Name: LegBack, Text: "The leg is back, without force until you arm it again."})
			return
		}
		text := strings.ToUpper(d.What[:1]) + d.What[1:] + "."
		emit(Event{Kind: "leg", Name: LegAway, Text: text})
	}
}

// noticeOf says what a leg does not render or sense. The virtual leg is in nobody's hands: there is nothing to miss.
func noticeOf(s Setup, i haptics.Info) string {
	if s.Device == Virtual {
		return ""
	}
	if what := Lacks(i.Capabilities); len(what) > 0 {
		return "This leg does not render or sense: " + strings.Join(what, "; ") + "."
	}
	return ""
}

// answering is how long a leg that has just been armed may take to answer the loop.
const answering = time.Second

// Rearm arms the leg again after a fault; force ramps in from zero and the case goes on where it stood still. The leg must
// be there and the cause gone, or the error says what is missing. It waits up to 3 s for the leg.
func (l *Live) Rearm() error {
	l.act.Lock()
	defer l.act.Unlock()
	if l.end != nil {
		return errors.New("trial: the case has ended")
	}
	select {
	case <-l.done:
		return errors.New("trial: the leg has been halted: finish the case")
	default:
	}
	fault := l.loop.Fault()
	if fault.Reason == haptics.NoFault {
		return errors.New("trial: the leg is armed: nothing stopped it")
	}
	if fault.Reason == haptics.Panicked {
		return errors.New("trial: the model stopped inside: finish the case and start it again")
	}
	if l.loop.Lost() {
		if err := l.leg.Arm(); err != nil {
			return fmt.Errorf("trial: %w: %w", ErrDevice, err)
		}
	}
	for deadline := time.Now().Add(answering); l.loop.Lost(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			return fmt.Errorf("trial: %w: the leg was armed but does not answer the loop: arm it again", ErrDevice)
		}
	}
	l.loop.Rearm()
	for deadline := time.Now().Add(answering); ; time.Sleep(time.Millisecond) {
		if now := l.loop.Fault(); now.Reason != fault.Reason || now.Tick != fault.Tick {
			break
		}
		if time.Now().After(deadline) { // lost once more before the tick came to it
			return fmt.Errorf("trial: %w: the leg went again while it was armed: arm it again", ErrDevice)
		}
	}
	l.session.mark(l.session.tick.Load(), "armed", fault.Reason.String())
	l.session.emit(Event{At: l.session.Now(), Kind: "leg", Name: LegArmed, Text: "The leg is armed again: force ramps in."})
	return nil
}
