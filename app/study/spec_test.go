package study

import (
	"errors"
	"math"
	"strings"
	"testing"

	"osseo/physics"
)

func parse(t testing.TB, text string) Spec {
	t.Helper()
	s, err := ParseSpec(text)
	if err != nil {
		t.Fatalf("spec %q: %v", text, err)
	}
	return s
}

// What the keys of a SPEC mean, in the units of physics.
func TestSpecDrawsWithinWhatItSays(t *testing.T) {
	for _, c := range []struct {
		text        string
		value       func(*Person) float64
		least, most float64
	}{
		{"age=0..16y", age, 0, 16},
		{"age=3..9mo", age, 0.25, 0.75},
		{"age=3mo..2y", age, 0.25, 2},
		{"age=7d", age, 7 / 365.25, 7 / 365.25},
		{"age=40", age, 40, 40},
		{" age=40y , sex=any ", age, 40, 40},
		{"ga=27..38wk", func(p *Person) float64 { return p.Patient.GA }, 27, 38},
		{"ga=27..38wk", age, 0, 0},
		{"ga=30wk", weight, 0.9, 2.1},
		{"weight=3..39kg", weight, 3, 39},
		{"weight=3..39kg", age, 0, 16},
		{"weight=900g,age=0,ga=28", weight, 0.9, 0.9},
		{"weight=1100g,age=7d,ga=28", weight, 1.1, 1.1},
		{"age=3mo,ga=28", weight, 2.2, 5},
		{"weight=80..120kg", age, 18, 85},
		{"bmi=47", func(p *Person) float64 { return p.Patient.BMI }, 47, 47},
		{"bmi=47", weight, 90, 180},
		{"bmi=27+-5,age=50", func(p *Person) float64 { return p.Patient.BMI }, 27 - 12.5, 27 + 12.5},
		{"", age, 18, 85},
		{"cortex=2..3mm", func(p *Person) float64 { return p.Patient.Set["cortex_mm"] }, 2, 3},
		{"medulla=1.2cm", func(p *Person) float64 { return p.Patient.Set["medulla_mm"] }, 12, 12},
		{"strength=0.44", func(p *Person) float64 { return p.Patient.Set["strength"] }, 0.44, 0.44},
		{"age=10,weight=20..60kg", weight, 20, 60},
	} {
		s := parse(t, c.text)
		for i := range 200 {
			p, err := s.Draw(seedOf(9, i))
			if err != nil {
				t.Fatalf("%q: %v", c.text, err)
			}
			if x := c.value(&p); !(x >= c.least-1e-9 && x <= c.most+1e-9) {
				t.Fatalf("%q, person %d: %g outside %g..%g: %+v", c.text, i, x, c.least, c.most, p.Patient)
			}
			if err := p.Patient.Validate(); err != nil {
				t.Fatalf("%q, person %d: %v", c.text, i, err)
			}
			if _, err := p.Anatomy(); err != nil {
				t.Fatalf("%q, person %d: %v", c.text, i, err)
			}
		}
	}
}

func age(p *Person) float64    { return p.Patient.Age }
func weight(p *Person) float64 { return p.Patient.Weight }

// Words: one, several, any; about as often each.
func TestSpecPicksWords(t *testing.T) {
	s := parse(t, "age=60,sex=any,bone=normal|osteoporotic,site=sternum|distal-femur")
	count := map[string]int{}
	const n = 2000
	for i := range n {
		p, err := s.Draw(seedOf(3, i))
		if err != nil {
			t.Fatal(err)
		}
		count[string(p.Patient.Sex)]++
		count[string(p.Patient.Bone)]++
		count[string(p.Site)]++
	}
	for _, w := range []string{"female", "male", "normal", "osteoporotic", "sternum", "distal-femur"} {
		if c := count[w]; math.Abs(float64(c)/n-0.5) > 0.05 { // 4 standard errors
			t.Errorf("%s in %d of %d, want about half", w, c, n)
		}
	}
}

