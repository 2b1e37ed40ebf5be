package desktop

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// meter is a bar that fills from the left.
type meter struct {
	widget.BaseWidget
	plan *meterPlan
}

func newMeter(colour fyne.ThemeColorName) *meter {
	p := &meterPlan{back: canvas.NewRectangle(theme.Color(colourLine)), front: canvas.NewRectangle(theme.Color(colour))}
	p.back.CornerRadius, p.front.CornerRadius = 3, 3
	m := &meter{plan: p}
	m.ExtendBaseWidget(m)
	return m
}

// CreateRenderer implements fyne.Widget.
func (m *meter) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(m.plan, m.plan.back, m.plan.front))
}

// set fills the bar to a share of 0..1 in a colour; it costs nothing when neither changed visibly.
func (m *meter) set(share float32, colour fyne.ThemeColorName) {
	share = min(max(share, 0), 1)
	p, c := m.plan, theme.Color(colour)
	if d := share - p.share; d*d < 1e-5 && p.front.FillColor == c {
		return
	}
	p.share, p.front.FillColor = share, c
	p.Layout(nil, m.Size())
	p.front.Refresh()
}

type meterPlan struct {
	back, front *canvas.Rectangle
	share       float32
}

const meterHeight = float32(6)

// Layout implements fyne.Layout.
func (p *meterPlan) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	h := min(size.Height, meterHeight)
	y := (size.Height - h) / 2
	place(p.back, 0, y, size.Width, h)
	place(p.front, 0, y, size.Width*p.share, h)
}

// MinSize implements fyne.Layout.
func (p *meterPlan) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(30, meterHeight) }
