package physics

import (
	"math"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// anyInput draws ordinary, huge and not-finite inputs.
func anyInput(t *rapid.T) Input {
	x := func(name string, span float64) float64 {
		switch rapid.IntRange(0, 12).Draw(t, name+" kind") {
		case 0:
			return math.NaN()
		case 1:
			return math.Inf(1)
		case 2:
			return math.Inf(-1)
		case 3:
			return rapid.Float64().Draw(t, name+" wild")
		}
		return rapid.Float64Range(-span, span).Draw(t, name)
	}
	return Input{
		Depth: x("depth", 0.06), Velocity: x("velocity", 0.3), Twist: x("twist", 30), TiltX: x("tilt x", 0.6), TiltY: x("tilt y", 0.6),
		U: x("u", 0.02), V: x("v", 0.02), Trigger: x("trigger", 1), Stylet: rapid.Bool().Draw(t, "stylet"), Load: x("load", 80),
	}
}

func anyModel(t *rapid.T) *Model {
	p := rapid.SampledFrom([]Patient{adult, infant, newborn, obese, old}).Draw(t, "patient")
	site := rapid.SampledFrom([]Site{ProximalTibia, DistalTibia, ProximalHumerus, DistalFemur, Sternum}).Draw(t, "site")
	n := rapid.SampledFrom(Needles()).Draw(t, "needle")
	n.Sharpness = rapid.Float64Range(0, 1).Draw(t, "sharpness")
	a, err := SampleAnatomy(p, site, rapid.Uint64().Draw(t, "seed"))
	if err != nil {
		t.Fatal(err)
	}
	d := DefaultDriver(n.Driver)
	d.Battery = rapid.Float64Range(0, 1).Draw(t, "battery")
	m, err := NewModel(a, n, d, DefaultRendering())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// outside returns the name of the first field of an output that is not finite or not bounded.
func outside(o Output) string {
	v := reflect.ValueOf(o)
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.Float64 {
			if x := f.Float(); math.IsNaN(x) || math.Abs(x) > 1e5 {
				return v.Type().Field(i).Name
			}
		}
	}
	switch {
	case o.Stiffness < 0 || o.Damping < 0 || o.TiltStiffness < 0 || o.Vibration < 0 || o.MotorRPS < 0:
		return "a field that is never negative"
	case math.Abs(o.Force) > 2*maxForce || math.Abs(o.Reaction) > maxForce:
		return "the force's bound"
	case o.Transient.Kind != NoTransient && !(o.Transient.Decay > 0 && o.Transient.Amplitude >= 0):
		return "the transient"
	}
	return ""
}

func TestAnyInputIsAnsweredFinitely(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := anyModel(t)
		s := m.Start()
		for range rapid.IntRange(1, 60).Draw(t, "ticks") {
			dt := rapid.SampledFrom([]float64{1e-4, 1e-3, 4e-3, 0, -1, math.NaN(), math.Inf(1), 7}).Draw(t, "dt")
			o := m.Step(&s, anyInput(t), dt)
			if bad := outside(o); bad != "" {
				t.Fatalf("%s is out of bounds: %+v", bad, o)
			}
			if f := m.Flow(&s, 40e3); !(f >= 0 && f < 1e-3) {
				t.Fatalf("flow %g m3/s", f)
			}
			m.Purchase(&s)
			s.Summary()
		}
	})
}

// Two equal runs give equal bits; a copied state goes on as the original does.
func TestEqualCallsGiveEqualBits(t *testing.T) {
	for _, c := range conditions {
		a, b := c.bench(t, 3), c.bench(t, 3)
		for a.time < 2 {
			a.tick(1e-3)
			b.tick(1e-3)
		}
		if a.state.Hash() != b.state.Hash() || a.out != b.out {
			t.Fatalf("%s: two equal runs differ", c.name)
		}
		kept := a.state
		a.tick(1e-3)
		if kept.Hash() == a.state.Hash() {
			t.Fatalf("%s: a tick left the hash as it was", c.name)
		}
		b.state = kept
		b.tick(1e-3)
		if a.state.Hash() != b.state.Hash() {
			t.Fatalf("%s: a copied state went on differently", c.name)
		}
	}
}

// Every field of the state must reach the hash; the test finds a forgotten one by changing each in turn.
func TestHashCoversEveryField(t *testing.T) {
	s := benchOf(t, plain(3*mm), "ez-25").state
	count := 0
	var walk func(v reflect.Value, name string)
	walk = func(v reflect.Value, name string) {
		v = reflect.NewAt(v.Type(), v.Addr().UnsafePointer()).Elem()
		before := s.Hash()
		switch v.Kind() {
		case reflect.Struct:
			for i := range v.NumField() {
				walk(v.Field(i), name+"."+v.Type().Field(i).Name)
			}
			return
		case reflect.Array:
			for i := range v.Len() {
				walk(v.Index(i), name)
			}
			return
		case reflect.Float64:
			v.SetFloat(v.Float() + 0.125)
		case reflect.Bool:
			v.SetBool(!v.Bool())
		case reflect.Int32:
			v.SetInt(v.Int() + 1)
		case reflect.Uint8, reflect.Uint32, reflect.Uint64:
			v.SetUint(v.Uint() + 1)
		default:
			t.Fatalf("%s has kind %v, which the state may not hold", name, v.Kind())
		}
		count++
		if s.Hash() == before {
			t.Errorf("%s does not reach the hash", name)
		}
	}
	walk(reflect.ValueOf(&s).Elem(), "state")
	if count < 80 {
		t.Fatalf("only %d fields were looked at", count)
	}
}

