package desktop

import (
	"math"
	"testing"

	"fyne.io/fyne/v2"
)

const frame60 = 1.0 / 60

func after1(h *hand, seconds float64) wish {
	var w wish
	for range int(math.Round(seconds / frame60)) {
		w = h.tick(frame60)
	}
	return w
}

func TestHandBuildsAndRelaxes(t *testing.T) {
	h := newHand()
	h.take(true)
	h.key(fyne.KeyDown, true)
	if w := after1(h, 1); math.Abs(w.effort-pressRate) > 1 {
		t.Fatalf("effort after 1 s of Down = %.1f N, want %.0f", w.effort, pressRate)
	}
	h.key(fyne.KeyDown, false)
	eased := after1(h, 0.5).effort
	if want := pressRate - relaxRate/2; math.Abs(eased-want) > 1 {
		t.Fatalf("effort half a second after letting go = %.1f N, want %.0f", eased, want)
	}
	h.key(fyne.KeyUp, true)
	if w := after1(h, 0.5); w.effort != 0 {
		t.Fatalf("effort after Up = %.1f N, want 0", w.effort)
	}
	h.key(fyne.KeyUp, false)
	h.key(fyne.KeyDown, true)
	if w := after1(h, 20); w.effort != maxEffort {
		t.Fatalf("effort after 20 s of Down = %.1f N, want the greatest, %.0f", w.effort, maxEffort)
	}
}

func TestHandWithoutToolDoesNothing(t *testing.T) {
	h := newHand()
	for _, k := range []fyne.KeyName{fyne.KeyDown, fyne.KeySpace, fyne.KeyQ, fyne.KeyD} {
		h.key(k, true)
	}
	h.dragTo(50, 200)
	if w := after1(h, 1); w.effort != 0 || w.trigger != 0 || w.twist != 0 {
		t.Fatalf("a hand without the tool wishes %+v", w)
	}
}

func TestHandNeverJumps(t *testing.T) {
	h := newHand()
	h.take(true)
	h.dragTo(0, 200)
	last := 0.0
	for i := range 60 {
		if i == 30 {
			h.drop()
		}
		w := h.tick(frame60)
		if d := math.Abs(w.effort - last); d > dropRate*frame60+1e-9 {
			t.Fatalf("effort jumped by %.1f N in one frame", d)
		}
		last = w.effort
	}
	if last != 0 {
		t.Fatalf("half a second after the button was let go the effort is %.1f N", last)
	}
}

func TestHandTwistGoesToAndFro(t *testing.T) {
	for key, sign := range map[fyne.KeyName]float64{fyne.KeyQ: -1, fyne.KeyE: 1} {
		h := newHand()
		h.take(true)
		h.key(key, true)
		if w := h.tick(frame60); w.twist*sign <= 0 {
			t.Errorf("%s begins with %.1f rad/s, want towards %+.0f", key, w.twist, sign)
		}
		sum, turned := 0.0, 0.0
		for range int(math.Round(4 / wristHz / frame60)) {
			w := h.tick(frame60)
			sum, turned = sum+w.twist*frame60, turned+math.Abs(w.twist)*frame60
		}
		if math.Abs(sum) > 0.1*turned || turned < 5 {
			t.Errorf("%s: net turn %.2f rad of %.2f in four strokes, want about none", key, sum, turned)
		}
	}
}

func TestHandTiltStaysInRange(t *testing.T) {
	h := newHand()
	h.take(true)
	h.key(fyne.KeyD, true)
	if w := after1(h, 10); w.tilt != maxTilt {
		t.Fatalf("tilt after 10 s of D = %.3f, want %.3f", w.tilt, maxTilt)
	}
	h.release()
	if w := after1(h, 1); w.tilt != maxTilt {
		t.Fatalf("tilt moved to %.3f with no key held", w.tilt)
	}
}

func TestStartTiltIsSmallAndFixed(t *testing.T) {
	sides := map[bool]int{}
	for seed := range uint64(200) {
		a := startTilt(seed) * 180 / math.Pi
		if math.Abs(a) < 3 || math.Abs(a) > 7 || startTilt(seed) != startTilt(seed) {
			t.Fatalf("seed %d: %.2f degrees, want 3..7 to either side", seed, a)
		}
		sides[a > 0]++
	}
	if sides[true] < 40 || sides[false] < 40 {
		t.Fatalf("sides %v of 200, want both", sides)
	}
}
