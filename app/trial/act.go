package trial

import (
	"fmt"

	"osseo/haptics"
	"osseo/physics"
	"osseo/scenarios"
)

// Act does one step of the procedure at the present tick. An error means that it is impossible now and says what is
// missing; it is not recorded as done.
func (s *Session) Act(a scenarios.Action) (scenarios.Observation, error) {
	p, err := s.peek()
	if err != nil {
		return scenarios.Observation{}, err
	}
	a.At = s.Now()
	seen, err := s.procedure.Apply(a, body(p))
	if err != nil {
		return seen, err
	}
	if err := s.follow(a); err != nil {
		return seen, err
	}
	tick := s.tick.Load()
	s.mark(tick, "action", a)
	s.mark(tick, "observation", seen)
	s.emit(Event{At: a.At, Kind: "observation", Name: string(a.Kind), Text: seen.Text})
	return seen, nil
}

// follow carries an action to the tool: which needle, where, in the hand or not.
func (s *Session) follow(a scenarios.Action) error {
	switch a.Kind {
	case scenarios.ChooseSite:
		s.plan.Site, s.plan.Side = a.Value, a.Side
		return s.place()
	case scenarios.ChooseDriver:
		s.plan.Driver = a.Value
		return s.place()
	case scenarios.ChooseNeedle:
		return s.choose(a.Value)
	case scenarios.Withdraw:
		s.plan.Attempt++
		s.bone.styletOut.Store(false)
		if err := s.place(); err != nil {
			return err
		}
	case scenarios.StyletRemove:
		s.bone.styletOut.Store(true)
	case scenarios.Flush, scenarios.Lidocaine:
		s.bone.flushed.Add(volume(a))
	}
	if s.intent != nil {
		s.guide(a)
	}
	return nil
}

// choose takes a needle; the driver follows when the needle fits only one.
func (s *Session) choose(id string) error {
	n, ok := scenarios.NeedleByID(id)
	if !ok {
		return fmt.Errorf("trial: needle %q is not in the catalogue", id)
	}
	s.plan.Needle, s.plan.Driver = id, string(n.Driver)
	return s.place()
}

// guide tells a live hand what an action means for it.
func (s *Session) guide(a scenarios.Action) {
	switch a.Kind {
	case scenarios.Locate:
		s.intent.SetPoint(a.U, a.V)
	case scenarios.SteadyHand:
		s.intent.SetBehind(a.Value == "behind")
	case scenarios.Insert:
		s.intent.SetLift(false)
		s.intent.SetHold(true)
	case scenarios.Withdraw:
		s.intent.SetHold(false)
		s.intent.SetStyletOut(false)
		s.intent.SetLift(true)
	case scenarios.Release:
		s.intent.SetHold(false)
	case scenarios.StyletRemove:
		s.intent.SetStyletOut(true)
	}
}

// body says what is physically true of the needle as it lies.
func body(p *peek) scenarios.Body {
	if p.model == nil { // before the first tick nothing stands anywhere
		return scenarios.Body{Zone: physics.Outside.String()}
	}
	sum := p.state.Summary()
	flush := p.model.Flushed(&p.state)
	purchase := p.model.Purchase(&p.state)
	return scenarios.Body{
		OnBone:    sum.Contacted,
		MarkMM:    p.out.MarkMM,
		InMarrow:  p.out.Zone == physics.InMedulla,
		Zone:      p.out.Zone.String(),
		Stands:    purchase.Stands,
		Aspirates: p.model.Aspirates(&p.state),
		Leaks:     p.model.Leaks(&p.state),
		Rises:     flush.Near > flush.Deep,
		Flows:     p.model.Flow(&p.state, headGravity) > 0,
	}
}

// headGravity is a bag a metre above the needle: 1000 kg/m3 * 9.81 m/s2 * 1 m, Pa.
const headGravity = 9810

// headBag is a pressure bag at 300 mmHg, Pa.
const headBag = 300 * 133.322

// governed tells of an intervention a person should know of. Ramping and gating are how force begins and ends: no news.
func (s *Session) governed(n note, at float64) {
	c := haptics.Causes(n.a)
	s.mark(n.tick, "governor", map[string]any{"causes": c.Names(nil), "value": n.value, "threshold": n.limit})
	if c&^(haptics.ByGate|haptics.ByRamp|haptics.BySlew) == 0 {
		return
	}
	s.emit(Event{
		At: at, Kind: "governor", Name: c.Names(nil)[0],
		Text: fmt.Sprintf("Force limited (%s): asked %.3g, limit %.3g.", c.Names(nil)[0], n.value, n.limit),
	})
}

func (s *Session) faulted(n note, at float64) {
	reason := haptics.Reason(n.a)
	s.mark(n.tick, "fault", map[string]any{"reason": reason.String(), "value": n.value, "limit": n.limit})
	s.emit(Event{
		At: at, Kind: "fault", Name: reason.String(),
		Text: fmt.Sprintf("Force is off: %s (%.3g, limit %.3g). Arm the leg again to go on.", reason, n.value, n.limit),
	})
}

// eventWords says in one line what the bone did. Events missing here are not told.
var eventWords = map[string]string{
	"skin-puncture":    "Through the skin.",
	"contact":          "Tip on bone.",
	"seat":             "The tip bites.",
	"slip":             "The tip skates on the bone.",
	"false-drop":       "Resistance fell, but the tip is not in the marrow.",
	"breakthrough":     "Pop: the near wall gave way.",
	"far-contact":      "The tip touches the far wall.",
	"far-breakthrough": "Through the far wall.",
	"yield":            "The needle is bent for good.",
	"stylet-slip":      "The stylet slipped back.",
	"clog":             "The bore is clogged.",
	"hub-shear":        "The hub turned on the tube.",
	"break":            "The needle broke.",
	"stall":            "The drill stalls: ease off.",
	"fire":             "The spring fired.",
}

// volume is what an action sends through the needle, uL: a flush its mL, lidocaine 2 % its mg (20 mg/mL).
func volume(a scenarios.Action) int64 {
	if a.Kind == scenarios.Lidocaine {
		return int64(a.Number / 20 * 1e3)
	}
	return int64(a.Number * 1e3)
}
