package physics

import (
	"math"
	"testing"
)

// bench is a plain hand for tests: a mass pushed with a force through a damper, or a tool fed at a speed. It closes the
// loop through the local spring as a leg does, at 20 kHz, so that only the model sees the tick rate.
type bench struct {
	model *Model
	state State
	in    Input
	out   Output

	force   float64 // N
	rise    float64 // s until full force
	reflex  float64 // s after the pop until the push is let go; 0 = never
	amp     float64 // rad of twist
	hz      float64
	trigger float64
	mass    float64
	damping float64
	after   float64 // s after start at which trigger is pressed
	time    float64
	popAt   float64
	rest    float64 // m, where the arm stood at the pop
}

func newBench(t testing.TB, p Patient, site Site, needle string, seed uint64) *bench {
	t.Helper()
	a, err := SampleAnatomy(p, site, seed)
	if err != nil {
		t.Fatal(err)
	}
	return benchOf(t, a, needle)
}

func benchOf(t testing.TB, a Anatomy, needle string) *bench {
	t.Helper()
	n, err := NeedleByID(needle)
	if err != nil {
		t.Fatal(err)
	}
	m, err := NewModel(a, n, DefaultDriver(n.Driver), DefaultRendering())
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{model: m, state: m.Start(), mass: 1.2, damping: 20, rise: 0.5, reflex: 0.15, popAt: math.Inf(1)}
	b.in.Depth = -2e-3
	b.in.Stylet = true
	return b
}

func (b *bench) tick(dt float64) {
	const sub = 50e-6
	n := int(math.Round(dt / sub))
	h := dt / float64(n)
	for range n {
		push := b.force * math.Min(b.time/b.rise, 1)
		if b.reflex > 0 && b.time > b.popAt+b.reflex {
			push *= math.Exp(-(b.time - b.popAt - b.reflex) / 0.03)
		}
		reaction := b.out.Force + math.Max(0, b.out.Stiffness*(b.in.Depth-b.out.Anchor)+b.out.Damping*b.in.Velocity)
		b.in.Velocity += (push - reaction - b.damping*b.in.Velocity - b.spring(push)) / b.mass * h
		b.in.Depth += b.in.Velocity * h
		b.time += h
		b.in.Load = push
	}
	b.in.Twist = b.amp * math.Sin(2*math.Pi*b.hz*b.time)
	b.in.Trigger = 0
	if b.time >= b.after {
		b.in.Trigger = b.trigger
	}
	b.out = b.model.Step(&b.state, b.in, dt)
	if b.out.Events.Has(Breakthrough) {
		b.popAt = b.time
	}
}

// run ticks until the push has been let go or the time is up.
func (b *bench) run(dt, limit float64) Summary {
	for b.time < limit && b.time < b.popAt+1 {
		b.tick(dt)
	}
	return b.state.Summary()
}

// spring is the arm's stiffness about where it stood at the pop, rising with effort: 50 N let go must not travel 300 mm.
func (b *bench) spring(push float64) float64 {
	if math.IsInf(b.popAt, 1) {
		b.rest = b.in.Depth
		return 0
	}
	return (100 + 8*b.force) * (b.in.Depth - b.rest)
}
