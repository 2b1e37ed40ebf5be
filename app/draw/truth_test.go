package draw

import (
	"image"
	"image/color"
	"math"
	"strings"
	"testing"
)

// nearest returns the tissue whose colour is nearest to the mean of a patch.
func nearest(img *image.RGBA, r image.Rectangle, among []Tissue) Tissue {
	var sum [3]float64
	n := 0.0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			c := img.RGBAAt(x, y)
			sum[0], sum[1], sum[2], n = sum[0]+float64(c.R), sum[1]+float64(c.G), sum[2]+float64(c.B), n+1
		}
	}
	best, at := math.Inf(1), Air
	for _, tissue := range among {
		c := Dark.Of(tissue)
		d := math.Hypot(math.Hypot(sum[0]/n-float64(c.R), sum[1]/n-float64(c.G)), sum[2]/n-float64(c.B))
		if d < best {
			best, at = d, tissue
		}
	}
	return at
}

// The section must show at each depth the tissue that is there.
func TestSectionShowsEachLayerAtItsDepth(t *testing.T) {
	for name, layers := range map[string][]Layer{"adult": adultLayers(), "infant": infantLayers()} {
		img := canvas(600, 400)
		v := SectionView{Layers: layers, NoNeedle: true}
		Section(img, v)
		px, x0, y0 := v.Mapping(600, 400)
		depth := 0.0
		for _, l := range layers {
			middle := y0 + (depth+l.ThicknessMM/2)*px
			half := int(l.ThicknessMM * px * 0.3)
			depth += l.ThicknessMM
			if half < 3 {
				continue // the periosteum is a line
			}
			r := image.Rect(int(x0)-30, int(middle)-half, int(x0)+30, int(middle)+half)
			got := nearest(img, r, []Tissue{Skin, Fat, Muscle, NearCortex, Marrow})
			want := l.Tissue
			if want == FarCortex {
				want = NearCortex
			}
			if got != want {
				t.Errorf("%s: %v looks like %v", name, l.Tissue, got)
			}
		}
	}
}

