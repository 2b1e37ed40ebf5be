package physics

import (
	"math"
	"testing"
)

// A motor reaches 63 % of its speed in 40 ms, eq. 13, and none of it without charge or trigger.
func TestMotorSpinsUp(t *testing.T) {
	after := func(battery, trigger, time float64) float64 {
		r := rigged(t, "ez-25", 3*mm, -20*mm, func(m *Model) { m.driver.Battery = battery })
		r.f.trigger = trigger
		for range int(time / r.f.h) {
			r.m.motor(&r.s, &r.f)
		}
		return r.s.turn.rps
	}
	free := DefaultDriver(Powered).NoLoadRPS
	same(t, "speed after 40 ms", after(1, 1, 40e-3), free*(1-math.Exp(-1)), 0.01)
	same(t, "speed after a second", after(1, 1, 1), free, 1e-6)
	same(t, "half the trigger", after(1, 0.5, 1), free/2, 1e-6)
	same(t, "half the battery", after(0.5, 1, 1), free/2, 1e-6)
	if after(0, 1, 1) != 0 || after(1, 0, 1) != 0 {
		t.Error("turns without charge or without trigger")
	}
}

// A motor that its load holds is stalled and says so once; let go it is no longer, and a load well below stall does not hold it.
func TestStallAndRelease(t *testing.T) {
	r := rigged(t, "ez-25", 3*mm, 1*mm, nil)
	r.f.trigger = 1
	work := func(share float64) int {
		told := 0
		for range 2000 {
			r.s.events = 0
			r.s.turn.torque = share * r.m.driver.StallTorque
			r.m.motor(&r.s, &r.f)
			if r.s.events.Has(Stall) {
				told++
			}
		}
		return told
	}
	if n := work(0.6); n != 0 || r.s.turn.stalled {
		t.Errorf("stalled %d times at 60 %% of the torque", n)
	}
	if n := work(1.2); n != 1 || !r.s.turn.stalled {
		t.Errorf("told %d stalls at 120 %% of the torque; want 1", n)
	}
	same(t, "torque the driver puts through", r.m.driven(&r.s), r.m.driver.StallTorque, 1e-9)
	r.f.trigger = 0
	if work(1.2); r.s.turn.stalled {
		t.Error("still stalled with the trigger let go")
	}
}

// launched fires a spring device into nothing: no tissue, no bone, no friction.
func launched(t *testing.T, hold float64) *rig {
	t.Helper()
	r := rigged(t, "spring-15g-adult", 3*mm, -20*mm, func(m *Model) {
		smooth(m)
		m.anatomy.FaceHalfWidth = 0.5 * mm
		m.crushing, m.terms.periosteum = 0, 0
		m.stop = 1
	})
	r.s = r.m.Start()
	in := Input{V: 5 * mm, Load: hold}
	for range 10 {
		r.m.Step(&r.s, in, 1e-3)
	}
	in.Trigger = 1
	r.s.last.Trigger = 0.49
	for r.s.launch.reach <= 0 && r.s.time < 1 {
		r.m.Step(&r.s, in, 20e-6)
	}
	return r
}

// The spring's energy is the needle's, eq. 18: at the skin half m v2 is what the spring has given by then.
func TestSpringEnergyIsTheNeedles(t *testing.T) {
	r := launched(t, 500)
	d := r.m.driver
	l := &r.s.launch
	if !l.fired || !l.flying {
		t.Fatalf("not flying: %+v", *l)
	}
	given := d.SpringRate * r.m.shot(&r.s) * (sq(d.SpringSet) - sq(d.SpringSet-launchBack-l.reach)) / 2
	same(t, "energy at the skin", d.SpringMass*sq(l.velocity)/2, given, 0.01)
	if l.recoil != 0 {
		t.Errorf("held above the spring's force it went back by %.3f mm", l.recoil/mm)
	}
}

// Let go the housing flies back with the spring's impulse; what the hand bears of it is missing there.
func TestHousingRecoils(t *testing.T) {
	free, held := launched(t, 0), launched(t, 30)
	same(t, "impulse of the housing", housingMass*free.s.launch.kick, free.m.driver.SpringMass*free.s.launch.velocity, 0.02)
	if held.s.launch.kick >= free.s.launch.kick || held.s.launch.kick <= 0 {
		t.Errorf("back at %.3f m/s, held with 30 N at %.3f", free.s.launch.kick, held.s.launch.kick)
	}
}

