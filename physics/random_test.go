package physics

import (
	"math"
	"math/rand/v2"
	"testing"
)

// draw draws what a property test needs from one printed seed.
type draw struct{ *rand.Rand }

func drawOf(seed uint64) draw { return draw{rand.New(rand.NewPCG(seed, 0x05e0))} }

func (d draw) between(lo, hi float64) float64 { return lo + (hi-lo)*d.Float64() }

// scale draws so that every decade between two positive numbers is as likely.
func (d draw) scale(lo, hi float64) float64 { return lo * math.Pow(hi/lo, d.Float64()) }

func (d draw) coin() bool { return d.IntN(2) == 0 }

var everySite = []Site{ProximalTibia, DistalTibia, ProximalHumerus, DistalFemur, Sternum}

// patient draws anyone from 29 weeks of gestation to 95 years, and a site.
func (d draw) patient() (Patient, Site) {
	p := Patient{Sex: []Sex{"", Female, Male}[d.IntN(3)], Bone: []Quality{"", NormalBone, OsteoporoticBone}[d.IntN(3)], Donor: d.IntN(5) == 0}
	switch d.IntN(4) {
	case 0:
		p.GA = d.between(29, 42)
	case 1:
		p.Age = d.between(0, 2)
	case 2:
		p.Age = d.between(0, 18)
	case 3:
		p.Age = d.between(16, 95)
	}
	if d.IntN(3) == 0 {
		p.BMI = d.between(8, 80)
	}
	if d.IntN(3) == 0 {
		p.Weight = min(max(TypicalWeight(p.Age, p.GA)*d.scale(0.4, 3), 0.5), 300)
	}
	return p, everySite[d.IntN(len(everySite))]
}

// needle draws a needle of the catalogue, a tool, or anything Validate lets through, worn to any degree.
func (d draw) needle() Needle {
	list := append(Needles(), Tools()...)
	n := list[d.IntN(len(list))]
	n.Sharpness = d.Float64()
	if d.IntN(3) > 0 {
		return n
	}
	n.ID, n.ShaftGrip = "any", 0
	n.OuterRadius = d.scale(0.2*mm, 3*mm)
	n.InnerRadius = d.between(0, 0.98) * n.OuterRadius
	n.StyletRadius = d.Float64() * n.InnerRadius
	n.Length = d.scale(5*mm, 150*mm)
	n.Guide, n.Step = min(n.Guide, n.Length), min(n.Step, n.Length)
	n.TipLength = d.scale(0.1*mm, min(20*mm, n.Length))
	n.ChiselRadius = d.scale(0.01*mm, n.OuterRadius)
	n.Cutting = d.scale(0.3, 3)
	n.Mark = d.Float64() * n.Length
	n.StopDepth = 0
	if d.coin() {
		n.StopDepth = d.Float64() * n.Length
	}
	n.HubTorque, n.StyletHold = d.scale(0.01, 20), d.scale(1, 2000)
	n.Modulus, n.YieldStress = d.scale(1e9, 1e12), d.scale(10e6, 5e9)
	n.HubMass = d.between(0, 0.5)
	if d.coin() {
		n.ShaftGrip = d.scale(0.01, 3)
	}
	n.Web = 0
	if d.coin() {
		n.Web = d.Float64() * n.OuterRadius
	}
	return n
}

// driver draws a driver for a needle: the one it is used with, or anything Validate lets through.
func (d draw) driver(n Needle) Driver {
	dr := ToolDriver(n)
	dr.Battery *= d.Float64()
	if d.IntN(3) == 0 {
		dr = Driver{
			Kind: n.Driver, NoLoadRPS: d.scale(0.1, 100), StallTorque: d.scale(0.005, 20), Battery: d.Float64(),
			SpringMass: d.scale(0.5e-3, 0.2), SpringRate: d.scale(10, 200e3), SpringSet: d.scale(1*mm, 100*mm),
		}
	}
	return dr
}

// rendering draws what a leg can bear: the virtual one, or anything Validate lets through.
func (d draw) rendering() Rendering {
	if d.coin() {
		return DefaultRendering()
	}
	return Rendering{ContactStiffness: d.scale(500, 500e3), ContactDamping: d.between(0, 200)}
}

// model joins draws of all of them.
func (d draw) model(t testing.TB) *Model {
	t.Helper()
	p, site := d.patient()
	a, err := SampleAnatomy(p, site, d.Uint64())
	if err != nil {
		t.Fatal(err)
	}
	n := d.needle()
	m, err := NewModel(a, n, d.driver(n), d.rendering())
	if err != nil {
		t.Fatal(err)
	}
	return m
}
