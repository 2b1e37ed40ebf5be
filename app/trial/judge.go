package trial

import (
	"crypto/sha256"
	"encoding/hex"
	"math"

	"osseo/app/recording"
	"osseo/physics"
	"osseo/scenarios"
	"osseo/scenarios/grading"
)

// Result grades the evidence with the case's own rubric, or another.
func (e *Evidence) Result(rubric *scenarios.Rubric) (*Result, error) {
	if rubric == nil {
		rubric = &e.Setup.Case.Rubric
	}
	report, err := grading.Grade(*rubric, e.Facts())
	if err != nil {
		return nil, err
	}
	h := &e.Header
	p := firstPlacement(e.Setup)
	r := &Result{
		Version: 1, Case: h.Case, Seed: h.Seed, Hand: h.Hand, Driver: p.Driver, Needle: p.Needle, Device: h.Device,
		TickHz: h.TickHz, Outcome: Outcome{Zone: physics.Outside.String()}, Grade: report,
		Recording: RecordingRef{Ticks: e.End.Ticks, Whole: e.End.Whole(), StateHash: e.Hash, Build: h.Build, Arch: h.Arch},
	}
	if f := e.End.Footer; f != nil {
		r.Loop = loopStats(&f.Loop)
	}
	if d, ok := e.lastAction(scenarios.Finish); ok {
		r.ProcedureS = &d
	}
	if a := e.Last(); a != nil {
		e.fillAttempt(r, a)
	} else if a, err := SampleAnatomy(e.Setup, p); err == nil {
		r.Anatomy = anatomyOf(&a)
	}
	return r, nil
}

func (e *Evidence) lastAction(kind scenarios.ActionKind) (at float64, ok bool) {
	for _, a := range e.Actions {
		if a.Kind == kind {
			at, ok = a.At, true
		}
	}
	return at, ok
}

func (e *Evidence) fillAttempt(r *Result, a *Attempt) {
	s := &a.Summary
	r.Driver, r.Needle = a.Placement.Driver, a.Placement.Needle
	r.Outcome = Outcome{
		Zone: a.Out.Zone.String(), Correct: a.Out.Zone == physics.InMedulla, Complication: complication(a),
		Attempts: len(e.Attempts),
	}
	r.InsertionS = known(a.PopS - a.TriggerS)
	r.PeakForceN, r.PeakTorque = a.Peak, s.PeakTorque
	r.PlungeMM, r.FarGapMM = known(a.Plunge*1e3), known(math.NaN())
	if inBone(a.Out.Zone) {
		r.FarGapMM = known(a.Out.FarGap * 1e3)
	}
	r.Slips, r.SlipMM, r.FalseDrops = s.Slips, s.SlipWay*1e3, s.FalseDrops
	if !math.IsNaN(a.ContactS) {
		r.TiltDeg = known(deg(s.TiltAtContact))
	}
	if !math.IsNaN(a.PopS) {
		r.Breakthru = &Breakthrough{
			AtS: a.PopS, DepthMM: s.BreakDepth * 1e3, ForceBefore: s.ForceBefore, ForceAfter: s.ForceAfter,
			FallMS: known(s.Fall * 1e3), ClarityWeber: s.ClarityWeber,
		}
	}
	r.NeedleState = NeedleState{
		BendDeg: deg(s.Bend), Yielded: s.Yielded, StyletSlipMM: s.StyletSlip * 1e3, Clogged: s.Clogged, Wear: s.Wear,
		HubSheared: s.HubSheared, Broken: s.Broken,
	}
	r.StandsAlone, r.Aspirates, r.Extravasate = &a.Purchase.Stands, &a.Aspirates, &a.Leaks
	r.Flow = &Flow{Gravity: a.Gravity * 60e6, Bag300: a.Bag * 60e6}
	r.Anatomy = anatomyOf(&a.Anatomy)
}

// complication names what went wrong with the needle itself, nil when nothing did.
func complication(a *Attempt) *string {
	for _, c := range []struct {
		is   bool
		name string
	}{
		{a.Summary.Broken, "broken"},
		{a.Summary.HubSheared, "hub-sheared"},
		{a.Summary.Yielded, "bent"},
		{a.Summary.Clogged, "clogged"},
		{a.Out.Zone == physics.BesideBone, "slipped-off"},
		{a.Out.Zone == physics.InGrowthPlate, "growth-plate"},
		{a.Out.Zone == physics.InJoint, "joint"},
		{a.Out.Zone == physics.InFarCortex || a.Out.Zone == physics.InDeepTissue, "over-penetration"},
		{a.Out.Zone != physics.InMedulla, "not-in-marrow"},
	} {
		if c.is {
			return &c.name
		}
	}
	return nil
}

// known is nil for what never happened.
func known(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}

func anatomyOf(a *physics.Anatomy) Anatomy {
	return Anatomy{
		SoftTissueMM: a.SoftTissue() * 1e3, CortexMM: a.NearCortex * 1e3, MedullaMM: a.Medulla * 1e3,
		FaceWidthMM: 2 * a.FaceHalfWidth * 1e3, GrowthPlateMM: a.GrowthPlate * 1e3,
	}
}

func anatomyMap(a *physics.Anatomy) map[string]float64 {
	o := anatomyOf(a)
	return map[string]float64{
		"soft_tissue_mm": o.SoftTissueMM, "cortex_mm": o.CortexMM, "medulla_mm": o.MedullaMM,
		"face_width_mm": o.FaceWidthMM, "growth_plate_mm": o.GrowthPlateMM, "strength": a.Strength,
	}
}

func loopStats(l *recording.Loop) LoopStats {
	return LoopStats{
		RateHz: l.RateHz, LateP99: l.LateP99, LateMax: l.LateMax, Overruns: l.Overruns, Dropped: l.Dropped, Sched: l.Scheduler,
	}
}

func hashText(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
