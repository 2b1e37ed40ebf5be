package scenarios

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"osseo/scenarios/grading"
)

const docsFile = "../docs/cases.md"

// The tables of docs/cases.md are made from the rules, terms and facts; -update writes them anew.
func TestDocs(t *testing.T) {
	text, err := os.ReadFile(docsFile)
	if err != nil {
		t.Fatal(err)
	}
	want := string(text)
	for name, body := range map[string]string{
		"check": checkExample(t), "keys": keyTable(), "words": wordTables(), "facts": factTable(), "needles": needleTable(), "rule": ruleTable(),
	} {
		want = between(t, want, name, body)
	}
	if *update {
		if err := os.WriteFile(docsFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want != string(text) {
		t.Error("docs/cases.md is behind the code; write it anew with: go test ./scenarios -update")
	}
}

// between puts body between the marks of a name.
func between(t *testing.T, text, name, body string) string {
	t.Helper()
	open, end := "<!-- "+name+" -->\n", "<!-- /"+name+" -->\n"
	before, rest, ok := strings.Cut(text, open)
	_, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatalf("docs/cases.md has lost its marks for %s", name)
	}
	return before + open + body + end + after
}

func checkExample(t *testing.T) string {
	t.Helper()
	text := mustLoad(t, "adult-arrest").Text
	for _, change := range [][2]string{
		{"difficulty: 1", "dificulty: 1"}, {"weight_kg: 74", "weight_kg: 740"}, {"battery: 0.9", "battery: 0,9"}, {"site: proximal-tibia", "site: proximal-tiba"},
	} {
		text = strings.Replace(text, change[0], change[1], 1)
	}
	_, err := Parse("mine.yaml", []byte(text))
	if err == nil {
		t.Fatal("the example has no mistakes")
	}
	return "```\n$ osseo case check mine.yaml\n" + err.Error() + "\n```\n"
}

func row(cells ...string) string {
	for i := range cells {
		cells[i] = strings.ReplaceAll(cells[i], "|", "\\|")
	}
	return "| " + strings.Join(cells, " | ") + " |\n"
}

func keyTable() string {
	var b strings.Builder
	b.WriteString(row("key", "allowed", "", "meaning") + "|---|---|---|---|\n")
	for _, r := range rules {
		kind, _ := caseSchema().at(r.path)["type"].(string)
		allowed := r.allowed(kind)
		if kind == "object" {
			allowed = ""
		}
		need := ""
		if r.required {
			need = "needed"
		}
		b.WriteString(row("`"+r.path+"`", allowed, need, r.text))
	}
	return b.String()
}

func wordTables() string {
	var b strings.Builder
	for _, list := range []struct {
		name  string
		terms []Term
	}{{"situation", situations}, {"check", checks}, {"site", sites}, {"driver", drivers}, {"drug", drugs}} {
		b.WriteString(row(list.name, "shown as", "") + "|---|---|---|\n")
		for _, t := range list.terms {
			b.WriteString(row("`"+t.ID+"`", t.Title, t.How))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func factTable() string {
	var b strings.Builder
	b.WriteString(row("fact", "type", "unit", "meaning") + "|---|---|---|---|\n")
	for _, f := range grading.FactNames {
		b.WriteString(row("`"+f.Name+"`", string(f.Kind), f.Unit, f.Meaning))
	}
	return b.String()
}

func needleTable() string {
	var b strings.Builder
	b.WriteString(row("needle", "shown as", "driver", "for", "5 mm mark") + "|---|---|---|---|---|\n")
	for _, n := range Needles() {
		b.WriteString(row("`"+n.ID+"`", n.Title, string(n.Driver), n.Label, pickWord(n.Marked, "yes", "no")))
	}
	return b.String()
}

func ruleTable() string {
	var b strings.Builder
	b.WriteString(row("driver", "weight, kg", "excess tissue", "needle", "why") + "|---|---|---|---|---|\n")
	for _, r := range NeedleRules() {
		to := "and over"
		if r.MaxKG > 0 {
			to = fmt.Sprintf("to under %g", r.MaxKG)
		}
		b.WriteString(row(string(r.Driver), fmt.Sprintf("%g %s", r.MinKG, to), pickWord(r.ExcessTissue, "only then", ""), "`"+r.Needle+"`", r.Why))
	}
	return b.String()
}
