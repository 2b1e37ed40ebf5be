package trial

import (
	"cmp"
	"encoding/json"
	"fmt"
	"sync/atomic"
	"time"

	"osseo/app/recording"
	"osseo/haptics"
	"osseo/haptics/virtual"
	"osseo/physics"
	"osseo/scenarios"
)

// Recorder keeps what happens. Tick is called in the servo tick and must not allocate, lock or wait.
type Recorder interface {
	Tick(*recording.Row)
	Mark(recording.Mark)
	Close(recording.Footer) error
}

// Session is one run: it renders the bone for the loop, records every tick and walks the procedure.
//
// Render and Observe belong to the loop's goroutine; Act, Pump and Close to one other goroutine, or to the same one when the
// run is offline.
type Session struct {
	Setup Setup

	procedure *scenarios.Procedure
	plan      Placement   // what will be inserted next
	placed    []Placement // all that were handed to the tick, by serial

	bone    bone
	notes   notes
	tick    atomic.Int64
	began   bool // there was a tick
	stale   bool // this tick brought no new sample: the leg is gone
	events  physics.Events
	causes  haptics.Causes
	fault   haptics.Reason
	row     recording.Row
	shown   Snapshot
	hashGap int64

	recorder Recorder
	tap      Tap
	intent   *virtual.Intent
	loop     func() LoopNow
	emit     func(Event)
	offline  bool
}

// LoopNow is how the servo is doing at this moment; it must be cheap and may be called in the tick.
type LoopNow struct {
	RateHz, LateUS, LateP99, LateMax float64
	Overruns, Dropped                int64
	Sched                            uint8
	Link                             LinkNow
	Fault                            haptics.Reason // that keeps force off now
}

// Parts are the things a session is joined to. Recorder is required; nil for any other means that it is absent.
type Parts struct {
	Recorder Recorder
	Tap      Tap
	Intent   *virtual.Intent
	Loop     func() LoopNow
	Emit     func(Event)
	Offline  bool // Act and the loop share a goroutine
}

// NewSession prepares a run. The setup must have been completed by Prepare.
func NewSession(setup Setup, p Parts) (*Session, error) {
	s := &Session{
		Setup: setup, procedure: scenarios.NewProcedure(setup.Case),
		recorder: p.Recorder, tap: p.Tap, intent: p.Intent, loop: p.Loop, emit: p.Emit, offline: p.Offline,
		plan: firstPlacement(setup), hashGap: int64(setup.TickHz),
	}
	if s.emit == nil {
		s.emit = func(Event) {}
	}
	if s.loop == nil {
		s.loop = func() LoopNow { return LoopNow{RateHz: setup.TickHz, Fault: s.fault} }
	}
	return s, s.place()
}

// place hands the planned placement to the tick, which takes it when the tool is out of the skin.
func (s *Session) place() error {
	model, err := NewModel(s.Setup, s.plan)
	if err != nil {
		return err
	}
	s.plan.Serial = len(s.placed)
	s.placed = append(s.placed, s.plan)
	s.bone.next.Store(&swap{model: model, placement: s.plan})
	return nil
}

// Render steps the bone for one sample. While a leg gives no new one, the run stands still: nothing is stepped or recorded.
func (s *Session) Render(sample *haptics.Sample, dt float64, c *haptics.Command) {
	if s.stale = s.began && sample.Tick == s.tick.Load(); s.stale {
		command(&s.bone.out, c)
		s.bone.answerPeek()
		return
	}
	s.began = true
	s.tick.Store(sample.Tick)
	if (s.bone.model == nil || sample.Position <= 0) && s.bone.takeSwap() {
		s.events = 0
		s.notes.put(note{tick: sample.Tick, kind: noteSwap, a: uint64(s.bone.placement.Serial)})
	}
	if more := s.bone.takeFlush(); more > 0 {
		s.notes.put(note{tick: sample.Tick, kind: noteFlush, a: uint64(more)})
	}
	s.bone.step(input(sample, s.bone.styletOut.Load()), dt, c)
	s.bone.answerPeek()
}

// Observe records one tick and shows it to the window.
func (s *Session) Observe(sample *haptics.Sample, sent *haptics.Command, i haptics.Intervention) {
	out := &s.bone.out
	now := s.loop()
	fillRow(&s.row, sample, sent, out, i, now.LateUS)
	s.row.Stylet = !s.bone.styletOut.Load() && sample.Switches&haptics.StyletOut == 0
	s.row.Time = float64(sample.Tick) / s.Setup.TickHz
	if !s.stale {
		if sample.Tick%s.hashGap == 0 {
			s.notes.put(note{tick: sample.Tick, kind: noteHash, a: s.bone.state.Hash()})
		}
		s.recorder.Tick(&s.row)
	}
	events := out.Events
	if s.stale {
		events = 0 // the last step's, which are told
	}
	s.noteTick(sample.Tick, events, i)
	s.fault = cmp.Or(i.Fault.Reason, now.Fault)
	if s.tap != nil {
		s.show(sample, now)
		s.tap.Tick(&s.shown)
	}
}

