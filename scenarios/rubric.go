package scenarios

import "osseo/scenarios/grading"

// Rubric is how a case is graded; it is the grading package's own type so that a rubric file can be checked alone.
type Rubric = grading.Rubric
