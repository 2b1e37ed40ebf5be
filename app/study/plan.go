package study

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"osseo/app/trial"
	"osseo/haptics/virtual"
	"osseo/physics"
	"osseo/scenarios"
)

// Plan is what a study does. Case and People exclude each other.
type Plan struct {
	Case   string // id or file of a case; every row is a whole run of it
	People *Spec  // or: every row is one insertion in a person drawn from it
	N      int    // rows, 1..MostRows
	Hand   string // "" = trained
	Driver string // "" = that of the needle, or powered, or the case's
	Needle string // "" = by-weight, or the case's
	Depth  Depth
	Point  Point
	Seed   uint64 // 0 = the case's own, or 1
	Jobs   int    // 0 = one for each core
}

// MostRows is the greatest N.
const MostRows = 1_000_000

// ByWeight is the needle that the labels' weights pick for each person.
const ByWeight = "by-weight"

// Depth is how deep the needle goes: to the pop, until the hub meets the skin, or to a depth that the eye sees.
type Depth struct {
	Hub bool
	MM  float64 // mm of needle below the skin; 0 = until the pop
}

// ParseDepth reads `stop-at-pop`, `hub-to-skin` or millimetres.
func ParseDepth(text string) (Depth, error) {
	switch text {
	case "", "stop-at-pop":
		return Depth{}, nil
	case "hub-to-skin":
		return Depth{Hub: true}, nil
	}
	mm, err := strconv.ParseFloat(strings.TrimSuffix(text, "mm"), 64)
	if err != nil || !(mm >= 1 && mm <= 55) {
		return Depth{}, fmt.Errorf("study: depth %q: allowed stop-at-pop, hub-to-skin, or 1 to 55 mm below the skin", text)
	}
	return Depth{MM: mm}, nil
}

// Point is where the needle is put. The zero value is the ideal point as the person finds it by the landmark.
type Point struct {
	Given   bool
	U, V    float64 // m distal and medial of the ideal point
	Fingers int     // finger-breadths below the tuberosity, 0 = U and V count
}

// fingerBreadth, m. Assumed: 1 to 2 cm below the tuberosity is taught as one to two fingers; an adult's finger is wider
// (16-20 mm), but "one finger" at an infant's tuberosity is 10 mm in Boon2003 and docs/cases.md says 1-2 cm.
const fingerBreadth = 15e-3

// ParsePoint reads `U,V` in mm, `fingers:1` or `fingers:2`.
func ParsePoint(text string) (Point, error) {
	switch text {
	case "":
		return Point{}, nil
	case "fingers:1":
		return Point{Given: true, Fingers: 1}, nil
	case "fingers:2":
		return Point{Given: true, Fingers: 2}, nil
	}
	left, right, ok := strings.Cut(text, ",")
	u, errU := strconv.ParseFloat(strings.TrimSpace(left), 64)
	v, errV := strconv.ParseFloat(strings.TrimSpace(right), 64)
	if !ok || errU != nil || errV != nil || !(math.Abs(u) <= 60) || !(math.Abs(v) <= 40) {
		return Point{}, fmt.Errorf("study: offset %q: allowed DISTAL,MEDIAL in mm (-60..60, -40..40), fingers:1 or fingers:2", text)
	}
	return Point{Given: true, U: u * 1e-3, V: v * 1e-3}, nil
}

// at is the point on one person's bone, m.
func (p Point) at(a *physics.Anatomy) (u, v float64) {
	if p.Fingers > 0 {
		return float64(p.Fingers)*fingerBreadth - a.Tuberosity, 0
	}
	return p.U, p.V
}

