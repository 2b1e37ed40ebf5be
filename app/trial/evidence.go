package trial

import (
	"encoding/json"
	"fmt"
	"math"

	"osseo/app/recording"
	"osseo/haptics"
	"osseo/physics"
	"osseo/scenarios"
)

// Evidence is what a recording shows when its inputs are run through the model again.
type Evidence struct {
	Recording *recording.Memory
	Header    recording.Header
	End       recording.End
	Setup     Setup
	Actions   []scenarios.Action
	Seen      []scenarios.Observation // one for each action
	Attempts  []Attempt               // one for each needle that entered the skin, in order; the last one counts
	Diverged  *Divergence             // nil when the model gives what was recorded
	Hash      string                  // of the final state, hex
	Fault     string                  // first fault, empty when none
}

// Attempt is one needle in one bone. Times are s since the case began; what never happened is NaN.
type Attempt struct {
	Placement  Placement
	Anatomy    physics.Anatomy
	Summary    physics.Summary
	Purchase   physics.Purchase
	Out        physics.Output // at the end
	SkinS      float64        // first in the skin
	ContactS   float64        // first on bone
	TriggerS   float64        // first trigger, twist or shot with the tip on bone
	PopS       float64
	ContactU   float64   // where the needle stood at first contact, m
	ContactV   float64   // m
	MarkTouch  float64   // mark above the skin at first contact, mm
	TiltMax    float64   // greatest tilt from contact to pop, rad
	Tilts      []float64 // tilt at each tick with the tip in the near cortex, rad
	Pushes     []float64 // push of the hand at each of those ticks, N
	PushAtPop  float64   // N
	Peak       float64   // greatest force on the tool from skin to pop, N
	Plunge     float64   // how far the true tip ran within 1 s after the pop, m
	HandBehind bool      // a hand was behind the leg while the tool was in the skin
	Stalls     int
	Events     physics.Events
	Aspirates  bool
	Leaks      bool
	Gravity    float64 // m3/s
	Bag        float64 // m3/s

	popTip float64 // true tip at the pop, m
}

// Divergence is the first tick at which the model no longer gives what was recorded.
type Divergence struct {
	Tick     int64   `json:"tick"`
	What     string  `json:"what"`
	Recorded float64 `json:"recorded"`
	Computed float64 `json:"computed"`
}

// Examine runs a recording through the model again and gathers what can be graded. The recording must have ended.
func Examine(m *recording.Memory) (*Evidence, error) {
	setup, err := SetupOf(m.Header())
	if err != nil {
		return nil, err
	}
	x := &examiner{e: &Evidence{Recording: m, Header: m.Header(), End: m.End(), Setup: setup}, dt: 1 / setup.TickHz}
	for _, mark := range m.Marks() {
		if err := x.mark(mark); err != nil {
			return nil, err
		}
	}
	rows := m.Rows()
	for i := range rows {
		if err := x.row(&rows[i]); err != nil {
			return nil, err
		}
	}
	x.finish()
	return x.e, nil
}

// SetupOf reads back what decided a recorded run.
func SetupOf(h recording.Header) (Setup, error) {
	s := Setup{
		CaseRef: h.Case, Mode: Mode(h.Mode), Learner: h.Learner, Seed: h.Seed, Hand: h.Hand, Driver: h.Driver,
		Needle: h.Needle, Device: h.Device, TickHz: h.TickHz, Set: h.Set,
	}
	if !tickHzAllowed(s.TickHz) {
		return s, fmt.Errorf("trial: recording says %g ticks a second, allowed %g..%g: the header is damaged", s.TickHz, MinTickHz, MaxTickHz)
	}
	c, err := scenarios.Parse("case in the recording", []byte(h.CaseYAML))
	if err != nil {
		return s, fmt.Errorf("trial: the case inside the recording cannot be read: %w", err)
	}
	s.Case, err = scenarios.Override(c, caseSet(h.Set))
	return s, err
}

// examiner holds the model while the rows of a recording pass.
type examiner struct {
	e    *Evidence
	dt   float64
	bone bone
	in   *Attempt // the needle that is in the skin, nil while it is outside

	// What the tick did, in its order, not yet reached.
	places  []placing
	flushes []flush
	hashes  []pendingHash
}

