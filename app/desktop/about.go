package desktop

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

const aboutText = "Osseo trains intraosseous access: a bone that answers at 1 kHz, cases, and a debrief that shows where the " +
	"tip truly was.\n\nIt is a training aid, not a medical device. It never advises on a real patient. The figures behind " +
	"the bone and their sources are in docs/validation.md.\n\nEvery action has a key, shown on its button; Tab moves between " +
	"buttons, Space presses one."

// about says what the program is and is not, and holds the few settings.
func (s *shell) about() {
	version := s.deps.Version
	if version == "" {
		version = "dev"
	}
	look, sound := "Light colours", "Sound off"
	if s.stay.light() {
		look = "Dark colours"
	}
	if s.stay.quiet() {
		sound = "Sound on"
	}
	s.askOne("Osseo "+version, aboutText,
		answer{"Close", "Enter", nil},
		answer{look, "", func() { s.stay.keepLight(!s.stay.light()); s.repaint() }},
		answer{sound, "", func() { s.stay.keepQuiet(!s.stay.quiet()); s.setVolume() }},
		answer{"Back", "Esc", nil},
	)
}

// setVolume makes the sound follow the preference.
func (s *shell) setVolume() { s.deps.Sound.SetVolume(1 - b2f(s.stay.quiet())) }

// repaint takes up the colours after a change: rooms take them from the theme when they are built.
func (s *shell) repaint() {
	s.stay.keepChoice(s.state)
	s.app.Settings().SetTheme(look{light: s.stay.light()})
	if _, ok := s.room.(*lobby); ok {
		s.enter(newLobby(s))
	}
}

// boundedScroll is a list that scrolls when it is higher than a height.
func boundedScroll(o fyne.CanvasObject, height float32) fyne.CanvasObject {
	sc := container.NewVScroll(o)
	sc.SetMinSize(fyne.NewSize(100, height))
	return sc
}
