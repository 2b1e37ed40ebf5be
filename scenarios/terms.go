package scenarios

import "osseo/physics"

// Term is one word a case file may use, with what a person reads instead of it.
type Term struct {
	ID    string
	Title string
	How   string // one line: how it is done, found or recognised
}

var situations = []Term{
	{"cardiac-arrest", "Cardiac arrest", "No pulse, no vein: drugs within the first minutes."},
	{"trauma", "Trauma and blood loss", "Veins are gone, volume is needed."},
	{"paediatric", "Child or infant", "Thin bone, small cavity, growth plate nearby."},
	{"burns-oedema-obesity", "Burns, oedema, obesity", "Landmarks are hidden and tissue is deep."},
	{"disaster-transport", "Disaster and transport", "No power, little light, a moving vehicle."},
}

var checks = []Term{
	{"fracture", "Fracture in this bone", "Look for deformity, run your fingers along the shin, feel for a step, grating or tenderness."},
	{"earlier-io", "Needle in this bone within 48 hours", "Look for a puncture mark or plaster over the flat face, ask the crew."},
	{"infection", "Infection at the site", "Look for redness, feel for warmth, pus or open skin."},
	{"hardware", "Joint replacement or metal", "Look for a surgical scar, feel for a plate, ask the family."},
	{"bone-disease", "Brittle or very dense bone", "Ask for osteogenesis imperfecta or osteopetrosis, look for blue sclerae."},
	{"circulation", "Circulation of this limb", "Feel the foot and its pulses, look for ischaemia, a graft or a fistula."},
}

var sites = []Term{
	{string(physics.ProximalTibia), "Proximal tibia", "1-2 cm below and medial to the tuberosity, on the flat face; one finger-breadth below it in an infant."},
	{string(physics.DistalTibia), "Distal tibia", "1-2 cm above the medial malleolus, midline of the flat face."},
	{string(physics.ProximalHumerus), "Proximal humerus", "Hand on the navel; the most prominent point of the greater tubercle."},
	{string(physics.DistalFemur), "Distal femur", "Child: just above the patella, at most 1 cm, and 1-2 cm medial to the midline."},
	{string(physics.Sternum), "Sternum", "Adult, special device only: the manubrium in the midline."},
}

var drivers = []Term{
	{string(physics.Powered), "Powered drill", "Gentle push, let the drill cut, release the trigger at the give."},
	{string(physics.Manual), "Manual handle", "Push and twist to and fro, a finger on the skin as a stop, ease off at the give."},
	{string(physics.Spring), "Spring driver", "Set the depth, press firmly at 90 degrees, fire, hold still."},
}

var drugs = []Term{
	{"adrenaline", "Adrenaline", "1 mg in arrest of an adult; 10 micrograms per kg in a child."},
	{"amiodarone", "Amiodarone", "300 mg after the third shock."},
	{"antibiotic", "Antibiotic (ceftriaxone)", "80 mg per kg, as a slow push."},
	{"balanced-fluid", "Balanced crystalloid", "Bolus by pressure bag or syringe."},
	{"blood", "Blood", "Warm, by pressure bag."},
	{"glucose-10", "Glucose 10 %", "2 mL per kg."},
	{"ketamine", "Ketamine", "For pain: 0.25 mg per kg, slowly."},
	{"lidocaine", "Lidocaine 2 %, preservative-free", "20-40 mg in an awake adult, slowly over 60-120 s, before the first flush."},
	{"saline-bolus", "Saline bolus", "By syringe or pressure bag."},
	{"tranexamic-acid", "Tranexamic acid", "1 g over 10 minutes."},
}

var (
	pictures = []string{"adult", "child", "infant", "newborn", "obese"}
	scenes   = []string{"still", "vehicle"}
	rhythms  = []string{"sinus", "sinus-tachycardia", "vf", "asystole", "pea", "bradycardia"}
	sides    = []string{"left", "right"}
)

// Situations returns the five situations of the clinical documents, in their order.
func Situations() []Term { return append([]Term(nil), situations...) }

// Checks returns the six contraindications a learner can look for, in the order a body is examined.
func Checks() []Term { return append([]Term(nil), checks...) }

// Sites returns the insertion sites with their landmarks.
func Sites() []Term { return append([]Term(nil), sites...) }

// Drivers returns the three drivers.
func Drivers() []Term { return append([]Term(nil), drivers...) }

// Drugs returns what may lie on a tray besides saline for flushing, which is always there.
func Drugs() []Term { return append([]Term(nil), drugs...) }

// Title returns what a person reads for a word of a case file, or the word itself when it is unknown.
func Title(id string) string {
	for _, list := range [][]Term{situations, checks, sites, drivers, drugs} {
		for _, t := range list {
			if t.ID == id {
				return t.Title
			}
		}
	}
	if n, ok := NeedleByID(id); ok {
		return n.Title
	}
	return id
}

func ids(terms []Term) []string {
	out := make([]string, len(terms))
	for i, t := range terms {
		out[i] = t.ID
	}
	return out
}
