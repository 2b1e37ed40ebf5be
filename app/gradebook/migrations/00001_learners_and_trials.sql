-- +goose Up
CREATE TABLE learners (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL UNIQUE,
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE trials (
    id          TEXT PRIMARY KEY,
    learner_id  TEXT NOT NULL REFERENCES learners (id),
    case_id     TEXT NOT NULL,
    mode        TEXT NOT NULL CHECK (mode IN ('learn', 'practise', 'exam')),
    hand        TEXT NOT NULL,
    driver      TEXT NOT NULL,
    needle      TEXT NOT NULL,
    seed        TEXT NOT NULL,
    started_at  TIMESTAMP NOT NULL,
    duration_s  DOUBLE PRECISION NOT NULL CHECK (duration_s >= 0),
    graded      BOOLEAN NOT NULL,
    score       DOUBLE PRECISION NOT NULL CHECK (score >= 0 AND score <= 100),
    passed      BOOLEAN NOT NULL,
    zone        TEXT NOT NULL,
    hints       INTEGER NOT NULL CHECK (hints >= 0),
    outcome     TEXT NOT NULL,
    report      TEXT NOT NULL,
    recording   TEXT NOT NULL
);

CREATE INDEX trials_by_learner ON trials (learner_id, started_at);
