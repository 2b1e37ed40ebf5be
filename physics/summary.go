package physics

import "math"

// levels is the number of steps in which the fall after the pop is timed.
const levels = 20

// journal is what the summary is made of, kept within substeps so that the tick rate does not matter.
type journal struct {
	peakForce   float64
	peakLater   float64
	peakTorque  float64
	contactAt   float64
	contactTilt float64 // rad
	popAt       float64
	popDepth    float64
	before      float64
	after       float64
	mean        float64 // slow mean of the force, N
	trend       float64 // mean of that mean: together they follow a ramp
	square      float64 // mean square about it, N2
	noise       float64 // frozen at the pop, N
	deepest     float64 // m, while the plunge lasts
	slipped     float64
	fallen      [levels]float64 // s after the pop at which the force was first below a share of before
	slips       int32
	falseDrops  int32
	contacted   bool
	popped      bool
	plunging    bool
}

func (j *journal) contact(s *State, f *frame) {
	if j.contacted {
		return
	}
	j.contacted = true
	j.contactAt = s.time
	j.contactTilt = math.Acos(min(s.axial.cos, 1))
}

func (j *journal) pop(s *State) {
	if j.popped {
		return
	}
	j.popped, j.plunging = true, true
	j.popAt, j.popDepth, j.deepest = s.time, s.axial.tip, s.axial.tip
	if s.launch.flying {
		return // a wall broken in flight is not felt in the hand
	}
	j.before = felt(s.axial.force)
	j.after = j.before
	j.peakForce = max(j.peakForce, j.before)
	j.noise = math.Sqrt(j.square)
}

// felt bounds a force as the answer of a tick does, N.
func felt(force float64) float64 { return clamp(force, -maxForce, maxForce) }

// note adds one substep to the journal.
func (m *Model) note(s *State, f *frame) {
	j, a := &s.log, &s.axial
	force := felt(a.force)
	if f.hub == 0 {
		if j.popped {
			j.peakLater = max(j.peakLater, force)
		} else {
			j.peakForce = max(j.peakForce, force)
		}
	}
	if f.fresh > 0 && (!f.in.Stylet || s.steel.slip > 0.5*mm) {
		weight := 1.0
		if s.wall[0].broken && !s.atFar() {
			weight = 0.1 // marrow clogs less than chips
		}
		s.steel.bare += weight * f.fresh
	}
	if !j.popped {
		j.mean += (force - j.mean) * f.h / (30e-3 + f.h)
		j.trend += (j.mean - j.trend) * f.h / (30e-3 + f.h)
		off := force - (2*j.mean - j.trend)
		j.square += (sq(off) + sq(m.vibration(s, f))/2 - j.square) * f.h / (200e-3 + f.h)
		return
	}
	since := s.time - j.popAt
	if since < 60e-3 {
		j.after = min(j.after, force)
		for i := range j.fallen {
			if j.fallen[i] == 0 && force <= j.before*float64(i)/levels {
				j.fallen[i] = since + f.h
			}
		}
	}
	if j.plunging {
		j.deepest = max(j.deepest, a.tip)
		j.plunging = since < 1 && (since < 20e-3 || f.speed > 1e-3)
	}
}

// atFar reports whether the tip is in the far wall or beyond.
func (s *State) atFar() bool { return s.axial.tip*s.axial.cos >= s.column.FarTop }

// Summary is what an insertion amounted to so far. Quantities of things that have not happened are 0.
type Summary struct {
	PeakForce  float64 // N, axial, until the near cortex gave way, without the push of hub or housing on the skin
	PeakLater  float64 // N, the same from then on: what the far cortex met
	PeakTorque float64 // N.m

	Contacted     bool
	ContactAt     float64 // s since the first tick
	TiltAtContact float64 // rad

	Broke        bool    // the near cortex gave way
	BreakAt      float64 // s since the first tick
	BreakDepth   float64 // true tip then, m
	ForceBefore  float64 // N
	ForceAfter   float64 // least within 60 ms, N
	Fall         float64 // s from the pop until 90 % of the drop is done
	NoiseBand    float64 // RMS of the force about its mean before the pop, N
	Clarity      float64 // drop over noise band
	ClarityWeber float64 // drop in just noticeable differences (7 % [Pang1991]), blurred by the noise band
	Plunge       float64 // travel of the tip from the pop until the tool stopped, m

	Slips      int
	SlipWay    float64 // m
	FalseDrops int

	Bend       float64 // rad, permanent
	Yielded    bool
	StyletSlip float64 // m
	Clogged    bool
	Wear       float64 // lost sharpness, 0..1
	Work       float64 // of turning at the point, J
	Warmed     float64 // the most by which bone 0.5 mm beside the hole was warmed, K. Assumed shares: no more than an order
	Harmful    float64 // s for which that was 10 K or more; 60 kill bone
	HubSheared bool
	Broken     bool

	Events Events // everything that happened since the start
}

// Summary returns what the insertion amounted to so far. Does not allocate.
func (s *State) Summary() Summary {
	j, st := &s.log, &s.steel
	sum := Summary{
		PeakForce: j.peakForce, PeakLater: j.peakLater, PeakTorque: j.peakTorque,
		Contacted: j.contacted, ContactAt: j.contactAt, TiltAtContact: j.contactTilt,
		Slips: int(j.slips), SlipWay: j.slipped, FalseDrops: int(j.falseDrops),
		Bend: st.bent(), Yielded: st.yielded, StyletSlip: st.slip, Clogged: st.clogged,
		Wear: st.wear, Work: st.spent, Warmed: st.hottest, Harmful: st.harm, HubSheared: st.sheared, Broken: st.broken, Events: s.ever,
	}
	if !j.popped {
		return sum
	}
	sum.Broke, sum.BreakAt, sum.BreakDepth = true, j.popAt, j.popDepth
	sum.Plunge = max(j.deepest-j.popDepth, 0)
	if j.before == 0 {
		return sum
	}
	drop := j.before - j.after
	sum.ForceBefore, sum.ForceAfter, sum.NoiseBand = j.before, j.after, j.noise
	const weber = 0.07
	const unnoticed = 0.1 // N. Assumed: noise below this does not make a pop clearer
	sum.Clarity = drop / max(j.noise, unnoticed)
	sum.ClarityWeber = drop / max(math.Hypot(weber*j.before, j.noise), unnoticed)
	level := int(math.Ceil((j.after + 0.1*drop) / j.before * levels))
	sum.Fall = j.fallen[min(max(level, 0), levels-1)]
	return sum
}
