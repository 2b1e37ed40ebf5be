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
			id: "A40", input: "simulated experts pressing 5 N on a front that gives way at the hand's own pace; the force then falls by a share", published: "3 % unnoticed, 14 % noticed; the pop must exceed 7 %",
			source: "Pang 1991", run: steps, why: "Noticed: within 1.5 s. Published for people who attend to nothing else, hence experts. Unnoticed and noticed are taken as below 10 and above 90 %.",
		},
		{
			id: "A42", quick: true, input: "puncture with force feedback against none, static view", published: "overshoot falls by at least 52 %", source: "Gerovich 2004",
			run: func(_ *lab, r *Row) error {
				r.add(missing("fall of the overshoot", "%", 52, 100))
				return nil
			},
			why: "The simulated hand has no estimate of depth from memory and view alone, so there is nobody to take the force away from.",
		},
	}
}

// held is the greatest push a person keeps up for half a second against a rigid stop that resists the twist, N.
func held(seed uint64, torque float64) (float64, error) {
	hand := virtual.Novice(seed^0x73656f, virtual.Task{Driver: virtual.Manual, PushLeast: 140, PushMost: 400, GiveUp: 9})
	leg := virtual.New(hand, virtual.Options{TickHz: tickHz, Start: -4 * mm})
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
		least = math.Min(least, c.At(s.Position, s.Velocity))
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

// notices reports whether a person takes a fall of force for a drop. The front gives way so that a steady push of 5 N
// advances a little, as bone does; then it holds back less by the share.
func notices(seed uint64, fall float64) (bool, error) {
	const hold = 5.0
	hand := virtual.Expert(seed^0x70616e67, virtual.Task{Driver: virtual.Powered, PushLeast: hold, PushMost: hold + 0.01, GiveUp: 4})
	leg := virtual.New(hand, virtual.Options{TickHz: tickHz, Start: -4 * mm})
	if err := leg.Arm(); err != nil {
		return false, err
	}
	var c haptics.Command
	var s haptics.Sample
	front := 0.0
	for range 12000 {
		if err := leg.Exchange(&c, &s); err != nil {
			return false, err
		}
		since := s.Time - hand.CutAt()
		if !math.IsNaN(hand.NoticedAt()) || since > 3.5 || finished(hand) {
			break
		}
		c = haptics.Command{}
		switch {
		case since > 2: // the tool sinks in against friction less by the share
			c.Force = hold * (1 - fall) * math.Tanh(s.Velocity/2e-3)
		case s.Position > front:
			c.Stiffness, c.Damping, c.Anchor = 40e3, 8, front
			if s.Trigger > 0.5 {
				front += 0.5e-3 / tickHz // half a millimetre a second
			}
		}
	}
	return hand.NoticedAt() > hand.CutAt()+2, leg.Close()
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
