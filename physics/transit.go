package physics

import "math"

// Way of a drug from the marrow to the arteries, eq. 26: marrow, veins up to the chest, heart and lungs, one after the
// other. The marrow is one mixed volume, the others a row of four each. Volumes and shares of the output are assumed; their
// sum is near the tracer peaks of Hoskins2012, in swine.
const (
	restOutput   = 80e-6  // m3/s, cardiac output of an adult at rest: 4.8 L/min, textbook
	cprOutput    = 0.25   // of it under chest compressions: 25-33 %, textbook
	chestVolume  = 1.1e-3 // m3 of blood between the great veins and the arteries: heart and lungs of an adult
	legVeins     = 130e-6 // m3 from tibia to chest. Assumed
	armVeins     = 60e-6  // from humerus. Assumed
	sternalVeins = 15e-6  // from sternum: internal thoracic veins. Assumed
	legShare     = 0.08   // of the output that returns from one leg. Assumed
	armShare     = 0.05   // Assumed
	thoraxShare  = 0.05   // Assumed
	limbDepot    = 12e-6  // m3 of marrow the drug mixes with, of which 10 mL wash out 57 %: 65 % of the sternum's dose [Hoskins2012]
	thoraxDepot  = 5e-6   // washed out to 86 %: the share of a central line's dose [Hoskins2012]
	marrowShare  = 0.02   // of the limb's return that drains the marrow. Assumed: but for a flush the drug stays there
)

// Circulation is what carries a drug.
type Circulation struct {
	CPR   bool    // chest compressions
	Flush float64 // m3 pushed after the drug, 0..50e-6
}

// Central is the route of a central line, for comparison: no marrow and no veins before the chest.
const Central Site = "central"

// route is what a bolus passes before the chest: a share that stays in the marrow and leaves it with a time constant, then
// the veins.
type route struct {
	left   float64 // share that the flush leaves in the marrow
	marrow float64 // s
	veins  float64 // s, mean time through them
	chest  float64 // s
}

func routeOf(site Site, c Circulation) route {
	output := restOutput
	if c.CPR {
		output *= cprOutput
	}
	r := route{chest: chestVolume / output}
	veins, share, depot := legVeins, legShare, limbDepot
	switch site {
	case Central:
		return r
	case ProximalHumerus:
		veins, share = armVeins, armShare
	case Sternum:
		veins, share, depot = sternalVeins, thoraxShare, thoraxDepot
	}
	flow := share * output
	flush := finite(c.Flush, 0, 0, 50e-6)
	r.left = math.Exp(-flush / depot)
	r.marrow = depot / (marrowShare * flow)
	r.veins = max(veins-flush, 0) / flow
	return r
}

// PeakTime returns when the arterial level of a bolus into a site peaks, s after the injection.
func PeakTime(site Site, c Circulation) float64 {
	at, _ := arrive(routeOf(site, c), longest)
	return at
}

// Delivered returns the share of a bolus that has reached the arteries within a time, s, 0..1.
func Delivered(site Site, c Circulation, within float64) float64 {
	_, share := arrive(routeOf(site, c), finite(within, 0, 0, longest))
	return share
}

const longest = 900.0 // s that a bolus is followed

// arrive follows a bolus: what was washed out at once enters the veins, the rest leaves the marrow with its own time
// constant. It finds when the level behind the chest is greatest and how much has passed by then end.
func arrive(r route, end float64) (peak, passed float64) {
	const dt = 0.1
	var veins, lungs row
	depot, fresh, best := r.left, 1-r.left, 0.0
	for t := 0.0; t < end; t += dt {
		out := depot * (1 - math.Exp(-dt/max(r.marrow, dt)))
		depot -= out
		level := lungs.pass(veins.pass(out+fresh, r.veins, dt), r.chest, dt)
		fresh = 0
		passed += level
		if level > best {
			best, peak = level, t
		}
	}
	return peak, min(passed, 1)
}

// row is mixed volumes one behind the other.
type row [4]float64

// pass lets an amount in and returns what leaves in dt; mean is the time all of it takes, s.
func (r *row) pass(in, mean, dt float64) float64 {
	k := 1 - math.Exp(-dt*float64(len(r))/max(mean, dt))
	for i := range r {
		r[i] += in
		in = r[i] * k
		r[i] -= in
	}
	return in
}
