// Package grading turns a case's rubric and the facts of one recording into a grade. It has no clock, reads no files and
// draws no random numbers: the same facts give the same grade for ever.
//
//	report, err := grading.Grade(case.Rubric, facts)
//
// Facts come from app/trial, which reads them out of a recording; the package deliberately does not know the file.
package grading
