package validate

import (
	"math"

	"osseo/haptics"
	"osseo/haptics/virtual"
	"osseo/physics"
)

// fed is a tool driven at a constant feed, as by a machine: no hand.
type fed struct {
	anatomy physics.Anatomy
	needle  physics.Needle
	driver  physics.Driver
	speed   float64 // m/s
	swing   float64 // rad either side, twist by hand
	hz      float64
	depth   float64 // m, where it ends
}

// pull is what the machine's load cell gave. Means are taken where the tip is deep in the near wall.
type pull struct {
	peak       float64 // N
	thrust     float64 // N, mean in the wall
	torque     float64 // N.m, the same
	axialWork  float64 // J
	twistWork  float64 // J
	after      float64 // N, mean of the last tenth of the way
	popped     bool
	peakBefore float64 // N, until the near wall gave way
}

func (f fed) run() (pull, error) {
	d := f.driver
	if d.Kind == "" {
		d = physics.ToolDriver(f.needle)
	}
	m, err := physics.NewModel(f.anatomy, f.needle, d, physics.DefaultRendering())
	if err != nil {
		return pull{}, err
	}
	const dt = 1e-3
	s := m.Start()
	top := f.anatomy.At(0, 0)
	from, to := top.NearTop+0.5*f.anatomy.NearCortex, top.NearTop+0.75*f.anatomy.NearCortex
	var p pull
	inWall, atEnd, twist := 0.0, 0.0, 0.0
	n := int(f.depth / f.speed / dt)
	for i := range n {
		x := f.speed * dt * float64(i)
		angle := f.swing * math.Sin(2*math.Pi*f.hz*dt*float64(i))
		o := m.Step(&s, physics.Input{Depth: x, Velocity: f.speed, Twist: angle, Trigger: 1, Stylet: true}, dt)
		p.peak = math.Max(p.peak, o.Reaction)
		p.axialWork += o.Reaction * f.speed * dt
		p.twistWork += math.Abs(o.Torque * (angle - twist))
		twist = angle
		p.popped = p.popped || o.Events.Has(physics.Breakthrough)
		if !p.popped {
			p.peakBefore = p.peak
		}
		if o.Tip > from && o.Tip < to {
			inWall++
			p.thrust += o.Reaction
			p.torque += o.Torque
		}
		if i > n*9/10 {
			atEnd++
			p.after += o.Reaction
		}
	}
	p.thrust /= math.Max(inWall, 1)
	p.torque /= math.Max(inWall, 1)
	p.after /= math.Max(atEnd, 1)
	return p, nil
}

// plain is a young adult's tibia without the scatter between patients.
func plain(set map[string]float64) (physics.Anatomy, error) {
	all := map[string]float64{
		"cortex_mm": 10, "soft_tissue_mm": 5, "medulla_mm": 25, "strength": 1, "cancellous_g_cm3": 0.25,
	}
	for name, x := range set {
		all[name] = x
	}
	return physics.SampleAnatomy(physics.Patient{Age: 30, Sex: physics.Male, Weight: 75, Set: all}, physics.ProximalTibia, 1)
}

// drilled feeds a drill at 2 mm/s into thick adult cortex.
func drilled(tool string, rpm, sharp float64) (pull, error) {
	a, err := plain(nil)
	if err != nil {
		return pull{}, err
	}
	n, err := physics.ToolByID(tool)
	if err != nil {
		return pull{}, err
	}
	n.Sharpness = sharp
	d := physics.Driver{Kind: physics.Powered, NoLoadRPS: rpm / 60, StallTorque: 20, Battery: 1} // a machine does not slow down
	return fed{anatomy: a, needle: n, driver: d, speed: 2e-3, depth: 26 * mm}.run()
}

// spine is the density of an iliac spine within its shell, g/cm3: twice that of the points where fluid is given. Assumed: a
// fifth of the volume is bone.
const spine = 0.35

// fedRows are tools that a machine drives.
func fedRows() []spec {
	return []spec{
		{
			id: "A16", quick: true, input: "3.2 mm drill, adult femur cortex, 2 mm/s, 1000 rpm", published: "thrust 184-212 N, torque 169-203 N.mm",
			source: "MacAvelia 2012", run: func(_ *lab, r *Row) error {
				p, err := drilled("drill-3.2mm", 1000, 1)
				r.add(check("thrust", "N", 184, 212, p.thrust), check("torque", "N.mm", 169, 203, p.torque*1e3))
				return err
			},
			why: "Thick wall of a young adult of average strength; the mean in the third quarter of the wall.",
		},
		{
			id: "A17", quick: true, input: "the same drill at the same feed, 1500 against 1000 rpm", published: "ratio of thrust 0.6-1.0, of torque 0.55-0.85",
			source: "MacAvelia 2012; direction J Healthc Eng 2020", run: twoDrills(
				"drill-3.2mm", 1500, 1, 0.6, 1.0, 0.55, 0.85),
		},
		{
			id: "A18", quick: true, input: "the same drill at the same feed, worn (sharpness 0.3) against sharp", published: "thrust rises, torque falls",
			source: "Alam", run: twoDrills("drill-3.2mm", 1000, 0.3, 1.0001, inf, 0, 0.9999),
		},
		{
			id: "A20", quick: true, input: "3.2 mm drill with a split point against a plain one, same feed; both put on bone at 15 degrees",
			published: "thrust 30-60 % lower (45 %), less skating", source: "Saha 1982", run: splitPoint,
			why: "Skating: way of the tip over the bone, pushed by a robot with 30 N.",
		},
		{
			id: "A25", quick: true, input: "11G biopsy needle driven 25 mm into an iliac spine by hand, leant on and twisted to and fro, trained",
			published: "axial work above twist work; friction work above tip work; force left after the pop", source: "Heiner 2001",
			run: biopsy, why: "Twenty simulated hands. Friction work is what the same motions spend less on a needle nothing holds; wall of 1 mm, density 0.35 g/cm3.",
		},
		{
			id: "A26", quick: true, input: "virtual patients, 15G needle by hand, same technique: 1 mm/s, +/-90 degrees at 1.5 Hz", published: "CV of the peak force 25-45 %",
			source: "Heiner 2001", run: peaks,
		},
	}
}

