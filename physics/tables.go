package physics

// knot is one point of a piecewise linear table over age.
type knot struct{ at, value float64 }

// lookup interpolates a table linearly and holds its end values.
func lookup(t []knot, at float64) float64 {
	if at <= t[0].at {
		return t[0].value
	}
	for i := 1; i < len(t); i++ {
		if at <= t[i].at {
			a, b := t[i-1], t[i]
			return a.value + (b.value-a.value)*(at-a.at)/(b.at-a.at)
		}
	}
	return t[len(t)-1].value
}

// Tables over age in years at the proximal tibia. Rows up to 4 years are anchored by measurement, the rest are the working
// priors of the literature file, section 1.1 [inference].
var (
	// typicalWeight, kg. Assumed: rounded growth charts.
	typicalWeight = []knot{{0, 3.3}, {0.25, 6}, {0.5, 7.7}, {1, 9.8}, {2, 12.3}, {4, 16}, {6, 20}, {8, 26}, {10, 32}, {12, 40}, {14, 50}, {16, 60}, {18, 70}}
	// pretermWeight over gestational age in weeks, kg. Assumed: rounded growth charts.
	pretermWeight = []knot{{24, 0.65}, {28, 1.1}, {32, 1.8}, {36, 2.7}, {40, 3.3}, {42, 3.6}}
	// typicalBMI, kg/m2. Assumed: rounded growth charts.
	typicalBMI = []knot{{0, 13}, {0.5, 17}, {2, 16.5}, {6, 15.5}, {12, 18}, {18, 22.5}, {40, 24}}
	// cortexByAge, mm: 1.32 in newborns [vanTonder2022], then priors; adults 2-5.
	cortexByAge = []knot{{0, 1.32}, {0.5, 1.5}, {2.5, 2.0}, {8, 2.5}, {14, 3.0}, {50, 3.0}, {70, 2.6}, {90, 2.2}}
	// cavityByAge, mm: radiographic 7, 10 and 12 [Suominen2015], drawn down in newborns towards the 4.5 of sections [vanTonder2022].
	cavityByAge = []knot{{0, 6.3}, {0.08, 7.6}, {0.5, 9.8}, {1, 11}, {3.5, 12}, {8, 16}, {14, 22}, {18, 25}, {60, 26}, {90, 27}}
	// faceByAge, full width, mm: 7.72 in newborns [vanTonder2022]. Assumed beyond: grows with the bone.
	faceByAge = []knot{{0, 7.72}, {1, 10}, {3.5, 12.5}, {8, 17}, {14, 24}, {18, 28}}
	// diameterByAge, mm: 12.0 in newborns [Eifinger2021]. Assumed beyond: metaphysis grows with the bone.
	diameterByAge = []knot{{0, 12.0}, {1, 18}, {3.5, 24}, {8, 32}, {14, 42}, {18, 48}}
	// skinByAge, mm. Assumed: dermis and epidermis of the leg.
	skinByAge = []knot{{0, 0.9}, {1, 1.1}, {10, 1.3}, {18, 1.6}, {80, 1.4}}
	// softByAge, skin to periosteum at typical BMI, mm: children 6.8 +/- 2 [Al-Shibli], adults 3-8 [inference].
	softByAge = []knot{{0, 4.2}, {0.25, 5.8}, {1, 6.6}, {5, 6.8}, {12, 6.8}, {16, 5.8}, {18, 5.2}}
	// strengthByAge against a young adult: children 4-16 y -33..-38 % [Ohman2011]; infants extrapolated; after 35 -3.7 % a decade [Zioupos1998].
	strengthByAge = []knot{{0, 0.42}, {1, 0.5}, {4, 0.58}, {10, 0.65}, {16, 0.85}, {20, 1}, {35, 1}, {95, 0.78}}
	// strengthByGA of a newborn's bone against one born at term, by weeks. Assumed: four fifths of the calcium come in the last trimester.
	strengthByGA = []knot{{24, 0.7}, {28, 0.8}, {36, 0.95}, {40, 1}}
	// modulusByAge against a young adult: children -34 % [Ohman2011]; after 35 -2.3 % a decade [Zioupos1998].
	modulusByAge = []knot{{0, 0.5}, {4, 0.62}, {10, 0.66}, {16, 0.85}, {20, 1}, {35, 1}, {95, 0.86}}
	// densityByAge, apparent density of what fills the bone at the point, g/cm3. Assumed: newborns' metaphyses are full of spongy
	// bone [Eifinger2021]; in adults 1-2 MPa by 68 rho^2 [Carter1977], the low end of the 1-13 MPa of the proximal tibia
	// [Goldstein1983], because the point lies below the plateau's spongy bone, where the cavity begins.
	densityByAge = []knot{{0, 0.17}, {1, 0.18}, {5, 0.18}, {15, 0.17}, {25, 0.16}, {50, 0.15}, {90, 0.11}}
	// skinStrengthByAge against a young adult. Assumed: thinner skin of infants and of the old tears at less.
	skinStrengthByAge = []knot{{0, 0.45}, {1, 0.6}, {10, 0.85}, {18, 1}, {60, 1}, {90, 0.8}}
	// flowByAge, marrow flow against an adult. Assumed: a smaller bone drains through fewer vessels.
	flowByAge = []knot{{0, 0.25}, {1, 0.35}, {5, 0.55}, {12, 0.85}, {18, 1}}
	// plateByAge, distance of the growth plate proximal of the point, mm: 10-16 in newborns at 10 mm below the tuberosity [Boon2003].
	plateByAge = []knot{{0, 12.8}, {1, 13.5}, {4, 15}, {10, 18}, {17, 22}}
	// tuberosityByAge, distance of the tuberosity proximal of the point, mm: 10 up to 6 y, later further (CT of 22 children).
	tuberosityByAge = []knot{{0, 10}, {6, 10}, {12, 18}, {18, 20}}
	// taperByAge, distance over which the wall doubles distally, mm. Assumed: 20 mm below a newborn's tuberosity is "very difficult" [Boon2003].
	taperByAge = []knot{{0, 11}, {1, 14}, {4, 20}, {12, 35}, {18, 45}}
)

