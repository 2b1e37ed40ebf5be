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
		for _, degrees := range []float64{0, 7, 14, 28} {
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
	if through[0] < through[14] || through[14] <= through[28] {
		t.Errorf("through by degrees of tilt: %v; want fewer when leaning", through)
	}
}
