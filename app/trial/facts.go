package trial

import (
	"math"
	"slices"

	"osseo/physics"
	"osseo/scenarios"
	"osseo/scenarios/grading"
)

// Facts computes every fact of grading.FactNames from the evidence and its case, nothing else.
func (e *Evidence) Facts() grading.Facts {
	b := &factBook{e: e, c: e.Setup.Case, f: grading.Facts{}}
	b.run()
	b.choices()
	b.order()
	b.needle()
	if a := e.Last(); a != nil {
		b.insertion(a)
		b.ending(a)
	}
	return b.f
}

// factBook fills facts in from the evidence.
type factBook struct {
	e *Evidence
	c *scenarios.Case
	f grading.Facts
}

// num sets a number unless it is unknown (NaN).
func (b *factBook) num(name string, x float64) {
	if !math.IsNaN(x) && !math.IsInf(x, 0) {
		b.f[name] = x
	}
}

// find returns the actions of one kind, in order.
func (b *factBook) find(kind scenarios.ActionKind) []scenarios.Action {
	var out []scenarios.Action
	for _, a := range b.e.Actions {
		if a.Kind == kind {
			out = append(out, a)
		}
	}
	return out
}

func (b *factBook) first(kind scenarios.ActionKind) (scenarios.Action, bool) {
	all := b.find(kind)
	if len(all) == 0 {
		return scenarios.Action{}, false
	}
	return all[0], true
}

func (b *factBook) last(kind scenarios.ActionKind) (scenarios.Action, bool) {
	all := b.find(kind)
	if len(all) == 0 {
		return scenarios.Action{}, false
	}
	return all[len(all)-1], true
}

// since is when the attempt that counts began: the last withdrawal, or the start.
func (b *factBook) since() float64 {
	if w, ok := b.last(scenarios.Withdraw); ok {
		return w.At
	}
	return 0
}

// done sets name to whether kind was done in the last attempt and name_s to when.
func (b *factBook) done(name string, kind scenarios.ActionKind) {
	a, ok := b.last(kind)
	ok = ok && a.At >= b.since()
	b.f[name] = ok
	if ok {
		b.f[name+"_s"] = a.At
	}
}

// run fills in what concerns the run as a whole.
func (b *factBook) run() {
	_, finished := b.last(scenarios.Finish)
	b.f["mode"] = string(b.e.Setup.Mode)
	b.f["finished"] = finished
	b.f["end_s"] = float64(b.e.End.Last+1) / b.e.Setup.TickHz
	b.f["hints"] = float64(len(b.find(scenarios.Hint)))
	b.f["attempts"] = float64(len(b.e.Attempts))
	b.f["awake"] = b.c.Patient.Awake
	c := &b.c.Clock
	b.f["decide_target_s"], b.f["cortex_target_s"], b.f["drug_target_s"] = c.DecideS, c.CortexS, c.DrugS
	p := &b.c.Plan
	b.f["tolerance_mm"], b.f["tilt_allowed_deg"] = p.ToleranceMM, p.TiltDeg
	b.f["push_low_n"], b.f["push_high_n"] = p.PushN[0], p.PushN[1]
	b.f["lidocaine_low_mg"], b.f["lidocaine_high_mg"] = p.LidocaineMG[0], p.LidocaineMG[1]
	b.f["flush_needed_ml"] = p.FlushML
	b.f["checks_needed"] = float64(len(scenarios.Checks()))
}

// choices fills in what was decided and picked before the needle.
func (b *factBook) choices() {
	if a, ok := b.first(scenarios.Decide); ok {
		b.f["decision_s"] = a.At
	}
	p := &b.c.Plan
	if a, ok := b.last(scenarios.ChooseSite); ok {
		b.f["site"], b.f["side"], b.f["site_s"] = a.Value, a.Side, a.At
		b.f["site_right"] = a.Value == p.Site && (p.Side == "either" || p.Side == a.Side)
		b.checks(a.Side)
	} else {
		b.f["checks_done"] = 0.0
	}
	if a, ok := b.last(scenarios.ChooseDriver); ok {
		b.f["driver"], b.f["driver_s"], b.f["driver_right"] = a.Value, a.At, p.DriverRight(a.Value)
		b.f["driver_powered"] = a.Value != string(physics.Powered) || b.c.Tray.Battery > 0
	}
	if a, ok := b.last(scenarios.SteadyHand); ok {
		b.f["steady_hand"], b.f["steady_hand_s"] = a.Value, a.At
	}
	behind := b.f["steady_hand"] == "behind"
	for i := range b.e.Attempts {
		behind = behind || b.e.Attempts[i].HandBehind
	}
	b.f["hand_behind"] = behind
	b.bones()
}

