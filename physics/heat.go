package physics

import "math"

// Heat of turning, eq. 13a: the work of the tip warms a shell of bone around the hole, which cools into what lies behind it.
const (
	boneHeat   = 2.6e6  // J/(m3.K): 2000 kg/m3 [section 2.2] times 1300 J/(kg.K), textbook
	boneSpread = 0.2e-6 // m2/s: 0.5 W/(m.K), textbook
	warmShell  = 0.5e-3 // m, where necrosis is looked for
	chipShare  = 0.6    // of the heat that the chips of a fluted drill carry off; a trocar has no flutes to carry any. Assumed
	steelShare = 0.5    // of the rest that goes into the tool. Assumed
	harmful    = 10.0   // K above the body's 37 C: 47 C, for a minute kills bone [Eriksson and Albrektsson 1983]
)

// warm lets the work of a tick, J, into the shell around the hole and the shell cool.
func (m *Model) warm(s *State, f *frame) {
	st := &s.steel
	if f.work == 0 && st.warm < 0.01 {
		st.warm = 0
		return
	}
	share := 1 - steelShare
	if m.needle.Web > 0 {
		share *= 1 - chipShare
	}
	r := m.needle.OuterRadius
	wall := max(s.column.NearBottom-s.column.NearTop, 0.5*mm)
	capacity := boneHeat * math.Pi * (sq(r+warmShell) - r*r) * wall
	const tau = warmShell * warmShell / boneSpread
	keep := math.Exp(-f.dt / tau)
	st.warm = st.warm*keep + share*f.work/capacity*tau/f.dt*(1-keep)
	st.hottest = max(st.hottest, st.warm)
	if st.warm > harmful {
		st.harm += f.dt
	}
	st.spent += f.work
}
