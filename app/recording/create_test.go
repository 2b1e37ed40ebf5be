package recording

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCreateNeverOverwrites(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run.osseo")
	if err := os.WriteFile(path, []byte("precious"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := Create(path, aHeader(), Options{})
	if !errors.Is(err, ErrExists) || !strings.Contains(err.Error(), path) {
		t.Errorf("err = %v", err)
	}
	if b, _ := os.ReadFile(path); string(b) != "precious" {
		t.Errorf("the file now holds %q", b)
	}
}

func TestTwoWriters(t *testing.T) {
	w, path := create(t, Options{})
	_, err := Create(path, aHeader(), Options{})
	if !errors.Is(err, ErrBusy) {
		t.Errorf("second writer: err = %v, want ErrBusy", err)
	}
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	for f.Next() {
		continue
	}
	if e := f.End(); !e.Open || e.Clean || e.Reason != "still being recorded" {
		t.Errorf("end of a recording in progress = %+v", e)
	}
	f.Close()
	record(t, w, 10)
	if _, err := Create(path, aHeader(), Options{}); !errors.Is(err, ErrExists) {
		t.Errorf("after close: err = %v, want ErrExists", err)
	}
	if e := load(t, path).End(); !e.Clean || e.Ticks != 10 {
		t.Errorf("end = %+v", e)
	}
}

func TestCreateWhereItCannot(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Join(file, "run.osseo"), filepath.Join(file, "deeper", "run.osseo"), dir, "/proc/run.osseo"} {
		_, err := Create(path, aHeader(), Options{})
		if err == nil || !strings.HasPrefix(err.Error(), "recording: ") || !strings.Contains(err.Error(), "choose another") {
			t.Errorf("%s: err = %v", path, err)
		}
	}
}

func TestCreateRefusesAGiantHeader(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run.osseo")
	h := aHeader()
	h.CaseYAML = strings.Repeat("x", maxHeader)
	if _, err := Create(path, h, Options{}); err == nil || !strings.Contains(err.Error(), "shorten the case file") {
		t.Errorf("err = %v", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a recording that could not start was left behind: %v", err)
	}
}

func TestALargeHeaderIsRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run.osseo")
	h := aHeader()
	h.CaseYAML = strings.Repeat("x", maxHeader*9/10)
	w, err := Create(path, h, Options{Offline: true})
	if err != nil {
		t.Fatal(err)
	}
	record(t, w, 3)
	if m := load(t, path); m.Header().CaseYAML != h.CaseYAML || !m.End().Clean {
		t.Error("a large header came back changed")
	}
}

func TestOpenWhatIsNoRecording(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return p
	}
	for name, c := range map[string]struct {
		path string
		want error
	}{
		"missing":   {filepath.Join(dir, "none"), fs.ErrNotExist},
		"empty":     {write("empty", ""), ErrNotRecording},
		"text":      {write("text", "id: adult-arrest\ntitle: no recording at all\n"), ErrNotRecording},
		"zeros":     {write("zeros", string(make([]byte, 4096))), ErrNotRecording},
		"short":     {write("short", "\xff\xff\xff\xff"), ErrNotRecording},
		"end":       {write("end", "\xff\xff\xff\xff\x00\x00\x00\x00"), ErrNotRecording},
		"nonsense":  {write("nonsense", "\xff\xff\xff\xff\x08\x00\x00\x00\xff\xff\xff\xff\xff\xff\xff\xff"), ErrNotRecording},
		"too large": {write("large", "\xff\xff\xff\xff\xf8\xff\xff\x7f"), ErrNotRecording},
	} {
		_, err := Open(c.path)
		if !errors.Is(err, c.want) || !strings.HasPrefix(err.Error(), "recording: ") {
			t.Errorf("%s: err = %v, want %v", name, err, c.want)
		}
	}
	if _, err := Open(dir); err == nil {
		t.Error("a directory opened")
	}
}

func TestOpenAnotherVersion(t *testing.T) {
	w, path := create(t, Options{Offline: true})
	record(t, w, 1)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	// The version is a text of one character behind its length, in the schema's metadata.
	i := strings.Index(string(b), "\x01\x00\x00\x001\x00\x00\x00")
	if i < 0 {
		t.Fatal("version not found in the file")
	}
	b[i+4] = '9'
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path); !errors.Is(err, ErrVersion) || !strings.Contains(err.Error(), `"9"`) {
		t.Errorf("err = %v", err)
	}
}
