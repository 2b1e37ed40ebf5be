package trial

import (
	"fmt"
	"math"
	"math/rand/v2"

	"osseo/haptics/virtual"
	"osseo/physics"
	"osseo/scenarios"
)

// actor walks the procedure in place of a person. think is called about 100 times a second and reports the end.
type actor interface {
	think(s *Session) (done bool, err error)
}

// manner is how a simulated person goes through the procedure around the insertion. The hand's own skill is in
// haptics/virtual, and so is how they find the point; these are the decisions. Assumed throughout: the order novice < trained
// < expert is published, the figures are not.
type manner struct {
	decide, spread float64 // s, mean and standard deviation of deciding on IO
	pace           float64 // s for one step of the procedure
	looks          float64 // chance of each check for a contraindication
	careful        float64 // chance of each of the small steps (clean, mark, stands, watch, secure, document)
	lidocaine      float64 // chance of lidocaine before the flush when awake
	behind         float64 // chance of a hand behind the leg
}

var manners = map[string]manner{
	"novice":  {decide: 70, spread: 25, pace: 5, looks: 0.5, careful: 0.6, lidocaine: 0.4, behind: 0.08},
	"trained": {decide: 45, spread: 12, pace: 3, looks: 0.9, careful: 0.92, lidocaine: 0.9, behind: 0.02},
	"expert":  {decide: 25, spread: 6, pace: 2, looks: 1, careful: 1, lidocaine: 1, behind: 0},
	"robot":   {decide: 10, spread: 0, pace: 1, looks: 1, careful: 1, lidocaine: 1, behind: 0},
}

// step is one thing the learner does; it waits for ready and then for delay.
type step struct {
	delay  float64 // s after the step before, or after ready
	ready  func(*Session) bool
	action func(*Session) (scenarios.Action, bool) // false = nothing to do
}

// learner is a simulated person: the hand in haptics/virtual and the decisions around it.
type learner struct {
	rng    *rand.Rand
	m      manner
	hand   virtual.Operator
	steps  []step
	at     int
	due    float64
	armed  bool // due has been set for the present step
	begins float64
}

// newLearner plans a run. The insertion begins at the time the hand's task says.
func newLearner(setup Setup) (*learner, error) {
	m, ok := manners[setup.Hand]
	if !ok {
		return nil, fmt.Errorf("trial: hand %q, allowed novice, trained, expert, robot or the file of a recording", setup.Hand)
	}
	l := &learner{rng: rand.New(rand.NewPCG(setup.Seed, 0x6c6561726e)), m: m}
	point := l.point(setup)
	behind := l.behind(setup)
	l.before(setup, point, behind)
	for _, s := range l.steps {
		l.begins += s.delay
	}
	hand, err := newHand(setup, point, behind, l.begins)
	if err != nil {
		return nil, err
	}
	l.hand = hand
	l.after(setup)
	return l, nil
}

func (l *learner) chance(p float64) bool { return l.rng.Float64() < p }

// point is where the learner will put the needle, m from the ideal point.
func (l *learner) point(setup Setup) [2]float64 {
	var p [2]float64
	p[0], p[1] = virtual.Locate(setup.Hand, l.rng, virtual.Landmark{
		Child: setup.Case.Patient.AgeYears < 12, Covered: firstPlacement(setup).Site == string(physics.ProximalHumerus),
	})
	if u, ok := handValue(setup.Set, "hand.u_mm"); ok {
		p[0] = u * 1e-3
	}
	if v, ok := handValue(setup.Set, "hand.v_mm"); ok {
		p[1] = v * 1e-3
	}
	return p
}

func (l *learner) behind(setup Setup) bool {
	drawn := l.chance(l.m.behind)
	if x, ok := handValue(setup.Set, "hand.behind_leg"); ok {
		return x > 0.5
	}
	return drawn
}

func (l *learner) do(delay float64, a scenarios.Action) {
	l.steps = append(l.steps, step{delay: delay, action: func(*Session) (scenarios.Action, bool) { return a, true }})
}

