package physics

import "math"

// Bounds of what a tick answers, beyond any tissue: a wire or a motor never meets more.
const (
	maxForce  = 600.0 // N
	maxTorque = 5.0   // N.m
	maxAside  = 60.0  // N, across the axis
	// gripDamping is what bone and marrow around the shaft take from a tool that swings on it, N.s/m. Assumed: with the
	// contact's own a tool let go against a springy hub rings for a third of a second, which no needle in bone does.
	gripDamping = 20.0
	leadSpeed   = 20e-3 // m/s, a front faster than this is a pop and stands still before the next tick. Assumed
	holdSpare   = 3.0   // N kept in the spring of a held needle so that it also resists a pull between ticks
)

// answer turns the state into what the tool feels and what is true.
func (m *Model) answer(s *State, f *frame) Output {
	var o Output
	m.resistance(s, f, &o)
	m.burden(s, f, &o)
	m.transient(s, f, &o)
	m.truth(s, f, &o)
	return o
}

// resistance splits the axial reaction into a feed-forward and a local spring. A tip that stands or is held has the
// contact stiffness; one that slides has the tissue's own, eq. 19.
func (m *Model) resistance(s *State, f *frame, o *Output) {
	a := &s.axial
	total := clamp(a.force+f.housing(m), -maxForce, maxForce)
	spring := 0.0
	switch {
	case total == 0 && f.grip == 0 && f.soft == 0:
	case a.stuck && (a.force > 0 || f.grip > 0):
		o.Stiffness, o.Damping = m.render.ContactStiffness, m.render.ContactDamping
		spring = max(a.force, min(f.grip, holdSpare))
		ahead := m.lead(s, f, spring)
		spring, total = spring-ahead, total-ahead
	default:
		o.Stiffness, o.Damping = f.softK, min(f.drag, m.render.ContactDamping)
		spring = f.soft
		// The damper says its part again, with the velocity of the moment.
		rest := total - spring
		total -= clamp(o.Damping*f.moved/f.h, min(rest, 0), max(rest, 0))
	}
	if s.wall[0].broken && o.Stiffness > 0 {
		o.Damping = max(o.Damping, gripDamping)
	}
	if h := f.housing(m); h > 0 { // a spring of its own beside the needle's
		o.Stiffness += hubStiffness
		spring += h
	}
	spring = clamp(spring, 0, maxForce)
	o.Anchor = f.in.Depth
	if o.Stiffness > 0 {
		o.Anchor -= spring / o.Stiffness
	}
	o.Force = min(total-spring, maxForce)
	o.Reaction = clamp(o.Force+max(0, spring+o.Damping*f.in.Velocity), -maxForce, maxForce)
}

// lead is by how much the spring is slackened, N, because the front goes on until the next tick: rendered half a tick ahead
// it gives the mean force of the tick, so that a hand feels the same bone at 250 Hz as at 10 kHz, eq. 19a.
func (m *Model) lead(s *State, f *frame, spring float64) float64 {
	if f.fresh <= 0 || s.axial.force <= 0 {
		return 0
	}
	return min(m.render.ContactStiffness*min(f.fresh/f.h, leadSpeed)*f.dt/2, spring/2)
}

// housing is the push of a spring driver's housing on the skin, N.
func (f *frame) housing(m *Model) float64 {
	if m.driver.Kind != Spring {
		return 0
	}
	return hubStiffness * max(f.pull, 0)
}

// burden fills what is felt across and about the axis.
func (m *Model) burden(s *State, f *frame, o *Output) {
	t := &s.turn
	o.Torque = clamp(t.hold+m.driven(s), -maxTorque, maxTorque)
	o.LateralU, o.LateralV = clamp(s.side.forceU, -maxAside, maxAside), clamp(s.side.forceV, -maxAside, maxAside)
	o.TiltStiffness = min(m.tiltRate(s, f.in.Stylet), 30)
	o.MotorRPS = t.rps
	if rps := f.revs / f.h; rps >= 0.05 {
		o.VibrationHz = min(3*rps, 1000) // three facets of a trocar
		o.Vibration = m.vibration(s, f)
	}
}

// vibration is the amplitude felt in the handle, N: chips of the cut, a bent shaft running out of true, the motor itself.
func (m *Model) vibration(s *State, f *frame) float64 {
	rps := f.revs / f.h
	v := s.steel.bent() * 20 * min(rps, 1) // Assumed: 20 N per rad of bend
	if s.axial.touching && s.axial.force > 0 {
		cutting := 0.3
		if s.axial.feed > 0 {
			cutting = 1
		}
		v += cutting * rattle * (1 + 2*(1-f.sharp)) * s.axial.force * min(rps, 1)
	}
	if m.driver.Kind == Powered && s.turn.rps > 0.1 {
		v += 0.15 // Assumed
	}
	return min(v, 30)
}

// transient fills the burst a leg plays by itself.
func (m *Model) transient(s *State, f *frame, o *Output) {
	switch {
	case s.events.Has(Fire):
		o.Transient = Transient{Kind: SpringHit, Amplitude: 60, Decay: 4e-3} // 100-300 N for a few ms, bounded for the leg
	case f.popped > 0:
		o.Transient = Transient{Kind: PopCrack, Amplitude: min(0.3*f.popped, 30), Decay: 6e-3}
	case f.tapped > 2e-3:
		o.Transient = Transient{Kind: BoneTap, Amplitude: min(80*f.tapped, 10), Decay: 4e-3} // velocity-scaled [Kuchenbecker2006]
	}
}

// truth fills where the tip is.
func (m *Model) truth(s *State, f *frame, o *Output) {
	a, d := &s.axial, &s.side
	o.Tip = a.tip
	deep := max(a.tip*a.cos-min(s.column.Bone, a.tip*a.cos), 0)
	o.TipU = d.u + deep*f.tan[0] + deep*s.steel.bendX
	o.TipV = d.v + deep*f.tan[1] + deep*s.steel.bendY
	o.Zone = m.zone(s)
	o.Events = s.events
	o.MarkMM = (m.needle.Length - m.needle.Mark - a.tip) / mm
	far := s.column.FarTop
	if s.column.Place == OffBone {
		far = m.anatomy.SoftTissue() + m.anatomy.Periosteum + m.anatomy.NearCortex + m.anatomy.Medulla
	}
	o.FarGap = far/a.cos - a.tip
	o.Extension = max(s.launch.reach-s.launch.recoil, 0)
	if math.IsNaN(o.Reaction) { // cannot happen; a leg must never see it
		*o = Output{Anchor: f.in.Depth}
	}
}

// zone says where the tip is. It is in the marrow when the cannula has begun to open there, eq. 20a: until then the point alone
// is through, and what is given goes nowhere.
func (m *Model) zone(s *State) Zone {
	a, c := &s.axial, &s.column
	deep := a.tip * a.cos
	switch {
	case !a.pierced:
		return Outside
	case c.Place == OffBone && deep > m.anatomy.SoftTissue():
		return BesideBone
	case c.Place == OffBone || deep < c.Bone:
		return InSoftTissue
	case c.Place == OnGrowthPlate:
		return InGrowthPlate
	case c.Place == OnJoint:
		return InJoint
	case deep < min(c.NearBottom+m.mouth*a.cos, c.FarTop):
		return InCortex
	case deep < c.FarTop:
		return InMedulla
	case deep < c.FarBottom:
		return InFarCortex
	}
	return InDeepTissue
}
