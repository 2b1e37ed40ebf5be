// Package report puts one trial on paper: a page of PDF with score, checklist, advice and plots, and the plots alone as
// PNG and SVG.
//
//	files, err := report.Write(dir, report.Input{Name: "trial-14", Title: c.Title, Grade: grade, Rows: rows, ...})
//
// The same input gives the same bytes. The package deliberately neither grades nor reads files: everything it prints it is
// handed.
package report
