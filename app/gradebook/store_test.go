package gradebook

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

const childPath = "OSSEO_TEST_WRITE_INTO"

func TestMain(m *testing.M) {
	if path := os.Getenv(childPath); path != "" {
		writeUntilKilled(path)
		return
	}
	os.Exit(m.Run())
}

// writeUntilKilled opens the book as a second program would and stores trials for ever, telling each id once it is stored.
func writeUntilKilled(path string) {
	b, err := Open(path)
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	l, err := b.AddLearner(fmt.Sprint("child ", os.Getpid()))
	for i := 0; err == nil; i++ {
		var x Trial
		if x, err = b.SaveTrial(aTrial(l, i)); err == nil {
			fmt.Println(x.ID)
		}
	}
	fmt.Println("error", err)
	os.Exit(1)
}

// startChild starts a writing program and returns it with what it says.
func startChild(t *testing.T, path string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childPath+"="+path)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { child.Process.Kill(); child.Wait() }) //nolint:errcheck // it may be dead already
	return child, bufio.NewScanner(out)
}

// TestKill kills a program while it stores trials: every trial it told of is there, and the file is sound.
func TestKill(t *testing.T) {
	path := filepath.Join(t.TempDir(), "gradebook.db")
	told := map[string]bool{}
	for _, after := range []int{1, 20, 75} {
		child, lines := startChild(t, path)
		for n := 0; n < after && lines.Scan(); n++ {
			told[lines.Text()] = true
		}
		if err := child.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		for lines.Scan() {
			if len(lines.Text()) == 36 { // the last line may be torn
				told[lines.Text()] = true
			}
		}
		b, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		all, err := b.Trials("")
		if err != nil {
			t.Fatal(err)
		}
		stored := map[string]bool{}
		for _, x := range all {
			stored[x.ID] = true
		}
		for id := range told {
			if !stored[id] {
				t.Errorf("trial %q was told stored and is lost", id)
			}
		}
		t.Logf("%d told, %d stored", len(told), len(stored))
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestTwoPrograms writes from two other processes and this one at once, into a file none of them finds at the start.
func TestTwoPrograms(t *testing.T) {
	path := filepath.Join(t.TempDir(), "gradebook.db")
	var all sync.WaitGroup
	for range 2 {
		_, lines := startChild(t, path)
		all.Go(func() {
			for n := 0; n < 25; n++ {
				if !lines.Scan() || len(lines.Text()) != 36 {
					t.Errorf("a child said %q", lines.Text())
					return
				}
			}
		})
	}
	b, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	me := addLearner(t, b, "me")
	for i := range 25 {
		save(t, b, aTrial(me, i))
	}
	all.Wait()
	if got, err := b.Trials(""); err != nil || len(got) < 75 {
		t.Errorf("%d trials, %v", len(got), err)
	}
}

// TestOpenAtOnce opens a new file from many goroutines: the migration races.
func TestOpenAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "gradebook.db")
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			b, err := Open(path)
			if err != nil {
				t.Error(err)
				return
			}
			defer b.Close()
			if _, err := b.Learners(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

func TestLocked(t *testing.T) {
	b := newBook(t)
	zoe := addLearner(t, b, "Zoë")
	other, err := sql.Open("sqlite", dsn(b.Path(), 0, "_txlock=immediate"))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	tx, err := other.BeginTx(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	hasty, err := open(b.Path(), 10*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	defer hasty.Close()
	if _, err := hasty.SaveTrial(aTrial(zoe, 0)); !errors.Is(err, ErrBusy) || !strings.Contains(err.Error(), "try again") {
		t.Errorf("err = %v", err)
	}
	if _, err := hasty.Learners(); err != nil {
		t.Errorf("reading beside a writer: %v", err)
	}
	saved := make(chan error)
	go func() { _, err := b.SaveTrial(aTrial(zoe, 0)); saved <- err }()
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := <-saved; err != nil {
		t.Errorf("a patient writer: %v", err)
	}
}

// untouched opens a file that must be refused and must not change.
func untouched(t *testing.T, path string, want error) {
	t.Helper()
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Open(path)
	if err == nil {
		b.Close()
	}
	if !errors.Is(err, want) || !strings.HasPrefix(err.Error(), "gradebook: ") {
		t.Errorf("err = %v, want %v", err, want)
	}
	t.Log(err)
	after, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the file was changed, %v", err)
	}
}

func TestRefusedFiles(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text")
	if err := os.WriteFile(text, []byte(strings.Repeat("no database at all\n", 500)), 0o600); err != nil {
		t.Fatal(err)
	}
	untouched(t, text, ErrNotGradebook)

	foreign := filepath.Join(dir, "foreign")
	execute(t, foreign, `CREATE TABLE recipes (name TEXT)`, `INSERT INTO recipes VALUES ('soup')`)
	untouched(t, foreign, ErrNotGradebook)

	b := newBook(t)
	zoe := addLearner(t, b, "Zoë")
	for i := range 200 {
		save(t, b, aTrial(zoe, i))
	}
	b.Close()
	whole, err := os.ReadFile(b.Path())
	if err != nil {
		t.Fatal(err)
	}

	newer := filepath.Join(dir, "newer")
	if err := os.WriteFile(newer, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	execute(t, newer, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, 1)`)
	untouched(t, newer, ErrNewer)

	damaged := filepath.Join(dir, "damaged")
	broken := bytes.Clone(whole)
	for i := 3 * 4096; i < len(broken)-4096; i += 4096 {
		copy(broken[i:i+64], bytes.Repeat([]byte{0x5a}, 64))
	}
	if err := os.WriteFile(damaged, broken, 0o600); err != nil {
		t.Fatal(err)
	}
	untouched(t, damaged, ErrDamaged)

	cut := filepath.Join(dir, "cut")
	if err := os.WriteFile(cut, whole[:len(whole)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	untouched(t, cut, ErrDamaged)

	if _, err := Open(dir); !errors.Is(err, ErrNotGradebook) {
		t.Errorf("a directory: %v", err)
	}
	if _, err := Open(filepath.Join(text, "gradebook.db")); err == nil || !strings.Contains(err.Error(), "choose another place") {
		t.Errorf("a file for a directory: %v", err)
	}
}

// execute changes a database behind the book's back.
func execute(t *testing.T, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", dsn(path, 0))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range append(statements, "PRAGMA wal_checkpoint(TRUNCATE)") {
		if _, err := db.ExecContext(context.Background(), s); err != nil {
			t.Fatal(s, err)
		}
	}
}

// TestFlippedBytes damages the file anywhere: it is refused or read, never a panic, and a refused one is not changed.
func TestFlippedBytes(t *testing.T) {
	b := newBook(t)
	zoe := addLearner(t, b, "Zoë")
	for i := range 40 {
		save(t, b, aTrial(zoe, i))
	}
	b.Close()
	whole, err := os.ReadFile(b.Path())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "gradebook.db")
	refused := 0
	for at := 0; at < len(whole); at += 509 {
		broken := bytes.Clone(whole)
		broken[at] ^= 0xff
		if err := os.WriteFile(path, broken, 0o600); err != nil {
			t.Fatal(err)
		}
		b, err := Open(path)
		if err != nil {
			refused++
			if after, _ := os.ReadFile(path); !bytes.Equal(after, broken) {
				t.Errorf("byte %d: refused with %v and changed", at, err)
			}
			continue
		}
		b.Trials("")  //nolint:errcheck // may fail, must not panic
		b.Weakest("") //nolint:errcheck
		b.Close()
	}
	t.Logf("%d refused", refused)
}

func TestFullStore(t *testing.T) {
	if runtime.GOOS != "linux" || os.Getuid() != 0 {
		t.Skip("mounting a small file system needs root on Linux")
	}
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("mount is not permitted here: %s", out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("umount %s: %s", dir, out)
		}
	})
	path := filepath.Join(dir, "gradebook.db")
	b, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	zoe := addLearner(t, b, "Zoë")
	stored := 0
	for ; err == nil && stored < 10_000; stored++ {
		_, err = b.SaveTrial(aTrial(zoe, stored))
	}
	stored-- // the last one failed
	if !errors.Is(err, ErrFull) || !strings.Contains(err.Error(), "free some space") {
		t.Errorf("err = %v", err)
	}
	if all, err := b.Trials(""); err != nil || len(all) != stored {
		t.Errorf("%d trials of %d, %v", len(all), stored, err)
	}
	b.Close()
	// Read-only now: a clear message, nothing changed.
	if out, err := exec.Command("mount", "-o", "remount,ro", dir).CombinedOutput(); err != nil {
		t.Skipf("remount is not permitted here: %s", out)
	}
	if b, err := Open(path); err == nil {
		if _, err := b.SaveTrial(aTrial(zoe, 0)); !errors.Is(err, ErrReadOnly) {
			t.Errorf("saving to a read-only disk: %v", err)
		}
		b.Close()
	} else if !errors.Is(err, ErrReadOnly) {
		t.Errorf("opening on a read-only disk: %v", err)
	}
}

func TestOddPaths(t *testing.T) {
	for _, name := range []string{"a b", "q?mode=memory", "h#x", "p%41", "ünï", "semi;colon&and"} {
		path := filepath.Join(t.TempDir(), name, name+".db")
		b, err := Open(path)
		if err != nil {
			t.Errorf("%q: %v", name, err)
			continue
		}
		addLearner(t, b, "Zoë")
		b.Close()
		if _, err := os.Stat(path); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestDefaultPath(t *testing.T) {
	t.Setenv("XDG_DATA_HOME", "/data")
	t.Setenv("HOME", "/home/zoe")
	if p, err := DefaultPath(); runtime.GOOS == "linux" && (err != nil || p != "/data/osseo/gradebook.db") {
		t.Errorf("%q, %v", p, err)
	}
	t.Setenv("XDG_DATA_HOME", "not/absolute")
	if p, err := DefaultPath(); runtime.GOOS == "linux" && (err != nil || p != "/home/zoe/.local/share/osseo/gradebook.db") {
		t.Errorf("%q, %v", p, err)
	}
}
