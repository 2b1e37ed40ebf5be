package virtual

import (
	"math"

	"osseo/haptics"
)

// The kinds of burst, with the numbers the renderer uses.
const (
	popCrack  = 1 // cortex cracks: rings
	springHit = 2 // spring driver strikes: recoil, pushes the hand outward
	boneTap   = 3 // steel taps bone: rings higher
)

// Frequencies of the ringing bursts, Hz. The skin is most sensitive at 200-300 Hz; Assumed: the tap above, the crack in it.
const (
	crackHz = 250.0
	tapHz   = 350.0
)

// burst plays transients and the steady vibration on the leg's own clock, as the firmware does.
type burst struct {
	kind      uint8
	amplitude float64 // N, decays
	decay     float64 // s
	age       float64 // s
	phase     float64 // of the vibration, rad
}

// start begins the burst of a command; a burst under way gives way to a new one.
func (b *burst) start(t haptics.Transient) {
	if t.Kind == 0 || t.Decay <= 0 || t.Amplitude == 0 {
		return
	}
	b.kind, b.amplitude, b.decay, b.age = t.Kind, t.Amplitude, t.Decay, 0
}

// step returns the force of the bursts, N, positive outward.
func (b *burst) step(c *haptics.Command, dt float64) float64 {
	force := 0.0
	if b.kind != 0 {
		force = b.play()
		b.age += dt
		if b.age > 8*b.decay {
			b.kind = 0
		}
	}
	if c.Vibration > 0 {
		b.phase += 2 * math.Pi * c.VibrationHz * dt
		if b.phase > 2*math.Pi {
			b.phase = math.Mod(b.phase, 2*math.Pi)
		}
		force += c.Vibration * math.Sin(b.phase)
	}
	return force
}

func (b *burst) play() float64 {
	level := b.amplitude * math.Exp(-b.age/b.decay)
	switch b.kind {
	case popCrack:
		return level * math.Cos(2*math.Pi*crackHz*b.age)
	case boneTap:
		return level * math.Cos(2*math.Pi*tapHz*b.age)
	default:
		return level
	}
}
