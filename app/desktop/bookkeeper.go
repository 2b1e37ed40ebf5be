package desktop

import (
	"encoding/json"
	"time"

	"osseo/app/gradebook"
	"osseo/app/trial"
)

// Bookkeeper is a gradebook as the window uses it.
type Bookkeeper struct{ Book *gradebook.Book }

var _ Book = Bookkeeper{}

// Learners implements Book.
func (k Bookkeeper) Learners() ([]Learner, error) {
	all, err := k.Book.Learners()
	out := make([]Learner, len(all))
	for i, l := range all {
		out[i] = Learner{ID: l.ID, Name: l.Name, Trials: l.Trials}
	}
	return out, err
}

// AddLearner implements Book.
func (k Bookkeeper) AddLearner(name string) (Learner, error) {
	l, err := k.Book.AddLearner(name)
	return Learner{ID: l.ID, Name: l.Name, Trials: l.Trials}, err
}

// Scores implements Book.
func (k Bookkeeper) Scores(learner string) ([]Score, error) {
	all, err := k.Book.Trials(learner)
	var out []Score
	for _, t := range all {
		if t.Graded {
			out = append(out, Score{Case: t.Case, Mode: trial.Mode(t.Mode), At: t.StartedAt, Score: t.Score, Passed: t.Passed})
		}
	}
	return oldestFirst(out), err
}

// oldestFirst orders scores by time whatever order the store gave.
func oldestFirst(s []Score) []Score {
	if n := len(s); n > 1 && s[0].At.After(s[n-1].At) {
		for i, j := 0, n-1; i < j; i, j = i+1, j-1 {
			s[i], s[j] = s[j], s[i]
		}
	}
	return s
}

// Weakest implements Book.
func (k Bookkeeper) Weakest(learner string) (string, error) {
	w, ok, err := k.Book.Weakest(learner)
	if !ok {
		return "", err
	}
	return w.Title, err
}

// Keep implements Book.
func (k Bookkeeper) Keep(r Ended) error {
	t := gradebook.Trial{
		LearnerID: r.Setup.Learner, Case: r.Setup.CaseRef, Mode: string(r.Setup.Mode), Hand: r.Setup.Hand,
		Driver: r.Setup.Driver, Needle: r.Setup.Needle, Seed: r.Setup.Seed, StartedAt: r.Started,
		DurationS: r.Length.Seconds(), Hints: r.Hints, Recording: r.Closed.File,
		Score: r.Closed.Report.Score, Passed: r.Closed.Report.Passed,
	}
	if res := r.Closed.Result; res != nil {
		t.Graded, t.Zone, t.Driver, t.Needle, t.Seed = true, res.Outcome.Zone, res.Driver, res.Needle, res.Seed
		outcome, err := json.Marshal(res)
		if err != nil {
			return err
		}
		t.Outcome = outcome
	}
	if len(r.Closed.Report.Items) > 0 {
		report, err := json.Marshal(r.Closed.Report)
		if err != nil {
			return err
		}
		t.Report = report
	}
	_, err := k.Book.SaveTrial(t)
	return err
}

// Ended is a trial that ended, as the book keeps it.
type Ended struct {
	Setup   trial.Setup
	Closed  trial.Closed
	Started time.Time
	Length  time.Duration
	Hints   int
}
