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
	kind, remedy := remedyOf(code(err) & 0xff)
	if kind == nil {
		return fmt.Errorf("gradebook: %s: %s: %w", b.path, doing, err)
	}
	return fmt.Errorf("gradebook: %s: %s: %w (%w): %s", b.path, doing, kind, err, remedy)
}

func remedyOf(primary int) (kind error, remedy string) {
	switch primary {
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return ErrBusy, "nothing was stored; try again, or close the other program"
	case lib.SQLITE_NOTADB:
		return ErrNotGradebook, "it was not changed; choose another file"
	case lib.SQLITE_CORRUPT:
		return ErrDamaged, "it was not changed; restore a copy, or move it away to start anew"
	case lib.SQLITE_READONLY, lib.SQLITE_CANTOPEN, lib.SQLITE_PERM:
		return ErrReadOnly, "check the permissions of the file and its directory, or choose another place"
	case lib.SQLITE_FULL:
		return ErrFull, "nothing was stored; free some space and try again"
	case lib.SQLITE_IOERR:
		return ErrReadOnly, "the disk failed or is gone; choose another place"
	}
	return nil, ""
}
