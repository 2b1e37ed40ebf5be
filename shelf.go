//go:build !headless

package main

import (
	"fmt"
	"path/filepath"
	"time"

	"osseo/app/desktop"
	"osseo/app/gradebook"
	"osseo/app/sound"
)

// shelf is what the window keeps open beside the leg: gradebook and sound.
type shelf struct {
	book  *gradebook.Book
	voice sound.Player
}

// openShelf opens gradebook and sound and hands them to the window. What cannot be opened is said in a notice, and the
// window does without it.
func openShelf(d *desktop.Deps) *shelf {
	s := &shelf{voice: sound.Open()}
	d.Sound = s.voice
	path, err := gradebook.DefaultPath()
	if err == nil {
		s.book, err = gradebook.Open(path)
	}
	if err != nil {
		d.Notices = append(d.Notices, "Trials are not kept: "+err.Error())
		return s
	}
	d.Book = desktop.Bookkeeper{Book: s.book}
	d.Record = func(_, caseID string) string { return recordingPath(filepath.Dir(path), caseID) }
	return s
}

func (s *shelf) close() {
	s.voice.Close()
	if s.book != nil {
		_ = s.book.Close()
	}
}

// recordingPath is where the next recording goes: beside the gradebook, by day, moment and case.
func recordingPath(dir, caseID string) string {
	now := time.Now()
	return filepath.Join(dir, "recordings", now.Format("2006-01-02"), fmt.Sprintf("%s-%s.osseo", now.Format("150405.000"), caseID))
}
