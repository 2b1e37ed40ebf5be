package physics

import (
	"math"
	"testing"
)

// At every site and age a needle put away from the shaft meets growth plate, then joint, while the plate is open, and one put
// towards the shaft meets thicker bone; girls' plates close two years before boys'.
func TestGrowthPlatesAtEverySite(t *testing.T) {
	for site, trait := range sites {
		for _, sex := range []Sex{Female, Male} {
			closed := trait.closedMale
			if sex == Female {
				closed = trait.closedFemale
			}
			for age := 0.0; age <= 95; age += 0.5 {
				a, err := SampleAnatomy(Patient{Age: age, Sex: sex}, site, uint64(2*age)+1)
				if err != nil {
					t.Fatal(err)
				}
				if open := trait.plate > 0 && age < closed; (a.GrowthPlate > 0) != open {
					t.Errorf("%s, %s, %g years: growth plate %.1f mm away, open %v", site, sex, age, a.GrowthPlate/mm, open)
				}
				away := -1.0
				if a.Upward {
					away = 1
				}
				if p := a.At(away*a.GrowthPlate, 0).Place; a.GrowthPlate > 0 && p != OnGrowthPlate {
					t.Errorf("%s, %s, %g years: %v where the growth plate is", site, sex, age, p)
				}
				if p := a.At(away*(a.Joint+1*mm), 0).Place; p != OnJoint {
					t.Errorf("%s, %s, %g years: %v beyond the joint's edge at %.1f mm", site, sex, age, p, a.Joint/mm)
				}
				mid, shaft := a.At(0, 0), a.At(-away*10*mm, 0)
				if shaft.Place != OnFace || shaft.NearBottom-shaft.NearTop <= mid.NearBottom-mid.NearTop {
					t.Errorf("%s, %s, %g years: the wall is no thicker 10 mm towards the shaft", site, sex, age)
				}
			}
		}
	}
}

// A child of 29 weeks has shorter, thinner and softer bones than one born at term, everything in its order.
func TestBonesGrowTowardsTerm(t *testing.T) {
	mean := func(ga float64) (plate, wall, strength float64) {
		const n = 200
		for seed := range uint64(n) {
			a, err := SampleAnatomy(Patient{GA: ga}, ProximalTibia, seed)
			if err != nil {
				t.Fatal(err)
			}
			plate, wall, strength = plate+a.GrowthPlate/n, wall+a.NearCortex/n, strength+a.AgeStrength/n
		}
		return plate, wall, strength
	}
	p0, w0, s0 := 0.0, 0.0, 0.0
	for _, ga := range []float64{24, 29, 33, 37, 40} {
		p, w, s := mean(ga)
		if p <= p0 || w <= w0 || s <= s0 {
			t.Errorf("%g weeks: plate %.1f mm, wall %.2f mm, strength %.2f; earlier %.1f, %.2f, %.2f", ga, p/mm, w/mm, s, p0/mm, w0/mm, s0)
		}
		p0, w0, s0 = p, w, s
	}
	if p, _, _ := mean(29); math.Abs(p/p0-0.73) > 0.03 {
		t.Errorf("29 weeks: the growth plate is %.2f as far as at term; want 0.73, the cube root of the weight", p/p0)
	}
}

// Women's bones are narrower than men's of the same size.
func TestWomensBonesAreNarrower(t *testing.T) {
	for seed := range uint64(20) {
		f, err := SampleAnatomy(Patient{Age: 40, Sex: Female, Weight: 70}, ProximalTibia, seed)
		if err != nil {
			t.Fatal(err)
		}
		m, err := SampleAnatomy(Patient{Age: 40, Sex: Male, Weight: 70}, ProximalTibia, seed)
		if err != nil {
			t.Fatal(err)
		}
		if f.FaceHalfWidth >= m.FaceHalfWidth || f.NearCortex >= m.NearCortex || f.Diameter >= m.Diameter {
			t.Errorf("seed %d: %+v; a man's %+v", seed, f, m)
		}
	}
}
