package gradebook

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver
)

//go:embed migrations/*.sql
var migrations embed.FS

// busyTimeout is how long a write waits for another program.
const busyTimeout = 2 * time.Second

// DefaultPath is where the gradebook lives unless told otherwise: in the user's data directory.
func DefaultPath() (string, error) {
	dir, err := dataDir()
	if err != nil {
		return "", fmt.Errorf("gradebook: no directory for data (%w): say where the gradebook is", err)
	}
	return filepath.Join(dir, "osseo", "gradebook.db"), nil
}

// dataDir is where programs keep a user's data on this system.
func dataDir() (string, error) {
	switch runtime.GOOS {
	case "windows", "darwin", "ios", "plan9":
		return os.UserConfigDir()
	}
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return dir, nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(home, ".local", "share"), nil
}

// Open opens a gradebook, making the file and its directory where there is none and bringing an older one up to date.
//
// A file that is damaged, is something else (ErrNotGradebook) or was made by a newer program (ErrNewer) is not changed.
func Open(path string) (*Book, error) { return open(path, busyTimeout) }

func open(path string, busy time.Duration) (*Book, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("gradebook: %s: %w", path, err)
	}
	if err := os.MkdirAll(filepath.Dir(abs), 0o700); err != nil {
		return nil, fmt.Errorf("gradebook: directory of %s: %w: choose another place", path, err)
	}
	b := &Book{path: abs}
	if err := b.probe(busy); err != nil {
		return nil, err
	}
	b.db, err = sql.Open("sqlite", dsn(abs, busy, "_pragma=journal_mode(WAL)", "_pragma=synchronous(FULL)",
		"_pragma=foreign_keys(1)", "_txlock=immediate", "_time_format=sqlite"))
	if err != nil {
		return nil, b.explain("opening", err)
	}
	b.db.SetMaxOpenConns(4)
	if err := b.migrate(); err != nil {
		b.db.Close() //nolint:errcheck // the first error tells more
		return nil, err
	}
	return b, nil
}

// dsn names a file to the driver.
func dsn(abs string, busy time.Duration, options ...string) string {
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(abs)}
	if !strings.HasPrefix(u.Path, "/") {
		u.Path = "/" + u.Path
	}
	u.RawQuery = strings.Join(append(options, fmt.Sprintf("_pragma=busy_timeout(%d)", busy.Milliseconds())), "&")
	return u.String()
}

// probe looks at an existing file without changing it.
func (b *Book) probe(busy time.Duration) error {
	info, err := os.Stat(b.path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && info.Mode().IsRegular() && info.Size() == 0 {
		return nil
	}
	if err != nil {
		return fmt.Errorf("gradebook: %w", err)
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("gradebook: %s is no file: %w", b.path, ErrNotGradebook)
	}
	db, err := sql.Open("sqlite", dsn(b.path, busy, "mode=ro"))
	if err != nil {
		return b.explain("opening", err)
	}
	defer db.Close() //nolint:errcheck // only read
	return b.look(db)
}

// look says whether a database is whole and a gradebook this program knows.
func (b *Book) look(db *sql.DB) error {
	ctx := context.Background()
	var tables, ours int
	err := db.QueryRowContext(ctx, `SELECT COUNT(*), COALESCE(SUM(name = 'goose_db_version' OR name = 'learners'), 0)
		FROM sqlite_master WHERE type = 'table'`).Scan(&tables, &ours)
	if err != nil {
		return b.explain("opening", err)
	}
	if tables > 0 && ours == 0 {
		return fmt.Errorf("gradebook: %s is the database of another program: %w: choose another file", b.path, ErrNotGradebook)
	}
	var health string
	if err := db.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&health); err != nil {
		return b.explain("checking", err)
	}
	if health != "ok" {
		health = strings.Join(strings.Fields(health), " ")
		return fmt.Errorf("gradebook: %s: %w (%s): it was not changed; restore a copy, or move it away to start anew", b.path, ErrDamaged, health)
	}
	if ours == 0 {
		return nil
	}
	var version sql.NullInt64
	err = db.QueryRowContext(ctx, `SELECT MAX(version_id) FROM goose_db_version WHERE is_applied`).Scan(&version)
	if err != nil {
		return b.explain("opening", err)
	}
	if known := newest(); version.Int64 > known {
		return fmt.Errorf("gradebook: %s: %w: its version is %d, this program knows %d: use the newer program", b.path, ErrNewer, version.Int64, known)
	}
	return nil
}

// newest is the version this program brings a gradebook to.
func newest() int64 {
	all, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return 0
	}
	var newest int64
	for _, name := range all {
		if v, err := goose.NumericComponent(name); err == nil {
			newest = max(newest, v)
		}
	}
	return newest
}

// migrate brings the file up to date. When two programs do so at once one of them fails and looks again.
func (b *Book) migrate() error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return fmt.Errorf("gradebook: %w", err)
	}
	for try := 0; ; try++ {
		provider, err := goose.NewProvider(goose.DialectSQLite3, b.db, files)
		if err == nil {
			_, err = provider.Up(context.Background())
		}
		if err == nil {
			return nil
		}
		if try == 5 {
			return b.explain("opening", err)
		}
	}
}
