package draw

import (
	"image"
	"image/color"
	"math"
	"strconv"
)

// MonitorView is what the patient monitor shows at one moment.
type MonitorView struct {
	Theme   *Theme
	Scale   float64
	Rhythm  string  // sinus, sinus-tachycardia, vf, asystole, pea, bradycardia
	TimeS   float64 // since the case began
	HR      int     // per min, 0 = none
	SpO2    int     // %, 0 = no trace
	Sys     int     // mmHg, 0 = not measurable
	Dia     int
	RR      int
	CRTS    float64 // capillary refill, s, 0 = not shown
	Remarks string  // one line at the foot
}

// The colours of a monitor are those of the wards: green heart, blue oxygen, amber pressure would mean force here, so
// pressure is white.
var (
	monitorGround = hex(0x07090C)
	monitorHeart  = hex(0x35C28D)
	monitorOxygen = hex(0x56B4E9)
	monitorPlain  = hex(0xD9E1E8)
	monitorMuted  = hex(0x7C8A97)
)

// Monitor draws the monitor over the whole of dst.
func Monitor(dst *image.RGBA, v MonitorView) {
	if dst = atOrigin(dst); dst == nil {
		return
	}
	t := themeOr(v.Theme)
	u := scaleOr(v.Scale)
	flood(dst, dst.Rect, t.Panel)
	p := penOn(dst)
	defer p.done()
	w, h := float64(dst.Rect.Dx()), float64(dst.Rect.Dy())
	p.roundRect(0, 0, w, h, 8*u)
	p.fill(monitorGround)
	if w < 60*u || h < 40*u {
		return
	}
	foot := 0.0
	if v.Remarks != "" && h > 120*u {
		foot = 18 * u
		Text(dst, 10*u, h-7*u, v.Remarks, Style{Size: 11 * u}, monitorMuted)
	}
	m := monitor{pen: p, v: &v, u: u}
	wide := w > 2.2*h
	side := clamp(0.27*w, 64*u, 120*u)
	if wide {
		m.wide(w, h-foot, side)
	} else {
		m.tall(w, h-foot, side)
	}
}

type monitor struct {
	*pen
	v *MonitorView
	u float64
}

// tall puts the heart's trace above the figures.
func (m *monitor) tall(w, h, side float64) {
	top := 0.33 * h
	m.trace(8*m.u, 6*m.u, w-side-6*m.u, top, 4, monitorHeart, m.heart, 0.55)
	m.figure(w-side, 6*m.u, "HR", m.heartRate(), monitorHeart, 1)
	m.trace(8*m.u, top+8*m.u, w-side-6*m.u, 0.60*h, 4, monitorOxygen, m.pulse, 0.8)
	m.figure(w-side, top+8*m.u, "SpO₂ %", number(m.v.SpO2), monitorOxygen, 1)
	y := 0.64 * h
	third := (w - 20*m.u) / 3
	m.figure(10*m.u, y, "BP mmHg", m.pressure(), monitorPlain, 0.86)
	m.figure(10*m.u+1.45*third, y, "RR", number(m.v.RR), monitorPlain, 0.86)
	m.figure(10*m.u+2.15*third, y, "CRT", m.refill(), monitorPlain, 0.86)
}

// wide puts the figures beside the traces.
func (m *monitor) wide(w, h, side float64) {
	cut := w - 2.6*side
	m.trace(8*m.u, 4*m.u, cut, 0.55*h, 5, monitorHeart, m.heart, 0.55)
	m.trace(8*m.u, 0.58*h, cut, 0.97*h, 5, monitorOxygen, m.pulse, 0.8)
	k := clamp(h/(110*m.u), 0.5, 1)
	m.figure(cut+10*m.u, 6*m.u, "HR", m.heartRate(), monitorHeart, k)
	m.figure(cut+10*m.u+side*0.8, 6*m.u, "SpO₂ %", number(m.v.SpO2), monitorOxygen, k)
	m.figure(cut+10*m.u+side*1.6, 6*m.u, "RR", number(m.v.RR), monitorPlain, k)
	m.figure(cut+10*m.u, 0.52*h, "BP mmHg", m.pressure(), monitorPlain, k)
	m.figure(cut+10*m.u+side*1.6, 0.52*h, "CRT", m.refill(), monitorPlain, k)
}

func (m *monitor) figure(x, y float64, name, value string, c color.NRGBA, k float64) {
	Text(m.dst, x, y+12*m.u, name, Style{Size: 11 * m.u}, withAlpha(c, 0.85))
	Text(m.dst, x, y+12*m.u+25*m.u*k, value, Style{Size: 26 * m.u * k, Bold: true}, c)
}

func number(n int) string {
	if n <= 0 {
		return "– –"
	}
	return strconv.Itoa(min(n, 999))
}

func (m *monitor) heartRate() string {
	switch m.v.Rhythm {
	case "asystole":
		return "0"
	case "vf":
		return "– –"
	}
	return number(m.v.HR)
}