// Every mistake names its place, the value and what is allowed.
func TestSpecErrorsNameThePlace(t *testing.T) {
	for _, c := range []struct {
		text  string
		pos   int
		words []string
	}{
		{"age", 1, []string{`"age"`, "key=value"}},
		{"age=0..16y,", 12, []string{"key=value"}},
		{"age=0..16y,wieght=3", 12, []string{"wieght", "weight", "site"}},
		{"age=0..16y,weight=500kg", 19, []string{"500kg", "0.5 to 300 kg"}},
		{"age=-1", 5, []string{"-1", "0 to 95 y"}},
		{"age=9..3mo", 5, []string{"backwards"}},
		{"age=3..9lb", 9, []string{"lb", "y, mo, wk, d"}},
		{"age=abc", 5, []string{"abc", "not a number"}},
		{"age=", 5, []string{"not a number"}},
		{"age=1..", 8, []string{"not a number"}},
		{"age=NaN", 5, []string{"not a number"}},
		{"age=1,age=2", 7, []string{"twice"}},
		{"sex=other", 5, []string{"other", "female", "male"}},
		{"sex=female|cat", 12, []string{"cat"}},
		{"bone=soft", 6, []string{"normal", "osteoporotic"}},
		{"site=skull", 6, []string{"skull", "proximal-tibia"}},
		{"ga=20wk", 4, []string{"24 to 42 wk"}},
		{"age=2y,weight=80kg", 15, []string{"80 kg", "2 years", "allowed"}},
		{"bmi=27+--5", 9, []string{"standard deviation"}},
		{"bmi=27+-500", 9, []string{"standard deviation"}},
		{"weight=1e999kg", 9, []string{"unit"}},
	} {
		_, err := ParseSpec(c.text)
		var e *SpecError
		if !errors.As(err, &e) {
			t.Errorf("%q: error %v, want a SpecError", c.text, err)
			continue
		}
		if e.Pos != c.pos {
			t.Errorf("%q: position %d, want %d: %v", c.text, e.Pos, c.pos, err)
		}
		for _, w := range c.words {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%q: %q does not say %q", c.text, err, w)
			}
		}
	}
}

// Whatever text comes, ParseSpec answers with people that physics accepts or with a place inside the text.
func FuzzParseSpec(f *testing.F) {
	for _, s := range []string{
		"", "age=0..16y", "age=3..9mo,weight=5..9kg,sex=any,bone=normal|osteoporotic", "ga=27..38wk", "bmi=47,site=proximal-humerus",
		"bmi=27+-5", "age=1..", "=,=", "cortex=1..2mm,medulla=1cm", "strength=..", "age=1±2y",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := ParseSpec(text)
		var e *SpecError
		if err != nil {
			if !errors.As(err, &e) || e.Pos < 1 || e.Pos > len(text)+1 {
				t.Fatalf("error %v of %q has no place in it", err, text)
			}
			return
		}
		p, err := s.Draw(77)
		if err != nil {
			if !errors.As(err, &e) {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		if err := p.Patient.Validate(); err != nil {
			t.Fatalf("%q draws %+v: %v", text, p.Patient, err)
		}
	})
}

// Body and age go together: typical people are typical, and what is drawn spreads around it.
func TestPeopleAreOfTheirAge(t *testing.T) {
	for _, c := range []struct {
		text      string
		kg, share float64 // mean weight and tolerance
	}{
		{"age=0", 3.3, 0.05},
		{"ga=28wk", 1.1, 0.05},
		{"age=0.5", 7.7, 0.05},
		{"age=6", 20, 0.05},
		{"age=40,sex=male", 25.5 * 1.76 * 1.76, 0.05},
		{"age=40,sex=female", 25.5 * 1.63 * 1.63, 0.05},
	} {
		s := parse(t, c.text)
		sum, n := 0.0, 2000
		for i := range n {
			p, err := s.Draw(seedOf(1, i))
			if err != nil {
				t.Fatal(err)
			}
			sum += p.Patient.Weight
		}
		if m := sum / float64(n); math.Abs(m/c.kg-1) > c.share {
			t.Errorf("%q: mean weight %.2f kg, want %.2f within %g %%", c.text, m, c.kg, 100*c.share)
		}
	}
}

// A person is the same whenever drawn, and another for another seed; a key does not change what the others draw.
func TestPeopleDependOnTheirSeedOnly(t *testing.T) {
	s, more := parse(t, "age=20..80y"), parse(t, "age=20..80y,strength=1")
	seen := map[float64]bool{}
	for i := range 500 {
		a, _ := s.Draw(seedOf(5, i))
		b, _ := s.Draw(seedOf(5, i))
		c, _ := more.Draw(seedOf(5, i))
		if a.Patient.Age != b.Patient.Age || a.Patient.Weight != b.Patient.Weight {
			t.Fatalf("person %d is two people", i)
		}
		if a.Patient.Age != c.Patient.Age || a.Patient.Weight != c.Patient.Weight || a.Patient.Sex != c.Patient.Sex {
			t.Fatalf("person %d: strength changed age, weight or sex", i)
		}
		seen[a.Patient.Age] = true
	}
	if len(seen) < 500 {
		t.Errorf("%d different ages of 500", len(seen))
	}
	if seedOf(1, 1) == seedOf(2, 0) || seedOf(1, 0)>>53 != 0 {
		t.Error("seeds collide or do not fit a float64")
	}
}

// The site asked for is the site taken.
func TestAtSetsTheSite(t *testing.T) {
	s := parse(t, "age=30,site=sternum")
	other := s.At("distal-tibia")
	p, _ := other.Draw(1)
	q, _ := s.Draw(1)
	if p.Site != physics.DistalTibia || q.Site != physics.Sternum {
		t.Errorf("sites %s and %s", p.Site, q.Site)
	}
}
