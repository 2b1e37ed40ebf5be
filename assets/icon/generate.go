//go:build ignore

// Draws the icon once as SVG and once as PNG: a bone cut across, a needle with an amber hub in its marrow.
//
//	go run assets/icon/generate.go assets/icon
package main

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"log"
	"math"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/image/vector"
)

const size = 512

type shape struct {
	fill   color.NRGBA
	points [][2]float64
}

func main() {
	if len(os.Args) != 2 {
		log.Fatal("icon: name the folder to write to")
	}
	shapes := icon()
	write(filepath.Join(os.Args[1], "osseo.svg"), []byte(svg(shapes)))
	f, err := os.Create(filepath.Join(os.Args[1], "osseo.png"))
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, paint(shapes)); err != nil {
		log.Fatal(err)
	}
}

func write(name string, data []byte) {
	if err := os.WriteFile(name, data, 0o644); err != nil {
		log.Fatal(err)
	}
}

func icon() []shape {
	list := []shape{{hex(0x18202A), rounded(8, 8, 496, 496, 112)}}
	// the ring is a little uneven, as bone is
	ring := func(r, uneven float64, c uint32) shape {
		return shape{hex(c), around(256, 282, func(a float64) float64 {
			return r * (1 + uneven*math.Cos(2*a+0.6) + 0.5*uneven*math.Cos(3*a-1.1))
		})}
	}
	list = append(list, ring(186, 0.035, 0xC98B68), ring(166, 0.035, 0xE6DDC4), ring(112, 0.045, 0x7C2A2B))
	for i := range 9 { // trabeculae
		a := float64(i) * 2 * math.Pi / 9
		s, c := math.Sincos(a)
		list = append(list, bar(256+c*112, 282+s*108, 256+c*(74-10*float64(i%3)), 282+s*(74-10*float64(i%3)), 9, 4, 0xB99F8C))
	}
	// the needle comes from the upper right and ends in the marrow
	x0, y0, x1, y1 := 402.0, 76.0, 252.0, 278.0
	at := func(t float64) (float64, float64) { return x0 + (x1-x0)*t, y0 + (y1-y0)*t }
	piece := func(a, b, w0, w1 float64, c uint32) {
		ax, ay := at(a)
		bx, by := at(b)
		list = append(list, bar(ax, ay, bx, by, w0, w1, c))
	}
	piece(0.20, 0.90, 34, 34, 0x8B97A3)
	piece(0.20, 0.90, 20, 20, 0xE9EFF4)
	piece(0.90, 1.03, 34, 3, 0xC3CDD6)
	piece(0.40, 0.445, 38, 38, 0x10151A)
	piece(0.15, 0.24, 104, 104, 0xC98F12)
	piece(-0.12, 0.16, 78, 84, 0xF0B429)
	return list
}

func around(x, y float64, r func(a float64) float64) [][2]float64 {
	var p [][2]float64
	for i := range 96 {
		a := float64(i) / 96 * 2 * math.Pi
		s, c := math.Sincos(a)
		p = append(p, [2]float64{x + r(a)*c, y + r(a)*s})
	}
	return p
}

func rounded(x, y, w, h, r float64) [][2]float64 {
	var p [][2]float64
	for i, c := range [][2]float64{{x + w - r, y + r}, {x + w - r, y + h - r}, {x + r, y + h - r}, {x + r, y + r}} {
		for j := range 17 {
			s, k := math.Sincos((float64(i)-1)*math.Pi/2 + float64(j)/16*math.Pi/2)
			p = append(p, [2]float64{c[0] + r*k, c[1] + r*s})
		}
	}
	return p
}

func bar(ax, ay, bx, by, w0, w1 float64, c uint32) shape {
	l := math.Hypot(bx-ax, by-ay)
	nx, ny := -(by-ay)/l/2, (bx-ax)/l/2
	return shape{hex(c), [][2]float64{{ax + nx*w0, ay + ny*w0}, {bx + nx*w1, by + ny*w1}, {bx - nx*w1, by - ny*w1}, {ax - nx*w0, ay - ny*w0}}}
}

func hex(c uint32) color.NRGBA {
	return color.NRGBA{uint8(c >> 16), uint8(c >> 8), uint8(c), 255}
}

func svg(shapes []shape) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\">\n", size, size)
	for _, s := range shapes {
		b.WriteString("<polygon points=\"")
		for i, p := range s.points {
			if i > 0 {
				b.WriteByte(' ')
			}
			fmt.Fprintf(&b, "%.1f,%.1f", p[0], p[1])
		}
		fmt.Fprintf(&b, "\" fill=\"#%02X%02X%02X\"/>\n", s.fill.R, s.fill.G, s.fill.B)
	}
	b.WriteString("</svg>\n")
	return b.String()
}

func paint(shapes []shape) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, size, size))
	for _, s := range shapes {
		z := vector.NewRasterizer(size, size)
		for i, p := range s.points {
			if i == 0 {
				z.MoveTo(float32(p[0]), float32(p[1]))
			} else {
				z.LineTo(float32(p[0]), float32(p[1]))
			}
		}
		z.ClosePath()
		z.Draw(img, img.Rect, image.NewUniform(s.fill), image.Point{})
	}
	return img
}
