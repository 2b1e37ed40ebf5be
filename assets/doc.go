// Package assets holds the files the window and the reports carry inside the program: two text faces and the icon.
//
//	face, err := opentype.Parse(assets.Regular)
//
// It deliberately parses nothing and imports the standard library only. README.md says where each file comes from.
package assets
