package physics

import "testing"

// The point runs ahead of the cannula: a pop alone is no access. Case of eq. 20a: 1.3 mm at 15G.
func TestThePointIsThroughBeforeTheCannulaIs(t *testing.T) {
	b := benchOf(t, plain(3*mm), "ez-25")
	same(t, "opening behind the point", b.model.mouth, 1.3123*mm, 1e-3)
	inner := b.model.Column(0, 0).NearBottom
	for _, c := range []struct {
		beyond float64
		want   Zone
	}{{-0.1 * mm, InCortex}, {0.5 * mm, InCortex}, {1.2 * mm, InCortex}, {1.4 * mm, InMedulla}, {5 * mm, InMedulla}} {
		s := b.model.Start()
		s.column = b.model.Column(0, 0)
		s.axial.pierced, s.wall[0].broken, s.axial.tip = true, true, inner+c.beyond
		if z := b.model.zone(&s); z != c.want {
			t.Errorf("point %.1f mm beyond the near wall: %v; want %v", c.beyond/mm, z, c.want)
		}
	}
}

// In a cavity narrower than the way to the opening the point meets the far wall first; there is no depth that works.
func TestACavityCanBeTooNarrowForTheNeedle(t *testing.T) {
	a := plain(1 * mm)
	a.Medulla = 1.2 * mm
	m := benchOf(t, a, "ez-15").model
	s := m.Start()
	s.column, s.axial.pierced, s.wall[0].broken = m.Column(0, 0), true, true
	for d := 0.0; d < 15*mm; d += 0.1 * mm {
		s.axial.tip = d
		if m.zone(&s) == InMedulla {
			t.Fatalf("in the marrow at %.1f mm", d/mm)
		}
	}
}
