// Package figures draws the mechanisms of docs/model.md: each curve is computed by calling the model, none is drawn.
//
//	f, err := figures.ByName("pop")
//	svg, err := f.SVG()
//
// Equal programs give equal bytes. The package deliberately knows no patient of a case, no recording and no window;
// pictures of a run are in app/report and app/draw.
package figures
