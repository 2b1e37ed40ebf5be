// Package desktop is the window: rooms, widgets and theme. It is the only package that imports Fyne.
package desktop
