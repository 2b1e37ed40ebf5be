package physics

import (
	"fmt"
	"math"
	"sort"
	"strings"
)

func fault(format string, args ...any) error { return fmt.Errorf("physics: "+format, args...) }

// within reports a value outside [lo, hi] or not finite.
func within(what string, x, lo, hi float64, unit string) error {
	if x >= lo && x <= hi { // false for NaN
		return nil
	}
	if unit != "" {
		unit = " " + unit
	}
	return fault("%s %g%s is outside the allowed %g to %g%s", what, x, unit, lo, hi, unit)
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// settable are the names of Patient.Set with their allowed ranges.
var settable = map[string][2]float64{
	"cortex_mm":        {0.2, 12},
	"soft_tissue_mm":   {1, 80},
	"medulla_mm":       {1, 80},
	"face_width_mm":    {2, 80},
	"growth_plate_mm":  {0, 60},
	"strength":         {0.1, 4},
	"cancellous_g_cm3": {0.02, 1},
}

// Validate reports the first field outside its range. Weight 0 and BMI 0 mean typical for the age.
func (p Patient) Validate() error {
	err := first(
		within("patient age", p.Age, 0, 95, "years"),
		zeroOr("patient gestational age", p.GA, 24, 42, "weeks"),
		zeroOr("patient weight", p.Weight, 0.5, 300, "kg"),
		zeroOr("patient BMI", p.BMI, 8, 80, "kg/m2"),
	)
	if err != nil {
		return err
	}
	switch p.Sex {
	case Female, Male, "":
	default:
		return fault("patient sex %q is unknown; use female or male", p.Sex)
	}
	switch p.Bone {
	case NormalBone, OsteoporoticBone, "":
	default:
		return fault("patient bone %q is unknown; use normal or osteoporotic", p.Bone)
	}
	return checkSet(p.Set)
}

func checkSet(set map[string]float64) error {
	names := make([]string, 0, len(set))
	for name := range set {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		r, ok := settable[name]
		if !ok {
			return fault("patient override %q is unknown; use one of %s", name, settableList())
		}
		if err := within("patient override "+name, set[name], r[0], r[1], ""); err != nil {
			return err
		}
	}
	return nil
}

func zeroOr(what string, x, lo, hi float64, unit string) error {
	if x == 0 {
		return nil
	}
	return within(what, x, lo, hi, unit)
}

func settableList() string {
	names := make([]string, 0, len(settable))
	for name := range settable {
		names = append(names, name)
	}
	sort.Strings(names)
	return strings.Join(names, ", ")
}

func siteList() string {
	names := make([]string, 0, len(sites))
	for s := range sites {
		names = append(names, string(s))
	}
	sort.Strings(names)
	return strings.Join(names, ", ")
}

// Validate reports the first field outside its range.
func (n Needle) Validate() error {
	who := "needle " + n.ID + " "
	err := first(
		within(who+"outer radius", n.OuterRadius, 0.2*mm, 3*mm, "m"),
		within(who+"inner radius", n.InnerRadius, 0, 0.98*n.OuterRadius, "m"),
		within(who+"stylet radius", n.StyletRadius, 0, n.InnerRadius, "m"),
		within(who+"length", n.Length, 5*mm, 150*mm, "m"),
		within(who+"tip length", n.TipLength, 0.1*mm, min(20*mm, n.Length), "m"),
		within(who+"chisel radius", n.ChiselRadius, 0.01*mm, n.OuterRadius, "m"),
		within(who+"sharpness", n.Sharpness, 0, 1, ""),
		within(who+"cutting", n.Cutting, 0.3, 3, ""),
		within(who+"mark", n.Mark, 0, n.Length, "m"),
		within(who+"stop depth", n.StopDepth, 0, n.Length, "m"),
		within(who+"step", n.Step, 0, n.Length, "m"),
		within(who+"hub torque", n.HubTorque, 0.01, 20, "N.m"),
		within(who+"stylet hold", n.StyletHold, 1, 2000, "N"),
		within(who+"modulus", n.Modulus, 1e9, 1e12, "Pa"),
		within(who+"yield stress", n.YieldStress, 10e6, 5e9, "Pa"),
		within(who+"guide", n.Guide, 0, n.Length, "m"),
		within(who+"hub mass", n.HubMass, 0, 0.5, "kg"),
		zeroOr(who+"shaft grip", n.ShaftGrip, 0.01, 3, ""),
		within(who+"web", n.Web, 0, n.OuterRadius, "m"),
	)
	if err != nil {
		return err
	}
	return n.Driver.validate(who)
}

func (k DriverKind) validate(who string) error {
	switch k {
	case Manual, Powered, Spring:
		return nil
	}
	return fault("%sdriver %q is unknown; use manual, powered or spring", who, k)
}

// Validate reports the first field outside its range. Only the fields of the driver's own kind are looked at.
func (d Driver) Validate() error {
	if err := d.Kind.validate(""); err != nil {
		return err
	}
	switch d.Kind {
	case Powered:
		return first(
			within("driver no-load speed", d.NoLoadRPS, 0.1, 100, "rev/s"),
			within("driver stall torque", d.StallTorque, 0.005, 20, "N.m"),
			within("driver battery", d.Battery, 0, 1, ""),
		)
	case Spring:
		return first(
			within("driver spring mass", d.SpringMass, 0.5e-3, 0.2, "kg"),
			within("driver spring rate", d.SpringRate, 10, 200e3, "N/m"),
			within("driver spring set", d.SpringSet, 1*mm, 100*mm, "m"),
		)
	}
	return nil
}

// Validate reports the first field outside its range.
func (r Rendering) Validate() error {
	return first(
		within("contact stiffness", r.ContactStiffness, 500, 500e3, "N/m"),
		within("contact damping", r.ContactDamping, 0, 200, "N.s/m"),
	)
}

// Validate reports the first field outside its range; a sampled anatomy is always valid.
func (a Anatomy) Validate() error {
	if _, ok := sites[a.Site]; !ok {
		return fault("site %q is unknown; use one of %s", a.Site, siteList())
	}
	return first(
		within("skin", a.Skin, 0.05*mm, 10*mm, "m"),
		within("fat", a.Fat, 0, 80*mm, "m"),
		within("muscle", a.Muscle, 0, 80*mm, "m"),
		within("periosteum", a.Periosteum, 0, 2*mm, "m"),
		within("near cortex", a.NearCortex, 0.1*mm, 15*mm, "m"),
		within("medulla", a.Medulla, 0.5*mm, 100*mm, "m"),
		within("far cortex", a.FarCortex, 0.1*mm, 15*mm, "m"),
		within("cancellous density", a.CancellousDensity, 0.02, 1, "g/cm3"),
		within("strength", a.Strength, 0.05, 8, ""),
		within("age strength", a.AgeStrength, 0.05, 3, ""),
		within("bone modulus", a.BoneModulus, 1e8, 1e11, "Pa"),
		within("skin strength", a.SkinStrength, 0.05, 8, ""),
		within("face half width", a.FaceHalfWidth, 0.5*mm, 100*mm, "m"),
		within("growth plate", a.GrowthPlate, 0, 0.1, "m"),
		within("taper", a.Taper, 1*mm, 1, "m"),
		within("marrow flow", a.MarrowFlow, 0, math.Inf(1), "m3/s"),
	)
}