func (m *monitor) pressure() string {
	if m.v.Sys <= 0 {
		return "– / –"
	}
	return number(m.v.Sys) + "/" + number(m.v.Dia)
}

func (m *monitor) refill() string {
	if !(m.v.CRTS > 0) {
		return "– s"
	}
	return strconv.FormatFloat(min(m.v.CRTS, 99), 'f', -1, 64) + " s"
}

// trace draws a sweep as monitors do: it writes from left to right over what it wrote the last time round, a gap ahead.
func (m *monitor) trace(x0, y0, x1, y1, seconds float64, c color.NRGBA, at func(t float64) float64, zero float64) {
	if x1-x0 < 8 || y1-y0 < 4 {
		return
	}
	now := m.v.TimeS
	if !finite(now) || math.Abs(now) > 1e9 {
		now = 0
	}
	head := math.Mod(now, seconds) / seconds * (x1 - x0)
	if head < 0 {
		head += x1 - x0
	}
	gap := 0.05 * (x1 - x0)
	base, high := y0+(y1-y0)*zero, (y1-y0)*0.9
	down := false
	for x := 0.0; x <= x1-x0; x++ {
		back := head - x // px behind the head
		if back < 0 {
			if back > -gap {
				if down {
					m.end()
					down = false
				}
				continue
			}
			back += x1 - x0
		}
		when := now - back/(x1-x0)*seconds
		scale := high * min(zero, 0.55) / 0.55
		first, next := at(when), at(when+seconds/(x1-x0))
		// a peak narrower than a pixel must not be lost between two of them
		low, top := min(first, next), max(first, next)
		lowest, highest := low, top
		for i := 1; i < 4; i++ {
			s := at(when + float64(i)/4*seconds/(x1-x0))
			lowest, highest = min(lowest, s), max(highest, s)
		}
		y := clamp(base-first*scale, y0, y1)
		if down {
			m.line(x0+x, y)
		} else {
			m.move(x0+x, y)
			down = true
		}
		if highest > top+0.05 {
			m.line(x0+x+0.5, clamp(base-highest*scale, y0, y1))
		}
		if lowest < low-0.05 {
			m.line(x0+x+0.6, clamp(base-lowest*scale, y0, y1))
		}
	}
	m.strokeWide(1.7*m.u, c)
	m.fillCircle(x0+head, clamp(base-at(now)*high*min(zero, 0.55)/0.55, y0, y1), 2.4*m.u, c)
}

// beat returns how long the current beat has run and how long it lasts, s.
func (m *monitor) beat(t float64) (into, length float64) {
	rate := clamp(float64(m.v.HR), 20, 260)
	length = 60 / rate
	return t - math.Floor(t/length)*length, length
}

// heart is the electrocardiogram, 1 = the height of a normal R wave.
func (m *monitor) heart(t float64) float64 {
	wander := 0.02 * math.Sin(t*0.9)
	switch m.v.Rhythm {
	case "asystole":
		return wander + 0.015*math.Sin(t*2.3)
	case "vf":
		return 0.34*math.Sin(t*29+2*math.Sin(t*1.7)) + 0.22*math.Sin(t*41+3*math.Sin(t*2.9)) + 0.14*math.Sin(t*17.3+math.Sin(t*5))
	}
	if m.v.HR <= 0 && m.v.Rhythm != "pea" {
		return wander
	}
	into, length := m.beat(t)
	slow := math.Sqrt(clamp(length, 0.25, 1)) // waves draw together as the heart races
	wave := func(centre, width, height float64) float64 {
		d := (into - centre*slow) / (width * slow)
		return height * math.Exp(-d*d)
	}
	p := 0.13
	tall := 0.24
	wide := 1.0
	if m.v.Rhythm == "pea" {
		p, tall, wide = 0.05, 0.16, 1.8
	}
	return wander + wave(0.10, 0.028, p) + wave(0.205, 0.010*wide, -0.12) + wave(0.235, 0.012*wide, 1) +
		wave(0.268, 0.012*wide, -0.26) + wave(0.43, 0.050, tall)
}

// pulse is the oxygen probe's trace; without a pulse there is none.
func (m *monitor) pulse(t float64) float64 {
	if m.v.SpO2 <= 0 || m.v.Rhythm == "vf" || m.v.Rhythm == "asystole" || m.v.Rhythm == "pea" {
		return 0.01 * math.Sin(t*1.3)
	}
	into, length := m.beat(t)
	x := into / length
	hump := func(centre, width, height float64) float64 {
		d := x - centre
		d -= math.Round(d)
		d /= width
		return height * math.Exp(-d*d)
	}
	return 0.72 * (hump(0.42, 0.13, 1) + hump(0.66, 0.12, 0.42)) * clamp(float64(m.v.SpO2)/96, 0.3, 1)
}
