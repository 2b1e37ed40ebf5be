package virtual

import (
	"math"
	"testing"
)

// feelings lets a sense go through force and position as functions of time and says when it noticed a drop; NaN if never.
func feelings(seconds float64, force, position func(t float64) float64) float64 {
	var s sense
	f := Feel{}
	for i := range int(seconds * SubstepHz) {
		t := float64(i) * substep
		x := position(t)
		f = Feel{Time: t, Force: force(t), Velocity: (x - f.Position) / substep, Position: x}
		if i == 0 {
			f.Velocity = 0
		}
		s.touch(&f, substep)
		if i%perThought != 0 {
			continue
		}
		s.consider(&f)
		if t > 1 && s.dropped(0.08, 0.4e-3, doubtful) {
			return t
		}
	}
	return math.NaN()
}

// lungeAt is a tool that advances 1 mm/s and from t0 on runs ahead by 3 mm in some 60 ms.
func lungeAt(t0 float64) func(float64) float64 {
	return func(t float64) float64 {
		x := 1e-3 * t
		if t > t0 {
			x += 3e-3 * (1 - math.Exp(-(t-t0)/0.03))
		}
		return x
	}
}

// A fall of 3 % goes unnoticed and one of 14 % is noticed (Pang 1991, validation case A40), when the tool lunges.
func TestWeber(t *testing.T) {
	for _, c := range []struct {
		share   float64
		noticed bool
	}{{0.03, false}, {0.06, false}, {0.14, true}, {0.6, true}} {
		at := feelings(3, func(t float64) float64 {
			if t > 2 {
				return 40 * (1 - c.share)
			}
			return 40
		}, lungeAt(2))
		if noticed := at >= 2; noticed != c.noticed || at < 2 {
			t.Errorf("fall of %g: noticed at %g s", c.share, at)
		}
	}
}

// What is no drop: a push that wavers by a tenth, a push that eases off without the tool running ahead, a tool that moves
// at the pace it has.
func TestNoDrop(t *testing.T) {
	steady := func(t float64) float64 { return 5e-3 * t }
	for name, c := range map[string]struct{ force, position func(float64) float64 }{
		"wavering push": {func(t float64) float64 { return 40 * (1 + 0.1*math.Sin(2*math.Pi*9*t)) }, lungeAt(1.5)},
		"push eased":    {func(t float64) float64 { return 40 * math.Exp(-max(t-1.5, 0)/0.1) }, steady},
		"steady feed":   {func(float64) float64 { return 40 }, steady},
	} {
		if at := feelings(3, c.force, c.position); !math.IsNaN(at) {
			t.Errorf("%s: a drop was noticed at %.3f s", name, at)
		}
	}
}

// A sudden rise of the twisting moment cuts the push at once: nobody holds more than Seo's limit.
func TestMomentCutsPush(t *testing.T) {
	h := Expert(1, Task{Driver: Manual})
	h.arm.grasp(0)
	h.arm.effort = 110
	var g Grip
	h.Act(&Feel{Torque: 4.2}, substep, &g)
	if most := MaxPush(4.2, h.who.strength); g.Effort > most {
		t.Errorf("pushes %.1f N at 4.2 N.m, limit %.1f N", g.Effort, most)
	}
}
