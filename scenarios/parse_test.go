package scenarios

import (
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
)

var update = flag.Bool("update", false, "write golden files anew")

// golden compares text with a file, or writes the file.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; make it with: go test ./scenarios -update", err)
	}
	if got != string(want) {
		t.Errorf("%s differs; look at it, then: go test ./scenarios -update\ngot:\n%s\nwant:\n%s", file, got, want)
	}
}

// Every kind of mistake has its message, with line and caret, and no case comes back.
func TestBadFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/bad/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no bad files found", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".yaml"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			c, err := Parse(filepath.Base(file), text)
			if err == nil || c != nil {
				t.Fatalf("Parse gave a case %v and error %v", c != nil, err)
			}
			var problems Problems
			if !errors.As(err, &problems) {
				t.Fatalf("error is a %T, want Problems", err)
			}
			for _, p := range problems {
				if p.File != filepath.Base(file) || p.Message == "" {
					t.Errorf("problem %+v lacks file or advice", p)
				}
			}
			golden(t, strings.TrimSuffix(file, ".yaml")+".golden", err.Error()+"\n")
		})
	}
}

// Sizes are refused before the reader, whose time grows with the square of the keys, sees them.
func TestTooLarge(t *testing.T) {
	for what, text := range map[string]string{
		"at most 262144 bytes": strings.Repeat("# x\n", MaxFileBytes/4+1),
		"at most 6000":         strings.Repeat("a:\n", 80000),
		"at most 30000":        "a: [\n" + strings.Repeat("1,1,1,1,1,1,1,1,\n", 5000) + "]\n",
	} {
		if _, err := Parse("big.yaml", []byte(text)); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("no refusal with %q: %v", what, err)
		}
	}
}

// Windows line ends are what many editors write.
func TestCarriageReturns(t *testing.T) {
	text := strings.ReplaceAll(mustLoad(t, "adult-arrest").Text, "\n", "\r\n")
	if _, err := Parse("crlf.yaml", []byte(text)); err != nil {
		t.Error(err)
	}
}