// changed returns the box of the pixels that differ.
func changed(a, b *image.RGBA) image.Rectangle {
	var r image.Rectangle
	for y := range a.Rect.Dy() {
		for x := range a.Rect.Dx() {
			if a.RGBAAt(x, y) != b.RGBAAt(x, y) {
				r = r.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return r
}

// The needle's point must be at the depth the model says, whatever the tilt: a learner reads the layer from it.
func TestTipIsDrawnAtItsDepth(t *testing.T) {
	bare, with := canvas(600, 400), canvas(600, 400)
	for _, tilt := range []float64{0, 10, -25} {
		for _, tip := range []float64{-3, 1, 8, 15, 29} {
			v := SectionView{Layers: adultLayers(), TipMM: tip, TiltDeg: tilt, NoNeedle: true}
			Section(bare, v)
			v.NoNeedle = false
			Section(with, v)
			px, x0, y0 := v.Mapping(600, 400)
			r := changed(bare, with)
			if got := (float64(r.Max.Y) - y0) / px; math.Abs(got-tip) > 2/px+0.1 {
				t.Errorf("tilt %g: the needle ends at %.2f mm, want %g", tilt, got, tip)
			}
			wantX := x0 - tip*math.Tan(tilt*math.Pi/180)*px
			if tip < 3 {
				continue // the dimple in the skin lies over the point
			}
			sum, n := 0.0, 0.0
			for x := range 600 {
				if bare.RGBAAt(x, r.Max.Y-2) != with.RGBAAt(x, r.Max.Y-2) {
					sum, n = sum+float64(x), n+1
				}
			}
			if math.Abs(sum/n-wantX) > 3 {
				t.Errorf("tilt %g, tip %g: the point is at x %.1f, want %.1f", tilt, tip, sum/n, wantX)
			}
		}
	}
}

// An exam shows nothing of what is under the skin.
func TestHiddenTellsNothing(t *testing.T) {
	a, b := canvas(300, 200), canvas(300, 200)
	v := SectionView{Hidden: true, Layers: adultLayers(), TipMM: 9, HoleMM: 9, Fluid: 1, Ring: true}
	Section(a, v)
	v.TipMM, v.HoleMM, v.Fluid = 9, 0, 0
	v.Layers = append([]Layer(nil), v.Layers...)
	v.Layers[3].ThicknessMM, v.Layers[4].ThicknessMM = 4.2, 16 // a thicker cortex, the same size of bone
	Section(b, v)
	if r := changed(a, b); !r.Empty() {
		t.Errorf("pictures of different bones differ in %v", r)
	}
}

// Pointing must be exact: the place under the pointer and the pixel of a place undo each other.
func TestLimbMappingReturns(t *testing.T) {
	for who := Adult; who < people; who++ {
		for _, site := range []string{ProximalTibia, DistalTibia, DistalFemur, ProximalHumerus, Sternum} {
			for _, side := range []Side{LeftSide, RightSide} {
				v := LimbView{Who: who, Side: side, Site: site, Zoom: 1.8}
				bounds := image.Rect(10, 20, 760, 520)
				for _, p := range []Point{{}, {0.02, 0}, {0, 0.015}, {-0.013, -0.021}} {
					x, y := v.FromSite(bounds, p.U, p.V)
					u, w := v.ToSite(bounds, x, y)
					if math.Abs(u-p.U) > 1e-9 || math.Abs(w-p.V) > 1e-9 {
						t.Errorf("who %d, %s: %v comes back as %g, %g", who, site, p, u, w)
					}
				}
				x, y := v.FromSite(bounds, 0, 0)
				if !image.Pt(int(x), int(y)).In(bounds) {
					t.Errorf("who %d, %s, side %d: the ideal point lies outside the picture, at %.0f, %.0f", who, site, side, x, y)
				}
			}
		}
	}
}

// The ideal point lies below the tuberosity and to its medial side; the kneecap lies above both.
func TestLandmarksFollowAnatomy(t *testing.T) {
	for who, below := range map[Who]float64{Adult: 0.02, Child: 0.015, Infant: 0.01, Newborn: 0.01, Obese: 0.02} {
		kneecap, tuberosity := LimbView{Who: who}.Landmarks()
		if math.Abs(-tuberosity.U-below) > 1e-9 {
			t.Errorf("who %d: tuberosity %.1f mm above the ideal point, want %.1f", who, -tuberosity.U*1000, below*1000)
		}
		if tuberosity.V >= 0 || tuberosity.V < -0.02 {
			t.Errorf("who %d: tuberosity at v %.1f mm, want up to 20 mm lateral", who, tuberosity.V*1000)
		}
		if kneecap.U >= tuberosity.U-0.005 {
			t.Errorf("who %d: kneecap at u %.1f mm is not above the tuberosity at %.1f", who, kneecap.U*1000, tuberosity.U*1000)
		}
	}
}

// Distal is towards the foot: to the right on a left leg seen from its inner side, to the left on a right one.
func TestSidesAreMirrored(t *testing.T) {
	bounds := image.Rect(0, 0, 700, 400)
	for side, sign := range map[Side]float64{LeftSide: 1, RightSide: -1} {
		v := LimbView{Side: side}
		x0, y0 := v.FromSite(bounds, 0, 0)
		x1, _ := v.FromSite(bounds, 0.05, 0)
		_, y1 := v.FromSite(bounds, 0, 0.02)
		if (x1-x0)*sign < 20 {
			t.Errorf("side %d: 50 mm distal is %.0f px to the right", side, x1-x0)
		}
		if y1 <= y0 {
			t.Errorf("side %d: medial is not below", side)
		}
	}
}

func TestDistanceInWords(t *testing.T) {
	for want, p := range map[string]Point{
		"on the point": {0.0004, -0.0003}, "6 mm distal": {0.006, 0}, "3 mm lateral": {0, -0.003}, "12 mm proximal, 2 mm medial": {-0.012, 0.002},
	} {
		if got := Distance(p); got != want {
			t.Errorf("Distance(%v) = %q, want %q", p, got, want)
		}
	}
}

// What a case says of a limb is seen on its skin where it could be seen, and nowhere else.
func TestSignsAreSeen(t *testing.T) {
	for text, want := range map[[2]string]Signs{
		{"fracture", "A pale band where a plaster was, tender below the knee."}: PaleBand,
		{"fracture", "Bent below the knee, bone grates under the fingers."}:     Bruise,
		{"hardware", "A long straight scar over the front of the knee."}:        Scar,
		{"earlier-io", "A round plaster over the shin with a dark spot."}:       Dressing,
		{"infection", "Red, hot and shiny over the whole shin."}:                Redness,
		{"infection", "Deep burn, blistered skin over the whole shoulder."}:     Burn,
		{"circulation", "White below the tourniquet."}:                          White,
		{"bone-disease", "Whites of the eyes are blue."}:                        0,
	} {
		got := SignOf(text[0], text[1])
		if got != want {
			t.Errorf("SignOf(%q, %q) = %b, want %b", text[0], text[1], got, want)
		}
		plain, marked := canvas(160, 100), canvas(160, 100)
		Limb(plain, LimbView{})
		Limb(marked, LimbView{Signs: got})
		if seen := !changed(plain, marked).Empty(); seen != (want != 0) {
			t.Errorf("%q: seen on the skin is %t", text[1], seen)
		}
	}
}

// A spike of one sample among very many must be seen.
func TestChartKeepsSpikes(t *testing.T) {
	n := 100_000
	x, y := make([]float64, n), make([]float64, n)
	for i := range x {
		x[i] = float64(i)
	}
	y[n/3] = 90
	v := ChartView{X: Axis{Max: float64(n)}, Y: Axis{Max: 100}, Series: []Series{{X: x, Y: y}}}
	img := canvas(400, 200)
	Chart(img, v)
	c := v.plan(400, 200)
	px, py := int(c.px(float64(n/3))), int(c.py(80, c.y))
	best := 1e9
	for dx := -2; dx <= 2; dx++ {
		q := img.RGBAAt(px+dx, py)
		best = min(best, math.Abs(float64(q.R)-float64(Dark.Force.R))+math.Abs(float64(q.B)-float64(Dark.Force.B)))
	}
	if best > 120 {
		t.Errorf("no trace of the spike near %d,%d", px, py)
	}
	if got := ChartX(v, 400, 200, c.px(12345)); math.Abs(got-12345) > 1 {
		t.Errorf("ChartX returns %g for the pixel of 12345", got)
	}
}

// No word of a chart lies over another.
func TestChartWordsKeepApart(t *testing.T) {
	v := ChartView{X: Axis{Max: 10}, Y: Axis{Max: 10}}
	for i := range 14 {
		v.Events = append(v.Events, Event{X: 5 + 0.05*float64(i), Y: 5, Dot: i%2 == 0, Label: strings.Repeat("m", 3+i%5)})
	}
	img := canvas(500, 260)
	c := v.plan(500, 260)
	c.pen = penOn(img)
	defer c.done()
	c.events()
	c.words()
	if len(c.used) < 8 {
		t.Errorf("only %d of 14 words found a place", len(c.used))
	}
	for i, a := range c.used {
		for _, b := range c.used[:i] {
			if a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1 {
				t.Errorf("%v lies over %v", a, b)
			}
		}
	}
}

func TestTicksAreRoundAndFew(t *testing.T) {
	for _, r := range [][2]float64{{0, 1}, {0, 33.7}, {-4, 29}, {0.001, 0.0074}, {1e6, 3e6}, {-1, -0.2}} {
		last := math.Inf(-1)
		n := 0
		ticks(r[0], r[1], 6, func(value float64, text string, _ bool) {
			if value <= last || value < r[0]-1e-9 || value > r[1]*(1+1e-9)+1e-9 || text == "" {
				t.Errorf("range %v: tick %g %q after %g", r, value, text, last)
			}
			last = value
			n++
		})
		if n < 2 || n > 8 {
			t.Errorf("range %v has %d ticks, want 2..8", r, n)
		}
	}
}

// Figures that change must not move their neighbours.
func TestFiguresAreEquallyWide(t *testing.T) {
	for _, bold := range []bool{false, true} {
		s := Style{Size: 26, Bold: bold}
		want := TextWidth("0", s)
		if want <= 0 {
			t.Fatal("no font")
		}
		for _, d := range "123456789" {
			if got := TextWidth(string(d), s); math.Abs(got-want) > 1e-9 {
				t.Errorf("%c is %g px wide, 0 is %g", d, got, want)
			}
		}
	}
}

// A monitor that counts 80 must show 80 beats; one without a rhythm none.
func TestRhythmsBeatAsTheySay(t *testing.T) {
	beats := func(v MonitorView) int {
		m := monitor{v: &v}
		n, high := 0, false
		for i := range 60 * 500 {
			x := m.heart(float64(i) / 500)
			if x > 0.6 && !high {
				n++
			}
			high = x > 0.6 || high && x > 0.3
		}
		return n
	}
	for _, hr := range []int{42, 80, 188} {
		if got := beats(MonitorView{Rhythm: "sinus", HR: hr}); got < hr-1 || got > hr+1 {
			t.Errorf("%d beats in a minute at a rate of %d", got, hr)
		}
	}
	if got := beats(MonitorView{Rhythm: "asystole", HR: 70}); got != 0 {
		t.Errorf("asystole beats %d times", got)
	}
	vf := MonitorView{Rhythm: "vf", HR: 0}
	m := monitor{v: &vf}
	low, high := 0.0, 0.0
	for i := range 500 {
		low, high = min(low, m.heart(float64(i)/100)), max(high, m.heart(float64(i)/100))
	}
	if high-low < 0.6 {
		t.Errorf("fibrillation swings by %.2f only", high-low)
	}
}

// Signal colours must differ from the panel and from each other in lightness or hue enough to be told apart.
func TestThemesHaveContrast(t *testing.T) {
	luminance := func(c color.NRGBA) float64 {
		f := func(v uint8) float64 {
			x := float64(v) / 255
			if x <= 0.03928 {
				return x / 12.92
			}
			return math.Pow((x+0.055)/1.055, 2.4)
		}
		return 0.2126*f(c.R) + 0.7152*f(c.G) + 0.0722*f(c.B)
	}
	contrast := func(a, b color.NRGBA) float64 {
		x, y := luminance(a)+0.05, luminance(b)+0.05
		return max(x, y) / min(x, y)
	}
	for name, th := range map[string]*Theme{"dark": &Dark, "light": &Light} {
		for what, c := range map[string]color.NRGBA{"force": th.Force, "depth": th.Depth, "fulfilled": th.Fulfilled, "failed": th.Failed} {
			if got := contrast(c, th.Panel); got < 3 {
				t.Errorf("%s: %s has contrast %.1f against the panel, want 3", name, what, got)
			}
		}
		for what, c := range map[string]color.NRGBA{"text": th.Text, "muted": th.Muted} {
			if got := contrast(c, th.Panel); got < 4.5 {
				t.Errorf("%s: %s has contrast %.1f against the panel, want 4.5", name, what, got)
			}
		}
	}
}
