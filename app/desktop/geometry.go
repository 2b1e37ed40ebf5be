package desktop

import (
	"image/color"
	"slices"
	"strconv"

	"osseo/app/draw"
	"osseo/app/trial"
	"osseo/physics"
	"osseo/scenarios"
)

// geometry is the bone under the needle and the needle itself, as pictures need them.
type geometry struct {
	layers []draw.Layer
	bands  []draw.Band // the same along the needle, m
	needle draw.NeedleShape
	length float64 // hub to tip, m
	depth  float64 // m, skin to the far side of the bone
	near   float64 // m, top of the near cortex
	inner  float64 // m, inner face of the near cortex
	far    float64 // m, inner face of the far cortex
}

// measured returns the geometry of a placement at a point. An anatomy that cannot be sampled gives an empty picture, never an
// error: the run itself would have refused to begin.
func measured(setup trial.Setup, p plan) geometry {
	if p.needle == "" && len(setup.Case.Plan.Needles) > 0 {
		p.needle = setup.Case.Plan.Needles[0]
	}
	g := geometry{needle: needleShape(p.needle)}
	g.length = g.needle.LengthMM / 1000
	a, err := trial.SampleAnatomy(setup, trial.Placement{Site: p.site, Side: p.side, Driver: p.driver, Needle: p.needle})
	if err != nil {
		return g
	}
	col := a.At(p.at.u, p.at.v)
	const mm = 1000
	g.layers = []draw.Layer{
		{Tissue: draw.Skin, ThicknessMM: col.SkinBottom * mm},
		{Tissue: draw.Fat, ThicknessMM: (col.FatBottom - col.SkinBottom) * mm},
		{Tissue: draw.Muscle, ThicknessMM: (col.Bone - col.FatBottom) * mm},
		{Tissue: draw.Periosteum, ThicknessMM: (col.NearTop - col.Bone) * mm},
		{Tissue: draw.NearCortex, ThicknessMM: (col.NearBottom - col.NearTop) * mm},
		{Tissue: draw.Marrow, ThicknessMM: (col.FarTop - col.NearBottom) * mm},
		{Tissue: draw.FarCortex, ThicknessMM: (col.FarBottom - col.FarTop) * mm},
	}
	if p.beside {
		col.Place = physics.OffBone
	}
	g.layers = elsewhere(g.layers, col)
	const thinnest = 0.05 // mm: less is not a layer worth a name
	g.layers = slices.DeleteFunc(g.layers, func(l draw.Layer) bool { return l.ThicknessMM < thinnest })
	at := 0.0
	for _, l := range g.layers {
		to := at + l.ThicknessMM/mm
		if l.ThicknessMM > 0 {
			g.bands = append(g.bands, draw.Band{From: at, To: to, Tissue: l.Tissue, Label: bandWord(l.Tissue)})
		}
		switch l.Tissue {
		case draw.NearCortex:
			g.near, g.inner = at, to
		case draw.FarCortex:
			g.far = at
		}
		at = to
	}
	g.depth = at
	g.bands = append(g.bands, draw.Band{From: at, To: at + 0.02, Tissue: draw.DeepTissue})
	return g
}

// elsewhere changes the layers where the needle does not stand on the face of the bone: beside it there is only flesh, on a
// growth plate or in a joint there is cartilage where the marrow would be.
func elsewhere(layers []draw.Layer, col physics.Column) []draw.Layer {
	switch col.Place {
	case physics.OffBone:
		const shown = 30 // mm: an anatomy has no walls there to measure
		flesh := draw.Layer{Tissue: draw.Muscle, ThicknessMM: shown}
		return append(layers[:2:2], flesh)
	case physics.OnGrowthPlate, physics.OnJoint:
		for i := range layers {
			if layers[i].Tissue == draw.Marrow {
				layers[i].Tissue = draw.GrowthPlate
			}
		}
	}
	return layers
}

func bandWord(t draw.Tissue) string {
	switch t {
	case draw.Periosteum, draw.Muscle:
		return ""
	}
	return t.String()
}

// needleShape is a needle as it looks: sizes from the model's catalogue, colour from the label's.
func needleShape(id string) draw.NeedleShape {
	s := draw.NeedleShape{}
	label, ok := scenarios.NeedleByID(id)
	if ok {
		s.Hub = hexColour(label.Hex)
		s.LengthMM = label.LengthMM
		switch label.Driver {
		case physics.Manual:
			s.HubShape = draw.ManualHub
		case physics.Spring:
			s.HubShape = draw.SpringHub
		}
	}
	if n, err := physics.NeedleByID(id); err == nil {
		s.LengthMM, s.DiameterMM, s.TipMM = n.Length*1000, n.OuterRadius*2000, n.TipLength*1000
		if s.MarkMM = n.Mark * 1000; s.MarkMM == 0 {
			s.MarkMM = -1
		}
	}
	return s
}

// hexColour reads "#RRGGBB"; anything else is steel.
func hexColour(s string) color.NRGBA {
	if len(s) == 7 && s[0] == '#' {
		if rgb, err := strconv.ParseUint(s[1:], 16, 32); err == nil {
			return hex(uint32(rgb))
		}
	}
	return hex(0x98A6B4)
}
