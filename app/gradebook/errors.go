package gradebook

import (
	"errors"
	"fmt"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// Errors a caller may want to tell apart; each is wrapped in a message that says what to do.
var (
	ErrNotGradebook = errors.New("not a gradebook")
	ErrDamaged      = errors.New("the gradebook is damaged")
	ErrNewer        = errors.New("the gradebook was made by a newer program")
	ErrBusy         = errors.New("another program is writing to the gradebook")
	ErrReadOnly     = errors.New("the gradebook cannot be written")
	ErrFull         = errors.New("the disk is full")
	ErrNotFound     = errors.New("not found")
	ErrNameTaken    = errors.New("a learner of that name exists")
)

// code is SQLite's number of an error, 0 when it is none of SQLite's.
func code(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

func isUnique(err error) bool {
	c := code(err)
	return c == lib.SQLITE_CONSTRAINT_UNIQUE || c == lib.SQLITE_CONSTRAINT_PRIMARYKEY
}

func isForeign(err error) bool { return code(err) == lib.SQLITE_CONSTRAINT_FOREIGNKEY }

// explain says in words what went wrong with the file and what to do.
func (b *Book) explain(doing string, err error) error {
	remedy, kind := remedyOf(code(err) & 0xff)
	if kind == nil {
		return fmt.Errorf("gradebook: %s: %s: %w", b.path, doing, err)
	}
	return fmt.Errorf("gradebook: %s: %s: %w (%w): %s", b.path, doing, kind, err, remedy)
}

func remedyOf(primary int) (remedy string, kind error) {
	switch primary {
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return "nothing was stored; try again, or close the other program", ErrBusy
	case lib.SQLITE_NOTADB:
		return "it was not changed; choose another file", ErrNotGradebook
	case lib.SQLITE_CORRUPT:
		return "it was not changed; restore a copy, or move it away to start anew", ErrDamaged
	case lib.SQLITE_READONLY, lib.SQLITE_CANTOPEN, lib.SQLITE_PERM:
		return "check the permissions of the file and its directory, or choose another place", ErrReadOnly
	case lib.SQLITE_FULL:
		return "nothing was stored; free some space and try again", ErrFull
	case lib.SQLITE_IOERR:
		return "the disk failed or is gone; choose another place", ErrReadOnly
	}
	return "", nil
}
