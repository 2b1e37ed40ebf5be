package validate

import (
	"math"

	"osseo/haptics/virtual"
	"osseo/physics"
)

// tube is a bone-like tube of fixed size: the young adult's strength times a share.
func tube(wall, cavity, strength, density float64) (physics.Anatomy, error) {
	return plain(map[string]float64{
		"cortex_mm": wall, "medulla_mm": cavity, "soft_tissue_mm": 1, "strength": strength, "cancellous_g_cm3": density,
	})
}

// overBone raises the most a person pushes over that of somebody seated; leastPush to mostPush is the range of push at a
// drill, N per mm of its diameter. The figures of osseo plunge. Assumed.
const (
	overBone  = 1.5
	leastPush = 30.0
	mostPush  = 65.0
)

// bore is drilling through both walls of a bone by many people.
type bore struct {
	tool   string
	bone   func(seed uint64) (physics.Anatomy, error)
	skill  string
	as     *virtual.Profile // who drills in place of the profile of that skill; nil = that
	one    bool             // one hand
	bounce bool
}

// bored is what one bore came to.
type bored struct {
	through       bool
	overshoot     float64 // mm beyond the far wall
	seconds       float64
	first, second float64 // N, mean push in either wall
}

func (b bore) drill(seed uint64) (bored, error) {
	a, err := b.bone(seed)
	if err != nil {
		return bored{}, err
	}
	n, err := physics.ToolByID(b.tool)
	if err != nil {
		return bored{}, err
	}
	t := virtual.Task{
		Driver: virtual.Powered, OneHand: b.one, Braced: !b.one, Bounce: b.bounce, Walls: 2, Lean: overBone, GiveUp: 60,
		PushLeast: leastPush * 2e3 * n.OuterRadius, PushMost: mostPush * 2e3 * n.OuterRadius,
	}
	if b.skill == "robot" {
		t.Feed = 1e-3
	}
	hand, err := virtual.ByName(b.skill, seed^0x6472696c, t)
	if err != nil {
		return bored{}, err
	}
	if b.as != nil {
		hand = virtual.NewSimulated(b.as, seed^0x6472696c, t)
	}
	in := insertion{anatomy: a, needle: n, free: true, sleeve: true, limit: 90, hand: hand}
	o, err := in.run()
	return bored{
		through: !math.IsNaN(o.through), overshoot: o.overshoot / mm, seconds: o.through - o.cut, first: o.first, second: o.second,
	}, err
}

// bores drills n times and keeps those that went through.
func (l *lab) bores(n int, b bore) ([]bored, error) {
	all, err := each(l, n, b.drill)
	var x []bored
	for i := range all {
		if all[i].through {
			x = append(x, all[i])
		}
	}
	return x, err
}

func overshoot(b *bored) float64 { return b.overshoot }

// sawbone is the artificial tube of drilling studies: strength by the thrust of artificial against human femur, 87 to 198 N.
func sawbone(uint64) (physics.Anatomy, error) { return tube(3, 16, 0.44, 0.02) }

// shaft is the shaft of a donor's bone.
func shaft(seed uint64) (physics.Anatomy, error) {
	p := donors(seed)
	r := drawing(seed)
	p.Set = map[string]float64{"cortex_mm": 4.5 * math.Exp(0.12*bounded(r)), "medulla_mm": 14, "soft_tissue_mm": 1, "cancellous_g_cm3": 0.03}
	return physics.SampleAnatomy(p, physics.ProximalTibia, seed)
}

// pigs are pig humeri: a wall of 3 mm and cancellous bone within.
func pigs(seed uint64) (physics.Anatomy, error) {
	r := drawing(seed)
	return tube(3*math.Exp(0.12*bounded(r)), 20, math.Exp(0.2*bounded(r)), 0.3)
}

const boreWhy = "Drilled with the drill in the hand, not through the leg's limits. One who drills both walls takes the first drop as a matter of course and stops at the next. "

