package physics

import (
	"math"
	"math/rand/v2"
)

// mm is one millimetre in metres.
const mm = 1e-3

// heinerCV is the patient-to-patient coefficient of variation of bone resistance [Heiner2001: energy 35 %, peak force 34 %].
const heinerCV = 0.35

// donorFlow is the flow after death against that of the living: 69 of 110 mL/min [Hammer2015].
const donorFlow = 0.63

// cohort draws the numbers of one patient in a fixed order.
type cohort struct{ r *rand.Rand }

// normal draws from a standard normal cut off at 2.5, so that no patient is impossible.
func (c cohort) normal() float64 { return min(max(c.r.NormFloat64(), -2.5), 2.5) }

// log draws a lognormal multiplier of mean 1 and the given coefficient of variation.
func (c cohort) log(cv float64) float64 {
	s2 := math.Log(1 + cv*cv)
	return math.Exp(c.normal()*math.Sqrt(s2) - s2/2)
}

// SampleAnatomy draws the anatomy of a patient at a site from a seed; equal arguments give equal bits.
//
// The priors are those of docs/model.md section 2. Patient.Set then overrides by name. Errors name the value and the
// allowed range.
func SampleAnatomy(p Patient, site Site, seed uint64) (Anatomy, error) {
	if err := p.Validate(); err != nil {
		return Anatomy{}, err
	}
	traits, ok := sites[site]
	if !ok {
		return Anatomy{}, fault("site %q is unknown; use one of %s", site, siteList())
	}
	c := cohort{rand.New(rand.NewPCG(seed, salt(string(site))))}
	a := Anatomy{Site: site}
	weight, size := build(p)
	a.sampleBone(p, traits, c, size)
	a.sampleSoft(p, traits, c, weight)
	a.sampleMap(p, traits, c, size)
	a.sampleMarrow(p, traits, c)
	a.override(p.Set)
	a.Diameter = max(a.Diameter, a.NearCortex+a.Medulla+a.FarCortex)
	return a, nil
}

// build returns the weight, kg, and the linear size of the body against the typical one of that age.
func build(p Patient) (weight, size float64) {
	typical := lookup(typicalWeight, p.Age)
	weight = p.Weight
	if weight == 0 {
		weight = typical
		if p.Age == 0 && p.GA > 0 {
			weight = lookup(pretermWeight, p.GA)
		}
	}
	if p.Age >= 16 { // an adult's weight is mostly not bone
		return weight, clamp(math.Pow(weight/typical, 0.08), 0.9, 1.1)
	}
	return weight, clamp(math.Cbrt(weight/typical), 0.55, 1.25)
}

// sampleBone draws walls, cavity and material.
func (a *Anatomy) sampleBone(p Patient, t siteTraits, c cohort, size float64) {
	spread := 0.12
	if p.Age > 5 {
		spread = 0.2
	}
	female := 1.0
	if p.Sex == Female && p.Age >= 16 {
		female = 0.93 // Assumed: thinner walls in women (direction only: Br J Hosp Med 2024)
	}
	porous, thin := 1.0, 1.0
	if p.Bone == OsteoporoticBone {
		porous, thin = 0.65, 0.68 // elderly osteoporotic 1.8 mm against 3.0, section 1.1
	}
	wall := lookup(cortexByAge, p.Age) * mm * t.cortex * math.Pow(size, 0.7) * female * thin
	a.NearCortex = wall * c.log(spread)
	a.FarCortex = wall * c.log(spread)
	a.Medulla = lookup(cavityByAge, p.Age) * mm * t.cavity * size * slight(p) * c.log(0.12)
	a.Periosteum = 0.15 * mm
	if p.Age < 16 {
		a.Periosteum = 0.25 * mm // thicker in children, 0.1-0.3 mm, section 3.4
	}
	a.CancellousDensity = clamp(lookup(densityByAge, p.Age)*t.density*porous*c.log(0.18), 0.02, 1)
	a.Strength = c.log(heinerCV)
	a.AgeStrength = lookup(strengthByAge, p.Age)
	if p.Age == 0 && p.GA > 0 {
		a.AgeStrength *= lookup(strengthByGA, p.GA)
	}
	if p.Bone == OsteoporoticBone {
		a.AgeStrength *= 0.8 // Assumed: porosity of the wall
	}
	a.BoneModulus = 17e9 * lookup(modulusByAge, p.Age) // 17.0 GPa [Reilly1975]
	adult := lookup(diameterByAge, p.Age) / diameterByAge[0].value
	a.Diameter = max(6*mm, (t.newborn+t.newbornSD*c.normal())*mm*adult*size*slight(p))
	a.Medulla = min(a.Medulla, max(a.Diameter-a.NearCortex-a.FarCortex, 0.3*a.Diameter)) // a thin bone has a narrow cavity
}

