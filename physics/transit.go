package physics

import "math"

// Way of a drug from the marrow to the arteries, eq. 25: marrow, veins up to the chest, heart and lungs, one after the
// other. The marrow is one mixed volume, the others a row of four each. Volumes and shares of the output are assumed; their
// sum is near the tracer peaks of Hoskins2012.
const (
	restOutput   = 80e-6  // m3/s, cardiac output at rest: 4.8 L/min
	cprOutput    = 0.25   // of it under chest compressions: 25-33 %
	chestVolume  = 1.1e-3 // m3 of blood between the great veins and the arteries: heart and lungs of an adult
	legVeins     = 130e-6 // m3 from tibia to chest. Assumed
	armVeins     = 60e-6  // from humerus. Assumed
	sternalVeins = 15e-6  // from sternum: internal thoracic veins. Assumed
	legShare     = 0.08   // of the output that returns from one leg. Assumed
	armShare     = 0.05   // Assumed
	thoraxShare  = 0.05   // Assumed
	depot        = 4e-6   // m3 of marrow the drug mixes with. Assumed
	marrowShare  = 0.02   // of the limb's return that drains the marrow. Assumed: but for a flush the drug stays there
)

// Circulation is what carries a drug.
type Circulation struct {
	CPR   bool    // chest compressions
	Flush float64 // m3 pushed after the drug, 0..50e-6
}

// PeakTime returns when the arterial level of a bolus into a site peaks, s after the injection.
func PeakTime(site Site, c Circulation) float64 {
	output := restOutput
	if c.CPR {
		output *= cprOutput
	}
	veins, share := legVeins, legShare
	switch site {
	case ProximalHumerus:
		veins, share = armVeins, armShare
	case Sternum:
		veins, share = sternalVeins, thoraxShare
	}
	flow := share * output
	washed := math.Exp(-clamp(c.Flush, 0, 50e-6) / depot) // share left in the marrow by the flush
	marrow := depot / (marrowShare * flow)
	path := max(veins-clamp(c.Flush, 0, 50e-6), 0) / flow
	chest := chestVolume / output
	return peak(washed, marrow, path, chest)
}

// peak finds when the level behind the three is greatest: the share washed out at once enters the veins, the rest leaves the
// marrow with its own time constant.
func peak(left, marrow, path, chest float64) float64 {
	const dt = 0.1
	var veins, lungs row
	depot, fresh, best, at := left, 1-left, 0.0, 0.0
	for t := 0.0; t < 900; t += dt {
		out := depot * (1 - math.Exp(-dt/max(marrow, dt)))
		depot -= out
		level := lungs.pass(veins.pass(out+fresh, path, dt), chest, dt)
		fresh = 0
		if level > best {
			best, at = level, t
		}
	}
	return at
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