func twoDrills(tool string, rpm, sharp, thrustLow, thrustHigh, torqueLow, torqueHigh float64) func(*lab, *Row) error {
	return func(_ *lab, r *Row) error {
		base, err := drilled("drill-3.2mm", 1000, 1)
		if err != nil {
			return err
		}
		p, err := drilled(tool, rpm, sharp)
		r.add(check("ratio of thrust", "", thrustLow, thrustHigh, p.thrust/base.thrust),
			check("ratio of torque", "", torqueLow, torqueHigh, p.torque/base.torque))
		return err
	}
}

// Push at a biopsy needle, N: from what an arm alone pushes [Seo 2008] to the lesser of the 400-600 N measured at trephines by
// people who lean on them with their weight [literature.md, section 3.1].
const biopsyLeast, biopsyMost, biopsyLean = 113.0, 400.0, 2.0

// driven records a biopsy needle in somebody's hand until it is 25 mm deep in the bone: what the leg would measure.
func driven(seed uint64, a physics.Anatomy, n physics.Needle) ([]physics.Input, error) {
	hand := virtual.Trained(seed, virtual.Task{
		Driver: virtual.Manual, Depth: a.At(0, 0).NearTop + 25*mm, GiveUp: 60,
		PushLeast: biopsyLeast, PushMost: biopsyMost, Lean: biopsyLean,
	})
	m, err := physics.NewModel(a, n, physics.ToolDriver(n), physics.DefaultRendering())
	if err != nil {
		return nil, err
	}
	var tape []physics.Input
	b := &bone{model: m, state: m.Start()}
	b.see = func(_ float64, s *haptics.Sample, _ *physics.Output) {
		if p := hand.Phase(); p != virtual.Holding && p != virtual.Released {
			tape = append(tape, physics.Input{
				Depth: s.Position, Velocity: s.Velocity, Twist: s.Twist, TiltX: s.TiltX, TiltY: s.TiltY, U: s.U, V: s.V, Load: s.Load, Stylet: true,
			})
		}
	}
	leg := virtual.New(hand, virtual.Options{TickHz: tickHz, Start: -4 * mm})
	tick := drive(leg, b, true)
	for b.time < 90 && !finished(hand) {
		if err := tick(); err != nil {
			return nil, err
		}
	}
	return tape, leg.Close()
}

// worked is what a recorded hand spends on a needle in bone, J, and the force it is left with, N.
func worked(a physics.Anatomy, n physics.Needle, tape []physics.Input) (axial, twist, left float64, err error) {
	m, err := physics.NewModel(a, n, physics.ToolDriver(n), physics.DefaultRendering())
	if err != nil {
		return 0, 0, 0, err
	}
	s := m.Start()
	top := a.At(0, 0).NearTop
	last := physics.Input{}
	for _, in := range tape {
		o := m.Step(&s, in, 1/tickHz)
		if o.Tip > top {
			axial += o.Reaction * (in.Depth - last.Depth)
			twist += math.Abs(o.Torque * (in.Twist - last.Twist))
		}
		last, left = in, o.Reaction
	}
	return axial, twist, left, nil
}

// biopsy lets twenty trained hands drive the needle, and the same motions drive one that nothing holds.
func biopsy(_ *lab, r *Row) error {
	a, err := plain(map[string]float64{"cortex_mm": 1, "medulla_mm": 40, "cancellous_g_cm3": spine})
	if err != nil {
		return err
	}
	n, err := physics.ToolByID("jamshidi-11g")
	if err != nil {
		return err
	}
	slick := n
	slick.ShaftGrip = 0.01
	var axial, twist, tip, left float64
	const hands = 20
	for seed := range uint64(hands) {
		tape, err := driven(seed+1, a, n)
		if err != nil {
			return err
		}
		x, t, f, err := worked(a, n, tape)
		if err != nil {
			return err
		}
		y, u, _, err := worked(a, slick, tape)
		if err != nil {
			return err
		}
		axial, twist, tip, left = axial+x, twist+t, tip+y+u, left+f/hands
	}
	r.add(check("axial work over twist work", "", 1, inf, axial/twist),
		check("friction work over tip work", "", 1, inf, (axial+twist-tip)/tip),
		check("force left at the end", "N", 0.001, inf, left))
	return nil
}

func peaks(l *lab, r *Row) error {
	n, err := physics.ToolByID("manual-15g")
	if err != nil {
		return err
	}
	x, err := each(l, l.people, func(seed uint64) (float64, error) {
		a, err := physics.SampleAnatomy(adults(seed), physics.ProximalTibia, seed)
		if err != nil {
			return 0, err
		}
		f := fed{anatomy: a, needle: n, speed: 1e-3, swing: math.Pi / 2, hz: 1.5, depth: a.At(0, 0).NearBottom + 4*mm}
		p, err := f.run()
		return p.peakBefore, err
	})
	r.crowd(l.people)
	r.add(estimated("CV of the peak force", "%", 25, 45, of(x, func(x []float64) float64 { return 100 * cv(x) })))
	return err
}
