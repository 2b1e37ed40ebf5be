package physics

import "math"

// BendingStiffness returns EI of the tube, with the stylet as an unbonded rod inside it or without, N.m2.
func (n *Needle) BendingStiffness(stylet bool) float64 {
	i := quartic(n.OuterRadius) - quartic(n.InnerRadius)
	if stylet {
		i += quartic(n.StyletRadius)
	}
	return n.Modulus * math.Pi / 4 * i
}

// TipStiffness returns the cantilever stiffness at the tip of a free length held at the hub, N/m: 3EI/L^3.
func (n *Needle) TipStiffness(free float64, stylet bool) float64 {
	return 3 * n.BendingStiffness(stylet) / (free * free * free)
}

// EulerLoad returns the axial load at which a free length buckles, N: pi^2 EI/(K L)^2 with K 2 for a free tip and 0.7 for a
// tip standing on bone.
func (n *Needle) EulerLoad(free, k float64, stylet bool) float64 {
	l := k * free
	return math.Pi * math.Pi * n.BendingStiffness(stylet) / (l * l)
}

// YieldMoment returns the bending moment at which the tube first yields, N.m: sigma I/R.
func (n *Needle) YieldMoment() float64 {
	return n.YieldStress * n.BendingStiffness(false) / n.Modulus / n.OuterRadius
}

// YieldSideLoad returns the side load at the tip of a free length at which the tube first yields at the hub, N.
func (n *Needle) YieldSideLoad(free float64) float64 { return n.YieldMoment() / free }

func quartic(r float64) float64 { return r * r * r * r }
