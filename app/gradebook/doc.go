// Package gradebook remembers learners and their trials in a SQLite file, so that progress outlives the program.
//
//	book, err := gradebook.Open(path)
//	zoe, err := book.AddLearner("Zoë")
//	t, err := book.SaveTrial(gradebook.Trial{LearnerID: zoe.ID, Case: "adult-arrest", ...})
//	best, err := book.Best(zoe.ID)
//
// Several programs may use one file at a time. Opening never changes a file that is not a gradebook, is damaged, or was
// made by a newer program. The package deliberately does not grade and does not read recordings: a trial's report and
// outcome are stored as the documents they are.
package gradebook
