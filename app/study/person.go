package study

import (
	"math"
	"math/rand/v2"

	"osseo/physics"
)

// Person is one draw from a Spec.
type Person struct {
	Patient physics.Patient
	Site    physics.Site
	Seed    uint64
}

// Streams of random numbers of one person; the bone and the hand have salts of their own in physics and haptics/virtual.
const (
	streamPerson = 0x70656f706c65
	streamPlace  = 0x706c616365
)

// seedOf is the seed of person i of a study. Seeds stay below 2^53, so that every reader of JSON and CSV keeps them whole.
func seedOf(seed uint64, i int) uint64 {
	x := seed + uint64(i)*0x9e3779b97f4a7c15 // splitmix64: neighbours have nothing in common
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	x ^= x >> 31
	return x>>11 | 1
}

// Spread of weight and height. Assumed: rounded growth charts and adult surveys.
const (
	childWeightCV = 0.13
	adultBMICV    = 0.17
	adultBMI      = 25.5 // kg/m2
	heightMale    = 1.76 // m
	heightFemale  = 1.63 // m
	heightSD      = 0.07 // m
	adultFrom     = 16.0 // years; physics takes soft tissue from BMI as an adult's from here
	oldestDrawn   = 85.0 // years, of adults whose age is not given
	youngestDrawn = 18.0 // years
)

// Weights a person of an age may have, as shares of the typical one. Assumed: beyond the third and 97th centile by far.
const (
	lightest     = 0.4
	heaviest     = 2.5
	heaviestGrew = 5.0 // adults
)

// tries is how often a person is drawn anew when weight and age do not go together.
const tries = 200

// Draw draws the person of a seed; equal arguments give equal people.
func (s *Spec) Draw(seed uint64) (Person, error) {
	r := rand.New(rand.NewPCG(seed, streamPerson))
	p := Person{Seed: seed}
	for range tries {
		p.Patient = s.body(r)
		ok := fits(&p.Patient)
		p.Site = physics.Site(s.pick(r, "site", physics.ProximalTibia))
		if ok {
			return p, nil
		}
	}
	at := s.number["weight"].pos
	if at == 0 {
		at = s.number["bmi"].pos
	}
	q := &p.Patient
	typical := typicalWeight(q.Age, q.GA)
	return p, s.fault(max(at, 1), "weight %.3g kg does not go with age %.3g years: allowed %.3g to %.3g kg at that age; change age, weight or bmi",
		q.Weight, q.Age, lightest*typical, most(q)*typical)
}

func most(p *physics.Patient) float64 {
	if p.Age >= adultFrom {
		return heaviestGrew
	}
	return heaviest
}

// typicalWeight is that of the age, kg, corrected for an early birth: ga in weeks, 0 = term.
func typicalWeight(age, ga float64) float64 {
	const term, year = 40, 365.25 / 7 // weeks
	if ga == 0 || ga >= term {
		return physics.TypicalWeight(age, ga)
	}
	if since := ga + age*year; since < term {
		return physics.TypicalWeight(0, since)
	}
	return physics.TypicalWeight(age-(term-ga)/year, 0)
}

// fits reports whether weight and age go together.
func fits(p *physics.Patient) bool {
	share := p.Weight / typicalWeight(p.Age, p.GA)
	return share >= lightest && share <= most(p) && p.Weight >= 0.5 && p.Weight <= 300
}

// pick takes one of the words of a key. It always takes one random number.
func (s *Spec) pick(r *rand.Rand, key string, otherwise physics.Site) string {
	words := s.word[key]
	x := r.Float64()
	if len(words) == 0 {
		return string(otherwise)
	}
	return words[int(x*float64(len(words)))]
}

// body draws everything but the site. The order of draws is fixed.
func (s *Spec) body(r *rand.Rand) physics.Patient {
	drawn := map[string]float64{}
	p := physics.Patient{Set: map[string]float64{}}
	for _, k := range numberKeys {
		l, ok := s.number[k.name]
		x := l.draw(r)
		if !ok {
			continue
		}
		drawn[k.name] = x
		if k.set != "" {
			p.Set[k.set] = x
		}
	}
	sexes := s.word["sex"]
	if len(sexes) == 0 {
		sexes = wordKeys[0].words
	}
	p.Sex = physics.Sex(sexes[int(r.Float64()*float64(len(sexes)))])
	p.Bone = physics.Quality(s.pick(r, "bone", physics.Site(physics.NormalBone)))
	fat, tall, grown := cut(r.NormFloat64()), cut(r.NormFloat64()), r.Float64()
	p.GA = drawn["ga"]
	p.Age = s.age(drawn, fat, grown)
	p.Weight, p.BMI = weigh(&p, drawn, fat, tall)
	return p
}

func cut(x float64) float64 { return min(max(x, -2.5), 2.5) }

// age is what was given; a newborn when only the gestational age was; from the weight when only that was.
func (s *Spec) age(drawn map[string]float64, fat, grown float64) float64 {
	if age, ok := drawn["age"]; ok {
		return age
	}
	if s.has("ga") {
		return 0
	}
	if w, ok := drawn["weight"]; ok {
		w /= math.Exp(childWeightCV * fat)
		if w < physics.TypicalWeight(youngestDrawn, 0)*0.8 {
			return ageOf(w)
		}
	}
	return youngestDrawn + (oldestDrawn-youngestDrawn)*grown
}

// ageOf is the age at which a weight is typical, years, by halving; 0 below a newborn's.
func ageOf(weight float64) float64 {
	lo, hi := 0.0, youngestDrawn
	for range 40 {
		mid := (lo + hi) / 2
		if physics.TypicalWeight(mid, 0) < weight {
			lo = mid
		} else {
			hi = mid
		}
	}
	if lo < 1e-9 {
		return 0
	}
	return lo
}

// weigh returns a weight and body mass index that go with each other and with the age. A child's index is left to physics
// (0) unless it was given.
func weigh(p *physics.Patient, drawn map[string]float64, fat, tall float64) (weight, index float64) {
	weight, heavy := drawn["weight"]
	index, fleshy := drawn["bmi"]
	if p.Age < adultFrom {
		if !heavy {
			weight = typicalWeight(p.Age, p.GA) * math.Exp(childWeightCV*fat-childWeightCV*childWeightCV/2)
			if fleshy {
				weight = typicalWeight(p.Age, p.GA) * index / physics.TypicalBMI(p.Age)
			}
		}
		return weight, index
	}
	height := heightMale + heightSD*tall
	if p.Sex == physics.Female {
		height = heightFemale + heightSD*tall
	}
	switch {
	case heavy && !fleshy:
		index = min(max(weight/(height*height), 8), 80)
	case !heavy:
		if !fleshy {
			index = adultBMI * math.Exp(adultBMICV*fat-adultBMICV*adultBMICV/2)
		}
		weight = min(index*height*height, 300)
	}
	return weight, index
}

// possible draws a few people and reports what does not go together.
func (s *Spec) possible() error {
	for i := range 8 {
		p, err := s.Draw(seedOf(1, i))
		if err != nil {
			return err
		}
		if err := p.Patient.Validate(); err != nil {
			return s.fault(1, "%v", err)
		}
	}
	return nil
}

// Anatomy samples the person's bone.
func (p *Person) Anatomy() (physics.Anatomy, error) {
	return physics.SampleAnatomy(p.Patient, p.Site, p.Seed)
}
