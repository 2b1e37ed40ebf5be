package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// rule is one sentence of docs/overview.md about who may import whom.
type rule struct {
	why       string
	from      func(pkg string) bool // the packages the rule binds
	forbidden func(imp string) bool
}

func under(prefix string) func(string) bool {
	return func(p string) bool { return p == prefix || strings.HasPrefix(p, prefix+"/") }
}

func but(prefix string, all func(string) bool) func(string) bool {
	return func(p string) bool { return all(p) && !under(prefix)(p) }
}

func either(fs ...func(string) bool) func(string) bool {
	return func(p string) bool { return slices.ContainsFunc(fs, func(f func(string) bool) bool { return f(p) }) }
}

func std(p string) bool {
	return !strings.Contains(strings.Split(p, "/")[0], ".") && !under("osseo")(p)
}

var rules = []rule{
	{
		"only app/desktop imports Fyne: every command must build without a window",
		but("osseo/app/desktop", under("osseo")),
		under("fyne.io"),
	},
	{
		"only haptics/leg imports the serial library: the rest must run with no hardware",
		but("osseo/haptics/leg", under("osseo")),
		under("go.bug.st/serial"),
	},
	{
		"physics imports the standard library and gonum only: it is a pure function",
		under("osseo/physics"),
		func(imp string) bool { return !std(imp) && !under("gonum.org/v1/gonum")(imp) && imp != "osseo/physics" },
	},
	{
		"physics has no clock and no files",
		under("osseo/physics"),
		either(under("time"), under("os"), under("net"), under("io/fs")),
	},
	{
		"haptics never imports physics: the loop calls a Renderer it declares",
		under("osseo/haptics"),
		under("osseo/physics"),
	},
	{
		"nothing below app/ imports app/",
		either(under("osseo/haptics"), under("osseo/physics"), under("osseo/scenarios"), under("osseo/assets")),
		under("osseo/app"),
	},
	{
		"assets imports the standard library only",
		under("osseo/assets"),
		func(imp string) bool { return !std(imp) },
	},
	{"the commands do not know the window; they meet in main.go", under("osseo/app/cli"), under("osseo/app/desktop")},
	{"the window does not know the commands; they meet in main.go", under("osseo/app/desktop"), under("osseo/app/cli")},
	{"grading has no clock and no files", under("osseo/scenarios/grading"), either(under("time"), under("os"))},
}

func TestImportsPointTheRightWay(t *testing.T) {
	for _, p := range packages(t) {
		for _, r := range rules {
			if !r.from(p.ImportPath) {
				continue
			}
			for _, imp := range p.Imports {
				if r.forbidden(imp) {
					t.Errorf("%s imports %s: %s", p.ImportPath, imp, r.why)
				}
			}
		}
	}
}

func TestRulesCanFail(t *testing.T) {
	for _, r := range rules {
		if !slices.ContainsFunc([]string{
			"fyne.io/fyne/v2", "go.bug.st/serial", "time", "osseo/physics", "osseo/app/trial", "example.org/x",
			"osseo/app/desktop", "osseo/app/cli",
		}, r.forbidden) {
			t.Errorf("no import breaks the rule %q", r.why)
		}
	}
}

type goPackage struct {
	ImportPath string
	Imports    []string
}

func packages(t *testing.T) []goPackage {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []goPackage
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	if len(all) < 10 {
		t.Fatalf("go list found %d packages; the tree has more", len(all))
	}
	return all
}