// check completes a plan and refuses what cannot be done.
func (p Plan) check() (Plan, error) {
	if p.Hand == "" {
		p.Hand = "trained"
	}
	switch {
	case (p.Case == "") == (p.People == nil):
		return p, fmt.Errorf("study: give either a case or a population")
	case !slices.Contains(virtual.Skills, p.Hand):
		return p, fmt.Errorf("study: hand %q: allowed %s", p.Hand, strings.Join(virtual.Skills, ", "))
	}
	if err := checkSize(p.N, p.Jobs, p.Seed); err != nil {
		return p, err
	}
	if p.Case != "" {
		return p, p.checkCase()
	}
	return p.checkNeedle()
}

// checkSize refuses sizes out of range.
func checkSize(n, jobs int, seed uint64) error {
	switch {
	case n < 1 || n > MostRows:
		return fmt.Errorf("study: n %d: allowed 1..%d", n, MostRows)
	case jobs < 0 || jobs > 1024:
		return fmt.Errorf("study: jobs %d: allowed 1..1024, 0 for one per core", jobs)
	case seed > 1<<53:
		return fmt.Errorf("study: seed %d: allowed 0..%d", seed, uint64(1)<<53)
	}
	return nil
}

func (p *Plan) checkCase() error {
	if p.Depth != (Depth{}) {
		return fmt.Errorf("study: a depth other than stop-at-pop goes with a population, not with a case")
	}
	if p.Point.Fingers > 0 {
		return fmt.Errorf("study: fingers:%d goes with a population; with a case give DISTAL,MEDIAL in mm", p.Point.Fingers)
	}
	if p.Needle == ByWeight {
		return fmt.Errorf("study: needle by-weight goes with a population; a case has its own plan")
	}
	return nil
}

// checkNeedle makes driver and needle agree.
func (p Plan) checkNeedle() (Plan, error) {
	if p.Seed == 0 {
		p.Seed = 1
	}
	if p.Needle == "" {
		p.Needle = ByWeight
	}
	if p.Needle == ByWeight {
		if p.Driver == "" {
			p.Driver = string(physics.Powered)
		}
		if id, _ := scenarios.AdviseNeedle(physics.DriverKind(p.Driver), 70, false); id == "" {
			return p, fmt.Errorf("study: driver %q: allowed manual, powered, spring", p.Driver)
		}
		return p, nil
	}
	n, err := physics.ToolByID(p.Needle)
	if err != nil {
		return p, err
	}
	if p.Driver != "" && p.Driver != string(n.Driver) {
		return p, fmt.Errorf("study: needle %s fits the %s driver, not %s", n.ID, n.Driver, p.Driver)
	}
	p.Driver = string(n.Driver)
	if reach := n.Length * 1e3; p.Depth.MM > reach {
		return p, fmt.Errorf("study: depth %g mm: needle %s is %g mm long", p.Depth.MM, n.ID, reach)
	}
	return p, nil
}

// needleFor is the needle for one person.
func (p *Plan) needleFor(who *Person) (physics.Needle, error) {
	id := p.Needle
	if id == ByWeight {
		id, _ = scenarios.AdviseNeedle(physics.DriverKind(p.Driver), who.Patient.Weight, false)
	}
	n, err := physics.ToolByID(id)
	if err == nil && n.Driver == physics.Spring && p.Depth != (Depth{}) {
		n.StopDepth = n.Length // the spring is set to a depth, no hand stops it
		if p.Depth.MM > 0 {
			n.StopDepth = min(p.Depth.MM*1e-3, n.Length)
		}
	}
	return n, err
}

// setupOf is the run of row i of a case.
func (p *Plan) setupOf(c *scenarios.Case, i int) trial.Setup {
	s := trial.Setup{
		Case: c, CaseRef: c.ID, Seed: p.Seed + uint64(i), Hand: p.Hand, Driver: p.Driver, Needle: p.Needle, Device: "virtual",
	}
	if p.Point.Given {
		s.Set = map[string]string{
			"hand.u_mm": strconv.FormatFloat(p.Point.U*1e3, 'g', -1, 64), "hand.v_mm": strconv.FormatFloat(p.Point.V*1e3, 'g', -1, 64),
		}
	}
	return s
}
