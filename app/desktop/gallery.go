package desktop

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"osseo/scenarios"
)

// gallery is the grid of cards; it scrolls, and the arrows move through it.
type gallery struct {
	cards  []*card
	shown  []*card
	box    *fyne.Container
	scroll *container.Scroll
	grid   *tiles
	chosen *card
}

func newGallery(cases []*scenarios.Case, keys keyboard, onChoose func(*card), onStart func()) *gallery {
	g := &gallery{grid: &tiles{gap: 10, least: 212, ratio: 0.78}}
	for _, c := range cases {
		var k *card
		k = newCard(c, keys, func() { onChoose(k) }, onStart)
		g.cards = append(g.cards, k)
	}
	g.box = container.New(g.grid)
	g.scroll = container.NewVScroll(g.box)
	g.filter(func(*scenarios.Case) bool { return true })
	return g
}

// filter shows the cards of the cases that pass.
func (g *gallery) filter(pass func(*scenarios.Case) bool) {
	g.shown, g.box.Objects = g.shown[:0], nil
	for _, k := range g.cards {
		if pass(k.kase) {
			g.shown = append(g.shown, k)
			g.box.Add(k)
		}
	}
	g.box.Refresh()
	g.scroll.Refresh()
}

// choose marks one card and scrolls to it.
func (g *gallery) choose(k *card) {
	if g.chosen != nil {
		g.chosen.choose(false)
	}
	g.chosen = k
	if k == nil {
		return
	}
	k.choose(true)
	top, bottom := k.Position().Y, k.Position().Y+k.Size().Height
	offset, height := g.scroll.Offset.Y, g.scroll.Size().Height
	switch {
	case height <= 0:
	case top < offset:
		g.scroll.ScrollToOffset(fyne.NewPos(0, top))
	case bottom > offset+height:
		g.scroll.ScrollToOffset(fyne.NewPos(0, bottom-height))
	}
}

// beside returns the card an arrow leads to from the chosen one, or the chosen one at the edge.
func (g *gallery) beside(name fyne.KeyName) *card {
	if len(g.shown) == 0 {
		return nil
	}
	at := 0
	for i, k := range g.shown {
		if k == g.chosen {
			at = i
		}
	}
	next := at
	switch name {
	case fyne.KeyLeft:
		next--
	case fyne.KeyRight:
		next++
	case fyne.KeyUp:
		next -= g.grid.columns
	case fyne.KeyDown:
		next += g.grid.columns
	}
	if next < 0 || next >= len(g.shown) {
		next = at
	}
	return g.shown[next]
}

// tiles sets things in as many columns as fit.
type tiles struct {
	gap, least, ratio float32 // ratio is height over width
	columns           int
	width             float32
}

func (t *tiles) tile(width float32) fyne.Size {
	const ideal = 340
	fit := max(1, int((width+t.gap)/(t.least+t.gap)))
	t.columns = min(fit, max(3, min(5, int(width/ideal+0.5))))
	w := (width - t.gap*float32(t.columns-1)) / float32(t.columns)
	return fyne.NewSize(w, clampF(w*t.ratio, 248, 340))
}

// Layout implements fyne.Layout.
func (t *tiles) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	t.width = size.Width
	each := t.tile(size.Width)
	for i, o := range objects {
		o.Move(fyne.NewPos(float32(i%t.columns)*(each.Width+t.gap), float32(i/t.columns)*(each.Height+t.gap)))
		o.Resize(each)
	}
}

// MinSize implements fyne.Layout.
func (t *tiles) MinSize(objects []fyne.CanvasObject) fyne.Size {
	each := t.tile(max(t.width, t.least))
	rows := (len(objects) + t.columns - 1) / t.columns
	return fyne.NewSize(t.least, float32(rows)*(each.Height+t.gap)-t.gap)
}
