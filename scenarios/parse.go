package scenarios

import (
	"encoding/json"
	"errors"
	"fmt"
	"sort"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
)

// Parse reads a case file. name is only used in messages.
//
// The error is a Problems with every mistake found, in the order of the file. Parse never panics and never returns a case
// together with an error.
func Parse(name string, text []byte) (*Case, error) {
	d := readDocument(name, "", text)
	if d.root == nil {
		return nil, d.err()
	}
	c := &Case{}
	d.validate(caseSchema())
	if !d.decode(c) {
		return nil, d.err()
	}
	c.Text = string(text)
	fillDefaults(c)
	checkReferences(d, c)
	checkPlan(d, c)
	if err := d.err(); err != nil {
		return nil, err
	}
	return c, nil
}

// ParseRubric reads a file that holds a rubric alone, as `osseo rubric check` and `osseo grade --rubric` do.
func ParseRubric(name string, text []byte) (Rubric, error) {
	var r Rubric
	d := readDocument(name, "rubric", text)
	if d.root == nil {
		return r, d.err()
	}
	d.validate(rubricSchema())
	if !d.decode(&r) {
		return Rubric{}, d.err()
	}
	checkRubric(d, "", r)
	if err := d.err(); err != nil {
		return Rubric{}, err
	}
	return r, nil
}

// err returns what was found as an error, sorted by place.
func (d *document) err() error {
	if len(d.found) == 0 {
		return nil
	}
	sort.SliceStable(d.found, func(i, j int) bool {
		a, b := d.found[i], d.found[j]
		if (a.Line == 0) != (b.Line == 0) {
			return b.Line == 0
		}
		return a.Line < b.Line || (a.Line == b.Line && a.Column < b.Column)
	})
	return d.found
}

// decode fills a typed value when its shape is sound; mistakes of range alone do not keep it from being checked further.
func (d *document) decode(into any) bool {
	if d.shaky {
		return false
	}
	text, err := json.Marshal(d.root)
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		d.report(place{}, "", "", "", "the file cannot be understood: "+err.Error())
		return false
	}
	return true
}

// validate checks the values against a schema and reports each mistake at its place.
func (d *document) validate(s *schemas) {
	err := s.ready.Validate(stripUnreadable(d.root))
	if err == nil {
		return
	}
	var v *jsonschema.ValidationError
	if !errors.As(err, &v) {
		d.report(place{}, "", "", "", "the file cannot be checked: "+err.Error())
		return
	}
	d.leaves(v)
}

func (d *document) leaves(v *jsonschema.ValidationError) {
	if len(v.Causes) > 0 {
		for _, c := range v.Causes {
			d.leaves(c)
		}
		return
	}
	path, value := d.resolve(v.InstanceLocation)
	if _, done := value.(unreadable); done {
		return
	}
	d.explain(path, value, v.ErrorKind)
}

// resolve turns a pointer into a path and the value there.
func (d *document) resolve(pointer []string) (string, any) {
	path, value := "", d.root
	for _, key := range pointer {
		switch x := value.(type) {
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil || i < 0 || i >= len(x) {
				return path, nil
			}
			path, value = fmt.Sprintf("%s[%d]", path, i), x[i]
		case map[string]any:
			path, value = join(path, key), x[key]
		}
	}
	return path, value
}

// explain words one mistake for an instructor.
func (d *document) explain(path string, value any, k jsonschema.ErrorKind) {
	r := d.rule(path)
	switch e := k.(type) {
	case *kind.AdditionalProperties:
		allowed := keysUnder(join2(d.prefix, indexes.ReplaceAllString(path, "[]")))
		for _, key := range e.Properties {
			p := join(path, key)
			d.report(d.atKey(p), p, "", "", "unknown key; "+suggest(key, allowed))
		}
	case *kind.Required:
		d.shaky = true
		for _, key := range e.Missing {
			p := join(path, key)
			rr := d.rule(p)
			d.report(d.atKey(path), p, "", rr.allowed(d.kindAt(p)), "missing; add it: "+rr.text)
		}
	case *kind.Type:
		d.wrongType(path, value, e, r)
	case *kind.Enum:
		words := make([]string, len(r.words))
		copy(words, r.words)
		d.report(d.at(path), path, shown(value), r.allowed("string"), closest(fmt.Sprint(value), words))
	case *kind.Minimum, *kind.Maximum:
		d.report(d.at(path), path, shown(value), r.allowed("number"), "out of range: "+r.text)
	case *kind.MinLength, *kind.MaxLength:
		d.report(d.at(path), path, shown(value), r.allowed("string"), lengthAdvice(value))
	case *kind.Pattern:
		d.report(d.at(path), path, shown(value), r.allowed("string"), "rename it")
	case *kind.MinItems, *kind.MaxItems:
		d.shaky = true
		d.report(d.at(path), path, shown(value), r.allowed("array"), "add or remove elements")
	default:
		d.report(d.at(path), path, shown(value), r.allowed(""), "this does not fit: "+r.text)
	}
}

func lengthAdvice(value any) string {
	if s, ok := value.(string); ok && strings.TrimSpace(s) == "" {
		return "empty; write it or leave the key out"
	}
	return "shorten it"
}

// kindAt returns the JSON type a path should hold.
func (d *document) kindAt(path string) string {
	r := d.rule(path)
	s := caseSchema().at(r.path)
	k, _ := s["type"].(string)
	return k
}

func (d *document) wrongType(path string, value any, e *kind.Type, r rule) {
	d.shaky = true
	want := ""
	if len(e.Want) > 0 {
		want = e.Want[0]
	}
	advice := "write " + article(want)
	if s, ok := value.(string); ok && (want == "number" || want == "integer") {
		advice = numberAdvice(s)
	}
	if value == nil {
		advice = "nothing stands after the colon; " + advice
	}
	if path == "" {
		d.report(place{1, 1}, "", shown(value), "keys with values", "start from an example: osseo case show adult-arrest")
		return
	}
	d.report(d.at(path), path, shown(value), r.allowed(want), advice)
}

func numberAdvice(s string) string {
	_, err := strconv.ParseFloat(s, 64)
	switch {
	case err == nil:
		return "write it as a plain decimal number, without quotes"
	case strings.Contains(s, ","):
		return "write the decimal point as a point"
	case strings.ContainsAny(s, "0123456789"):
		return "write the number alone, as a plain decimal, without unit or quotes"
	}
	return "write a number"
}

func article(kind string) string {
	switch kind {
	case "object":
		return "keys below it, indented by two spaces"
	case "array":
		return "a list, each element on its own line after a dash"
	case "boolean":
		return "true or false"
	case "integer":
		return "a whole number"
	case "number":
		return "a number"
	}
	return "text"
}

// stripUnreadable replaces values that were already reported by null, which the schema refuses and leaves skips.
func stripUnreadable(v any) any {
	switch x := v.(type) {
	case unreadable:
		return nil
	case []any:
		out := make([]any, len(x))
		for i := range x {
			out[i] = stripUnreadable(x[i])
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(x))
		for k := range x {
			out[k] = stripUnreadable(x[k])
		}
		return out
	}
	return v
}

// fillDefaults writes out what an absent key means.
func fillDefaults(c *Case) {
	if c.Scene == "" {
		c.Scene = "still"
	}
	if c.Patient.Bone == "" {
		c.Patient.Bone = "normal"
	}
}
