package validate

import (
	"math"

	"osseo/haptics/virtual"
	"osseo/physics"
)

// pusher is a hand that only pushes: a constant force along a constant tilt.
type pusher struct {
	virtual.Operator // never asked
	push             float64
	tilt             float64
	trigger          float64
	until            float64
	phase            virtual.Phase
}

// Act pushes, softly at first.
func (p *pusher) Act(f *virtual.Feel, _ float64, g *virtual.Grip) {
	*g = virtual.Grip{Effort: p.push * math.Min(f.Time/0.5, 1), Mass: 1.25, Damping: 40, TiltX: p.tilt}
	if f.Time > 0.6 {
		g.Trigger = p.trigger
	}
	if f.Time > p.until {
		p.phase = virtual.Released
	}
}

func (p *pusher) Phase() virtual.Phase { return p.phase }
func (p *pusher) CutAt() float64       { return 0 }
func (p *pusher) StoppedAt() float64   { return math.NaN() }

// pushed presses a needle on adult bone at a tilt in degrees and returns what it came to.
func pushed(tool string, push, deg, trigger, seconds float64) (outcome, error) {
	a, err := plain(map[string]float64{"cortex_mm": 3})
	if err != nil {
		return outcome{}, err
	}
	n, err := physics.ToolByID(tool)
	if err != nil {
		return outcome{}, err
	}
	return insertion{
		anatomy: a, needle: n, limit: seconds + 1, free: true,
		hand: &pusher{push: push, tilt: deg * math.Pi / 180, trigger: trigger, until: seconds},
	}.run()
}

func skates(deg float64) (bool, error) {
	o, err := pushed("manual-15g", 20, deg, 0, 2)
	return o.sum.Slips > 0, err
}

// skateRows are tips that slide on bone.
func skateRows() []spec {
	return []spec{{
		id: "A4", quick: true, input: "tip on cortex, friction 0.3, pushed with 20 N without turning, tilted by 10, then 25 degrees",
		published: "holds at 10, skates at 25, threshold 16.7 degrees", source: "friction cone", run: cone,
		why: "The row states no tolerance of the threshold; 1 degree is taken.",
	}}
}

func cone(_ *lab, r *Row) error {
	at10, err := skates(10)
	if err != nil {
		return err
	}
	at25, err := skates(25)
	if err != nil {
		return err
	}
	low, high := 5.0, 30.0
	for high-low > 0.05 {
		mid := (low + high) / 2
		slides, err := skates(mid)
		if err != nil {
			return err
		}
		if slides {
			high = mid
		} else {
			low = mid
		}
	}
	r.add(holds("holds at 10 degrees", !at10), holds("skates at 25 degrees", at25),
		check("skates from", "degrees", 15.7, 17.7, high))
	return nil
}

func splitPoint(_ *lab, r *Row) error {
	plain, err := drilled("drill-3.2mm", 1000, 1)
	if err != nil {
		return err
	}
	split, err := drilled("drill-3.2mm-split", 1000, 1)
	if err != nil {
		return err
	}
	var way [2]float64
	for i, tool := range []string{"drill-3.2mm", "drill-3.2mm-split"} {
		o, err := pushed(tool, 30, 15, 1, 2)
		if err != nil {
			return err
		}
		way[i] = o.sum.SlipWay / mm
	}
	r.add(check("thrust", "% lower", 30, 60, 100*(1-split.thrust/plain.thrust)),
		check("way skated, plain less split", "mm", 1e-6, inf, way[0]-way[1]))
	return nil
}
