package sound

import "math"

type burstKind uint8

const (
	pop burstKind = iota
	hit
	beep
)

// tone is one decaying part of a burst.
type tone struct {
	hz    float64
	decay float64 // s
	level float64
}

// bursts by kind. Assumed: by ear. A crack is noise for a few milliseconds over the ring of a hollow bone; a spring's blow
// has the ring of steel and the thud of a fist; the monitor's beep is the usual 800 Hz for a tenth of a second.
var kinds = [...]struct {
	tones  []tone
	noise  tone    // hz is unused
	length float64 // s
}{
	pop: {
		tones:  []tone{{190, 0.030, 0.50}, {640, 0.014, 0.42}, {1750, 0.007, 0.38}, {3300, 0.003, 0.25}},
		noise:  tone{decay: 0.004, level: 0.75},
		length: 0.18,
	},
	hit: {
		tones:  []tone{{95, 0.050, 0.75}, {420, 0.020, 0.35}, {2900, 0.045, 0.16}, {5150, 0.030, 0.10}},
		noise:  tone{decay: 0.006, level: 0.85},
		length: 0.32,
	},
	beep: {tones: []tone{{800, 0, 0.20}, {1600, 0, 0.03}}, length: 0.10},
}

// burst is a sound that runs once.
type burst struct {
	kind  burstKind
	live  bool
	at    int // samples since it began
	noise uint32
}

func (b *burst) add(out []float32) bool {
	if !b.live {
		return false
	}
	k := &kinds[b.kind]
	total := int(k.length * Rate)
	for i := range out {
		if b.at >= total {
			b.live = false
			break
		}
		out[i] += float32(b.sample(float64(b.at) / Rate))
		b.at++
	}
	return true
}

func (b *burst) sample(t float64) float64 {
	k := &kinds[b.kind]
	x := 0.0
	for _, one := range k.tones {
		envelope := one.level
		if one.decay > 0 {
			envelope *= math.Exp(-t / one.decay)
		}
		x += envelope * math.Sin(2*math.Pi*one.hz*t)
	}
	if k.noise.level > 0 {
		x += k.noise.level * math.Exp(-t/k.noise.decay) * noise(&b.noise)
	}
	// soft ends, so that nothing clicks that should not
	return x * math.Min(1, t/0.0004) * math.Min(1, (k.length-t)/0.008)
}
