package validate

import (
	"math"

	"osseo/haptics"
	"osseo/haptics/virtual"
)

// touchRows are what hands can do and feel.
func touchRows() []spec {
	return []spec{
		{
			id: "A24", input: "simulated people twisting a needle that cannot advance, resisted by 2.1 and by 4.2 N.m", published: "hold no more than 113 +/- 19 N; at 4.2 N.m no more than 78 +/- 33 N",
			source: "Seo 2008", run: strengths, why: "Bands: mean within one published SD; nobody beyond mean and 2.5 SD. The leg is driven without its governor, whose own torque limit is lower.",
		},
		{
			id: "A40", input: "simulated experts pressing 5 N on a front that gives way slowly; the force then falls by a share", published: "3 % unnoticed, 14 % noticed; the pop must exceed 7 %",
			source: "Pang 1991", run: steps, why: "Noticed: felt by the hand within 1.5 s, whatever it makes of it; a fall alone is not yet taken for the pop, for which the tool must run ahead too. Published for people who attend to nothing else, hence experts. Unnoticed and noticed are taken as below 10 and above 90 %.",
		},
		{
			id: "A42", input: "puncture of a layer 30 mm deep by a needle in the hand, with force feedback against none, static view", published: "overshoot falls by at least 52 %", source: "Gerovich 2004",
			run: punctures, why: "Trained people who know the depth from a picture and feel where their arm is, with the error of their profile. Overshoot: way of the tip beyond the layer when it stands still, of those who went through it. The published layers are stood in for by one of 1.2 N (median of 24 papers, van Gerwen 2012) that gives 4 mm, with the friction of liver (Okamura 2004).",
		},
	}
}

// held is the greatest push a person keeps up for half a second against a rigid stop that resists the twist, N, as the load
// cell between hand and tool has it.
func held(seed uint64, torque float64) (float64, error) {
	hand := virtual.Novice(seed^0x73656f, virtual.Task{Driver: virtual.Manual, PushLeast: 140, PushMost: 400, GiveUp: 9})
	leg := virtual.New(hand, virtual.Options{TickHz: tickHz, Start: -4 * mm, Force: 500})
	if err := leg.Arm(); err != nil {
		return 0, err
	}
	var c haptics.Command
	var s haptics.Sample
	least, greatest := inf, 0.0
	for i := 1; !finished(hand) && i < 15000; i++ {
		if err := leg.Exchange(&c, &s); err != nil {
			return 0, err
		}
		c = haptics.Command{}
		if s.Position > 0 {
			c = haptics.Command{Stiffness: 40e3, Damping: 8, Torque: torque}
		}
		least = math.Min(least, s.Load)
		if i%500 == 0 {
			greatest = math.Max(greatest, least)
			least = inf
		}
	}
	return greatest, leg.Close()
}

func strengths(l *lab, r *Row) error {
	r.crowd(l.people)
	for _, c := range []struct{ torque, mean, sd float64 }{{2.1, 113, 19}, {4.2, 78, 33}} {
		x, err := each(l, l.people, func(seed uint64) (float64, error) { return held(seed, c.torque) })
		if err != nil {
			return err
		}
		at := number(&c.torque) + " N.m"
		r.add(estimated("mean push held at "+at, "N", c.mean-c.sd, c.mean+c.sd, mean(x)),
			check("greatest of all at "+at, "N", 0, c.mean+2.5*c.sd, quantile(1)(x)))
	}
	return nil
}

