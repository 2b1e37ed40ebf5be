package cli

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func each(cmd *cobra.Command, f func(*cobra.Command)) {
	if cmd.Hidden || cmd.Name() == "help" {
		return
	}
	f(cmd)
	for _, c := range cmd.Commands() {
		each(c, f)
	}
}

// run is one command line in this process.
func run(args ...string) (code int, out, errs string) {
	var o, e bytes.Buffer
	code = Run(context.Background(), args, Env{Stdin: strings.NewReader(""), Stdout: &o, Stderr: &e})
	return code, o.String(), e.String()
}

// Every command says what it does, shows an example of itself, and names each flag in full with a word about it.
func TestEveryCommandShowsAnExample(t *testing.T) {
	each(newRoot(Env{}), func(cmd *cobra.Command) {
		args := append(strings.Fields(cmd.CommandPath())[1:], "--help")
		code, out, errs := run(args...)
		if code != Done || errs != "" {
			t.Errorf("%v: code %d, %q", args, code, errs)
		}
		if cmd.Short == "" || !strings.Contains(out, "Examples:") || !strings.Contains(cmd.Example, cmd.CommandPath()) {
			t.Errorf("%s: no example of itself in\n%s", cmd.CommandPath(), out)
		}
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if f.Usage == "" || !strings.Contains(out, "--"+f.Name) {
				t.Errorf("%s: flag %q is not explained", cmd.CommandPath(), f.Name)
			}
		})
	})
}

// The flags in the examples exist.
func TestExamplesAreRightUse(t *testing.T) {
	n := 0
	each(newRoot(Env{}), func(cmd *cobra.Command) {
		for line := range strings.Lines(cmd.Example) {
			words := strings.Fields(line)
			if len(words) == 0 || words[0] != "osseo" {
				t.Errorf("%s: example %q", cmd.CommandPath(), line)
				continue
			}
			for i, w := range words {
				if w == ">" {
					words = words[:i]
					break
				}
			}
			c, rest, err := newRoot(Env{}).Find(words[1:])
			if err == nil {
				err = c.ParseFlags(rest)
			}
			if err == nil {
				err = c.ValidateArgs(c.Flags().Args())
			}
			if err == nil {
				err = c.ValidateRequiredFlags()
			}
			if err != nil {
				t.Errorf("%s: example %q: %v", cmd.CommandPath(), strings.TrimSpace(line), err)
			}
			n++
		}
	})
	if n < 15 {
		t.Errorf("found %d examples", n)
	}
}

// Every kind of broken case file is told as the package that reads it tells it, on standard output, with exit code 1.
func TestCaseCheckOfEveryBrokenFile(t *testing.T) {
	files, err := filepath.Glob("../../scenarios/testdata/bad/*.yaml")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d broken files: %v", len(files), err)
	}
	for _, file := range files {
		want, err := os.ReadFile(strings.TrimSuffix(file, ".yaml") + ".golden")
		if err != nil {
			t.Fatal(err)
		}
		code, out, errs := run("case", "check", file)
		got := strings.ReplaceAll(out, filepath.Dir(file)+string(filepath.Separator), "")
		if code != NotTrue || errs != "" || got != string(want) {
			t.Errorf("%s: code %d, stderr %q, printed\n%swant\n%s", file, code, errs, got, want)
		}
	}
}

// Every built-in case passes its own check, as written out by `case show`.
func TestCaseShowGivesAFileThatChecks(t *testing.T) {
	_, list, _ := run("case", "list")
	for line := range strings.Lines(list) {
		id := strings.Fields(line)[0]
		code, text, errs := run("case", "show", id)
		if code != Done {
			t.Errorf("%s: code %d, %q", id, code, errs)
			continue
		}
		file := filepath.Join(t.TempDir(), id+".yaml")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if code, out, errs := run("case", "check", file); code != Done || !strings.Contains(out, "good") {
			t.Errorf("%s: code %d, %q %q", id, code, out, errs)
		}
	}
}

// A disk that is full is not success, neither for words nor for JSON.
func TestOutputThatIsNotWholeIsAnError(t *testing.T) {
	for _, args := range [][]string{{"case", "list"}, {"case", "list", "--json"}, {"figures", "--list"}, {"flow", "--patient", "age=40", "--n", "2"}} {
		var errs bytes.Buffer
		code := Run(t.Context(), args, Env{Stdin: strings.NewReader(""), Stdout: full{}, Stderr: &errs})
		if code != BadUse || !strings.Contains(errs.String(), "no space left") {
			t.Errorf("%v: code %d, %q", args, code, errs.String())
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

// Ctrl-C is told as such, and never as success.
func TestWhatIsBrokenOffSaysSo(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("interrupt signal received"))
	for _, args := range [][]string{
		{"trial", "--case", "infant-septic-shock", "--json"},
		{"fit", "hand"},
		{"validate", "--only", "A1"},
		{"figures", "--out", t.TempDir(), "skin"},
		{"flow", "--patient", "age=40"},
		{"bench", "study", "--n", "2"},
	} {
		var out, errs bytes.Buffer
		code := Run(ctx, args, Env{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs})
		if code != BadUse || !strings.Contains(errs.String(), "broken off") {
			t.Errorf("%v: code %d, %q", args, code, errs.String())
		}
	}
}
