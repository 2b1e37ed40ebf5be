package validate

import (
	"math"
	"math/rand/v2"

	"osseo/physics"
)

// draw is one virtual patient's numbers.
func drawing(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0x76616c6964)) }

func either(r *rand.Rand) physics.Sex {
	if r.IntN(2) == 0 {
		return physics.Female
	}
	return physics.Male
}

// crowd is a population: the patient of a seed.
type crowd func(seed uint64) physics.Patient

// aged is a population evenly spread over an age in years, with the weights of its age within some 12 %.
func aged(from, to float64) crowd {
	return func(seed uint64) physics.Patient {
		r := drawing(seed)
		age := from + (to-from)*r.Float64()
		return physics.Patient{Age: age, Sex: either(r), Weight: typical(age) * math.Exp(0.12*bounded(r)), Bone: physics.NormalBone}
	}
}

// newborns are born at term.
func newborns(seed uint64) physics.Patient {
	r := drawing(seed)
	return physics.Patient{GA: 40, Sex: either(r), Weight: 3.3 * math.Exp(0.12*bounded(r)), Bone: physics.NormalBone}
}

// neonates in hospital are born between 27 weeks and term, two in three of them early.
func neonates(seed uint64) physics.Patient {
	r := drawing(seed)
	ga := 27 + 13*r.Float64()
	weight := 1.0 * math.Exp((ga-28)*0.1) // 1.0 kg at 28 weeks, 3.3 kg at 40
	return physics.Patient{GA: ga, Sex: either(r), Weight: weight * math.Exp(0.1*bounded(r)), Bone: physics.NormalBone}
}

// adults of 20 to 75 years and a BMI of 24 +/- 3.
func adults(seed uint64) physics.Patient {
	r := drawing(seed)
	bmi := 24 + 3*bounded(r)
	height := 1.71 + 0.08*bounded(r)
	return physics.Patient{Age: 20 + 55*r.Float64(), Sex: either(r), BMI: bmi, Weight: bmi * height * height, Bone: physics.NormalBone}
}

// donors of their bodies are old: 65 to 92 years; three women in ten and one man in ten have osteoporosis.
func donors(seed uint64) physics.Patient {
	p := adults(seed)
	r := rand.New(rand.NewPCG(seed, 0x646f6e6f72))
	p.Age = 65 + 27*r.Float64()
	p.Donor = true
	porous := 0.1
	if p.Sex == physics.Female {
		porous = 0.3
	}
	if r.Float64() < porous {
		p.Bone = physics.OsteoporoticBone
	}
	return p
}

// obese adults of one BMI.
func obese(bmi float64) crowd {
	return func(seed uint64) physics.Patient {
		p := adults(seed)
		p.Weight *= bmi / p.BMI
		p.Weight = math.Min(p.Weight, 300)
		p.BMI = bmi
		return p
	}
}

// typical is the weight of an age, kg. Assumed: rounded growth charts, as in the model.
func typical(age float64) float64 {
	at := []float64{0, 0.25, 0.5, 1, 2, 4, 6, 8, 10, 12, 14, 16, 18}
	kg := []float64{3.3, 6, 7.7, 9.8, 12.3, 16, 20, 26, 32, 40, 50, 60, 70}
	for i := 1; i < len(at); i++ {
		if age <= at[i] {
			return kg[i-1] + (kg[i]-kg[i-1])*(age-at[i-1])/(at[i]-at[i-1])
		}
	}
	return kg[len(kg)-1]
}

// bounded is a standard normal cut off at 2.
func bounded(r *rand.Rand) float64 { return math.Min(math.Max(r.NormFloat64(), -2), 2) }

// anatomies samples n people at a site.
func (l *lab) anatomies(n int, who crowd, site physics.Site) ([]physics.Anatomy, error) {
	return each(l, n, func(seed uint64) (physics.Anatomy, error) {
		return physics.SampleAnatomy(who(seed), site, seed)
	})
}

// pick maps a slice to numbers.
func pick[T any](x []T, f func(*T) float64) []float64 {
	out := make([]float64, len(x))
	for i := range x {
		out[i] = f(&x[i])
	}
	return out
}

// are maps a slice to yes or no.
func are[T any](x []T, f func(*T) bool) []bool {
	out := make([]bool, len(x))
	for i := range x {
		out[i] = f(&x[i])
	}
	return out
}
