package physics

import (
	"math"
	"testing"
)

// condition is one way to put a needle in, used by the rate, allocation and speed tests.
type condition struct {
	name    string
	patient Patient
	needle  string
	force   float64 // N
	amp, hz float64
	trigger float64
	tilt    float64 // rad
	dull    bool
	sharp   float64
}

var (
	adult   = Patient{Age: 45, Sex: Male, Weight: 80}
	infant  = Patient{Age: 0.6, Sex: Female, Weight: 7.5}
	newborn = Patient{Age: 0, Weight: 3.2}
	obese   = Patient{Age: 50, Sex: Female, Weight: 130, BMI: 47}
	old     = Patient{Age: 82, Sex: Female, Weight: 60, Bone: OsteoporoticBone}
)

var conditions = []condition{
	{name: "manual-adult", patient: adult, needle: "manual-15g", force: 90, amp: 1.57, hz: 1.5},
	{name: "powered-adult", patient: adult, needle: "ez-25", force: 50, trigger: 1},
	{name: "spring-adult", patient: adult, needle: "spring-15g-adult", force: 50, trigger: 1},
	{name: "manual-infant", patient: infant, needle: "manual-18g", force: 18, amp: 1.57, hz: 1.5},
	{name: "powered-infant", patient: infant, needle: "ez-15", force: 12, trigger: 1},
	{name: "newborn", patient: newborn, needle: "manual-18g", force: 12, amp: 1.57, hz: 1.5},
	{name: "obese", patient: obese, needle: "ez-45", force: 50, trigger: 1},
	{name: "osteoporotic", patient: old, needle: "ez-25", force: 30, trigger: 1},
	{name: "dull", patient: adult, needle: "ez-25", force: 80, trigger: 1, dull: true},
	{name: "oblique", patient: adult, needle: "ez-25", force: 50, trigger: 1, tilt: 0.2},
}

func (c *condition) bench(t testing.TB, seed uint64) *bench {
	t.Helper()
	b := newBench(t, c.patient, ProximalTibia, c.needle, seed)
	if c.dull || c.sharp > 0 {
		n := b.model.needle
		n.Sharpness = c.sharp
		b.model = remodel(t, b.model.anatomy, n)
	}
	b.force, b.amp, b.hz, b.trigger, b.after = c.force, c.amp, c.hz, c.trigger, 0.8
	b.in.TiltX = c.tilt
	return b
}

func remodel(t testing.TB, a Anatomy, n Needle) *Model {
	t.Helper()
	m, err := NewModel(a, n, DefaultDriver(n.Driver), DefaultRendering())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// A recorded hand (positions only) and a hand that feels (a mass) must meet the same bone at every tick rate.
func TestRateInvariance(t *testing.T) {
	for _, c := range append(bedside(), conditions...) {
		t.Run(c.name, func(t *testing.T) {
			tape, fine := c.record(t, 7)
			for _, hz := range []float64{250, 1000, 10000} {
				s := replay(t, c.bench(t, 7), tape, hz)
				near(t, c.name, "recorded", hz, s, fine, 0.01)
				b := c.bench(t, 7)
				near(t, c.name, "felt", hz, b.run(1/hz, 20), fine, 0.01)
			}
		})
	}
}

func near(t *testing.T, name, how string, hz float64, s, fine Summary, limit float64) {
	t.Helper()
	if !fine.Broke || !s.Broke {
		t.Errorf("%s %s at %g Hz: broke %v, at 10 kHz %v", name, how, hz, s.Broke, fine.Broke)
		return
	}
	depth := s.BreakDepth/fine.BreakDepth - 1
	peak := (s.PeakForce - fine.PeakForce) / math.Max(fine.PeakForce, 1)
	t.Logf("%s %s at %g Hz: depth %.3f mm (%+.2f %%), peak %.2f N (%+.2f %%)", name, how, hz, s.BreakDepth*1e3, depth*100, s.PeakForce, peak*100)
	if math.Abs(depth) > limit || math.Abs(peak) > limit {
		t.Errorf("%s %s at %g Hz: depth at breakthrough off by %.2f %%, peak force by %.2f %%; want 1 %%", name, how, hz, depth*100, peak*100)
	}
}

// record runs the hand that feels at 10 kHz and keeps what the leg would have measured.
func (c *condition) record(t *testing.T, seed uint64) ([]Input, Summary) {
	b := c.bench(t, seed)
	tape := make([]Input, 0, 200000)
	for b.time < 20 && b.time < b.popAt+1 {
		b.tick(1e-4)
		tape = append(tape, b.in)
	}
	return tape, b.state.Summary()
}

func replay(t *testing.T, b *bench, tape []Input, hz float64) Summary {
	t.Helper()
	stride := int(math.Round(10000 / hz))
	for i := stride - 1; i < len(tape); i += stride {
		b.out = b.model.Step(&b.state, tape[i], 1/hz)
	}
	return b.state.Summary()
}
