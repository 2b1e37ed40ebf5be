package virtual

import (
	"math"
	"math/rand/v2"
	"testing"

	"osseo/haptics"
)

// Strength under a constant share of load falls as exp(-t/60 s x share) [Ma2009].
func TestPeopleTire(t *testing.T) {
	for _, load := range []float64{0.3, 1} {
		var a arm
		for range 30 * 1000 {
			a.tire(load, 1e-3)
		}
		if want := 1 - math.Exp(-30*load/60); math.Abs(a.tired-want) > 1e-4 {
			t.Errorf("load %g: tired %.4f after half a minute, want %.4f", load, a.tired, want)
		}
	}
}

// Leaning in and effort together stay within the strength that is left.
func TestLeaningCountsWithinTheLimit(t *testing.T) {
	a := arm{mass: 1.2, base: 500, gain: 100, tendon: 40e3, ratio: 0.5, effort: 100, rest: 2e-3, tired: 0.1}
	var g Grip
	a.push(100, 0.1, 0.1, 0, 110, &Feel{}, substep, &g)
	if total := g.Effort + g.Stiffness*g.Rest; math.Abs(total-0.9*110) > 0.1 {
		t.Errorf("%.2f N of effort and leaning, 99 N are left", total)
	}
	a.push(-20, 0.1, 0.1, 0, 110, &Feel{}, 0.1, &g)
	if g.Effort != a.effort {
		t.Errorf("a pull of %g N became %g N", a.effort, g.Effort)
	}
}

// Muscle and tendon are springs in series: stiff as the softer of both at either end.
func TestTendonEndsTheStiffness(t *testing.T) {
	a := arm{base: 500, gain: 100, brace: 20, tendon: 40e3}
	for _, c := range []struct{ effort, want float64 }{
		{0, 500}, {1e-3, 500 + 0.12}, {40e3 / 120, 500 + 20e3}, {1e9, 500 + 40e3},
	} {
		a.effort = c.effort
		if got := a.stiffness(); math.Abs(got-c.want) > 1e-4*c.want {
			t.Errorf("effort %g N: %g N/m, want %g", c.effort, got, c.want)
		}
	}
}

// What a second hand adds is the same in every attempt, so that stiffness varies less with two hands than with one.
func TestTwoHandsVaryLess(t *testing.T) {
	spread := func(task Task) float64 {
		sum, square := 0.0, 0.0
		const n = 400
		for seed := range uint64(n) {
			a := Trained(seed, task).who.arm
			a.effort = 80
			// plunge goes with the inverse of stiffness
			x := 1 / a.stiffness()
			sum, square = sum+x/n, square+x*x/n
		}
		return math.Sqrt(square - sum*sum)
	}
	if one, two := spread(Task{OneHand: true}), spread(Task{Braced: true}); two > 0.9*one {
		t.Errorf("SD of the compliance: one hand %.3g, two %.3g m/N", one, two)
	}
}

// A force that falls by a share at once, without the tool moving, is felt from the Weber fraction on, not when the muscles
// take the push back themselves, and not when it has wavered as much before.
func TestFallIsFeltWithoutALunge(t *testing.T) {
	felt := func(share, waver, own float64) bool {
		var s sense
		for i := range int(3 * SubstepHz) {
			at := float64(i) * substep
			force := 5 * (1 + waver*math.Sin(2*math.Pi*4*at))
			if at > 2 {
				force -= 5 * share
			}
			f := Feel{Time: at, Force: force}
			s.touch(&f, substep)
			if i%perThought != 0 {
				continue
			}
			s.consider(&f)
			if at > 1 && s.fell(0.085, doubtful, own) {
				return at > 2
			}
		}
		return false
	}
	for _, c := range []struct {
		share, waver, own float64
		want              bool
	}{
		{0.03, 0, 0, false},
		{0.07, 0, 0, false},
		{0.10, 0, 0, true},
		{0.14, 0.01, 0, true},
		{0.14, 0, 0.7, false},
		{0.14, 0.3, 0, false},
		{0, 0.1, 0, false},
	} {
		if got := felt(c.share, c.waver, c.own); got != c.want {
			t.Errorf("fall of %g, wavering %g, own easing %g N: felt %v", c.share, c.waver, c.own, got)
		}
	}
}

// One who hesitates takes the push back for the share of time that was drawn.
func TestHesitation(t *testing.T) {
	h := Novice(1, Task{Driver: Powered})
	h.who.hesitate = 0.25
	looks, n := 0.0, 32000
	for i := range n {
		if h.hesitates(&Feel{Time: float64(i) * 1e-3}) {
			looks += 1 / float64(n)
		}
	}
	if math.Abs(looks-0.25) > 0.01 {
		t.Errorf("looked for %.3f of the time", looks)
	}
}

