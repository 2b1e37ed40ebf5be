package report

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	vgdraw "gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// Sizes of the plots on paper.
const (
	plotWidth   = 182 * vg.Millimeter
	timeWidth   = 181.5 * vg.Millimeter // pictures of equal width come in a random order in the PDF
	depthHeight = 74 * vg.Millimeter
	timeHeight  = 58 * vg.Millimeter
	dpi         = 220
)

// file is one finished part of a report.
type file struct {
	name  string
	bytes []byte
}

// Write writes the report into dir, which it makes where it is missing, and returns the paths: the PDF first, then the
// plots. Files of the same names are replaced whole or not at all.
func Write(dir string, in Input) ([]string, error) {
	files, err := render(&in)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("report: %w: choose another directory", err)
	}
	var paths []string
	for _, f := range files {
		path := filepath.Join(dir, f.name)
		if err := replace(path, f.bytes); err != nil {
			return paths, fmt.Errorf("report: %w: choose another directory", err)
		}
		paths = append(paths, path)
	}
	return paths, nil
}

// replace writes a file beside its place and then moves it there.
func replace(path string, b []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".report-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) //nolint:errcheck // gone once moved
	_, err = tmp.Write(b)
	if e := tmp.Chmod(0o644); err == nil {
		err = e
	}
	if e := tmp.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}

// render makes all files of a report.
func render(in *Input) (files []file, err error) {
	if err := in.prepare(); err != nil {
		return nil, err
	}
	s, err := newStyle()
	if err != nil {
		return nil, err
	}
	t := newTrace(in)
	depth := func(c vgdraw.Canvas) { s.forceDepth(in, t).Draw(c) }
	overTime := func(c vgdraw.Canvas) { drawOverTime(c, s, in, t) }
	depthPNG, err := asPNG(plotWidth, depthHeight, depth)
	if err != nil {
		return nil, err
	}
	timePNG, err := asPNG(timeWidth, timeHeight, overTime)
	if err != nil {
		return nil, err
	}
	page, err := newPage(in, s, depthPNG, timePNG)
	if err != nil {
		return nil, err
	}
	depthSVG, err := asSVG(plotWidth, depthHeight, depth)
	if err != nil {
		return nil, err
	}
	timeSVG, err := asSVG(timeWidth, timeHeight, overTime)
	if err != nil {
		return nil, err
	}
	return []file{
		{in.Name + ".pdf", page},
		{in.Name + "-force-depth.png", depthPNG},
		{in.Name + "-force-depth.svg", depthSVG},
		{in.Name + "-force-time.png", timePNG},
		{in.Name + "-force-time.svg", timeSVG},
	}, nil
}

// drawOverTime puts force above depth on one time axis.
func drawOverTime(c vgdraw.Canvas, s *style, in *Input, t trace) {
	force, depth := s.overTime(in, t)
	tiles := vgdraw.Tiles{Rows: 2, Cols: 1, PadY: vg.Points(4)}
	plots := [][]*plot.Plot{{force}, {depth}}
	for i, row := range plot.Align(plots, tiles, c) {
		plots[i][0].Draw(row[0])
	}
}

func asPNG(w, h vg.Length, paint func(vgdraw.Canvas)) ([]byte, error) {
	c := vgimg.NewWith(vgimg.UseWH(w, h), vgimg.UseDPI(dpi))
	paint(vgdraw.New(c))
	return written(vgimg.PngCanvas{Canvas: c})
}

func asSVG(w, h vg.Length, paint func(vgdraw.Canvas)) ([]byte, error) {
	c := vgsvg.New(w, h)
	paint(vgdraw.New(c))
	return written(c)
}

func written(w io.WriterTo) ([]byte, error) {
	var b bytes.Buffer
	if _, err := w.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("report: plot: %w", err)
	}
	return b.Bytes(), nil
}