type placing struct {
	tick int64
	p    Placement
}

type flush struct{ tick, microlitres int64 }

type pendingHash struct {
	tick int64
	hash string
}

func (x *examiner) mark(m recording.Mark) error {
	var err error
	switch m.Kind {
	case "parameter":
		var p Placement
		if err = json.Unmarshal([]byte(m.JSON), &p); err == nil {
			x.places = append(x.places, placing{m.Tick, p})
		}
	case "flush":
		var more int64
		if err = json.Unmarshal([]byte(m.JSON), &more); err == nil {
			x.flushes = append(x.flushes, flush{m.Tick, more})
		}
	case "action":
		var a scenarios.Action
		if err = json.Unmarshal([]byte(m.JSON), &a); err == nil {
			x.e.Actions = append(x.e.Actions, a)
			x.e.Seen = append(x.e.Seen, scenarios.Observation{})
		}
	case "observation":
		var o scenarios.Observation
		if err = json.Unmarshal([]byte(m.JSON), &o); err == nil && len(x.e.Seen) > 0 {
			x.e.Seen[len(x.e.Seen)-1] = o
		}
	case "hash":
		var h string
		err = json.Unmarshal([]byte(m.JSON), &h)
		x.hashes = append(x.hashes, pendingHash{m.Tick, h})
	case "fault":
		var f struct{ Reason string }
		err = json.Unmarshal([]byte(m.JSON), &f)
		if x.e.Fault == "" {
			x.e.Fault = f.Reason
		}
	}
	if err != nil {
		return fmt.Errorf("trial: mark %q at tick %d of the recording: %w", m.Kind, m.Tick, err)
	}
	return nil
}

// change does what the tick of this row did to the bone before its step.
func (x *examiner) change(tick int64) error {
	for len(x.places) > 0 && x.places[0].tick <= tick {
		p := x.places[0].p
		x.places = x.places[1:]
		x.close()
		model, err := NewModel(x.e.Setup, p)
		if err != nil {
			return err
		}
		x.bone.put(model, p)
	}
	for len(x.flushes) > 0 && x.flushes[0].tick <= tick {
		x.bone.flush(x.flushes[0].microlitres)
		x.flushes = x.flushes[1:]
	}
	return nil
}

func (x *examiner) row(r *recording.Row) error {
	if err := x.change(r.Tick); err != nil || x.bone.model == nil {
		return err
	}
	s := haptics.Sample{
		Tick: r.Tick, Position: r.Position, Velocity: r.Velocity, Twist: r.Twist, TiltX: r.TiltX, TiltY: r.TiltY,
		U: r.U, V: r.V, Trigger: r.Trigger, Load: r.Load,
	}
	var c haptics.Command
	x.bone.step(input(&s, !r.Stylet), x.dt, &c)
	x.compare(r)
	x.follow(r)
	return nil
}

// compare notes the first difference between what was recorded and what the model gives now.
func (x *examiner) compare(r *recording.Row) {
	if x.e.Diverged != nil {
		return
	}
	o := &x.bone.out
	for _, c := range [...]struct {
		what string
		a, b float64
	}{
		{"tip_m", r.Tip, o.Tip},
		{"tip_u_m", r.TipU, o.TipU},
		{"tip_v_m", r.TipV, o.TipV},
		{"zone", float64(r.Zone), float64(o.Zone)},
		{"events", float64(r.Events), float64(o.Events)},
		{"rev_per_s", r.Rev, o.MotorRPS},
	} {
		if !x.same(c.a, c.b) {
			x.e.Diverged = &Divergence{Tick: r.Tick, What: c.what, Recorded: c.a, Computed: c.b}
			return
		}
	}
	for len(x.hashes) > 0 && x.hashes[0].tick <= r.Tick {
		h := x.hashes[0]
		x.hashes = x.hashes[1:]
		if h.tick == r.Tick && x.exact() && h.hash != fmt.Sprintf("%016x", x.bone.state.Hash()) {
			x.e.Diverged = &Divergence{Tick: r.Tick, What: "state_hash"}
		}
	}
}

