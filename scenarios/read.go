package scenarios

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// place is where something stands in a file, both from 1; the zero value is nowhere.
type place struct{ line, column int }

// document is a file as plain values, with the place of each.
type document struct {
	file   string
	lines  []string
	root   any
	values map[string]place // by path: where the value begins
	keys   map[string]place // by path: where its key stands
	found  Problems
	told   map[string]bool // paths that have a mistake already
	shaky  bool            // something is missing or of the wrong kind: checks across keys would mislead
	prefix string          // path of the document inside a case: "" or "rubric"
}

// maxProblems is how many mistakes are told at once; more would not be read.
const maxProblems = 60

func (d *document) report(at place, path, value, allowed, message string) {
	if len(d.found) > maxProblems {
		return
	}
	if len(d.found) == maxProblems {
		d.found = append(d.found, &Problem{File: d.file, Message: "more mistakes follow; mend these first"})
		return
	}
	p := &Problem{File: d.file, Line: at.line, Column: at.column, Path: path, Value: value, Allowed: allowed, Message: message}
	if at.line >= 1 && at.line <= len(d.lines) {
		p.Source = d.lines[at.line-1]
	}
	d.told[path] = true
	d.found = append(d.found, p)
}

// cross reports a mistake between keys at the value of a path, unless that path has one already.
func (d *document) cross(path, value, allowed, message string) {
	if !d.told[path] {
		d.report(d.at(path), path, value, allowed, message)
	}
}

// at returns where a path's value stands, or the nearest thing around it.
func (d *document) at(path string) place {
	if len(d.lines) == 0 {
		return place{} // a --set has no lines
	}
	for {
		if p, ok := d.values[path]; ok && p.line > 0 {
			return p
		}
		if p, ok := d.keys[path]; ok {
			return p
		}
		if path == "" {
			return place{1, 1}
		}
		path = parent(path)
	}
}

// atKey returns where the key of a path stands, or its value when it has none.
func (d *document) atKey(path string) place {
	if p, ok := d.keys[path]; ok {
		return p
	}
	return d.at(path)
}

// parent cuts the last key or index off a path.
func parent(path string) string {
	if i := strings.LastIndexAny(path, ".["); i >= 0 {
		return path[:i]
	}
	return ""
}

// indexes turns "vitals[3].hr" into "vitals[].hr", the way rules are named.
var indexes = regexp.MustCompile(`\[\d+\]`)

func (d *document) rule(path string) rule {
	return ruleByPath[join2(d.prefix, indexes.ReplaceAllString(path, "[]"))]
}

func join2(prefix, path string) string {
	switch {
	case prefix == "":
		return path
	case path == "" || path[0] == '[':
		return prefix + path
	}
	return prefix + "." + path
}

// readDocument turns text into values; mistakes of form are in found. It never panics, whatever the text.
func readDocument(file, prefix string, text []byte) (d *document) {
	d = &document{file: file, prefix: prefix, values: map[string]place{}, keys: map[string]place{}, told: map[string]bool{}}
	if !d.inspect(text) {
		return d
	}
	defer func() {
		// The YAML reader is a stranger's code fed with a stranger's file; a case must not take the program down.
		if r := recover(); r != nil {
			d.report(place{}, "", "", "", "this is not YAML that can be read; compare it with an example")
		}
	}()
	f, err := parser.ParseBytes(text, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		d.syntax(err)
		return d
	}
	var body ast.Node
	for _, doc := range f.Docs {
		if doc.Body != nil {
			body = doc.Body
			break
		}
	}
	if body == nil {
		d.report(place{1, 1}, "", "", "", "the file is empty; start from an example: osseo case show adult-arrest")
		return d
	}
	d.root = d.convert("", body)
	return d
}

// syntaxPlace finds "[line:column] words" at the head of the reader's message.
var syntaxPlace = regexp.MustCompile(`(?s)^\[(\d+):(\d+)\] ([^\n]*)`)