// A pause after each stroke makes the rhythm slower by two pauses.
func TestDwellSlowsTheStrokes(t *testing.T) {
	strokes := func(dwell float64) (n int) {
		h := Expert(6, Task{Driver: Manual, GiveUp: 30})
		h.who.dwell, h.who.hz = dwell, 2
		w := newWall(Manual, 3e-3, 1e9, 0)
		last, going := 0.0, 0.0
		w.run(t, h, 1000, 9, func(s *haptics.Sample, _ *haptics.Command) {
			if d := s.Twist - last; h.Phase() == Cutting && math.Abs(d) > 1e-3 && d*going <= 0 {
				n, going = n+1, d
			}
			last = s.Twist
		})
		return n
	}
	fast, slow := strokes(0), strokes(0.25)
	if r := float64(slow) / float64(fast); r < 0.4 || r > 0.6 { // 0.5 s a cycle, then 1.0 s
		t.Errorf("%d strokes without a pause, %d with", fast, slow)
	}
}

// Landmarks: the core is as wide as the profile says, the share that goes astray too, half of it above the tuberosity; on a
// child all is half as far; under muscle more.
func TestLocate(t *testing.T) {
	count := func(l Landmark) (core, astray, above float64) {
		r := rand.New(rand.NewPCG(1, 2))
		const n = 40000
		within := 0.0
		for range n {
			u, v := NoviceProfile.Locate(r, l)
			switch d := math.Hypot(u, v); {
			case l.Child && d < 5e-3, !l.Child && d < 10e-3:
				core, within = core+u*u, within+1
			default:
				astray += 1.0 / n
				if u < -14e-3 || l.Child && u < -7e-3 {
					above += 1.0 / n
				}
			}
		}
		return math.Sqrt(core / within), astray, above
	}
	core, astray, above := count(Landmark{})
	if math.Abs(core/NoviceProfile.Find-1) > 0.1 || math.Abs(astray-NoviceProfile.Astray) > 0.02 || math.Abs(above/NoviceProfile.Astray-0.5) > 0.1 {
		t.Errorf("SD %.2g m, astray %.3f, above %.3f; profile %+v", core, astray, above, NoviceProfile.Find)
	}
	if child, _, _ := count(Landmark{Child: true}); math.Abs(child/core-0.5) > 0.05 {
		t.Errorf("on a child %.2g m, on an adult %.2g m", child, core)
	}
	if _, more, _ := count(Landmark{Covered: true}); more < 1.6*astray {
		t.Errorf("under muscle %.3f astray, else %.3f", more, astray)
	}
	if u, v := Locate("robot", rand.New(rand.NewPCG(1, 2)), Landmark{}); u != 0 || v != 0 {
		t.Errorf("a robot missed by %g, %g m", u, v)
	}
}

// Squeezing tips a spring driver by the angle that was drawn, and it goes off tipped.
func TestSqueezeTips(t *testing.T) {
	h := Trained(2, Task{Driver: Spring})
	h.who.flinch, h.who.squeeze = 0, 0.2
	w := newWall(Spring, 3e-3, 1e9, 0)
	from, at := math.NaN(), 0.0
	w.run(t, h, 1000, 12, func(s *haptics.Sample, _ *haptics.Command) {
		if h.Phase() == Cutting && math.IsNaN(from) {
			from = 0
			h.tiltX, h.tiltY = 0, 0
		}
		if h.Phase() == Cutting && s.Trigger < 0.1 {
			at = math.Hypot(h.tiltX, h.tiltY)
		}
	})
	if math.Abs(at-0.2) > 0.03 {
		t.Errorf("tipped by %.3f rad", at)
	}
}

// Without any force a probe stops at the depth believed; with it, at the drop.
func TestProbe(t *testing.T) {
	end := func(force bool) (deepest, believed float64) {
		h := Trained(3, Task{Probe: true, Expect: 30e-3})
		believed = h.who.expect
		leg := armed(t, h, Options{Start: -4e-3})
		var c haptics.Command
		var s haptics.Sample
		open := false
		for i := 0; i < 30000 && h.Phase() != Released && h.Phase() != GaveUp; i++ {
			exchange(t, leg, &c, &s)
			deepest = max(deepest, s.Position)
			open = open || s.Position > 20e-3
			c = haptics.Command{}
			if force && !open && s.Position > 0 {
				c = haptics.Command{Force: 0.5 * math.Tanh(s.Velocity/1e-3)}
				if s.Position > 16e-3 {
					c.Stiffness, c.Anchor = 500, 16e-3
				}
			}
		}
		return deepest, believed
	}
	if at, believed := end(false); math.Abs(at-believed) > 3e-3 {
		t.Errorf("without force at %.1f mm, believed %.1f", at*1e3, believed*1e3)
	}
	if at, _ := end(true); at < 20e-3 || at > 27e-3 {
		t.Errorf("with a layer at 20 mm the needle stopped at %.1f mm", at*1e3)
	}
}
