package draw

import (
	"image"
	"image/color"
	"math"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"osseo/assets"
)

// Align says which point of a line of text its x is.
type Align uint8

// The alignments.
const (
	AlignLeft Align = iota
	AlignCentre
	AlignRight
)

// Style is how a line of text looks.
type Style struct {
	Size  float64 // px
	Bold  bool
	Align Align
}

type face struct {
	font   font.Face
	rise   float64 // height of a capital, px
	glyphs map[glyphKey]*glyph
}

type glyphKey struct {
	r   rune
	sub uint8 // quarter pixel
}

type glyph struct {
	mask    image.Alpha
	at      image.Point // of the mask's corner from the pen
	advance float64
}

type faceKey struct {
	size uint16 // quarter px
	bold bool
}

// faces holds every size in use. One lock guards it: a line of text takes it once.
var faces = struct {
	sync.Mutex
	fonts [2]*opentype.Font
	kept  map[faceKey]*face
}{kept: map[faceKey]*face{}}

// faceOf returns the face of a style, or nil when the embedded font cannot be read. The caller holds the lock.
func faceOf(s Style) *face {
	key := faceKey{uint16(clamp(s.Size, 4, 400)*4 + 0.5), s.Bold}
	if f, ok := faces.kept[key]; ok {
		return f
	}
	i, data := 0, assets.Regular
	if s.Bold {
		i, data = 1, assets.Bold
	}
	if faces.fonts[i] == nil {
		parsed, err := opentype.Parse(data)
		if err != nil {
			return nil
		}
		faces.fonts[i] = parsed
	}
	ff, err := opentype.NewFace(faces.fonts[i], &opentype.FaceOptions{Size: float64(key.size) / 4, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return nil
	}
	if len(faces.kept) > 64 { // a window dragged through many scales
		clear(faces.kept)
	}
	f := &face{font: ff, rise: float64(ff.Metrics().CapHeight) / 64, glyphs: map[glyphKey]*glyph{}}
	faces.kept[key] = f
	return f
}

func (f *face) glyph(r rune, sub uint8) *glyph {
	key := glyphKey{r, sub}
	if g, ok := f.glyphs[key]; ok {
		return g
	}
	g := &glyph{}
	box, mask, origin, advance, ok := f.font.Glyph(fixed.Point26_6{X: fixed.Int26_6(sub) * 16}, r)
	if !ok && r != '?' {
		return f.glyph('?', sub)
	}
	g.advance, g.at = float64(advance)/64, box.Min
	g.mask = image.Alpha{Pix: make([]uint8, box.Dx()*box.Dy()), Stride: box.Dx(), Rect: image.Rect(0, 0, box.Dx(), box.Dy())}
	for y := range box.Dy() {
		for x := range box.Dx() {
			_, _, _, a := mask.At(origin.X+x, origin.Y+y).RGBA()
			g.mask.Pix[y*g.mask.Stride+x] = uint8(a >> 8)
		}
	}
	f.glyphs[key] = g
	return g
}

// TextWidth returns the width of a line of text, px. Figures are all equally wide.
func TextWidth(text string, s Style) float64 {
	faces.Lock()
	defer faces.Unlock()
	f := faceOf(s)
	if f == nil {
		return 0
	}
	return f.width(text)
}

func (f *face) width(text string) float64 {
	w, last := 0.0, rune(-1)
	for _, r := range text {
		if last >= 0 {
			w += float64(f.font.Kern(last, r)) / 64
		}
		w += f.glyph(r, 0).advance
		last = r
	}
	return w
}

// Text draws one line with its baseline at y and returns its width, px.
func Text(dst *image.RGBA, x, y float64, text string, s Style, c color.NRGBA) float64 {
	if dst == nil || text == "" || math.IsNaN(x+y) || math.Abs(x)+math.Abs(y) > reach {
		return 0
	}
	faces.Lock()
	defer faces.Unlock()
	f := faceOf(s)
	if f == nil {
		return 0
	}
	width := 0.0
	if s.Align != AlignLeft {
		width = f.width(text)
		x -= width * float64(s.Align) / 2
	}
	start, last := x, rune(-1)
	row := int(math.Round(y))
	for _, r := range text {
		if last >= 0 {
			x += float64(f.font.Kern(last, r)) / 64
		}
		whole := math.Floor(x)
		g := f.glyph(r, uint8((x-whole)*4)&3)
		stamp(dst, int(whole)+g.at.X, row+g.at.Y, &g.mask, c)
		x += g.advance
		last = r
	}
	return x - start
}

// rise returns the height of a capital, px, for centring a line on a point.
func rise(s Style) float64 { return 0.714 * s.Size }

// middle draws a line of text whose capitals are centred on y.
func middle(dst *image.RGBA, x, y float64, text string, s Style, c color.NRGBA) float64 {
	return Text(dst, x, y+rise(s)/2, text, s, c)
}

// stamp lays a mask in a colour with its corner at x, y.
func stamp(dst *image.RGBA, x, y int, mask *image.Alpha, c color.NRGBA) {
	r := mask.Rect.Add(image.Pt(x, y)).Intersect(dst.Rect)
	for py := r.Min.Y; py < r.Max.Y; py++ {
		m := mask.Pix[(py-y)*mask.Stride+r.Min.X-x:][:r.Dx()]
		row := dst.Pix[dst.PixOffset(r.Min.X, py):][:4*r.Dx()]
		for i, a := range m {
			if a != 0 {
				blend(row[4*i:4*i+4:4*i+4], c, a)
			}
		}
	}
}
