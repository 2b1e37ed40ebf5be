package virtual

import (
	"fmt"
	"math/rand/v2"
)

// Skills are the names ByName knows.
var Skills = []string{"novice", "trained", "expert", "robot"}

// ByName makes the simulated hand of a skill.
func ByName(skill string, seed uint64, t Task) (Operator, error) {
	switch skill {
	case "novice":
		return Novice(seed, t), nil
	case "trained":
		return Trained(seed, t), nil
	case "expert":
		return Expert(seed, t), nil
	case "robot":
		return NewRobot(t), nil
	}
	return nil, fmt.Errorf("virtual: unknown hand %q: want one of %v", skill, Skills)
}

// ProfileOf is the profile of a skill; nil for the robot and for names it does not know.
func ProfileOf(skill string) *Profile {
	for _, p := range [...]*Profile{&NoviceProfile, &TrainedProfile, &ExpertProfile} {
		if p.Name == skill {
			return p
		}
	}
	return nil
}

// Locate is where somebody of a skill takes the point for that is meant, m distal and medial of it; a robot is told.
func Locate(skill string, r *rand.Rand, l Landmark) (u, v float64) {
	if p := ProfileOf(skill); p != nil {
		return p.Locate(r, l)
	}
	return 0, 0
}
