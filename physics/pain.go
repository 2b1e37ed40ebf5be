package physics

import "math"

// Pain of an awake patient on the 0-10 scale, eq. 23-24. A stimulus against a threshold, with lidocaine raising the
// threshold in proportion to what is left of the dose.
const (
	painSlope     = 1.72 // steepness of flush and infusion, from 7.3 and 2.9 of 10 at a flush and an infusion three times weaker [Philbeck2010]
	painHead      = 67e3 // Pa of marrow pressure at half scale after 40 mg, tibia [Philbeck2010]
	painDose      = 20.0 // mg of lidocaine that double the threshold. Assumed
	painPuncture  = 0.74 // stimulus of drilling through periosteum against its threshold, tibia: 3.6-4.4 [Philbeck2010]
	painThreshold = 0.4  // CV between people, from SD 2.3-2.9 of 10 [Philbeck2010]
	syringeHead   = 120e3
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
	y := math.Pow(x, slope)
	return 10 * y / (1 + y)
}

// InsertionPain is the worst pain of going through skin and periosteum, 0..10. person is this patient's threshold against
// the mean, > 0; 1 is the mean person, PainThreshold draws one.
func InsertionPain(site Site, person float64) float64 {
	return scale(painPuncture/(painSite(site)*max(person, 0.05)), 1)
}

// PressurePain is the worst pain of fluid in the marrow, 0..10, from the pressure behind it, Pa, and the lidocaine given into
// the marrow before, mg. A 10 mL flush by thumb is FlushPressure; an infusion is the head of its bag.
func PressurePain(site Site, head, lidocaine, person float64) float64 {
	const given = 40.0 // mg, at which painHead holds
	block := (1 + max(lidocaine, 0)/painDose) / (1 + given/painDose)
	return scale(head/(painHead*block*painSite(site)*max(person, 0.05)), painSlope)
}

// FlushPressure is what a thumb puts behind a 10 mL syringe, Pa: 20 N on a plunger of 15 mm. Assumed.
func FlushPressure() float64 { return syringeHead }

// PainThreshold is the threshold of a person who stands z standard deviations from the mean, lognormal with median 1.
func PainThreshold(z float64) float64 {
	return math.Exp(z * math.Sqrt(math.Log(1+painThreshold*painThreshold)))
}
