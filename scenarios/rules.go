package scenarios

import (
	"fmt"
	"sort"
	"strings"
)

// rule is what one key of a case file may hold. The table below is the only place where ranges are written: the schema,
// the error messages and the key table of docs/cases.md are made from it; the shape comes from the Go types.
type rule struct {
	path     string // keys joined by dots, "[]" for the elements of a list
	text     string // what it means
	unit     string
	words    []string // the only words allowed
	lo, hi   float64  // range of a number, length of a text, size of a list
	ranged   bool
	pattern  string // of a text, with patternText saying it in words
	spelled  string
	required bool
}

func group(path, text string) rule { return rule{path: path, text: text} }
func yesNo(path, text string) rule { return rule{path: path, text: text} }
func word(path string, words []string, text string) rule {
	return rule{path: path, words: words, text: text}
}

func number(path, unit string, lo, hi float64, text string) rule {
	return rule{path: path, unit: unit, lo: lo, hi: hi, ranged: true, text: text}
}

func text(path string, lo, hi float64, text string) rule {
	return rule{path: path, lo: lo, hi: hi, ranged: true, text: text}
}

func list(path string, lo, hi float64, text string) rule {
	return rule{path: path, lo: lo, hi: hi, ranged: true, text: text}
}

func (r rule) need() rule { r.required = true; return r }

func (r rule) like(pattern, spelled string) rule { r.pattern, r.spelled = pattern, spelled; return r }

const (
	idPattern = `^[a-z0-9]+(-[a-z0-9]+)*$`
	idWords   = "lower-case letters, digits and single hyphens"
)

// allowed says in words what may stand at a key of the given JSON type.
func (r rule) allowed(kind string) string {
	switch {
	case len(r.words) > 0:
		return "one of " + strings.Join(r.words, ", ")
	case kind == "boolean":
		return "true or false"
	case kind == "number" || kind == "integer":
		s := strings.TrimSpace(fmt.Sprintf("%s to %s %s", formatNumber(r.lo), formatNumber(r.hi), r.unit))
		if kind == "integer" {
			s += ", whole"
		}
		return s
	case kind == "string":
		s := fmt.Sprintf("text of %s to %s characters", formatNumber(r.lo), formatNumber(r.hi))
		if r.spelled != "" {
			s += ": " + r.spelled
		}
		return s
	case kind == "array" && r.lo == r.hi:
		return "a list of " + formatNumber(r.lo)
	case kind == "array":
		return fmt.Sprintf("a list of %s to %s", formatNumber(r.lo), formatNumber(r.hi))
	}
	return "a group of keys"
}

var ruleByPath = func() map[string]rule {
	m := make(map[string]rule, len(rules))
	for _, r := range rules {
		m[r.path] = r
	}
	return m
}()

// keysUnder returns the keys directly below a path, sorted.
func keysUnder(path string) []string {
	prefix := path + "."
	if path == "" {
		prefix = ""
	}
	var keys []string
	for _, r := range rules {
		rest, ok := strings.CutPrefix(r.path, prefix)
		if ok && rest != "" && !strings.ContainsAny(rest, ".[") {
			keys = append(keys, rest)
		}
	}
	sort.Strings(keys)
	return keys
}
