package physics

// TypicalWeight returns the typical weight at an age, kg. age in years, 0..95; ga in weeks at birth counts for the newborn
// (age 0) only, 0 = term. What Patient.Weight 0 stands for.
func TypicalWeight(age, ga float64) float64 {
	if age == 0 && ga > 0 {
		return lookup(pretermWeight, ga)
	}
	return lookup(typicalWeight, age)
}

// TypicalBMI returns the typical body mass index at an age, kg/m2. age in years, 0..95.
func TypicalBMI(age float64) float64 { return lookup(typicalBMI, age) }