func (d *document) syntax(err error) {
	m := syntaxPlace.FindStringSubmatch(err.Error())
	if m == nil {
		d.report(place{}, "", "", "", "not readable as YAML: "+strings.SplitN(err.Error(), "\n", 2)[0])
		return
	}
	line, _ := strconv.Atoi(m[1])
	column, _ := strconv.Atoi(m[2])
	d.report(place{line, column}, "", "", "", "not readable as YAML: "+m[3]+"; "+syntaxAdvice(m[3]))
}

func syntaxAdvice(message string) string {
	switch {
	case strings.Contains(message, "mapping value is not allowed"):
		return "put text that holds a colon into double quotes"
	case strings.Contains(message, "end character"):
		return "close the quotation mark"
	case strings.Contains(message, "must be specified"):
		return "close the bracket or add the comma"
	}
	return "check indentation (two spaces per level) and quotation marks, here and in the lines above"
}

// convert turns a node into nil, bool, float64, string, []any or map[string]any and notes where it stands.
func (d *document) convert(path string, n ast.Node) any {
	if n == nil {
		return nil
	}
	d.values[path] = d.placeOf(n, path)
	switch x := n.(type) {
	case *ast.MappingNode:
		return d.mapping(path, x.Values)
	case *ast.MappingValueNode:
		return d.mapping(path, []*ast.MappingValueNode{x})
	case *ast.SequenceNode:
		return d.sequence(path, x)
	case *ast.StringNode:
		return x.Value
	case *ast.LiteralNode:
		return d.literal(x)
	case *ast.BoolNode:
		return x.Value
	case *ast.NullNode:
		return nil
	case *ast.IntegerNode, *ast.FloatNode:
		return d.number(path, n.GetToken().Value)
	}
	d.report(d.at(path), path, quote(n.GetToken().Value), "", "this kind of YAML is not used in cases; write the value plainly")
	d.shaky = true
	return unreadable{}
}

func (d *document) literal(x *ast.LiteralNode) any {
	if x.Value == nil {
		return ""
	}
	return strings.TrimRight(x.Value.Value, "\n")
}

// placeOf returns where a node begins. The reader puts a mapping at its first colon and folded text at its end, so for
// those the key stands in.
func (d *document) placeOf(n ast.Node, path string) place {
	switch x := n.(type) {
	case *ast.MappingNode:
		if len(x.Values) > 0 && !x.IsFlowStyle {
			return d.placeOf(x.Values[0].Key, path)
		}
	case *ast.MappingValueNode:
		return d.placeOf(x.Key, path)
	}
	t := n.GetToken()
	if t == nil || t.Position == nil || t.Position.Line < 1 || t.Position.Column < 1 {
		return place{}
	}
	return place{t.Position.Line, t.Position.Column}
}

func (d *document) mapping(path string, values []*ast.MappingValueNode) any {
	m := make(map[string]any, len(values))
	for _, v := range values {
		if v == nil || v.Key == nil || v.Key.GetToken() == nil {
			continue
		}
		key := v.Key.GetToken().Value
		at := d.placeOf(v.Key, path)
		p := join(path, key)
		if before, twice := d.keys[p]; twice {
			d.report(at, p, "", "", fmt.Sprintf("this key already stands in line %d; keep one of them", before.line))
			continue
		}
		d.keys[p] = at
		m[key] = d.convert(p, v.Value)
		if m[key] == nil {
			delete(d.values, p)
		}
	}
	return m
}

func (d *document) sequence(path string, x *ast.SequenceNode) any {
	out := make([]any, 0, len(x.Values))
	for i, v := range x.Values {
		out = append(out, d.convert(fmt.Sprintf("%s[%d]", path, i), v))
	}
	return out
}

// plainNumber keeps out octal, hexadecimal, underscores and exponents: in a file about patients 010 must not be 8.
var plainNumber = regexp.MustCompile(`^[-+]?(0|[1-9][0-9]*)?(\.[0-9]+)?$`)

func (d *document) number(path, text string) any {
	x, err := strconv.ParseFloat(text, 64)
	if err != nil || !plainNumber.MatchString(text) {
		d.report(d.at(path), path, quote(text), d.rule(path).allowed("number"), "write it as a plain decimal number, for example 0.5 or 120")
		d.shaky = true
		return unreadable{}
	}
	return x
}

// unreadable stands for a value that was already reported, so that it is not reported again.
type unreadable struct{}
