package haptics

import "math"

// energy is the passivity observer: what the leg took in from the hand less what it gave back.
type energy struct {
	stored float64 // J, at most energyBank, at least minus the allowance
}

// Bone and tissue only take energy, springs give back what they took. What a leg may give beyond that is bounded here.
const (
	// energyBank is the most that is credited: a leg that has absorbed a long insertion must not be free to give it
	// all back. 1.5 J is full force on the softest contact worth the name, 150 N on 7.5 N/mm.
	energyBank = 1.5
	// energyAllowance is what may be given without having been taken: the recoil of a spring driver (a share of its
	// 0.5-2 J, reference/literature.md section 5) and the error of the observer at a sample.
	energyAllowance = 1.0
	// energyLeak is the power at which a debt is forgotten, W: small against any push.
	energyLeak = 0.5
)

// passive is the energy stage: with the credit used up, force falls to what cannot give more in one period.
func (g *Governor) passive(i *Intervention) {
	e := &g.energy
	if g.known {
		e.book(g.sent, &g.last, &g.now)
		if e.stored < 0 {
			e.stored = min(0, e.stored+energyLeak*g.dt)
		}
	}
	if g.skips(ByEnergy) {
		return
	}
	if most := g.energyCeiling(); math.Abs(g.work.total) > most {
		i.note(ByEnergy, g.work.total, most)
		g.work.total = math.Copysign(most, g.work.total)
		g.work.damping = 0 // or the force would grow as the tool slows down on its way out
	}
}

// book adds the work of the hand between two samples, by the command that was rendered between them.
func (e *energy) book(c Command, from, to *Sample) {
	force := (c.At(from.Position, from.Velocity) + c.At(to.Position, to.Velocity)) / 2
	e.stored = min(energyBank, e.stored+force*(to.Position-from.Position))
}

// allowance grows with the period: one period at full force and full speed must always be affordable.
func (g *Governor) allowance() float64 {
	return max(energyAllowance, 2*g.limits.Force*g.limits.Speed*g.dt)
}

// energyCeiling is the force that uses up the credit when it drives the tool at the speed limit for one period, N.
func (g *Governor) energyCeiling() float64 {
	way := g.limits.Speed * g.dt
	if way == 0 {
		return 0
	}
	return max(0, g.energy.stored+g.allowance()) / way
}
