package physics

import "math"

// Pain of an awake patient on the 0-10 scale, eq. 24-25. A stimulus against a threshold, with lidocaine raising the
// threshold in proportion to what is left of the dose.
const (
	painSlope     = 1.07 // steepness, from 7.3 and 2.9 of 10 at a flush and an infusion [Philbeck2010] that put 217 and 37 kPa on the marrow here
	painHead      = 86e3 // Pa on the marrow at half scale after 40 mg, tibia; from the same pair
	painDose      = 20.0 // mg of lidocaine that double an adult's threshold. Assumed
	painGiven     = 40.0 // mg, at which painHead holds
	painPuncture  = 0.74 // stimulus of drilling through periosteum against its threshold, tibia: 3.6-4.4 [Philbeck2010]
	painThreshold = 0.4  // CV between people, from SD 2.3-2.9 of 10 [Philbeck2010]
	adultKG       = 70.0
)

// painSite is the threshold of a site against the tibia's: 4.6 against 7.3 of 10 at the flush, 1.4 against 2.9 in the
// infusion [Philbeck2010, Philbeck2009]; other sites as the tibia for want of figures.
func painSite(site Site) float64 {
	if site == ProximalHumerus {
		return 1.65
	}
	return 1
}

// scale turns a stimulus against its threshold into 0..10.
func scale(x, slope float64) float64 {
	if !(x > 0) {
		return 0
	}
	return 10 / (1 + math.Pow(x, -slope))
}

// InsertionPain is the worst pain of going through skin and periosteum, 0..10. strength is that of the bone for its age
// against a young adult's (Anatomy.AgeStrength): softer bone is gone through with less. Assumed. person is this patient's
// threshold against the median person's, > 0; PainThreshold draws one.
func InsertionPain(site Site, strength, person float64) float64 {
	return scale(painPuncture*max(strength, 0)/(painSite(site)*max(person, 0.05)), 1)
}

// PressurePain is the worst pain of fluid in the marrow, 0..10, from the pressure on the marrow, Pa (Flows.Pressure of a
// needle that lies in it: not that of the bag), the lidocaine given into the marrow before, mg for an adult, >= 0, and person as
// for InsertionPain.
func PressurePain(site Site, pressure, lidocaine, person float64) float64 {
	block := (1 + max(lidocaine, 0)/painDose) / (1 + painGiven/painDose)
	return scale(max(pressure-marrowPressure, 0)/(painHead*block*painSite(site)*max(person, 0.05)), painSlope)
}

// AdultDose is the dose that would do in an adult what a dose does in a patient of a weight, mg and kg: smaller marrow needs
// less, which is why children get 0.5 mg/kg up to an adult's 40 mg.
func AdultDose(mg, kg float64) float64 {
	if kg > 0 && kg < adultKG {
		return mg * adultKG / kg
	}
	return mg
}

// PainThreshold is the threshold of a person who stands z standard deviations from the mean, lognormal with median 1.
func PainThreshold(z float64) float64 {
	return math.Exp(z * math.Sqrt(math.Log(1+painThreshold*painThreshold)))
}