func pushed(t testing.TB, a Anatomy, sharp float64) Summary {
	t.Helper()
	b := benchOf(t, a, "ez-25")
	n := b.model.needle
	n.Sharpness = sharp
	b.model = remodel(t, a, n)
	b.force, b.trigger, b.after = 45, 1, 0.8
	return b.run(1e-3, 60)
}

func rising(t *testing.T, what string, xs []float64) {
	t.Helper()
	for i := 1; i < len(xs); i++ {
		if xs[i] <= xs[i-1] {
			t.Errorf("%s does not rise: %.3g", what, xs)
			return
		}
	}
}

// More bone, stronger bone and a duller tip take longer; denser marrow and a duller tip leave more force after the pop.
func TestMonotone(t *testing.T) {
	var thick, strong, dull, left, blunt []float64
	for _, x := range []float64{1, 2, 3, 4, 5} {
		s := pushed(t, plain(x*mm), 1)
		thick = append(thick, s.BreakAt-s.ContactAt)
	}
	for _, x := range []float64{0.5, 0.8, 1.1, 1.4} {
		a := plain(3 * mm)
		a.Strength = x
		s := pushed(t, a, 1)
		strong = append(strong, s.BreakAt-s.ContactAt)
		a = plain(3 * mm)
		a.CancellousDensity = x / 3
		left = append(left, pushed(t, a, 1).ForceAfter)
	}
	for _, x := range []float64{1, 0.7, 0.4} {
		s := pushed(t, plain(3*mm), x)
		dull = append(dull, s.BreakAt-s.ContactAt)
		blunt = append(blunt, -s.ClarityWeber)
	}
	rising(t, "time through a thicker wall", thick)
	rising(t, "time through a stronger wall", strong)
	rising(t, "time with a duller tip", dull)
	rising(t, "force after the pop in denser marrow", left)
	rising(t, "blur of the pop with a duller tip", blunt)
}

// Nothing is felt in the air or at the skin's surface.
func TestZeroDepthIsZeroForce(t *testing.T) {
	for _, n := range Needles() {
		b := benchOf(t, plain(3*mm), n.ID)
		for _, depth := range []float64{-0.01, -1e-6, 0} {
			s := b.model.Start()
			for range 50 {
				if o := b.model.Step(&s, Input{Depth: depth, Stylet: true}, 1e-3); o.Reaction != 0 || o.Force != 0 || o.Torque != 0 {
					t.Fatalf("%s at %g m: force %g N, torque %g N.m", n.ID, depth, o.Reaction, o.Torque)
				}
			}
		}
	}
}

// A needle let go in the bone is held: it neither creeps nor falls out under its weight, and resists a pull.
func TestNeedleLetGoIsHeld(t *testing.T) {
	b := benchOf(t, plain(3*mm), "manual-15g")
	b.force, b.amp, b.hz = 90, 1.57, 1.5
	b.run(1e-3, 20)
	b.amp, b.force, b.reflex = 0, 0, 0
	b.popAt = math.Inf(1)
	for range 1000 {
		b.tick(1e-3)
	}
	at := b.state.axial.tip
	b.force = 1 // a line hanging on it, inward or outward
	for range 4000 {
		b.tick(1e-3)
	}
	if moved := b.state.axial.tip - at; math.Abs(moved) > 1e-6 {
		t.Errorf("a needle let go crept %.4f mm", moved/mm)
	}
	hold := b.model.Purchase(&b.state).HoldN
	if hold < 20 || hold > 80 {
		t.Errorf("pull-out without turning takes %.0f N; want 20-80", hold)
	}
}

func TestStepDoesNotAllocate(t *testing.T) {
	for _, c := range conditions {
		b := c.bench(t, 3)
		if n := testing.AllocsPerRun(400, func() { b.tick(1e-3) }); n != 0 {
			t.Errorf("%s: %g allocations in a tick", c.name, n)
		}
		if n := testing.AllocsPerRun(10, func() { b.state.Hash(); b.state.Summary(); b.model.Flow(&b.state, 1e4) }); n != 0 {
			t.Errorf("%s: %g allocations after it", c.name, n)
		}
	}
}

func FuzzStep(f *testing.F) {
	f.Add(uint64(1), 0.01, 0.1, 3.0, 0.1, 0.2, 0.001, 0.002, 1.0, 40.0, 1e-3, uint8(1))
	f.Add(uint64(2), 0.05, -2.0, 1e300, 1.5, -1.5, 9.0, -9.0, 0.5, math.Inf(1), 1e-9, uint8(5))
	list := Needles()
	f.Fuzz(func(t *testing.T, seed uint64, depth, velocity, twist, tx, ty, u, v, trigger, load, dt float64, pick uint8) {
		n := list[int(pick)%len(list)]
		p := []Patient{adult, infant, newborn, obese}[int(pick)%4]
		a, err := SampleAnatomy(p, ProximalTibia, seed)
		if err != nil {
			t.Fatal(err)
		}
		m := remodel(t, a, n)
		s := m.Start()
		for i := range 40 {
			k := float64(i) / 39
			in := Input{Depth: depth * k, Velocity: velocity, Twist: twist * k, TiltX: tx * k, TiltY: ty, U: u, V: v * k, Trigger: trigger * k, Stylet: pick&1 == 0, Load: load}
			if bad := outside(m.Step(&s, in, dt)); bad != "" {
				t.Fatalf("%s is out of bounds", bad)
			}
		}
	})
}
