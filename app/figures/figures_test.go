package figures

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"gonum.org/v1/plot/plotter"
)

const docs = "../../docs/"

func TestMain(m *testing.M) {
	size.pop, size.hand, size.flow = 2, 4, 20
	os.Exit(m.Run())
}

// Every figure of docs/model.md is one of ours and lies beside it; every one of ours is in docs/model.md, once.
func TestModelPageNamesEveryFigure(t *testing.T) {
	page, err := os.ReadFile(docs + "model.md")
	if err != nil {
		t.Fatal(err)
	}
	linked := map[string]int{}
	for _, m := range regexp.MustCompile(`!\[[^\]]+\]\(img/model/([^)]*)\)`).FindAllStringSubmatch(string(page), -1) {
		linked[m[1]]++
	}
	for file := range linked {
		if _, err := ByName(strings.TrimSuffix(file, ".svg")); err != nil {
			t.Errorf("docs/model.md shows img/model/%s: %v", file, err)
		}
		if _, err := os.Stat(docs + "img/model/" + file); err != nil {
			t.Errorf("docs/model.md shows img/model/%s: %v: run `make figures`", file, err)
		}
	}
	for _, f := range All() {
		if n := linked[f.Name+".svg"]; n != 1 {
			t.Errorf("docs/model.md shows %s.svg %d times, want once", f.Name, n)
		}
	}
}

// Every figure can be computed, is well-formed, small, says what its axes show, and names no machine.
func TestEveryFigureCanBeMade(t *testing.T) {
	for _, f := range All() {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			svg, err := f.SVG()
			if err != nil {
				t.Fatal(err)
			}
			for d := xml.NewDecoder(bytes.NewReader(svg)); ; {
				if _, err := d.Token(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					t.Fatal(err)
				}
			}
			if n := len(svg); n < 4000 || n > 90_000 {
				t.Errorf("%d bytes, want 4000 to 90000", n)
			}
			if bytes.Contains(svg, []byte("NaN")) || bytes.Contains(svg, []byte("Inf")) {
				t.Error("a number in it is not finite")
			}
			if f.Title == "" || f.Caption == "" {
				t.Error("no title or caption")
			}
		})
	}
}

func TestEqualBytes(t *testing.T) {
	for _, name := range []string{"skin", "spring", "pain"} {
		f, err := ByName(name)
		if err != nil {
			t.Fatal(err)
		}
		a, errA := f.SVG()
		b, errB := f.SVG()
		if errA != nil || errB != nil || !bytes.Equal(a, b) {
			t.Errorf("%s: drawn twice, two pictures (%v, %v)", name, errA, errB)
		}
	}
}

func TestEveryPanelHasNamedAxes(t *testing.T) {
	for _, name := range []string{"skin", "walking", "pop", "transit", "pain", "bend"} {
		f, err := ByName(name)
		if err != nil {
			t.Fatal(err)
		}
		panels, err := f.panels()
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range panels {
			if (p.x == "" && len(p.names) == 0) || (p.y == "" && len(p.rows) == 0) {
				t.Errorf("%s: axes %q and %q", name, p.x, p.y)
			}
			for _, c := range p.curves {
				if c.name == "" && c.like == 0 {
					t.Errorf("%s: a curve of %q has no name", name, p.y)
				}
			}
		}
	}
}

// A thinned line passes within a thousandth or two of the axes of every point that was left out.
func TestThinKeepsTheLine(t *testing.T) {
	var p plotter.XYs
	for i := range 4000 {
		x := float64(i) / 4000
		p = append(p, plotter.XY{X: x, Y: x * x * (1 - x)})
	}
	p[2000].Y = 0.9 // a spike of one point must stay
	q := thin(p, 1, 1)
	if len(q) > 100 {
		t.Errorf("%d of %d points kept", len(q), len(p))
	}
	for _, a := range p {
		nearest := 1.0
		for i := 1; i < len(q); i++ {
			nearest = min(nearest, off(q[i-1], q[i], a, 1, 1))
		}
		if nearest > 0.0016 {
			t.Fatalf("(%g, %g) lies %g off the thinned line", a.X, a.Y, nearest)
		}
	}
}

func TestWithinCutsAtTheEdges(t *testing.T) {
	box := [4]float64{0, 1, 0, 1}
	got := within(plotter.XYs{{X: -1, Y: 0.5}, {X: 0.5, Y: 0.5}, {X: 0.5, Y: 2}, {X: 0.9, Y: 2}, {X: 0.9, Y: 0.2}}, box)
	want := []plotter.XYs{{{X: 0, Y: 0.5}, {X: 0.5, Y: 0.5}, {X: 0.5, Y: 1}}, {{X: 0.9, Y: 1}, {X: 0.9, Y: 0.2}}}
	if len(got) != len(want) {
		t.Fatalf("%v, want %v", got, want)
	}
	for i := range want {
		if len(got[i]) != len(want[i]) {
			t.Fatalf("%v, want %v", got, want)
		}
		for j := range want[i] {
			if d := off(got[i][j], got[i][j], want[i][j], 1, 1); d > 1e-12 {
				t.Errorf("%v, want %v", got, want)
			}
		}
	}
}