// checks counts what was looked for on the chosen side before the first insertion.
func (b *factBook) checks(side string) {
	until := math.Inf(1)
	if a, ok := b.first(scenarios.Insert); ok {
		until = a.At
	}
	seen := map[string]bool{}
	for _, a := range b.find(scenarios.Check) {
		if a.Side == side && a.At <= until {
			seen[a.Value] = true
			b.f["checks_s"] = a.At
		}
	}
	b.f["checks_done"] = float64(len(seen))
}

// bones says whether a forbidden bone was used, or one twice.
func (b *factBook) bones() {
	if len(b.e.Attempts) == 0 {
		return
	}
	used := map[string]bool{}
	twice := false
	b.f["contraindication_missed"] = false
	for i := range b.e.Attempts {
		p := &b.e.Attempts[i].Placement
		bone := p.Side + p.Site
		twice = twice || used[bone]
		used[bone] = used[bone] || !math.IsNaN(b.e.Attempts[i].PopS) // a needle changed before the pop leaves no hole
		for _, check := range scenarios.Checks() {
			if contraindicated(b.c, p.Side, p.Site, check.ID) {
				b.f["contraindication_missed"], b.f["contraindication"] = true, check.ID
			}
		}
	}
	b.f["bone_used_twice"] = twice
}

// needle judges the needle that was chosen against the true layers.
func (b *factBook) needle() {
	a, ok := b.last(scenarios.ChooseNeedle)
	if !ok {
		return
	}
	b.f["needle"], b.f["needle_title"], b.f["needle_s"] = a.Value, scenarios.Title(a.Value), a.At
	n, err := physics.NeedleByID(a.Value)
	if err != nil {
		return
	}
	b.f["needle_length_mm"] = n.Length * 1e3
	b.f["needle_marked"] = n.Mark > 0
	place := firstPlacement(b.e.Setup)
	if last := b.e.Last(); last != nil {
		place = last.Placement
	}
	anatomy, err := SampleAnatomy(b.e.Setup, place)
	if err != nil {
		return
	}
	fit := scenarios.JudgeNeedle(b.c, a.Value, n.Length, n.Mark, anatomy.SoftTissue(), anatomy.NearCortex, anatomy.Medulla)
	b.f["needle_right"], b.f["needle_too_short"], b.f["needle_too_long"] = fit.Right, fit.TooShort, fit.TooLong
}

// order fills in what was done after and around the insertion, and in which order.
func (b *factBook) order() {
	b.done("stands_checked", scenarios.CheckStands)
	b.done("aspirated", scenarios.Aspirate)
	b.done("secured", scenarios.Secure)
	b.done("documented", scenarios.Document)
	b.before("cleaned", scenarios.Clean)
	if a, ok := b.before("", scenarios.Locate); ok {
		b.f["located_s"] = a.At
		b.f["site_error_mm"] = math.Hypot(a.U, a.V) * 1e3
	}
	if a, ok := b.last(scenarios.StyletRemove); ok && a.At >= b.since() {
		b.f["stylet_out_s"] = a.At
	}
	b.drugs()
}

// before sets name when kind was done before the last insertion.
func (b *factBook) before(name string, kind scenarios.ActionKind) (scenarios.Action, bool) {
	until := math.Inf(1)
	if a, ok := b.last(scenarios.Insert); ok {
		until = a.At
	}
	all := b.find(kind)
	i := slices.IndexFunc(all, func(a scenarios.Action) bool { return a.At > until })
	if i >= 0 {
		all = all[:i]
	}
	if name != "" {
		b.f[name] = len(all) > 0
	}
	if len(all) == 0 {
		return scenarios.Action{}, false
	}
	a := all[len(all)-1]
	if name != "" {
		b.f[name+"_s"] = a.At
	}
	return a, true
}

// drugs fills in lidocaine, flushes, the look for swelling and the drug.
func (b *factBook) drugs() {
	flush, flushed := b.first(scenarios.Flush)
	mg := 0.0
	for i, a := range b.find(scenarios.Lidocaine) {
		mg += a.Number
		if i == 0 {
			b.f["lidocaine_s"] = a.At
			if flushed {
				b.f["lidocaine_before_flush"] = a.At <= flush.At
			}
		}
	}
	b.f["lidocaine_mg"] = mg
	if flushed {
		b.f["flush_s"], b.f["flush_ml"] = flush.At, flush.Number
		if out, ok := b.f["stylet_out_s"].(float64); ok {
			b.f["stylet_out_before_flush"] = out <= flush.At
		} else {
			b.f["stylet_out_before_flush"] = false
		}
		if mg == 0 {
			b.f["lidocaine_before_flush"] = false
		}
	}
	watch, watched := b.last(scenarios.Watch)
	watched = watched && flushed && watch.At >= flush.At
	b.f["watched"] = watched
	if watched {
		b.f["watched_s"] = watch.At
	}
	b.firstDrug(flush, flushed)
}

