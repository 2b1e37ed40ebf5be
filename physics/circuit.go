package physics

import "math"

// Infusion circuit, eq. 21-22a: source, line, needle, and at the needle's mouth the marrow in parallel with every way out of
// the bone.

// Line is what lies between a source and the needle's hub: at a flow q it takes Laminar x viscosity x q + Square x q^2.
type Line struct {
	Laminar float64 // Pa.s/m3 with water, >= 0
	Square  float64 // Pa.s2/m6, >= 0
}

// GivingSet is an ordinary drip set: 1.8 m of 3 mm tube (assumed), and losses in chamber, clamp and joints that leave
// 540 mL/min from a bag a metre high; with cannulae of 220 (16G) and 350 mL/min (14G) that is near the 200 and 300 mL/min of
// Stoneham1995, and near twice as much with a pressure bag.
func GivingSet() Line {
	return Line{Laminar: 8 * waterViscosity * 1.8 / (math.Pi * quartic(1.5*mm)), Square: 3e13}
}

// ExtensionSet is the short line between needle and syringe or set: 15 cm of 1.8 mm. Assumed.
func ExtensionSet() Line {
	return Line{Laminar: 8 * waterViscosity * 0.15 / (math.Pi * quartic(0.9*mm)), Square: 2e13}
}

// NeedleFree is a needle-free connector: it slows a set with a wide short cannula by up to 41 % [EMJ 28:201].
func NeedleFree() Line { return Line{Square: 9e14} }

// With is this line with another behind it.
func (l Line) With(m Line) Line { return Line{l.Laminar + m.Laminar, l.Square + m.Square} }

// Drop is the pressure lost in the line, Pa; q m3/s, viscosity against water.
func (l Line) Drop(q, viscosity float64) float64 { return l.Laminar*viscosity*q + l.Square*q*q }

// Syringe is the pressure a thumb puts behind a plunger, Pa; force N, diameter of the plunger m.
func Syringe(force, diameter float64) float64 {
	if !(diameter > 0) || !(force > 0) {
		return 0
	}
	return force / (math.Pi / 4 * diameter * diameter)
}

// A firm push on a syringe of 10 mL: 200-241 kPa, measured at injections by hand (29.2 and 34.95 psi [Dervisevic]).
const thumbForce = 36.0 // N

// Plunger10 is the diameter of the plunger of a 10 mL syringe, m. Assumed: common makes.
const Plunger10 = 14.5 * mm

// FlushPressure is what a thumb puts behind a 10 mL syringe, Pa.
func FlushPressure() float64 { return Syringe(thumbForce, Plunger10) }

// BloodViscosity is that of blood against saline: 4 mPa.s of 0.9. Assumed: whole blood, not chilled.
const BloodViscosity = 4.4

// Circuit is what pushes fluid into a needle. The zero value pushes nothing.
type Circuit struct {
	Head      float64 // pressure at the source above the needle's hub, Pa, 0..1e6
	Line      Line
	Viscosity float64 // of the fluid against water, 0 = 1, 0.2..50
	Above     float64 // pressure in the marrow above that of shock, Pa; a well person's is 1.7 kPa, a donor's -1.6 kPa
}

// FlushCircuit is a 10 mL syringe pushed firmly through an extension set.
func FlushCircuit() Circuit { return Circuit{Head: FlushPressure(), Line: ExtensionSet()} }

// Flows is where the fluid goes. Through is the sum of the three others; all m3/s, never negative.
type Flows struct {
	Through  float64 // through the needle
	Marrow   float64
	Near     float64 // into the tissue on the needle's side of the bone, or onto the skin
	Deep     float64 // into the compartment behind the bone
	Pressure float64 // at the needle's mouth, Pa above ambient: what the marrow feels when the mouth lies in it
	Line     float64 // Pa lost in the line
	Needle   float64 // Pa lost in the needle
}

// Leak is the share of the flow that does not reach the marrow, 0..1; 0 when nothing flows.
func (f *Flows) Leak() float64 {
	if f.Through <= 0 {
		return 0
	}
	return clamp(1-f.Marrow/f.Through, 0, 1)
}

// sane keeps a circuit within what is physical.
func (c *Circuit) sane() Circuit {
	x := *c
	x.Head = finite(x.Head, 0, 0, 1e6)
	x.Line.Laminar, x.Line.Square = finite(x.Line.Laminar, 0, 0, 1e15), finite(x.Line.Square, 0, 0, 1e20)
	x.Viscosity = finite(x.Viscosity, 1, 0, 50)
	if x.Viscosity < 0.2 {
		x.Viscosity = 1
	}
	x.Above = finite(x.Above, 0, -marrowPressure, 20e3)
	return x
}

// Infuse returns what a circuit lets flow now, with tissue as swollen as it is. Does not allocate and changes nothing.
func (m *Model) Infuse(s *State, c *Circuit, t Tissue) Flows {
	x := c.sane()
	n := m.node(s, x.Viscosity)
	la, lb := m.needle.flowLoss()
	a, b := la*x.Viscosity+x.Line.Laminar*x.Viscosity, lb+x.Line.Square
	var f Flows
	if x.Head <= 0 || math.IsInf(a, 1) || n.shut() {
		if n.touches { // a standing column
			f.Pressure = x.Head
		}
		return f
	}
	swelling := m.Swelling(t)
	marrow := Line{n.laminar, n.square}
	back := marrowPressure + x.Above
	switch {
	case n.open:
		f.Near = root(a, b, x.Head)
	case n.near == 0 && n.deep == 0: // in series all the way: a quadratic
		f.Marrow = root(a+marrow.Laminar, b+marrow.Square, x.Head-back)
		f.Pressure = x.Head - a*f.Marrow - b*f.Marrow*f.Marrow
	default:
		f = balance(x.Head, a, b, func(p float64) Flows {
			y := Flows{Near: max(p-swelling.Near, 0) * n.near, Deep: max(p-swelling.Deep, 0) * n.deep, Pressure: p}
			if n.marrow {
				y.Marrow = root(marrow.Laminar, marrow.Square, p-back)
			}
			return y
		})
	}
	f.Through = f.Marrow + f.Near + f.Deep
	f.Line = x.Line.Drop(f.Through, x.Viscosity)
	f.Needle = la*x.Viscosity*f.Through + lb*f.Through*f.Through
	return f
}

// balance finds the pressure at which what leaves is what comes through the losses a, b: both are monotone in it.
func balance(head, a, b float64, leaves func(p float64) Flows) Flows {
	low, high := 0.0, head
	var f Flows
	for range 52 {
		p := (low + high) / 2
		f = leaves(p)
		if f.Marrow+f.Near+f.Deep > root(a, b, head-p) {
			high = p
		} else {
			low = p
		}
	}
	return f
}