// The torque in the handle winds up over 0.03 rad, has the sign of the hand's motion, and stays when the hand does; without
// torque at the tip there is none.
func TestHandleWindsUp(t *testing.T) {
	r := rigged(t, "manual-15g", 10*mm, 6*mm, nil)
	r.s.turn.torque = 0.2
	turn := func(by float64) float64 {
		r.f.in.Twist = r.s.last.Twist + by
		r.m.twist(&r.s, &r.f)
		r.s.last.Twist = r.f.in.Twist
		return r.s.turn.hold
	}
	same(t, "after 0.03 rad", turn(0.03), 0.2*(1-math.Exp(-1)), 1e-6)
	was := r.s.turn.hold
	same(t, "at rest", turn(0), was, 1e-9)
	same(t, "wound up", turn(1), 0.2, 1e-6)
	same(t, "the other way", turn(-1), -0.2, 1e-6)
	r.s.turn.torque = 0
	if left := turn(-0.01); left != 0 {
		t.Errorf("%.3f N.m without anything to turn against", left)
	}
}

// A hub that is twisted beyond its bond shears: it says so, and the tip turns no more. A stronger bond does not.
func TestHubShearsAboveItsTorque(t *testing.T) {
	run := func(bond float64) (*rig, Events) {
		r := rigged(t, "manual-15g", 10*mm, 6*mm, func(m *Model) { m.needle.HubTorque = bond })
		r.loaded(150, 0.3, 2)
		return r, r.s.ever
	}
	weak, told := run(0.05)
	if !told.Has(HubShear) || !weak.s.Summary().HubSheared {
		t.Errorf("a bond of 0.05 N.m bore %.3f N.m", weak.s.log.peakTorque)
	}
	path := weak.s.turn.path
	if weak.loaded(150, 0.3, 2); weak.s.turn.path != path {
		t.Error("the tip of a sheared hub turns with the hand")
	}
	if _, told := run(5); told.Has(HubShear) {
		t.Error("a bond of 5 N.m sheared")
	}
}

// The handle shakes at three times a revolution, more under load, with a worn tip and with a bent shaft, and not at rest.
func TestVibrationFollowsTheTip(t *testing.T) {
	at := func(rps float64, change func(*rig)) (float64, float64) {
		r := rigged(t, "manual-15g", 10*mm, 6*mm, nil)
		if change != nil {
			change(r)
		}
		o := r.loaded(120, 0.1, rps)
		return o.Vibration, o.VibrationHz
	}
	amp, hz := at(2, nil)
	same(t, "frequency", hz, 6, 1e-9)
	same(t, "amplitude of the cut", amp, rattle*120, 0.02)
	if still, hz := at(0, nil); still != 0 || hz != 0 {
		t.Errorf("at rest it shakes with %.2f N at %.1f Hz", still, hz)
	}
	blunt, _ := at(2, func(r *rig) { r.m.needle.Sharpness = 0 })
	same(t, "worn", blunt/amp, 3, 0.01)
	bent, _ := at(2, func(r *rig) { r.s.steel.bendX = 0.1 })
	same(t, "bent by 0.1 rad", bent-amp, 20*0.1, 0.01)
}

// Bursts the leg plays by itself: a tap as hard as the tool was fast, a crack as large as the force that went, a hit at the shot.
func TestBurstsFollowWhatHappened(t *testing.T) {
	tap := func(speed float64) float64 {
		b := benchOf(t, plain(3*mm), "manual-15g")
		for x := -1 * mm; x < 6*mm; x += speed * 1e-3 {
			if o := b.model.Step(&b.state, Input{Depth: x, Velocity: speed, Stylet: true}, 1e-3); o.Transient.Kind == BoneTap {
				return o.Transient.Amplitude
			}
		}
		return 0
	}
	same(t, "tap at 50 mm/s", tap(0.05), 80*0.05, 0.02)
	same(t, "tap at 20 mm/s", tap(0.02), 80*0.02, 0.02)
	if soft := tap(1e-3); soft != 0 {
		t.Errorf("a tip set down gently taps with %.2f N", soft)
	}
	b := benchOf(t, plain(3*mm), "ez-25")
	b.force, b.trigger, b.after = 50, 1, 0.8
	for b.time < 20 && math.IsInf(b.popAt, 1) {
		b.tick(1e-3)
	}
	if x := b.out.Transient; x.Kind != PopCrack || math.Abs(x.Amplitude-0.3*(1-rimShare)*b.state.log.before) > 2 {
		t.Errorf("pop of %.1f N: %+v", b.state.log.before, x)
	}
}
