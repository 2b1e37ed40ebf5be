package physics

import "math"

// Term is a term of the model that can be taken away, so that a test or a figure can show what it is for.
type Term uint8

// The terms.
const (
	Breakout Term = iota // a wall breaks under a push: the pop, eq. 12
	Texture              // of the cutting pressure
	Grip                 // of cortex on the shaft, eq. 5
	Bite                 // of the tip against skating, eq. 15
	Skin                 // puncture force, eq. 3
)

// Without returns the model less some of its terms; m itself is left as it is.
func (m *Model) Without(terms ...Term) *Model {
	less := *m
	t := &less.terms
	for _, x := range terms {
		switch x {
		case Breakout:
			t.shear = math.Inf(1) // nothing breaks
		case Texture:
			t.rough = 0
		case Grip:
			t.grip = 0
		case Bite:
			t.plough = 0
		case Skin:
			t.soft = 1e-6 // N: the wound is computed relative to it
		}
	}
	return &less
}