// noteTick passes on what is new in this tick.
func (s *Session) noteTick(tick int64, e physics.Events, i haptics.Intervention) {
	if e != 0 {
		s.events |= e
		s.notes.put(note{tick: tick, kind: noteEvents, a: uint64(e)})
	}
	if i.Causes != s.causes {
		s.causes = i.Causes
		if i.Causes != 0 {
			s.notes.put(note{tick: tick, kind: noteCauses, a: uint64(i.Causes), value: i.Value, limit: i.Threshold})
		}
	}
	if i.Fault.Reason != haptics.NoFault { // told once
		s.notes.put(note{
			tick: tick, kind: noteFault, a: uint64(i.Fault.Reason), value: i.Fault.Value, limit: i.Fault.Limit,
		})
	}
}

func (s *Session) show(sample *haptics.Sample, now LoopNow) {
	out, r := &s.bone.out, &s.row
	s.shown = Snapshot{
		Tick: r.Tick, Time: r.Time, Position: r.Position, Tip: out.Tip, TipU: out.TipU, TipV: out.TipV, U: r.U, V: r.V,
		Force: r.Rendered, Effort: r.Load, Torque: r.Torque, TiltX: r.TiltX, TiltY: r.TiltY,
		TwistRate: (sample.Twist - s.shown.Twist) * s.Setup.TickHz, Twist: sample.Twist, Trigger: r.Trigger,
		Rev: out.MotorRPS, MarkMM: out.MarkMM, FarGap: out.FarGap, Extension: out.Extension, Swelling: s.bone.swelling,
		RateHz: now.RateHz, LateP99: now.LateP99, LateMax: now.LateMax, Overruns: now.Overruns, Dropped: now.Dropped,
		Events: uint32(s.events), Zone: uint8(out.Zone), Fault: uint8(s.fault), Sched: now.Sched,
		Stylet: r.Stylet, Running: true, Link: now.Link,
	}
}

func fillRow(r *recording.Row, s *haptics.Sample, c *haptics.Command, o *physics.Output, i haptics.Intervention, late float64) {
	*r = recording.Row{
		Tick: s.Tick, Position: s.Position, Velocity: s.Velocity, Twist: s.Twist, TiltX: s.TiltX, TiltY: s.TiltY,
		U: s.U, V: s.V, Trigger: s.Trigger, Load: s.Load, Syringe: s.Syringe, Switches: uint8(s.Switches),
		Force: c.Force, Stiffness: c.Stiffness, Damping: c.Damping, Anchor: c.Anchor,
		Rendered: c.At(s.Position, s.Velocity), Torque: c.Torque, Vibration: c.Vibration,
		Tip: o.Tip, TipU: o.TipU, TipV: o.TipV, Zone: uint8(o.Zone), Events: uint32(o.Events),
		Causes: uint16(i.Causes), LateUS: late, Rev: o.MotorRPS, MarkMM: o.MarkMM,
	}
}

// Now is the time of the run, s.
func (s *Session) Now() float64 { return float64(s.tick.Load()) / s.Setup.TickHz }

// peek copies the bone as it is at a tick edge.
func (s *Session) peek() (*peek, error) {
	p := new(peek)
	if s.offline {
		s.bone.copyTo(p)
		return p, nil
	}
	s.bone.want.Store(p)
	for deadline := time.Now().Add(2 * time.Second); !p.done.Load(); {
		if time.Now().After(deadline) {
			return nil, fmt.Errorf("trial: the loop has not ticked for 2 s; halt the leg and start again")
		}
		time.Sleep(200 * time.Microsecond)
	}
	return p, nil
}

// mark records a value beside the ticks.
func (s *Session) mark(tick int64, kind string, value any) {
	text, err := json.Marshal(value)
	if err != nil {
		text = fmt.Appendf(nil, "%q", err.Error())
	}
	s.recorder.Mark(recording.Mark{Tick: tick, Kind: kind, JSON: string(text)})
}

// Pump turns what the tick noted into marks and events; call it 20 times a second or more.
func (s *Session) Pump() {
	for {
		n, ok := s.notes.take()
		if !ok {
			return
		}
		s.pump(n)
	}
}

func (s *Session) pump(n note) {
	at := float64(n.tick) / s.Setup.TickHz
	switch n.kind {
	case noteHash:
		s.mark(n.tick, "hash", fmt.Sprintf("%016x", n.a))
	case noteSwap:
		placed := s.placed[n.a]
		s.mark(n.tick, "parameter", placed)
		s.emit(Event{At: at, Kind: "model", Name: placed.Needle, Text: "A new needle, over the skin."})
	case noteFlush:
		s.mark(n.tick, "flush", n.a)
	case noteEvents:
		for _, name := range physics.Events(n.a).Names(nil) {
			if text, ok := eventWords[name]; ok {
				s.emit(Event{At: at, Kind: "physics", Name: name, Text: text})
			}
		}
	case noteCauses:
		s.governed(n, at)
	case noteFault:
		s.faulted(n, at)
	}
}
