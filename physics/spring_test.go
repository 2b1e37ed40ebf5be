package physics

import (
	"math"
	"testing"
)

// fired is a spring device held with a push, N, at a tilt, rad, fired, and watched until it has come to rest.
func fired(t *testing.T, seed uint64, hold, tilt float64) *bench {
	t.Helper()
	b := newBench(t, adult, ProximalTibia, "spring-15g-adult", seed)
	b.in.TiltX = tilt
	b.force, b.trigger, b.after, b.reflex = hold, 1, 0.8, 0
	for b.time < 1 {
		b.tick(1e-3)
	}
	if b.state.launch.flying {
		t.Errorf("seed %d, held with %g N at %.0f degrees: still flying after 0.2 s at %.1f m/s, tip at %.2f mm",
			seed, hold, tilt*180/math.Pi, b.state.launch.velocity, b.state.axial.tip/mm)
	}
	return b
}

// Every shot comes to rest, however the device is held: a tip must not hang on the face between two layers. Holding it
// firmly never takes away depth, and leaning it never adds way through the wall.
func TestEveryShotLands(t *testing.T) {
	through := map[float64]int{}
	for seed := range uint64(60) {
		for _, degrees := range []float64{0, 7, 14, 20} {
			light, firm := fired(t, seed, 8, degrees*math.Pi/180), fired(t, seed, 45, degrees*math.Pi/180)
			if firm.out.Tip < light.out.Tip-0.2*mm {
				t.Errorf("seed %d at %g degrees: %.2f mm deep held firmly, %.2f lightly", seed, degrees, firm.out.Tip/mm, light.out.Tip/mm)
			}
			if firm.out.Zone == InMedulla {
				through[degrees]++
			}
		}
	}
	t.Logf("through of 60, by degrees of tilt: %v", through)
	if through[0] < through[14] || through[14] < through[20] || through[20] < 45 {
		t.Errorf("through by degrees of tilt: %v; want no more when leaning, and most of 60", through)
	}
}

// A shot glances off where tilt and the slope of the bone together beat friction and bite; upright, or in the middle of the
// face with a little tilt, it goes in.
func TestALeaningShotGlancesOff(t *testing.T) {
	in := func(degrees, v float64) (through, slips int) {
		for seed := range uint64(40) {
			b := newBench(t, adult, ProximalTibia, "spring-15g-adult", seed)
			b.in.TiltY, b.in.V = degrees*math.Pi/180, v
			b.force, b.trigger, b.after, b.reflex = 45, 1, 0.8, 0
			for b.time < 1 {
				b.tick(1e-3)
			}
			if b.out.Zone == InMedulla {
				through++
			}
			if b.state.Summary().Slips > 0 {
				slips++
			}
		}
		return through, slips
	}
	if through, slips := in(12, 0); through < 34 || slips > 0 {
		t.Errorf("12 degrees in the middle: %d of 40 through, %d slipped; want 34 or more, 0", through, slips)
	}
	if through, slips := in(0, 9*mm); through < 34 || slips > 2 {
		t.Errorf("upright 9 mm beside: %d of 40 through, %d slipped; want 34 or more, at most 2", through, slips)
	}
	if through, slips := in(12, 11*mm); through > 20 || slips < 20 {
		t.Errorf("12 degrees on the slope: %d of 40 through, %d slipped; want at most 20, 20 or more", through, slips)
	}
	if through, slips := in(30, 0); through > 6 || slips < 34 {
		t.Errorf("30 degrees: %d of 40 through, %d slipped; want at most 6, 34 or more", through, slips)
	}
}

// Shots differ: one and the same wall, a little thinner than the mean shot's reach, holds some of them up.
func TestShotsDiffer(t *testing.T) {
	through := 0
	for seed := range uint64(40) {
		a := plain(4.2 * mm)
		a.TextureSeed = seed
		b := benchOf(t, a, "spring-15g-adult")
		b.force, b.trigger, b.after, b.reflex = 45, 1, 0.8, 0
		for b.time < 1 {
			b.tick(1e-3)
		}
		if b.state.wall[0].broken {
			through++
		}
	}
	if through == 0 || through == 40 {
		t.Errorf("%d of 40 shots went through the same wall; want some", through)
	}
}