// notices reports whether a person feels a fall of force. The front gives way so that a steady push of 5 N advances a little,
// as bone does; then what the leg resists with falls by the share at once, and stays there.
func notices(seed uint64, fall float64) (bool, error) {
	const hold, steady, long = 6.3, 2.0, 1.5 // N, of which an arm that follows a front keeps some for itself; s, s
	hand := virtual.Expert(seed^0x70616e67, virtual.Task{Driver: virtual.Powered, PushLeast: hold, PushMost: hold + 0.01, GiveUp: 4})
	leg := virtual.New(hand, virtual.Options{TickHz: tickHz, Start: -4 * mm})
	if err := leg.Arm(); err != nil {
		return false, err
	}
	var c haptics.Command
	var s haptics.Sample
	front, held := 0.0, 0.0
	for range 12000 {
		if err := leg.Exchange(&c, &s); err != nil {
			return false, err
		}
		since := s.Time - hand.CutAt()
		if !math.IsNaN(hand.FeltAt()) || since > steady+long || finished(hand) {
			break
		}
		switch force := c.At(s.Position, s.Velocity); {
		case since > steady:
			if held == 0 {
				held = force
			}
			c = haptics.Command{Force: held * (1 - fall), Damping: 5}
		case s.Position > front:
			c = haptics.Command{Stiffness: 40e3, Damping: 8, Anchor: front}
			if s.Trigger > 0.5 {
				front += 0.5e-3 / tickHz // half a millimetre a second
			}
		default:
			c = haptics.Command{}
		}
	}
	return hand.FeltAt() > hand.CutAt()+steady, leg.Close()
}

func steps(l *lab, r *Row) error {
	r.crowd(l.people)
	at := func(fall float64) (estimate, error) {
		x, err := each(l, l.people, func(seed uint64) (bool, error) { return notices(seed, fall) })
		return percent(x), err
	}
	small, err := at(0.03)
	if err != nil {
		return err
	}
	large, err := at(0.14)
	r.add(estimated("notice a fall of 3 %", "%", 0, 10, small), estimated("notice a fall of 14 %", "%", 90, 100, large))
	return err
}

// The layer to be punctured: the median puncture force of 24 papers [vanGerwen2012], friction of liver on a shaft [Okamura2004],
// less behind, where the hole is. Depth and give are assumed.
const (
	layerDepth  = 30 * mm
	layerGives  = 4 * mm
	layerForce  = 1.22 // N
	layerBefore = 18.0 // N/m, friction of the shaft
	layerBehind = 9.0  // N/m
)

// puncture lets a person go through the layer and returns how far beyond it the needle stands in the end, m; negative before
// it. Without force the leg renders nothing.
func puncture(seed uint64, force bool) (float64, error) {
	hand := virtual.Trained(seed^0x6c61796572, virtual.Task{Driver: virtual.Manual, Probe: true, Expect: layerDepth, GiveUp: 30})
	leg := virtual.New(hand, virtual.Options{TickHz: tickHz, Start: -4 * mm})
	if err := leg.Arm(); err != nil {
		return 0, err
	}
	var c haptics.Command
	var s haptics.Sample
	open, deepest := false, -inf
	for i := 0; !finished(hand) && i < 40000; i++ {
		if err := leg.Exchange(&c, &s); err != nil {
			return 0, err
		}
		deepest = math.Max(deepest, s.Position)
		open = open || s.Position > layerDepth
		c = haptics.Command{}
		if !force || s.Position <= 0 {
			continue
		}
		shaft := layerBefore * math.Min(s.Position, layerDepth)
		if open {
			shaft = layerBehind * s.Position
		} else if in := s.Position - (layerDepth - layerGives); in > 0 {
			c.Stiffness, c.Anchor = layerForce/layerGives, layerDepth-layerGives
		}
		c.Force = shaft * math.Tanh(s.Velocity/1e-3)
	}
	return deepest - layerDepth, leg.Close()
}

// punctures compares how far beyond the layer people come with force and without. One who stops short of it has no overshoot.
func punctures(l *lab, r *Row) error {
	r.crowd(l.people)
	beyond := func(force bool) ([]float64, error) {
		x, err := each(l, l.people, func(seed uint64) (float64, error) { return puncture(seed, force) })
		var past []float64
		for _, m := range x {
			if m > 0 {
				past = append(past, m/mm)
			}
		}
		return past, err
	}
	with, err := beyond(true)
	if err != nil {
		return err
	}
	without, err := beyond(false)
	if err != nil {
		return err
	}
	left := parted(with, without)
	r.add(estimated("fall of the overshoot", "%", 52, 100, estimate{100 * (1 - left.value), 100 * (1 - left.high), 100 * (1 - left.low)}))
	return nil
}
