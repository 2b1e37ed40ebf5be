// Package desktop is the window: rooms, widgets and theme. It is the only package that imports Fyne.
//
//	err := desktop.Run(desktop.Deps{Station: station, Cases: cases, Book: book})
//
// A room (lobby, bedside, debrief, trouble) is a picture of the whole window with its own keys; the shell shows one room at
// a time and owns the window. Everything that touches a widget runs on Fyne's own goroutine; the station is used from one
// goroutine of the desk. The package deliberately knows no physics, no files and no grading: what it shows comes through
// Deps, trial.Station and app/draw.
package desktop
