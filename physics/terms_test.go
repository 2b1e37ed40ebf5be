package physics

import (
	"math"
	"testing"
)

// without runs an insertion with one term changed and returns what came of it.
func without(t *testing.T, c condition, change func(*terms)) (*bench, Summary) {
	t.Helper()
	b := c.bench(t, 3)
	b.model = benchOf(t, plain(3*mm), c.needle).model
	change(&b.model.terms)
	b.force, b.after = c.force, 0.8
	return b, b.run(1e-3, 25)
}

func nothing(*terms) {}

// Without the wall breaking out under the tip a taper longer than the wall only clears its own way: no edge to feel.
func TestWithoutBreakoutThereIsNoPop(t *testing.T) {
	powered := conditions[1]
	_, whole := without(t, powered, nothing)
	_, bare := without(t, powered, func(x *terms) { x.shear = math.Inf(1) })
	if whole.Fall > 3e-3 || whole.ForceAfter > 0.4*whole.ForceBefore || whole.ForceAfter < 0.1*whole.ForceBefore {
		t.Errorf("pop: %.1f to %.1f N in %.1f ms; want 10-40 %% left within 3 ms", whole.ForceBefore, whole.ForceAfter, whole.Fall/1e-3)
	}
	if bare.Broke && bare.BreakDepth <= whole.BreakDepth+0.1*mm {
		t.Errorf("broke at %.2f mm without breakout and %.2f mm with it; want later", bare.BreakDepth/mm, whole.BreakDepth/mm)
	}
	if bare.Broke && bare.ForceBefore-bare.ForceAfter > 0.8*(whole.ForceBefore-whole.ForceAfter) && bare.Fall < 2*whole.Fall {
		t.Errorf("the pop is as sharp without breakout: %.1f N in %.1f ms", bare.ForceBefore-bare.ForceAfter, bare.Fall/1e-3)
	}
}

// Without the grip of the cortex nothing but soft tissue and marrow holds the shaft.
func TestWithoutGripTheNeedleIsLoose(t *testing.T) {
	manual := conditions[0]
	held, with := without(t, manual, nothing)
	loose, sans := without(t, manual, func(x *terms) { x.grip = 0 })
	a, b := held.model.Purchase(&held.state).HoldN, loose.model.Purchase(&loose.state).HoldN
	if b > 0.4*a {
		t.Errorf("pull-out %.1f N with the grip and %.1f N without", a, b)
	}
	if sans.Plunge <= with.Plunge {
		t.Errorf("plunge %.1f mm with the grip and %.1f mm without; want deeper", with.Plunge/mm, sans.Plunge/mm)
	}
}

// Without its bite a turning tip skates where it otherwise takes hold.
func TestWithoutBiteTheTipSkates(t *testing.T) {
	c := conditions[1]
	slips := func(change func(*terms)) int {
		b := benchOf(t, plain(3*mm), c.needle)
		change(&b.model.terms)
		b.force, b.trigger, b.rise = 40, 1, 4
		b.in.TiltX = 18 * math.Pi / 180
		return b.run(1e-3, 6).Slips
	}
	none := func(x *terms) { x.plough = 0 }
	if with, sans := slips(nothing), slips(none); sans == 0 || with > sans {
		t.Errorf("%d slips with the bite and %d without", with, sans)
	}
}

// Each soft layer shows in the force before bone is reached.
func TestWithoutSkinOrPeriosteumContactIsLighter(t *testing.T) {
	peak := func(change func(*terms)) (skin, bone float64) {
		b := benchOf(t, plain(3*mm), "ez-25")
		change(&b.model.terms)
		for i := range 6000 {
			b.in.Depth, b.in.Velocity = float64(i)*1e-6, 1e-3
			b.out = b.model.Step(&b.state, b.in, 1e-3)
			if b.out.Tip < 5*mm {
				skin = max(skin, b.out.Reaction)
			} else if b.state.axial.cut < 0.12*mm {
				bone = max(bone, b.out.Reaction)
			}
		}
		return skin, bone
	}
	skin, bone := peak(nothing)
	if skin < 4 || skin > 10 {
		t.Errorf("skin gave way at %.1f N; want 4-10", skin)
	}
	if bone < 3 || bone > 12 {
		t.Errorf("periosteum resisted with %.1f N; want 3-8 and what the skin keeps", bone)
	}
	if less, _ := peak(func(x *terms) { x.soft = 1 }); less > 0.5*skin {
		t.Errorf("skin %.1f N with and %.1f N without its strength", skin, less)
	}
	if _, less := peak(func(x *terms) { x.periosteum = 0 }); less > 0.7*bone {
		t.Errorf("periosteum %.1f N with and %.1f N without", bone, less)
	}
}

// Without texture a steady feed gives a steady force.
func TestWithoutTextureTheCutIsSmooth(t *testing.T) {
	noise := func(change func(*terms)) float64 {
		b := benchOf(t, plain(10*mm), "ez-25")
		change(&b.model.terms)
		var force []float64
		for i := range 14000 {
			b.in.Depth, b.in.Velocity, b.in.Trigger = 4.5*mm+float64(i)*0.5e-6, 0.5e-3, 1
			b.out = b.model.Step(&b.state, b.in, 1e-3)
			force = append(force, b.out.Reaction)
		}
		sum := 0.0
		for i := 8200; i < len(force); i++ {
			sum += sq(force[i] - 2*force[i-100] + force[i-200]) // curvature over 0.1 s: neither ramp nor drift
		}
		return math.Sqrt(sum / float64(len(force)-8200))
	}
	with, sans := noise(nothing), noise(func(x *terms) { x.rough = 0 })
	if with < 3*sans || with == 0 {
		t.Errorf("change within 0.1 s %.4f N with texture and %.4f N without", with, sans)
	}
}