// exact reports whether the same bits are promised: same build, same architecture.
func (x *examiner) exact() bool { return x.e.Header.Arch == Arch() && x.e.Header.Build == Build }

// same compares to the bit where that is promised, else within 1 um or 1e-3 of the value.
func (x *examiner) same(a, b float64) bool {
	if a == b || x.exact() {
		return a == b
	}
	return math.Abs(a-b) <= max(1e-6, 1e-3*math.Abs(a))
}

// follow gathers what the attempt shows.
func (x *examiner) follow(r *recording.Row) {
	if x.in == nil {
		if r.Position <= 0 {
			return
		}
		x.in = newAttempt(x.bone.placement, x.bone.model.Anatomy(), float64(r.Tick)*x.dt)
	}
	a, o, at := x.in, &x.bone.out, float64(r.Tick)*x.dt
	a.Events |= o.Events
	a.HandBehind = a.HandBehind || haptics.Switches(r.Switches)&haptics.HandBehind != 0
	if o.Events.Has(physics.Stall) {
		a.Stalls++
	}
	switch {
	case math.IsNaN(a.ContactS):
		a.touch(r, o, at)
	case math.IsNaN(a.PopS):
		a.cut(r, o, at)
	case at-a.PopS <= plungeWindow:
		a.Plunge = max(a.Plunge, o.Tip-a.popTip)
	}
}

// plungeWindow is how long after the pop a run of the needle counts as plunge, s.
const plungeWindow = 1.0

func newAttempt(p Placement, an physics.Anatomy, at float64) *Attempt {
	nan := math.NaN()
	return &Attempt{
		Placement: p, Anatomy: an, SkinS: at, ContactS: nan, TriggerS: nan, PopS: nan,
		ContactU: nan, ContactV: nan, MarkTouch: nan, PushAtPop: nan, Plunge: nan,
	}
}

// touch watches for the first contact with bone.
func (a *Attempt) touch(r *recording.Row, o *physics.Output, at float64) {
	a.Peak = max(a.Peak, r.Rendered)
	if !o.Events.Has(physics.Contact) {
		return
	}
	a.ContactS, a.ContactU, a.ContactV, a.MarkTouch = at, o.TipU, o.TipV, o.MarkMM
	a.cut(r, o, at) // a spring goes through in the tick that touches
}

// cut gathers what happens between contact and pop.
func (a *Attempt) cut(r *recording.Row, o *physics.Output, at float64) {
	a.Peak = max(a.Peak, r.Rendered)
	tilt := math.Hypot(r.TiltX, r.TiltY)
	a.TiltMax = max(a.TiltMax, tilt)
	if math.IsNaN(a.TriggerS) && (r.Trigger > 0.5 || o.MotorRPS > 0 || math.Abs(r.Twist) > 0.5) {
		a.TriggerS = at
	}
	if o.Zone == physics.InCortex {
		a.Tilts, a.Pushes = append(a.Tilts, tilt), append(a.Pushes, r.Load)
	}
	if o.Events.Has(physics.Breakthrough) {
		a.PopS, a.PushAtPop, a.popTip, a.Plunge = at, r.Load, o.Tip, 0
	}
}

// close ends the attempt in hand: what is true of the needle as it lies.
func (x *examiner) close() {
	a := x.in
	if a == nil {
		return
	}
	m, s := x.bone.model, &x.bone.state
	a.Out, a.Summary, a.Purchase = x.bone.out, s.Summary(), m.Purchase(s)
	a.Aspirates, a.Leaks = m.Aspirates(s), m.Leaks(s)
	a.Gravity, a.Bag = m.Flow(s, headGravity), m.Flow(s, headBag)
	x.e.Attempts = append(x.e.Attempts, *a)
	x.in = nil
}

func (x *examiner) finish() {
	if x.bone.model != nil {
		x.e.Hash = fmt.Sprintf("%016x", x.bone.state.Hash())
	}
	x.close()
}

// Last is the attempt that counts, nil when no needle entered the skin.
func (e *Evidence) Last() *Attempt {
	if len(e.Attempts) == 0 {
		return nil
	}
	return &e.Attempts[len(e.Attempts)-1]
}