func (b *factBook) firstDrug(flush scenarios.Action, flushed bool) {
	d, ok := b.first(scenarios.Drug)
	if !ok {
		return
	}
	b.f["drug"], b.f["drug_s"], b.f["drug_right"] = d.Value, d.At, d.Value == b.c.Plan.Drug
	b.f["flush_before_drug"] = flushed && flush.At <= d.At
	lastDrug, _ := b.last(scenarios.Drug)
	lastFlush, _ := b.last(scenarios.Flush)
	b.f["flush_after_drug"] = flushed && lastFlush.At > lastDrug.At
}

// insertion fills in what happened between skin and pop.
func (b *factBook) insertion(a *Attempt) {
	s := &a.Summary
	b.num("contact_s", a.ContactS)
	b.num("breakthrough_s", a.PopS)
	b.num("cortex_time_s", a.PopS-a.TriggerS)
	b.num("insertion_s", a.PopS-a.SkinS)
	if !math.IsNaN(a.ContactS) {
		b.num("site_error_mm", math.Hypot(a.ContactU, a.ContactV)*1e3)
		b.num("tilt_contact_deg", deg(s.TiltAtContact))
		b.num("tilt_max_deg", deg(a.TiltMax))
		b.num("tilt_cutting_deg", deg(s.TiltAtContact))
		b.marked(a)
	}
	if n := len(a.Tilts); n > 0 {
		mean, sd := meanSD(a.Tilts)
		b.num("tilt_cutting_deg", deg(mean))
		b.num("wobble_deg", deg(sd))
		b.num("push_median_n", median(a.Pushes))
		b.num("push_in_range", share(a.Pushes, b.c.Plan.PushN)*100)
	}
	b.num("push_at_pop_n", a.PushAtPop)
	b.num("peak_force_n", a.Peak)
	b.num("plunge_mm", a.Plunge*1e3)
	slips, slid, drops := 0, 0.0, 0
	for i := range b.e.Attempts {
		t := &b.e.Attempts[i].Summary
		slips, slid, drops = slips+t.Slips, slid+t.SlipWay, drops+t.FalseDrops
	}
	b.f["slips"], b.f["slip_mm"], b.f["false_drops"] = float64(slips), slid*1e3, float64(drops)
	b.f["stalls"] = float64(a.Stalls)
	if d, ok := b.f["drug_s"].(float64); ok {
		b.num("first_drug_after_pop_s", d-a.PopS)
	}
}

// marked fills in the 5 mm mark: was it looked at before cutting, and was the answer true.
func (b *factBook) marked(a *Attempt) {
	b.num("mark_mm", a.MarkTouch)
	marked, _ := b.f["needle_marked"].(bool)
	visible := a.MarkTouch >= 0
	if marked {
		b.f["mark_visible"] = visible
	}
	b.f["mark_checked"] = false
	check, ok := b.last(scenarios.CheckMark)
	if !ok || check.At < a.ContactS {
		return
	}
	if math.IsNaN(a.TriggerS) || check.At <= a.TriggerS {
		b.f["mark_checked"], b.f["mark_checked_s"] = true, check.At
	}
	if marked {
		b.f["mark_answer_right"] = (check.Value == "seen") == visible
	}
}

// ending fills in where the tip lies and what can be done with it.
func (b *factBook) ending(a *Attempt) {
	out := &a.Out
	b.f["zone"], b.f["in_medulla"] = out.Zone.String(), out.Zone == physics.InMedulla
	if inBone(out.Zone) {
		b.num("far_gap_mm", out.FarGap*1e3)
	}
	b.f["tip_past_far"] = a.Events&(physics.FarContact|physics.FarBreakthrough) != 0
	b.num("tip_depth_mm", out.Tip*1e3)
	b.f["needle_bent"] = a.Events&(physics.Bend|physics.Yield) != 0
	b.f["needle_yielded"] = a.Summary.Yielded
	b.f["needle_broken"] = a.Summary.Broken || a.Summary.HubSheared
	b.f["stands"], b.f["aspirates"] = a.Purchase.Stands, a.Aspirates
	_, flushed := b.f["flush_s"]
	b.f["swelling_real"] = flushed && a.Leaks
	if watch, ok := b.last(scenarios.Watch); ok && b.f["watched"] == true {
		b.f["swelling_answer_right"] = (watch.Value == "swelling") == a.Leaks
	}
	_, drug := b.f["drug_s"]
	_, lido := b.f["lidocaine_s"]
	if drug || lido {
		b.f["drug_into_tissue"] = out.Zone != physics.InMedulla || a.Leaks
	}
}

func inBone(z physics.Zone) bool {
	return z == physics.InCortex || z == physics.InMedulla || z == physics.InFarCortex || z == physics.InDeepTissue
}
