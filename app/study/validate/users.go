package validate

import (
	"math/rand/v2"

	"osseo/haptics/virtual"
	"osseo/physics"
)

// user is who holds the tool: the skill of a seed.
type user func(seed uint64) string

func always(skill string) user { return func(uint64) string { return skill } }

// field users are those of everyday reports: as many novices as trained people. Assumed.
func field(seed uint64) string {
	if rand.New(rand.NewPCG(seed, 0x6669656c64)).IntN(2) == 0 {
		return "novice"
	}
	return "trained"
}

// series is many insertions of one kind, one for each virtual patient.
type series struct {
	who    crowd
	site   physics.Site
	needle string
	user   user
	hub    bool // the needle is pushed in to its hub
	hollow bool
	distal float64 // m, the point is meant to be this far distal of the ideal one
	exact  bool    // the point is known, nobody has to find it
	force  float64 // N, a robot's push in place of a person; 0 = a person
}

// insert makes one insertion of a series.
func (s *series) insert(seed uint64) (outcome, error) {
	p := s.who(seed)
	a, err := physics.SampleAnatomy(p, s.site, seed)
	if err != nil {
		return outcome{}, err
	}
	n, err := physics.ToolByID(s.needle)
	if err != nil {
		return outcome{}, err
	}
	in := insertion{anatomy: a, needle: n, hollow: s.hollow, hand: s.operator(p, n, seed)}
	return in.run()
}

// operator is the hand of a seed.
func (s *series) operator(p physics.Patient, n physics.Needle, seed uint64) virtual.Operator {
	t := virtual.Task{Driver: virtual.Driver(n.Driver), U: s.distal, Child: p.Age < 12}
	if s.hub {
		t.Depth, t.ToHub = n.Length, true
	}
	if s.force > 0 {
		t.Force = s.force
		return virtual.NewRobot(t)
	}
	skill := s.user(seed)
	if !s.exact {
		r := rand.New(rand.NewPCG(seed, 0x706f696e74))
		u, v := virtual.Locate(skill, r, virtual.Landmark{Child: t.Child, Covered: s.site == physics.ProximalHumerus})
		t.U += u
		t.V += v
	}
	return virtual.NewSimulated(virtual.ProfileOf(skill), seed^0x68616e64, t)
}

// people runs a series of n.
func (l *lab) series(n int, s series) ([]outcome, error) {
	return each(l, n, s.insert)
}
