package physics

import (
	"math"
	"testing"
)

// Lidocaine lowers the pain of pressure, the humerus hurts less than the tibia, more pressure hurts more, and nothing leaves
// the scale.
func TestPainIsOrdered(t *testing.T) {
	for _, head := range []float64{10e3, 40e3, FlushPressure()} {
		with, without := PressurePain(ProximalTibia, head, 40, 1), PressurePain(ProximalTibia, head, 0, 1)
		if !(with < without && without < 10 && with > 0) {
			t.Errorf("at %g kPa %.1f with and %.1f without lidocaine", head/1e3, with, without)
		}
		if PressurePain(ProximalHumerus, head, 40, 1) >= with {
			t.Errorf("at %g kPa the humerus hurts as the tibia does", head/1e3)
		}
		if PressurePain(ProximalTibia, 2*head, 40, 1) <= with {
			t.Errorf("twice %g kPa hurts no more", head/1e3)
		}
	}
	if PressurePain(ProximalTibia, 0, 0, 1) != 0 || InsertionPain(ProximalTibia, 1, 0) > 10 || InsertionPain(ProximalTibia, 0.5, 1) >= InsertionPain(ProximalTibia, 1, 1) {
		t.Error("pain leaves its scale, or soft bone hurts as hard bone does")
	}
}

// A drug arrives sooner from the sternum, sooner with a flush, and later under chest compressions.
func TestDrugTransitIsOrdered(t *testing.T) {
	flushed := Circulation{CPR: true, Flush: 10e-6}
	tibia, sternum := PeakTime(ProximalTibia, flushed), PeakTime(Sternum, flushed)
	if tibia <= sternum {
		t.Errorf("tibia %.0f s, sternum %.0f s", tibia, sternum)
	}
	if dry := PeakTime(ProximalTibia, Circulation{CPR: true}); dry <= tibia {
		t.Errorf("%.0f s without and %.0f s with a flush", dry, tibia)
	}
	if rest := PeakTime(ProximalTibia, Circulation{Flush: 10e-6}); rest >= tibia {
		t.Errorf("%.0f s at rest, %.0f s under compressions", rest, tibia)
	}
	if x := PeakTime(ProximalTibia, Circulation{Flush: 1}); !(x > 0 && x < 900) {
		t.Errorf("a flush of a cubic metre peaks at %g s", x)
	}
}

// Under compressions, as in swine: sternum 86 % of the dose of a central line and tibia 65 % of the sternum's; a central line
// is first; without a flush less than half of what arrives with one has arrived in three minutes; nothing is made.
func TestDoseArrives(t *testing.T) {
	c := Circulation{CPR: true, Flush: 10e-6}
	dose := func(site Site, c Circulation) float64 { return Delivered(site, c, 180) }
	same(t, "sternum over central", dose(Sternum, c)/dose(Central, c), 0.86, 0.1)
	same(t, "tibia over sternum", dose(ProximalTibia, c)/dose(Sternum, c), 0.65, 0.15)
	if PeakTime(Central, c) >= PeakTime(Sternum, c) {
		t.Error("the sternum is before a central line")
	}
	for _, site := range []Site{ProximalTibia, ProximalHumerus, Sternum} {
		if dry := dose(site, Circulation{CPR: true}); dry > dose(site, c)/2 {
			t.Errorf("%s: %.2f without a flush, %.2f with one", site, dry, dose(site, c))
		}
		before := 0.0
		for at := 10.0; at <= 900; at += 50 {
			x := Delivered(site, c, at)
			if x < before || x > 1 {
				t.Errorf("%s: %.3f after %.0f s, %.3f before", site, x, at, before)
			}
			before = x
		}
	}
}

// Published pain: humerus after 20 mg of lidocaine 2.0 +/- 1.2, children's insertion 2.3 +/- 2.8 and infusion 3.2 +/- 3.5
// with 0.5 mg/kg; half a dose for half a weight does as much.
func TestPainIsNearWhatWasReported(t *testing.T) {
	within := func(what string, got, mean, sd float64) {
		t.Helper()
		if math.Abs(got-mean) > sd {
			t.Errorf("%s: %.1f of 10; published %.1f +/- %.1f", what, got, mean, sd)
		}
	}
	const bag = 37e3 // on the marrow, of 40 in the bag
	within("humerus after 20 mg", PressurePain(ProximalHumerus, bag, 20, 1), 2.0, 1.2)
	within("child's insertion", InsertionPain(ProximalTibia, lookup(strengthByAge, 5), 1), 2.3, 2.8)
	within("child's infusion", PressurePain(ProximalTibia, bag, AdultDose(9, 18), 1), 3.2, 3.5)
	if AdultDose(10, 35) != AdultDose(20, 70) || AdultDose(40, 120) != 40 {
		t.Error("doses do not go by weight below 70 kg, or do above")
	}
}

// A row of mixed volumes keeps what it is given until it leaves, and takes its mean time over it.
func TestMixedVolumesConserve(t *testing.T) {
	var r row
	const mean, dt = 30.0, 0.05
	sum, moment, in := 0.0, 0.0, 1.0
	for at := 0.0; at < 600; at += dt {
		out := r.pass(in, mean, dt)
		in = 0
		sum += out
		moment += out * at
	}
	same(t, "what left", sum, 1, 1e-6)
	same(t, "mean time", moment/sum, mean, 0.02)
}

// After death less flows, and nothing else about the bone changes.
func TestDonorsFlowLess(t *testing.T) {
	p := adult
	living, err := SampleAnatomy(p, ProximalTibia, 4)
	if err != nil {
		t.Fatal(err)
	}
	p.Donor = true
	dead, err := SampleAnatomy(p, ProximalTibia, 4)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "flow", dead.MarrowFlow/living.MarrowFlow, donorFlow, 1e-9)
	dead.MarrowFlow = living.MarrowFlow
	if dead != living {
		t.Error("a donor has another bone")
	}
}