// pause is the time one step takes, s.
func (l *learner) pause() float64 { return l.m.pace * (0.7 + 0.6*l.rng.Float64()) }

// before plans everything up to taking the tool in the hand.
func (l *learner) before(setup Setup, point [2]float64, behind bool) {
	p := firstPlacement(setup)
	l.do(max(3, l.m.decide+l.m.spread*l.rng.NormFloat64()), scenarios.Action{Kind: scenarios.Decide})
	p.Side = l.examine(setup.Case, p)
	l.do(l.pause(), scenarios.Action{Kind: scenarios.ChooseSite, Value: p.Site, Side: p.Side})
	l.do(l.pause(), scenarios.Action{Kind: scenarios.ChooseDriver, Value: p.Driver})
	l.do(0.5, scenarios.Action{Kind: scenarios.ChooseNeedle, Value: p.Needle})
	l.do(l.pause(), scenarios.Action{Kind: scenarios.Locate, U: point[0], V: point[1]})
	if l.chance(l.m.careful) {
		l.do(l.pause(), scenarios.Action{Kind: scenarios.Clean})
	}
	where := "beside"
	if behind {
		where = "behind"
	}
	l.do(0.5, scenarios.Action{Kind: scenarios.SteadyHand, Value: where})
	l.do(l.pause(), scenarios.Action{Kind: scenarios.Insert})
}

// examine looks at the legs and says which one is taken: the first with nothing against it that was seen.
func (l *learner) examine(c *scenarios.Case, p Placement) string {
	for _, side := range l.sides(c) {
		against := false
		for _, check := range scenarios.Checks() {
			if !l.chance(l.m.looks) {
				continue
			}
			l.do(0.4*l.pause(), scenarios.Action{Kind: scenarios.Check, Value: check.ID, Side: side})
			against = against || contraindicated(c, side, p.Site, check.ID)
		}
		if !against {
			return side
		}
	}
	return p.Side
}

// sides is the order in which the legs are looked at.
func (l *learner) sides(c *scenarios.Case) []string {
	if l.chance(0.5) {
		return []string{"left", "right"}
	}
	return []string{"right", "left"}
}

func contraindicated(c *scenarios.Case, side, site, check string) bool {
	for _, limb := range c.Limbs {
		if limb.Side != side || limb.Site != site {
			continue
		}
		for _, f := range limb.Findings {
			if f.Check == check && f.Contraindicates {
				return true
			}
		}
	}
	return false
}

// after plans what follows the touch of the bone.
func (l *learner) after(setup Setup) {
	touched := func(*Session) bool { return l.hand.Phase() >= virtual.AtBone }
	let := func(*Session) bool { return l.hand.Phase() == virtual.Released || l.hand.Phase() == virtual.GaveUp }
	if l.chance(l.m.careful) {
		l.when(touched, 0.3, func(s *Session) (scenarios.Action, bool) { return l.readMark(s), true })
	}
	l.when(touched, 0.2, func(*Session) (scenarios.Action, bool) { l.hand.Go(); return scenarios.Action{}, false })
	l.when(let, 0.2, fixed(scenarios.Action{Kind: scenarios.Release}))
	l.do(l.pause(), scenarios.Action{Kind: scenarios.StyletRemove})
	l.maybe(l.m.careful, scenarios.Action{Kind: scenarios.CheckStands})
	l.maybe(l.m.careful, scenarios.Action{Kind: scenarios.Aspirate})
	l.give(setup)
	l.maybe(l.m.careful, scenarios.Action{Kind: scenarios.Secure})
	l.maybe(l.m.careful, scenarios.Action{Kind: scenarios.Document})
	l.do(0.5, scenarios.Action{Kind: scenarios.Finish})
}