func mustLoad(t *testing.T, id string) *Case {
	t.Helper()
	c, err := Load(id)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A case that was read, written as plain values and checked again is sound and the same: Override rests on this.
func TestTreeRoundTrip(t *testing.T) {
	for _, c := range List() {
		same, err := Override(c, nil)
		if err != nil {
			t.Errorf("%s: %v", c.ID, err)
			continue
		}
		a, _ := json.Marshal(c)
		b, _ := json.Marshal(same)
		if string(a) != string(b) || c.Text != same.Text {
			t.Errorf("%s changed on its way through Override", c.ID)
		}
	}
}

// Keys have one spelling in files and in JSON: Parse decodes by the JSON tags.
func TestTagsAgree(t *testing.T) {
	var walk func(t2 reflect.Type)
	walk = func(t2 reflect.Type) {
		switch t2.Kind() {
		case reflect.Slice, reflect.Array, reflect.Map:
			walk(t2.Elem())
		case reflect.Struct:
			for i := range t2.NumField() {
				f := t2.Field(i)
				if f.Tag.Get("yaml") != f.Tag.Get("json") || f.Tag.Get("yaml") == "" {
					t.Errorf("%v.%s: yaml %q, json %q", t2, f.Name, f.Tag.Get("yaml"), f.Tag.Get("json"))
				}
				walk(f.Type)
			}
		}
	}
	walk(reflect.TypeFor[Case]())
}

// Every rule is met by a key of the types; the other way round makeSchema would panic.
func TestRulesAreUsed(t *testing.T) {
	for _, r := range rules {
		if caseSchema().at(r.path) == nil {
			t.Errorf("rule %s belongs to no key", r.path)
		}
		if r.text == "" {
			t.Errorf("rule %s says nothing", r.path)
		}
	}
}

func TestSchemaIsStable(t *testing.T) {
	golden(t, "testdata/schema.golden.json", string(Schema()))
}

func TestParseRubric(t *testing.T) {
	text := mustLoad(t, "adult-arrest").Text
	_, rubric, _ := strings.Cut(text, "\nrubric:\n")
	rubric, _, _ = strings.Cut(rubric, "\n# Where figures")
	rubric = strings.ReplaceAll(rubric, "\n  ", "\n")
	rubric = strings.TrimPrefix(rubric, "  ")
	r, err := ParseRubric("rubric.yaml", []byte(rubric))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(r, mustLoad(t, "adult-arrest").Rubric) {
		t.Error("the rubric alone is not the rubric in the case")
	}
	bad := strings.Replace(rubric, "points: 5", "pionts: 5", 1)
	_, err = ParseRubric("rubric.yaml", []byte(bad))
	if err == nil || !strings.Contains(err.Error(), "items[0].pionts") || !strings.Contains(err.Error(), "did you mean points?") || !strings.Contains(err.Error(), "items[0].points: allowed 0 to 100 points") {
		t.Errorf("mistake in a rubric alone: %v", err)
	}
	if _, err := ParseRubric("rubric.yaml", []byte(strings.Replace(rubric, "points: 5", "points: 4", 1))); err == nil || !strings.Contains(err.Error(), "add up to 99") {
		t.Errorf("sum of a rubric alone: %v", err)
	}
}

// Problems print in one line each, with a caret under the place even in long lines.
func TestProblemText(t *testing.T) {
	p := &Problem{File: "a.yaml", Line: 3, Column: 9, Path: "patient.weight_kg", Value: "900", Allowed: "0.5 to 300 kg", Message: "out of range", Source: "  kg:   900"}
	if got, want := p.Error(), "a.yaml:3:9: patient.weight_kg: 900, allowed 0.5 to 300 kg, out of range"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	lines := strings.Split(p.Text(), "\n")
	if len(lines) != 3 || strings.Index(lines[1], "900") != strings.Index(lines[2], "^") {
		t.Errorf("caret is not under the value:\n%s", p.Text())
	}
	for column := -3; column < 400; column += 7 {
		p.Column, p.Source = column, strings.Repeat("é", 300)
		for _, line := range strings.Split(p.Text(), "\n") {
			if n := len([]rune(line)); n > 120 {
				t.Errorf("column %d: a line of %d characters", column, n)
			}
		}
	}
}

// The smallest case is sound, and an absent key has its meaning.
func TestSmallestCase(t *testing.T) {
	text, err := os.ReadFile("testdata/small.yaml")
	if err != nil {
		t.Fatal(err)
	}
	c, err := Parse("small.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	if c.Scene != "still" || c.Patient.Bone != "normal" || c.Patient.Awake || c.Text != string(text) {
		t.Errorf("defaults: scene %q, bone %q, awake %v", c.Scene, c.Patient.Bone, c.Patient.Awake)
	}
}

// Seeds are short, because the fuzzer would spend its time on making long ones shorter.
func FuzzParse(f *testing.F) {
	names, err := filepath.Glob("testdata/bad/*.yaml")
	if err != nil || len(names) == 0 {
		f.Fatal("no seeds", err)
	}
	for _, name := range append(names, "testdata/small.yaml") {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		if len(text) < 4<<10 {
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := Parse("fuzz.yaml", text)
		if (c == nil) == (err == nil) {
			t.Fatalf("case %v with error %v", c != nil, err)
		}
		if err != nil {
			if !strings.HasPrefix(err.Error(), "fuzz.yaml") {
				t.Fatalf("message without its file: %q", err)
			}
			return
		}
		NewProcedure(c).Next()
	})
}

// The embedded files are found under the names the gallery gives them, no more and no less.
func TestGalleryIsComplete(t *testing.T) {
	var want []string
	for _, id := range gallery {
		want = append(want, "cases/"+id+".yaml")
	}
	if err := fstest.TestFS(files, want...); err != nil {
		t.Error(err)
	}
	names, _ := filepath.Glob("cases/*.yaml")
	if len(names) != len(gallery) {
		t.Errorf("%d files in cases/, %d in the gallery", len(names), len(gallery))
	}
}
