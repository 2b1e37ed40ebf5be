package sound

import "math"

// motor is the drill: a hum at the speed of the shaft, the whine of its gears and the hiss of its brushes, all of which
// rise with the speed.
type motor struct {
	speed float64 // now, 0..1; follows what is wanted
	shaft float64 // phase of the shaft, turns
	low   float64 // state of the filter on the noise
	noise uint32
}

// Assumed: pitch and colour of a hand drill, by ear; the time constant is that of a small motor spinning up, 80 ms.
const (
	shaftHz     = 95.0 // at full speed
	gearTeeth   = 9
	spinUp      = 0.08 // s
	motorLevel  = 0.22
	stillSpeed  = 1e-3
	hissCorner  = 0.25
	wobbleTurns = 7 // shaft turns per slow beat
)

func (m *motor) add(out []float32, wanted float64) bool {
	if wanted == 0 && m.speed < stillSpeed {
		m.speed = 0
		return false
	}
	follow := 1 - math.Exp(-1/(spinUp*Rate))
	for i := range out {
		m.speed += (wanted - m.speed) * follow
		m.shaft += shaftHz * (0.25 + 0.75*m.speed) / Rate
		if m.shaft > 1e6 {
			m.shaft = math.Mod(m.shaft, wobbleTurns)
		}
		turn := 2 * math.Pi * m.shaft
		hum := math.Sin(turn) + 0.55*math.Sin(2*turn+0.4) + 0.3*math.Sin(3*turn+1.1)
		gear := math.Sin(gearTeeth*turn+0.6*math.Sin(turn)) + 0.45*math.Sin(2*gearTeeth*turn)
		m.low += (noise(&m.noise) - m.low) * hissCorner
		beat := 1 + 0.12*math.Sin(turn/wobbleTurns)
		level := motorLevel * math.Min(1, 2.5*m.speed)
		out[i] += float32(level * beat * (0.42*hum + 0.36*gear*m.speed + 0.35*m.low*m.speed))
	}
	return true
}