// give plans lidocaine, flush, the look for swelling and the drug.
func (l *learner) give(setup Setup) {
	plan := &setup.Case.Plan
	if setup.Case.Patient.Awake && l.chance(l.m.lidocaine) {
		mg := (plan.LidocaineMG[0] + plan.LidocaineMG[1]) / 2
		l.do(l.pause(), scenarios.Action{Kind: scenarios.Lidocaine, Number: mg})
	}
	l.maybe(0.2+0.8*l.m.careful, scenarios.Action{Kind: scenarios.Flush, Number: plan.FlushML})
	if l.chance(l.m.careful) {
		l.when(nil, l.pause(), l.watch)
	}
	l.do(l.pause(), scenarios.Action{Kind: scenarios.Drug, Value: plan.Drug})
	l.maybe(l.m.careful, scenarios.Action{Kind: scenarios.Flush, Number: plan.FlushML})
}

func (l *learner) maybe(p float64, a scenarios.Action) {
	if l.chance(p) {
		l.do(l.pause(), a)
	}
}

func (l *learner) when(ready func(*Session) bool, delay float64, f func(*Session) (scenarios.Action, bool)) {
	l.steps = append(l.steps, step{delay: delay, ready: ready, action: f})
}

func fixed(a scenarios.Action) func(*Session) (scenarios.Action, bool) {
	return func(*Session) (scenarios.Action, bool) { return a, true }
}

// readMark looks whether the depth mark stands above the skin.
func (l *learner) readMark(s *Session) scenarios.Action {
	a := scenarios.Action{Kind: scenarios.CheckMark, Value: "not-seen"}
	if p, err := s.peek(); err == nil && p.out.MarkMM >= 0 {
		a.Value = "seen"
	}
	return a
}

// watch judges the tissue around the needle; a simulated person sees a swelling that is there.
func (l *learner) watch(s *Session) (scenarios.Action, bool) {
	a := scenarios.Action{Kind: scenarios.Watch, Value: "none"}
	if p, err := s.peek(); err == nil && p.model.Leaks(&p.state) {
		a.Value = "swelling"
	}
	return a, true
}

// think does the next step when its time has come. A step that is impossible now is passed over, as a person does who
// finds that it cannot be done.
func (l *learner) think(s *Session) (bool, error) {
	for l.at < len(l.steps) {
		st := &l.steps[l.at]
		now := s.Now()
		if st.ready != nil && !st.ready(s) {
			return now > s.Setup.Case.Clock.LimitS, nil
		}
		if !l.armed {
			l.due, l.armed = max(l.due, now)+st.delay, true
		}
		if now < l.due {
			return now > s.Setup.Case.Clock.LimitS, nil
		}
		l.at, l.armed, l.due = l.at+1, false, now
		if a, ok := st.action(s); ok {
			if _, err := s.Act(a); err == nil && a.Kind == scenarios.Finish {
				return true, nil
			}
		}
	}
	return true, nil
}

// newHand makes the hand of a simulated person.
func newHand(setup Setup, point [2]float64, behind bool, start float64) (virtual.Operator, error) {
	p := firstPlacement(setup)
	t := virtual.Task{
		Driver: virtual.Driver(p.Driver), U: point[0], V: point[1], Child: setup.Case.Patient.AgeYears < 12,
		PushLeast: setup.Case.Plan.PushN[0], PushMost: setup.Case.Plan.PushN[1],
		Start: start, Behind: behind, WaitAtBone: true,
	}
	value := func(name string) float64 { x, _ := handValue(setup.Set, name); return x }
	t.TiltX, t.TiltY = value("hand.tilt_deg")*math.Pi/180, value("hand.tilt_medial_deg")*math.Pi/180
	t.Feed, t.Force = value("hand.feed_mm_s")*1e-3, value("hand.push_n")
	t.OneHand, t.Braced = value("hand.one_hand") > 0.5, value("hand.braced") > 0.5
	if p.Driver != setup.Case.Plan.Driver {
		t.PushLeast, t.PushMost = 0, 0 // the plan's push is for the plan's driver
	}
	if t.Force > 0 {
		t.PushLeast, t.PushMost = t.Force, t.Force
	}
	return virtual.ByName(setup.Hand, setup.Seed, t)
}
