package leg

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// hazardTests reads the hazard table of docs/safety.md: the tests each row names.
func hazardTests(t *testing.T, file string) map[string][]string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(string(text), "\n## Hazards\n")
	if !found {
		t.Fatalf("%s has no section Hazards", file)
	}
	table, _, _ = strings.Cut(table, "\n## ")
	named := regexp.MustCompile("`(Test\\w+|test_\\w+)`")
	rows := map[string][]string{}
	for line := range strings.Lines(table) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) < 5 || strings.HasPrefix(cells[0], "---") || strings.TrimSpace(cells[0]) == "hazard" {
			continue
		}
		hazard := strings.TrimSpace(cells[0])
		rows[hazard] = nil
		for _, m := range named.FindAllStringSubmatch(cells[len(cells)-1], -1) {
			rows[hazard] = append(rows[hazard], m[1])
		}
	}
	return rows
}

// testsOfTheTree counts how often a test's name stands in the test files: Go functions once, those of the firmware where
// they are defined and where they are called.
func testsOfTheTree(t *testing.T, root string) (goTests, calls, definitions map[string]int) {
	t.Helper()
	goTests, calls, definitions = map[string]int{}, map[string]int{}, map[string]int{}
	ofGo := regexp.MustCompile(`(?m)^func (Test\w+)\(\w+ \*testing\.T\)`)
	ofC := regexp.MustCompile(`(?m)^(?:static )?void (test_\w+)\([^)]*\)(;?)`)
	word := regexp.MustCompile(`\btest_\w+\b`)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && path != root || d.Name() == "bin" || d.Name() == "out") {
			return filepath.SkipDir
		}
		isC := filepath.Ext(path) == ".c" && filepath.Base(filepath.Dir(path)) == "test"
		if !strings.HasSuffix(path, "_test.go") && !isC {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range ofGo.FindAllSubmatch(text, -1) {
			goTests[string(m[1])]++
		}
		if isC {
			for _, m := range ofC.FindAllSubmatch(text, -1) {
				if len(m[2]) == 0 {
					definitions[string(m[1])]++
				}
			}
			for _, w := range word.FindAll(text, -1) {
				calls[string(w)]++
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return goTests, calls, definitions
}

// A test that is renamed or lost must not leave a hole in the hazard table.
func TestEveryHazardHasItsTests(t *testing.T) {
	rows := hazardTests(t, "../../docs/safety.md")
	if len(rows) < 15 {
		t.Fatalf("only %d hazards were found in the table", len(rows))
	}
	goTests, calls, definitions := testsOfTheTree(t, "../..")
	for hazard, tests := range rows {
		if len(tests) == 0 {
			t.Errorf("%s: no test is named", hazard)
		}
		for _, name := range tests {
			switch {
			case strings.HasPrefix(name, "Test") && goTests[name] == 0:
				t.Errorf("%s: there is no test %s", hazard, name)
			case strings.HasPrefix(name, "test_") && definitions[name] == 0:
				t.Errorf("%s: the firmware has no test %s", hazard, name)
			case strings.HasPrefix(name, "test_") && calls[name] < 2:
				t.Errorf("%s: the firmware's test %s is not called", hazard, name)
			}
		}
	}
}

func TestAHoleInTheHazardTableIsSeen(t *testing.T) {
	file := filepath.Join(t.TempDir(), "safety.md")
	text := "# x\n\n## Hazards\n\n| hazard | a | b | c | test |\n|---|---|---|---|---|\n| fire | a | b | c | `TestFire`, `test_fire` |\n| water | a | b | c | none |\n\n## Next\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	rows := hazardTests(t, file)
	if len(rows) != 2 || len(rows["fire"]) != 2 || len(rows["water"]) != 0 {
		t.Errorf("read %v", rows)
	}
	goTests, _, definitions := testsOfTheTree(t, ".")
	if goTests["TestAHoleInTheHazardTableIsSeen"] != 1 || goTests["TestFire"] != 0 || definitions["test_fire"] != 0 {
		t.Error("tests are not told from what is none")
	}
}
