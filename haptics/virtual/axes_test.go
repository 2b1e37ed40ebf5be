package virtual

import (
	"math"
	"testing"

	"osseo/haptics"
)

// A resisting torque stops a twist and never turns the handle by itself.
func TestTorqueResistsOnly(t *testing.T) {
	l := armed(t, &fixed{Grip{Mass: 1}}, Options{})
	l.axes.spin = 10
	c := haptics.Command{Torque: 0.5}
	var s haptics.Sample
	last, spin := 0.0, 10.0
	for range 500 {
		exchange(t, l, &c, &s)
		if s.Twist < last || l.axes.spin > spin || l.axes.spin < 0 {
			t.Fatalf("twist went from %g to %g rad at %g rad/s", last, s.Twist, l.axes.spin)
		}
		last, spin = s.Twist, l.axes.spin
	}
	if spin != 0 {
		t.Errorf("still turns at %g rad/s", spin)
	}
}

// A hand that twists against more torque turns slower: the closed form of the steady rate is rate - torque/grip.
func TestTwistSlowsUnderTorque(t *testing.T) {
	l := armed(t, &fixed{Grip{Mass: 1, TwistRate: 9}}, Options{})
	c := haptics.Command{Torque: 1.2}
	var s haptics.Sample
	for range 1000 {
		exchange(t, l, &c, &s)
	}
	if want := 9 - (1.2+twistFriction)/twistGrip; math.Abs(l.axes.spin-want) > 0.01 {
		t.Errorf("turns at %g rad/s, want %g", l.axes.spin, want)
	}
	if math.Abs(l.feel.Torque-1.2) > 1e-9 {
		t.Errorf("hand feels %g N.m", l.feel.Torque)
	}
}

// The purchase holds the angle at which it was taken, shares further tilt by the two stiffnesses, and keeps the needle
// where it is when the hand lets go.
func TestPurchaseResistsTilt(t *testing.T) {
	hand := &fixed{Grip{Mass: 1, TiltX: 0.1}}
	l := armed(t, hand, Options{})
	var c haptics.Command
	var s haptics.Sample
	for range 1000 {
		exchange(t, l, &c, &s)
	}
	if math.Abs(s.TiltX-0.1) > 1e-4 {
		t.Fatalf("free tilt %g rad, want 0.1", s.TiltX)
	}
	c.TiltStiffness = 14
	exchange(t, l, &c, &s)
	if math.Abs(s.TiltX-0.1) > 1e-4 {
		t.Fatalf("taking purchase moved the tilt to %g rad", s.TiltX)
	}
	hand.grip.TiltX = 0.4
	for range 1000 {
		exchange(t, l, &c, &s)
	}
	if want := 0.1 + 0.3*tiltGrip/(tiltGrip+14); math.Abs(s.TiltX-want) > 1e-3 {
		t.Errorf("tilt %g rad against purchase, want %g", s.TiltX, want)
	}
	hand.grip.Loose = true
	for range 1000 {
		exchange(t, l, &c, &s)
	}
	if math.Abs(s.TiltX-0.1) > 1e-3 {
		t.Errorf("tilt %g rad after letting go, want the purchase's 0.1", s.TiltX)
	}
}

// A purchase that grows while it is loaded adds no moment: the energy in it may only fall.
func TestGrowingPurchaseGivesNoEnergy(t *testing.T) {
	a := tilt{}
	a.step(0.2, tiltGrip, 0, 1)
	a.step(0.4, tiltGrip, 5, 0.05)
	before := a.hold * (a.angle - a.anchor)
	energy := before * before / (2 * a.hold)
	angle := a.angle
	a.step(a.angle, 0, 50, 1e-9)
	after := 50 * (angle - a.anchor)
	if math.Abs(after-before) > 1e-6*before || after*after/100 > energy {
		t.Errorf("moment %g became %g N.m", before, after)
	}
}

// Sideways force drags the tool by its ratio to the hand's stiffness, and a tool let go stays near where it stood.
func TestLateral(t *testing.T) {
	hand := &fixed{Grip{Mass: 1, U: 5e-3}}
	l := armed(t, hand, Options{})
	c := haptics.Command{LateralU: 3}
	var s haptics.Sample
	for range 2000 {
		exchange(t, l, &c, &s)
	}
	want := 5e-3 + 3/lateralGrip
	if math.Abs(s.U-want) > 1e-5 || math.Abs(l.feel.SlideU-3/lateralGrip) > 1e-5 {
		t.Errorf("tool at %g m, want %g", s.U, want)
	}
	hand.grip = Grip{Mass: toolMass, Loose: true}
	c.LateralU = 0
	for range 2000 {
		exchange(t, l, &c, &s)
	}
	if math.Abs(s.U-want) > 1e-4 {
		t.Errorf("tool let go slid from %g to %g m", want, s.U)
	}
}
