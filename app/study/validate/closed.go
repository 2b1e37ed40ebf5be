package validate

import (
	"osseo/physics"
)

const (
	mm   = 1e-3
	mmHg = 133.322
)

// closedRows are beams and the flow of the needle alone.
func closedRows() []spec {
	return []spec{
		{
			id: "A1", quick: true, input: "15G tube, 25 mm free, held at the hub, tip free, E 193 GPa",
			published: "Euler 286 N, tip stiffness 13.9 N/mm, both within 2 %", source: "beam theory",
			run: func(_ *lab, r *Row) error { return beam(r, "ez-25", 286, 13.9) },
		},
		{
			id: "A2", quick: true, input: "18G tube, 45 mm free, held at the hub, tip free, E 193 GPa",
			published: "Euler 24.3 N, tip stiffness 0.66 N/mm, both within 2 %", source: "beam theory",
			run: func(_ *lab, r *Row) error { return beam(r, "iv-18g", 24.3, 0.66) },
		},
		{
			id: "A3", quick: true, input: "15G tube, 25 mm, side load at the tip, yield stress 520 and 1000 MPa",
			published: "bends for good from 8.5 and 16.4 N, within 5 %", source: "beam theory", run: yielding,
		},
		{
			id: "A37", quick: true, input: "needle alone, 15G x 25 mm, water, 300 mmHg",
			published: "450-650 mL/min; at 165 mL/min bone takes at least 85 % of the pressure", source: "pipe flow", run: needleFlow,
		},
	}
}

func beam(r *Row, id string, euler, stiffness float64) error {
	n, err := physics.ToolByID(id)
	if err != nil {
		return err
	}
	r.add(about("Euler load", "N", euler, 0.02, n.EulerLoad(n.Length, 2, false)),
		about("tip stiffness", "N/mm", stiffness, 0.02, n.TipStiffness(n.Length, false)/1e3))
	return nil
}

func yielding(_ *lab, r *Row) error {
	n, err := physics.ToolByID("ez-25")
	if err != nil {
		return err
	}
	for _, c := range []struct{ stress, load float64 }{{520e6, 8.5}, {1000e6, 16.4}} {
		n.YieldStress = c.stress
		r.add(about("side load at "+number(known(c.stress/1e6))+" MPa", "N", c.load, 0.05, n.YieldSideLoad(n.Length)))
	}
	return nil
}

func needleFlow(_ *lab, r *Row) error {
	n, err := physics.ToolByID("ez-25")
	if err != nil {
		return err
	}
	r.add(check("flow of the needle alone", "mL/min", 450, 650, n.NeedleFlow(300*mmHg)*60e6),
		check("share of the pressure lost in bone at 165 mL/min", "%", 85, 100, 100*(1-n.NeedleDrop(165e-6/60)/(300*mmHg))))
	return nil
}
