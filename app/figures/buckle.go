package figures

import (
	"math"

	"osseo/physics"
)

// columns are needles that stand on bone, thin to thick.
var columns = []struct{ name, needle string }{
	{"20G spinal needle, 90 mm", "spinal-20g"}, {"18G venous cannula, 45 mm", "iv-18g"}, {"18G needle by hand", "manual-18g"}, {"15G needle, 25 mm", "ez-25"},
}

func buckling() ([]panel, error) {
	straight := panel{x: "advance of the hub, mm", y: "push, N", xs: [2]float64{0, 4}}
	wandered := panel{x: "wandering of the hub since the tip bit, degrees", y: "greatest push, N", xs: [2]float64{0, 10}}
	for _, c := range columns {
		var t, most trace
		for lean := 0.0; lean <= 10; lean++ {
			peak, err := columned(c.needle, lean*degree, func(advance, push float64) {
				if lean == 3 {
					t.at(advance/mm, push)
				}
			})
			if err != nil {
				return nil, err
			}
			most.at(lean, peak)
		}
		straight.add(t.line(c.name))
		wandered.add(most.line(c.name))
	}
	return []panel{straight, wandered}, nil
}

// columned pushes a needle that has bitten into a thick wall straight on without turning, its hub led aside before, and
// returns the greatest push, N.
func columned(needle string, lean float64, see func(advance, push float64)) (float64, error) {
	a, err := plain(map[string]float64{"cortex_mm": 8})
	if err != nil {
		return 0, err
	}
	r, err := over(a, needle, nil)
	if err != nil {
		return 0, err
	}
	r.touch()
	for began := r.time; !r.out.Events.Has(physics.Seat) && r.time < began+10; {
		r.press(0.05, steady(15), (*rig).swing)
	}
	r.press(0.3, steady(3), func(r *rig) { r.in.TiltX = math.Min(lean, r.in.TiltX+lean/250) })
	peak, from := 0.0, r.in.Depth
	r.feed(from+4*mm, 10*mm, func(r *rig) {
		peak = math.Max(peak, r.out.Reaction)
		see(r.in.Depth-from, r.out.Reaction)
	})
	return peak, nil
}
