package figures

import (
	"slices"

	"gonum.org/v1/gonum/stat"

	"osseo/physics"
)

// anatomyFigures are section 2.
func anatomyFigures() []Figure {
	return []Figure{{
		Name: "patients", Title: "Patients: what the sampler draws over age, proximal tibia", panels: patients,
		Source:  "wall of newborns 1.32 mm, van Tonder 2022; cavity 7, 10 and 12 mm, Suominen 2015",
		Caption: "Section 2. Medians and the range of 90 % of 200 patients at each of 16 ages, seeds 1 to 200; weight typical of the age, both sexes.",
	}}
}

// crowdSize is how many patients are drawn at each age.
const crowdSize = 200

func patients() ([]panel, error) {
	ages := []float64{0, 0.25, 0.5, 1, 2, 3.5, 5, 7, 9, 12, 15, 18, 25, 40, 60, 80}
	out := []panel{
		{x: "age, years", y: "near wall, mm", ys: [2]float64{0, 6}},
		{x: "age, years", y: "cavity, mm", ys: [2]float64{0, 40}},
		{x: "age, years", y: "strength against a young adult", ys: [2]float64{0, 2.5}},
	}
	of := []func(*physics.Anatomy) float64{
		func(a *physics.Anatomy) float64 { return a.NearCortex / mm },
		func(a *physics.Anatomy) float64 { return a.Medulla / mm },
		func(a *physics.Anatomy) float64 { return a.Strength * a.AgeStrength },
	}
	var low, middle, high [3]trace
	for _, age := range ages {
		crowd, err := crowdOf(age)
		if err != nil {
			return nil, err
		}
		for i, f := range of {
			x := make([]float64, len(crowd))
			for j := range crowd {
				x[j] = f(&crowd[j])
			}
			slices.Sort(x)
			low[i].at(age, stat.Quantile(0.05, stat.LinInterp, x, nil))
			middle[i].at(age, stat.Quantile(0.5, stat.LinInterp, x, nil))
			high[i].at(age, stat.Quantile(0.95, stat.LinInterp, x, nil))
		}
	}
	for i := range out {
		upper := high[i].line("")
		upper.like = 2
		out[i].add(middle[i].line("median"), low[i].line("5th and 95th percentile"), upper)
	}
	out[0].add(published1("measured", 0, 1.32))
	out[1].add(curve{name: "measured", kind: published, points: xys(0.02, 7, 0.55, 10, 3.5, 12)})
	return out, nil
}

// crowdOf are patients of one age.
func crowdOf(age float64) ([]physics.Anatomy, error) {
	out := make([]physics.Anatomy, crowdSize)
	for i := range out {
		p := physics.Patient{Age: age, Sex: physics.Male, Bone: physics.NormalBone}
		if i%2 == 1 {
			p.Sex = physics.Female
		}
		p.Weight = weightAt(age)
		var err error
		if out[i], err = physics.SampleAnatomy(p, physics.ProximalTibia, uint64(i)+1); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// weightAt is the typical weight of an age, kg. Assumed: rounded growth charts.
func weightAt(age float64) float64 {
	at := []float64{0, 0.25, 0.5, 1, 2, 4, 6, 8, 10, 12, 14, 16, 18}
	kg := []float64{3.3, 6, 7.7, 9.8, 12.3, 16, 20, 26, 32, 40, 50, 60, 70}
	for i := 1; i < len(at); i++ {
		if age <= at[i] {
			return kg[i-1] + (kg[i]-kg[i-1])*(age-at[i-1])/(at[i]-at[i-1])
		}
	}
	return kg[len(kg)-1]
}
