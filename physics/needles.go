package physics

// The catalogue: dimensions of literature.md section 4. Tip geometry is assumed (no drawing was found): a trocar of 4 mm at
// 15 gauge with a 0.5 mm chisel, scaled with the gauge.

const (
	steelModulus = 193e9 // 304 stainless [H]
	tubeYield    = 760e6 // half-hard 304, ASTM A666 [H]; ISO 9626 tube is drawn hard
	gauge15Outer = 1.829 * mm / 2
	gauge15Inner = 1.372 * mm / 2
	gauge18Outer = 1.270 * mm / 2
	gauge18Inner = 0.838 * mm / 2
	styletGap    = 0.025 * mm // radial clearance of the stylet, section 4
)

func gauge15(id, title string, d DriverKind, length float64) Needle {
	return Needle{
		ID: id, Title: title, Driver: d,
		OuterRadius: gauge15Outer, InnerRadius: gauge15Inner, StyletRadius: gauge15Inner - styletGap,
		Length: length, TipLength: 4 * mm, ChiselRadius: 0.25 * mm, Sharpness: 1, Cutting: 1,
		HubTorque:  0.9,  // Assumed: hub bond holds about twice the tube's yield torque
		StyletHold: 180,  // Assumed: threaded or keyed lock
		HubMass:    4e-3, // Assumed: plastic luer hub
		Modulus:    steelModulus, YieldStress: tubeYield,
	}
}

func gauge18(id, title string, d DriverKind, length float64) Needle {
	n := gauge15(id, title, d, length)
	n.OuterRadius, n.InnerRadius, n.StyletRadius = gauge18Outer, gauge18Inner, gauge18Inner-styletGap
	n.TipLength, n.ChiselRadius = 2.8*mm, 0.18*mm
	n.HubTorque, n.StyletHold, n.HubMass = 0.4, 110, 3e-3
	return n
}

// Needles returns the catalogue, a new slice at each call.
func Needles() []Needle {
	powered := func(id, title string, length float64) Needle {
		n := gauge15(id, title, Powered, length)
		n.Mark = 5 * mm // the mark that must show above the skin with the tip on bone
		return n
	}
	manual15 := gauge15("manual-15g", "15G 30 mm, by hand", Manual, 30*mm)
	manual18 := gauge18("manual-18g", "18G 25 mm, by hand", Manual, 25*mm)
	adult := gauge15("spring-15g-adult", "15G spring device, adult, set to 25 mm", Spring, 45*mm)
	adult.StopDepth = 25 * mm // adult 2.5 cm at the tibia, section 3.4
	child := gauge18("spring-18g-child", "18G spring device, child, set to 12 mm", Spring, 35*mm)
	child.StopDepth = 12 * mm // 3-6 y 1.0-1.5 cm, section 3.4
	return []Needle{
		powered("ez-15", "15G 15 mm, 3-39 kg", 15*mm),
		powered("ez-25", "15G 25 mm, 40 kg and over", 25*mm),
		powered("ez-45", "15G 45 mm, much soft tissue", 45*mm),
		manual15, manual18, adult, child,
	}
}

// NeedleByID returns a needle of the catalogue.
func NeedleByID(id string) (Needle, error) {
	list := ""
	for _, n := range Needles() {
		if n.ID == id {
			return n, nil
		}
		list += ", " + n.ID
	}
	return Needle{}, fault("needle %q is not in the catalogue; use one of %s", id, list[2:])
}

// DefaultDriver returns a charged driver of a kind. No measurement of any of them was found in public: all are priors of
// literature.md section 3.4.
func DefaultDriver(kind DriverKind) Driver {
	d := Driver{Kind: kind}
	switch kind {
	case Powered:
		d.NoLoadRPS = 13.3   // 800 rpm, prior 500-1200
		d.StallTorque = 0.18 // below the tube's yield torque of 0.25-0.47; priors of 0.3-1 would shear it. Assumed
		d.Battery = 1
	case Spring:
		d.SpringMass = 10e-3 // 5-15 g: the middle
		d.SpringRate = 1560
		d.SpringSet = 40 * mm // 1.25 J: the middle of 0.5-2; 11 m/s at the skin of 10-25
	}
	return d
}
