package virtual

import "fmt"

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
