package scenarios

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Problem is one mistake in a case file, or in one --set of a run.
type Problem struct {
	File    string
	Line    int    // from 1, 0 = nowhere in particular
	Column  int    // from 1, in characters
	Path    string // "patient.weight_kg", "vitals[1].hr"; empty = the file as a whole
	Value   string // what stands there, shortened
	Allowed string // what may stand there
	Message string // what is wrong and what to do
	Source  string // the line as written, without its end
}

// Error returns the problem in one line: file:line:column: key: value, allowed ..., what to do.
func (p *Problem) Error() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", p.Line, p.Column)
	}
	b.WriteString(": ")
	if p.Path != "" {
		b.WriteString(p.Path + ": ")
	}
	parts := make([]string, 0, 3)
	if p.Value != "" {
		parts = append(parts, p.Value)
	}
	if p.Allowed != "" {
		parts = append(parts, "allowed "+p.Allowed)
	}
	if p.Message != "" {
		parts = append(parts, p.Message)
	}
	b.WriteString(strings.Join(parts, ", "))
	return b.String()
}

// Text returns the problem with the source line and a caret under the place.
func (p *Problem) Text() string {
	if p.Line == 0 || p.Source == "" {
		return p.Error()
	}
	gutter := fmt.Sprintf("%5d | ", p.Line)
	source, column := window(p.Source, p.Column)
	return p.Error() + "\n" + gutter + source + "\n" + strings.Repeat(" ", len(gutter)-2) + "| " + strings.Repeat(" ", column-1) + "^"
}

// sourceWidth is how many characters of a line are shown around a mistake.
const sourceWidth = 100

// window cuts a long line around a column and makes it safe to print.
func window(line string, column int) (string, int) {
	runes := []rune(line)
	for i, r := range runes {
		if r == '\t' {
			runes[i] = ' '
		} else if oddRune(r) || r == utf8.RuneError {
			runes[i] = '?'
		}
	}
	if column < 1 {
		column = 1
	}
	if column > len(runes)+1 {
		column = len(runes) + 1
	}
	from := 0
	if column > sourceWidth*3/4 {
		from = column - sourceWidth*3/4
	}
	to := min(len(runes), from+sourceWidth)
	return string(runes[from:to]), column - from
}

// Problems is every mistake that was found, in the order of the file. As an error it prints them all, with source lines.
type Problems []*Problem

// Error returns every problem with its source line and a caret.
func (p Problems) Error() string {
	texts := make([]string, len(p))
	for i, x := range p {
		texts[i] = x.Text()
	}
	return strings.Join(texts, "\n")
}

// shown returns a value as it is quoted in a message.
func shown(v any) string {
	switch x := v.(type) {
	case nil:
		return "nothing"
	case string:
		return quote(x)
	case float64:
		return formatNumber(x)
	case []any:
		return fmt.Sprintf("a list of %d", len(x))
	case map[string]any:
		return fmt.Sprintf("a group of %d keys", len(x))
	}
	return fmt.Sprint(v)
}

const shownRunes = 40

func quote(s string) string {
	r := []rune(s)
	if len(r) > shownRunes {
		return fmt.Sprintf("%q...", string(r[:shownRunes]))
	}
	return fmt.Sprintf("%q", s)
}

func formatNumber(x float64) string { return strings.TrimSuffix(fmt.Sprintf("%.12g", x), ".0") }
