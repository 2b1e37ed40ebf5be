package figures

import (
	"bytes"
	"fmt"
	"strings"

	"gonum.org/v1/plot/vg"
	vgdraw "gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// Figure is one picture of a mechanism.
type Figure struct {
	Name    string // of its file, without an ending
	Title   string
	Caption string // how it was computed
	Source  string // of the published marks, "" = there are none
	panels  func() ([]panel, error)
}

// All are the figures in the order of docs/model.md.
func All() []Figure {
	var all []Figure
	for _, part := range [...]func() []Figure{anatomyFigures, tissueFigures, boneFigures, popFigures, driverFigures, sideFigures, steelFigures, afterFigures, handFigures} {
		all = append(all, part()...)
	}
	return all
}

// ByName returns a figure.
func ByName(name string) (Figure, error) {
	all := All()
	names := make([]string, len(all))
	for i, f := range all {
		if f.Name == name {
			return f, nil
		}
		names[i] = f.Name
	}
	return Figure{}, fmt.Errorf("figures: there is no figure %q: use one of %s", name, strings.Join(names, ", "))
}

// SVG computes and draws the figure.
func (f Figure) SVG() ([]byte, error) {
	s, err := f.sheet()
	if err != nil {
		return nil, err
	}
	c := vgsvg.New(s.width, s.height)
	s.draw(vgdraw.New(c))
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("figures: %s: %w", f.Name, err)
	}
	return familiar(b.Bytes()), nil
}

// PNG is the same as pixels, for looking at without a viewer of SVG.
func (f Figure) PNG() ([]byte, error) {
	s, err := f.sheet()
	if err != nil {
		return nil, err
	}
	c := vgimg.PngCanvas{Canvas: vgimg.NewWith(vgimg.UseWH(s.width, s.height), vgimg.UseDPI(110))}
	s.draw(vgdraw.New(c))
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("figures: %s: %w", f.Name, err)
	}
	return b.Bytes(), nil
}

func (f Figure) sheet() (*sheet, error) {
	panels, err := f.panels()
	if err != nil {
		return nil, fmt.Errorf("figures: %s: %w", f.Name, err)
	}
	p, err := newPaper()
	if err != nil {
		return nil, err
	}
	return p.sheet(f, panels)
}

// familiar names fonts every viewer has beside the one the letters were measured with, and leaves out what is so anyway.
func familiar(svg []byte) []byte {
	svg = bytes.ReplaceAll(svg, []byte("font-variant:normal;"), nil)
	svg = bytes.ReplaceAll(svg, []byte("font-weight:normal;"), nil)
	svg = bytes.ReplaceAll(svg, []byte("font-style:normal;"), nil)
	return bytes.ReplaceAll(svg, []byte("font-family:Noto Sans;"), []byte("font-family:'Noto Sans',Arial,Helvetica,'Liberation Sans',sans-serif;"))
}

// size is how many people a figure shows; captions say so. Tests make them fewer.
var size = struct{ pop, hand, flow int }{pop: 20, hand: 60, flow: 200}

// Sizes of a sheet.
const (
	oneWide   = vg.Length(430) // points, of a figure with one panel
	twoWide   = vg.Length(620)
	threeWide = vg.Length(760)
	plotHigh  = vg.Length(205) // of the plot itself, with its axes
	margin    = vg.Length(8)
	lineHigh  = vg.Length(12.5)
)
