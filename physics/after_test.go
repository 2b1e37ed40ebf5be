package physics

import "testing"

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
