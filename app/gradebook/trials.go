package gradebook

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Trial is one run of a case by a learner.
type Trial struct {
	ID        string          `json:"id"` // given by SaveTrial when empty
	LearnerID string          `json:"learner_id"`
	Case      string          `json:"case"`
	Mode      string          `json:"mode"` // learn, practise, exam
	Hand      string          `json:"hand"`
	Driver    string          `json:"driver"`
	Needle    string          `json:"needle"`
	Seed      uint64          `json:"seed"`
	StartedAt time.Time       `json:"started_at"` // kept in UTC, to the microsecond
	DurationS float64         `json:"duration_s"`
	Graded    bool            `json:"graded"` // false when the recording is not whole; then Score and Passed say nothing
	Score     float64         `json:"score"`  // 0..100
	Passed    bool            `json:"passed"`
	Zone      string          `json:"zone"` // where the tip ended
	Hints     int             `json:"hints"`
	Outcome   json.RawMessage `json:"outcome"` // the result as the command prints it, any JSON document; empty = null
	Report    json.RawMessage `json:"report"`  // the grade with its items; empty = null
	Recording string          `json:"recording"`
}

const trialColumns = `id, learner_id, case_id, mode, hand, driver, needle, seed, started_at, duration_s, graded, score, passed,
	zone, hints, outcome, report, recording`

// SaveTrial stores a trial and returns it with its id. It is durable when the call returns. A trial is never changed: a
// second one with the same id is an error.
func (b *Book) SaveTrial(t Trial) (Trial, error) {
	if err := t.prepare(); err != nil {
		return t, err
	}
	_, err := b.db.ExecContext(context.Background(), `INSERT INTO trials (`+trialColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
		t.ID, t.LearnerID, t.Case, t.Mode, t.Hand, t.Driver, t.Needle, strconv.FormatUint(t.Seed, 10), t.StartedAt, t.DurationS,
		t.Graded, t.Score, t.Passed, t.Zone, t.Hints, string(t.Outcome), string(t.Report), t.Recording)
	switch {
	case isForeign(err):
		return t, fmt.Errorf("gradebook: %w: learner %q: add the learner first", ErrNotFound, t.LearnerID)
	case isUnique(err):
		return t, fmt.Errorf("gradebook: trial %s is stored already and trials are never changed", t.ID)
	case err != nil:
		return t, b.explain("saving a trial", err)
	}
	return t, nil
}

// prepare fills in what may be left out and checks the rest.
func (t *Trial) prepare() error {
	if t.ID == "" {
		id, err := uuid.NewV7()
		if err != nil {
			return fmt.Errorf("gradebook: no random number for a new trial: %w", err)
		}
		t.ID = id.String()
	}
	t.StartedAt = moment(t.StartedAt)
	for _, doc := range []*json.RawMessage{&t.Outcome, &t.Report} {
		if len(*doc) == 0 {
			*doc = json.RawMessage("null")
		}
		if !json.Valid(*doc) {
			return fmt.Errorf("gradebook: the outcome or report of a trial is no JSON: %.40q", *doc)
		}
	}
	switch {
	case t.Case == "":
		return errors.New("gradebook: a trial without a case")
	case !slices.Contains([]string{"learn", "practise", "exam"}, t.Mode):
		return fmt.Errorf("gradebook: mode %q of a trial, learn, practise or exam allowed", t.Mode)
	case !(t.Score >= 0 && t.Score <= 100):
		return fmt.Errorf("gradebook: score %g of a trial, 0 to 100 allowed", t.Score)
	case !(t.DurationS >= 0) || math.IsInf(t.DurationS, 0):
		return fmt.Errorf("gradebook: duration %g s of a trial, 0 or more allowed", t.DurationS)
	case t.Hints < 0:
		return fmt.Errorf("gradebook: %d hints in a trial, 0 or more allowed", t.Hints)
	}
	return nil
}

// Trials returns all trials of a learner, or of everyone when learner is empty, oldest first.
func (b *Book) Trials(learner string) ([]Trial, error) {
	return b.trials(`WHERE $1 = '' OR learner_id = $1 ORDER BY started_at, id`, learner)
}

// Last returns the newest n trials of a learner, newest first.
func (b *Book) Last(learner string, n int) ([]Trial, error) {
	return b.trials(`WHERE learner_id = $1 ORDER BY started_at DESC, id DESC LIMIT $2`, learner, max(0, n))
}

// Trial returns one trial by its id, or by the beginning of an id that no other has.
func (b *Book) Trial(id string) (Trial, error) {
	found, err := b.trials(`WHERE id = $1`, id)
	if err == nil && len(found) == 0 && len(id) >= 4 {
		found, err = b.trials(`WHERE substr(id, 1, $1) = $2 LIMIT 2`, len(id), strings.ToLower(id))
	}
	switch {
	case err != nil:
		return Trial{}, err
	case len(found) == 0:
		return Trial{}, fmt.Errorf("gradebook: %w: trial %q", ErrNotFound, id)
	case len(found) > 1:
		return Trial{}, fmt.Errorf("gradebook: several trials begin with %q: give more of the id", id)
	}
	return found[0], nil
}

func (b *Book) trials(where string, args ...any) ([]Trial, error) {
	rows, err := b.db.QueryContext(context.Background(), `SELECT `+trialColumns+` FROM trials `+where, args...)
	if err != nil {
		return nil, b.explain("reading trials", err)
	}
	defer rows.Close() //nolint:errcheck // Err below tells
	var all []Trial
	for rows.Next() {
		t, err := scanTrial(rows)
		if err != nil {
			return nil, b.explain("reading trials", err)
		}
		all = append(all, t)
	}
	if err := rows.Err(); err != nil {
		return nil, b.explain("reading trials", err)
	}
	return all, nil
}

func scanTrial(rows *sql.Rows) (Trial, error) {
	var t Trial
	var seed, outcome, report string
	err := rows.Scan(&t.ID, &t.LearnerID, &t.Case, &t.Mode, &t.Hand, &t.Driver, &t.Needle, &seed, &t.StartedAt, &t.DurationS,
		&t.Graded, &t.Score, &t.Passed, &t.Zone, &t.Hints, &outcome, &report, &t.Recording)
	if err != nil {
		return t, err
	}
	t.Seed, err = strconv.ParseUint(seed, 10, 64)
	t.StartedAt = t.StartedAt.UTC()
	t.Outcome, t.Report = json.RawMessage(outcome), json.RawMessage(report)
	return t, err
}

// Best returns the highest score of a learner in each case that was graded.
func (b *Book) Best(learner string) (map[string]float64, error) {
	rows, err := b.db.QueryContext(context.Background(),
		`SELECT case_id, MAX(score) FROM trials WHERE learner_id = $1 AND graded GROUP BY case_id`, learner)
	if err != nil {
		return nil, b.explain("reading the best scores", err)
	}
	defer rows.Close() //nolint:errcheck // Err below tells
	best := map[string]float64{}
	for rows.Next() {
		var id string
		var score float64
		if err := rows.Scan(&id, &score); err != nil {
			return nil, b.explain("reading the best scores", err)
		}
		best[id] = score
	}
	if err := rows.Err(); err != nil {
		return nil, b.explain("reading the best scores", err)
	}
	return best, nil
}
