package physics

// Tools that are not intraosseous needle sets, for comparison with what was published about them: surgical drills, wires,
// a biopsy needle and the ordinary needles people have tried.

// drillWeb is half the chisel edge of a plain twist drill against its diameter: a web of a fifth of the diameter under a
// chisel angle of 125 degrees. Assumed: common practice for small drills.
const drillWeb = 0.122

// drillTool is a surgical twist drill. The flutes clear the hole, so it hardly grips.
func drillTool(id string, diameter float64) Needle {
	return Needle{
		ID: id, Title: id[6:] + " twist drill", Driver: Powered,
		OuterRadius: diameter / 2, InnerRadius: 0.1 * mm, Length: 60 * mm,
		TipLength: 0.47 * diameter, ChiselRadius: 0.078 * diameter, // 1.5 and 0.25 mm at 3.2 mm
		Sharpness: 1, Cutting: fluted, ShaftGrip: 0.01, Web: drillWeb * diameter,
		HubTorque: 20, StyletHold: 1e3, HubMass: 20e-3, Modulus: steelModulus, YieldStress: 900e6,
	}
}

// wire is a solid wire with a trocar point and no flutes.
func wire(id string, diameter float64) Needle {
	n := drillTool("drill-"+id, diameter)
	n.ID, n.Title = id, id[6:]+" wire"
	n.TipLength, n.ChiselRadius = 1.5*diameter, 0.06*diameter
	n.Cutting, n.ShaftGrip, n.Web = 1, 0.05, 0 // Assumed: it turns and has no taper to wedge
	return n
}

// ordinary is a needle made for soft tissue. Annealed or lightly drawn tube, no lock, a hub that holds less.
func ordinary(id, title string, outer, inner, length float64) Needle {
	n := gauge18(id, title, Manual, length)
	n.OuterRadius, n.InnerRadius, n.StyletRadius = outer/2, inner/2, inner/2-styletGap
	n.TipLength, n.ChiselRadius = 2.5*outer, 0.08*outer // a lancet bevel
	n.HubTorque, n.StyletHold, n.HubMass, n.YieldStress = 0.15, 20, 1e-3, 515e6
	return n
}

// Tools returns drills, wires and needles that are no intraosseous sets, a new slice at each call.
func Tools() []Needle {
	split := drillTool("drill-3.2mm-split", 3.2*mm)
	split.Title = "3.2 mm twist drill with a split point"
	split.Web /= 4 // Assumed: splitting leaves a quarter of the chisel edge
	split.ChiselRadius /= 4
	jamshidi := gauge15("jamshidi-11g", "11G biopsy needle", Manual, 60*mm)
	jamshidi.OuterRadius, jamshidi.InnerRadius, jamshidi.StyletRadius = 1.524*mm, 1.194*mm, 1.15*mm
	jamshidi.TipLength, jamshidi.ChiselRadius = 6*mm, 0.4*mm
	spinal := ordinary("spinal-20g", "20G spinal needle", 0.908*mm, 0.603*mm, 90*mm)
	spinal.Guide = 45 * mm // Assumed: nobody pushes on so long a needle by its hub alone
	stepped := gauge18("stepped-18g", "18G stepped needle, 8 mm into bone, by hand", Manual, 30*mm)
	stepped.Step = 8 * mm // Assumed: through a child's wall, not through the cavity
	return []Needle{
		drillTool("drill-2.0mm", 2*mm), drillTool("drill-2.5mm", 2.5*mm), drillTool("drill-3.2mm", 3.2*mm),
		drillTool("drill-4.5mm", 4.5*mm), split, wire("kwire-2.0mm", 2*mm), jamshidi,
		ordinary("iv-18g", "18G venous cannula", 1.270*mm, 0.838*mm, 45*mm),
		spinal, stepped,
	}
}

// ToolByID returns a tool, or a needle of the catalogue; "needle-15g" is its 25 mm powered one.
func ToolByID(id string) (Needle, error) {
	if id == "needle-15g" {
		id = "ez-25"
	}
	for _, n := range Tools() {
		if n.ID == id {
			return n, nil
		}
	}
	return NeedleByID(id)
}

// ToolDriver returns the driver a tool is used with: a surgical drill for drills and wires, else that of its set.
func ToolDriver(n Needle) Driver {
	if n.Driver == Powered && n.ShaftGrip > 0 && n.ShaftGrip < 0.1 {
		return Driver{Kind: Powered, NoLoadRPS: 1000.0 / 60, StallTorque: 2, Battery: 1} // Assumed: strong against the bone
	}
	return DefaultDriver(n.Driver)
}
