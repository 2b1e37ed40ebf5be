package trial

import (
	"context"
	"fmt"
	"time"

	"osseo/app/recording"
	"osseo/haptics"
	"osseo/haptics/virtual"
)

// thinkEvery is how often the person decides, s.
const thinkEvery = 0.01

// Run runs one case to its end with a simulated or recorded hand, offline as fast as the machine allows, and grades it. An
// emulated leg is stepped: its firmware's clock goes on with the run.
//
// progress, when not nil, is told the simulated time now and then. A cancelled context ends the run and closes the
// recording as abandoned.
func Run(ctx context.Context, setup Setup, progress func(seconds float64)) (*Result, *Evidence, error) {
	setup, err := Prepare(setup)
	if err != nil {
		return nil, nil, err
	}
	if setup.Device != Virtual && setup.Device != Emulated {
		return nil, nil, fmt.Errorf("trial: %s runs at the speed of the clock: use --realtime", setup.Device)
	}
	who, hand, err := person(setup)
	if err != nil {
		return nil, nil, err
	}
	rec, err := newRecorder(setup, nil)
	if err != nil {
		return nil, nil, err
	}
	s, err := NewSession(setup, Parts{Recorder: rec, Offline: true})
	if err != nil {
		return nil, nil, err
	}
	leg, err := openOffline(setup, hand)
	if err != nil {
		return nil, nil, err
	}
	reason, err := s.drive(ctx, leg, who, progress)
	if err != nil {
		return nil, nil, err
	}
	if err := s.Close(reason, recording.Loop{RateHz: setup.TickHz, Scheduler: "offline"}); err != nil {
		return nil, nil, err
	}
	return judge(rec, setup)
}

// drive ticks the leg and lets the person decide until the end of the case.
func (s *Session) drive(ctx context.Context, leg haptics.Device, who actor, progress func(float64)) (string, error) {
	loop := haptics.NewLoop(leg, s, haptics.NewGovernor(leg.Info().Limits), s, s.Setup.TickHz)
	defer leg.Close() //nolint:errcheck // in memory
	think := max(1, int64(thinkEvery*s.Setup.TickHz))
	last := int64(s.Setup.Case.Clock.LimitS * s.Setup.TickHz)
	for tick := int64(0); tick <= last; tick++ {
		if loop.Advance() {
			break
		}
		if tick%think != 0 {
			continue
		}
		s.Pump()
		done, err := who.think(s)
		if err != nil {
			return "", err
		}
		if done {
			return "finished", nil
		}
		if ctx.Err() != nil {
			return "abandoned", nil
		}
		if progress != nil && tick%(think*500) == 0 {
			progress(s.Now())
		}
	}
	if err := loop.Err(); err != nil && s.fault == haptics.NoFault {
		return "", fmt.Errorf("trial: %w: %w", ErrDevice, err)
	}
	if s.fault != haptics.NoFault {
		return "fault", nil
	}
	return "time-limit", nil
}

// Close ends the recording.
func (s *Session) Close(reason string, loop recording.Loop) error {
	s.Pump()
	loop.Dropped += int64(s.notes.dropped.Load())
	return s.recorder.Close(recording.Footer{
		Ticks: s.tick.Load() + 1, StateHash: fmt.Sprintf("%016x", s.bone.state.Hash()), Loop: loop, Reason: reason,
	})
}

// person is who walks the procedure, and the hand that moves the tool.
func person(setup Setup) (actor, virtual.Hand, error) {
	if namesFile(setup.Hand) {
		return newRepeat(setup)
	}
	l, err := newLearner(setup)
	if err != nil {
		return nil, nil, err
	}
	return l, l.hand, nil
}

// newRecorder opens the file a setup asks for, or keeps the run in memory. A live one, told by emit, never waits for the
// disk; when the disk fails the run goes on and emit says what was kept.
func newRecorder(setup Setup, emit func(Event)) (Recorder, error) {
	h := headerOf(setup)
	if setup.Record == "" {
		return recording.NewMemory(h), nil
	}
	o := recording.Options{Offline: emit == nil}
	if emit != nil {
		o.OnStop = func(err error) {
			emit(Event{Kind: "recorder", Name: "stopped", Text: "Recording stopped: " + err.Error()})
		}
	}
	return recording.Create(setup.Record, h, o)
}

// headerOf is what must be known to run the setup again.
func headerOf(s Setup) recording.Header {
	p := firstPlacement(s)
	h := recording.Header{
		Case: s.Case.ID, CaseYAML: s.Case.Text, CaseHash: hashText(s.Case.Text), Seed: s.Seed, Hand: s.Hand,
		Driver: s.Driver, Needle: s.Needle, Device: s.Device, Mode: string(s.Mode), Learner: s.Learner, TickHz: s.TickHz,
		Set: s.Set, Build: Build, Arch: Arch(), StartedAt: time.Now().UTC().Format(time.RFC3339),
	}
	if a, err := SampleAnatomy(s, p); err == nil {
		h.Anatomy = anatomyMap(&a)
	}
	return h
}

// judge examines what was recorded and grades it.
func judge(rec Recorder, setup Setup) (*Result, *Evidence, error) {
	m, ok := rec.(*recording.Memory)
	if !ok {
		var err error
		if m, err = recording.Load(setup.Record); err != nil {
			return nil, nil, err
		}
	}
	e, err := Examine(m)
	if err != nil {
		return nil, nil, err
	}
	result, err := e.Result(nil)
	if result != nil {
		result.Recording.File = setup.Record
	}
	return result, e, err
}
