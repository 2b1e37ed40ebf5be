package figures

import (
	"math"

	"osseo/physics"
)

const (
	mm     = 1e-3
	degree = math.Pi / 180
	mmHg   = 133.322 // Pa
)

// plain is a young adult's tibia without the scatter between people: wall 3 mm, cavity 25 mm, tissue 5 mm, strength 1.
func plain(set map[string]float64) (physics.Anatomy, error) {
	return plainAt(physics.ProximalTibia, set)
}

// plainAt is the same at another site.
func plainAt(site physics.Site, set map[string]float64) (physics.Anatomy, error) {
	all := map[string]float64{
		"cortex_mm": 3, "soft_tissue_mm": 5, "medulla_mm": 25, "strength": 1, "cancellous_g_cm3": 0.25,
	}
	for name, x := range set {
		all[name] = x
	}
	return physics.SampleAnatomy(physics.Patient{Age: 30, Sex: physics.Male, Weight: 75, Bone: physics.NormalBone, Set: all}, site, 1)
}

// rig is a tool on a bench over a bone.
type rig struct {
	model *physics.Model
	state physics.State
	in    physics.Input
	out   physics.Output
	time  float64 // s
	speed float64 // m/s, of a tool that is pressed
	dt    float64 // s
}

// over puts a tool over a bone. change may be nil.
func over(a physics.Anatomy, tool string, change func(*physics.Needle, *physics.Driver)) (*rig, error) {
	n, err := physics.ToolByID(tool)
	if err != nil {
		return nil, err
	}
	d := physics.ToolDriver(n)
	if change != nil {
		change(&n, &d)
	}
	m, err := physics.NewModel(a, n, d, physics.DefaultRendering())
	if err != nil {
		return nil, err
	}
	return &rig{model: m, state: m.Start(), in: physics.Input{Stylet: true}, dt: 1e-3}, nil
}

// step advances by one tick.
func (r *rig) step() {
	r.out = r.model.Step(&r.state, r.in, r.dt)
	r.time += r.dt
}

// feed moves the tool to a depth at a speed, both in SI, and lets see look at each tick.
func (r *rig) feed(to, speed float64, see func(*rig)) {
	way := to - r.in.Depth
	n := int(math.Ceil(math.Abs(way) / speed / r.dt))
	from := r.in.Depth
	r.in.Velocity = math.Copysign(speed, way)
	for i := 1; i <= n; i++ {
		r.in.Depth = from + way*float64(i)/float64(n)
		r.step()
		if see != nil {
			see(r)
		}
	}
	r.in.Velocity = 0
}

// What a machine that presses is: a sled on a damper. Assumed: stiff enough to follow the bone, slow enough not to ring.
const (
	sledMass = 0.5   // kg
	sledDrag = 120.0 // N.s/m
)

// press pushes the tool by a force, N, for some seconds and lets see look at each tick.
func (r *rig) press(seconds float64, force func(t float64) float64, see func(*rig)) {
	began := r.time
	for r.time < began+seconds {
		reaction := r.out.Force + math.Max(0, r.out.Stiffness*(r.in.Depth-r.out.Anchor)+r.out.Damping*r.speed)
		r.speed += (force(r.time-began) - reaction - sledDrag*r.speed) / sledMass * r.dt
		r.in.Depth += r.speed * r.dt
		r.in.Velocity = r.speed
		r.step()
		if see != nil {
			see(r)
		}
	}
}

// swing twists the handle to and fro, 90 degrees either side at 1.5 Hz, as a hand does.
func (r *rig) swing() { r.in.Twist = math.Pi / 2 * math.Sin(2*math.Pi*1.5*r.time) }

// steady is a force that does not change.
func steady(n float64) func(float64) float64 { return func(float64) float64 { return n } }

// touch brings the tip onto the bone.
func (r *rig) touch() {
	r.feed(r.model.Column(r.in.U, r.in.V).Bone-0.2*mm, 10*mm, nil)
}