// drillRows are drills and wires in a hand.
func drillRows() []spec {
	return []spec{
		{
			id: "A19", input: "4.5 mm drill, sharp, artificial tube, surgeons: one hand, bouncing, two hands",
			published: "plunge 13.0 +/- 4.2, 17.2 +/- 5.0, 10.6 +/- 3.5 mm: order kept, bounce/one 1.15-1.5, two/one 0.7-0.92, least SD with two hands",
			source:    "Ding and Marmor 2019", run: plunges, why: boreWhy + "Trained people.",
		},
		{
			id: "A21", input: "3.2 mm drill, donors' bone shaft, experts against novices, both walls", published: "time ratio 0.25-0.6 (4 against 10 s); experts push 5.5 N less on the second wall",
			source: "Nigam 2022", run: experts, why: boreWhy + "The drop in push is taken within half of 5.5 N.",
		},
		{
			id: "A22", input: "3.2 mm drill, donors' bone shaft, novices against experienced", published: "plunge 11.9 against 6.1 mm, ratio 1.6-2.2",
			source: "readbyqxmd 28693046", run: skills, why: boreWhy,
		},
		{
			id: "A23", input: "2 mm wire in pig bone, by hand against a machine that stops at the drop", published: "about 7.6 against 1 mm, reduction 80-92 %",
			source: "Zhu 2026", run: wires, why: boreWhy + "Pig bone: 3 mm of adult-strength wall. Assumed.",
		},
	}
}

func plunges(l *lab, r *Row) error {
	r.crowd(l.people)
	b := bore{tool: "drill-4.5mm", bone: sawbone, skill: "trained"}
	run := func(one, bounce bool) ([]float64, error) {
		b.one, b.bounce = one, bounce
		x, err := l.bores(l.people, b)
		return pick(x, overshoot), err
	}
	one, err := run(true, false)
	if err != nil {
		return err
	}
	bounce, err := run(true, true)
	if err != nil {
		return err
	}
	two, err := run(false, false)
	r.add(estimated("one hand", "mm", 8.8, 17.2, mean(one)),
		estimated("bounce over one hand", "", 1.15, 1.5, ratio(bounce, one)),
		estimated("two hands over one", "", 0.7, 0.92, ratio(two, one)),
		estimated("SD two hands over the lesser of the others", "", 0, 0.9999, estimate{sd(two) / math.Min(sd(one), sd(bounce)), math.NaN(), math.NaN()}))
	return err
}

func experts(l *lab, r *Row) error {
	r.crowd(l.people)
	b := bore{tool: "drill-3.2mm", bone: shaft, skill: "expert", one: true}
	expert, err := l.bores(l.people, b)
	if err != nil {
		return err
	}
	b.skill = "novice"
	novice, err := l.bores(l.people, b)
	seconds := func(b *bored) float64 { return b.seconds }
	r.add(estimated("time, expert over novice", "", 0.25, 0.6, ratio(pick(expert, seconds), pick(novice, seconds))),
		estimated("experts' push on the first wall less that on the second", "N", 2.75, 8.25, mean(pick(expert, func(b *bored) float64 { return b.first - b.second }))))
	return err
}

func skills(l *lab, r *Row) error {
	r.crowd(l.people)
	b := bore{tool: "drill-3.2mm", bone: shaft, skill: "novice", one: true}
	novice, err := l.bores(l.people, b)
	if err != nil {
		return err
	}
	b.skill = "expert"
	expert, err := l.bores(l.people, b)
	r.add(estimated("plunge, novices over experts", "", 1.6, 2.2, ratio(pick(novice, overshoot), pick(expert, overshoot))))
	return err
}

func wires(l *lab, r *Row) error {
	r.crowd(l.people)
	b := bore{tool: "kwire-2.0mm", bone: pigs, skill: "trained", one: true}
	hand, err := l.bores(l.people, b)
	if err != nil {
		return err
	}
	b.skill = "robot"
	robot, err := l.bores(l.people, b)
	down := ratio(pick(robot, overshoot), pick(hand, overshoot))
	r.add(estimated("reduction", "%", 80, 92, estimate{100 * (1 - down.value), 100 * (1 - down.high), 100 * (1 - down.low)}))
	return err
}
