package draw

import (
	"image"
	"math"
)

// Who is the kind of person a limb belongs to.
type Who uint8

// The people.
const (
	Adult Who = iota
	Child
	Infant
	Newborn
	Obese
	people
)

// WhoOf returns who is meant by a name as cases write it: adult, child, infant, newborn, obese; an adult for any other.
func WhoOf(name string) Who {
	switch name {
	case "child":
		return Child
	case "infant":
		return Infant
	case "newborn":
		return Newborn
	case "obese":
		return Obese
	}
	return Adult
}

// Side is a side of the patient.
type Side uint8

// The sides.
const (
	LeftSide Side = iota
	RightSide
)

// The sites, named as everywhere else in the program.
const (
	ProximalTibia   = "proximal-tibia"
	DistalTibia     = "distal-tibia"
	DistalFemur     = "distal-femur"
	ProximalHumerus = "proximal-humerus"
	Sternum         = "sternum"
)

// Hand is where the hand that does not hold the needle is.
type Hand uint8

// The places of a hand.
const (
	HandAway   Hand = iota
	HandBeside      // steadying the limb, clear of the needle's way
	HandBehind      // behind the bone, in the needle's way
)

// Point is a place on the bone in the frame of the site: U distal, V medial, metres from the ideal point.
type Point struct{ U, V float64 }

// LimbView is a limb at one moment.
type LimbView struct {
	Theme *Theme
	Scale float64 // px per dp, 0 = 1

	Who  Who
	Side Side
	Site string  // "" = proximal tibia
	Zoom float64 // 1 or 0 = the whole limb, 2 = twice as near, the site in the middle; up to 6

	Inside  bool  // learn mode: bone and growth plate are seen through the skin
	Labels  bool  // names of the landmarks
	Tone    uint8 // of the skin, 0 light .. 3 dark
	Mottled bool  // poor perfusion
	Signs   Signs // what the skin shows that speaks against this limb
	Hand    Hand

	ShowIdeal   bool    // ring of the right place
	ToleranceMM float64 // radius of that ring, 0 = 10
	ShowHover   bool
	Hover       Point
	ShowChosen  bool
	Chosen      Point

	ShowNeedle bool
	Needle     NeedleShape
	At         Point   // where the needle stands
	TipMM      float64 // below the skin, negative above
	TiltU      float64 // lean of the hub distally, degrees
	TiltV      float64 // lean of the hub medially, degrees
	TurnRad    float64
	StyletMM   float64
	Swelling   float64 // 0..1 around the site
}

var limbs stills[limbKey]

// limbKey is the part of a view that does not move.
type limbKey struct {
	theme                   Theme
	scale, zoom             float64
	who                     Who
	side                    Side
	site                    string
	inside, labels, mottled bool
	tone                    uint8
	signs                   Signs
	hand                    Hand
}

func (v *LimbView) key() limbKey {
	k := limbKey{
		theme: *themeOr(v.Theme), scale: scaleOr(v.Scale), zoom: v.Zoom, who: v.Who, side: v.Side, site: v.Site,
		inside: v.Inside, labels: v.Labels, mottled: v.Mottled, tone: min(v.Tone, 3), hand: v.Hand, signs: v.Signs,
	}
	if k.who >= people {
		k.who = Adult
	}
	if !(k.zoom >= 1) {
		k.zoom = 1
	}
	k.zoom = min(math.Round(k.zoom*20)/20, 6)
	return k
}

// Limb draws the limb over the whole of dst.
func Limb(dst *image.RGBA, v LimbView) {
	if dst = atOrigin(dst); dst == nil {
		return
	}
	k := v.key()
	w, h := dst.Rect.Dx(), dst.Rect.Dy()
	lay(dst, limbs.get(k, w, h, k.build))
	p := penOn(dst)
	defer p.done()
	l := limbPen{pen: p, v: &v, k: &k, u: k.scale, t: &k.theme}
	l.scene, l.cam = k.scene(), camera{}
	l.cam = k.camera(l.scene, w, h)
	l.moving()
}

// ToSite returns the place on the bone under a pixel of a limb drawn over bounds, metres distal and medial of the ideal
// point. The surface is taken as flat, which holds within a hand's breadth of the site.
func (v LimbView) ToSite(bounds image.Rectangle, x, y float64) (along, inward float64) {
	k := v.key()
	s := k.scene()
	c := k.camera(s, max(bounds.Dx(), 1), max(bounds.Dy(), 1))
	ux, uy, vx, vy := k.axes(s, &c)
	x0, y0 := c.onto(s.site.surface)
	dx, dy := clamp(x, -reach, reach)-float64(bounds.Min.X)-x0, clamp(y, -reach, reach)-float64(bounds.Min.Y)-y0
	det := ux*vy - uy*vx
	return (dx*vy - dy*vx) / det, (ux*dy - uy*dx) / det
}

// FromSite returns the pixel of a place on the bone; it is the reverse of ToSite.
func (v LimbView) FromSite(bounds image.Rectangle, along, inward float64) (x, y float64) {
	k := v.key()
	s := k.scene()
	c := k.camera(s, max(bounds.Dx(), 1), max(bounds.Dy(), 1))
	x, y = k.pixel(s, &c, Point{along, inward})
	return x + float64(bounds.Min.X), y + float64(bounds.Min.Y)
}

// Landmarks returns where the landmarks of a limb lie in the frame of the site. Those of another site are zero.
func (v LimbView) Landmarks() (kneecap, tuberosity Point) {
	k := v.key()
	s := k.scene()
	if !s.leg {
		return
	}
	at := func(p vec) Point {
		d := p.minus(s.site.bone)
		return Point{d.dot(s.site.distal) / 100, d.dot(s.site.medial) / 100}
	}
	return at(s.marks.patella), at(s.marks.tuberosity)
}

// axes are the pixels one metre along u and v.
func (k *limbKey) axes(s *scene, c *camera) (ux, uy, vx, vy float64) {
	x0, y0 := c.onto(s.site.surface)
	ux, uy = c.onto(s.site.surface.plus(s.site.distal.times(100)))
	vx, vy = c.onto(s.site.surface.plus(s.site.medial.times(100)))
	return ux - x0, uy - y0, vx - x0, vy - y0
}

func (k *limbKey) pixel(s *scene, c *camera, p Point) (x, y float64) {
	ux, uy, vx, vy := k.axes(s, c)
	x0, y0 := c.onto(s.site.surface)
	u, v := clamp(p.U, -10, 10), clamp(p.V, -10, 10)
	return x0 + u*ux + v*vx, y0 + u*uy + v*vy
}
