package cli_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"osseo/app/cli"
	"osseo/haptics/firmware/emulator"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"osseo": func() {
		os.Exit(cli.Run(context.Background(), os.Args[1:], cli.Env{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr}))
	}})
}

// The commands as a person types them, in testdata/script.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code": code, "shape": shape, "same": same, "flip": flip, "cut": cut, "tinydisk": tinydisk,
		},
		Condition: func(name string) (bool, error) {
			if name == "tinydisk" {
				return canMount(t.TempDir()), nil
			}
			return false, fmt.Errorf("unknown condition %q", name)
		},
		Setup: func(e *testscript.Env) error {
			e.Setenv("XDG_DATA_HOME", filepath.Join(e.WorkDir, "data"))
			if elf, err := emulator.Firmware(context.Background()); err == nil { // scripts that need it say what is missing
				e.Setenv("OSSEO_FIRMWARE", elf)
			}
			return nil
		},
	})
}

// code N PROGRAM ARGS...: the program must exit with N.
func code(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N program args...")
	}
	got := 0
	var exit *exec.ExitError
	switch err := ts.Exec(args[1], args[2:]...); {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if want := args[0]; strconv.Itoa(got) != want {
		ts.Fatalf("%s exits with %d, want %s", strings.Join(args[1:], " "), got, want)
	}
}

// shape FILE: standard output is one JSON document and nothing else, with the keys and the kinds of value in FILE; null
// stands for unknown, and the first element of a list for all.
func shape(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: shape want.json")
	}
	got, want := document(ts, "stdout"), document(ts, args[0])
	var wrong []string
	compareShape("", want, got, &wrong)
	if len(wrong) > 0 {
		ts.Fatalf("%s", strings.Join(wrong, "\n"))
	}
}

func document(ts *testscript.TestScript, file string) any {
	d := json.NewDecoder(strings.NewReader(ts.ReadFile(file)))
	var v any
	ts.Check(d.Decode(&v))
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		ts.Fatalf("%s holds more than one JSON document", file)
	}
	return v
}

func compareShape(at string, want, got any, wrong *[]string) {
	if got == nil || want == nil {
		return // unknown
	}
	say := func(format string, args ...any) { *wrong = append(*wrong, at+": "+fmt.Sprintf(format, args...)) }
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			say("%T, want an object", got)
			return
		}
		for _, k := range keysOf(w, g) {
			_, inWant := w[k]
			_, inGot := g[k]
			switch {
			case !inGot:
				say("key %q is missing", k)
			case !inWant:
				say("key %q is not in the contract", k)
			default:
				compareShape(at+"."+k, w[k], g[k], wrong)
			}
		}
	case []any:
		g, ok := got.([]any)
		if !ok {
			say("%T, want a list", got)
			return
		}
		for i := range g {
			if len(w) > 0 {
				compareShape(fmt.Sprintf("%s[%d]", at, i), w[0], g[i], wrong)
			}
		}
	default:
		if fmt.Sprintf("%T", want) != fmt.Sprintf("%T", got) {
			say("%T, want %T", got, want)
		}
	}
}

func keysOf(maps ...map[string]any) []string {
	seen := map[string]bool{}
	var keys []string
	for _, m := range maps {
		for k := range m {
			if !seen[k] {
				keys = append(keys, k)
			}
			seen[k] = true
		}
	}
	sort.Strings(keys)
	return keys
}

// same PATH PERCENT A B: the numbers at a dotted path of two documents differ by no more than PERCENT.
func same(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: same path percent a.json b.json")
	}
	percent, err := strconv.ParseFloat(args[1], 64)
	ts.Check(err)
	a, b := number(ts, args[2], args[0]), number(ts, args[3], args[0])
	if d := 100 * (b/a - 1); !(d <= percent && d >= -percent) {
		ts.Fatalf("%s: %g and %g, %.3f %% apart, allowed %g %%", args[0], a, b, d, percent)
	}
}

func number(ts *testscript.TestScript, file, path string) float64 {
	v := document(ts, file)
	for _, k := range strings.Split(path, ".") {
		m, ok := v.(map[string]any)
		if !ok {
			ts.Fatalf("%s: no %s", file, path)
		}
		v = m[k]
	}
	x, ok := v.(float64)
	if !ok {
		ts.Fatalf("%s: %s is %v, want a number", file, path, v)
	}
	return x
}

// flip FROM TO SHARE: copies a file with one bit flipped at a share (0..1) of its length.
func flip(ts *testscript.TestScript, neg bool, args []string) {
	b, at := damaged(ts, neg, args)
	b[at] ^= 0x10
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b, 0o600))
}

// cut FROM TO SHARE: copies the first share of a file.
func cut(ts *testscript.TestScript, neg bool, args []string) {
	b, at := damaged(ts, neg, args)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b[:at], 0o600))
}

func damaged(ts *testscript.TestScript, neg bool, args []string) (b []byte, at int) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: flip|cut from to share")
	}
	share, err := strconv.ParseFloat(args[2], 64)
	ts.Check(err)
	b, err = os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	return b, min(int(share*float64(len(b))), len(b)-1)
}

// tinydisk DIR KB: mounts a file system of so many kilobytes.
func tinydisk(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: tinydisk dir kilobytes")
	}
	dir := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(dir, 0o755))
	ts.Check(mount(dir, args[1]))
	ts.Defer(func() { _ = exec.Command("umount", dir).Run() })
}

func mount(dir, kilobytes string) error {
	return exec.Command("mount", "-t", "tmpfs", "-o", "size="+kilobytes+"k", "tmpfs", dir).Run()
}

func canMount(dir string) bool {
	if runtime.GOOS != "linux" || mount(dir, "64") != nil {
		return false
	}
	return exec.Command("umount", dir).Run() == nil
}
