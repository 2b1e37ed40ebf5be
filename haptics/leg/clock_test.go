package leg

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestClockFindsOffsetAndDriftUnderJitter(t *testing.T) {
	for seed := range uint64(5) {
		rng := rand.New(rand.NewPCG(seed, 1))
		s := newSyncer()
		const offset, drift = 123456.0, 37e-6
		leg := func(host float64) float64 { return offset + host*(1+drift) }
		var now float64
		for now = 0; now < 20e6; now += 1000 {
			there, back := 200+rng.ExpFloat64()*300, 200+rng.ExpFloat64()*800
			s.add(now, leg(now+there+150), now+there+150+back, 150)
		}
		c := s.Clock()
		if e := c.OffsetUS - (leg(now) - now); math.Abs(e) > 30 {
			t.Errorf("seed %d: offset is off by %.1f us", seed, e)
		}
		if e := c.DriftPPM - 37; math.Abs(e) > 8 {
			t.Errorf("seed %d: drift %.1f ppm, want 37", seed, c.DriftPPM)
		}
		if c.BackUS < c.ThereUS || c.JitterUS < 400 || c.JitterUS > 1300 {
			t.Errorf("seed %d: there %.0f, back %.0f, jitter %.0f us", seed, c.ThereUS, c.BackUS, c.JitterUS)
		}
	}
}

func TestClockIgnoresImpossibleTrips(t *testing.T) {
	s := newSyncer()
	s.add(100, 50, 90, 0)
	s.add(math.NaN(), 0, 0, 0)
	if c := s.Clock(); c != (Clock{}) || s.n != 0 || !math.IsInf(s.best.took, 1) {
		t.Errorf("an impossible trip was taken: %+v", c)
	}
}

func TestTallyQuantiles(t *testing.T) {
	var y tally
	for us := int64(1); us <= 1000; us++ {
		y.add(us * 1000)
	}
	y.add(200_000_000)
	for _, q := range []struct{ at, want float64 }{{0.5, 500}, {0.99, 991}} {
		if got := y.quantile(q.at); math.Abs(got-q.want) > 6 {
			t.Errorf("quantile %g is %g us, want %g", q.at, got, q.want)
		}
	}
	if got := y.quantile(0.9999); got != 200_000 {
		t.Errorf("the longest is %g us, want 200000", got)
	}
}