// siteTraits are the ratios of a site against the proximal tibia. Cortex and cavity of the distal tibia and the humerus are the
// priors of the reference figures (cortex 1.0 and 0.4-0.6, cavity 0.7). Flow: 0.45 distal tibia from 2.0-2.4 in pairs [Tan2012],
// 0.95 humerus from no difference in pairs [Ong2009] and 60 against 69 mL/min [Hammer2015]. Assumed: everything else that names no
// source, densities above all (ends of bones are spongier than shafts).
type siteTraits struct {
	cortex, cavity, face, density float64
	softAdult, softPerBMI         float64 // mean at BMI 22, mm, and growth per kg/m2, mm
	softChild                     float64 // ratio against softByAge
	muscle                        float64 // share of the soft tissue that is muscle
	newborn, newbornSD            float64 // outer diameter of the metaphysis, mm [Eifinger2021]
	flow                          float64 // marrow flow
	plate                         float64 // distance of the growth plate against plateByAge; 0 = there is none near
	closedFemale, closedMale      float64 // age at which it has closed, years
	joint                         float64 // distance of the joint in adults, mm
	upward                        bool    // the shaft lies proximal of the point
}

// Growth plates. Ages of closing: common radiographic ranges, two years earlier in girls. Assumed: distances but for the proximal
// tibia, from where instructions put the needle.
var sites = map[Site]siteTraits{
	// Obese adults (mean BMI 47.2): 11.0 mm at the proximal tibia, 10.7 distal, 29.6 humerus [Kehrl2016].
	ProximalTibia: {
		cortex: 1, cavity: 1, face: 1, density: 1, softAdult: 5, softPerBMI: 0.24, softChild: 1, newborn: 12.0, newbornSD: 2.4, flow: 1,
		plate: 1, closedFemale: 15, closedMale: 17, joint: 38,
	},
	DistalTibia: {
		cortex: 1, cavity: 0.7, face: 0.8, density: 1.3, softAdult: 4.5, softPerBMI: 0.248, softChild: 0.9, newborn: 10.5, newbornSD: 2.0, flow: 0.45,
		plate: 0.9, closedFemale: 15, closedMale: 17, joint: 30, upward: true,
	},
	// Humerus: cortex x 0.4-0.6, filled with cancellous bone (section 1.1).
	ProximalHumerus: {
		cortex: 0.5, cavity: 1.3, face: 1, density: 1.1, softAdult: 14, softPerBMI: 0.624, softChild: 1.5, muscle: 0.5, newborn: 12.1, newbornSD: 1.8, flow: 0.95,
		plate: 0.8, closedFemale: 17, closedMale: 19, joint: 28,
	},
	DistalFemur: {
		cortex: 0.8, cavity: 1.3, face: 1.2, density: 1.3, softAdult: 14, softPerBMI: 0.5, softChild: 1.6, muscle: 0.4, newborn: 11.9, newbornSD: 3.4, flow: 1,
		plate: 1.1, closedFemale: 15, closedMale: 17, joint: 50, upward: true,
	},
	// Manubrium: 4.5-5.5 mm catheter depth lands in marrow [Kaylor2024]; flow 112 against 69 mL/min [Hammer2015].
	Sternum: {
		cortex: 0.4, cavity: 0.4, face: 1.6, density: 1, softAdult: 6, softPerBMI: 0.3, softChild: 0.9, newborn: 8, newbornSD: 1.5, flow: 1.6,
		joint: 30, upward: true,
	},
}
