package draw

import (
	"math"
	"sync"
)

// scene is a limb made ready for drawing: its bodies, its site and how it is looked at.
type scene struct {
	leg         bool
	skin, bones *body
	marks       landmarks
	site        place
	angle, roll float64 // of the camera, rad
	from, to    float64 // what a picture of the whole limb shows along X, cm
	middle      vec     // of a picture that shows a part of a trunk, which fills it
	wide, tall  float64 // of such a picture, cm; 0 = the limb is framed by its outline
	plates      []plate
	names       []named
	size        float64
}

// place is a site on the body.
type place struct {
	bone, surface  vec // the ideal point on bone and on the skin over it
	normal         vec
	distal, medial vec
}

// plate is a growth plate across a bone.
type plate struct {
	at    float64 // X, cm
	thick float64 // cm
}

// named is a landmark with its word.
type named struct {
	at   vec
	word string
	low  bool // the word stands below the limb
	bone bool // shown only when the bone is
}

type sceneKey struct {
	who  Who
	site string
}

var scenes sync.Map // sceneKey to *scene

func (k *limbKey) scene() *scene {
	key := sceneKey{k.who, k.site}
	if s, ok := scenes.Load(key); ok {
		return s.(*scene)
	}
	s, _ := scenes.LoadOrStore(key, newScene(k.who, k.site))
	return s.(*scene)
}

func newScene(who Who, site string) *scene {
	switch site {
	case ProximalHumerus:
		return armScene(&builds[who])
	case Sternum:
		return chestScene(&builds[who])
	}
	return legScene(&builds[who], site)
}

func legScene(b *build, site string) *scene {
	s := &scene{leg: true, skin: b.skin(), bones: b.bones(), marks: b.landmarks(), size: b.knee}
	s.angle, s.roll = 62*math.Pi/180, 0.13
	s.from, s.to = b.along(-15), b.along(49)
	m := &s.marks
	sin, cos := math.Sincos(faceAngle)
	s.site = place{bone: m.ideal, normal: vec{0, cos, sin}, distal: vec{X: 1}, medial: vec{0, -sin, cos}}
	switch site {
	case DistalTibia:
		s.angle = 96 * math.Pi / 180
		sin, cos = math.Sincos(78 * math.Pi / 180)
		s.site.bone = b.put(vec{33.4, 0.2, 2.2})
		s.site.normal, s.site.medial = vec{0, cos, sin}, vec{0, -sin, cos}
	case DistalFemur:
		sin, cos = math.Sincos(12 * math.Pi / 180)
		s.site.bone = b.put(vec{-7.5, 1.2, -0.3})
		s.site.normal, s.site.medial = vec{0.35 * cos, cos, sin}.unit(), vec{0, -sin, cos}
	}
	s.site.surface = s.skin.onto(s.site.bone, s.site.normal)
	if b.young {
		t := 0.32 * b.knee
		s.plates = []plate{{m.plate.X, t}, {b.along(34.6), t * 0.8}, {b.along(-4.2), t}}
	}
	s.names = b.names(m)
	return s
}

func (b *build) names(m *landmarks) []named {
	list := []named{
		{at: m.patella, word: "kneecap"},
		{at: m.tuberosity, word: "tuberosity of the tibia"},
		{at: m.face, word: "flat face of the shin"},
		{at: m.malleolus, word: "inner ankle", low: true},
	}
	if b.young {
		list = append(list, named{at: m.plate.plus(m.medial.times(0.9 * b.knee)), word: "growth plate", low: true, bone: true})
	}
	return list
}

// onto returns the place on the surface over p, along n.
func (b *body) onto(p, n vec) vec {
	all := b.all()
	t := 12 * b.size
	for range 80 {
		d := b.distance(p.plus(n.times(t)), all)
		if math.Abs(d) < 1e-4 {
			break
		}
		t -= d * 0.9
	}
	return p.plus(n.times(max(t, 0)))
}

// camera frames the limb in a picture: the whole of it, or nearer, with the site in the middle.
func (k *limbKey) camera(s *scene, w, h int) camera {
	c := lookAt(s.angle, s.roll, k.side == RightSide)
	c.w, c.h, c.px = float64(w), float64(h), 1
	if s.wide > 0 {
		c.px = max(max(c.w/s.wide, c.h/s.tall)*k.zoom, 1e-3)
		c.aim(s, s.middle, k.zoom)
		return c
	}
	lo, hi := vec{X: math.Inf(1), Y: math.Inf(1)}, vec{X: math.Inf(-1), Y: math.Inf(-1)}
	for i := range s.skin.lumps {
		l := &s.skin.lumps[i]
		if l.stuff != flesh && l.stuff != nail {
			continue
		}
		for _, p := range [...]vec{l.a, l.b} {
			if p.X < s.from || p.X > s.to || (l.ball.X > 0 && p == l.b) {
				continue
			}
			r := max(l.r0, l.r1, l.ball.X, l.ball.Y)
			q := c.turn(p)
			lo.X, lo.Y, hi.X, hi.Y = min(lo.X, q.X-r), min(lo.Y, q.Y-r), max(hi.X, q.X+r), max(hi.Y, q.Y+r)
		}
	}
	a, b := c.turn(vec{X: s.from}), c.turn(vec{X: s.to})
	left, right := min(a.X, b.X), max(a.X, b.X)
	c.px = max(min(c.w/(right-left), 0.86*c.h/(hi.Y-lo.Y))*k.zoom, 1e-3)
	middle := vec{(left + right) / 2, (lo.Y + hi.Y) / 2, 0}
	if seen := c.w / c.px; seen > right-left { // a tall limb in a wide picture: let the far end bleed off
		if c.right.X < 0 {
			middle.X = left + seen/2 - 0.02*seen
		} else {
			middle.X = right - seen/2 + 0.02*seen
		}
	}
	c.aim(s, c.right.times(middle.X).plus(c.up.times(middle.Y)), k.zoom)
	return c
}

// aim puts a place in the middle of the picture, and the site instead the nearer the eye comes.
func (c *camera) aim(s *scene, at vec, zoom float64) {
	c.centre = at.toward(s.site.surface, clamp((zoom-1)/0.8, 0, 1))
}
