package virtual

import (
	"math"
	"math/rand/v2"
)

// person is one draw from a profile: what this person does in this attempt.
type person struct {
	push     float64 // N, preferred
	most     float64 // N, to which it is raised when nothing moves
	rise     float64
	fall     float64
	ease     float64
	hesitate float64
	patience float64
	settle   float64
	approach float64
	tremor   float64
	weber    float64
	lunge    float64
	reaction float64
	blur     float64
	deaf     bool // misses the first drop
	doubt    float64
	linger   float64
	tiltX    float64
	tiltY    float64
	driftX   float64
	driftY   float64
	u, v     float64
	rock     float64 // rad
	rockX    float64 // direction of rocking
	rockY    float64
	flinch   float64
	squeeze  float64 // rad
	expect   float64 // m, depth believed, 0 = no idea
	dwell    float64 // s
	swing    float64
	hz       float64
	strength float64
	arm      arm
}

// overreach is by how much more than a depth remembered from a picture a hand goes that feels nothing, share of it. That a
// tool is put too far to near remembered targets, and a centimetre or more wide of them, is published (proprioceptive
// acuity of a hand-held rod, researcher.life ed457acc); the figures here and in Memory are assumed.
const overreach = 0.15

// What a second hand, and a small limb, do to tilt and aim. Assumed.
const (
	braceDrift = 0.7
	childAim   = 0.5
)

// childEscalate is how much further a push on a child is raised when nothing moves: who does not get on goes towards what an
// adult's bone takes. Assumed.
const childEscalate = 1.6

// What one who is too anxious takes for a drop: what a tool that cuts gives anyway. Assumed, from the third of misplaced
// needles that end in the cortex (6 of 17, Harcke 2020).
const (
	jumpyWeber = 0.01
	jumpyLunge = 0.05e-3 // m
	jumpyDoubt = 0.3
)

func (s Spread) draw(r *rand.Rand) float64 {
	return min(max(s.Mean+s.SD*r.NormFloat64(), s.Least), s.Most)
}

// draw makes a person. It always takes the same number of random values, so that a change of the task leaves the rest of
// the person as it was.
func (p *Profile) draw(r *rand.Rand, t *Task) person {
	least, most := t.pushRange()
	q := person{
		push:     least + p.Push.draw(r)*(most-least),
		most:     most * p.Escalate.draw(r),
		rise:     p.Rise.draw(r),
		fall:     p.Fall.draw(r),
		ease:     p.Ease.draw(r),
		settle:   p.Settle.draw(r),
		approach: p.Approach.draw(r),
		tremor:   p.Tremor.draw(r),
		weber:    p.Weber.draw(r),
		lunge:    p.Lunge.draw(r),
		reaction: p.Reaction.draw(r),
		blur:     p.Blur.draw(r),
		deaf:     r.Float64() < p.MissRate,
		strength: p.Strength.draw(r),
		rock:     p.Rock.draw(r),
		flinch:   p.Flinch.draw(r),
		swing:    p.TwistSwing.draw(r),
		hz:       p.TwistHz.draw(r),
		squeeze:  p.Squeeze.draw(r),
		dwell:    p.Dwell.draw(r),
		hesitate: p.Hesitate.draw(r),
		patience: p.Patience.draw(r),
	}
	bore := least + p.Bore.draw(r)*(most-least)
	if t.Walls > 1 {
		q.push = bore
	}
	q.expect = t.Expect * max(1+overreach+p.Memory*r.NormFloat64(), 0.2)
	if press := least + p.Press.draw(r)*(most-least); t.Driver == Spring {
		q.push = max(press, 1)
	}
	if t.GiveUp > 0 {
		q.patience = t.GiveUp
	}
	if t.Child {
		q.most *= childEscalate
	}
	q.doubt = doubtful
	if r.Float64() < p.Jumpy {
		q.weber, q.lunge, q.doubt = jumpyWeber, jumpyLunge, jumpyDoubt
	}
	lingers, linger := r.Float64() < p.Linger, p.LingerS.draw(r)
	if lingers {
		q.linger = linger
	}
	sin, cos := math.Sincos(2 * math.Pi * r.Float64())
	tilt, drift := p.Tilt.draw(r), p.Drift.draw(r)
	q.tiltX, q.tiltY = t.TiltX+tilt*cos, t.TiltY+tilt*sin
	aim := p.Aim.draw(r)
	if t.Child {
		aim *= childAim
	}
	q.u, q.v = t.U+aim*r.NormFloat64(), t.V+aim*r.NormFloat64()
	q.arm = arm{mass: p.Mass.draw(r), base: p.Base.draw(r), gain: p.Gain.draw(r), ratio: p.Ratio.draw(r), tendon: p.Tendon}
	if (p.Braces || t.Braced) && !t.OneHand {
		q.arm.brace = p.Brace
		drift *= braceDrift
	}
	q.driftX, q.driftY = -drift*sin, drift*cos
	q.rockY, q.rockX = math.Sincos(2 * math.Pi * r.Float64())
	q.most = max(q.most, q.push)
	return q
}

// Limits of a person's push, Seo 2008 (men, 51 mm handle): 113 +/- 19 N up to 2.1 N.m of twist, 78 +/- 33 N at 4.2 N.m.
// Beyond it the line goes on; at 8.9 N.m nobody pushes.
const (
	seoFreeN, seoFreeSD   = 113.0, 19.0
	seoTwistN, seoTwistSD = 78.0, 33.0
	seoFreeNm, seoTwistNm = 2.1, 4.2
)

// MaxPush is the most a person pushes while resisting a twisting moment, N.
//
// torque is what resists the twist, N.m; strength is in standard deviations from the mean person, -2..2.
func MaxPush(torque, strength float64) float64 {
	share := (math.Abs(torque) - seoFreeNm) / (seoTwistNm - seoFreeNm)
	share = max(share, 0)
	mean := seoFreeN + share*(seoTwistN-seoFreeN)
	sd := seoFreeSD + min(share, 1)*(seoTwistSD-seoFreeSD)
	return max(mean+strength*sd, 0)
}
