package desktop

import (
	"fyne.io/fyne/v2"

	"osseo/app/trial"
)

// memory keeps what the window remembers from one day to the next.
type memory struct{ p fyne.Preferences }

// choice is what was chosen in the lobby.
type choice struct {
	learner string
	mode    trial.Mode
	kase    string
}

func (m *memory) size() fyne.Size {
	w, h := m.p.FloatWithFallback("window.width", 1440), m.p.FloatWithFallback("window.height", 900)
	return fyne.NewSize(max(leastWidth, float32(w)), max(leastHeight, float32(h)))
}

func (m *memory) keepSize(s fyne.Size) {
	m.p.SetFloat("window.width", float64(s.Width))
	m.p.SetFloat("window.height", float64(s.Height))
}

func (m *memory) light() bool      { return m.p.Bool("light") }
func (m *memory) keepLight(b bool) { m.p.SetBool("light", b) }

func (m *memory) quiet() bool      { return m.p.Bool("quiet") }
func (m *memory) keepQuiet(b bool) { m.p.SetBool("quiet", b) }

func (m *memory) choice() choice {
	c := choice{
		learner: m.p.String("learner"), kase: m.p.String("case"),
		mode: trial.Mode(m.p.StringWithFallback("mode", string(trial.Learn))),
	}
	switch c.mode {
	case trial.Learn, trial.Practise, trial.Exam:
	default:
		c.mode = trial.Learn
	}
	return c
}

func (m *memory) keepChoice(c choice) {
	m.p.SetString("learner", c.learner)
	m.p.SetString("case", c.kase)
	m.p.SetString("mode", string(c.mode))
}