// sampleSoft draws the tissue over the bone.
func (a *Anatomy) sampleSoft(p Patient, t siteTraits, c cohort, weight float64) {
	typical := lookup(typicalBMI, p.Age)
	bmi := p.BMI
	if bmi == 0 && p.Age >= 16 {
		bmi = weight / (1.71 * 1.71) // Assumed: mean adult height
	} else if bmi == 0 {
		bmi = typical * clamp(weight/lookup(typicalWeight, p.Age), 0.6, 1.8)
	}
	child := lookup(softByAge, p.Age) * t.softChild * clamp(bmi/typical, 0.6, 3)
	adult := max(t.softAdult+t.softPerBMI*(bmi-22), 0.5*t.softAdult)
	grown := clamp((p.Age-12)/6, 0, 1)
	mean := child + (adult-child)*grown
	if p.Sex == Female && p.Age >= 16 {
		mean *= 1.08 // female sex increases the depth (direction: CT of 368 adults)
	}
	// Spread: 2 of 6.8 mm in children; 8.9-13.0 is the CI of 75 obese adults, so their SD is near 9 of 11 mm.
	cv := 0.28 + 0.35*clamp((bmi-25)/22, 0, 1)*grown
	if t.muscle > 0 {
		cv = min(cv, 0.32) // humerus: CI 27.5-31.7 of 29.6
	}
	total := max(mean*c.log(cv), 1.5)
	a.setSoft(total*mm, min(lookup(skinByAge, p.Age)*mm, 0.5*total*mm), t.muscle)
	a.SkinStrength = lookup(skinStrengthByAge, p.Age) * c.log(0.2)
}

// setSoft splits a total depth into skin, fat and muscle, m.
func (a *Anatomy) setSoft(total, skin, muscle float64) {
	a.Skin = min(skin, 0.6*total)
	a.Muscle = muscle * (total - a.Skin)
	a.Fat = total - a.Skin - a.Muscle
}

// sampleMap draws the surface: face, growth plate, joint, landmark.
func (a *Anatomy) sampleMap(p Patient, t siteTraits, c cohort, size float64) {
	a.FaceHalfWidth = lookup(faceByAge, p.Age) * mm * t.face * size * slight(p) * c.log(0.08) / 2
	early := unripe(p)
	plate := lookup(plateByAge, p.Age) * mm * t.plate * early * c.log(0.12)
	a.PlateHalf = (2.6 + 0.1*min(p.Age, 10)) * mm * early // Assumed: plate, its obliquity and its tongue under the tuberosity
	a.Tuberosity = lookup(tuberosityByAge, p.Age) * mm * early
	a.Joint = plate + a.PlateHalf
	closed := t.closedMale
	if p.Sex == Female {
		closed = t.closedFemale
	}
	switch {
	case t.plate == 0: // no growth plate near
		a.Joint = t.joint * mm * lookup(faceByAge, p.Age) / faceByAge[len(faceByAge)-1].value * c.log(0.1)
	case p.Age < closed:
		a.GrowthPlate = plate
	default:
		a.Joint = t.joint * mm * c.log(0.1)
	}
	a.Taper = lookup(taperByAge, p.Age) * mm * early
	a.Upward = t.upward
}

// slight is the width of a woman's bones against a man's. Assumed: women need shorter needles at every site (direction: Miller 2023).
func slight(p Patient) float64 {
	if p.Sex == Female && p.Age >= 16 {
		return 0.92
	}
	return 1
}

// unripe is the length of a newborn's bones against one born at term, from its weight's cube root.
func unripe(p Patient) float64 {
	if p.Age > 0 || p.GA == 0 {
		return 1
	}
	return math.Cbrt(lookup(pretermWeight, p.GA) / lookup(pretermWeight, 40))
}

// sampleMarrow draws what the marrow lets through.
func (a *Anatomy) sampleMarrow(p Patient, t siteTraits, c cohort) {
	// 110 mL/min at 300 mmHg: between 69 (donors) and 165 (living) in tibiae [Hammer2015, Ong2009].
	a.MarrowFlow = 110e-6 / 60 * t.flow * lookup(flowByAge, p.Age) * c.log(flowCV(a.Site))
	if p.Donor {
		a.MarrowFlow *= donorFlow
	}
	a.AspirateDie = c.r.Float64()
	a.FlowDie = c.r.Float64()
	a.TextureSeed = c.r.Uint64()
}

// override applies Patient.Set, already validated.
func (a *Anatomy) override(set map[string]float64) {
	for name, x := range set {
		switch name {
		case "cortex_mm":
			a.NearCortex, a.FarCortex = x*mm, x*mm
		case "medulla_mm":
			a.Medulla = x * mm
		case "soft_tissue_mm":
			a.setSoft(x*mm, a.Skin, a.Muscle/max(a.Fat+a.Muscle, 1e-9))
		case "face_width_mm":
			a.FaceHalfWidth = x * mm / 2
		case "growth_plate_mm":
			a.GrowthPlate = x * mm
			if x > 0 {
				a.Joint = a.GrowthPlate + a.PlateHalf
			}
		case "strength":
			a.Strength = x
		case "cancellous_g_cm3":
			a.CancellousDensity = x
		}
	}
}

func clamp(x, lo, hi float64) float64 { return min(max(x, lo), hi) }

// salt folds a name into a seed (FNV-1a).
func salt(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}
