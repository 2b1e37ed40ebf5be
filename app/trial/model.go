package trial

import (
	"osseo/physics"
	"osseo/scenarios"
)

// NewModel builds the bone and tool of a placement: the same setup and placement always give the same model.
func NewModel(setup Setup, p Placement) (*physics.Model, error) {
	anatomy, err := SampleAnatomy(setup, p)
	if err != nil {
		return nil, err
	}
	needle, err := physics.NeedleByID(p.Needle)
	if err != nil {
		return nil, err
	}
	driver := physics.DefaultDriver(physics.DriverKind(p.Driver))
	driver.Battery = p.Battery
	return physics.NewModel(anatomy, needle, driver, physics.DefaultRendering())
}

// SampleAnatomy is the bone under the placement. A person's two sides are taken to be alike.
func SampleAnatomy(setup Setup, p Placement) (physics.Anatomy, error) {
	c := &setup.Case.Patient
	return physics.SampleAnatomy(physics.Patient{
		Age: c.AgeYears, GA: c.GAWeeks, Sex: c.Sex, Weight: c.WeightKG, BMI: c.BMI, Bone: c.Bone, Set: c.Anatomy,
	}, physics.Site(p.Site), setup.Seed)
}

// firstPlacement is the case's own plan with the setup's overrides.
func firstPlacement(s Setup) Placement {
	plan := &s.Case.Plan
	p := Placement{
		Attempt: 1, Site: plan.Site, Side: plan.Side, Driver: plan.Driver, Needle: plan.Needles[0],
		Battery: s.Case.Tray.Battery,
	}
	if p.Side == "either" {
		p.Side = "right"
	}
	if s.Needle != "" {
		p.Needle = s.Needle
		if n, ok := scenarios.NeedleByID(s.Needle); ok {
			p.Driver = string(n.Driver)
		}
	}
	if s.Driver != "" && s.Driver != p.Driver {
		p.Driver, p.Needle = s.Driver, needleFor(s.Case, physics.DriverKind(s.Driver))
	}
	return p
}

// needleFor is the needle for a driver that the plan does not begin with: the plan's own for it, else the rule's.
func needleFor(c *scenarios.Case, driver physics.DriverKind) string {
	for _, id := range c.Plan.Needles {
		if n, ok := scenarios.NeedleByID(id); ok && n.Driver == driver {
			return id
		}
	}
	id, _ := scenarios.AdviseNeedle(driver, c.Patient.WeightKG, false)
	return id
}
