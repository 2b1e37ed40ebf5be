package gradebook

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"
)

// Book is an open gradebook. Any number of goroutines may use it; its methods wait for the disk, and up to two seconds for
// another program that writes.
type Book struct {
	db   *sql.DB
	path string
}

// Learner is a person who practises.
type Learner struct {
	ID      string    `json:"id"`
	Name    string    `json:"name"`
	Created time.Time `json:"created_at"` // UTC
	Trials  int       `json:"trials"`     // how many are stored
}

// maxName is the longest name of a learner, letters.
const maxName = 80

// Path is the file of the gradebook.
func (b *Book) Path() string { return b.path }

// Close releases the file.
func (b *Book) Close() error { return b.db.Close() }

// AddLearner adds a person. The name is trimmed, 1 to 80 letters, and unlike any other but for case: ErrNameTaken.
func (b *Book) AddLearner(name string) (Learner, error) {
	name, err := tidyName(name)
	if err != nil {
		return Learner{}, err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return Learner{}, fmt.Errorf("gradebook: no random number for a new learner: %w", err)
	}
	l := Learner{ID: id.String(), Name: name, Created: moment(time.Now())}
	_, err = b.db.ExecContext(context.Background(),
		`INSERT INTO learners (id, name, name_key, created_at) VALUES ($1, $2, $3, $4)`, l.ID, l.Name, key(name), l.Created)
	if isUnique(err) {
		return Learner{}, fmt.Errorf("gradebook: %w: %q: choose that learner or another name", ErrNameTaken, name)
	}
	if err != nil {
		return Learner{}, b.explain("adding a learner", err)
	}
	return l, nil
}

// tidyName makes a name fit to be stored, or says why it is not.
func tidyName(name string) (string, error) {
	name = strings.Join(strings.FieldsFunc(name, unicode.IsSpace), " ")
	n := utf8.RuneCountInString(name)
	if n < 1 || n > maxName {
		return "", fmt.Errorf("gradebook: a learner's name has %d letters, 1 to %d allowed", n, maxName)
	}
	if !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl) {
		return "", fmt.Errorf("gradebook: the learner's name %q holds characters that cannot be shown", name)
	}
	return name, nil
}

// key is what makes two names the same.
func key(name string) string { return strings.ToLower(name) }

// moment is a time as the store keeps it.
func moment(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

const selectLearners = `SELECT l.id, l.name, l.created_at, (SELECT COUNT(*) FROM trials t WHERE t.learner_id = l.id)
	FROM learners l`

// Learners returns everyone, by name.
func (b *Book) Learners() ([]Learner, error) {
	rows, err := b.db.QueryContext(context.Background(), selectLearners+` ORDER BY l.name_key`)
	if err != nil {
		return nil, b.explain("reading the learners", err)
	}
	defer rows.Close() //nolint:errcheck // Err below tells
	var all []Learner
	for rows.Next() {
		l, err := scanLearner(rows)
		if err != nil {
			return nil, b.explain("reading the learners", err)
		}
		all = append(all, l)
	}
	if err := rows.Err(); err != nil {
		return nil, b.explain("reading the learners", err)
	}
	return all, nil
}

// Learner returns one person by id or by name, ErrNotFound where there is none.
func (b *Book) Learner(idOrName string) (Learner, error) {
	row := b.db.QueryRowContext(context.Background(), selectLearners+` WHERE l.id = $1 OR l.name_key = $2`,
		idOrName, key(strings.TrimSpace(idOrName)))
	l, err := scanLearner(row)
	if errors.Is(err, sql.ErrNoRows) {
		return l, fmt.Errorf("gradebook: %w: learner %q", ErrNotFound, idOrName)
	}
	if err != nil {
		return l, b.explain("reading a learner", err)
	}
	return l, nil
}

// scanner is a row of a result.
type scanner interface{ Scan(dst ...any) error }

func scanLearner(row scanner) (Learner, error) {
	var l Learner
	err := row.Scan(&l.ID, &l.Name, &l.Created, &l.Trials)
	l.Created = l.Created.UTC()
	return l, err
}
