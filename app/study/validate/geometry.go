package validate

import (
	"osseo/physics"
)

func near(a *physics.Anatomy) float64 { return a.NearCortex / mm }
func cave(a *physics.Anatomy) float64 { return a.Medulla / mm }
func soft(a *physics.Anatomy) float64 { return a.SoftTissue() / mm }

// geometryRows are anatomy: no needle moves.
func geometryRows() []spec {
	return []spec{
		{
			id: "A5", quick: true, input: "newborns at term, proximal tibia, 10 mm below the tuberosity",
			published: "cortex 1.32 mm, cavity 4.5 (sections) to 7 mm (radiographs), surface 7.7 mm wide",
			source:    "van Tonder 2022, Suominen 2015", run: newbornBone,
			why: "The row states no tolerance for cortex and surface; 10 % is taken.",
		},
		{
			id: "A6", quick: true, input: "neonates, infants of 1-12 months, children of 3-4 years, proximal tibia",
			published: "cavity 7, 10, 12 mm on average, within 1 mm", source: "Suominen 2015", run: cavities,
		},
		{
			id: "A7", quick: true, input: "newborns at term, proximal tibia, proximal humerus, distal femur",
			published: "outer diameter 12.0 +/- 2.4, 12.1 +/- 1.8, 11.9 +/- 3.4 mm", source: "Eifinger 2021", run: diameters,
			why: "Bands: the 95 % intervals of mean and SD of the 20 newborns measured (SD 0.76 to 1.46 times).",
		},
		{
			id: "A8", quick: true, input: "newborn, needle 10 mm distal to the tuberosity, through it, 10 mm proximal to it",
			published: "growth plate 10-16 mm away; often in the growth plate; always in epiphysis or joint", source: "Boon 2003", run: plates,
			why: "Often is taken as 30 to 90 %.",
		},
		{
			id: "A10", quick: true, input: "children under 40 kg, 0-10 years", published: "tissue over the tibia 6.8 +/- 2 mm, mean within 1.5 mm",
			source: "Al-Shibli", run: func(l *lab, r *Row) error {
				x, err := l.anatomies(l.people, aged(0.1, 10), physics.ProximalTibia)
				r.crowd(l.people)
				r.add(estimated("mean tissue", "mm", 5.3, 8.3, mean(pick(x, soft))))
				return err
			},
		},
		{
			id: "A11", quick: true, input: "adults of BMI 47 at tibia and humerus; of BMI 43 at the tibia",
			published: "tissue 8.9-13.0 mm tibia, 27.5-31.7 mm humerus on average; at BMI 43 the upper tail crosses 20 mm",
			source:    "Kehrl 2016", run: obesity, why: "Upper tail: the highest 2.5 %.",
		},
	}
}

func newbornBone(l *lab, r *Row) error {
	x, err := l.anatomies(l.people, newborns, physics.ProximalTibia)
	r.crowd(l.people)
	width := pick(x, func(a *physics.Anatomy) float64 { return 2 * a.FaceHalfWidth / mm })
	r.add(estimated("mean cortex", "mm", 1.188, 1.452, mean(pick(x, near))),
		estimated("mean cavity", "mm", 4.5, 7, mean(pick(x, cave))),
		estimated("mean width of the surface", "mm", 6.93, 8.47, mean(width)))
	return err
}

func cavities(l *lab, r *Row) error {
	r.crowd(l.people)
	for _, c := range []struct {
		what string
		who  crowd
		mm   float64
	}{
		{"neonates", aged(0, 28.0/365), 7}, {"1-12 months", aged(1.0/12, 1), 10}, {"3-4 years", aged(3, 5), 12},
	} {
		x, err := l.anatomies(l.people, c.who, physics.ProximalTibia)
		if err != nil {
			return err
		}
		r.add(estimated("mean cavity, "+c.what, "mm", c.mm-1, c.mm+1, mean(pick(x, cave))))
	}
	return nil
}

func diameters(l *lab, r *Row) error {
	r.crowd(l.people)
	for _, c := range []struct {
		site     physics.Site
		mean, sd float64
	}{
		{physics.ProximalTibia, 12.0, 2.4}, {physics.ProximalHumerus, 12.1, 1.8}, {physics.DistalFemur, 11.9, 3.4},
	} {
		x, err := l.anatomies(l.people, newborns, c.site)
		if err != nil {
			return err
		}
		d := pick(x, func(a *physics.Anatomy) float64 { return a.Diameter / mm })
		e := ciOfMean(c.sd, 20)
		r.add(estimated("mean diameter, "+string(c.site), "mm", c.mean-e, c.mean+e, mean(d)),
			estimated("SD, "+string(c.site), "mm", 0.76*c.sd, 1.46*c.sd, of(d, sd)))
	}
	return nil
}

func plates(l *lab, r *Row) error {
	x, err := l.anatomies(l.people, newborns, physics.ProximalTibia)
	r.crowd(l.people)
	at := func(distal float64, places ...physics.Place) []bool {
		return are(x, func(a *physics.Anatomy) bool {
			is := a.At(distal-a.Tuberosity, 0).Place
			for _, p := range places {
				if is == p {
					return true
				}
			}
			return false
		})
	}
	plate := pick(x, func(a *physics.Anatomy) float64 { return a.GrowthPlate / mm })
	r.add(estimated("mean distance of the growth plate, 10 mm distal", "mm", 10, 16, mean(plate)),
		estimated("nearest of 40", "mm", 8.5, 16, of(plate, quantile(0.025))),
		estimated("farthest of 40", "mm", 10, 17.5, of(plate, quantile(0.975))),
		estimated("in the growth plate, through the tuberosity", "%", 30, 90, percent(at(0, physics.OnGrowthPlate))),
		estimated("in epiphysis or joint, 10 mm proximal", "%", 100, 100, percent(at(-10*mm, physics.OnJoint))))
	return err
}

func obesity(l *lab, r *Row) error {
	r.crowd(l.people)
	for _, c := range []struct {
		site      physics.Site
		low, high float64
	}{
		{physics.ProximalTibia, 8.9, 13.0}, {physics.ProximalHumerus, 27.5, 31.7},
	} {
		x, err := l.anatomies(l.people, obese(47), c.site)
		if err != nil {
			return err
		}
		r.add(estimated("mean tissue at BMI 47, "+string(c.site), "mm", c.low, c.high, mean(pick(x, soft))))
	}
	x, err := l.anatomies(l.people, obese(43), physics.ProximalTibia)
	r.add(estimated("highest 2.5 % of tissue at BMI 43, tibia", "mm", 20, inf, of(pick(x, soft), quantile(0.975))))
	return err
}
