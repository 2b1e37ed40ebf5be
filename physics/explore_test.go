package physics

import "testing"

func TestExplore(t *testing.T) {
	adult := Patient{Age: 45, Sex: Male, Weight: 80}
	infant := Patient{Age: 0.6, Sex: Female, Weight: 7.5}
	newborn := Patient{Age: 0, Weight: 3.2}
	one := func(name string, p Patient, needle string, force, amp, hz, trig float64) {
		for seed := uint64(1); seed <= 6; seed++ {
			b := newBench(t, p, ProximalTibia, needle, seed)
			b.force, b.amp, b.hz, b.trigger, b.after = force, amp, hz, trig, 0.8
			s := b.run(1e-3, 30)
			a := b.model.anatomy
			t.Logf("%s %d: soft %.1f cortex %.2f med %.1f str %.2f | peak %.1f T %.3f pop@%.2fs depth %.1f F %.1f->%.1f fall %.1f ms noise %.2f W %.1f plunge %.1f zone %v gap %.1f mark %.1f ev %v wear %.3f bend %.3f",
				name, seed, a.SoftTissue()*1e3, a.NearCortex*1e3, a.Medulla*1e3, a.Strength, s.PeakForce, s.PeakTorque, s.BreakAt-s.ContactAt, s.BreakDepth*1e3, s.ForceBefore, s.ForceAfter, s.Fall*1e3, s.NoiseBand, s.ClarityWeber, s.Plunge*1e3, b.out.Zone, b.out.FarGap*1e3, b.out.MarkMM, s.Events.Names(nil), s.Wear, s.Bend)
		}
	}
	one("adult powered", adult, "ez-25", 50, 0, 0, 1)
	one("adult manual", adult, "manual-15g", 90, 1.57, 1.5, 0)
	one("infant powered", infant, "ez-15", 12, 0, 0, 1)
	one("infant manual", infant, "manual-18g", 20, 1.57, 1.5, 0)
	one("newborn manual", newborn, "manual-18g", 15, 1.57, 1.5, 0)
	one("adult spring", adult, "spring-15g-adult", 40, 0, 0, 1)
}
